//! The list of machines: a bare array. Recorded 2024-10.

use crate::sim::indigo::answer::Answer;
use crate::sim::indigo::record::{Record, list as joined};
use crate::sim::quirks::DualAddresses;
use crate::sim::request_context::RequestContext;
use crate::sim::world::account::Account;
use crate::sim::world::instance::{Instance, State};

const TYPE: &str = r#"{"id":1,"name":"instance","display_name":"KVM Instance","created_at":"2019-10-09 13:11:20","updated_at":"2019-10-09 13:11:20"}"#;
const IMPORT_OS: &str =
    r#"{"id":3,"categoryid":3,"code":"ImportVM","name":"ImportVM","viewname":"Import VM","instancetype_id":1}"#;

pub(super) fn list(context: &RequestContext<'_>) -> Answer {
    let rows: Vec<String> = context
        .account
        .instances
        .iter()
        .map(|instance| instance.raw.clone().unwrap_or_else(|| row(context, instance)))
        .collect();
    Answer::backend(200, joined(&rows))
}

/// The fields that the answer of a create has too; there some have another type.
pub(super) fn core(context: &RequestContext<'_>, instance: &Instance, at_create: bool) -> Record {
    let plan = context.turn.catalogue.plan(instance.plan);
    let ready = instance.provisioned.filter(|_| !at_create);
    let (_, address, secondary) = addresses(context, instance);
    let address = address.filter(|_| ready.is_some());
    let as_text = context.turn.quirks.ids_as_strings && !at_create;
    let record = Record::new()
        .with_id("id", instance.id, as_text)
        .with("instance_name", &instance.name)
        .with("set_no", instance.set_no);
    let record = if at_create { record.with("vps_kind", "10") } else { record.with("vps_kind", 10) };
    let record = record
        .with_id("sequence_id", instance.id, as_text)
        .with("user_id", context.account.user)
        .with("service_id", &context.account.service)
        .with("status", life_cycle(context, instance))
        .with("sshkey_id", instance.key)
        .with("snapshot_id", instance.from_snapshot);
    let record = if at_create {
        let date = context.clock.told(instance.created).text_with_micros();
        let date = Record::new().with("date", date).with("timezone_type", 3).with("timezone", "UTC");
        record.with_text("created_at", &date.end())
    } else {
        record.with("created_at", context.time(instance.created))
    };
    record
        .with("host_id", instance.host)
        .with("plan_id", instance.plan)
        .with("plan", plan.map(|plan| plan.name.as_str()))
        .with("disk_point", 0)
        .with_text("memsize", &memory(plan.map_or(1.0, |plan| plan.memory)))
        .with("cpus", plan.map_or(1, |plan| plan.cpus))
        .with("os_id", instance.image)
        .with("otherstatus", if ready.is_some() { 20 } else { 10 })
        .with("uuid", ready.map(|_| &instance.uuid))
        .with("uidgid", instance.id + 10_000)
        .with("vnc_port", ready.map_or(0, |_| instance.console_port))
        .with("vnc_passwd", &instance.console_password)
        .with("arpaname", address.as_deref().map(reverse_name))
        .with("arpadate", ready.map_or(0, |at| context.clock.told(at).millis() / 1000))
        .with("started_at", ready.map(|at| context.time(at)))
        .with("closed_at", ())
        .with("vm_revert", 0)
        .with("ipaddress", &address)
        .with("secondary_ip", ready.map(|_| secondary))
        .with("macaddress", ready.map(|_| &instance.mac))
        .with("instancetype_id", 1)
        .with("import_instance", u8::from(instance.imported))
        .with("container_id", ())
        .with("daemonstatus", "")
        .with("outofstock", 0)
        .with("ipaddress_type", address_type(context, instance))
}

fn row(context: &RequestContext<'_>, instance: &Instance) -> String {
    let image = context.turn.catalogue.image(instance.image);
    let (ip, _, _) = addresses(context, instance);
    let record = core(context, instance, false).with("VEID", format!("{}10{:010}", instance.set_no, instance.id));
    let record = match image {
        Some(image) => record.with_recorded("os", Some(&image.record)),
        None if context.turn.quirks.import_os_null => record.with("os", ()),
        None => record.with_text("os", IMPORT_OS),
    };
    record
        .with("ip", ip.filter(|_| instance.provisioned.is_some()))
        .with("instancecreatedbyuser", &context.account.owner)
        .with("regionname", "Tokyo")
        .with("instancestatus", power_word(context, instance))
        .with_text("instancetype", TYPE)
        .end()
}

/// `ip`, `ipaddress` and `secondary_ip`.
fn addresses(context: &RequestContext<'_>, instance: &Instance) -> (Option<String>, Option<String>, String) {
    let (v4, v6) = (instance.v4.clone(), instance.v6.clone());
    match (v4, v6) {
        (Some(v4), Some(v6)) => match context.turn.quirks.dual_addresses {
            DualAddresses::V6Secondary => (Some(v4.clone()), Some(v4), v6),
            DualAddresses::V4Only => (Some(v4.clone()), Some(v4), String::new()),
            DualAddresses::V6Primary => (Some(v4), Some(v6), String::new()),
        },
        (only, None) | (None, only) => (only.clone(), only, String::new()),
    }
}

fn address_type(context: &RequestContext<'_>, instance: &Instance) -> &'static str {
    use crate::sim::world::catalogue::Addresses;
    match context.turn.catalogue.plan(instance.plan).map(|p| p.addresses) {
        Some(Addresses::V4) => "ipv4",
        Some(Addresses::V6) => "ipv6",
        _ => "ipv46dual",
    }
}

/// The record lost the end of the domain for the long names of IPv6.
fn reverse_name(address: &str) -> String {
    if address.contains(':') {
        format!("{address}.pro.static.arena.ne.")
    } else {
        format!("{}.pro.static.arena.ne.jp", address.replace('.', "-"))
    }
}

/// 0.768 as it is, whole numbers without a point.
fn memory(gigabytes: f64) -> String {
    format!("{gigabytes}")
}

fn life_cycle(context: &RequestContext<'_>, instance: &Instance) -> String {
    let quirks = context.turn.quirks;
    match &instance.state {
        _ if instance.is_unprovisioned() => "READY".to_owned(),
        State::Destroyed { .. } => word_or(&quirks.destroyed_status, "OPEN"),
        _ => "OPEN".to_owned(),
    }
}

fn word_or(word: &Option<String>, otherwise: &str) -> String {
    word.clone().unwrap_or_else(|| otherwise.to_owned())
}

fn power_word(context: &RequestContext<'_>, instance: &Instance) -> String {
    let quirks = context.turn.quirks;
    let now = context.turn.now;
    if let Some(word) = &instance.word {
        return word.clone();
    }
    if let Some(word) = quirks.snapshotting_word.as_ref().filter(|_| is_saving(context.account, instance)) {
        return word.clone();
    }
    match &instance.state {
        // Those that only other providers have are written as the nearest there is.
        State::Installing { .. }
        | State::Building { .. }
        | State::Rebuilding { .. }
        | State::Resizing { .. }
        | State::Reverting { .. } => "OS installation In Progress".to_owned(),
        State::Importing { since, percent, pace, .. } => {
            let done = percent + now.seconds_since(*since) / pace.max(0.001);
            format!("Disk image download in-progress ({}% Completed)", done.clamp(0.0, 100.0).floor())
        }
        State::ImportFailed { reason } => reason.clone(),
        State::Stopped if instance.is_restoring(now) => word_or(&quirks.restoring_word, "Stopped"),
        State::Stopped | State::Resized { .. } => "Stopped".to_owned(),
        State::Starting { .. } => word_or(&quirks.starting_word, "Stopped"),
        State::Running => "Running".to_owned(),
        State::Stopping { .. } => word_or(&quirks.stopping_word, "Running"),
        State::Resetting { .. } => word_or(&quirks.resetting_word, "Running"),
        State::Destroyed { .. } => word_or(&quirks.destroyed_word, "Stopped"),
    }
}

fn is_saving(account: &Account, instance: &Instance) -> bool {
    account.is_saving(instance.id)
}
