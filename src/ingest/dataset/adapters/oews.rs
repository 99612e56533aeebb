//! OEWS: what occupations are paid in the United States, a spreadsheet.

use std::io::{Cursor, Read as _};

use calamine::{Data, Range, Reader as _, Xlsx};
use entity::enums::SalaryPeriod;

use super::{claim, ends_with_any, problem};
use crate::ingest::dataset::claim::{Mention, Salary, Says};
use crate::ingest::dataset::{About, Adapter, File, Sink};

/// Occupations in computing; the others are left out.
const COMPUTING: &str = "15-12";
/// Bytes that the spreadsheet may have when it is unpacked; the real one has 2 MB.
const LARGEST: u64 = 64 * 1024 * 1024;

/// Salaries by OEWS.
#[derive(Clone, Copy, Debug)]
pub struct Oews;

impl Adapter for Oews {
    fn name(&self) -> &'static str {
        "oews"
    }

    fn about(&self) -> About {
        About {
            reads: "The national spreadsheet of the Occupational Employment and Wage Statistics: annual wages of the \
                    occupations in computing (15-12) at the 10th, 50th and 90th percentile.",
            from: "www.bls.gov/oes/tables.htm (oesm*nat.zip, national_M*_dl.xlsx)",
            licence: "LicenseRef-US-public-domain",
            attribution: "U.S. Bureau of Labor Statistics, Occupational Employment and Wage Statistics",
        }
    }

    fn reads(&self, path: &str) -> bool {
        let path = path.to_lowercase();
        let name = path.rsplit('/').next().unwrap_or_default();
        ends_with_any(name, &[".xlsx"])
            && (path.contains("oews") || path.contains("oesm") || name.starts_with("national_m"))
    }

    fn read(&self, file: &File<'_>, sink: &mut dyn Sink) {
        match sheet(file.bytes) {
            Ok(sheet) => read_rows(file.path, &sheet, sink),
            Err(what) => problem(sink, file.path, 0, what),
        }
    }
}

/// The first sheet.
fn sheet(bytes: &[u8]) -> Result<Range<Data>, String> {
    check_size(bytes)?;
    let broken =
        |error: &dyn std::fmt::Display| format!("is not a spreadsheet that can be read: {error}");
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let sheet = book.worksheet_range_at(0).ok_or("has no sheet")?;
    sheet.map_err(|error| broken(&error))
}

/// Refuses what would unpack to more than any such file has. What the archive says of its sizes is
/// not believed.
fn check_size(bytes: &[u8]) -> Result<(), String> {
    let broken = |error: &dyn std::fmt::Display| format!("is not an xlsx file: {error}");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let mut left = LARGEST;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|error| broken(&error))?;
        let size = std::io::copy(&mut part.take(left + 1), &mut std::io::sink())
            .map_err(|error| broken(&error))?;
        left = left
            .checked_sub(size)
            .ok_or_else(|| format!("unpacks to more than {LARGEST} bytes"))?;
    }
    Ok(())
}

fn read_rows(path: &str, sheet: &Range<Data>, sink: &mut dyn Sink) {
    let mut rows = sheet.rows().zip(1..);
    let head: Vec<String> = rows
        .next()
        .map_or(Vec::new(), |(head, _)| head.iter().map(text).collect());
    let find = |name: &str| {
        head.iter()
            .position(|other| other.eq_ignore_ascii_case(name))
    };
    let (Some(code), Some(median)) = (find("OCC_CODE"), find("A_MEDIAN")) else {
        let what = "is not a table of OEWS: its first row lacks `OCC_CODE` or `A_MEDIAN`";
        return problem(sink, path, 1, what);
    };
    let (title, group) = (find("OCC_TITLE"), find("O_GROUP"));
    let (low, high, area) = (find("A_PCT10"), find("A_PCT90"), find("AREA_TITLE"));
    for (row, line) in rows {
        let field = |at: Option<usize>| at.and_then(|at| row.get(at)).map(text).unwrap_or_default();
        let code = field(Some(code));
        let is_detailed = group.is_none() || field(group) == "detailed";
        if !code.starts_with(COMPUTING) || !is_detailed {
            continue;
        }
        let salary = Salary {
            role: Mention {
                ids: vec![("soc".to_owned(), code)],
                ..Mention::named(field(title))
            },
            currency: "USD".to_owned(),
            period: SalaryPeriod::Year,
            is_gross: Some(true),
            low: wage(&field(low)),
            median: wage(&field(Some(median))),
            high: wage(&field(high)),
            area: Some(place(field(area))).filter(|area| !area.is_empty()),
            year: year(path),
        };
        if salary.low.or(salary.median).or(salary.high).is_some() {
            claim(sink, path, line, Says::Salary(salary));
        } else {
            problem(
                sink,
                path,
                line,
                format!("releases no wage of {}", salary.role.name),
            );
        }
    }
}

fn text(cell: &Data) -> String {
    cell.to_string().trim().to_owned()
}

/// A wage; `#` (above the highest that is told) and `*` (not released) are none.
fn wage(text: &str) -> Option<i64> {
    let whole = text.split('.').next()?.replace(',', "");
    whole.parse().ok().filter(|wage| *wage > 0)
}

fn place(area: String) -> String {
    if area == "U.S." {
        "United States".to_owned()
    } else {
        area
    }
}

/// The year in the file's name or a folder's: `national_M2024_dl.xlsx`, `oesm24nat`.
fn year(path: &str) -> Option<i32> {
    let mut numbers = path
        .rsplit(|c: char| !c.is_ascii_digit())
        .filter(|digits| !digits.is_empty());
    numbers.find_map(|digits| match digits.len() {
        4 => digits
            .parse()
            .ok()
            .filter(|year| (1990..=2100).contains(year)),
        2 => digits.parse().ok().map(|year: i32| 2000 + year),
        _ => None,
    })
}
