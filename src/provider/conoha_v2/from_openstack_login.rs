//! An account from a login that was written down for `OpenStack`'s own clients.

use std::collections::BTreeMap;

use reqwest::Url;

use super::endpoints::{LABEL, REGIONS, is_own};
use crate::domain::{Phrase, text};
use crate::provider::http::is_loopback;
use crate::provider::{Login, LoginPart, NotTaken};

const NAME: &str = "ConoHa";
const HOST_BEGINS: &str = "https://identity.";
const HOST_ENDS: &str = ".conoha.io";

/// What the configuration needs. An address of the region is not kept, any other one is.
pub(super) fn from_openstack_login(login: &Login) -> Result<BTreeMap<String, String>, NotTaken> {
    let url = login.auth_url.trim().trim_end_matches('/');
    if url.is_empty() {
        return Err(NotTaken::Missing(LoginPart::AuthUrl));
    }
    let base = without_version(url, login.version.as_deref())?;
    let of_url = base.strip_prefix(HOST_BEGINS).and_then(|rest| rest.strip_suffix(HOST_ENDS));
    let known = |region: &str| REGIONS.contains(&region);
    let region = match (login.region.as_deref().map(str::trim).filter(|r| !r.is_empty()), of_url) {
        (Some(region), _) if known(region) => Some(region),
        // Behind a proxy, or simulated: the region may be called anything there.
        (Some(_), None) => None,
        (Some(region), _) => return Err(not_of(region)),
        (None, Some(region)) if known(region) => Some(region),
        (None, Some(region)) => return Err(not_of(region)),
        (None, None) => None,
    };
    let part = |value: &Option<String>, part| {
        value.as_deref().map(str::trim).filter(|v| !v.is_empty()).map(str::to_owned).ok_or(NotTaken::Missing(part))
    };
    let mut values = BTreeMap::from([
        ("username".to_owned(), part(&login.username, LoginPart::Username)?),
        ("tenant_id".to_owned(), part(&login.project_id, LoginPart::ProjectId)?),
    ]);
    values.extend(region.map(|region| ("region".to_owned(), region.to_owned())));
    if of_url.is_none() || of_url != region {
        values.insert("identity".to_owned(), url.to_owned());
    }
    let services = ["compute", "image", "network"];
    // Of a server on this machine, a proxy or a simulator, the catalogue counts, and nothing else.
    let is_ours = url.parse::<Url>().is_ok_and(|url| is_own(&url) || is_loopback(&url));
    let unnamed: Vec<&str> = services.into_iter().filter(|name| !login.services.contains_key(*name)).collect();
    if !is_ours && !unnamed.is_empty() {
        return Err(NotTaken::NotMine(text::elsewhere::address(url, NAME, unnamed.join(", "))));
    }
    let own = |name: &&String| services.contains(&name.as_str());
    values.extend(login.services.iter().filter(|(name, _)| own(name)).map(|(n, v)| (n.clone(), v.clone())));
    Ok(values)
}

/// The address without its version, which must be 2.0: where it does not stand in the address, this provider's own
/// address or the version named beside it says so.
fn without_version<'u>(url: &'u str, named: Option<&str>) -> Result<&'u str, NotTaken> {
    let (base, version) = match url.rsplit_once('/') {
        Some((base, last)) if last.starts_with('v') && last[1..].starts_with(|c: char| c.is_ascii_digit()) => {
            (base, Some(&last[1..]))
        }
        _ => (url, None),
    };
    let other = |version: Phrase| Err(NotTaken::NotMine(text::elsewhere::identity(url, version, LABEL)));
    match version.or(named.map(|v| v.trim().trim_start_matches('v'))) {
        Some(version) if version == "2" || version.starts_with("2.") => Ok(base),
        Some(version) if url.parse::<Url>().is_ok_and(|url| is_own(&url)) => {
            Err(NotTaken::Refused(text::elsewhere::not_yet(url, version, "ConoHa VPS Ver.3.0")))
        }
        Some(version) => other(format!("v{version}").into()),
        None if base.starts_with(HOST_BEGINS) && base.ends_with(HOST_ENDS) => Ok(base),
        None => other(text::elsewhere::NO_VERSION.into()),
    }
}

fn not_of(region: &str) -> NotTaken {
    NotTaken::NotMine(text::elsewhere::region(region, LABEL, REGIONS.join(", ")))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn login(auth_url: &str, region: Option<&str>) -> Login {
        Login {
            auth_url: auth_url.to_owned(),
            username: Some("gncu1".to_owned()),
            project_id: Some("t1".to_owned()),
            region: region.map(str::to_owned),
            ..Login::default()
        }
    }

    fn told(login: &Login) -> String {
        match from_openstack_login(login) {
            Ok(values) => {
                let of = |key: &str| values.get(key).cloned().unwrap_or_default();
                assert_eq!((of("username"), of("tenant_id")), ("gncu1".to_owned(), "t1".to_owned()));
                format!("{} {}", of("region"), of("identity")).trim_end().to_owned()
            }
            Err(NotTaken::Missing(part)) => format!("{part:?}"),
            Err(NotTaken::NotMine(said) | NotTaken::Refused(said)) => crate::words::english(&said),
        }
    }

    const TYO1: &str = "https://identity.tyo1.conoha.io/v2.0";

    #[rstest]
    #[case(TYO1, None, "tyo1")]
    #[case("https://identity.tyo2.conoha.io/v2.0/", None, "tyo2")]
    #[case("https://identity.sin1.conoha.io", None, "sin1")]
    #[case(TYO1, Some("tyo1"), "tyo1")]
    #[case(TYO1, Some("tyo2"), "tyo2 https://identity.tyo1.conoha.io/v2.0")]
    #[case("http://127.0.0.1:8080/v2.0", None, " http://127.0.0.1:8080/v2.0")]
    #[case("http://127.0.0.1:8080/a/b/v2.0", Some("tyo3"), "tyo3 http://127.0.0.1:8080/a/b/v2.0")]
    #[case("http://127.0.0.1:8080/v2.0", Some("RegionOne"), " http://127.0.0.1:8080/v2.0")]
    fn what_the_region_tells_is_not_kept(#[case] url: &str, #[case] region: Option<&str>, #[case] expected: &str) {
        assert_eq!(told(&login(url, region)), expected);
    }

    #[rstest]
    #[case("https://identity.c3j1.conoha.io/v3", None, "https://identity.c3j1.conoha.io/v3 is for Identity v3;")]
    #[case("http://127.0.0.1:5000/v3/", None, "http://127.0.0.1:5000/v3 is for Identity v3;")]
    #[case(
        "https://cloud.example.com:5000/v2.0",
        None,
        "https://cloud.example.com:5000/v2.0 is not ConoHa's: its token"
    )]
    #[case("https://cloud.example.com:5000/v2.0", Some("tyo1"), "https://cloud.example.com:5000/v2.0 is not ConoHa's:")]
    #[case(
        "https://identity.x.example.com/.conoha.io/v2.0",
        Some("tyo1"),
        "https://identity.x.example.com/.conoha.io/v2.0 is not ConoHa's:"
    )]
    #[case("https://cloud.example.com:5000", None, "https://cloud.example.com:5000 is for Identity of a version")]
    #[case("https://identity.c3j1.conoha.io", None, "region c3j1 is none of ConoHa VPS Ver.2.0;")]
    #[case(TYO1, Some("c3j1"), "region c3j1 is none of ConoHa VPS Ver.2.0;")]
    #[case(" ", None, "AuthUrl")]
    fn what_is_not_of_this_provider_is_said(#[case] url: &str, #[case] region: Option<&str>, #[case] begins: &str) {
        let said = told(&login(url, region));
        assert!(said.starts_with(begins), "{said}");
    }

    #[test]
    fn a_version_beside_the_address_counts_where_the_address_names_none() {
        let with = |url: &str, version: &str| told(&Login { version: Some(version.to_owned()), ..login(url, None) });
        assert_eq!(with("http://127.0.0.1:1", "2.0"), " http://127.0.0.1:1");
        assert_eq!(with("http://127.0.0.1:1/v2.0", "3"), " http://127.0.0.1:1/v2.0");
        assert!(with("https://identity.tyo1.conoha.io", "3").contains("is for Identity v3"));
    }

    #[test]
    fn what_stands_before_the_provider_elsewhere_names_all_its_addresses() {
        let named = |names: &[&str]| {
            let services = names.iter().map(|name| ((*name).to_owned(), format!("https://proxy.example/{name}")));
            Login { services: services.collect(), ..login("https://proxy.example/v2.0", None) }
        };
        assert!(told(&named(&["compute", "network"])).ends_with("so name them: image (as endpoint overrides)"));
        assert_eq!(told(&named(&["compute", "image", "network"])), " https://proxy.example/v2.0");
    }

    #[test]
    fn user_and_tenant_are_needed_and_other_addresses_come_along() {
        let full = login(TYO1, None);
        assert_eq!(told(&Login { username: None, ..full.clone() }), "Username");
        assert_eq!(told(&Login { project_id: Some(" ".to_owned()), ..full.clone() }), "ProjectId");
        let services = ["compute", "volume"].map(|name| (name.to_owned(), format!("http://[::1]/{name}"))).into();
        let values = from_openstack_login(&Login { services, ..full }).unwrap();
        assert_eq!(values.get("compute").map(String::as_str), Some("http://[::1]/compute"));
        assert!(!values.contains_key("volume"));
    }
}
