//! Automatic backups.

use serde::Deserialize;

use crate::domain::{Backup, BackupRun, ResourceId};
use crate::provider::http::ListRecord;
use crate::provider::openstack::moment;

/// The automatic backup of a server, as the provider's reference has it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct SentBackup {
    id: ResourceId,
    #[serde(default)]
    instance_id: Option<ResourceId>,
    #[serde(default)]
    backupruns: Option<Vec<SentRun>>,
}

#[derive(Debug, Clone, Deserialize)]
struct SentRun {
    backuprun_id: ResourceId,
    #[serde(default)]
    status: Option<String>,
    #[serde(default, deserialize_with = "moment::lenient")]
    created_at: Option<crate::domain::Timestamp>,
}

/// An automatic backup with its copies, newest first.
pub(super) fn backup(record: ListRecord<SentBackup>) -> Backup {
    let raw = record.raw;
    let none = || ResourceId::new("");
    let (id, of, runs) = match record.value {
        Ok(sent) => (sent.id, sent.instance_id, sent.backupruns.unwrap_or_default()),
        Err(what) => (what.id, None, Vec::new()),
    };
    let run = |run: SentRun| BackupRun {
        id: run.backuprun_id,
        taken: run.created_at,
        raw_status: run.status.unwrap_or_default(),
    };
    let mut runs: Vec<BackupRun> = runs.into_iter().map(run).collect();
    runs.sort_by_key(|run| std::cmp::Reverse(run.taken));
    Backup { id, of: of.unwrap_or_else(none), runs, raw }
}
