//! From the draft of an order to the action that makes it: the same for the form and for the command line.

use std::sync::Arc;

use crate::domain::{
    AccountName, Action, Hidden, Image, ImageKind, Kind, MadeFrom, Need, NewKey, Order, OrderSource, Phrase,
    ProviderPolicy, Ref, ResourceId, Snapshot, Target, text,
};

/// Everything that was entered or selected.
#[derive(Debug, Clone)]
pub struct OrderDraft {
    /// Where it is ordered.
    pub account: AccountName,
    pub name: String,
    pub source: BootSource,
    pub plan: ResourceId,
    pub region: Option<ResourceId>,
    pub network: Option<ResourceId>,
    pub key: Option<OrderKey>,
    pub firewalls: Vec<Target>,
    /// The password of its administrator; empty where none was given.
    pub password: Hidden,
    pub start: bool,
    /// The port that must answer for it to be done.
    pub answers: Option<u16>,
}

#[derive(Debug, Clone)]
pub enum BootSource {
    Image(Arc<Image>),
    Import(Arc<Image>, String),
    Snapshot(Arc<Snapshot>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrderKey {
    Known(ResourceId),
    /// One that is added first.
    Added(NewKey),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderPart {
    Url,
    Name,
    Region,
    Key,
    Password,
}

impl BootSource {
    #[must_use]
    pub fn from(&self) -> MadeFrom<'_> {
        match self {
            Self::Image(image) | Self::Import(image, _) => MadeFrom::Image(image),
            Self::Snapshot(snapshot) => MadeFrom::Snapshot(snapshot),
        }
    }

    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Image(image) | Self::Import(image, _) => &image.name,
            Self::Snapshot(snapshot) => &snapshot.name,
        }
    }

    #[must_use]
    pub fn id(&self) -> &ResourceId {
        match self {
            Self::Image(image) | Self::Import(image, _) => &image.id,
            Self::Snapshot(snapshot) => &snapshot.id,
        }
    }

    /// An image as a source; the entry that stands for importing has no address yet.
    #[must_use]
    pub fn of_image(image: &Arc<Image>) -> Self {
        match image.kind {
            ImageKind::Import => Self::Import(Arc::clone(image), String::new()),
            _ => Self::Image(Arc::clone(image)),
        }
    }
}

/// The first thing that is missing or wrong.
#[must_use]
pub fn mistake(policy: &dyn ProviderPolicy, draft: &OrderDraft) -> Option<(OrderPart, Phrase)> {
    let asks = policy.asks(draft.source.from());
    if let BootSource::Import(_, url) = &draft.source
        && let Some(why) = url_mistake(url)
    {
        return Some((OrderPart::Url, why));
    }
    if let Some(why) = policy.name_mistake(&draft.name) {
        return Some((OrderPart::Name, why));
    }
    if asks.region == Need::Must && draft.region.is_none() {
        return Some((OrderPart::Region, Phrase::new(text::order::NO_REGION)));
    }
    match (asks.key, &draft.key) {
        (Need::Must, None) => return Some((OrderPart::Key, Phrase::new(text::order::NO_KEY))),
        (Need::Never, Some(_)) => return Some((OrderPart::Key, Phrase::new(text::order::KEY_NOT_TAKEN))),
        _ => {}
    }
    match (asks.password, draft.password.is_empty()) {
        (Need::Must, true) => return Some((OrderPart::Password, Phrase::new(text::order::NO_PASSWORD))),
        (Need::Never, false) => return Some((OrderPart::Password, Phrase::new(text::order::PASSWORD_NOT_TAKEN))),
        (_, true) => {}
        (_, false) => {
            if let Some(why) = policy.password_mistake(draft.password.reveal()) {
                return Some((OrderPart::Password, why));
            }
        }
    }
    None
}

/// Why nothing can be fetched from an address.
#[must_use]
pub fn url_mistake(url: &str) -> Option<Phrase> {
    let url = url.trim();
    if url.is_empty() {
        return Some(Phrase::new(text::order::NO_URL));
    }
    if url.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Some(Phrase::new(text::order::URL_ODD));
    }
    let scheme = |scheme: &str| url.get(..scheme.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(scheme));
    let Some(scheme) = ["https://", "http://"].into_iter().find(|known| scheme(known)) else {
        return Some(Phrase::new(text::order::URL_SCHEME));
    };
    let server = url[scheme.len()..].split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host = server.rsplit('@').next().unwrap_or_default();
    (host.is_empty() || host.starts_with(':')).then(|| Phrase::new(text::order::URL_NO_HOST))
}

/// What may go wrong with an address to import from.
#[must_use]
pub fn url_warnings(url: &str) -> Vec<Phrase> {
    let url = url.trim();
    let mut warnings = Vec::new();
    if !url.to_ascii_lowercase().starts_with("https://") {
        warnings.push(Phrase::new(text::order::URL_NOT_HTTPS));
    }
    let path = url.split(['?', '#']).next().unwrap_or_default();
    if !path.to_ascii_lowercase().ends_with(".qcow2") {
        warnings.push(Phrase::new(text::order::URL_NO_IMAGE));
    }
    warnings
}

/// The action that makes it. Ask [`mistake`] first.
#[must_use]
pub fn action(policy: &dyn ProviderPolicy, draft: &OrderDraft) -> Action {
    let form = policy.order_form();
    let asks = policy.asks(draft.source.from());
    let name = draft.name.trim().to_owned();
    let (key, add_key) = match &draft.key {
        None => (None, None),
        Some(OrderKey::Known(id)) => (Some(Ref::Known(id.clone())), None),
        Some(OrderKey::Added(key)) => (Some(Ref::OutputKey), Some(key.clone())),
    };
    let by_order = |wanted: bool| if wanted { draft.firewalls.as_slice() } else { &[] };
    let order = Order {
        name: name.clone(),
        source: match &draft.source {
            BootSource::Image(image) => OrderSource::Image(image.id.clone()),
            BootSource::Import(image, url) => {
                OrderSource::Import { image: image.id.clone(), url: url.trim().to_owned() }
            }
            BootSource::Snapshot(snapshot) => OrderSource::Snapshot(Ref::Known(snapshot.id.clone())),
        },
        plan: draft.plan.clone(),
        region: draft.region.clone().filter(|_| asks.region.is_asked()),
        network: draft.network.clone(),
        key,
        firewalls: by_order(form.firewalls_in_order).iter().map(|f| f.name.clone()).collect(),
        had_password: !draft.password.is_empty(),
        password: draft.password.clone(),
    };
    let on = draft.start || !form.ends_stopped;
    Action::CreateInstance {
        new: Target::new(&draft.account, Kind::Instance, &name),
        order: Box::new(order),
        add_key,
        start: draft.start && form.ends_stopped,
        firewalls: by_order(!form.firewalls_in_order).to_vec(),
        answers: draft.answers.filter(|_| on),
    }
}

/// What a key of this machine is called at the provider: plain letters only, and no name that is there already.
#[must_use]
pub fn key_name(name: &str, taken: impl Fn(&str) -> bool) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || "-_".contains(c) { c } else { '-' };
    let name: String = name.trim().chars().map(plain).collect();
    let name = if name.is_empty() { "key".to_owned() } else { name };
    if !taken(&name) {
        return name;
    }
    (2..1_000).map(|n| format!("{name}-{n}")).find(|other| !taken(other)).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case("https://images.example/d.qcow2", 0)]
    #[case("HTTPS://images.example/d.QCOW2?sig=1", 0)]
    #[case("http://images.example/d.qcow2", 1)]
    #[case("https://images.example/d.iso", 1)]
    #[case("http://images.example", 2)]
    fn an_address_that_is_not_https_or_no_qcow2_is_warned_of(#[case] url: &str, #[case] warnings: usize) {
        assert_eq!(url_warnings(url).len(), warnings);
        assert!(url_mistake(url).is_none());
    }

    #[rstest::rstest]
    #[case("  ", "order.NO_URL")]
    #[case("https://x /y", "order.URL_ODD")]
    #[case("ftp://x y", "order.URL_ODD")]
    #[case("a\u{7}", "order.URL_ODD")]
    #[case("ftp://x/y", "order.URL_SCHEME")]
    #[case("x.example/d.qcow2", "order.URL_SCHEME")]
    #[case("https:/x/d.qcow2", "order.URL_SCHEME")]
    #[case("https://", "order.URL_NO_HOST")]
    #[case("https:///d.qcow2", "order.URL_NO_HOST")]
    #[case("https://me@/d.qcow2", "order.URL_NO_HOST")]
    #[case("http://:80/d.qcow2", "order.URL_NO_HOST")]
    fn nothing_can_be_fetched_from_what_is_no_address_of_the_web(#[case] url: &str, #[case] why: &str) {
        assert_eq!(url_mistake(url).map(|why| why.text.name()), Some(why));
    }

    #[test]
    fn a_key_gets_a_plain_name_that_is_free() {
        assert_eq!(key_name("id_rsa", |_| false), "id_rsa");
        assert_eq!(key_name("私 key", |_| false), "--key");
        assert_eq!(key_name("id_rsa", |n| n == "id_rsa" || n == "id_rsa-2"), "id_rsa-3");
    }
}
