//! Keeps the last inventory of each account for the next start, without raw bodies.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::domain::{AccountName, Collection, ListKey, Timestamp};
use crate::settings::write_private;

/// What changed is written at most this often.
const EVERY: Duration = Duration::from_secs(10);
/// Raised whenever a record changes its shape: the format does not tell.
const VERSION: u32 = 7;

type Waiting = Arc<Mutex<BTreeMap<(AccountName, ListKey), (Arc<Collection>, Timestamp)>>>;

#[derive(Debug, Clone)]
pub(crate) struct Cache {
    folder: PathBuf,
    waiting: Waiting,
    wake: mpsc::Sender<()>,
}

#[derive(Serialize, Deserialize)]
struct Kept<T> {
    version: u32,
    list: ListKey,
    read_at: Timestamp,
    collection: T,
}

impl Cache {
    pub(crate) fn below(folder: &Path) -> Self {
        let waiting = Waiting::default();
        let (wake, woken) = mpsc::channel::<()>();
        let cache = Self { folder: folder.to_path_buf(), waiting, wake };
        let writer = cache.clone_without_wake();
        std::thread::spawn(move || {
            while woken.recv().is_ok() {
                std::thread::sleep(EVERY);
                while woken.try_recv().is_ok() {}
                flush(&writer.0, &writer.1);
            }
        });
        cache
    }

    fn clone_without_wake(&self) -> (PathBuf, Waiting) {
        (self.folder.clone(), Arc::clone(&self.waiting))
    }

    pub(crate) fn keep(&self, account: &AccountName, list: ListKey, collection: Arc<Collection>, read_at: Timestamp) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.insert((account.clone(), list), (collection, read_at));
        // The writer lives as long as the process; one that died only costs the cache.
        let _ = self.wake.send(());
    }

    pub(crate) fn flush(&self) {
        flush(&self.folder, &self.waiting);
    }

    /// Everything that is kept of an account.
    pub(crate) fn load(&self, account: &AccountName) -> Vec<(ListKey, Arc<Collection>, Timestamp)> {
        load(&self.folder, account).map(|kept| (kept.list, Arc::new(kept.collection), kept.read_at)).collect()
    }
}

/// The lists that are kept of an account below a folder, as they were last seen.
pub fn kept(folder: &Path, account: &AccountName) -> Vec<Collection> {
    load(folder, account).map(|kept| kept.collection).collect()
}

/// What cannot be read is left alone: it is only a cache.
fn load(folder: &Path, account: &AccountName) -> impl Iterator<Item = Kept<Collection>> {
    let entries = std::fs::read_dir(folder.join(file_name(account.as_str())));
    let files = entries.into_iter().flatten().filter_map(|entry| std::fs::read(entry.ok()?.path()).ok());
    let lists = files.filter_map(|bytes| postcard::from_bytes::<Kept<Collection>>(&bytes).ok());
    lists.filter(|kept| kept.version == VERSION)
}

fn flush(folder: &Path, waiting: &Waiting) {
    let batch = std::mem::take(&mut *waiting.lock().unwrap_or_else(PoisonError::into_inner));
    for ((account, list), (collection, read_at)) in batch {
        let name = match &list {
            ListKey::Instances => "instances".to_owned(),
            ListKey::Snapshots(of) => format!("snapshots-{}", of.as_ref().map_or("all", |id| id.as_str())),
            ListKey::Firewalls => "firewalls".to_owned(),
            ListKey::Rules(of) => format!("rules-{of}"),
            ListKey::Images => "images".to_owned(),
            ListKey::Plans(of) => format!("plans-{}", of.as_ref().map_or("all", |id| id.as_str())),
            ListKey::Keys => "keys".to_owned(),
            ListKey::Instance(of) => format!("instance-{of}"),
            ListKey::Snapshot(of) => format!("snapshot-{of}"),
            ListKey::Quota => "quota".to_owned(),
            ListKey::Backups => "backups".to_owned(),
            ListKey::Graphs(of) => format!("graphs-{of}"),
            ListKey::Ports(of) => format!("ports-{of}"),
            ListKey::ApiKeys => "api-keys".to_owned(),
            ListKey::Regions => "regions".to_owned(),
            ListKey::Types => "types".to_owned(),
            ListKey::Volumes => "volumes".to_owned(),
            ListKey::Volume(of) => format!("volume-{of}"),
            ListKey::Networks => "networks".to_owned(),
            ListKey::ConsoleOutput(of) => format!("console-output-{of}"),
        };
        let path = folder.join(file_name(account.as_str())).join(format!("{}.bin", file_name(&name)));
        let kept = Kept { version: VERSION, list, read_at, collection: &*collection };
        let written =
            postcard::to_stdvec(&kept).map_err(std::io::Error::other).and_then(|bytes| write_private(&path, &bytes));
        if let Err(error) = written {
            tracing::warn!(path = %path.display(), %error, "the inventory cannot be kept");
        }
    }
}

/// A name that is a file's name whatever a person or a provider calls things.
fn file_name(name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    name.chars().map(|c| if plain(c) { c.to_string() } else { format!("%{:x}", u32::from(c)) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Key, Raw};

    #[test]
    fn what_was_kept_comes_back_without_its_raw_body() {
        let home = tempfile::tempdir().unwrap();
        let cache = Cache::below(home.path());
        let account = AccountName::new("東京/..");
        let key = Key {
            id: "7".into(),
            name: "laptop".into(),
            public: "ssh-rsa AAAA".into(),
            active: true,
            created: Some(Timestamp(1_700_000_000_000)),
            raw: Raw::new("{\"secret\":1}"),
        };
        let collection = Arc::new(Collection::Keys(vec![Arc::new(key.clone())]));
        cache.keep(&account, ListKey::Keys, collection, Timestamp(1_700_000_000_000));
        cache.flush();
        let back = Cache::below(home.path()).load(&account);
        let without_raw = Key { raw: Raw::default(), ..key };
        assert_eq!(
            back,
            vec![(
                ListKey::Keys,
                Arc::new(Collection::Keys(vec![Arc::new(without_raw)])),
                Timestamp(1_700_000_000_000)
            )]
        );
    }
}
