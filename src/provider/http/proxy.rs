//! Which proxy a request takes: what the HTTP library makes of the environment, told to people.

use hyper_util::client::proxy::matcher::Matcher;
use reqwest::Url;

use crate::domain::{Phrase, text};

/// The variables that name a proxy, of each pair the first that is set; the last pair holds for everything.
const HTTP: [[&str; 2]; 2] = [["HTTP_PROXY", "http_proxy"], ["ALL_PROXY", "all_proxy"]];
const HTTPS: [[&str; 2]; 2] = [["HTTPS_PROXY", "https_proxy"], ["ALL_PROXY", "all_proxy"]];
const NONE: [&str; 2] = ["NO_PROXY", "no_proxy"];

/// The proxy for an address and the variable that names it, such as `socks5h://127.0.0.1:1080 (ALL_PROXY)`; never its
/// password. `None` where there is none.
///
/// # Errors
/// A variable names a proxy of a kind that cannot be used, and going round it is not what was meant.
pub fn proxy_of(url: &Url) -> Result<Option<String>, Phrase> {
    if super::is_loopback(url) {
        return Ok(None);
    }
    from_variables(url, &|name| variable(name))
}

fn from_variables(url: &Url, variable: &dyn Fn(&str) -> Option<String>) -> Result<Option<String>, Phrase> {
    let Ok(target) = url.as_str().parse() else { return Ok(None) };
    let first = |names: [&'static str; 2]| names.into_iter().find_map(|name| Some((name, variable(name)?)));
    let no = first(NONE).map(|(_, value)| value).unwrap_or_default();
    let is_excepted = Matcher::builder().all("http://proxy").no(no).build().intercept(&target).is_none();
    if is_excepted {
        return Ok(None);
    }
    let names = if url.scheme() == "https" { HTTPS } else { HTTP };
    let mut unusable = None;
    for (name, value) in names.into_iter().filter_map(first).filter(|(_, value)| !value.trim().is_empty()) {
        if let Some(proxy) = Matcher::builder().all(value).build().intercept(&target) {
            return Ok(Some(format!("{} ({name})", proxy.uri().to_string().trim_end_matches('/'))));
        }
        unusable = unusable.or(Some(name));
    }
    match unusable {
        Some(name) => Err(text::http::proxy_unusable(name)),
        None => Ok(None),
    }
}

#[expect(clippy::disallowed_methods, reason = "the variables that the HTTP library reads itself")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case(&[], Ok(None))]
    #[case(&[("HTTPS_PROXY", "")], Ok(None))]
    #[case(&[("http_proxy", "http://h:1")], Ok(None))]
    #[case(&[("HTTPS_PROXY", "proxy:3128")], Ok(Some("http://proxy:3128 (HTTPS_PROXY)")))]
    #[case(&[("https_proxy", "http://u:secret@h:1/"), ("ALL_PROXY", "x://y")], Ok(Some("http://h:1 (https_proxy)")))]
    #[case(&[("all_proxy", "socks5h://u:secret@127.0.0.1:1080")], Ok(Some("socks5h://127.0.0.1:1080 (all_proxy)")))]
    #[case(&[("ALL_PROXY", "socks5://[::1]:1080"), ("NO_PROXY", "a.jp,customer.jp")], Ok(None))]
    #[case(&[("ALL_PROXY", "socks://127.0.0.1:1080/")], Err("ALL_PROXY"))]
    #[case(&[("ALL_PROXY", "socks://127.0.0.1:1080/"), ("no_proxy", "*")], Ok(None))]
    fn a_proxy_is_named_by_its_variable(#[case] env: &[(&str, &str)], #[case] told: Result<Option<&str>, &str>) {
        let variable = |name: &str| env.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned());
        let found = from_variables(&"https://api.customer.jp/".parse().unwrap(), &variable);
        match told {
            Ok(told) => assert_eq!(found, Ok(told.map(str::to_owned))),
            Err(name) => assert_eq!(found, Err(text::http::proxy_unusable(name))),
        }
    }
}
