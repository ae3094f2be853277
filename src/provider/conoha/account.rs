//! From the keys of an account to who logs in and where.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::text;
use crate::provider::conoha::DIALECT;
use crate::provider::conoha::own_lists::ConohaLists;
use crate::provider::conoha::product::VER_3;
use crate::provider::openstack::api::OpenstackApi;
use crate::provider::openstack::endpoint::Endpoint;
use crate::provider::openstack::identity::{Identity, Scoped, Who, given, named};
use crate::provider::secret_source::SecretSource;
use crate::provider::setup::{AccountMistake, AccountSetup, Opened};

pub(super) fn open(setup: &AccountSetup, secret: Arc<dyn SecretSource>) -> Opened {
    let who = who(&setup.values);
    let who = who.map_err(|AccountMistake { key, what }| text::account::wrong(setup.name.as_str(), key, what))?;
    let endpoints = VER_3.endpoints(setup)?;
    let identity = Identity::V3(Scoped { url: endpoints.login.clone(), who });
    Ok(Arc::new(OpenstackApi::open(&DIALECT, &ConohaLists, endpoints, identity, setup, secret)))
}

/// What is wrong with the keys of an account taken together.
pub(super) fn mistake(values: &BTreeMap<String, String>) -> Option<AccountMistake> {
    let other_version = given(values, "identity").filter(|address| {
        let endpoint = Endpoint::new(address).map(|endpoint| endpoint.without(VER_3.tokens));
        endpoint.is_ok_and(|endpoint| endpoint.version().is_some_and(|version| !version.starts_with(VER_3.identity)))
    });
    let other_version =
        other_version.map(|address| AccountMistake { key: "identity", what: text::mistake::not_v3(address) });
    other_version.or_else(|| who(values).err())
}

/// By ids, or by names without a domain, as the provider's reference has it; public clients send one as well.
fn who(values: &BTreeMap<String, String>) -> Result<Who, AccountMistake> {
    let missing = |key, what| AccountMistake { key, what: text::mistake::missing(what) };
    let user = named(values, "username", "user_id", "user_domain")?;
    let project = named(values, "tenant_name", "tenant_id", "project_domain")?;
    Ok(Who::User {
        user: user.ok_or_else(|| missing("username", text::login::USERNAME))?,
        project: project.ok_or_else(|| missing("tenant_id", text::login::TENANT))?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::openstack::identity::Named;
    use crate::words::english;

    fn values(given: &[(&str, &str)]) -> BTreeMap<String, String> {
        given.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_user_and_a_tenant_are_named_without_a_domain() {
        let by_name = who(&values(&[("username", "gncu1"), ("tenant_id", "t")])).unwrap();
        let user = Named::Name("gncu1".to_owned(), None);
        assert_eq!(by_name, Who::User { user, project: Named::Id("t".to_owned()) });
        let by_id = who(&values(&[("user_id", "u"), ("tenant_name", "gnct1"), ("project_domain", "gnc")])).unwrap();
        let project = Named::Name("gnct1".to_owned(), Some(serde_json::json!({"name": "gnc"})));
        assert_eq!(by_id, Who::User { user: Named::Id("u".to_owned()), project });
    }

    #[rstest::rstest]
    #[case(&[("tenant_id", "t")], "username: is missing; accepted: name of the API user")]
    #[case(&[("username", "u")], "tenant_id: is missing; accepted: id of the tenant")]
    #[case(&[("username", "u"), ("user_id", "u"), ("tenant_id", "t")], "user_id: ")]
    #[case(&[("username", "u"), ("tenant_id", "t"), ("identity", "https://i/v2.0")], "identity: ")]
    fn what_is_missing_or_too_much_is_named(#[case] given: &[(&str, &str)], #[case] begins: &str) {
        let AccountMistake { key, what } = mistake(&values(given)).unwrap();
        let said = format!("{key}: {}", english(&what));
        assert!(said.starts_with(begins), "{said}");
    }
}
