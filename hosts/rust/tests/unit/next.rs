//! The vectors of the safe-`next` check.

use super::App;
use serde_json::Value;

/// A text of the vectors: as it is, or in parts, in hex, or repeated.
fn to_text(source: &Value) -> Option<String> {
    if let Value::String(text) = source {
        return Some(text.clone());
    }
    if let Value::Array(parts) = &source["parts"] {
        return parts.iter().map(to_text).collect();
    }
    let text = match &source["hex"] {
        Value::String(hex) => {
            let bytes = (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap());
            String::from_utf8(bytes.collect()).ok()?
        }
        _ => source["text"].as_str()?.into(),
    };
    Some(text.repeat(source["repeat"].as_u64().unwrap_or(1) as usize))
}

#[tokio::test]
async fn every_vector_of_next() {
    let vectors: Value = serde_json::from_str(include_str!("../../../../tests/vectors/next.json")).unwrap();
    let (auth, cases) = (App::start(|builder| builder).await.auth, vectors["cases"].as_array().unwrap());
    let (mut checks, mut no_texts) = (0, 0);
    for case in cases {
        // Bytes that are no UTF-8 are no text of Rust.
        let Some(next) = to_text(&case["next"]) else {
            no_texts += 1;
            continue;
        };
        let origins = match case["origin"].as_str() {
            Some(origin) => vec![origin],
            None => vec!["https://app.example", "http://localhost:3000", "https://app.example:8443"],
        };
        for origin in origins {
            let wanted = if case["want"].is_null() { None } else { Some(to_text(&case["want"]).unwrap()) };
            assert_eq!(auth.check_next(&next, origin), wanted, "{} under {origin}", case["id"]);
            checks += 1;
        }
    }
    assert!(checks > cases.len() && no_texts < 20, "{checks} checks of {} cases, {no_texts} left out", cases.len());
    assert_eq!(auth.check_next(&"a".repeat(4 << 20), ""), None);
}
