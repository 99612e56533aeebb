//! Roles and what they are paid.

use entity::enums::Importance;
use stack_atlas::ingest::dataset::Adapter as _;
use stack_atlas::ingest::dataset::adapters::oews::Oews;
use stack_atlas::ingest::dataset::adapters::onet::Onet;
use stack_atlas::ingest::dataset::claim::{Role, RoleTechnology, Salary, Says};

use super::feed::spreadsheet;
use super::support::{Found, read, read_bytes};

fn roles(found: &Found) -> Vec<&Role> {
    let roles = found.claims.iter().filter_map(|claim| match &claim.says {
        Says::Role(role) => Some(role),
        _ => None,
    });
    roles.collect()
}

fn technologies(found: &Found) -> Vec<&RoleTechnology> {
    let technologies = found.claims.iter().filter_map(|claim| match &claim.says {
        Says::RoleTechnology(technology) => Some(technology),
        _ => None,
    });
    technologies.collect()
}

#[test]
fn occupations_in_computing() {
    let found = read(
        &Onet,
        "onet/Occupation Data.txt",
        "O*NET-SOC Code\tTitle\tDescription\r\n11-1011.00\tChiefs\tDirect.\r\n15-1252.00\tSoftware Makers\tMake software.\r\n15-2051.00\tCounters\tCount 15-12.\r\n",
    );
    let role = roles(&found)[0];
    assert_eq!(found.claims.len(), 1);
    assert_eq!(role.mention.name, "Software Makers");
    assert_eq!(
        role.mention.ids,
        [("onet".to_owned(), "15-1252.00".to_owned())]
    );
    assert_eq!(role.summary.as_deref(), Some("Make software."));
    assert_eq!(found.claims[0].place.line, Some(3));
}

#[test]
fn titles_and_tasks_are_gathered_by_role() {
    let found = read(
        &Onet,
        "Alternate Titles.txt",
        "O*NET-SOC Code\tAlternate Title\tShort Title\tSource(s)\n15-1252.00\tCoder\tn/a\t08\n15-1254.00\tWebber\tn/a\t08\n15-1252.00\tBuilder\tBr\t10\n15-1252.00\t\tn/a\t10\n",
    );
    let aliases: Vec<_> = roles(&found)
        .iter()
        .map(|role| (role.mention.name.as_str(), role.aliases.join(",")))
        .collect();
    assert_eq!(
        aliases,
        [("", "Coder,Builder".to_owned()), ("", "Webber".to_owned())]
    );
    assert_eq!(
        found.problems(),
        ["Alternate Titles.txt:5: has no `Alternate Title`"]
    );
    let found = read(
        &Onet,
        "Task Statements.txt",
        "O*NET-SOC Code\tTask ID\tTask\tTask Type\n15-1252.00\t1\tWrite it.\tCore\n15-1252.00\t2\tTest it.\tCore\n",
    );
    assert_eq!(roles(&found)[0].tasks, ["Write it.", "Test it."]);
}

#[test]
fn technologies_have_their_common_names() {
    let rows = [
        ("Google Angular", "Angular"),
        (
            "Amazon Web Services AWS software",
            "AWS|Amazon Web Services|Amazon Web Services AWS|",
        ),
        (
            "Hypertext markup language HTML",
            "HTML|Hypertext markup language",
        ),
        (
            "Structured query language SQL",
            "SQL|Structured query language",
        ),
        (
            "Amazon Elastic Compute Cloud EC2",
            "EC2|Amazon Elastic Compute Cloud|Elastic Compute Cloud|",
        ),
        (
            "Extensible markup language XML",
            "XML|Extensible markup language",
        ),
        ("Apache Kafka", "Kafka"),
        ("Microsoft Word", ""),
        ("Git", ""),
        ("Perl programming language", "Perl"),
    ];
    let rows_of_text: Vec<String> = rows
        .iter()
        .map(|(name, _)| format!("15-1252.00\t{name}\t1\tx\tN\tN\n"))
        .collect();
    let text = rows_of_text.concat();
    let text = format!(
        "O*NET-SOC Code\tExample\tCommodity Code\tCommodity Title\tHot Technology\tIn Demand\n{text}"
    );
    let found = read(&Onet, "Technology Skills.txt", &text);
    for ((name, also), claim) in rows.iter().zip(technologies(&found)) {
        assert_eq!(claim.technology.name, *name);
        let told = claim.technology.also.join("|");
        if let Some(start) = also.strip_suffix('|') {
            assert!(told.starts_with(start), "{name}: {told}");
        } else {
            assert_eq!(told, *also, "{name}");
        }
    }
}

#[test]
fn what_is_in_demand_is_essential() {
    let found = read(
        &Onet,
        "Technology Skills.txt",
        "O*NET-SOC Code\tExample\tCommodity Code\tCommodity Title\tHot Technology\tIn Demand\n15-1252.00\tGit\t1\tx\tY\tY\n15-1252.00\tPerl\t1\tx\tY\tN\n",
    );
    let importance: Vec<Importance> = technologies(&found)
        .iter()
        .map(|claim| claim.importance)
        .collect();
    assert_eq!(importance, [Importance::Essential, Importance::Optional]);
}

#[test]
fn another_file_under_the_name_says_so() {
    let found = read(&Onet, "Occupation Data.txt", "<html>\n");
    assert_eq!(
        found.problems(),
        [
            "Occupation Data.txt:1: is not this file of O*NET: its first line lacks `O*NET-SOC Code` or `Title`"
        ]
    );
    assert!(!Onet.reads("Job Zones.txt"));
}

/// A spreadsheet with these rows, each cell a text.
fn sheet(rows: &[&[&str]]) -> Vec<u8> {
    use std::fmt::Write as _;
    let mut cells = String::new();
    for (row, line) in rows.iter().zip(1..) {
        write!(cells, "<row r=\"{line}\">").unwrap();
        for (cell, column) in row.iter().zip('A'..) {
            write!(
                cells,
                "<c r=\"{column}{line}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>"
            )
            .unwrap();
        }
        cells += "</row>";
    }
    spreadsheet(
        format!(
            "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{cells}</sheetData></worksheet>"
        )
        .as_bytes(),
    )
}

const HEAD: &[&str] = &[
    "AREA_TITLE",
    "OCC_CODE",
    "OCC_TITLE",
    "O_GROUP",
    "A_PCT10",
    "A_MEDIAN",
    "A_PCT90",
];

fn salaries(found: &Found) -> Vec<&Salary> {
    let salaries = found.claims.iter().filter_map(|claim| match &claim.says {
        Says::Salary(salary) => Some(salary),
        _ => None,
    });
    salaries.collect()
}

#[test]
fn wages_of_detailed_occupations() {
    let bytes = sheet(&[
        HEAD,
        &["U.S.", "15-1200", "Computing", "minor", "1", "2", "3"],
        &[
            "U.S.",
            "15-1252",
            "Software Makers",
            "detailed",
            "79850",
            "133080",
            "#",
        ],
        &["U.S.", "15-1254", "Webbers", "detailed", "*", "*", "*"],
        &["U.S.", "11-1011", "Chiefs", "detailed", "1", "2", "3"],
    ]);
    let found = read_bytes(&Oews, "oews-2024/national_M2024_dl.xlsx", &bytes);
    let [salary] = salaries(&found)[..] else {
        panic!("one: {:?} {:?}", found.claims, found.problems)
    };
    assert_eq!(salary.role.ids, [("soc".to_owned(), "15-1252".to_owned())]);
    assert_eq!(
        (salary.low, salary.median, salary.high),
        (Some(79850), Some(133_080), None)
    );
    assert_eq!(
        (
            salary.currency.as_str(),
            salary.year,
            salary.area.as_deref()
        ),
        ("USD", Some(2024), Some("United States"))
    );
    assert_eq!(
        found.problems(),
        ["oews-2024/national_M2024_dl.xlsx:4: releases no wage of Webbers"]
    );
}

#[test]
fn what_is_no_spreadsheet_says_so() {
    let found = read(&Oews, "oews/x.xlsx", "<html>");
    assert!(
        found.problems()[0].starts_with("oews/x.xlsx: is not an xlsx file: "),
        "{:?}",
        found.problems()
    );
    let found = read_bytes(&Oews, "oews/x.xlsx", &sheet(&[&["A", "B"]]));
    assert_eq!(
        found.problems(),
        ["oews/x.xlsx:1: is not a table of OEWS: its first row lacks `OCC_CODE` or `A_MEDIAN`"]
    );
}

#[test]
fn a_spreadsheet_that_explodes_is_refused() {
    use std::io::Write as _;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive
        .start_file(
            "xl/sharedStrings.xml",
            zip::write::SimpleFileOptions::default(),
        )
        .unwrap();
    let blanks = vec![b' '; 1 << 20];
    for _ in 0..65 {
        archive.write_all(&blanks).unwrap();
    }
    let bytes = archive.finish().unwrap().into_inner();
    assert!(bytes.len() < 1 << 20);
    let found = read_bytes(&Oews, "oews/x.xlsx", &bytes);
    assert_eq!(
        found.problems(),
        ["oews/x.xlsx: unpacks to more than 67108864 bytes"]
    );
}

#[test]
fn a_spreadsheet_with_two_cells_far_apart_takes_no_room() {
    let cell = |at: &str| format!("<c r=\"{at}\" t=\"str\"><v>x</v></c>");
    let rows = format!(
        "<sheetData><row r=\"1\">{}</row><row r=\"1048576\">{}</row></sheetData>",
        cell("A1"),
        cell("XFD1048576")
    );
    let found = read_bytes(&Oews, "oews/x.xlsx", &spreadsheet(rows.as_bytes()));
    assert_eq!(
        found.problems(),
        ["oews/x.xlsx:1: is not a table of OEWS: its first row lacks `OCC_CODE` or `A_MEDIAN`"]
    );
}

#[test]
fn rows_are_counted_from_the_first_of_the_sheet() {
    let cell = |at: &str, text: &str| format!("<c r=\"{at}\" t=\"str\"><v>{text}</v></c>");
    let rows = [
        cell("B4", "OCC_CODE"),
        cell("C4", "A_MEDIAN"),
        cell("B7", "15-1252"),
        cell("C7", "133080"),
    ];
    let sheet = format!("<sheetData>{}</sheetData>", rows.concat());
    let found = read_bytes(&Oews, "oews/x.xlsx", &spreadsheet(sheet.as_bytes()));
    assert_eq!(salaries(&found)[0].median, Some(133_080));
    assert_eq!(found.claims[0].place.line, Some(7));
}
