//! The dialog that asks before anything is changed. It is bound to what it shows: the action it sends carries its
//! targets by value.

use std::sync::Arc;

use tui_input::Input;

use crate::domain::rule_edit::Change;
use crate::domain::{Action, Kind, Phrase, Plan, RequestText, Risk, StatusKind, Step, Target, Verb, is_one_of};
use crate::engine;
use crate::engine::{Engine, Env, Expected};

use crate::app::operations::batch;
use crate::proposal::build_actions::{actions, facts_of_new, facts_of_parking, plans};
use crate::proposal::confirmation::way;
use crate::proposal::facts::keys;
use crate::proposal::facts::price;
use crate::proposal::facts::rules;
use crate::proposal::options::choices;
pub use crate::proposal::options::{Choice, ChoiceKind, Names};
use crate::proposal::step_words::step_of_each;
pub use crate::proposal::step_words::step_phrase;

#[derive(Debug, Clone)]
pub struct Confirm {
    pub verb: Verb,
    /// What is sent if it is confirmed.
    pub actions: Vec<Action>,
    /// The actions themselves, where they were put together elsewhere: filled in, edited.
    pub given: Vec<Action>,
    /// What it is about: what the dialog is bound to, however its choices are switched.
    pub subjects: Vec<Subject>,
    /// The plans that a new instance can have, and which is chosen.
    pub plans: (Vec<Arc<Plan>>, usize),
    /// What cannot be part of it, by name, and why.
    pub cannot: Vec<(String, Phrase)>,
    /// How many marked rows are not shown and so left out.
    pub left_out: usize,
    /// What it does, costs, interrupts or destroys: a line each; the flag says whether it warns.
    pub facts: Vec<(Phrase, bool)>,
    /// What becomes of each rule, where rules are changed.
    pub diff: Vec<Change>,
    /// The steps, with how long each is expected to take.
    pub steps: Vec<(Phrase, Option<Expected>)>,
    /// The requests of an order, each with its step, as they will be sent; without any secret.
    pub requests: Vec<(Phrase, RequestText)>,
    pub choices: Vec<Choice>,
    /// The name of what is made, and whether it is being edited.
    pub name: Option<(Input, bool)>,
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

#[derive(Debug, Clone)]
pub enum Way {
    /// With `y`.
    Question,
    Typed {
        accepted: Vec<String>,
        input: Input,
    },
}

/// Where the focus of a dialog is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    Field,
    Choice(usize),
    Cancel,
    Go,
}

/// What a dialog is about: one or several targets of one verb.
#[derive(Debug, Clone)]
pub struct Subject {
    pub target: Target,
    /// For a snapshot: the instance it belongs to. For an instance: the firewall that is put on or taken off.
    pub of: Option<Target>,
}

/// A dialog that is about nothing yet.
const fn empty(verb: Verb, cannot: Vec<(String, Phrase)>) -> Confirm {
    Confirm {
        verb,
        actions: Vec::new(),
        given: Vec::new(),
        subjects: Vec::new(),
        plans: (Vec::new(), 0),
        cannot,
        left_out: 0,
        facts: Vec::new(),
        diff: Vec::new(),
        steps: Vec::new(),
        requests: Vec::new(),
        choices: Vec::new(),
        name: None,
        way: Way::Question,
        focus: Focus::Cancel,
        drawn: false,
        ignored: 0,
        overtaken: None,
    }
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
    let mut confirm = Confirm { left_out, ..empty(verb, cannot) };
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
    if verb == Verb::RestoreAsNew {
        confirm.plans.0 = plans(engine, first);
        if confirm.plans.0.is_empty() {
            return Err(vec![(first.target.name.clone(), Phrase::new("why-not.no-plan"))]);
        }
    }
    confirm.choices = choices(engine, &confirm, &allowed, names);
    confirm.name = names.proposed(engine, verb, &allowed).map(|name| (Input::new(name), false));
    confirm.actions = actions(&confirm, &allowed, engine, names);
    confirm.subjects = allowed;
    describe(&mut confirm, engine, env);
    confirm.way = way(&confirm, engine, env);
    if matches!(confirm.way, Way::Typed { .. }) {
        confirm.focus = Focus::Field;
    }
    Ok(confirm)
}

/// A dialog about one action that was put together elsewhere.
///
/// # Errors
/// Why it cannot be done, by name.
pub fn of(engine: &Engine, action: Action, env: &Env) -> Result<Confirm, Vec<(String, Phrase)>> {
    of_all(engine, vec![action], Vec::new(), env)
}

/// A dialog about several actions of one verb that were put together elsewhere; `cannot`: what is no part of it, and why.
///
/// # Errors
/// Why nothing of it can be done, by name.
pub fn of_all(
    engine: &Engine,
    actions: Vec<Action>,
    mut cannot: Vec<(String, Phrase)>,
    env: &Env,
) -> Result<Confirm, Vec<(String, Phrase)>> {
    let mut given = Vec::new();
    for action in actions {
        match engine::refusal(engine, &action) {
            Some(why) => cannot.push((action.subject().name.clone(), why)),
            None => given.push(action),
        }
    }
    let Some(verb) = given.first().map(Action::verb) else { return Err(cannot) };
    let subjects = given.iter().map(|action| Subject { target: action.subject().clone(), of: None });
    let mut confirm = Confirm { subjects: subjects.collect(), actions: given.clone(), given, ..empty(verb, cannot) };
    describe(&mut confirm, engine, env);
    confirm.way = way(&confirm, engine, env);
    if matches!(confirm.way, Way::Typed { .. }) {
        confirm.focus = Focus::Field;
    }
    Ok(confirm)
}

/// Builds actions, facts and steps anew after a choice was switched or a name edited.
pub fn rebuild(confirm: &mut Confirm, engine: &Engine, names: &Names, env: &Env) {
    confirm.actions = actions(confirm, &confirm.subjects, engine, names);
    confirm.choices = known_choices(confirm, engine, names);
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
    confirm.choices = known_choices(confirm, engine, names);
    if let Focus::Choice(at) = confirm.focus
        && at >= confirm.choices.len()
    {
        confirm.focus = Focus::Cancel;
    }
    describe_and_raise(confirm, engine, env);
}

/// What can be chosen now, where it stood. What is on stays on, even where it would not be offered any more, and what
/// was switched off stays off.
fn known_choices(confirm: &Confirm, engine: &Engine, names: &Names) -> Vec<Choice> {
    let mut offered = choices(engine, confirm, &confirm.subjects, names);
    let mut known: Vec<Choice> = Vec::new();
    for former in &confirm.choices {
        match offered.iter().position(|o| o.what == former.what) {
            Some(at) => {
                let now = offered.remove(at);
                let stays = former.on && former.what != ChoiceKind::Plan;
                known.push(if stays { former.clone() } else { Choice { on: former.on, ..now } });
            }
            None if former.on => known.push(former.clone()),
            None => {}
        }
    }
    known.extend(offered);
    known
}

fn describe(confirm: &mut Confirm, engine: &Engine, env: &Env) {
    confirm.facts.clear();
    confirm.steps.clear();
    confirm.diff = confirm.actions.iter().flat_map(rules::difference).collect();
    confirm.facts.extend(batch::effects(confirm, engine).map(|fact| (fact, false)));
    confirm.facts.extend(price::facts(confirm, engine).into_iter().map(|fact| (fact, false)));
    for action in &confirm.actions {
        let Some(account) = engine.account(action.subject().account()) else { continue };
        let own = facts_of_new(action, engine).into_iter().chain(facts_of_parking(action, account));
        confirm.facts.extend(own.map(|fact| (fact, false)));
        confirm.facts.extend(crate::proposal::facts::order::facts(action, account));
        if confirm.verb == Verb::CreateInstance {
            confirm.requests = crate::proposal::facts::order::requests(action, account);
        }
        confirm.facts.extend(keys::facts(action, account, engine));
        confirm.facts.extend(rules::of(action, engine, env));
        let risks = account.account.policy.risks(action, &account.inventory, env.wall);
        for fact in engine::lock_out(engine, action).into_iter().chain(risks) {
            let line = (fact.phrase, fact.raises || confirm.verb.risk() == Risk::Typed);
            if !confirm.facts.contains(&line) {
                confirm.facts.push(line);
            }
        }
    }
    confirm.facts.extend(batch::forecast(confirm, engine).map(|fact| (fact, false)));
    // For several, the steps of the one that takes most.
    let several = confirm.actions.len() > 1;
    let plans = confirm.actions.iter().filter_map(|action| {
        let account = engine.account(action.subject().account())?;
        Some((action, account.account.policy.plan(action, &account.inventory)))
    });
    let longest = plans.reduce(|most, next| if next.1.len() > most.1.len() { next } else { most });
    let Some((action, steps)) = longest else { return };
    for step in steps {
        // How long a call's effect takes stands beside the call.
        let usual = match &step {
            Step::Call { call, .. } => engine.expected_of(action.subject().account(), call),
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
    /// Whether the focus is on the line that goes from plan to plan.
    #[must_use]
    pub fn plan_in_focus(&self) -> bool {
        let Focus::Choice(at) = self.focus else { return false };
        self.choices.get(at).is_some_and(|c| c.what == ChoiceKind::Plan)
    }

    /// Whether what is typed is one of what is accepted.
    #[must_use]
    pub fn is_typed(&self) -> bool {
        match &self.way {
            Way::Question => true,
            Way::Typed { accepted, input } => is_one_of(accepted, input.value()),
        }
    }

    /// Why it can no longer be confirmed, from what is known now.
    #[must_use]
    pub fn check(&self, engine: &Engine) -> Option<Phrase> {
        for target in self.actions.iter().flat_map(Action::targets) {
            let Some(account) = engine.account(target.account()) else { continue };
            let found = match target.resource.kind {
                Kind::Instance => account.inventory.instance(target.id()).map(|i| (i.name.clone(), i.status.kind())),
                Kind::Snapshot => account.inventory.snapshot(target.id()).map(|s| (s.name.clone(), s.status.kind())),
                Kind::Firewall => account.inventory.firewall(target.id()).map(|f| (f.name.clone(), StatusKind::None)),
                Kind::Key => account.inventory.key(target.id()).map(|k| (k.name.clone(), StatusKind::None)),
                Kind::ApiKey => account.inventory.api_key(target.id()).map(|k| (k.key.clone(), StatusKind::None)),
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
        let refused = || self.actions.iter().find_map(|a| engine::refusal(engine, a));
        self.actions.iter().find_map(|a| engine.rules_overtaken(a)).or_else(refused)
    }

    /// What somebody else changed meanwhile in the rules that were to be replaced.
    #[must_use]
    pub fn theirs(&self, engine: &Engine) -> Vec<Change> {
        self.actions.iter().flat_map(|action| rules::theirs(action, engine)).collect()
    }
}
