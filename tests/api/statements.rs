//! One statement for each level of lists, however many parents: the number is exact. What a row
//! names, such as the company of a usage, comes with the row.

use crate::support::{TestApp, on_both};

on_both! {
    async fn a_card_is_one_statement(backend) {
        let app = TestApp::with_knowledge(backend).await;
        let query = "{ technology(by: {slug: \"rust\"}) { id name kind summary website firstAppeared isMaintained } }";
        assert_eq!(app.query(query).await.statements(), 1);
    }

    async fn a_company_page_is_one_statement_for_each_level(backend) {
        let app = TestApp::with_knowledge(backend).await;
        let stack = "name products(first: 10) { nodes { name } } stack { category { name }
            usages(first: 5, orderBy: {field: CONFIDENCE, direction: DESC}) { nodes { technology { name }
                since status confidence evidence(first: 2) { nodes { url retrievedOn } } } } }";
        let one = format!("{{ company(by: {{slug: \"shopify\"}}) {{ {stack} }} }}");
        // company, products, shelves, categories, usages and their technologies, evidence
        assert_eq!(app.query(&one).await.statements(), 6);
        let order = "orderBy: {field: TECHNOLOGY_COUNT, direction: DESC}";
        for companies in [2, 20] {
            let many = format!("{{ companies(first: {companies}, {order}) {{ nodes {{ {stack} }} }} }}");
            let reply = app.query(&many).await;
            assert_eq!(reply.at("/companies/nodes").as_array().unwrap().len(), companies);
            assert_eq!(reply.statements(), 6, "{companies} companies");
        }
    }

    async fn nested_lists_are_one_statement_for_each_level(backend) {
        let app = TestApp::with_knowledge(backend).await;
        for languages in [2, 20, 50] {
            let query = format!(
                "{{ languages(first: {languages}, orderBy: {{field: ADOPTER_COUNT, direction: DESC}}) {{ nodes {{ name
                    frameworks(first: 5) {{ nodes {{ name
                        usages(first: 5) {{ nodes {{ company {{ name }} }} }} }} }} }} }} }}"
            );
            let reply = app.query(&query).await;
            assert_eq!(reply.at("/languages/nodes").as_array().unwrap().len(), languages);
            assert_eq!(reply.statements(), 3, "{languages} languages");
        }
    }

    async fn links_come_with_the_rows_that_they_tie(backend) {
        let app = TestApp::with_knowledge(backend).await;
        let page = "name usages(first: 30) { nodes { technology { slug
            skillAreas(first: 3) { nodes { skillArea { name } } }
            ... on Framework { languages(first: 3) { nodes { name } } } } } }";
        let one = format!("{{ company(by: {{slug: \"shopify\"}}) {{ {page} }} }}");
        // company, usages and their technologies, skill areas, languages
        assert_eq!(app.query(&one).await.statements(), 4);
        let many = format!("{{ companies(first: 30) {{ nodes {{ {page} }} }} }}");
        assert_eq!(app.query(&many).await.statements(), 4);
        let role = "{ role(by: {slug: \"backend-developer\"}) {
            skillAreas { nodes { importance skillArea { name } } }
            technologies { nodes { technology { name } } }
            related { nodes { related { name } role { name } } } } }";
        // role, skill areas, technologies, related roles; itself is known, but not by its id
        assert_eq!(app.query(role).await.statements(), 5);
    }

    async fn what_a_row_names_comes_with_it(backend) {
        let app = TestApp::with_knowledge(backend).await;
        let usages = |names: &str| format!("{{ usages(first: 50) {{ nodes {{ id {names} }} }} }}");
        for (names, statements) in [
            ("technology { name }", 1),
            ("technology { name } company { name } product { name }", 1),
            ("adopter { slug name }", 1),
            ("adopter { ... on Company { country } ... on Product { maker { name } } }", 2),
            ("evidence(first: 2) { nodes { source { name } } }", 2),
        ] {
            assert_eq!(app.query(&usages(names)).await.statements(), statements, "{names}");
        }
        // The parent is not read again with each of its rows, but known by its slug only.
        let again = "{ company(by: {slug: \"shopify\"}) { usages(first: 5) { nodes { company { name } technology { name } } } } }";
        assert_eq!(app.query(again).await.statements(), 3);
    }

    async fn evidence_below_usages_reads_no_more_than_is_shown(backend) {
        let app = TestApp::with_knowledge(backend).await;
        let query = "{ technologies(first: 100) { nodes { usages(first: 5) { nodes { evidence(first: 3) { nodes { id } } } } } } }";
        let reply = app.query(query).await;
        let technologies = reply.at("/technologies/nodes").as_array().unwrap();
        let usages: Vec<_> = technologies.iter().flat_map(|t| t["usages"]["nodes"].as_array().unwrap()).collect();
        let evidence: usize = usages.iter().map(|u| u["evidence"]["nodes"].as_array().unwrap().len()).sum();
        assert_eq!(reply.statements(), 3);
        let shown = technologies.len() + usages.len() + evidence;
        assert_eq!(reply.rows(), u64::try_from(shown).unwrap());
    }

    async fn counting_costs_a_statement_only_when_asked(backend) {
        let app = TestApp::with_knowledge(backend).await;
        let without = app.query("{ technologies(first: 5) { nodes { usages(first: 1) { nodes { id } } } } }").await;
        assert_eq!(without.statements(), 2);
        let with = app.query("{ technologies(first: 5) { totalCount nodes { usages(first: 1) { totalCount nodes { id } } } } }").await;
        assert_eq!(with.statements(), 4);
    }

    async fn fields_that_are_spread_twice_are_read_once(backend) {
        let app = TestApp::with_knowledge(backend).await;
        let query = "{ languages(first: 5) { nodes { ...A ...B } } }
            fragment A on Language { frameworks(first: 3) { nodes { name } } }
            fragment B on Language { frameworks(first: 3) { nodes { slug } } }";
        let reply = app.query(query).await;
        assert_eq!(reply.statements(), 2);
    }
}
