//! The rate limiter: a second count of requests beside the engine's, shared by all processes of one account through a
//! file. It never waits for its turn: it says when the next request may go.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::clock::now;
use super::quota::QuotaHeaders;
use crate::domain::{AccountName, Budget, Limit, Permit, Timestamp};

/// So long the lock of the file is waited for, and so often it is tried.
const LOCK: Duration = Duration::from_secs(2);
const PAUSE: Duration = Duration::from_millis(5);

/// What an account may send, in memory or in a file that other processes share.
#[derive(Debug, Clone)]
pub struct RateLimiter {
    known: Arc<Mutex<Budget>>,
    file: Option<Arc<Path>>,
}

impl RateLimiter {
    /// Of this process alone.
    #[must_use]
    pub fn in_memory(limit: Option<Limit>) -> Self {
        Self { known: Arc::new(Mutex::new(Budget::new(limit))), file: None }
    }

    /// Shares `budget-<account>.json` in the state folder with every other process.
    #[must_use]
    pub fn shared(folder: &Path, account: &AccountName, limit: Option<Limit>) -> Self {
        let file: PathBuf = folder.join(format!("budget-{}.json", file_name(account.as_str())));
        Self { file: Some(Arc::from(file)), ..Self::in_memory(limit) }
    }

    #[must_use]
    pub fn budget(&self) -> Budget {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes leave to send one request now; `Err` says when the next may go.
    pub(super) async fn acquire(&self) -> Result<(), Timestamp> {
        self.with(|budget| {
            let at = now();
            match budget.permit(at, 0) {
                Permit::Now => {
                    budget.spent(at);
                    Ok(())
                }
                Permit::At(until) => Err(until),
            }
        })
        .await
    }

    pub(super) async fn heard(&self, status: u16, sent: Timestamp, heard: Timestamp, said: QuotaHeaders) {
        let on_success = matches!(status, 200..=299);
        self.with(move |budget| {
            if let Some(reading) = said.reading(sent, on_success) {
                budget.heard(reading);
            }
            if matches!(status, 413 | 429) || (status == 503 && said.wait_until().is_some()) {
                budget.refused(heard, said.wait_until());
            } else {
                budget.answered();
            }
        })
        .await;
    }

    /// Does something with what all processes know, under the lock of the file where there is one. A file that cannot
    /// be read or written costs only the sharing.
    async fn with<T: Send + 'static>(&self, work: impl FnOnce(&mut Budget) -> T + Send + 'static) -> T {
        let Some(path) = self.file.clone() else {
            return work(&mut self.known.lock().unwrap_or_else(PoisonError::into_inner));
        };
        let known = Arc::clone(&self.known);
        let work = move || {
            let file = lock(&path);
            let mut budget = known.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(theirs) = file.as_ref().and_then(read) {
                budget.learn(&theirs, now());
            }
            let result = work(&mut budget);
            if let Some(error) = file.and_then(|file| write(file, &budget).err()) {
                tracing::warn!(path = %path.display(), %error, "the request budget is not shared");
            }
            result
        };
        match tokio::task::spawn_blocking(work).await {
            Ok(result) => result,
            Err(error) => match error.try_into_panic() {
                Ok(panic) => std::panic::resume_unwind(panic),
                // The program ends and takes no new work: whoever waits for this is about to be dropped.
                Err(_) => std::future::pending().await,
            },
        }
    }
}

/// Opens the file and waits for its lock, which ends with the file. Locks are held for as long as this file is read
/// and written, so the wait is short; a program that was stopped meanwhile is not waited for.
fn lock(path: &Path) -> Option<File> {
    let open = || -> std::io::Result<File> {
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(path)?;
        for _ in 0..LOCK.as_millis() / PAUSE.as_millis() {
            match file.try_lock() {
                Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
                Err(TryLockError::Error(error)) => return Err(error),
                Ok(()) => return Ok(file),
            }
        }
        Err(std::io::ErrorKind::TimedOut.into())
    };
    open().inspect_err(|error| tracing::warn!(path = %path.display(), %error, "the request budget is not shared")).ok()
}

fn read(mut file: &File) -> Option<Budget> {
    let mut text = String::new();
    file.read_to_string(&mut text).ok()?;
    serde_json::from_str(&text).ok()
}

fn write(mut file: File, budget: &Budget) -> std::io::Result<()> {
    let text = serde_json::to_vec(budget)?;
    file.rewind()?;
    file.set_len(0)?;
    file.write_all(&text)
}

/// An account's name as a part of a file name: whatever is not plain becomes its bytes in hex.
fn file_name(account: &str) -> String {
    use std::fmt::Write as _;
    account.bytes().fold(String::new(), |mut name, byte| {
        if byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_' {
            name.push(char::from(byte));
        } else {
            let _ = write!(name, "%{byte:02x}");
        }
        name
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: Option<Limit> = Some(Limit { per_minute: 2, spacing_ms: 0 });

    #[tokio::test]
    async fn two_processes_of_one_account_share_one_allowance() {
        let folder = tempfile::tempdir().unwrap();
        let one = RateLimiter::shared(folder.path(), &"a/b".into(), TWO);
        let other = RateLimiter::shared(folder.path(), &"a/b".into(), TWO);
        assert_eq!(one.acquire().await, Ok(()));
        assert_eq!(other.acquire().await, Ok(()));
        assert!(one.acquire().await.is_err(), "the third of two");
        assert!(other.acquire().await.is_err(), "the third of two");
        assert!(folder.path().join("budget-a%2fb.json").exists());
    }

    #[tokio::test]
    async fn a_refusal_heard_by_one_silences_the_other() {
        let folder = tempfile::tempdir().unwrap();
        let one = RateLimiter::shared(folder.path(), &"a".into(), None);
        let other = RateLimiter::shared(folder.path(), &"a".into(), None);
        one.acquire().await.unwrap();
        one.heard(429, now(), now(), QuotaHeaders::default()).await;
        assert!(other.acquire().await.is_err());
    }

    #[tokio::test]
    async fn a_service_that_says_until_when_it_is_away_is_left_alone() {
        let header = |name: &str| (name == "retry-after").then(|| "30".to_owned());
        let at = now();
        let said = QuotaHeaders::from_headers(&header, at, 0);
        let limiter = RateLimiter::in_memory(None);
        limiter.heard(503, at, at, QuotaHeaders::default()).await;
        assert_eq!(limiter.acquire().await, Ok(()), "it did not say until when");
        limiter.heard(503, at, at, said).await;
        assert_eq!(limiter.acquire().await, Err(Timestamp(at.0 + 30_000)));
    }

    #[tokio::test]
    async fn a_folder_that_cannot_be_written_costs_only_the_sharing() {
        let limiter = RateLimiter::shared(Path::new("/nonexistent/folder"), &"a".into(), TWO);
        assert_eq!(limiter.acquire().await, Ok(()));
        assert_eq!(limiter.acquire().await, Ok(()));
        assert!(limiter.acquire().await.is_err());
    }

    #[tokio::test]
    async fn a_file_full_of_nonsense_is_written_anew() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("budget-a.json"), "not json").unwrap();
        let limiter = RateLimiter::shared(folder.path(), &"a".into(), TWO);
        assert_eq!(limiter.acquire().await, Ok(()));
        let text = std::fs::read_to_string(folder.path().join("budget-a.json")).unwrap();
        assert!(serde_json::from_str::<Budget>(&text).is_ok(), "{text}");
    }
}
