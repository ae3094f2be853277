//! Which plans an image fits on, and which passwords are taken.

use crate::domain::{Hidden, Image, ImageKind, MadeFrom, Order, OrderSource, ProviderPolicy, Raw, Ref, StoreStatus};
use crate::provider::conoha_v2::POLICY;
use crate::provider::openstack::policy::fixtures::Shows;

fn image(name: &str, min_disk_gb: Option<u64>) -> Image {
    Image {
        id: "i".into(),
        name: name.into(),
        family: None,
        kind: ImageKind::Linux,
        status: StoreStatus::Available,
        size: None,
        min_disk_gb,
        created: None,
        fields: Vec::new(),
        raw: Raw::default(),
    }
}

#[rstest::rstest]
#[case("vmi-ubuntu-20.04-amd64-30gb", Some(30), "g-c1m512d30")]
#[case("vmi-ubuntu-20.04-amd64-100gb", Some(100), "g-c2m1d100 g-c4m4d100")]
// The record does not tell, and the name does.
#[case("vmi-ubuntu-20.04-amd64-20gb", None, "g-c1m512d30 g-512mb")]
// Nothing tells: the provider is asked.
#[case("vmi-win2019dce-amd64", None, "g-c1m512d30 g-c2m1d100 g-c4m4d100 g-512mb g-4gb")]
fn only_plans_whose_disk_takes_the_image_are_offered(
    #[case] name: &str,
    #[case] min_disk_gb: Option<u64>,
    #[case] expected: &str,
) {
    let plans = POLICY.plans_to_order(MadeFrom::Image(&image(name, min_disk_gb)), &Shows::default().plans().0);
    assert_eq!(plans.iter().map(|plan| plan.name.as_str()).collect::<Vec<_>>().join(" "), expected);
}

#[rstest::rstest]
#[case("Abcdefgh1", None)]
#[case("abcdefgH_", None)]
#[case("Abcdef1", Some("order.password_length"))]
#[case("abcdefghi1", Some("order.PASSWORD_MIX"))]
#[case("Abcdefghi", Some("order.PASSWORD_MIX"))]
#[case("Abcdefgh1<", Some("order.password_odd"))]
#[case("Abcdefgh1 ", Some("order.password_odd"))]
fn the_rule_for_passwords_is_the_documented_one(#[case] password: &str, #[case] expected: Option<&str>) {
    assert_eq!(POLICY.password_mistake(password).map(|why| why.text.name()), expected);
}

#[test]
fn the_request_names_the_service_and_no_password() {
    let order = Order {
        name: "web".into(),
        source: OrderSource::Image("i".into()),
        plan: "f".into(),
        region: None,
        network: None,
        key: Some(Ref::Known("laptop".into())),
        firewalls: vec!["web".into()],
        password: Hidden::new("Sup3r#Secret"),
        had_password: true,
    };
    let request = POLICY.request_of(&order.into()).unwrap();
    assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", "compute /servers"));
    let body = request.body.unwrap();
    assert!(body.contains(r#""adminPass":"********""#) && body.contains(r#""key_name":"laptop""#), "{body}");
}
