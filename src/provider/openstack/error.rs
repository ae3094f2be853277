//! What a refusal says. The services answer in five shapes: Keystone's `{"error":{"message"}}`, Nova's, Cinder's and
//! others' `{"conflictingRequest":{"message"}}` under a word for the fault, the flat `{"message"}` that `ConoHa` answers
//! a failed `createImage` with, Neutron's `{"NeutronError":{"type","message","detail"}}`, and a page or a line of plain
//! text of Glance or of a proxy in front. Sources: upstream's code; public clients of `ConoHa`.

use serde_json::Value;

use crate::provider::http::{cut, redact_json, redact_text, words_of_page};

/// So many characters of a refusal are shown.
const LONGEST: usize = 200;

/// The shape of a body that is no success.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::provider) enum Shape {
    Empty,
    Json,
    /// The page or text with which upstream's Python services answer: it opens with the status, `404 Not Found`.
    Page,
    /// Anything else, such as a proxy's page.
    Foreign,
}

pub(in crate::provider) fn shape(status: u16, body: &str) -> Shape {
    if body.trim().is_empty() {
        return Shape::Empty;
    }
    if let Ok(json) = serde_json::from_str::<Value>(body) {
        return if parts(&json).is_some() { Shape::Json } else { Shape::Foreign };
    }
    let words = words_of_page(body);
    if words.starts_with(&status.to_string()) { Shape::Page } else { Shape::Foreign }
}

/// The word for the fault, where the shape has one: `conflictingRequest`, `SecurityGroupInUse`, `Unauthorized`.
pub(in crate::provider) fn code(body: &str) -> Option<String> {
    let json: Value = serde_json::from_str(body).ok()?;
    let (key, inner) = parts(&json)?;
    let text = |name: &str| inner.get(name).and_then(Value::as_str).map(str::to_owned);
    match key {
        "error" => text("title"),
        "NeutronError" => text("type"),
        "" => None,
        fault => Some(fault.to_owned()),
    }
    .filter(|code| !code.trim().is_empty())
}

/// What the provider says in words, secrets removed, cut short; where it says nothing, the status.
pub(in crate::provider) fn said(status: u16, body: &str) -> String {
    let own = serde_json::from_str::<Value>(body).ok().and_then(|json| words(&json));
    let text = match own {
        Some(text) => text,
        None if body.trim_start().starts_with(['{', '[']) => redact_json(body),
        None => words_of_page(body),
    };
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() { format!("HTTP {status}") } else { cut(&redact_text(&text), LONGEST) }
}

/// The key under which an error stands, and the error; the key is empty where it stands at the top.
fn parts(json: &Value) -> Option<(&str, &Value)> {
    let object = json.as_object()?;
    let is_told = |inner: &Value| inner.get("message").is_some_and(Value::is_string);
    object
        .iter()
        .find(|(_, inner)| is_told(inner))
        .map(|(key, inner)| (key.as_str(), inner))
        .or_else(|| object.get("NeutronError").map(|inner| ("NeutronError", inner)))
        .or_else(|| (is_told(json) || object.get("error").is_some_and(Value::is_string)).then_some(("", json)))
}

fn words(json: &Value) -> Option<String> {
    let (_, inner) = parts(json)?;
    let text = |name: &str| inner.get(name).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
    // Older Neutron sends its error as a bare string.
    let said = text("message").or_else(|| inner.as_str()).or_else(|| text("error"))?;
    Some(match text("detail") {
        Some(detail) => format!("{said} ({detail})"),
        None => said.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use Shape::{Empty, Foreign, Json, Page};

    #[rstest::rstest]
    #[case(
        401,
        r#"{"error":{"message":"Invalid user","code":401,"title":"Unauthorized"}}"#,
        "Invalid user",
        Some("Unauthorized"),
        Json
    )]
    #[case(
        409,
        r#"{"conflictingRequest":{"message":"Cannot 'start'","code":409}}"#,
        "Cannot 'start'",
        Some("conflictingRequest"),
        Json
    )]
    #[case(
        400,
        r#"{"badRequest":{"message":"Flavor's disk is too small"}}"#,
        "Flavor's disk is too small",
        Some("badRequest"),
        Json
    )]
    #[case(403, r#"{"message":"The  server is\nrunning"}"#, "The server is running", None, Json)]
    #[case(
        409,
        r#"{"NeutronError":{"type":"SecurityGroupInUse","message":"in use","detail":"x"}}"#,
        "in use (x)",
        Some("SecurityGroupInUse"),
        Json
    )]
    #[case(409, r#"{"NeutronError":"in use"}"#, "in use", None, Json)]
    #[case(500, r#"{"error":"oops"}"#, "oops", None, Json)]
    #[case(
        404,
        "<html>\n <head>\n  <title>404 Not Found</title>\n </head>\n <body>\n  <h1>404 Not Found</h1>\n  No image &quot;x&quot;<br /><br />\n </body>\n</html>",
        "404 Not Found No image \"x\"",
        None,
        Page
    )]
    #[case(
        404,
        "404 Not Found\n\nThe resource could not be found.",
        "404 Not Found The resource could not be found.",
        None,
        Page
    )]
    #[case(502, "<html><body><h1>Bad gateway</h1></body></html>", "Bad gateway", None, Foreign)]
    #[case(500, "", "HTTP 500", None, Empty)]
    #[case(500, "[1]", "[1]", None, Foreign)]
    #[case(400, r#"{"x":{"message":7,"adminPass":"p"}}"#, r#"{"x":{"message":7,"adminPass":"***"}}"#, None, Foreign)]
    fn every_shape_is_read(
        #[case] status: u16,
        #[case] body: &str,
        #[case] words: &str,
        #[case] fault: Option<&str>,
        #[case] is: Shape,
    ) {
        assert_eq!(said(status, body), words);
        assert_eq!(code(body).as_deref(), fault);
        assert_eq!(shape(status, body), is);
    }

    #[test]
    fn a_long_page_is_cut() {
        assert!(said(500, &format!("<p>{}</p>", "word ".repeat(500))).chars().count() <= LONGEST + 1);
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[<>&;a-z{}\"日: ]{0,60}") {
            let _ = (said(400, &text), code(&text), shape(400, &text));
        }
    }
}
