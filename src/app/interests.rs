//! What the screen shows, as the engine wants to know it.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::app::layers::create::CreateForm;
use crate::app::layers::layer::Layer;
use crate::app::layers::{allow, create};
use crate::app::layout::Layout;
use crate::app::panes::row::What;
use crate::app::tables::pane::Pane;
use crate::app::{App, Zoom};
use crate::domain::{AccountName, Action, Kind, ListKey, ResourceId, ResourceRef};
use crate::engine;
use crate::engine::{AccountState, Interest, Priority};

/// What belongs to the selection is asked for once the cursor rested so long.
pub(crate) const SETTLE: Duration = Duration::from_millis(300);

pub(crate) fn may_change(app: &App) -> bool {
    app.interests.is_empty() || app.now.tick.since(app.last_key) >= SETTLE
}

pub(crate) fn interests(app: &App) -> Vec<Interest> {
    let wide = matches!(app.layout(), Layout::Wide(_));
    let mut interests = Vec::new();
    for account in app.shown_accounts() {
        let per_instance = account.account.policy.snapshots_per_instance();
        let mut collector = Collector { app, account, wide, per_instance, interests };
        collector.instances();
        collector.snapshots();
        collector.layers();
        collector.panes();
        interests = collector.interests;
    }
    interests
}

/// Gathers what is looked at of one account.
struct Collector<'a> {
    app: &'a App,
    account: &'a AccountState,
    wide: bool,
    /// Whether each instance has a list of its snapshots of its own.
    per_instance: bool,
    interests: Vec<Interest>,
}

impl Collector<'_> {
    fn look(&mut self, list: ListKey, priority: Priority) {
        if self.account.account.policy.supports(&list) {
            self.interests.push(Interest { account: self.account.account.name.clone(), list, priority });
        }
    }

    fn opened(&self, pane: Pane) -> bool {
        self.app.panes[pane.index()].opened
    }

    fn priority(&self, pane: Pane) -> Priority {
        if self.app.focus == pane { Priority::Focus } else { Priority::Beside }
    }

    /// The instances, and what is shown beside the one under the cursor.
    fn instances(&mut self) {
        let (app, account, wide) = (self.app, self.account, self.wide);
        let name = &account.account.name;
        self.look(ListKey::Instances, self.priority(Pane::Instances).max(self.priority(Pane::Operations)));
        let selected = app.selected_instance();
        let Some(of) = selected.filter(|s| s.account == *name) else { return };
        let stored = matches!(app.focus, Pane::Instances | Pane::Snapshots);
        if self.per_instance && (stored || wide) {
            let list = ListKey::Snapshots(Some(of.id.clone()));
            self.look(list, if stored { Priority::Focus } else { Priority::Beside });
        }
        if wide || app.zoom != Zoom::List {
            self.look(ListKey::Keys, Priority::Beside);
        }
        if app.focus == Pane::Instances && (wide || app.zoom != Zoom::List) {
            self.look(ListKey::Graphs(of.id.clone()), Priority::Beside);
            self.look(ListKey::Backups, Priority::Beside);
            // Where the instance does not tell, its firewalls may, as was seen when they were looked at.
            let instance = account.inventory.instance(&of.id);
            let told = account.inventory.firewalls().iter().any(|f| f.on.is_some());
            let set_here = !app.engine.assigned_to(name, &of.id).is_empty();
            if instance.is_some_and(|i| i.firewalls.is_none()) && (told || set_here) {
                self.look(ListKey::Firewalls, Priority::Beside);
            }
        }
    }

    fn snapshots(&mut self) {
        let (app, account) = (self.app, self.account);
        let shown = self.opened(Pane::Snapshots) && (self.wide || app.focus == Pane::Snapshots);
        if self.per_instance && app.all_snapshots && shown {
            for of in listed_instances(app, account) {
                self.look(ListKey::Snapshots(Some(of)), Priority::Turn);
            }
        }
        // What instances boot from, and whose volume a snapshot is of.
        self.look(ListKey::Volumes, Priority::Beside);
        // One list tells of all instances when each was saved, and which images are snapshots.
        if !self.per_instance {
            let stored = matches!(app.focus, Pane::Instances | Pane::Snapshots);
            let here = app.selected_instance().is_some_and(|s| s.account == account.account.name);
            let focus = stored && (app.all_snapshots || here) || app.focus == Pane::Images;
            self.look(ListKey::Snapshots(None), if focus { Priority::Focus } else { Priority::Beside });
        }
        if takes_a_snapshot(app, &account.account.name) || shown {
            self.look(ListKey::Quota, self.priority(Pane::Snapshots));
        }
        if account.account.policy.catalogue().contains(&ListKey::Plans(None)) {
            self.look(ListKey::Plans(None), Priority::Beside);
        }
    }

    /// What layers show and ask about.
    fn layers(&mut self) {
        let (app, account) = (self.app, self.account);
        let name = &account.account.name;
        if let Some(form) = create::form(app).filter(|form| form.account == *name) {
            for list in wanted_by(form, account) {
                self.look(list, Priority::Form);
            }
        }
        if app.layers.iter().any(|layer| matches!(layer, Layer::Cost(_))) {
            self.look(ListKey::Quota, Priority::Focus);
            self.look(ListKey::Volumes, Priority::Focus);
            let unread =
                account.inventory.instances().iter().filter(|i| account.inventory.snapshots_of(&i.id).is_none());
            let per_instance = self.per_instance;
            for instance in unread.filter(|_| per_instance).take(MOST_ASKED_ABOUT) {
                self.look(ListKey::Snapshots(Some(instance.id.clone())), Priority::Beside);
            }
        }
        for layer in &app.layers {
            if let Layer::ConsoleOutput(view) = layer
                && view.of.account == *name
            {
                self.look(ListKey::ConsoleOutput(view.of.id.clone()), Priority::Focus);
            }
        }
        if chooses_a_firewall(app, name) || edits_rules(app, name) {
            self.look(ListKey::Firewalls, Priority::Focus);
        }
        for firewall in rules_asked_about(app, name) {
            self.look(ListKey::Rules(firewall), Priority::Focus);
        }
        for list in allow::interests(app, account).into_iter().chain(guarded(app, name)) {
            self.look(list, Priority::Focus);
        }
        // What a dialog says depends on the snapshots of what it is about.
        for of in asked_about(app).filter(|r| r.account == *name).take(MOST_ASKED_ABOUT) {
            if self.per_instance {
                self.look(ListKey::Snapshots(Some(of.id.clone())), Priority::Focus);
            }
        }
    }

    /// What the other panes show.
    fn panes(&mut self) {
        let (app, account) = (self.app, self.account);
        let policy = &account.account.policy;
        if app.focus == Pane::Keys {
            self.look(ListKey::Keys, Priority::Focus);
        }
        if app.focus == Pane::ApiKeys {
            self.look(ListKey::ApiKeys, Priority::Focus);
        }
        if self.opened(Pane::Firewalls) && (self.wide || app.focus == Pane::Firewalls) {
            self.look(ListKey::Firewalls, self.priority(Pane::Firewalls));
        }
        if app.focus == Pane::Firewalls {
            let state = &app.panes[Pane::Firewalls.index()];
            let under = state.selected();
            let on_screen = state.rows.iter().skip(state.offset).take(app.layout().rows(Pane::Firewalls));
            for row in on_screen.filter(|r| r.account == account.account.name) {
                if let What::Firewall(firewall) = &row.what {
                    let here = under.is_some_and(|key| row.is(key));
                    let priority = if here { Priority::Focus } else { Priority::Beside };
                    self.look(ListKey::Rules(firewall.id.clone()), priority);
                }
            }
        }
        if self.opened(Pane::Images) && (self.wide || app.focus == Pane::Images) {
            for list in policy.catalogue().into_iter().filter(|list| *list != ListKey::Plans(None)) {
                self.look(list, self.priority(Pane::Images));
            }
            if !policy.catalogue().contains(&ListKey::Images) {
                self.look(ListKey::Images, self.priority(Pane::Images));
            }
        }
    }
}

/// The instances of an account whose snapshots are on the screen where those of all are listed, and the next whose list
/// was never read.
fn listed_instances(app: &App, account: &AccountState) -> BTreeSet<ResourceId> {
    let state = &app.panes[Pane::Snapshots.index()];
    let on_screen = state.rows.iter().skip(state.offset).take(app.layout().rows(Pane::Snapshots));
    let here = on_screen.filter(|row| row.account == account.account.name).filter_map(|row| match &row.what {
        What::Snapshot(snapshot, _) => snapshot.of.clone(),
        _ => None,
    });
    let unread = |of: &ResourceId| account.inventory.list(&ListKey::Snapshots(Some(of.clone()))).is_none();
    let all = account.inventory.instances().iter().take(MOST_SEARCHED).map(|i| i.id.clone());
    here.chain(all.filter(unread).take(MOST_ASKED_ABOUT)).collect()
}

/// Among so many instances the next unread is looked for with every key; beyond them the engine finds it in its time.
const MOST_SEARCHED: usize = 500;

/// What a form for a new instance is filled from.
fn wanted_by(form: &CreateForm, account: &AccountState) -> Vec<ListKey> {
    let policy = &account.account.policy;
    let mut lists = vec![ListKey::Images, ListKey::Keys, ListKey::Firewalls];
    if let Some(source) = &form.source {
        lists.extend(policy.plans_list(source.from(), &account.inventory));
    }
    lists.extend([ListKey::Regions, ListKey::Types, ListKey::Networks]);
    lists.extend_from_slice(policy.order_lists());
    if !policy.snapshots_per_instance() {
        lists.push(ListKey::Snapshots(None));
    }
    lists
}

/// Of many that a dialog is about, so many are read at once; the budget is for the others too.
const MOST_ASKED_ABOUT: usize = 4;

fn asked_actions(app: &App) -> &[Action] {
    match app.layers.last() {
        Some(Layer::Confirm(confirm)) => &confirm.proposal.actions,
        _ => &[],
    }
}

/// The instances that the open dialog is about.
fn asked_about(app: &App) -> impl Iterator<Item = &ResourceRef> {
    asked_actions(app).iter().map(|a| &a.subject().resource).filter(|r| r.kind == Kind::Instance)
}

/// What tells whether the open dialog locks a person out, and what its steps are made from.
fn guarded(app: &App, account: &AccountName) -> Vec<ListKey> {
    let Some(policy) = app.engine.account(account).map(|a| &a.account.policy) else { return Vec::new() };
    let here = asked_actions(app).iter().filter(|a| a.subject().account() == account).take(MOST_ASKED_ABOUT);
    here.flat_map(|action| [engine::lock_out_lists(&app.engine, action), policy.plan_lists(action)].concat()).collect()
}

/// Whether the open dialog saves something in an account, which must have room for it.
fn takes_a_snapshot(app: &App, account: &AccountName) -> bool {
    asked_actions(app).iter().any(|a| a.subject().account() == account && a.verb().needs_room())
}

/// Whether the open menu or dialog is about a firewall of an account.
fn chooses_a_firewall(app: &App, account: &AccountName) -> bool {
    match app.layers.last() {
        Some(Layer::Menu(menu)) => menu.about.as_ref().is_some_and(|row| row.account == *account),
        Some(Layer::Confirm(confirm)) => {
            let verb = confirm.proposal.verb.other() == Some(Kind::Firewall);
            verb && confirm.proposal.subjects.iter().any(|s| s.target.account() == account)
        }
        _ => false,
    }
}

/// Whether an editor of rules or a dialog about a firewall is open.
fn edits_rules(app: &App, account: &AccountName) -> bool {
    app.layers.iter().any(|layer| match layer {
        Layer::Rules(editor) => editor.account == *account,
        Layer::Confirm(confirm) => confirm.proposal.actions.iter().any(|a| {
            let subject = &a.subject().resource;
            subject.kind == Kind::Firewall && subject.account == *account
        }),
        _ => false,
    })
}

/// The firewalls whose rules are edited or asked about: what somebody else changes meanwhile is seen before it is sent.
fn rules_asked_about<'a>(app: &'a App, account: &'a AccountName) -> impl Iterator<Item = ResourceId> + 'a {
    let of = |layer: &'a Layer| -> Vec<ResourceId> {
        match layer {
            Layer::Rules(editor) => editor.firewall.iter().map(|f| f.resource.clone()).collect::<Vec<_>>(),
            Layer::Confirm(confirm) => {
                let edits = |a: &&Action| !a.verb().makes() && !a.verb().removes();
                let subjects = confirm.proposal.actions.iter().filter(edits).map(|a| &a.subject().resource);
                subjects.filter(|r| r.kind == Kind::Firewall).cloned().collect()
            }
            _ => Vec::new(),
        }
        .into_iter()
        .filter(|r| r.account == *account)
        .map(|r| r.id)
        .collect()
    };
    app.layers.iter().flat_map(of)
}
