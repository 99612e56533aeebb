//! Licences of data sets: as SPDX expressions, and which of them somebody allows.

use std::str::FromStr;

use spdx::{Expression, LicenseItem, ParseMode};

/// What licences of the share-alike kind begin with: what is made of their data is under them, too.
const SHARE_ALIKE: [&str; 6] = ["CC-BY-SA", "CC-BY-NC-SA", "ODbL", "GPL", "AGPL", "LGPL"];

/// The SPDX expression that a text means: `CC BY-SA 4.0` is `CC-BY-SA-4.0`.
pub(super) fn expression(text: &str) -> Option<String> {
    let text = text.trim();
    let first = text.split(" / ").next().unwrap_or(text);
    let joined = first.replace(' ', "-");
    let candidates = [text, first, &joined];
    let mut known = candidates.into_iter().filter(|text| parse(text).is_some());
    known.next().map(str::to_owned)
}

fn parse(text: &str) -> Option<Expression> {
    Expression::parse_mode(text, ParseMode::STRICT).ok()
}

/// Licences that somebody allows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Licences {
    /// Any, and none.
    #[default]
    All,
    /// Those whose conditions do not spread to what is made of the data.
    NoShareAlike,
    /// These.
    Only(Vec<String>),
}

impl Licences {
    /// Whether data under this licence may be read; what is not known is not allowed unless all are.
    #[must_use]
    pub fn allow(&self, licence: Option<&str>) -> bool {
        if *self == Self::All {
            return true;
        }
        let Some(expression) = licence.and_then(parse) else {
            return false;
        };
        expression.evaluate(|required| {
            let name = match &required.license {
                LicenseItem::Spdx { id, .. } => id.name.to_owned(),
                LicenseItem::Other(other) => other.to_string(),
            };
            match self {
                Self::All => true,
                Self::NoShareAlike => !SHARE_ALIKE.iter().any(|start| name.starts_with(start)),
                Self::Only(allowed) => allowed.contains(&name),
            }
        })
    }
}

impl FromStr for Licences {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "all" => return Ok(Self::All),
            "no-share-alike" => return Ok(Self::NoShareAlike),
            _ => {}
        }
        let mut names = Vec::new();
        for name in text.split(',').map(str::trim) {
            if parse(name).is_none() {
                return Err(format!(
                    "`{name}` is no SPDX id of a licence; give `all`, `no-share-alike` or ids such as \
                     `MIT,Apache-2.0`"
                ));
            }
            names.push(name.to_owned());
        }
        Ok(Self::Only(names))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn licences_are_told_by_what_people_write() {
        for (text, expected) in [
            ("MIT", Some("MIT")),
            ("CC BY-SA 4.0", Some("CC-BY-SA-4.0")),
            ("Unlicense / public domain", Some("Unlicense")),
            ("MIT OR Apache-2.0", Some("MIT OR Apache-2.0")),
            (
                "LicenseRef-US-public-domain",
                Some("LicenseRef-US-public-domain"),
            ),
            ("that of the project, often Apache-2.0", None),
            ("", None),
        ] {
            assert_eq!(expression(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn only_what_is_allowed_is_read() {
        let allowed = |text: &str, licence| Licences::from_str(text).map(|l| l.allow(licence));
        assert_eq!(allowed("all", None), Ok(true));
        assert_eq!(allowed("no-share-alike", None), Ok(false));
        assert_eq!(allowed("no-share-alike", Some("CC-BY-SA-4.0")), Ok(false));
        assert_eq!(allowed("no-share-alike", Some("CC-BY-4.0")), Ok(true));
        assert_eq!(allowed("MIT,ISC", Some("ISC")), Ok(true));
        assert_eq!(allowed("MIT,ISC", Some("Apache-2.0")), Ok(false));
        assert_eq!(allowed("MIT", Some("MIT OR Apache-2.0")), Ok(true));
        assert_eq!(allowed("MIT", Some("MIT AND Apache-2.0")), Ok(false));
        assert!(Licences::from_str("nonsense licence").is_err());
    }
}
