//! The facts of the founding article, each cited to it.

use serde_json::json;

use crate::support::{TestApp, on_both};

/// Who uses what, by adopter.
const USAGES: [(&str, &str, &str); 13] = [
    ("COMPANY", "netflix", "javascript"),
    ("PRODUCT", "facebook", "javascript"),
    ("COMPANY", "club-of-code", "javascript"),
    ("COMPANY", "google", "python"),
    ("PRODUCT", "instagram", "python"),
    ("PRODUCT", "hadoop", "java"),
    ("PRODUCT", "jenkins", "java"),
    ("PRODUCT", "visual-studio", "c-sharp"),
    ("PRODUCT", "windows-installer", "c-sharp"),
    ("PRODUCT", "wikipedia", "php"),
    ("COMPANY", "yahoo", "php"),
    ("PRODUCT", "firefox", "c-plus-plus"),
    ("PRODUCT", "photoshop", "c-plus-plus"),
];

on_both! {
    async fn every_usage_is_cited_to_the_article(backend) {
        let app = TestApp::with_knowledge(backend).await;
        let query = "query($f: UsageFilter!) { usages(filter: $f) { totalCount nodes {
            technology { slug } evidence(filter: {source: {slug: {eq: \"club-of-code\"}}}) {
                nodes { grade locator note source { slug } } } } } }";
        for (kind, adopter, technology) in USAGES {
            let adopter_is = json!({ "slug": { "eq": adopter } });
            let mut filter = json!({ "technology": { "slug": { "eq": technology } } });
            filter[if kind == "COMPANY" { "company" } else { "product" }] = adopter_is;
            let reply = app.ask(query, json!({ "f": filter })).await;
            assert_eq!(reply.at("/usages/totalCount"), 1, "{adopter} {technology}");
            let evidence = reply.at("/usages/nodes/0/evidence/nodes");
            assert_eq!(evidence.as_array().unwrap().len(), 1, "{adopter} {technology}");
            assert_eq!(evidence[0]["grade"], "ARTICLE");
            assert!(evidence[0]["note"].as_str().unwrap().contains("inferred"), "{evidence}");
        }
    }

    async fn frameworks_name_their_languages(backend) {
        let app = TestApp::with_knowledge(backend).await;
        let query = "{ node: framework(by: {slug: \"nodejs\"}) { name languages { nodes { slug } } }
            net: framework(by: {slug: \"dot-net\"}) { name languages { nodes { slug } } } }";
        let reply = app.query(query).await;
        assert_eq!(reply.at("/node/name"), "Node.js");
        assert!(reply.all("/node/languages/nodes", "/slug").contains(&"javascript".to_owned()));
        assert_eq!(reply.at("/net/name"), ".NET");
        assert!(reply.all("/net/languages/nodes", "/slug").contains(&"c-sharp".to_owned()));
    }

    async fn skill_areas_have_their_technologies_and_experiences(backend) {
        let app = TestApp::with_knowledge(backend).await;
        let query = "query($slug: String!) { skillArea(by: {slug: $slug}) {
            hiringAdvice
            technologies(first: 100) { nodes { reason technology { slug } } }
            experiences(first: 100) { nodes { experience { slug } } } } }";
        let areas: [(&str, &[&str], &[&str]); 3] = [
            (
                "scalability",
                &["docker", "docker-swarm", "kubernetes", "redis", "rabbitmq", "kafka"],
                &["messaging-systems", "databases", "server-clusters"],
            ),
            (
                "performance",
                &["redis", "mongodb", "mysql"],
                &["databases", "orm", "data-compression", "caching"],
            ),
            (
                "security",
                &["selenium", "jest", "rest", "graphql"],
                &["testing", "api", "ddos", "rate-limiting", "troubleshooting"],
            ),
        ];
        for (slug, technologies, experiences) in areas {
            let reply = app.ask(query, json!({ "slug": slug })).await;
            assert!(reply.at("/skillArea/hiringAdvice").is_string(), "{slug}");
            let has = reply.all("/skillArea/technologies/nodes", "/technology/slug");
            for technology in technologies {
                assert!(has.iter().any(|slug| slug == technology), "{slug} lacks {technology}: {has:?}");
            }
            let has = reply.all("/skillArea/experiences/nodes", "/experience/slug");
            for experience in experiences {
                assert!(has.iter().any(|slug| slug == experience), "{slug} lacks {experience}: {has:?}");
            }
        }
    }

    async fn the_backend_developer_is_described(backend) {
        let app = TestApp::with_knowledge(backend).await;
        let query = "{ role(by: {alias: \"Backend Engineer\"}) { slug
            salaries(filter: {currency: {eq: \"EUR\"}}) { nodes { low high period isGross note
                evidence { nodes { source { slug } } } } }
            skillAreas(filter: {skillArea: {slug: {eq: \"scalability\"}}}) { nodes { reason } }
            technologies(first: 100) { nodes { technology { slug } } } } }";
        let reply = app.query(query).await;
        assert_eq!(reply.at("/role/slug"), "backend-developer");
        let salary = reply.at("/role/salaries/nodes/0");
        assert_eq!(
            (&salary["low"], &salary["high"], &salary["period"], &salary["isGross"]),
            (&json!(49_000), &json!(69_000), &json!("YEAR"), &json!(true))
        );
        assert_eq!(salary["evidence"]["nodes"][0]["source"]["slug"], "club-of-code");
        assert_eq!(reply.at("/role/skillAreas/nodes").as_array().unwrap().len(), 1);
        let technologies = reply.all("/role/technologies/nodes", "/technology/slug");
        for language in ["java", "php", "javascript"] {
            assert!(technologies.iter().any(|slug| slug == language), "{technologies:?}");
        }
    }
}
