//! A verb of the command line: the same dialog that the dashboard opens, without a screen, and the same operation.

use std::sync::Arc;

use crate::domain::{Kind, ListKey, Operation, Phrase, Plan, Possible, Resource, Target, Verb, text};
use crate::engine::{self, AccountState};
use crate::proposal::{DefaultNames, OptionKind, Proposal, Subject};
use crate::session::error::{SessionError, never};
use crate::session::order::one;
use crate::session::preview::Preview;
use crate::session::read::of_account;
use crate::session::run::Session;
use crate::session::target::{TargetName, matches, the_one};
use crate::words::Clock;

#[derive(Debug, Clone)]
pub struct VerbRequest {
    pub verb: Verb,
    /// What it is done to: an instance, or the snapshot to delete.
    pub target: String,
    pub from: Option<String>,
    /// The plan that it gets, by name or id.
    pub plan: Option<String>,
    pub name: Option<String>,
    /// What is deleted with it.
    pub too: Option<OptionKind>,
}

impl Session {
    /// Looks at what is there and says what would be done.
    ///
    /// # Errors
    /// Why nothing can be done.
    pub async fn plan(&mut self, wish: &VerbRequest, clock: &Clock) -> Result<Preview, SessionError> {
        // What is overwritten is named, and from what.
        let kind = if wish.verb.overwrites() { Kind::Instance } else { wish.verb.subject() };
        let named = self.named(&wish.target);
        let target = self.find(kind, &named).await?;
        let subject = match &wish.from {
            Some(from) if wish.verb.overwrites() => self.snapshot_of(wish.verb, &target, from).await?,
            _ => self.subject(target),
        };
        self.read_for(wish.verb, &subject).await?;
        self.is_possible(wish.verb, &subject.target)?;
        let subject = match &wish.plan {
            Some(typed) => Subject { other: Some(self.plan_for(&subject.target, typed)?), ..subject },
            None => subject,
        };
        let now = self.now();
        let names = DefaultNames::at(clock, now.wall);
        let subjects = std::slice::from_ref(&subject);
        let built = Proposal::build(self.engine(), wish.verb, subjects, Vec::new(), &names, &now);
        let mut proposal = built.map_err(|cannot| {
            let (name, why) = cannot.into_iter().next().unwrap_or_else(|| (String::new(), never()));
            SessionError::Refused { name, why }
        })?;
        if let Some(too) = wish.too {
            let name = subject.target.name.as_str();
            let option = proposal.options.iter_mut().find(|option| option.kind == too);
            option.ok_or_else(|| SessionError::Usage(text::cli_verb::nothing_too(name)))?.on = true;
            proposal.rebuild(self.engine(), &names, &now);
        }
        if let Some(name) = wish.name.as_deref().map(str::trim) {
            if name.is_empty() {
                return Err(SessionError::Usage(Phrase::new(text::confirm::NO_NAME)));
            }
            proposal.name = Some(name.to_owned());
            proposal.rebuild(self.engine(), &names, &now);
        }
        Ok(Preview::new(proposal))
    }

    async fn snapshot_of(&mut self, verb: Verb, instance: &Target, from: &str) -> Result<Subject, SessionError> {
        let (account, id) = (instance.account().clone(), instance.id().clone());
        self.need(&of_account(&account, |a| vec![a.account.policy.snapshots_of(&id)])).await?;
        let typed = self.named(from);
        if typed.account.as_ref().is_some_and(|other| *other != account) {
            return Err(SessionError::NotFound(typed.typed));
        }
        let named = TargetName { account: Some(account), ..typed };
        let found = matches(self.engine(), Kind::Snapshot, &named);
        // Of the same name, that of this instance is meant.
        let (own, others): (Vec<Target>, Vec<Target>) =
            found.into_iter().partition(|s| self.subject(s.clone()).other.is_some_and(|of| of.id() == instance.id()));
        let is_own = !own.is_empty();
        let snapshot = the_one(if is_own { own } else { others }, &named)?;
        let subject = self.subject(snapshot);
        if is_own {
            return Ok(subject);
        }
        // Why it cannot be restored over anything, before that it cannot be over this one.
        self.is_possible(verb, &subject.target)?;
        Err(SessionError::Usage(text::cli_verb::not_of(subject.target.name.as_str(), instance.name.as_str())))
    }

    /// The plan that is named, where the instance can be given it.
    fn plan_for(&self, instance: &Target, typed: &str) -> Result<Target, SessionError> {
        let offered = self.engine().account(instance.account()).and_then(|account| {
            let shown = account.inventory.instance(instance.id())?;
            Some(account.account.policy.plans_to_resize(shown, &account.inventory))
        });
        let offered = offered.unwrap_or_default();
        let plans: Vec<Arc<Plan>> = offered.iter().map(|(plan, _)| Arc::clone(plan)).collect();
        let plan = one(typed, &plans, |plan| (&plan.id, &plan.name))?;
        match offered.iter().find(|(other, _)| other.id == plan.id) {
            Some((_, Some(why))) => Err(SessionError::Refused { name: plan.name.clone(), why: why.clone() }),
            _ => Ok(Target::stateless(instance.account(), Kind::Plan, &plan.id, &plan.name)),
        }
    }

    fn subject(&self, target: Target) -> Subject {
        let of = (target.resource.kind == Kind::Snapshot)
            .then(|| {
                let inventory = &self.engine().account(target.account())?.inventory;
                let instance = inventory.instance(inventory.saved_of(inventory.snapshot(target.id())?)?)?;
                Resource::Instance(instance).target(target.account())
            })
            .flatten();
        Subject { target, other: of }
    }

    /// What the facts of a dialog need, and what shows whether an earlier command is over that did not wait. What cannot
    /// be read is not known, and the facts say so.
    async fn read_for(&mut self, verb: Verb, subject: &Subject) -> Result<(), SessionError> {
        let instance = subject.other.as_ref().unwrap_or(&subject.target).resource.clone();
        let held = |op: &&Operation| !op.is_over() && op.action.holds().contains(&instance);
        let verbs: Vec<Verb> = self.engine().ours().filter(held).map(|op| op.action.verb()).chain([verb]).collect();
        let is_one = instance.kind == Kind::Instance;
        // What would be lost, and how far a save has come.
        let by_snapshots = |v: &Verb| v.subject() == Kind::Snapshot || v.destroys() || v.saves();
        let saves = is_one && verbs.iter().any(by_snapshots);
        let firewalls = verbs.iter().any(|v| v.other() == Some(Kind::Firewall));
        let quota = verb.saves();
        let wanted = |a: &AccountState| {
            let policy = &a.account.policy;
            let of = saves.then(|| policy.snapshots_of(&instance.id));
            let quota = (quota && policy.supports(&ListKey::Quota)).then_some(ListKey::Quota);
            let by_volumes = saves || verb.subject() == Kind::Snapshot;
            let volumes = (by_volumes && policy.supports(&ListKey::Volumes)).then_some(ListKey::Volumes);
            let plans = (verb.other() == Some(Kind::Plan)).then_some(ListKey::Plans(None));
            let firewalls = firewalls.then_some(ListKey::Firewalls);
            of.into_iter().chain(volumes).chain(quota).chain(firewalls).chain(plans).collect()
        };
        self.read(&of_account(&instance.account, wanted)).await.map_err(SessionError::Interrupted)
    }

    /// Whether a verb is possible on this now.
    ///
    /// # Errors
    /// Why it is not.
    pub fn is_possible(&self, verb: Verb, target: &Target) -> Result<(), SessionError> {
        let Some(account) = self.engine().account(target.account()) else { return Ok(()) };
        let (inventory, policy) = (&account.inventory, &account.account.policy);
        let resource = inventory.find(target.resource.kind, target.id());
        let possible = resource.map(|resource| policy.possible(verb, resource, inventory));
        let why = match possible {
            Some(Possible::Yes) => return Ok(()),
            Some(Possible::No(why)) => why,
            Some(Possible::Never) | None => never(),
        };
        let (name, resource) = (target.name.clone(), &target.resource);
        // What is under way may change what is shown.
        let held = std::slice::from_ref(resource);
        let hindrance = engine::hindrance(self.engine(), verb, target.account(), &[(resource, &name)], held);
        if let Some(why) = hindrance {
            return Err(SessionError::Refused { name, why });
        }
        Err(if verb.leads_to(target.status) {
            SessionError::Already { name, why }
        } else {
            SessionError::Refused { name, why }
        })
    }
}
