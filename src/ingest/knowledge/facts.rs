//! Values that cannot be: addresses, years, days, shares and amounts.

use chrono::{Datelike as _, Months, NaiveDate};
use entity::enums::UsageStatus;
use url::Url;

use super::book::{Book, Record};
use super::format::{Company, Cycle, Evidence, Product, Role, Salary, Technology, Usage};
use super::mistake::Sink;
use super::values::{EndOfLife, Year};

/// The oldest organisation that is still about is somewhat younger.
const FIRST_FOUNDED: i32 = 500;
/// Looms were programmed before computers.
const FIRST_TECHNOLOGY: i32 = 1800;
/// Releases are announced ahead, but not by longer than this.
const ANNOUNCED_MONTHS: u32 = 24;

pub(super) fn check(book: &Book, today: NaiveDate, sink: &mut Sink) {
    let mut facts = Facts { today, sink };
    for record in &book.sources.records {
        facts.url(record.value.url.as_ref(), record, "url");
        facts.past(record.value.date, record, "date");
    }
    for record in &book.technologies.records {
        facts.technology(record);
    }
    for record in &book.companies.records {
        facts.company(record);
    }
    for record in &book.products.records {
        facts.product(record);
    }
    for record in &book.usages.records {
        facts.usage(record);
    }
    for record in &book.relations.records {
        facts.evidence(&record.value.evidence, "", record);
    }
    for record in &book.releases.records {
        facts.evidence(&record.value.evidence, "", record);
        for (at, cycle) in record.value.cycles.iter().enumerate() {
            facts.cycle(cycle, &format!("cycles[{at}]"), record);
        }
    }
    for record in &book.experiences.records {
        for (at, article) in record.value.articles.iter().enumerate() {
            facts.url(Some(&article.url), record, &format!("articles[{at}].url"));
        }
    }
    for record in &book.roles.records {
        facts.role(record);
    }
}

struct Facts<'a> {
    today: NaiveDate,
    sink: &'a mut Sink,
}

impl Facts<'_> {
    fn url<T>(&mut self, url: Option<&String>, record: &Record<T>, path: &str) {
        let Some(url) = url else { return };
        // The parser mends white space, which other programs do not.
        let parsed = Url::parse(url)
            .ok()
            .filter(|_| !url.contains(char::is_whitespace));
        let is_web = parsed.is_some_and(|parsed| {
            matches!(parsed.scheme(), "http" | "https")
                && parsed.host_str().is_some_and(|host| host.contains('.'))
                && parsed.username().is_empty()
        });
        if !is_web {
            let message = format!("`{url}` is not an address such as `https://example.org/page`");
            record.note(self.sink, path, message);
        }
    }

    fn year<T>(&mut self, year: Option<Year>, first: i32, record: &Record<T>, path: &str) {
        let Some(Year(year)) = year else { return };
        if year < first || year > self.today.year() {
            let message = format!("{year} is not between {first} and {}", self.today.year());
            record.note(self.sink, path, message);
        }
    }

    fn past<T>(&mut self, day: Option<NaiveDate>, record: &Record<T>, path: &str) {
        if let Some(day) = day.filter(|day| *day > self.today) {
            record.note(self.sink, path, format!("{day} is in the future"));
        }
    }

    fn capitals<T>(
        &mut self,
        code: Option<&String>,
        length: usize,
        what: &str,
        record: &Record<T>,
        path: &str,
    ) {
        let Some(code) = code else { return };
        if code.len() != length || !code.bytes().all(|byte| byte.is_ascii_uppercase()) {
            record.note(self.sink, path, format!("`{code}` is not {what}"));
        }
    }

    fn share<T>(&mut self, share: Option<f64>, record: &Record<T>, path: &str) {
        if let Some(share) = share.filter(|share| !(0.0..=1.0).contains(share)) {
            record.note(self.sink, path, format!("{share} is not between 0 and 1"));
        }
    }

    fn evidence<T>(&mut self, list: &[Evidence], path: &str, record: &Record<T>) {
        for (at, item) in list.iter().enumerate() {
            let path = format!("{path}evidence[{at}]");
            self.url(item.url.as_ref(), record, &format!("{path}.url"));
            self.past(item.retrieved, record, &format!("{path}.retrieved"));
        }
    }

    fn technology(&mut self, record: &Record<Technology>) {
        let fields = &record.value.fields;
        self.url(fields.website.as_ref(), record, "website");
        self.url(fields.repository.as_ref(), record, "repository");
        self.year(
            fields.first_appeared,
            FIRST_TECHNOLOGY,
            record,
            "first_appeared",
        );
    }

    fn company(&mut self, record: &Record<Company>) {
        let company = &record.value;
        self.url(company.website.as_ref(), record, "website");
        self.year(company.founded, FIRST_FOUNDED, record, "founded");
        let what = "an ISO 3166-1 alpha-2 code such as `DE`";
        self.capitals(company.country.as_ref(), 2, what, record, "country");
    }

    fn product(&mut self, record: &Record<Product>) {
        let product = &record.value;
        self.url(product.website.as_ref(), record, "website");
        self.url(product.repository.as_ref(), record, "repository");
        self.year(
            product.first_released,
            FIRST_TECHNOLOGY,
            record,
            "first_released",
        );
    }

    fn usage(&mut self, record: &Record<Usage>) {
        let usage = &record.value;
        self.evidence(&usage.evidence, "", record);
        self.share(usage.confidence, record, "confidence");
        self.past(usage.since.map(|since| since.first), record, "since");
        let Some(until) = usage.until else { return };
        if let Some(since) = usage.since.filter(|since| since.first > until.last) {
            let message = format!("{} is before `since`, {}", until.last, since.first);
            record.note(self.sink, "until", message);
        }
        let is_current = usage
            .status
            .is_none_or(|status| status == UsageStatus::Current);
        if is_current && until.last < self.today {
            let message = format!("{} is past; say `status: past`", until.last);
            record.note(self.sink, "until", message);
        }
    }

    fn cycle<T>(&mut self, cycle: &Cycle, path: &str, record: &Record<T>) {
        let limit = self.today.checked_add_months(Months::new(ANNOUNCED_MONTHS));
        let announced = [
            ("released", cycle.released),
            ("latest_released", cycle.latest_released),
        ];
        for (field, day) in announced {
            if let Some(day) = day.filter(|day| limit.is_some_and(|limit| *day > limit)) {
                let message = format!("{day} is more than {ANNOUNCED_MONTHS} months ahead");
                record.note(self.sink, &format!("{path}.{field}"), message);
            }
        }
        let Some(released) = cycle.released else {
            return;
        };
        let end = match cycle.eol {
            Some(EndOfLife::On(day)) => Some(day),
            _ => None,
        };
        let later = [
            ("active_until", cycle.active_until),
            ("security_until", cycle.security_until),
            ("eol", end),
            ("latest_released", cycle.latest_released),
        ];
        for (field, day) in later {
            if let Some(day) = day.filter(|day| *day < released) {
                let message = format!("{day} is before `released`, {released}");
                record.note(self.sink, &format!("{path}.{field}"), message);
            }
        }
    }

    fn role(&mut self, record: &Record<Role>) {
        for (at, area) in record.value.skill_areas.iter().enumerate() {
            self.share(
                Some(area.weight),
                record,
                &format!("skill_areas[{at}].weight"),
            );
        }
        for (at, salary) in record.value.salaries.iter().enumerate() {
            let path = format!("salaries[{at}]");
            self.salary(salary, &path, record);
            self.evidence(&salary.evidence, &format!("{path}."), record);
        }
    }

    fn salary(&mut self, salary: &Salary, path: &str, record: &Record<Role>) {
        let at = |field| format!("{path}.{field}");
        let what = "an ISO 4217 code such as `EUR`";
        self.capitals(Some(&salary.currency), 3, what, record, &at("currency"));
        self.year(salary.year, FIRST_TECHNOLOGY, record, &at("year"));
        let amounts = [
            ("low", salary.low),
            ("median", salary.median),
            ("high", salary.high),
        ];
        let given: Vec<_> = amounts
            .into_iter()
            .filter_map(|(field, amount)| Some((field, amount?)))
            .collect();
        if given.is_empty() {
            record.note(self.sink, path, "give low, median or high");
        }
        for (field, amount) in given.iter().filter(|(_, amount)| *amount <= 0) {
            record.note(self.sink, &at(field), format!("{amount} is not an amount"));
        }
        for pair in given.windows(2) {
            let [(lower, less), (upper, more)] = [pair[0], pair[1]];
            if less > more {
                let message = format!("{more} is less than `{lower}`, {less}");
                record.note(self.sink, &at(upper), message);
            }
        }
    }
}
