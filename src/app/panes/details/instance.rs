//! The details of an instance.

use crate::app::account_health;
use crate::app::panes::details::{DetailLines, status};
use crate::app::tone::Tone;
use crate::domain::{
    Arg, BackupRun, Instance, InstanceStatus, Kind, ListKey, Phrase, ResourceId, ResourceRef, Spec, since_creation,
    text,
};
use crate::engine::AccountState;

/// What an instance has: as it tells, else as its plan has it.
#[must_use]
pub fn spec_of(account: &AccountState, instance: &Instance) -> Spec {
    let plan = || account.inventory.plan(instance.plan.as_ref()?);
    if instance.spec == Spec::default() { plan().map_or(instance.spec, |p| p.spec) } else { instance.spec }
}

/// Its plan, where that is offered no more.
fn gone_plan<'i>(account: &AccountState, instance: &'i Instance) -> Option<&'i ResourceId> {
    let (id, inventory) = (instance.plan.as_ref()?, &account.inventory);
    let is_gone = inventory.list(&ListKey::Plans(None)).is_some() && inventory.plan(id).is_none();
    (is_gone && instance.spec == Spec::default()).then_some(id)
}

impl DetailLines<'_> {
    pub(crate) fn instance(&mut self, account: &AccountState, i: &Instance) {
        let app = self.app;
        let name = &account.account.name;
        let shown = app.engine.shown_instance(name, i);
        let tone = match shown {
            InstanceStatus::Error | InstanceStatus::Unknown(_) => Tone::Bad,
            InstanceStatus::Running => Tone::Good,
            ref s if s.is_under_way() => Tone::Busy,
            _ => Tone::Plain,
        };
        self.add_toned(text::details::STATUS, status(&app.words.instance_status(&shown), &i.raw_status), tone);
        if let Some(trouble) = &i.trouble {
            self.trouble(&trouble.said, trouble.hint);
        }
        if let Some(age) = app.age_of_instances(account) {
            let age = app.words.lasts_short(age);
            let said = match account.fault() {
                Some(fault) => {
                    let told = account_health::fault_phrase(app, account, &ListKey::Instances, fault);
                    text::details::read_ago(age, told)
                }
                None => text::details::read_long_ago(age),
            };
            self.add_toned(text::details::READ, app.words.say(&said), Tone::Busy);
        }
        let price = account.price(i);
        let spec = match gone_plan(account, i) {
            Some(id) => app.words.say(&text::details::of_gone(id.to_string())),
            None => app.words.spec(&spec_of(account, i)),
        };
        let month = match price.and_then(|p| p.yen_a_month()) {
            Some(yen) => app.words.say(&text::price::month(yen)),
            None => self.get(text::price::UNKNOWN),
        };
        self.add(text::details::PLAN, format!("{spec}    {month}").trim_start().to_owned());
        if let Some(image) = i.os.clone().or_else(|| self.image_of(account, i)) {
            self.add(text::details::IMAGE, image);
        }
        self.volumes(account, i);
        for (n, address) in i.addresses.iter().enumerate() {
            let label = if n == 0 { self.get(text::details::ADDRESS) } else { String::new() };
            let network = address.network.as_deref().map_or(String::new(), |net| format!("  ({net})"));
            self.push(label, format!("{}{network}", address.text), Tone::Plain);
        }
        self.watchdog(&ResourceRef::new(name, Kind::Instance, &i.id));
        if let Some(key) = &i.key {
            let known = account.inventory.keys().iter().find(|k| k.id == *key);
            self.add(text::details::KEY, known.map_or_else(|| key.to_string(), |k| k.name.clone()));
        }
        self.firewalls_of(account, i);
        if i.locked {
            self.add_toned(text::details::LOCKED, self.get(text::details::LOCKED_LONG), Tone::Busy);
        }
        self.time(text::details::CREATED, i.created);
        let due = price.zip(i.created).and_then(|(price, at)| since_creation(price, at, app.now.wall));
        if let Some(yen) = due {
            self.add(text::details::BILLED, app.words.say(&text::price::so_far(yen)));
        }
        self.snapshots_of(account, i);
        self.backup(account, i);
        for graph in account.inventory.graphs_of(&i.id) {
            self.graph(graph);
        }
        if let Some(region) = &i.region {
            self.add(text::details::REGION, region.clone());
        }
        self.add(text::details::ID, i.id.to_string());
        self.fields(&i.fields);
        self.operations(&ResourceRef::new(name, Kind::Instance, &i.id));
    }

    /// What it boots from where that is a volume, then the others that it has.
    fn volumes(&mut self, account: &AccountState, i: &Instance) {
        let inventory = &account.inventory;
        let boot = inventory.boot_volume(i).map(|volume| &volume.id);
        let (first, others): (Vec<_>, Vec<_>) = i.volumes.iter().partition(|volume| Some(&volume.id) == boot);
        for (n, volume) in first.into_iter().chain(others).enumerate() {
            let label = match Some(&volume.id) == boot {
                true => self.get(text::details::BOOTS_FROM),
                false if n <= usize::from(boot.is_some()) => self.get(text::field::VOLUMES),
                false => String::new(),
            };
            let said = match inventory.volume(&volume.id) {
                None => volume.id.to_string(),
                Some(known) => {
                    let size = known.size_gb.map(|gb| text::unit::gigabytes(gb.to_string()));
                    let size = size.map_or_else(String::new, |size| format!("  {}", self.app.words.say(&size)));
                    let image = known.image_name.as_deref().map_or_else(String::new, |image| format!("  ({image})"));
                    format!("{}{size}{image}", known.name)
                }
            };
            self.push(label, said, Tone::Plain);
        }
    }

    /// What it was made from, where that is known.
    fn image_of(&self, account: &AccountState, i: &Instance) -> Option<String> {
        let (id, inventory) = (i.image.as_ref()?, &account.inventory);
        let gone = || self.app.words.say(&text::details::of_gone(id.to_string()));
        let known = inventory.image(id).map(|image| image.name.clone());
        known.or_else(|| inventory.list(&ListKey::Images).map(|_| gone()))
    }

    fn snapshots_of(&mut self, account: &AccountState, i: &Instance) {
        let app = self.app;
        match account.inventory.snapshots_of(&i.id) {
            None => self.add_toned(text::details::SNAPSHOTS, self.get(text::details::NOT_READ), Tone::Dim),
            Some(snapshots) => {
                let count = match account.account.policy.snapshot_slots() {
                    Some(slots) => app.words.say(&text::details::n_of(snapshots.len().to_string(), slots)),
                    None => snapshots.len().to_string(),
                };
                let newest = crate::app::panes::source::newest_snapshot(account, i).map_or(String::new(), |taken| {
                    let age = app.words.lasts_short(app.now.wall.since(taken));
                    app.words.say(&text::details::newest(age))
                });
                self.add(text::details::SNAPSHOTS, format!("{count}{newest}"));
            }
        }
    }

    /// By name; nothing where neither the instance nor any firewall tells.
    fn firewalls_of(&mut self, account: &AccountState, i: &Instance) {
        let all = account.inventory.firewalls();
        let names: Vec<&str> = match &i.firewalls {
            Some(names) => names.iter().map(String::as_str).collect(),
            None if all.iter().any(|f| f.on.is_some()) => {
                all.iter().filter(|f| f.is_on(i) == Some(true)).map(|f| f.name.as_str()).collect()
            }
            None => return self.firewalls_set_here(account, i),
        };
        let text = if names.is_empty() { self.get(text::details::NONE) } else { names.join(", ") };
        self.add(text::details::FIREWALLS, text);
    }

    /// Where nobody tells, those that were put on it from here.
    fn firewalls_set_here(&mut self, account: &AccountState, i: &Instance) {
        let app = self.app;
        let set = app.engine.assigned_to(&account.account.name, &i.id);
        for (n, (id, at)) in set.into_iter().enumerate() {
            let label = if n == 0 { self.get(text::details::FIREWALLS) } else { String::new() };
            let name = account.inventory.firewall(&id).map_or_else(|| id.to_string(), |f| f.name.clone());
            let age = Arg::Lasts(app.now.wall.since(at));
            let said = text::details::set_here(name, age);
            self.push(label, app.words.say(&said), Tone::Plain);
        }
    }

    /// What the provider keeps by itself: how many and how new, then each.
    fn backup(&mut self, account: &AccountState, i: &Instance) {
        if !account.account.policy.supports(&ListKey::Backups) {
            return;
        }
        if account.inventory.list(&ListKey::Backups).is_none() {
            return self.add_toned(text::details::BACKUPS, self.get(text::details::NOT_READ), Tone::Dim);
        }
        let Some(backup) = account.inventory.backup_of(&i.id) else {
            return self.add(text::details::BACKUPS, self.get(text::details::NO_BACKUP));
        };
        let app = self.app;
        let newest = backup.runs.iter().filter_map(|run| run.taken).max();
        let text = match newest {
            Some(at) => text::details::backup_newest(app.now.wall.since(at), backup.runs.len()),
            None => Phrase::new(text::details::BACKUP_NONE),
        };
        self.add(text::details::BACKUPS, app.words.say(&text));
        for run in &backup.runs {
            self.push(String::new(), self.run(run), Tone::Dim);
        }
    }

    fn run(&self, run: &BackupRun) -> String {
        let at = run.taken.map_or_else(|| run.id.to_string(), |at| self.app.words.date_time(at));
        format!("{at}  {}", run.raw_status).trim_end().to_owned()
    }
}
