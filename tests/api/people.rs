//! The pages for people, as browsers and scripts see them.

use reqwest::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, ETAG, IF_NONE_MATCH,
};
use reqwest::{Client, Response};
use serde_json::Value;

use crate::support::{Backend, TestApp};

async fn get(app: &TestApp, path: &str) -> Response {
    app.client.get(app.url(path)).send().await.unwrap()
}

#[tokio::test]
async fn the_front_page_is_readable_without_a_script() {
    let app = TestApp::sqlite().await;
    let page = get(&app, "/").await.text().await.unwrap();
    let counts = app
        .query("{ technologies(first: 0) { totalCount } sources(first: 100) { nodes { name } } }")
        .await;
    let technologies = counts.at("/technologies/totalCount").as_i64().unwrap();
    let shown = if technologies < 1000 {
        technologies.to_string()
    } else {
        format!("{},{:03}", technologies / 1000, technologies % 1000)
    };
    assert!(
        page.contains(&format!("<strong>{shown}</strong> technologies")),
        "{shown}"
    );
    for source in counts.at("/sources/nodes").as_array().unwrap() {
        let name = source["name"].as_str().unwrap().replace('&', "&amp;");
        assert!(page.contains(&name), "{name} is not credited");
    }
    assert!(page.contains(&format!("<span data-base=\"\">{}", app.url("/"))));
    for hole in ["<style", "style=", "onclick", "<script>"] {
        assert!(!page.contains(hole), "{hole}");
    }
}

#[tokio::test]
async fn the_front_page_searches_without_a_script() {
    let app = TestApp::sqlite().await;
    let found = get(&app, "/?q=k8s").await.text().await.unwrap();
    assert!(found.contains("Kubernetes</a>") && found.contains("also “k8s”"));
    let hostile = get(&app, "/?q=%3Cscript%3Ealert(1)%3C/script%3E")
        .await
        .text()
        .await
        .unwrap();
    assert!(hostile.contains("&lt;script&gt;alert(1)") && !hostile.contains("<script>alert"));
    assert!(hostile.contains("Nothing has a name that begins with"));
}

#[tokio::test]
async fn an_empty_or_failing_database_is_told_honestly() {
    let app = TestApp::empty(Backend::Sqlite).await;
    let page = get(&app, "/").await.text().await.unwrap();
    assert!(page.contains("There are no data yet"));
    assert!(!page.contains("What is in it"));

    let app = TestApp::empty(Backend::Sqlite).await;
    app.sql("ALTER TABLE technology RENAME TO gone").await;
    let response = get(&app, "/").await;
    assert_eq!(response.status(), 200);
    let page = response.text().await.unwrap();
    assert!(page.contains("The data cannot be read at the moment"));
    assert!(!page.contains("no such table"));
}

#[tokio::test]
async fn every_embedded_file_is_served_as_it_should_be() {
    let app = TestApp::sqlite().await;
    let client = Client::builder().no_gzip().build().unwrap();
    for asset in explorer::assets().iter().filter(|asset| asset.hashed) {
        let url = app.url(&format!("/{}", asset.path));
        let response = client
            .get(&url)
            .header(ACCEPT_ENCODING, "gzip")
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), 200, "{url}");
        assert_eq!(
            response.headers()[CACHE_CONTROL],
            "public, max-age=31536000, immutable"
        );
        let tag = response.headers()[ETAG].clone();
        if matches!(asset.body, explorer::Body::Packed { .. }) {
            assert_eq!(response.headers()[CONTENT_ENCODING], "gzip", "{url}");
        }
        let again = client
            .get(&url)
            .header(IF_NONE_MATCH, tag)
            .send()
            .await
            .unwrap();
        assert_eq!(again.status(), 304, "{url}");
    }
    let page = client.get(app.url("/explorer")).send().await.unwrap();
    let kept = page.headers()[CACHE_CONTROL].to_str().unwrap();
    assert!(kept.contains("no-cache"), "{kept}");
    assert!(
        !page.headers()[CONTENT_SECURITY_POLICY]
            .to_str()
            .unwrap()
            .contains("unsafe-eval")
    );
    let page = page.text().await.unwrap();
    assert!(!page.contains("http:") && !page.contains("https:"));
}

#[tokio::test]
async fn a_price_is_told_without_running_anything() {
    let app = TestApp::empty(Backend::Sqlite).await;
    app.sql("ALTER TABLE technology RENAME TO gone").await;
    let ask = async |query: &str| -> Value {
        let request = app
            .client
            .post(app.url("/graphql"))
            .header("x-stack-atlas-explain", "estimate");
        let request = request.json(&serde_json::json!({ "query": query }));
        request.send().await.unwrap().json().await.unwrap()
    };
    let price = ask("{ technologies(first: 20) { nodes { name } } }").await;
    assert!(
        price["data"].is_null() && price.get("errors").is_none(),
        "{price}"
    );
    let cost = price["extensions"]["cost"].as_object().unwrap();
    assert_eq!(cost.keys().collect::<Vec<_>>(), ["estimated", "limit"]);
    assert!(cost["estimated"].as_i64().unwrap() >= 20);
    let wide = "{ technologies(first: 100) { nodes { usages(first: 100) { nodes { company { usages(first: 100) { nodes { id } } } } } } } }";
    assert_eq!(
        ask(wide).await["errors"][0]["extensions"]["code"],
        "TOO_EXPENSIVE"
    );
}
