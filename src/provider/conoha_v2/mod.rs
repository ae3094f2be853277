//! `ConoHa` VPS Ver.2.0: `OpenStack` of about 2014 with the provider's own changes. What is known of it was recorded in
//! November 2021, or is the provider's reference, or what public clients of it handle; each place says which.

mod backup;
mod own_lists;
#[cfg(test)]
mod policy;

#[cfg(test)]
mod recorded;

use std::sync::Arc;
use std::time::Duration;

use crate::domain::{ListKey, Text, text};
use crate::provider::conoha::order::PasswordRule;
use crate::provider::conoha::plans::PlanNames;
use crate::provider::conoha::product::VER_2;
use crate::provider::conoha::{order, plans, room, ver_2};
use crate::provider::openstack::api::OpenstackApi;
use crate::provider::openstack::dialect::{BootDisk, ConsoleCall, Dialect, Images, Properties, ServerNames};
use crate::provider::openstack::identity::{ApiUser, Identity};
use crate::provider::openstack::policy::OpenstackPolicy;
use crate::provider::openstack::wire;
use crate::provider::secret_source::SecretSource;
use crate::provider::setup::{AccountKey, AccountSetup, Opened, Provider};

const KEY: &str = "conoha-v2";

pub(super) static DIALECT: Dialect = Dialect {
    key: KEY,
    label: VER_2.label,
    supports: |list| {
        let lacks = matches!(list, ListKey::ApiKeys | ListKey::Regions | ListKey::Types);
        !lacks && !matches!(list, ListKey::Volumes | ListKey::Volume(_))
    },
    // The provider's reference has no such call.
    console_output: false,
    orders_network: false,
    images: Images::Compute,
    properties: Properties { system: &["dst"], app: &["app", "gnc_app"] },
    is_saved,
    own_prefix: Some("vmi-"),
    kept: Some(KEPT),
    // The name is the address with hyphens.
    server_names: ServerNames::Tag("instance_name_tag"),
    // And the block behind it.
    public_networks: Some("ext-"),
    is_fixed: is_of_panel,
    forces_stop: true,
    console: ConsoleCall::Action,
    // Recorded 2021; the same service shows images.
    probes: &["servers", "images"],
    bills_stopped: true,
    saves_only_when_off: true,
    boot_disk: BootDisk::SnapshotOfVolume,
    // The provider's reference; that the smallest plan stands apart public clients tell.
    resizes_only_when_off: true,
    resizes: |own, plan| plans::resizes(own, plan, PLAN_NAMES),
    // The provider's reference.
    most_firewalls: Some(50),
    rebuild_was_seen: false,
    fits: plans::fits,
    plans: |from, inventory| order::plans(from, inventory, PLAN_NAMES),
    password_mistake: |password| order::password_mistake(password, PASSWORDS),
    order_lists: &[],
    order_refusal: Some(text::refusal::CREATE),
    order_notes: order::notes,
    // A server has a disk of its own, and boots from an image.
    new_volume: |_, _| None,
    fills: room::fills,
};

pub(super) const POLICY: OpenstackPolicy = OpenstackPolicy(&DIALECT);

/// Plans of today end in their disk; those of former times otherwise.
const PLAN_NAMES: PlanNames = PlanNames {
    is_offered: |_| true,
    is_former: |name| !(name.ends_with("d30") || name.ends_with("d100")),
    is_for: |_, _| true,
};

const PASSWORDS: PasswordRule = PasswordRule { symbols: "!#$%&?\"'=+-_{}[]^~:;().,/|\\*@", both: false };

/// A saved image that is not used for 90 days is deleted by the provider, unless a paid option holds it (the
/// provider's support page on saved images, as a public client's documents cite it).
const KEPT: Duration = Duration::from_secs(90 * 24 * 60 * 60);

/// Whether an image is one that the account saved. Sources: `image_type` is what a public client of 2023 goes by; the
/// image recorded in 2021 has none, but its server in two places. An image that tells nothing at all of itself is a
/// saved one, unless it has the provider's prefix `vmi-`.
fn is_saved(image: &wire::ImageRecord) -> bool {
    let is_of_server = image.server.is_some() || !image.told("instance_uuid").is_empty();
    let is_offered = ["display_order", "dst", "app", "gnc_app"].iter().any(|key| !image.told(key).is_empty());
    image.told("image_type") == "snapshot" || is_of_server || !(is_offered || image.name.trim().starts_with("vmi-"))
}

/// Whether a group is one of those that every account has, which the API cannot change: `default` and the panel's port
/// presets `gncs-ipv4-all`, `gncs-ipv6-web` … (recorded by a public client in 2020; the provider's reference).
fn is_of_panel(name: &str) -> bool {
    name == "default" || name.starts_with("gncs-")
}

pub(super) const PROVIDER: Provider = Provider {
    key: KEY,
    label: VER_2.label,
    keys: &[
        AccountKey { default: Some("tyo1"), one_of: VER_2.regions, ..needed("region", text::login::REGION) },
        needed("tenant_id", text::login::TENANT),
        needed("username", text::login::USERNAME),
        endpoint("identity", text::login::IDENTITY),
        endpoint("compute", text::login::COMPUTE),
        endpoint("image", text::login::IMAGE),
        endpoint("network", text::login::NETWORK),
    ],
    api_key: None,
    secret_name: text::login::PASSWORD,
    where_to_find: text::login::API_PAGE,
    policy: || Arc::new(POLICY),
    prices: include_str!("../../../assets/prices/conoha-v2.toml"),
    services: || {
        vec![
            ("Compute Service", ListKey::Instances),
            ("Image Service", ListKey::Quota),
            ("Network Service", ListKey::Firewalls),
        ]
    },
    mistake: |_| None,
    from_openstack_login: Some(ver_2),
    open: |setup, secret| open(&setup, secret),
};

fn open(setup: &AccountSetup, secret: Arc<dyn SecretSource>) -> Opened {
    let endpoints = VER_2.endpoints(setup)?;
    let (username, tenant) = (setup.required("username")?.to_owned(), setup.required("tenant_id")?.to_owned());
    let identity = Identity::V2(ApiUser { url: endpoints.login.clone(), username, tenant });
    Ok(Arc::new(OpenstackApi::open(&DIALECT, &own_lists::BackupLists, endpoints, identity, setup, secret)))
}

const fn needed(name: &'static str, what: Text) -> AccountKey {
    AccountKey { name, required: true, default: None, instead: None, is_endpoint: false, one_of: &[], what }
}

const fn endpoint(name: &'static str, what: Text) -> AccountKey {
    AccountKey { required: false, is_endpoint: true, ..needed(name, what) }
}
