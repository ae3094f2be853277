//! Secrets are cut out of every text that leaves the HTTP client: by key out of JSON, by shape out of plain text. JSON is
//! scanned, not parsed, so that order and blanks stay as sent and a broken-off body is redacted as well.

const STARS: &str = "\"***\"";

/// Keys whose values are secrets, in lower case and without `_` and `-`.
const SECRET: [&str; 19] = [
    "vncpasswd",
    "vncpassword",
    "passwd",
    "password",
    "winpassword",
    "adminpass",
    "adminpassword",
    "rootpassword",
    "accesstoken",
    "refreshtoken",
    "token",
    "secret",
    "clientsecret",
    "apisecret",
    "privatekey",
    "authorization",
    "userdata",
    // Whoever has the address of a console sits before the machine.
    "console",
    "remoteconsole",
];

fn is_secret(key: &str) -> bool {
    let plain: String = key.chars().filter(|c| *c != '_' && *c != '-').flat_map(char::to_lowercase).collect();
    SECRET.contains(&plain.as_str())
}

/// The same JSON text with the value of every secret key replaced by `"***"`.
#[must_use]
pub fn redact_json(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let Some(open) = text[at..].find('"').map(|i| at + i) else { break };
        let end = string_end(text, open);
        out.push_str(&text[at..end]);
        at = end;
        let key = text.get(open + 1..end.saturating_sub(1)).unwrap_or_default();
        let Some(colon) = text[at..].find(|c: char| !c.is_whitespace()).map(|i| at + i) else { continue };
        if !text[colon..].starts_with(':') || !is_secret(key) {
            continue;
        }
        let Some(value) = text[colon + 1..].find(|c: char| !c.is_whitespace()).map(|i| colon + 1 + i) else { continue };
        let value_end = value_end(text, value);
        let kept = matches!(&text[value..value_end], "null" | "\"\"");
        out.push_str(&text[at..value]);
        out.push_str(if kept { &text[value..value_end] } else { STARS });
        at = value_end;
    }
    out.push_str(&text[at..]);
    out
}

/// Where the string that opens at `open` ends, its closing quote included; the end of the text where it does not.
fn string_end(text: &str, open: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = open + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    text.len()
}

/// Where the value that begins at `begin` ends.
fn value_end(text: &str, begin: usize) -> usize {
    let bytes = text.as_bytes();
    let mut depth = 0_usize;
    let mut at = begin;
    while at < bytes.len() {
        match bytes[at] {
            b'"' => {
                at = string_end(text, at);
                if depth == 0 {
                    return at;
                }
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth == 0 => return at,
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            b',' | b' ' | b'\n' | b'\r' | b'\t' if depth == 0 => return at,
            _ => {}
        }
        at += 1;
    }
    text.len()
}

/// The same plain text without what follows `Bearer`, and without values of `secret=…` in addresses.
#[must_use]
pub fn redact_text(text: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    let mut after_bearer = false;
    for word in text.split(' ') {
        let plain = if after_bearer {
            "***".to_owned()
        } else {
            word.split_inclusive(['&', '?', ';'])
                .map(|part| match part.split_once('=') {
                    Some((key, _)) if is_secret(key) => {
                        let end = part.chars().next_back().filter(|c| matches!(c, '&' | '?' | ';'));
                        format!("{key}=***{}", end.map(String::from).unwrap_or_default())
                    }
                    _ => part.to_owned(),
                })
                .collect()
        };
        after_bearer = word.to_ascii_lowercase().ends_with("bearer");
        out.push(plain);
    }
    out.join(" ")
}

/// At most so many characters of a text, with `…` where something is missing.
#[must_use]
pub fn cut(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case(r#"{"vnc_passwd":"hunter2","id":1}"#, r#"{"vnc_passwd":"***","id":1}"#)]
    #[case(r#"{ "accessToken" : "abc" , "x":2}"#, r#"{ "accessToken" : "***" , "x":2}"#)]
    #[case(r#"{"a":{"adminPass":"p\"w"}}"#, r#"{"a":{"adminPass":"***"}}"#)]
    #[case(r#"{"token":{"id":"t","n":[1,2]},"y":1}"#, r#"{"token":"***","y":1}"#)]
    #[case(r#"{"console":{"type":"novnc","url":"https://h/?token=t"}}"#, r#"{"console":"***"}"#)]
    #[case(r#"{"password":123456}"#, r#"{"password":"***"}"#)]
    #[case(r#"{"API_SECRET":"x","passwd":null,"secret":""}"#, r#"{"API_SECRET":"***","passwd":null,"secret":""}"#)]
    #[case(r#"{"tokenType":"BearerToken","name":"password"}"#, r#"{"tokenType":"BearerToken","name":"password"}"#)]
    #[case(r#"{"vnc_passwd":"hun"#, r#"{"vnc_passwd":"***""#)]
    #[case(r#"{"vnc_passwd""#, r#"{"vnc_passwd""#)]
    #[case(r#"[{"名":"値","secret":"秘密"}]"#, r#"[{"名":"値","secret":"***"}]"#)]
    #[case("<html>nothing here</html>", "<html>nothing here</html>")]
    fn a_secret_goes_by_its_key_and_all_else_stays_as_sent(#[case] sent: &str, #[case] shown: &str) {
        assert_eq!(redact_json(sent), shown);
    }

    #[test]
    fn a_bearer_token_in_plain_text_goes() {
        assert_eq!(redact_text("Authorization: Bearer abc.def failed"), "Authorization: Bearer *** failed");
        assert_eq!(redact_text("http://h/x?a=1&token=zzz&b=2"), "http://h/x?a=1&token=***&b=2");
    }

    #[test]
    fn a_cut_never_splits_a_character() {
        assert_eq!(cut("日本語", 2), "日本…");
        assert_eq!(cut("日本", 2), "日本");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_redacted_without_a_panic(text in "[\"\\\\:,{}\\[\\]a-z密 ]{0,40}", cut_at in 0..60_usize) {
            let body = format!("{{\"password\":\"{text}\"}}");
            let end = body.char_indices().nth(cut_at).map_or(body.len(), |(i, _)| i);
            let _ = redact_json(&body[..end]);
            let _ = redact_json(&text);
        }
    }
}
