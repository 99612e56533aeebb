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
        // company and products, shelves, categories, usages and their technologies, evidence
        assert_eq!(app.query(&one).await.statements(), 5);
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
        // company, usages and their technologies; skill areas, languages
        assert_eq!(app.query(&one).await.statements(), 3);
        let many = format!("{{ companies(first: 30) {{ nodes {{ {page} }} }} }}");
        assert_eq!(app.query(&many).await.statements(), 4);
        let role = "{ role(by: {slug: \"backend-developer\"}) {
            skillAreas { nodes { importance skillArea { name } } }
            technologies { nodes { technology { name } } }
            related { nodes { related { name } role { name } } } } }";
        // role and skill areas, technologies, related roles
        assert_eq!(app.query(role).await.statements(), 3);
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
        // The parent is not read again with each of its rows; by its slug it is not known as well.
        let again = "usages(first: 5) { nodes { company { name } technology { name } } }";
        for (key, statements) in [("slug: \"shopify\"", 1), ("alias: \"shopify\"", 3)] {
            let query = format!("{{ company(by: {{{key}}}) {{ {again} }} }}");
            assert_eq!(app.query(&query).await.statements(), statements, "{key}");
        }
    }

    async fn the_first_list_comes_with_what_it_belongs_to(backend) {
        let app = TestApp::with_knowledge(backend).await;
        let usages = "usages(first: 3) { nodes { status } }";
        for (query, statements) in [
            (format!("technology(by: {{slug: \"rust\"}}) {{ name {usages} }}"), 1),
            // A name stands for the slug.
            (format!("technology(by: {{slug: \"golang\"}}) {{ name {usages} }}"), 1),
            (format!("technology(by: {{slug: \"none\"}}) {{ name {usages} }}"), 1),
            ("technology(by: {slug: \"rust\"}) { name usages(filter: {or: []}) { nodes { status } } }".to_owned(), 1),
            (format!("technology(by: {{slug: \"rust\"}}) {{ {usages} releases {{ nodes {{ label }} }} }}"), 2),
            (format!("technology(by: {{alias: \"rust\"}}) {{ name {usages} }}"), 2),
            // What belongs to several is read together.
            (format!("a: technology(by: {{slug: \"rust\"}}) {{ {usages} }} b: technology(by: {{slug: \"go\"}}) {{ {usages} }} c: technology(by: {{slug: \"react\"}}) {{ {usages} }}"), 2),
            (format!("...Two }} fragment Two on Query {{ a: technology(by: {{slug: \"rust\"}}) {{ {usages} }} b: technology(by: {{slug: \"go\"}}) {{ {usages} }}"), 2),
        ] {
            let reply = app.query(&format!("{{ {query} }}")).await;
            assert_eq!((reply.codes(), reply.statements()), (vec![], statements), "{query}");
        }
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

    async fn lists_that_differ_in_their_parents_are_counted_together(backend) {
        let app = TestApp::with_knowledge(backend).await;
        let company = |slug: &str, usages: &str| format!("{slug}: company(by: {{slug: \"{slug}\"}}) {{ {usages} }}");
        let mut counts = Vec::new();
        for slug in ["shopify", "github"] {
            let alone = app.query(&format!("{{ {} }}", company(slug, "usages(first: 1) { totalCount }"))).await;
            counts.push(alone.at(&format!("/{slug}/usages/totalCount")).as_i64().unwrap());
        }
        let shopify = company("shopify", "usages(first: 1) { totalCount nodes { id } }");
        let github = company("github", "usages(first: 2) { totalCount nodes { id } least: totalCount(atMost: 1) }");
        let reply = app.query(&format!("{{ {shopify} {github} }}")).await;
        let count = |at: &str| reply.at(at).as_i64().unwrap();
        assert_eq!([count("/shopify/usages/totalCount"), count("/github/usages/totalCount")], counts[..]);
        assert_eq!(count("/github/usages/least"), 1);
        // companies, a page of one and a page of two, counts, counts that stop early
        assert_eq!(reply.statements(), 5);
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
