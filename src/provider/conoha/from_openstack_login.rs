//! An account from a login that was written down for `OpenStack`'s own clients.

use reqwest::Url;

use super::product::{Product, VER_2, VER_3, is_own};
use crate::domain::{Phrase, text};
use crate::provider::http::is_loopback;
use crate::provider::setup::AccountValues;
use crate::provider::{Login, LoginPart, NotTaken};

const NAME: &str = "ConoHa";
const HOST_BEGINS: &str = "https://identity.";
const HOST_ENDS: &str = ".conoha.io";

/// What the configuration of Ver.2.0 needs. An address of the region is not kept, any other one is.
pub(in crate::provider) fn ver_2(login: &Login) -> Result<AccountValues, NotTaken> {
    let url = address(login)?;
    let base = without_version(url, login.version.as_deref())?;
    let of_url = region_of(base);
    let known = |region: &str| VER_2.regions.contains(&region);
    let region = match (said(login.region.as_ref()), of_url) {
        (Some(region), _) if known(region) => Some(region),
        // Behind a proxy, or simulated: the region may be called anything there.
        (Some(_), None) => None,
        (Some(region), _) => return Err(NotTaken::NotMine(not_of(region, &VER_2))),
        (None, Some(region)) if known(region) => Some(region),
        (None, Some(region)) => return Err(NotTaken::NotMine(not_of(region, &VER_2))),
        (None, None) => None,
    };
    let part = |value: Option<&String>, part| said(value).map(str::to_owned).ok_or(NotTaken::Missing(part));
    let mut values = AccountValues::from([
        ("username".to_owned(), part(login.username.as_ref(), LoginPart::Username)?),
        ("tenant_id".to_owned(), part(login.project_id.as_ref(), LoginPart::ProjectId)?),
    ]);
    places(&mut values, login, url, of_url, region, &VER_2);
    // Of a server on this machine, a proxy or a simulator, the catalogue counts, and nothing else.
    let is_ours = url.parse::<Url>().is_ok_and(|url| is_own(&url) || is_loopback(&url));
    let services = VER_2.hosts.iter().map(|(service, _)| service.kind());
    let unnamed: Vec<&str> = services.filter(|name| !login.services.contains_key(*name)).collect();
    if !is_ours && !unnamed.is_empty() {
        return Err(NotTaken::NotMine(text::elsewhere::address(url, NAME, unnamed.join(", "))));
    }
    Ok(values)
}

/// What the configuration of Ver.3.0 needs. Elsewhere than at the provider's own addresses it cannot be told from any
/// other `OpenStack`.
pub(in crate::provider) fn ver_3(login: &Login) -> Result<AccountValues, NotTaken> {
    let url = address(login)?;
    let (base, version) = split(url);
    let version = version.or(login.version.as_deref().map(bare));
    let other =
        |version: Phrase| NotTaken::NotMine(text::elsewhere::identity(url, version, VER_3.label, VER_3.identity));
    let of_url = region_of(base).ok_or_else(|| other(text::elsewhere::NO_VERSION.into()))?;
    if let Some(version) = version.filter(|version| !version.starts_with('3')) {
        return Err(other(format!("v{version}").into()));
    }
    let region = said(login.region.as_ref()).unwrap_or(of_url);
    for region in [of_url, region] {
        match (VER_3.regions.contains(&region), VER_2.regions.contains(&region) && version.is_none()) {
            (true, _) => {}
            (false, true) => return Err(NotTaken::NotMine(not_of(region, &VER_3))),
            (false, false) => return Err(NotTaken::Refused(not_of(region, &VER_3))),
        }
    }
    let other = |key: &str| said(login.others.get(key));
    let kind = other("auth_type").unwrap_or("password");
    if !matches!(kind, "password" | "v3password") {
        let what = text::mistake::not_known(kind, text::mistake::accepted("password, v3password"));
        return Err(NotTaken::Refused(text::plain::at("auth_type", what)));
    }
    let mut values = AccountValues::new();
    let mut put = |key: &str, value: &str| drop(values.insert(key.to_owned(), value.to_owned()));
    match (other("user_id"), said(login.username.as_ref())) {
        (Some(id), _) => put("user_id", id),
        (None, Some(name)) => put("username", name),
        (None, None) => return Err(NotTaken::Missing(LoginPart::Username)),
    }
    match (said(login.project_id.as_ref()), other("project_name")) {
        (Some(id), _) => put("tenant_id", id),
        (None, Some(name)) => put("tenant_name", name),
        (None, None) => return Err(NotTaken::Missing(LoginPart::Project)),
    }
    // The documents name none; where a client was told one, it is told on.
    for (by_name, by_id) in [("user_domain", "user_domain_id"), ("project_domain", "project_domain_id")] {
        let name = || other(&format!("{by_name}_name")).map(|name| (by_name, name));
        other(by_id).map(|id| (by_id, id)).or_else(name).into_iter().for_each(|(key, value)| put(key, value));
    }
    places(&mut values, login, url, Some(of_url), Some(region), &VER_3);
    Ok(values)
}

fn address(login: &Login) -> Result<&str, NotTaken> {
    let url = login.auth_url.trim().trim_end_matches('/');
    if url.is_empty() { Err(NotTaken::Missing(LoginPart::AuthUrl)) } else { Ok(url) }
}

fn said(value: Option<&String>) -> Option<&str> {
    value.map(|value| value.trim()).filter(|value| !value.is_empty())
}

/// The region that the provider's own address of Identity names.
fn region_of(base: &str) -> Option<&str> {
    base.strip_prefix(HOST_BEGINS).and_then(|rest| rest.strip_suffix(HOST_ENDS))
}

/// Region and addresses.
fn places(
    values: &mut AccountValues,
    login: &Login,
    url: &str,
    of_url: Option<&str>,
    region: Option<&str>,
    product: &Product,
) {
    values.extend(region.map(|region| ("region".to_owned(), region.to_owned())));
    if of_url.is_none() || of_url != region {
        values.insert("identity".to_owned(), url.to_owned());
    }
    let own = |name: &str| product.hosts.iter().any(|(service, _)| service.kind() == name);
    let services = login.services.iter().filter(|(name, _)| own(name));
    values.extend(services.map(|(name, address)| (name.clone(), address.clone())));
}

/// The address and the version at its end, where it has one.
fn split(url: &str) -> (&str, Option<&str>) {
    match url.rsplit_once('/') {
        Some((base, last)) if last.starts_with('v') && last[1..].starts_with(|c: char| c.is_ascii_digit()) => {
            (base, Some(&last[1..]))
        }
        _ => (url, None),
    }
}

fn bare(version: &str) -> &str {
    version.trim().trim_start_matches('v')
}

/// The address without its version, which must be 2.0: where it does not stand in the address, this provider's own
/// address or the version named beside it says so.
fn without_version<'u>(url: &'u str, named: Option<&str>) -> Result<&'u str, NotTaken> {
    let (base, version) = split(url);
    let other =
        |version: Phrase| Err(NotTaken::NotMine(text::elsewhere::identity(url, version, VER_2.label, VER_2.identity)));
    match version.or(named.map(bare)) {
        Some(version) if version == "2" || version.starts_with("2.") => Ok(base),
        Some(version) => other(format!("v{version}").into()),
        None if region_of(base).is_some() => Ok(base),
        None => other(text::elsewhere::NO_VERSION.into()),
    }
}

fn not_of(region: &str, product: &Product) -> Phrase {
    text::elsewhere::region(region, product.label, product.regions.join(", "))
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
        match ver_2(login) {
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
        let values = ver_2(&Login { services, ..full }).unwrap();
        assert_eq!(values.get("compute").map(String::as_str), Some("http://[::1]/compute"));
        assert!(!values.contains_key("volume"));
    }

    fn told_3(login: &Login) -> String {
        match ver_3(login) {
            Ok(values) => values.iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join(" "),
            Err(NotTaken::Missing(part)) => format!("missing {part:?}"),
            Err(NotTaken::NotMine(said)) => format!("not mine: {}", crate::words::english(&said)),
            Err(NotTaken::Refused(said)) => format!("refused: {}", crate::words::english(&said)),
        }
    }

    const C3J1: &str = "https://identity.c3j1.conoha.io/v3";

    #[rstest]
    #[case(C3J1, None, "region=c3j1 tenant_id=t1 username=gncu1")]
    #[case("https://identity.c3j1.conoha.io", Some("c3j1"), "region=c3j1 tenant_id=t1 username=gncu1")]
    #[case(C3J1, Some("c3j2"), "identity=https://identity.c3j1.conoha.io/v3 region=c3j2 tenant_id=t1 username=gncu1")]
    #[case(C3J1, Some("tyo1"), "refused: region tyo1 is none of ConoHa VPS Ver.3.0; its regions: c3j1, c3j2")]
    #[case("https://identity.tyo1.conoha.io/v3", None, "refused: region tyo1 is none of ConoHa VPS Ver.3.0;")]
    #[case("https://identity.tyo1.conoha.io", None, "not mine: region tyo1 is none of ConoHa VPS Ver.3.0;")]
    #[case(
        "https://identity.c3j1.conoha.io/v2.0",
        None,
        "not mine: https://identity.c3j1.conoha.io/v2.0 is for Identity v2.0;"
    )]
    #[case("https://cloud.example.com:5000/v3", None, "not mine: ")]
    #[case("http://127.0.0.1:5000/v3", Some("c3j1"), "not mine: ")]
    fn only_the_providers_own_addresses_are_of_the_third_version(
        #[case] url: &str,
        #[case] region: Option<&str>,
        #[case] begins: &str,
    ) {
        let said = told_3(&login(url, region));
        assert!(said.starts_with(begins), "{said}");
    }

    #[rstest]
    #[case(&[("user_id", "u")], "region=c3j1 tenant_id=t1 user_id=u")]
    #[case(&[("user_domain_name", "gnc")], "region=c3j1 tenant_id=t1 user_domain=gnc username=gncu1")]
    #[case(&[("project_domain_id", "default")], "project_domain_id=default region=c3j1 tenant_id=t1 username=gncu1")]
    #[case(&[("auth_type", "v3token")], "refused: auth_type: \"v3token\" is not known; accepted: password, v3password")]
    fn what_else_such_a_login_tells_is_kept(#[case] others: &[(&str, &str)], #[case] expected: &str) {
        let others = others.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        assert_eq!(told_3(&Login { others, ..login(C3J1, None) }), expected);
    }

    #[test]
    fn a_tenant_may_be_named_and_needs_to_be() {
        let named = [("project_name".to_owned(), "gnct1".to_owned())].into();
        let without = Login { project_id: None, ..login(C3J1, None) };
        assert_eq!(told_3(&Login { others: named, ..without.clone() }), "region=c3j1 tenant_name=gnct1 username=gncu1");
        assert_eq!(told_3(&without), "missing Project");
        assert_eq!(told_3(&Login { username: None, ..login(C3J1, None) }), "missing Username");
    }
}
