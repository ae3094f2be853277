//! Tells the engine what is written to the journal: at start all of it, then what is new whenever another process wrote
//! to it or went away.

use std::path::Path;
use std::time::Duration;

use crate::domain::{AccountName, Phrase, text};
use crate::engine::{self, Ledger};
use crate::runtime::clock;
use crate::runtime::event::{Event, Events};
use crate::runtime::journal::{JournalFile, JournalLines, JournalReader, Owner, read_on};
use crate::words::english;

const EVERY: Duration = Duration::from_secs(2);
/// Every so many looks it is found out whether those that carry something on still live.
const STILL_THERE: u32 = 5;

/// The journal as what processes share.
pub(crate) struct JournalWatch {
    journal: JournalReader,
    /// What has not ended.
    open: Ledger,
    /// `None` where nothing may be taken over: read-only, or a state folder that cannot be written.
    owner: Option<Owner>,
    accounts: Vec<AccountName>,
}

impl JournalWatch {
    /// Holds this process's lock from now on, unless nothing may be changed.
    pub(crate) fn new(folder: &Path, journal: JournalFile, accounts: Vec<AccountName>, read_only: bool) -> Self {
        let owner = if read_only { None } else { hold(folder) };
        Self { journal: JournalReader::new(journal), open: Ledger::new(), owner, accounts }
    }

    /// Whether what others left behind can be taken over.
    pub(crate) const fn takes_over(&self) -> bool {
        self.owner.is_some()
    }

    /// Looks until the program ends.
    #[allow(clippy::disallowed_methods, reason = "the runtime spawns")]
    pub(crate) fn watch<O: Send + 'static>(self, to: Events<O>) {
        tokio::spawn(async move {
            let mut this = self;
            let (mut looks, mut others) = (0, false);
            loop {
                let due = looks == 0 || this.journal.file().has_news() || (others && looks % STILL_THERE == 0);
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

    /// What was written since it was read last, and what was taken over.
    pub(super) fn read(&mut self) -> Result<JournalLines, Phrase> {
        let Self { journal, open, owner, accounts } = self;
        let read = match owner {
            Some(owner) => owner.take_over(journal, open, accounts),
            None => read_on(journal, open),
        };
        // What was read and is not handed over is read again.
        read.inspect_err(|_| journal.begin_anew())
    }

    /// Hands over what was read; whether another process carries something on.
    fn tell<O>(&self, read: Result<JournalLines, Phrase>, first: bool, to: &Events<O>) -> bool {
        let say = |what: Phrase| {
            let _ = to.send(Event::Failed(what));
        };
        let read = match read {
            Ok(read) => read,
            Err(said) => {
                tracing::error!(said = english(&said), "the journal cannot be read");
                if first {
                    say(text::journal::unreadable(said));
                }
                return false;
            }
        };
        if first && read.torn > 0 {
            say(text::journal::torn(read.torn));
        }
        if first && read.newer > 0 {
            say(text::journal::newer(read.newer));
        }
        let process = clock::process();
        let others = self.open.open().any(|(_, entry)| entry.owner != process);
        let msg = engine::Msg::Journal(read.lines);
        let _ = to.send(Event::Engine(Box::new(msg)));
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
