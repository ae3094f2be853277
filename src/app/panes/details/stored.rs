//! The details of snapshots and firewalls.

use crate::app::panes::cells::snapshot_word;
use crate::app::panes::details::{DetailLines, rule_text, status, store_tone};
use crate::app::tone::Tone;
use crate::domain::{Arg, Firewall, Instance, Kind, ResourceId, ResourceRef, Snapshot, SnapshotKind, Timestamp, text};
use crate::engine::AccountState;

/// Whether the instance that a snapshot was taken of is gone, as far as the instances were read.
#[must_use]
pub fn is_gone(account: &AccountState, snapshot: &Snapshot) -> bool {
    let read = account.inventory.list(&crate::domain::ListKey::Instances).is_some();
    read && account.inventory.saved_of(snapshot).is_some_and(|id| account.inventory.instance(id).is_none())
}

/// Whether no other saved copy of the same instance exists.
#[must_use]
pub fn is_only_copy(account: &AccountState, snapshot: &Snapshot, now: Timestamp) -> bool {
    let inventory = &account.inventory;
    let Some(of) = inventory.saved_of(snapshot) else { return false };
    let copies = inventory.snapshots().filter(|s| inventory.saved_of(s) == Some(of) && !s.is_overdue(now));
    copies.filter(|s| s.id != snapshot.id && is_good(s)).count() == 0 && is_good(snapshot)
}

/// Whether it can be restored as far as its state tells.
fn is_good(snapshot: &Snapshot) -> bool {
    snapshot.status == crate::domain::StoreStatus::Available
}

impl DetailLines<'_> {
    pub(crate) fn snapshot(&mut self, account: &AccountState, s: &Snapshot, of: Option<&Instance>) {
        let app = self.app;
        let name = &account.account.name;
        let shown = app.engine.shown_snapshot(name, s);
        let word = snapshot_word(app, &shown, s);
        self.add_toned(text::details::STATUS, status(&word, &s.raw_status), store_tone(&shown));
        if let Some(trouble) = &s.trouble {
            self.trouble(&trouble.said, trouble.hint);
        }
        let (from, tone) = match (of, account.inventory.saved_of(s)) {
            (Some(i), _) => (format!("{} ({})", i.name, i.id), Tone::Plain),
            (None, Some(id)) if is_gone(account, s) => {
                let only = is_only_copy(account, s, app.now.wall);
                let phrase =
                    if only { text::details::of_gone_only(id.as_str()) } else { text::details::of_gone(id.as_str()) };
                let text = app.words.say(&phrase);
                (text, if only { Tone::Busy } else { Tone::Plain })
            }
            (None, Some(id)) => (id.to_string(), Tone::Plain),
            (None, None) => ("-".to_owned(), Tone::Plain),
        };
        self.add_toned(text::details::OF, from, tone);
        self.what_it_is(account, s);
        self.add(text::details::SIZE, s.size.map_or("-".to_owned(), |size| self.app.words.bytes(size)));
        if let Some(gb) = s.min_disk_gb {
            self.add(text::details::FITS, app.words.say(&text::details::fits_disk(gb)));
        }
        self.time(text::details::TAKEN, s.taken);
        if let Some(at) = s.expires {
            let day = app.words.day(at);
            let phrase = if s.is_overdue(app.now.wall) {
                text::details::drops_due(day)
            } else {
                text::details::drops_at(day, at.since(app.now.wall))
            };
            self.add(text::details::DROPS, app.words.say(&phrase));
        }
        self.add(text::details::ID, s.id.to_string());
        self.fields(&s.fields);
        self.operations(&ResourceRef::new(name, Kind::Snapshot, &s.id));
    }

    /// Of a disk that is saved whole nothing is said.
    fn what_it_is(&mut self, account: &AccountState, s: &Snapshot) {
        let said = match &s.kind {
            SnapshotKind::Disk => return,
            SnapshotKind::OfVolume(volume) => {
                let name = account.inventory.volume(volume).map_or_else(|| volume.to_string(), |v| v.name.clone());
                text::details::of_volume(name)
            }
            SnapshotKind::NamesOthers(named) => {
                let name = |id: &ResourceId| {
                    account.inventory.snapshot(id).map_or_else(|| id.to_string(), |snapshot| snapshot.name.clone())
                };
                text::details::names_others(named.iter().map(name).collect::<Vec<_>>().join(", "))
            }
        };
        self.add(text::details::KIND, self.app.words.say(&said));
    }

    /// Where nobody tells, on which machines it was put from here.
    fn set_here(&mut self, account: &AccountState, f: &Firewall) {
        let app = self.app;
        let set = app.engine.assigned(&account.account.name, &f.id);
        if set.is_empty() {
            return self.add_toned(text::details::ON, self.get(text::details::ON_UNKNOWN), Tone::Dim);
        }
        for (n, (id, at)) in set.into_iter().enumerate() {
            let label = if n == 0 { self.get(text::details::ON) } else { String::new() };
            let name = account.inventory.instance_name(&id);
            let age = Arg::Lasts(app.now.wall.since(at));
            let said = text::details::on_set_here(name, age);
            self.push(label, app.words.say(&said), Tone::Plain);
        }
    }

    pub(crate) fn firewall(&mut self, account: &AccountState, f: &Firewall) {
        if f.fixed {
            self.add(text::details::FIXED, self.get(text::details::FIXED_LONG));
        }
        match account.inventory.rules(&f.id) {
            None => self.add_toned(text::details::RULES, self.get(text::details::NOT_READ), Tone::Dim),
            Some(set) if set.rules.is_empty() => self.add(text::details::RULES, self.get(text::details::NO_RULES)),
            Some(set) => {
                for (i, rule) in set.rules.iter().enumerate() {
                    let text = rule_text(rule, self.app);
                    let label = if i == 0 { self.get(text::details::RULES) } else { String::new() };
                    self.push(label, text, Tone::Plain);
                }
            }
        }
        match &f.on {
            None => self.set_here(account, f),
            Some(on) if on.is_empty() => self.add(text::details::ON, self.get(text::details::ON_NONE)),
            Some(on) => {
                let names: Vec<String> = on.iter().map(|id| account.inventory.instance_name(id)).collect();
                self.add(text::details::ON, names.join(", "));
            }
        }
        self.time(text::details::CREATED, f.created);
        self.time(text::details::UPDATED, f.updated);
        self.add(text::details::ID, f.id.to_string());
        self.fields(&f.fields);
    }
}
