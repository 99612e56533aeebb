//! Cursors: the sort values of a row, tied to the order and filter they were made for.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sea_orm::Value;
use serde_json::Value as Json;

use super::order::SortKey;

/// Longer texts are refused before they are decoded; no row's sort values are as long.
const MAX_LENGTH: usize = 1 << 16;

/// Why a cursor cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CursorError {
    /// It was not made by this service.
    #[error("it is not a cursor of this service")]
    Malformed,
    /// It belongs to a list with another order or filter.
    #[error("it was made for another order or filter")]
    Foreign,
}

/// Writes the cursor of the row with these sort values.
pub(super) fn encode(fingerprint: u32, values: &[Json]) -> String {
    let text = serde_json::to_string(&(fingerprint, values)).unwrap_or_default();
    URL_SAFE_NO_PAD.encode(text)
}

/// Reads a cursor of a list with these sort keys.
pub(super) fn decode(
    text: &str,
    fingerprint: u32,
    keys: &[SortKey],
) -> Result<Vec<Option<Value>>, CursorError> {
    let (made_for, values) = parse(text).ok_or(CursorError::Malformed)?;
    if made_for != fingerprint {
        return Err(CursorError::Foreign);
    }
    if values.len() != keys.len() {
        return Err(CursorError::Malformed);
    }
    keys.iter()
        .zip(&values)
        .map(|(key, value)| key.decode(value))
        .collect()
}

fn parse(text: &str) -> Option<(u32, Vec<Json>)> {
    if text.len() > MAX_LENGTH {
        return None;
    }
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// A short, stable digest (FNV-1a) of what defines a list.
pub(super) fn fingerprint(definition: &str) -> u32 {
    definition.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}
