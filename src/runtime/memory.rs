//! Tells the engine what the journal holds: once at start, and whenever another process wrote to it or went away.

use std::path::Path;
use std::time::Duration;

use tokio::sync::mpsc::UnboundedSender;

use super::clock;
use super::journal::{JournalFile, Lines, Owner};
use super::run::Happened;
use crate::app;
use crate::domain::{AccountName, Phrase, open_operations};
use crate::engine;

const EVERY: Duration = Duration::from_secs(2);
/// Every so many looks it is found out whether those that carry something on still live.
const STILL_THERE: u32 = 5;

/// The journal as a memory that processes share.
pub(super) struct Memory {
    journal: JournalFile,
    /// `None` where nothing may be taken over: read-only, or a state folder that cannot be written.
    owner: Option<Owner>,
    accounts: Vec<AccountName>,
}

impl Memory {
    /// Holds this process's lock from now on, unless nothing may be changed.
    pub(super) fn new(folder: &Path, journal: JournalFile, accounts: Vec<AccountName>, read_only: bool) -> Self {
        let owner = if read_only { None } else { hold(folder) };
        Self { journal, owner, accounts }
    }

    /// Whether what others left behind can be taken over.
    pub(super) const fn takes_over(&self) -> bool {
        self.owner.is_some()
    }

    /// Looks until the program ends.
    #[allow(clippy::disallowed_methods, reason = "the runtime spawns")]
    pub(super) fn watch(self, to: UnboundedSender<Happened>) {
        tokio::spawn(async move {
            let mut this = self;
            let (mut looks, mut others) = (0, false);
            loop {
                let due = looks == 0 || this.journal.has_news() || (others && looks % STILL_THERE == 0);
                if due {
                    let first = looks == 0;
                    let Ok((back, read)) = tokio::task::spawn_blocking(move || {
                        let read = this.read();
                        (this, read)
                    })
                    .await
                    else {
                        return;
                    };
                    this = back;
                    others = this.tell(read, first, &to);
                }
                looks += 1;
                tokio::time::sleep(EVERY).await;
                if to.is_closed() {
                    return;
                }
            }
        });
    }

    fn read(&self) -> Result<Lines, String> {
        match &self.owner {
            Some(owner) => owner.take_over(&self.journal, &self.accounts),
            None => self.journal.read(),
        }
    }

    /// Hands over what was read; whether another process carries something on.
    fn tell(&self, read: Result<Lines, String>, first: bool, to: &UnboundedSender<Happened>) -> bool {
        let say = |what: Phrase| {
            let _ = to.send(Happened::App(app::Msg::Tell { what, bad: true }));
        };
        let read = match read {
            Ok(read) => read,
            Err(said) => {
                tracing::error!(said, "the journal cannot be read");
                if first {
                    say(Phrase::new("journal.unreadable").with("said", said));
                }
                return false;
            }
        };
        if first && read.torn > 0 {
            say(Phrase::new("journal.torn").with("count", read.torn));
        }
        if first && read.newer > 0 {
            say(Phrase::new("journal.newer").with("count", read.newer));
        }
        let process = clock::process();
        let others = open_operations(&read.lines).values().any(|o| o.owner != process);
        let msg = engine::Msg::Journal(read.lines);
        let _ = to.send(Happened::App(app::Msg::Engine(Box::new(msg))));
        others
    }
}

fn hold(folder: &Path) -> Option<Owner> {
    match Owner::hold(folder, &clock::process()) {
        Ok(owner) => Some(owner),
        Err(error) => {
            tracing::error!(folder = %folder.display(), %error, "nothing can be taken over: no lock");
            None
        }
    }
}
