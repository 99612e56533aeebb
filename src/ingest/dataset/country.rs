//! Countries as people write them.

/// Names and codes of countries; what may also mean something else is not among them.
const COUNTRIES: [(&str, &[&str]); 60] = [
    ("AR", &["argentina"]),
    ("AT", &["austria"]),
    ("AU", &["australia"]),
    ("BE", &["belgium"]),
    ("BG", &["bulgaria"]),
    ("BR", &["brazil", "brasil"]),
    ("BY", &["belarus"]),
    ("CA", &["canada"]),
    ("CH", &["switzerland"]),
    ("CL", &["chile"]),
    ("CN", &["china"]),
    ("CO", &["colombia"]),
    ("CR", &["costa rica"]),
    ("CY", &["cyprus"]),
    ("CZ", &["czech republic", "czechia"]),
    ("DE", &["germany", "deutschland"]),
    ("DK", &["denmark", "danmark"]),
    ("EE", &["estonia"]),
    ("EG", &["egypt"]),
    ("ES", &["spain"]),
    ("FI", &["finland"]),
    ("FR", &["france", "fr"]),
    (
        "GB",
        &[
            "united kingdom",
            "uk",
            "england",
            "scotland",
            "great britain",
        ],
    ),
    ("GR", &["greece"]),
    ("HK", &["hong kong"]),
    ("HR", &["croatia"]),
    ("HU", &["hungary"]),
    ("ID", &["indonesia"]),
    ("IE", &["ireland"]),
    ("IL", &["israel"]),
    ("IN", &["india"]),
    ("IS", &["iceland"]),
    ("IT", &["italy"]),
    ("JP", &["japan"]),
    ("KE", &["kenya"]),
    ("KR", &["south korea", "republic of korea"]),
    ("LT", &["lithuania"]),
    ("LU", &["luxembourg"]),
    ("LV", &["latvia"]),
    ("MX", &["mexico", "mex"]),
    ("MY", &["malaysia"]),
    ("NG", &["nigeria"]),
    ("NL", &["netherlands", "the netherlands"]),
    ("NO", &["norway"]),
    ("NZ", &["new zealand"]),
    ("PH", &["philippines"]),
    ("PL", &["poland", "pl"]),
    ("PT", &["portugal"]),
    ("RO", &["romania"]),
    ("RS", &["serbia"]),
    ("RU", &["russia"]),
    ("SE", &["sweden"]),
    ("SG", &["singapore"]),
    ("SI", &["slovenia"]),
    ("TR", &["turkey", "türkiye"]),
    ("TW", &["taiwan"]),
    ("UA", &["ukraine"]),
    (
        "US",
        &[
            "usa",
            "united states",
            "united states of america",
            "us",
            "u.s.",
        ],
    ),
    ("VN", &["vietnam"]),
    ("ZA", &["south africa"]),
];

/// The code of a country by its name.
pub(super) fn named(name: &str) -> Option<&'static str> {
    let name = name.trim().trim_end_matches('.').to_lowercase();
    COUNTRIES
        .iter()
        .find(|(_, names)| names.contains(&name.as_str()))
        .map(|(code, _)| *code)
}

/// The only country that a text such as `Germany, Berlin` names; `None` if it names several.
pub(super) fn within(text: &str) -> Option<&'static str> {
    let mut found = text.split([',', ';', '/', '|']).filter_map(named);
    let first = found.next()?;
    found.all(|other| other == first).then_some(first)
}
