//! What an order asks for, which plans fit, and what its request is.

use std::sync::Arc;

use super::IndigoPolicy;
use super::fixtures::{Shows, instance, snapshot};
use crate::domain::{
    Collection, Hidden, Image, ImageKind, InstanceStatus, ListKey, MadeFrom, Need, NewKey, Order, OrderNeeds,
    OrderSource, Plan, ProviderPolicy, Raw, Ref, Spec, StoreStatus,
};

fn image(id: &str, kind: ImageKind) -> Image {
    Image {
        id: id.into(),
        name: format!("os{id}"),
        family: None,
        kind,
        status: StoreStatus::Available,
        size: None,
        min_disk_gb: None,
        created: None,
        fields: Vec::new(),
        raw: Raw::default(),
    }
}

fn plan(id: &str, disk: u64, addresses: &str) -> Arc<Plan> {
    let spec = Spec { disk_gb: Some(disk), ..Spec::default() };
    Arc::new(Plan {
        id: id.into(),
        name: format!("p{id}"),
        spec,
        addresses: Some(addresses.into()),
        raw: Raw::default(),
    })
}

/// A Linux (22), a Windows (11) and the import (3), with the plans of the two.
fn shows() -> Shows {
    let images = [("22", ImageKind::Linux), ("11", ImageKind::Windows), ("3", ImageKind::Import)];
    let images = images.map(|(id, kind)| Arc::new(image(id, kind))).to_vec();
    let linux = vec![plan("13", 20, "ipv6"), plan("1", 20, "ipv46dual"), plan("2", 40, "ipv46dual")];
    let mut saved = instance("1", InstanceStatus::Stopped);
    saved.image = Some("22".into());
    saved.plan = Some("2".into());
    saved.spec.disk_gb = Some(40);
    Shows::instances(vec![saved])
        .list(ListKey::Images, Collection::Images(images))
        .list(ListKey::Plans(Some("22".into())), Collection::Plans(linux))
        .list(ListKey::Plans(Some("11".into())), Collection::Plans(vec![plan("7", 50, "ipv4")]))
}

fn ids(plans: &[Arc<Plan>]) -> Vec<&str> {
    plans.iter().map(|plan| plan.id.as_str()).collect()
}

#[rstest::rstest]
#[case(ImageKind::Linux, Need::Must, Need::Must, Need::Never)]
#[case(ImageKind::Windows, Need::Must, Need::Never, Need::Must)]
#[case(ImageKind::Import, Need::Must, Need::Never, Need::Never)]
fn each_form_of_the_order_asks_for_its_own(
    #[case] kind: ImageKind,
    #[case] region: Need,
    #[case] key: Need,
    #[case] password: Need,
) {
    assert_eq!(IndigoPolicy.asks(MadeFrom::Image(&image("1", kind))), OrderNeeds { region, key, password });
}

#[test]
fn the_plans_are_those_of_the_system_and_of_an_import_those_of_a_linux() {
    let shows = shows();
    let of = |id, kind| IndigoPolicy.plans_to_order(MadeFrom::Image(&image(id, kind)), &shows.0);
    assert_eq!(ids(&of("22", ImageKind::Linux)), ["13", "1", "2"]);
    assert_eq!(ids(&of("11", ImageKind::Windows)), ["7"]);
    assert_eq!(ids(&of("3", ImageKind::Import)), ["13", "1", "2"]);
    let saved = snapshot("9", "1", StoreStatus::Available, None);
    assert_eq!(ids(&IndigoPolicy.plans_to_order(MadeFrom::Snapshot(&saved), &shows.0)), ["2"], "no smaller disk");
}

fn order(source: OrderSource, plan: &str) -> Order {
    Order {
        name: "web".into(),
        source,
        plan: plan.into(),
        network: None,
        region: Some("1".into()),
        key: None,
        firewalls: Vec::new(),
        password: Hidden::default(),
        had_password: false,
    }
}

fn told(order: &Order) -> Vec<&'static str> {
    IndigoPolicy
        .order_notes(order, &shows().0)
        .iter()
        .filter(|(_, warns)| *warns)
        .map(|(note, _)| note.text.name())
        .collect()
}

#[test]
fn what_cannot_be_reached_from_everywhere_and_what_may_not_boot_is_warned_of() {
    let linux = || OrderSource::Image("22".into());
    assert_eq!(told(&order(linux(), "1")), [""; 0]);
    assert_eq!(told(&order(linux(), "13")), ["order.SIX_ONLY"]);
    let import = OrderSource::Import { image: "3".into(), url: "https://x/y.qcow2".into() };
    assert_eq!(told(&order(import, "1")), ["order.IMPORT"]);
    assert!(
        IndigoPolicy.key_warning("ssh-ed25519 AAAA").is_some() && IndigoPolicy.key_warning("ssh-rsa AAAA").is_none()
    );
}

#[test]
fn the_request_is_shown_as_it_is_sent_without_the_password() {
    let mut windows = order(OrderSource::Image("11".into()), "7");
    windows.password = Hidden::new("Sup3r#Secret");
    windows.had_password = true;
    let request = IndigoPolicy.request_of(&windows.into()).unwrap();
    assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", "/webarenaIndigo/v1/vm/createinstance"));
    let body = request.body.unwrap();
    assert!(body.contains(r#""winPassword":"********""#) && !body.contains("Sup3r"), "{body}");
    let mut linux = order(OrderSource::Image("22".into()), "1");
    linux.key = Some(Ref::OutputKey);
    let body = IndigoPolicy.request_of(&linux.into()).unwrap().body.unwrap();
    assert!(body.contains(r#""sshKeyId":"(the added key)""#), "{body}");
    let key = NewKey { name: "k".into(), public: "ssh-rsa AAAA".into() };
    let request = IndigoPolicy.request_of(&crate::domain::Call::AddKey { key }).unwrap();
    assert_eq!(request.body.unwrap(), r#"{"sshKey":"ssh-rsa AAAA","sshName":"k"}"#);
}
