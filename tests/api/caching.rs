//! Answers that need not be made again, and those that nobody may keep.

use reqwest::Response;
use reqwest::header::{
    AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, COOKIE, ETAG, HeaderName, IF_NONE_MATCH, VARY,
};

use crate::support::{TestApp, on_both};

const QUERY: &str = "query($s: String!) { technology(by: {slug: $s}) { name } }";

async fn get(app: &TestApp, slug: &str, headers: &[(HeaderName, &str)]) -> Response {
    let variables = format!(r#"{{"s":"{slug}"}}"#);
    let url = [("query", QUERY), ("variables", &variables)];
    let mut request = app.client.get(app.url("/graphql")).query(&url);
    for (name, value) in headers {
        request = request.header(name, *value);
    }
    request.send().await.unwrap()
}

fn tag(response: &Response) -> String {
    response.headers()[ETAG].to_str().unwrap().to_owned()
}

async fn write(app: &TestApp, name: &str) {
    app.sql(&format!(
        "UPDATE technology SET name = '{name}' WHERE slug = 'rust'"
    ))
    .await;
    stack_atlas::store::renew_version(&app.db).await.unwrap();
}

on_both! {
    async fn an_answer_is_sent_again_only_after_a_write(backend) {
        let app = TestApp::with_knowledge(backend).await;
        let first = get(&app, "rust", &[]).await;
        let known = tag(&first);
        assert_eq!(first.headers()[CACHE_CONTROL], "public, max-age=60");
        let again = get(&app, "rust", &[(IF_NONE_MATCH, &known)]).await;
        assert_eq!(again.status(), 304);
        assert_eq!(tag(&again), known);
        for header in [CACHE_CONTROL, VARY] {
            assert_eq!(again.headers()[&header], first.headers()[&header], "{header}");
        }
        assert!(!again.headers().contains_key(CONTENT_TYPE));
        assert_eq!(again.bytes().await.unwrap().len(), 0);
        write(&app, "Oxide").await;
        let new = get(&app, "rust", &[(IF_NONE_MATCH, &known)]).await;
        assert_eq!(new.status(), 200);
        assert_ne!(tag(&new), known);
        assert_eq!(new.text().await.unwrap(), r#"{"data":{"technology":{"name":"Oxide"}}}"#);
    }

    async fn nothing_is_read_for_an_answer_that_is_known(backend) {
        let app = TestApp::with_knowledge(backend).await;
        let known = tag(&get(&app, "rust", &[]).await);
        // Whoever looked would stumble over this.
        app.sql("ALTER TABLE technology RENAME TO elsewhere").await;
        assert_eq!(get(&app, "rust", &[(IF_NONE_MATCH, &known)]).await.status(), 304);
        let failed = get(&app, "rust", &[(IF_NONE_MATCH, "*")]).await;
        assert_eq!(failed.status(), 200);
        assert_eq!(failed.headers()[CACHE_CONTROL], "no-store");
        assert!(!failed.headers().contains_key(ETAG));
    }

    async fn loading_the_knowledge_is_a_write(backend) {
        let app = TestApp::with_knowledge(backend).await;
        let empty = TestApp::empty(backend).await;
        let [full, bare] = [get(&app, "rust", &[]).await, get(&empty, "rust", &[]).await];
        assert_ne!(tag(&full), tag(&bare));
    }
}

#[tokio::test]
async fn a_tag_belongs_to_what_was_asked() {
    let app = TestApp::sqlite().await;
    let known = tag(&get(&app, "rust", &[]).await);
    assert_ne!(tag(&get(&app, "go", &[]).await), known);
    let ours = [(reqwest::header::ACCEPT, "application/graphql-response+json")];
    assert_ne!(tag(&get(&app, "rust", &ours).await), known);
    assert_eq!(tag(&get(&app, "rust", &[]).await), known);
    let any = get(&app, "rust", &[(IF_NONE_MATCH, "*")]).await;
    assert_eq!((any.status().as_u16(), tag(&any)), (304, known));
}

#[tokio::test]
async fn what_may_depend_on_who_asks_is_not_kept() {
    let app = TestApp::sqlite().await;
    let known = tag(&get(&app, "rust", &[]).await);
    for header in [COOKIE, AUTHORIZATION] {
        let response = get(&app, "rust", &[(header, "a=b"), (IF_NONE_MATCH, &known)]).await;
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()[CACHE_CONTROL], "private, no-store");
        assert!(!response.headers().contains_key(ETAG));
    }
    let vary = get(&app, "rust", &[]).await.headers()[VARY].clone();
    assert_eq!(vary, "accept, authorization, cookie");
}

#[tokio::test]
async fn what_tells_about_the_request_itself_is_not_kept() {
    let app = TestApp::sqlite().await;
    let explain = [(HeaderName::from_static("x-stack-atlas-explain"), "1")];
    let response = get(&app, "rust", &explain).await;
    assert_eq!(response.headers()[CACHE_CONTROL], "no-store");
    assert!(!response.headers().contains_key(ETAG));
}
