//! `ConoHa` VPS Ver.3.0: `OpenStack` of today with the provider's own changes, whose servers boot from volumes. What is
//! known of it is the provider's reference, read in part, or what public clients of it handle; each place says which. What
//! both products of the provider do alike stands here as well.

mod account;
mod from_openstack_login;
mod graphs;
pub(super) mod order;
pub(super) mod own_lists;
pub(super) mod plans;
pub(super) mod product;
pub(super) mod quota;
pub(super) mod room;

#[cfg(test)]
mod policy_tests;
#[cfg(test)]
mod recorded;

use std::sync::Arc;

use crate::domain::{ListKey, Text, text};
use crate::provider::conoha::order::PasswordRule;
use crate::provider::conoha::plans::PlanNames;
use crate::provider::openstack::dialect::{BootDisk, ConsoleCall, Dialect, Images, Properties, ServerNames};
use crate::provider::openstack::policy::OpenstackPolicy;
use crate::provider::openstack::wire;
use crate::provider::setup::{AccountKey, Provider};

pub(super) use from_openstack_login::ver_2;

const KEY: &str = "conoha";

static DIALECT: Dialect = Dialect {
    key: KEY,
    label: product::VER_3.label,
    supports: |list| !matches!(list, ListKey::ApiKeys | ListKey::Regions | ListKey::Types | ListKey::Backups),
    // The provider's reference has no such call, and an order there names no network.
    console_output: false,
    orders_network: false,
    images: Images::Glance,
    properties: Properties { system: &["os_type"], app: &[] },
    is_saved,
    own_prefix: Some(OWN_PREFIX),
    // What is told of images that nobody uses is told of Ver.2.0.
    kept: None,
    // The name is the provider's.
    server_names: ServerNames::Tag("instance_name_tag"),
    public_networks: None,
    is_fixed: is_of_panel,
    forces_stop: true,
    console: ConsoleCall::Remote,
    probes: &["servers"],
    bills_stopped: true,
    // The volume that is saved must not be in use (the provider's reference).
    saves_only_when_off: true,
    boot_disk: BootDisk::ImageOfVolume,
    // The provider's reference; that the smallest plan stands apart public clients of Ver.2.0 tell.
    resizes_only_when_off: true,
    resizes: |own, plan| plans::resizes(own, plan, PLAN_NAMES),
    most_firewalls: None,
    rebuild_was_seen: false,
    fits: plans::fits,
    plans: |from, inventory| order::plans(from, inventory, PLAN_NAMES),
    password_mistake: |password| order::password_mistake(password, PASSWORDS),
    order_lists: &[],
    order_refusal: Some(text::refusal::CREATE),
    order_notes: order::notes,
    new_volume: order::new_volume,
    fills: room::fills,
};

/// The names are `g2l-t-c2m1`: `l` for Linux, `w` for Windows, `d` with a disk of its own; `t` by the hour, `p` paid
/// before, which is listed and cannot be ordered (a public client).
const PLAN_NAMES: PlanNames = PlanNames {
    is_offered: |name| name.split('-').nth(1) != Some("p"),
    is_former: |_| false,
    is_for: |name, windows| {
        let kind = name.split('-').next().and_then(|first| first.chars().last());
        kind.is_none_or(|kind| kind == 'd' || (kind == 'w') == windows)
    },
};

/// The schema of the provider's own server of tools.
const PASSWORDS: PasswordRule = PasswordRule { symbols: "\\^$+-*/|()[]{}.,?!_=&@~%#:;'\"", both: true };

/// How the names of the provider's images begin.
const OWN_PREFIX: &str = "vmi-";

/// Whether an image is one that the account saved: the reference calls those private, a public client shared; a disc that
/// was uploaded is shared too.
fn is_saved(image: &wire::ImageRecord) -> bool {
    match image.told("visibility") {
        _ if image.told("disk_format") == "iso" => false,
        "private" | "shared" => true,
        "" => !image.name.trim().starts_with(OWN_PREFIX),
        _ => false,
    }
}

/// Whether a group is one of the panel's: `default`, `IPv4v6-SSH`, `IPv4v6-Web` … (public clients). That the API cannot
/// change those the reference of Ver.2.0 says.
fn is_of_panel(name: &str) -> bool {
    name == "default" || name.starts_with("IPv4v6-")
}

pub(super) const PROVIDER: Provider = Provider {
    key: KEY,
    label: product::VER_3.label,
    keys: &[
        AccountKey {
            required: true,
            default: Some("c3j1"),
            one_of: product::VER_3.regions,
            ..key("region", text::login::REGION_OF_3)
        },
        AccountKey { required: true, instead: Some("tenant_name"), ..key("tenant_id", text::login::TENANT) },
        key("tenant_name", text::login::TENANT_NAME),
        AccountKey { required: true, instead: Some("user_id"), ..key("username", text::login::USERNAME) },
        key("user_id", text::login::API_USER_ID),
        key("user_domain", text::login::DOMAIN_OF_USER),
        key("user_domain_id", text::login::USER_DOMAIN_ID),
        key("project_domain", text::login::DOMAIN_OF_TENANT),
        key("project_domain_id", text::login::PROJECT_DOMAIN_ID),
        endpoint("identity", text::login::IDENTITY),
        endpoint("compute", text::login::COMPUTE_OF_3),
        endpoint("image", text::login::IMAGE),
        endpoint("network", text::login::NETWORK),
        endpoint("volume", text::login::VOLUME),
    ],
    api_key: None,
    secret_name: text::login::PASSWORD,
    where_to_find: text::login::API_PAGE_OF_3,
    policy: || Arc::new(OpenstackPolicy(&DIALECT)),
    prices: include_str!("../../../assets/prices/conoha.toml"),
    services: || {
        vec![
            ("Compute Service", ListKey::Instances),
            ("Image Service", ListKey::Images),
            ("Network Service", ListKey::Firewalls),
            ("Volume Service", ListKey::Volumes),
        ]
    },
    mistake: account::mistake,
    from_openstack_login: Some(from_openstack_login::ver_3),
    open: |setup, secret| account::open(&setup, secret),
};

const fn key(name: &'static str, what: Text) -> AccountKey {
    AccountKey { name, required: false, default: None, instead: None, is_endpoint: false, one_of: &[], what }
}

const fn endpoint(name: &'static str, what: Text) -> AccountKey {
    AccountKey { is_endpoint: true, ..key(name, what) }
}
