//! `OpenStack` as upstream has it, with Identity v3: any cloud that does nothing in its own way.

mod account;
#[cfg(test)]
mod admin_tests;
mod from_openstack_login;
mod order;
mod own_lists;
#[cfg(test)]
mod policy_tests;

use std::sync::Arc;

use crate::domain::{ListKey, Text, text};
use crate::provider::openstack::dialect::{BootDisk, ConsoleCall, Dialect, Images, Properties, ServerNames};
use crate::provider::openstack::policy::OpenstackPolicy;
use crate::provider::openstack::wire;
use crate::provider::setup::{AccountKey, Provider};

const KEY: &str = "openstack";
const LABEL: &str = "OpenStack";

pub(super) static DIALECT: Dialect = Dialect {
    key: KEY,
    label: LABEL,
    supports: |list| {
        let lacks = matches!(list, ListKey::ApiKeys | ListKey::Regions | ListKey::Types);
        !lacks && !matches!(list, ListKey::Backups | ListKey::Graphs(_))
    },
    console_output: true,
    orders_network: true,
    images: Images::Glance,
    properties: Properties { system: &["os_distro", "os_type"], app: &[] },
    // Nova writes both to every image that it makes; a cloud may publish such a one of its own.
    is_saved: |image| {
        let is_of_server = image.told("image_type") == "snapshot" || !image.told("instance_uuid").is_empty();
        // Of a server that boots from a volume it writes neither, but which snapshots of volumes it made (seen at Zed,
        // 2026).
        let is_saved = is_of_server || image.told(wire::MAPPING).contains("snapshot_id");
        is_saved && !matches!(image.told("visibility"), "public" | "community")
    },
    own_prefix: None,
    kept: None,
    server_names: ServerNames::Own,
    public_networks: None,
    // The group that every project has can be changed, if not deleted.
    is_fixed: |_| false,
    forces_stop: false,
    console: ConsoleCall::Action,
    probes: &["servers"],
    // Each cloud has its own terms.
    bills_stopped: false,
    saves_only_when_off: false,
    boot_disk: BootDisk::SnapshotOfVolume,
    resizes_only_when_off: false,
    resizes: |_, _| true,
    most_firewalls: None,
    rebuild_was_seen: true,
    fits: order::fits,
    plans: order::plans,
    password_mistake: |_| None,
    order_lists: &[ListKey::Quota],
    order_refusal: None,
    order_notes: order::notes,
    new_volume: order::new_volume,
    fills: |_, _| Vec::new(),
};

pub(in crate::provider) const PROVIDER: Provider = Provider {
    key: KEY,
    label: LABEL,
    keys: &[
        endpoint("auth_url", text::login::AUTH_URL, true),
        key("username", text::login::USER),
        key("user_id", text::login::USER_ID),
        key("user_domain", text::login::USER_DOMAIN),
        key("user_domain_id", text::login::USER_DOMAIN_ID),
        key("project", text::login::PROJECT),
        key("project_id", text::login::PROJECT_ID),
        key("project_domain", text::login::PROJECT_DOMAIN),
        key("project_domain_id", text::login::PROJECT_DOMAIN_ID),
        key("application_credential_id", text::login::CREDENTIAL_ID),
        key("application_credential_name", text::login::CREDENTIAL_NAME),
        AccountKey { one_of: account::AUTH_TYPES, ..key("auth_type", text::login::AUTH_TYPE) },
        key("region", text::login::REGION_OF_SEVERAL),
        AccountKey {
            default: Some("public"),
            one_of: &["public", "internal", "admin"],
            ..key("interface", text::login::INTERFACE)
        },
        endpoint("compute", text::login::CATALOGUE_COMPUTE, false),
        endpoint("image", text::login::CATALOGUE_IMAGE, false),
        endpoint("network", text::login::CATALOGUE_NETWORK, false),
        endpoint("volume", text::login::CATALOGUE_VOLUME, false),
        key("ca_file", text::login::CA_FILE),
    ],
    api_key: None,
    secret_name: text::login::PASSWORD_OR_SECRET,
    where_to_find: text::login::API_ACCESS,
    policy: || Arc::new(OpenstackPolicy(&DIALECT)),
    prices: include_str!("../../../../assets/prices/openstack.toml"),
    services: || {
        vec![
            ("Compute Service", ListKey::Instances),
            ("Image Service", ListKey::Images),
            ("Network Service", ListKey::Firewalls),
        ]
    },
    mistake: account::mistake,
    from_openstack_login: Some(from_openstack_login::from_openstack_login),
    open: |setup, secret| account::open(&setup, secret),
};

const fn key(name: &'static str, what: Text) -> AccountKey {
    AccountKey { name, required: false, default: None, instead: None, is_endpoint: false, one_of: &[], what }
}

const fn endpoint(name: &'static str, what: Text, required: bool) -> AccountKey {
    AccountKey { required, is_endpoint: true, ..key(name, what) }
}
