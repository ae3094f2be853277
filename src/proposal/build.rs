//! From what is known now to a proposal, and to what it says once options are switched or data came.

use crate::domain::{Action, Phrase, Risk, Step, Verb, text};
use crate::engine::{self, Engine, Env};
use crate::proposal::build_actions::{actions, plans};
use crate::proposal::confirmation::confirmation;
use crate::proposal::content::{Confirmation, OptionKind, Proposal, ProposalOption, Subject};
use crate::proposal::default_names::DefaultNames;
use crate::proposal::facts::{batch, keys, order, parking, price, rules};
use crate::proposal::options::options;
use crate::proposal::step_words::{step_lines, step_of_each};

impl Proposal {
    /// A proposal from what is known now, or why there can be none.
    ///
    /// # Errors
    /// Why nothing of it can be done, by name.
    pub fn build(
        engine: &Engine,
        verb: Verb,
        subjects: &[Subject],
        cannot: Vec<(String, Phrase)>,
        names: &DefaultNames,
        env: &Env,
    ) -> Result<Self, Vec<(String, Phrase)>> {
        let mut proposal = Self::empty(verb, cannot);
        // What is held, protected or read-only cannot be part of it; where nothing is left, that is the answer.
        let mut allowed: Vec<Subject> = Vec::new();
        for subject in subjects {
            let why = actions(&proposal, std::slice::from_ref(subject), engine, names)
                .iter()
                .find_map(|action| engine::refusal(engine, action));
            match why {
                None => allowed.push(subject.clone()),
                Some(why) => proposal.cannot.push((subject.target.name.clone(), why)),
            }
        }
        let Some(first) = allowed.first() else { return Err(proposal.cannot) };
        if verb.destroys()
            && let Some(other) = allowed.iter().find(|s| s.target.account() != first.target.account())
        {
            return Err(vec![(other.target.name.clone(), Phrase::new(text::refused::TWO_ACCOUNTS))]);
        }
        if verb == Verb::RestoreAsNew {
            proposal.plans.0 = plans(engine, first);
            if proposal.plans.0.is_empty() {
                return Err(vec![(first.target.name.clone(), Phrase::new(text::why_not::NO_PLAN))]);
            }
        }
        proposal.options = options(engine, &proposal, &allowed, names);
        proposal.name = names.propose(engine, verb, &allowed);
        proposal.actions = actions(&proposal, &allowed, engine, names);
        proposal.subjects = allowed;
        proposal.describe(engine, env);
        proposal.confirmation = confirmation(&proposal, engine, env);
        Ok(proposal)
    }

    /// A proposal of actions of one verb that were put together elsewhere; `cannot`: what is no part of it, and why.
    ///
    /// # Errors
    /// Why nothing of it can be done, by name.
    pub fn prepared(
        engine: &Engine,
        actions: Vec<Action>,
        mut cannot: Vec<(String, Phrase)>,
        env: &Env,
    ) -> Result<Self, Vec<(String, Phrase)>> {
        let mut prepared = Vec::new();
        for action in actions {
            match engine::refusal(engine, &action) {
                Some(why) => cannot.push((action.subject().name.clone(), why)),
                None => prepared.push(action),
            }
        }
        let Some(verb) = prepared.first().map(Action::verb) else { return Err(cannot) };
        let subjects = prepared.iter().map(|action| Subject { target: action.subject().clone(), other: None });
        let mut proposal =
            Self { subjects: subjects.collect(), actions: prepared.clone(), prepared, ..Self::empty(verb, cannot) };
        proposal.describe(engine, env);
        proposal.confirmation = confirmation(&proposal, engine, env);
        Ok(proposal)
    }

    /// Builds actions, facts and steps again after an option was switched or the name edited.
    pub fn rebuild(&mut self, engine: &Engine, names: &DefaultNames, env: &Env) {
        self.actions = actions(self, &self.subjects, engine, names);
        self.refresh(engine, names, env);
    }

    /// Says again what is known now, since data came: facts, steps, and what can be switched. What it is bound to stays
    /// as it was.
    pub fn refresh(&mut self, engine: &Engine, names: &DefaultNames, env: &Env) {
        self.options = self.known_options(engine, names);
        self.describe(engine, env);
        // An option can raise the risk; nothing lowers it once it was shown.
        if self.confirmation == Confirmation::Question && self.facts.iter().any(|(_, raises)| *raises) {
            self.confirmation = confirmation(self, engine, env);
        }
    }

    /// What can be switched now, where it stood. What is on stays on, even where it would not be offered any more, and
    /// what was switched off stays off.
    fn known_options(&self, engine: &Engine, names: &DefaultNames) -> Vec<ProposalOption> {
        let mut offered = options(engine, self, &self.subjects, names);
        let mut known: Vec<ProposalOption> = Vec::new();
        for former in &self.options {
            match offered.iter().position(|o| o.kind == former.kind) {
                Some(at) => {
                    let now = offered.remove(at);
                    let stays = former.on && former.kind != OptionKind::Plan;
                    known.push(if stays { former.clone() } else { ProposalOption { on: former.on, ..now } });
                }
                None if former.on => known.push(former.clone()),
                None => {}
            }
        }
        known.extend(offered);
        known
    }

    fn describe(&mut self, engine: &Engine, env: &Env) {
        self.diff = self.actions.iter().flat_map(rules::difference).collect();
        let plain = |fact: Phrase| (fact, false);
        self.facts = batch::effects(self, engine).into_iter().chain(price::facts(self, engine)).map(plain).collect();
        for action in &self.actions {
            let Some(account) = engine.account(action.subject().account()) else { continue };
            let own = parking::anew(action, engine).into_iter().chain(parking::parked(action, account));
            self.facts.extend(own.map(plain));
            self.facts.extend(order::facts(action, account));
            if let Some(requests) = order::requests(action, account) {
                self.requests = requests;
            }
            self.facts.extend(keys::facts(action, account, engine));
            self.facts.extend(rules::facts(action, engine, env));
            let risks = account.account.policy.risks(action, &account.inventory, env.wall);
            for fact in engine::lock_out(engine, action).into_iter().chain(risks) {
                let line = (fact.phrase, fact.raises || self.verb.risk() == Risk::Typed);
                if !self.facts.contains(&line) {
                    self.facts.push(line);
                }
            }
        }
        self.facts.extend(batch::forecast(self, engine).map(plain));
        self.steps = self.described_steps(engine);
    }

    /// For several, the steps of the one that takes most.
    fn described_steps(&self, engine: &Engine) -> Vec<(Phrase, Option<engine::Expected>)> {
        let several = self.actions.len() > 1;
        let plans = self.actions.iter().filter_map(|action| {
            let account = engine.account(action.subject().account())?;
            Some((action, account.account.policy.plan(action, &account.inventory)))
        });
        let longest = plans.reduce(|most, next| if next.1.len() > most.1.len() { next } else { most });
        let Some((action, steps)) = longest else { return Vec::new() };
        let mut described = Vec::new();
        for (first, count, text) in step_lines(&steps, action) {
            let Some(step) = steps.get(first) else { continue };
            // How long a call's effect takes stands beside the call.
            let usual = match step {
                Step::Call { call, .. } if count == 1 => engine.expected_of(action.subject().account(), call),
                _ => None,
            };
            let phrase = if several && count == 1 { step_of_each(step, action) } else { text };
            let line = (phrase, usual);
            if !several || described.last() != Some(&line) {
                described.push(line);
            }
        }
        described
    }
}
