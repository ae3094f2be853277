//! Where the records of the providers are silent or contradict each other: one switch each.
//!
//! The defaults are what was recorded, else the likelier guess. A client must live with every position of every switch.

use serde::{Deserialize, Serialize};

/// When the `X-Quota-*` headers are sent. Recorded: on 429 (2024-05), not on two 2xx (2024-10); said to be on 2xx (2026).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuotaHeaders {
    /// Only on a 429.
    OnRefusal,
    /// On everything that passed the gateway.
    Always,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuotaScope {
    Account,
    /// The access token: a new one brings a new quota, as one user believed in 2022.
    Token,
}

/// Which requests keep their distance to each other. Unknown; gateways of this kind count at each place where they are
/// told to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpikeScope {
    All,
    /// Logins, reads and changes, each among themselves.
    Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GatewayShape {
    /// `{"errorCode":"…","errorMessage":"…","developerMessage":"…","moreInfo":null,"requestId":"…"}`, recorded for the quota.
    Envelope,
    /// `{"fault":{"faultstring":"…","detail":{"errorcode":"…"}}}`, the stock form of such gateways.
    Fault,
    Empty,
    Html,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TemplateShape {
    /// `[{…},{…}]`, recorded.
    Flat,
    /// `[[{…},{…}]]`, hinted at by another recording.
    Nested,
    /// `{…},{…}`, not JSON, as the documentation shows it.
    Bracketless,
}

/// Where the addresses of a machine with both kinds stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DualAddresses {
    /// `ip` and `ipaddress` IPv4, `secondary_ip` IPv6.
    V6Secondary,
    /// `ip` and `ipaddress` IPv4, nothing else.
    V4Only,
    /// `ip` IPv4, `ipaddress` IPv6, `secondary_ip` empty.
    V6Primary,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StopAnswer {
    /// `success:false`, I10025: begun. Recorded twice.
    Initiated,
    /// `success:true`, I20009: stopped at once. Documented.
    AtOnce,
}

/// What becomes of a machine's snapshots when it is gone, and what its list answers then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Orphans {
    /// They stay, and its list can still be read.
    Stay,
    Go,
}

/// Codes of refusals that nobody has recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct UnknownCodes {
    /// A start too soon after a create, or anything while a restore settles.
    pub busy: String,
    /// An instance that is not yours or does not exist.
    pub no_instance: String,
    /// A snapshot that is not yours or does not exist.
    pub no_snapshot: String,
    pub snapshot_limit: String,
    pub instance_limit: String,
    pub creation_limit: String,
    /// A plan that does not exist or does not fit the OS.
    pub bad_plan: String,
    pub bad_request: String,
    /// A firewall that is not yours or does not exist.
    pub no_firewall: String,
    /// A key that is not yours or does not exist.
    pub no_key: String,
}

impl Default for UnknownCodes {
    fn default() -> Self {
        Self {
            busy: "I10099".to_owned(),
            no_instance: "I10001".to_owned(),
            no_snapshot: "S10001".to_owned(),
            snapshot_limit: "S10005".to_owned(),
            instance_limit: "I10060".to_owned(),
            creation_limit: "I10061".to_owned(),
            bad_plan: "I10004".to_owned(),
            bad_request: "I10000".to_owned(),
            no_firewall: "F60001".to_owned(),
            no_key: "I10030".to_owned(),
        }
    }
}

/// What the `code` inside an error of ConoHa's services is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    Number,
    Text,
    /// Not there, as in an error recorded in 2023.
    Absent,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CatalogueShape {
    /// Each address with its version.
    Versioned,
    /// None with one.
    Bare,
    /// No address at all.
    Empty,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PageLinks {
    Next,
    Absent,
    Foreign,
    /// By a link, which the last page has as well: it leads back to an earlier one.
    Circle,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ConohaQuirks {
    /// Whether the token's catalogue, tenant and user are filled. The record shows them empty, documents filled.
    pub catalogue_filled: bool,
    /// The types of services that the catalogue does not name: a cloud need not have each.
    pub catalogue_lacks: Vec<String>,
    /// Whether saving an image is answered with the image's address. Documented.
    pub image_location: bool,
    /// Whether a saved image says `image_type: snapshot`. Not in the record of 2021; in one of 2023.
    pub image_type: bool,
    /// The status where a running server shall be saved. Some 4xx with a flat `message`; which is unknown.
    pub save_while_running: u16,
    /// The status where a server that is being saved shall be started. Unknown; upstream's.
    pub start_while_saving: u16,
    /// The status where an image that is being saved shall be deleted. Unknown; upstream's.
    pub delete_while_saving: u16,
    /// The status where a group that a server carries shall be deleted. Unknown; upstream's.
    pub group_in_use: u16,
    /// The status where a save would take more than the quota of images allows; 0 where that is not looked at. Unknown.
    pub image_quota_status: u16,
    /// Whether a rebuild takes a saved image. Unknown.
    pub rebuild_from_saved: bool,
    /// Whether deleting a running server is refused. Unknown.
    pub running_delete_refused: bool,
    /// Whether a forced stop ends a clean one that is under way. Unknown; upstream refuses it.
    pub forced_stop_interrupts: bool,
    /// The status of version documents: 200 or 300. Unknown.
    pub version_status: u16,
    /// The `progress` of an image that is queued, being written and complete. Upstream's fixed steps.
    pub progress: [u32; 3],
    /// The part of a save, of 100, during which the image is queued. It lasts longest.
    pub queued_percent: u32,
    /// The status for too many requests: 429 or, as old Nova, 413. Unknown.
    pub over_limit: u16,
    /// The status for a change of the panel's own groups. Refused, by the documents; how is unknown.
    pub panel_group_status: u16,
    /// What the `code` inside an error is.
    pub error_code: ErrorCode,
    /// The scheme of a console's address. Documented: `https`.
    pub console_scheme: String,
    /// Whether lists of links are filled. In parts of the record they are empty.
    pub links: bool,
    /// Images of the image service that are sent without being asked for a number; 0 for all, as recorded.
    pub image_page: usize,
    /// Records of any list that are sent at once at most, whatever number is asked for; 0 for all. Unknown.
    pub page: usize,
    pub page_links: PageLinks,
    /// Ver.3.0: whether a login by names is taken without a domain. Documented.
    pub no_domain: bool,
    /// Ver.3.0: the addresses in a token's catalogue. Clients met them with versions and without.
    pub catalogue_v3: CatalogueShape,
    /// Ver.3.0: the `visibility` of a saved image: `private` by the documents, `shared` by a client.
    pub saved_visibility: String,
    /// Ver.3.0: the status of `createImage`, which is not documented.
    pub create_image_v3: u16,
    /// The status where a volume shall be deleted that a server has: 400 upstream, 409 by a client of ConoHa's.
    pub volume_in_use: u16,
    /// Whether the image of a server that boots from a volume is the empty text, as upstream's; else null.
    pub image_text: bool,
    /// Ver.3.0: whether an order without a password is refused, as a schema of the provider's has it. Clients order so.
    pub password_needed: bool,
    /// Whether a plan's `swap` is the empty text where it has none, as recorded; else 0.
    pub swap_text: bool,
}

impl Default for ConohaQuirks {
    fn default() -> Self {
        Self {
            catalogue_filled: false,
            catalogue_lacks: Vec::new(),
            image_location: true,
            image_type: false,
            save_while_running: 400,
            start_while_saving: 409,
            delete_while_saving: 409,
            group_in_use: 409,
            image_quota_status: 0,
            rebuild_from_saved: true,
            running_delete_refused: false,
            forced_stop_interrupts: false,
            version_status: 200,
            progress: [25, 50, 100],
            queued_percent: 60,
            over_limit: 429,
            panel_group_status: 403,
            error_code: ErrorCode::Number,
            console_scheme: "https".to_owned(),
            links: true,
            image_page: 0,
            page: 0,
            page_links: PageLinks::Next,
            no_domain: true,
            catalogue_v3: CatalogueShape::Versioned,
            saved_visibility: "private".to_owned(),
            create_image_v3: 400,
            volume_in_use: 400,
            image_text: true,
            password_needed: false,
            swap_text: true,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Quirks {
    /// When the `X-Quota-*` headers are sent.
    pub quota_headers: QuotaHeaders,
    pub quota_scope: QuotaScope,
    /// Whether the token call counts against the quota. Unknown.
    pub token_call_counts: bool,
    /// World seconds between two requests; 0 turns the spike arrest off.
    pub spike_seconds: f64,
    /// Which requests keep that distance to each other.
    pub spike_scope: SpikeScope,
    /// The shape of the spike arrest's 429. Unknown.
    pub spike_body: GatewayShape,
    /// The shape of a 401. Unknown.
    pub unauthorized_body: GatewayShape,
    /// Whether a new token ends the ones before. Unknown; nobody saw trouble.
    pub new_token_ends_old: bool,
    /// Whether deleting an API key ends its tokens at once. Unknown.
    pub deleted_key_ends_tokens: bool,
    /// Whether the power word changes during a start, and to what. Unknown: it stays `Stopped`.
    pub starting_word: Option<String>,
    /// The power word during a stop. Unknown: it stays `Running`.
    pub stopping_word: Option<String>,
    /// The power word during a reset. Unknown: it stays `Running`.
    pub resetting_word: Option<String>,
    /// The power word while a restore settles. Unknown: it stays `Stopped`.
    pub restoring_word: Option<String>,
    /// The power word while a snapshot is taken. Unknown: it stays as it was.
    pub snapshotting_word: Option<String>,
    /// The power word of a destroyed machine that lingers in the list. Unknown: `Stopped`.
    pub destroyed_word: Option<String>,
    /// The life-cycle word of a destroyed machine that lingers. Unknown: `OPEN`.
    pub destroyed_status: Option<String>,
    pub stop_answer: StopAnswer,
    /// The shape of `gettemplate`.
    pub template_shape: TemplateShape,
    /// Where the addresses of a machine with both kinds stand.
    pub dual_addresses: DualAddresses,
    /// Whether `os` of an import is `null`; else an object of category 3. Unknown.
    pub import_os_null: bool,
    /// Whether ids are sent as strings in lists.
    pub ids_as_strings: bool,
    /// Whether `firewallId` of an update comes back in the type that was sent; else always a number.
    pub firewall_id_echo: bool,
    /// Whether an update of a firewall with `instances: []` takes it off all machines. Unknown.
    pub empty_instances_detach: bool,
    /// Whether `instances` of an update replaces the former ones; else they are added. Unknown.
    pub instances_replace: bool,
    /// Whether a machine can carry several firewalls; else a new one takes the place of the other. Unknown.
    pub several_firewalls: bool,
    /// What becomes of snapshots when their machine is gone. They are billed on.
    pub orphaned_snapshots: Orphans,
    /// Snapshots of one instance at most; 5 by the vendor's page.
    pub snapshots_per_instance: usize,
    /// Whether a second snapshot is refused while one is being taken. Unknown.
    pub one_snapshot_at_a_time: bool,
    /// Creations a day at most; about 10 (measured by a user in 2022). 0 turns it off.
    pub creations_per_day: u32,
    /// Whether ed25519 keys are taken. Refused in 2022.
    pub ed25519_accepted: bool,
    /// Whether a key is refused that has a comment behind it. Said in 2026; others sent such keys in 2022 and 2023.
    pub commented_key_refused: bool,
    /// Whether a failed import can be destroyed. Unknown.
    pub failed_import_destroyable: bool,
    /// Whether slashes and letters outside ASCII are escaped, as PHP does by default.
    pub php_escapes: bool,
    /// The status of refusals of the backend. 400 was recorded for several.
    pub refusal_status: u16,
    /// The status for ids that are not yours. Some error; which is unknown.
    pub foreign_status: u16,
    /// Codes nobody has recorded.
    pub codes: UnknownCodes,
    pub conoha: ConohaQuirks,
}

impl Default for Quirks {
    fn default() -> Self {
        Self {
            quota_headers: QuotaHeaders::OnRefusal,
            quota_scope: QuotaScope::Account,
            token_call_counts: true,
            spike_seconds: 0.5,
            spike_scope: SpikeScope::All,
            spike_body: GatewayShape::Fault,
            unauthorized_body: GatewayShape::Envelope,
            new_token_ends_old: false,
            deleted_key_ends_tokens: false,
            starting_word: None,
            stopping_word: None,
            resetting_word: None,
            restoring_word: None,
            snapshotting_word: None,
            destroyed_word: None,
            destroyed_status: None,
            stop_answer: StopAnswer::Initiated,
            template_shape: TemplateShape::Flat,
            dual_addresses: DualAddresses::V6Secondary,
            import_os_null: true,
            ids_as_strings: false,
            firewall_id_echo: true,
            empty_instances_detach: false,
            instances_replace: true,
            several_firewalls: false,
            orphaned_snapshots: Orphans::Stay,
            snapshots_per_instance: 5,
            one_snapshot_at_a_time: false,
            creations_per_day: 10,
            ed25519_accepted: false,
            commented_key_refused: false,
            failed_import_destroyable: true,
            php_escapes: true,
            refusal_status: 400,
            foreign_status: 404,
            codes: UnknownCodes::default(),
            conoha: ConohaQuirks::default(),
        }
    }
}
