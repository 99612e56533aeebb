//! Mistakes in the files, each with its place.

use std::fmt;

/// One mistake in one file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mistake {
    /// The file, such as `knowledge/usages.yaml`, or the folder.
    pub file: String,
    /// The line, from 1; 0 if the mistake is not at a line.
    pub line: usize,
    /// The field, such as `evidence[0].url`; empty if it is no single field.
    pub field: String,
    /// What is wrong, and what would be right.
    pub message: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.file)?;
        if self.line > 0 {
            write!(f, "{}:", self.line)?;
        }
        if !self.field.is_empty() {
            write!(f, " {}:", self.field)?;
        }
        write!(f, " {}", self.message)
    }
}

/// All mistakes of a folder, by file and line; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistakes(pub Vec<Mistake>);

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for mistake in &self.0 {
            writeln!(f, "{mistake}")?;
        }
        match self.0.len() {
            1 => write!(f, "1 mistake in the knowledge"),
            count => write!(f, "{count} mistakes in the knowledge"),
        }
    }
}

impl std::error::Error for Mistakes {}

/// Where the mistakes of a folder are collected.
#[derive(Clone, Debug)]
pub(super) struct Sink {
    folder: String,
    mistakes: Vec<Mistake>,
}

impl Sink {
    pub fn new(folder: &str) -> Self {
        Self {
            folder: folder.to_owned(),
            mistakes: Vec::new(),
        }
    }

    /// Notes a mistake; `file` is empty if it concerns the folder, `line` 0 and `field` empty if
    /// it concerns the whole file.
    pub fn note(&mut self, file: &str, line: usize, field: &str, message: impl Into<String>) {
        let file = match file {
            "" => self.folder.clone(),
            file => format!("{}/{file}", self.folder),
        };
        self.mistakes.push(Mistake {
            file,
            line,
            field: field.to_owned(),
            message: message.into(),
        });
    }

    pub fn is_empty(&self) -> bool {
        self.mistakes.is_empty()
    }

    /// What was noted, in order.
    pub fn into_mistakes(mut self) -> Mistakes {
        self.mistakes.sort();
        self.mistakes.dedup();
        Mistakes(self.mistakes)
    }

    /// `value`, if nothing was noted.
    pub fn unless_any<T>(self, value: T) -> Result<T, Mistakes> {
        if self.mistakes.is_empty() {
            Ok(value)
        } else {
            Err(self.into_mistakes())
        }
    }
}

/// "; did you mean …?" with the candidate that is spelt most alike, if one is near enough.
pub(super) fn did_you_mean<'a>(
    written: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> String {
    let far = 1 + written.chars().count() / 4;
    let nearest = candidates
        .into_iter()
        .map(|candidate| (strsim::osa_distance(written, candidate), candidate))
        .filter(|(distance, _)| *distance <= far)
        .min();
    nearest.map_or_else(String::new, |(_, candidate)| {
        format!("; did you mean `{candidate}`?")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_candidate_is_named_and_a_far_one_is_not() {
        let slugs = ["java", "javascript", "python"];
        assert_eq!(
            did_you_mean("javscript", slugs),
            "; did you mean `javascript`?"
        );
        assert_eq!(did_you_mean("pyhton", slugs), "; did you mean `python`?");
        assert_eq!(did_you_mean("cobol", slugs), "");
    }

    #[test]
    fn a_mistake_names_its_place() {
        let mut sink = Sink::new("knowledge");
        sink.note("usages.yaml", 12, "uses", "is wrong");
        sink.note("usages.yaml", 3, "", "is worse");
        sink.note("roles.yaml", 0, "", "is not UTF-8");
        let mistakes = sink
            .unless_any(())
            .expect_err("three were noted")
            .to_string();
        assert_eq!(
            mistakes,
            "knowledge/roles.yaml: is not UTF-8\n\
             knowledge/usages.yaml:3: is worse\n\
             knowledge/usages.yaml:12: uses: is wrong\n\
             3 mistakes in the knowledge"
        );
    }
}
