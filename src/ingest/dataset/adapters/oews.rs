//! OEWS: what occupations are paid in the United States, a spreadsheet.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use calamine::{Data, Reader as _, Xlsx, XlsxError};
use entity::enums::SalaryPeriod;

use super::{claim, ends_with_any, problem};
use crate::ingest::dataset::claim::{Mention, Salary, Says};
use crate::ingest::dataset::{About, Adapter, File, Sink};

/// Occupations in computing; the others are left out.
const COMPUTING: &str = "15-12";
/// Bytes that the spreadsheet may have when it is unpacked; the real one has 2 MB.
const LARGEST: u64 = 64 * 1024 * 1024;
/// Rows that a sheet can have.
const MOST_ROWS: usize = 1 << 20;

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
        if let Err((line, what)) = read_book(file, sink) {
            problem(sink, file.path, line, what);
        }
    }
}

/// A line, 0 if it is none of a sheet, and what is wrong there.
type Wrong = (usize, String);

fn nowhere(what: impl Into<String>) -> Wrong {
    (0, what.into())
}

/// Reads the first sheet, row by row: as a grid, two cells in opposite corners would take terabytes.
fn read_book(file: &File<'_>, sink: &mut dyn Sink) -> Result<(), Wrong> {
    check_size(file.bytes).map_err(nowhere)?;
    let broken =
        |error: XlsxError| nowhere(format!("is not a spreadsheet that can be read: {error}"));
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file.bytes)).map_err(broken)?;
    let names = book.sheet_names();
    let name = names.first().ok_or_else(|| nowhere("has no sheet"))?;
    let mut cells = book.worksheet_cells_reader(name).map_err(broken)?;
    let mut table = Table {
        path: file.path,
        columns: None,
    };
    let mut row = Row::default();
    while let Some(cell) = cells.next_cell().map_err(broken)? {
        let (above, column) = cell.get_position();
        let line = above as usize + 1;
        if line > MOST_ROWS {
            return Err(nowhere(format!("has more than {MOST_ROWS} rows")));
        }
        if line != row.line && !row.cells.is_empty() {
            table.take(&row, sink)?;
            row.cells.clear();
        }
        row.line = line;
        let value = Data::from(cell.get_value().clone());
        row.cells.insert(column, text(&value));
    }
    table.take(&row, sink)
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

/// The cells of a row, by column.
#[derive(Default)]
struct Row {
    line: usize,
    cells: BTreeMap<u32, String>,
}

impl Row {
    fn field(&self, column: Option<u32>) -> String {
        let cell = column.and_then(|column| self.cells.get(&column));
        cell.cloned().unwrap_or_default()
    }
}

/// The rows of a sheet, as they come.
struct Table<'a> {
    path: &'a str,
    columns: Option<Columns>,
}

impl Table<'_> {
    /// The first row names the columns.
    fn take(&mut self, row: &Row, sink: &mut dyn Sink) -> Result<(), Wrong> {
        if let Some(columns) = &self.columns {
            columns.read(self.path, row, sink);
            return Ok(());
        }
        let columns = Columns::of(row).ok_or_else(|| {
            let what = "is not a table of OEWS: its first row lacks `OCC_CODE` or `A_MEDIAN`";
            (row.line.max(1), what.to_owned())
        })?;
        self.columns = Some(columns);
        Ok(())
    }
}

/// Where in a row things stand.
struct Columns {
    code: u32,
    median: u32,
    title: Option<u32>,
    group: Option<u32>,
    low: Option<u32>,
    high: Option<u32>,
    area: Option<u32>,
}

impl Columns {
    fn of(head: &Row) -> Option<Self> {
        let find = |name: &str| {
            let mut cells = head.cells.iter();
            let found = cells.find(|(_, cell)| cell.eq_ignore_ascii_case(name));
            found.map(|(column, _)| *column)
        };
        Some(Self {
            code: find("OCC_CODE")?,
            median: find("A_MEDIAN")?,
            title: find("OCC_TITLE"),
            group: find("O_GROUP"),
            low: find("A_PCT10"),
            high: find("A_PCT90"),
            area: find("AREA_TITLE"),
        })
    }

    fn read(&self, path: &str, row: &Row, sink: &mut dyn Sink) {
        let code = row.field(Some(self.code));
        let is_detailed = self.group.is_none() || row.field(self.group) == "detailed";
        if !code.starts_with(COMPUTING) || !is_detailed {
            return;
        }
        let salary = Salary {
            role: Mention {
                ids: vec![("soc".to_owned(), code)],
                ..Mention::named(row.field(self.title))
            },
            currency: "USD".to_owned(),
            period: SalaryPeriod::Year,
            is_gross: Some(true),
            low: wage(&row.field(self.low)),
            median: wage(&row.field(Some(self.median))),
            high: wage(&row.field(self.high)),
            area: Some(place(row.field(self.area))).filter(|area| !area.is_empty()),
            year: year(path),
        };
        if salary.low.or(salary.median).or(salary.high).is_some() {
            claim(sink, path, row.line, Says::Salary(salary));
        } else {
            let what = format!("releases no wage of {}", salary.role.name);
            problem(sink, path, row.line, what);
        }
    }
}

/// The text of a cell; PostgreSQL keeps no NUL.
fn text(cell: &Data) -> String {
    cell.to_string().replace('\0', " ").trim().to_owned()
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
