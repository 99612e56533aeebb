//! Fuzz targets: one for each parser, with the checks of the tests.

#[path = "../../tests/datasets/feed.rs"]
pub mod feed;

/// Makes a binary the target of the parser of this name.
#[macro_export]
macro_rules! target {
    ($parser:literal) => {
        libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
            $crate::feed::parser($parser, bytes);
        });
    };
}
