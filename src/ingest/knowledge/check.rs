//! What must hold within and between records before anything is written.

use chrono::NaiveDate;

use super::book::Book;
use super::mistake::Sink;
use super::namespace::Namespaces;

/// Notes every mistake of `book`, as of the day `today`.
pub(super) fn run(book: &Book, today: NaiveDate, sink: &mut Sink) {
    let namespaces = Namespaces::of(book);
    super::names::check(book, &namespaces, sink);
    super::references::check(book, &namespaces, sink);
    super::trees::check(book, sink);
    super::facts::check(book, today, sink);
}
