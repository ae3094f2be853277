//! What details of `ConoHa`'s records and lines of its graphs are called: every key that `convert` uses, with its text.

use crate::words::Table;

pub(super) const NAME: &str = "conoha.field.name";
pub(super) const POWER: &str = "conoha.field.power";
pub(super) const TASK: &str = "conoha.field.task";
pub(super) const VM_STATE: &str = "conoha.field.vm-state";
pub(super) const LAUNCHED: &str = "conoha.field.launched";
pub(super) const UPDATED: &str = "conoha.field.updated";
pub(super) const BACKUP: &str = "conoha.field.backup";
pub(super) const ZONE: &str = "conoha.field.zone";
pub(super) const HOST: &str = "conoha.field.host";
pub(super) const MAC: &str = "conoha.field.mac";
pub(super) const VOLUMES: &str = "conoha.field.volumes";
pub(super) const CONFIG_DRIVE: &str = "conoha.field.config-drive";
pub(super) const LOCK: &str = "conoha.field.lock";
pub(super) const SYSTEM: &str = "conoha.field.system";
pub(super) const APP: &str = "conoha.field.app";
pub(super) const MIN_DISK: &str = "conoha.field.min-disk";
pub(super) const MIN_MEMORY: &str = "conoha.field.min-memory";
pub(super) const GUEST_AGENT: &str = "conoha.field.guest-agent";
pub(super) const SAVED_FROM: &str = "conoha.field.saved-from";
pub(super) const BEGUN: &str = "conoha.field.begun";
pub(super) const DESCRIPTION: &str = "conoha.field.description";
pub(super) const MALFORMED: &str = "conoha.field.odd";

pub(super) const CPU: &str = "conoha.graph.cpu";
pub(super) const DISK: &str = "conoha.graph.disk";
pub(super) const DISK_READ: &str = "conoha.graph.disk-read";
pub(super) const DISK_WRITE: &str = "conoha.graph.disk-write";
pub(super) const NET: &str = "conoha.graph.net";
pub(super) const NET_IN: &str = "conoha.graph.net-in";
pub(super) const NET_OUT: &str = "conoha.graph.net-out";

pub(super) const TEXTS: Table = &[
    // Instances: the provider's own name is the IPv4 address with hyphens.
    (NAME, "Own name"),
    (POWER, "Power"),
    (TASK, "Task"),
    (VM_STATE, "VM state"),
    (LAUNCHED, "Launched"),
    (UPDATED, "Changed"),
    (BACKUP, "Backup"),
    (ZONE, "Zone"),
    (HOST, "Host"),
    (MAC, "MAC"),
    (VOLUMES, "Volumes"),
    (CONFIG_DRIVE, "Config"),
    (LOCK, "Lock"),
    // Images and snapshots
    (SYSTEM, "System"),
    (APP, "App"),
    (MIN_DISK, "Min disk"),
    (MIN_MEMORY, "Min memory"),
    (GUEST_AGENT, "Agent"),
    (SAVED_FROM, "Saved from"),
    (BEGUN, "Begun"),
    // Firewalls
    (DESCRIPTION, "Description"),
    (MALFORMED, "Record"),
    // Graphs
    (CPU, "CPU"),
    (DISK, "Disk"),
    (DISK_READ, "Disk read"),
    (DISK_WRITE, "Disk write"),
    (NET, "Network"),
    (NET_IN, "Net in"),
    (NET_OUT, "Net out"),
];
