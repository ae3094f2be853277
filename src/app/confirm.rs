//! The dialog that asks before anything is changed. It is bound to what it shows: the action it sends carries its
//! targets by value. Longer than most: building, renewing and checking it are to be read together.

use std::time::Duration;

use tui_input::Input;

use crate::domain::{Action, Kind, Phrase, Reboot, Risk, StatusKind, Step, Target, Verb};
use crate::engine::{self, Engine, Env};

use super::accepted::{fold, way};
use super::step_words::step_of_each;
pub use super::step_words::step_phrase;

/// A dialog that asks.
#[derive(Debug, Clone)]
pub struct Confirm {
    /// The verb.
    pub verb: Verb,
    /// What is sent if it is confirmed.
    pub actions: Vec<Action>,
    /// What cannot be part of it, by name, and why.
    pub cannot: Vec<(String, Phrase)>,
    /// How many marked rows are not shown and so left out.
    pub left_out: usize,
    /// What it does, costs, interrupts or destroys: a line each; the flag says whether it warns.
    pub facts: Vec<(Phrase, bool)>,
    /// The steps, with how long each usually takes.
    pub steps: Vec<(Phrase, Option<Duration>)>,
    /// What can be chosen.
    pub choices: Vec<Choice>,
    /// The name of a new snapshot, and whether it is being edited.
    pub name: Option<(Input, bool)>,
    /// How it is answered.
    pub way: Way,
    /// Where the focus is.
    pub focus: Focus,
    /// Whether it was painted: keys typed before that are dropped.
    pub drawn: bool,
    /// How many keys were dropped.
    pub ignored: usize,
    /// Why it can no longer be confirmed: it turned into a notice.
    pub overtaken: Option<Phrase>,
}

/// How a dialog is answered.
#[derive(Debug, Clone)]
pub enum Way {
    /// With `y`.
    Question,
    /// By typing one of these.
    Typed {
        /// What is accepted.
        accepted: Vec<String>,
        /// What is typed.
        input: Input,
    },
}

/// Something that can be switched in a dialog.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// What it switches.
    pub what: ChoiceKind,
    /// What it says.
    pub text: Phrase,
    /// Whether it is on.
    pub on: bool,
}

/// What a choice switches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChoiceKind {
    /// Save the present disk before a restore.
    SaveFirst,
    /// Delete the snapshots before their instance.
    SnapshotsToo,
    /// Stop, wait and start instead of the provider's one call.
    CleanReboot,
    /// Shut down for a snapshot.
    StopFirst,
}

/// Where the focus of a dialog is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    /// The field that is typed into.
    Field,
    /// A choice.
    Choice(usize),
    /// The harmless button.
    Cancel,
    /// The other one.
    Go,
}

/// What a dialog is about: one or several targets of one verb.
#[derive(Debug, Clone)]
pub struct Subject {
    /// The instance or snapshot.
    pub target: Target,
    /// For a snapshot: the instance it belongs to.
    pub of: Option<Target>,
}

/// Builds a dialog from what is known now, or says why there can be none.
///
/// # Errors
/// Why nothing of it can be done, by name.
pub fn build(
    engine: &Engine,
    verb: Verb,
    subjects: &[Subject],
    cannot: Vec<(String, Phrase)>,
    left_out: usize,
    names: &Names,
    env: &Env,
) -> Result<Confirm, Vec<(String, Phrase)>> {
    let mut confirm = Confirm {
        verb,
        actions: Vec::new(),
        cannot,
        left_out,
        facts: Vec::new(),
        steps: Vec::new(),
        choices: Vec::new(),
        name: None,
        way: Way::Question,
        focus: Focus::Cancel,
        drawn: false,
        ignored: 0,
        overtaken: None,
    };
    // What is held, protected or read-only cannot be part of it; where nothing is left, that is the answer.
    let mut allowed: Vec<Subject> = Vec::new();
    for subject in subjects {
        let why = actions(&confirm, std::slice::from_ref(subject), engine, names)
            .iter()
            .find_map(|action| engine::refusal(engine, action));
        match why {
            None => allowed.push(subject.clone()),
            Some(why) => confirm.cannot.push((subject.target.name.clone(), why)),
        }
    }
    let Some(first) = allowed.first() else { return Err(confirm.cannot) };
    if verb.destroys()
        && let Some(other) = allowed.iter().find(|s| s.target.account() != first.target.account())
    {
        return Err(vec![(other.target.name.clone(), Phrase::new("refused.two-accounts"))]);
    }
    confirm.choices = choices(engine, verb, &allowed, names);
    confirm.name = (verb == Verb::TakeSnapshot).then(|| (Input::new(names.snapshot(&allowed)), false));
    confirm.actions = actions(&confirm, &allowed, engine, names);
    describe(&mut confirm, engine, env);
    confirm.way = way(&confirm, engine, env);
    if matches!(confirm.way, Way::Typed { .. }) {
        confirm.focus = Focus::Field;
    }
    Ok(confirm)
}

/// Builds actions, facts and steps anew after a choice was switched or a name edited.
pub fn rebuild(confirm: &mut Confirm, engine: &Engine, names: &Names, env: &Env) {
    let subjects: Vec<Subject> = confirm.actions.iter().map(subject_of).collect();
    confirm.actions = actions(confirm, &subjects, engine, names);
    describe_and_raise(confirm, engine, env);
}

fn describe_and_raise(confirm: &mut Confirm, engine: &Engine, env: &Env) {
    describe(confirm, engine, env);
    // A choice can raise the risk; nothing lowers it while the dialog is open.
    if matches!(confirm.way, Way::Question) && confirm.facts.iter().any(|(_, raises)| *raises) {
        let way = way(confirm, engine, env);
        if matches!(way, Way::Typed { .. }) {
            confirm.way = way;
        }
    }
}

/// Says anew what is known now, since data came: facts, steps, and what can be chosen. What was switched on stays on, even
/// where it would not be offered any more, and what the dialog is bound to stays as it was.
pub fn renew(confirm: &mut Confirm, engine: &Engine, names: &Names, env: &Env) {
    let subjects: Vec<Subject> = confirm.actions.iter().map(subject_of).collect();
    let chosen: Vec<Choice> = confirm.choices.drain(..).filter(|c| c.on).collect();
    let offered = choices(engine, confirm.verb, &subjects, names);
    confirm.choices = offered.into_iter().filter(|o| chosen.iter().all(|c| c.what != o.what)).collect();
    confirm.choices.splice(0..0, chosen);
    if let Focus::Choice(at) = confirm.focus
        && at >= confirm.choices.len()
    {
        confirm.focus = Focus::Cancel;
    }
    describe_and_raise(confirm, engine, env);
}

fn subject_of(action: &Action) -> Subject {
    match action {
        Action::Restore { snapshot, instance, .. } => Subject { target: snapshot.clone(), of: Some(instance.clone()) },
        Action::DeleteSnapshot { snapshot, of } => Subject {
            target: snapshot.clone(),
            of: of.as_ref().map(|id| Target {
                resource: crate::domain::ResourceRef::new(snapshot.account(), Kind::Instance, id),
                name: String::new(),
                status: StatusKind::None,
            }),
        },
        Action::RetakeSnapshot { snapshot, of } => Subject {
            target: snapshot.clone(),
            of: Some(Target {
                resource: crate::domain::ResourceRef::new(snapshot.account(), Kind::Instance, of),
                name: String::new(),
                status: StatusKind::None,
            }),
        },
        other => Subject { target: other.subject().clone(), of: None },
    }
}

/// The names that a dialog proposes, from the local clock.
#[derive(Debug, Clone)]
pub struct Names {
    /// `20261121-1432`.
    pub minute: String,
    /// `20261121`.
    pub day: String,
}

impl Names {
    fn snapshot(&self, subjects: &[Subject]) -> String {
        match subjects {
            [one] => format!("{}-{}", one.target.name, self.minute),
            _ => format!("-{}", self.minute),
        }
    }
}

fn on(confirm: &Confirm, what: ChoiceKind) -> bool {
    confirm.choices.iter().any(|c| c.what == what && c.on)
}

fn choices(engine: &Engine, verb: Verb, subjects: &[Subject], names: &Names) -> Vec<Choice> {
    let mut choices = Vec::new();
    let Some(first) = subjects.first() else { return choices };
    let Some(account) = engine.account(first.target.account()) else { return choices };
    let choice = |what, text, on| Choice { what, text, on };
    match verb {
        Verb::Restore => {
            if let Some(of) = &first.of {
                let taken = account.picture.snapshots_of(of.id()).map(|s| s.len());
                let free = match (account.account.rules.snapshot_slots(), taken) {
                    (Some(slots), Some(taken)) => taken < slots,
                    (Some(_), None) => false,
                    (None, _) => true,
                };
                if free {
                    let name = format!("before-restore-{}", names.day);
                    let text = Phrase::new("choice.save-first").with("name", name);
                    choices.push(choice(ChoiceKind::SaveFirst, text, false));
                }
            }
        }
        Verb::Destroy => {
            let count: usize = subjects
                .iter()
                .filter_map(|s| account.picture.snapshots_of(s.target.id()))
                .map(|snapshots| snapshots.len())
                .sum();
            if count > 0 {
                let text = Phrase::new("choice.snapshots-too").with("count", count);
                choices.push(choice(ChoiceKind::SnapshotsToo, text, false));
            }
        }
        Verb::Reboot => choices.push(choice(ChoiceKind::CleanReboot, Phrase::new("choice.clean-reboot"), false)),
        Verb::TakeSnapshot if subjects.iter().any(|s| s.target.status == StatusKind::Running) => {
            choices.push(choice(ChoiceKind::StopFirst, Phrase::new("choice.stop-first"), false));
        }
        _ => {}
    }
    choices
}

fn actions(confirm: &Confirm, subjects: &[Subject], engine: &Engine, names: &Names) -> Vec<Action> {
    subjects
        .iter()
        .filter_map(|subject| {
            let target = subject.target.clone();
            Some(match confirm.verb {
                Verb::Start => Action::Start { instance: target },
                Verb::Stop => Action::Stop { instance: target },
                Verb::ForceStop => Action::ForceStop { instance: target },
                Verb::Reboot => {
                    let clean = on(confirm, ChoiceKind::CleanReboot);
                    Action::Reboot {
                        instance: target,
                        how: if clean { Reboot::StopAndStart } else { Reboot::Provider },
                    }
                }
                Verb::Destroy => {
                    let snapshots =
                        if on(confirm, ChoiceKind::SnapshotsToo) { snapshots_of(engine, &target) } else { Vec::new() };
                    Action::Destroy { instance: target, snapshots }
                }
                Verb::TakeSnapshot => {
                    let typed = confirm.name.as_ref().map_or("", |(input, _)| input.value().trim());
                    // For several, what stands in the field is appended to each name.
                    let name = if subjects.len() > 1 { format!("{}{typed}", target.name) } else { typed.to_owned() };
                    let stop_first = on(confirm, ChoiceKind::StopFirst) && target.status == StatusKind::Running;
                    Action::TakeSnapshot { instance: target, name, stop_first, start_again: stop_first }
                }
                Verb::Restore => Action::Restore {
                    snapshot: target,
                    instance: subject.of.clone()?,
                    save_first: on(confirm, ChoiceKind::SaveFirst).then(|| format!("before-restore-{}", names.day)),
                },
                Verb::DeleteSnapshot => {
                    Action::DeleteSnapshot { snapshot: target, of: subject.of.as_ref().map(|t| t.id().clone()) }
                }
                Verb::RestoreAsNew | Verb::AssignFirewall | Verb::DetachFirewall => return None,
                Verb::RetakeSnapshot => {
                    Action::RetakeSnapshot { snapshot: target, of: subject.of.as_ref()?.id().clone() }
                }
            })
        })
        .collect()
}

fn snapshots_of(engine: &Engine, instance: &Target) -> Vec<Target> {
    let Some(account) = engine.account(instance.account()) else { return Vec::new() };
    account
        .picture
        .snapshots_of(instance.id())
        .unwrap_or_default()
        .into_iter()
        .map(|s| Target {
            resource: crate::domain::ResourceRef::new(instance.account(), Kind::Snapshot, &s.id),
            name: s.name.clone(),
            status: s.status.kind(),
        })
        .collect()
}

fn describe(confirm: &mut Confirm, engine: &Engine, env: &Env) {
    confirm.facts.clear();
    confirm.steps.clear();
    for action in &confirm.actions {
        let Some(account) = engine.account(action.subject().account()) else { continue };
        for fact in account.account.rules.risks(action, &account.picture, env.wall) {
            let line = (fact.phrase, fact.raises || confirm.verb.risk() == Risk::Typed);
            if !confirm.facts.contains(&line) {
                confirm.facts.push(line);
            }
        }
    }
    // For several, the steps of the one that takes most.
    let several = confirm.actions.len() > 1;
    let plans = confirm.actions.iter().filter_map(|action| {
        let account = engine.account(action.subject().account())?;
        Some((action, &account.account.rules, account.account.rules.plan(action, &account.picture)))
    });
    let longest = plans.reduce(|most, next| if next.2.len() > most.2.len() { next } else { most });
    let Some((action, rules, steps)) = longest else { return };
    for step in steps {
        // How long a call's effect usually takes stands beside the call.
        let usual = match &step {
            Step::Call { call, .. } => Some(rules.usual(call)).filter(|d| !d.is_zero()),
            Step::Wait(_) | Step::Settle { .. } => None,
        };
        let phrase = if several { step_of_each(&step, action) } else { step_phrase(&step, action) };
        let line = (phrase, usual);
        if !several || confirm.steps.last() != Some(&line) {
            confirm.steps.push(line);
        }
    }
}

impl Confirm {
    /// Whether what is typed is one of what is accepted, after NFKC and without blanks around.
    #[must_use]
    pub fn is_typed(&self) -> bool {
        match &self.way {
            Way::Question => true,
            Way::Typed { accepted, input } => {
                let typed = fold(input.value());
                !typed.is_empty() && accepted.iter().any(|a| fold(a) == typed)
            }
        }
    }

    /// Why it can no longer be confirmed, from what is known now.
    #[must_use]
    pub fn check(&self, engine: &Engine) -> Option<Phrase> {
        for target in self.actions.iter().flat_map(Action::targets) {
            let Some(account) = engine.account(target.account()) else { continue };
            let found = match target.resource.kind {
                Kind::Instance => account.picture.instance(target.id()).map(|i| (i.name.clone(), i.status.kind())),
                Kind::Snapshot => account.picture.snapshot(target.id()).map(|s| (s.name.clone(), s.status.kind())),
                _ => continue,
            };
            match found {
                None => return Some(Phrase::new("overtaken.gone").with("name", target.name.as_str())),
                Some((name, _)) if name != target.name => {
                    return Some(Phrase::new("overtaken.renamed").with("name", target.name.as_str()).with("now", name));
                }
                Some((_, status)) if status != target.status => {
                    return Some(Phrase::new("overtaken.changed").with("name", target.name.as_str()));
                }
                Some(_) => {}
            }
        }
        self.actions.iter().find_map(|a| engine::refusal(engine, a))
    }
}
