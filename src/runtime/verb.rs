//! A verb of the command line: the same dialog that the dashboard opens, without a screen, and the same operation.

use tui_input::Input;

use super::headless::{By, Stands, how, name};
use super::session::{Broken, Session, Told};
use super::target::{Named, the_one};
use crate::domain::rule_edit::Change;
use crate::domain::{
    AccountName, Action, Fault, Kind, ListKey, On, OpId, OpState, Operation, Phrase, Possible, RequestText, Target,
    Verb,
};
use crate::engine::{self, AccountState, Msg};
use crate::proposal::confirm;
use crate::proposal::confirm::{Confirm, Names, Subject, Way};
use crate::words::Clock;

#[derive(Debug, Clone)]
pub struct Wish {
    pub verb: Verb,
    /// What it is done to: an instance, or the snapshot to delete.
    pub target: String,
    pub from: Option<String>,
    pub name: Option<String>,
}

/// Why nothing was done.
#[derive(Debug, Clone, PartialEq)]
pub enum Trouble {
    /// There was no end to wait for.
    Broken(Broken),
    /// These accounts could not be read, and why.
    Faults(Vec<(AccountName, Fault)>),
    /// What was named is not there.
    NotFound(String),
    Ambiguous {
        target: String,
        candidates: Vec<String>,
    },
    Usage(Phrase),
    /// It is so already, and nothing is to be done.
    Already {
        name: String,
        why: Phrase,
    },
    Refused {
        name: String,
        why: Phrase,
    },
}

/// What would be done, and how it is confirmed.
#[derive(Debug)]
pub struct Plan {
    pub(super) confirm: Confirm,
}

#[derive(Debug, Clone, Copy)]
pub enum News<'a> {
    /// How the operation stands, each time that changes.
    Stands { name: &'a str, how: &'a Phrase },
    /// A secret, at once: who waits for the end may never see it.
    Secret(&'a Told),
}

#[derive(Debug)]
pub struct Went {
    pub stands: Stands,
    /// Where nobody waits for its end any more: why.
    pub broken: Option<Broken>,
    pub rests: Option<Fault>,
}

impl Plan {
    pub(super) const fn of(confirm: Confirm) -> Self {
        Self { confirm }
    }

    /// The requests of an order, each with its step, as they will be sent; without any secret.
    #[must_use]
    pub fn requests(&self) -> &[(Phrase, RequestText)] {
        &self.confirm.requests
    }

    #[must_use]
    pub fn action(&self) -> Option<&Action> {
        self.confirm.actions.first()
    }

    /// What it does, costs, interrupts or destroys; the flag says whether it warns.
    #[must_use]
    pub fn facts(&self) -> &[(Phrase, bool)] {
        &self.confirm.facts
    }

    /// What becomes of each rule, where rules are changed.
    #[must_use]
    pub fn changes(&self) -> &[Change] {
        &self.confirm.diff
    }

    pub fn steps(&self) -> impl Iterator<Item = &Phrase> {
        self.confirm.steps.iter().map(|(step, _)| step)
    }

    /// What must be typed, one of these; `None` where a yes is enough.
    #[must_use]
    pub fn typed(&self) -> Option<&[String]> {
        match &self.confirm.way {
            Way::Question => None,
            Way::Typed { accepted, .. } => Some(accepted),
        }
    }
}

impl Session {
    /// Looks at what is there and says what would be done.
    ///
    /// # Errors
    /// Why nothing can be done.
    pub async fn plan(&mut self, wish: &Wish, clock: &Clock) -> Result<Plan, Trouble> {
        let kind = if wish.verb == Verb::DeleteSnapshot { Kind::Snapshot } else { Kind::Instance };
        let named = self.named(&wish.target);
        let target = self.find(kind, &named).await?;
        let subject = match &wish.from {
            Some(from) if wish.verb == Verb::Restore => self.snapshot_of(&target, from).await?,
            _ => self.subject(target),
        };
        self.read_for(wish.verb, &subject).await?;
        self.is_possible(wish.verb, &subject.target)?;
        let now = self.now();
        let names = Names { minute: clock.minute_packed(now.wall), day: clock.day_packed(now.wall) };
        let subjects = std::slice::from_ref(&subject);
        let built = confirm::build(self.engine(), wish.verb, subjects, Vec::new(), 0, &names, &now);
        let mut confirm = built.map_err(|cannot| {
            let (name, why) = cannot.into_iter().next().unwrap_or_else(|| (String::new(), never()));
            Trouble::Refused { name, why }
        })?;
        if let Some(name) = wish.name.as_deref().map(str::trim) {
            if name.is_empty() {
                return Err(Trouble::Usage(Phrase::new("confirm.no-name")));
            }
            confirm.name = Some((Input::new(name.to_owned()), false));
            confirm::rebuild(&mut confirm, self.engine(), &names, &now);
        }
        Ok(Plan { confirm })
    }

    async fn snapshot_of(&mut self, instance: &Target, from: &str) -> Result<Subject, Trouble> {
        let (account, id) = (instance.account().clone(), instance.id().clone());
        let wanted = |a: &AccountState| {
            let here = a.account.name == account;
            if here { vec![a.account.rules.snapshots_of(&id)] } else { Vec::new() }
        };
        self.read(&wanted).await.map_err(Trouble::Broken)?;
        let faults = self.faults(&wanted);
        if !faults.is_empty() {
            return Err(Trouble::Faults(faults));
        }
        let typed = self.named(from);
        if typed.account.as_ref().is_some_and(|other| *other != account) {
            return Err(Trouble::NotFound(typed.typed));
        }
        let named = Named { account: Some(account), ..typed };
        let found = super::target::matches(self.engine(), Kind::Snapshot, &named);
        // Of the same name, that of this instance is meant.
        let (own, others): (Vec<Target>, Vec<Target>) =
            found.into_iter().partition(|s| self.subject(s.clone()).of.is_some_and(|of| of.id() == instance.id()));
        let is_own = !own.is_empty();
        let snapshot = the_one(if is_own { own } else { others }, &named)?;
        let subject = self.subject(snapshot);
        if is_own {
            return Ok(subject);
        }
        // Why it cannot be restored over anything, before that it cannot be over this one.
        self.is_possible(Verb::Restore, &subject.target)?;
        let phrase = Phrase::new("cli.verb.not-of").with("snapshot", subject.target.name.as_str());
        Err(Trouble::Usage(phrase.with("name", instance.name.as_str())))
    }

    fn subject(&self, target: Target) -> Subject {
        let of = (target.resource.kind == Kind::Snapshot)
            .then(|| {
                let inventory = &self.engine().account(target.account())?.inventory;
                let instance = inventory.instance(inventory.snapshot(target.id())?.of.as_ref()?)?;
                let resource = crate::domain::ResourceRef::new(target.account(), Kind::Instance, &instance.id);
                Some(Target { resource, name: instance.name.clone(), status: instance.status.kind() })
            })
            .flatten();
        Subject { target, of }
    }

    /// What the facts of a dialog need, and what shows whether an earlier command is over that did not wait. What cannot
    /// be read is not known, and the facts say so.
    async fn read_for(&mut self, verb: Verb, subject: &Subject) -> Result<(), Trouble> {
        let instance = subject.of.as_ref().unwrap_or(&subject.target).resource.clone();
        let held = |op: &&Operation| !op.is_over() && op.action.holds().contains(&instance);
        let verbs: Vec<Verb> = self.engine().ours().filter(held).map(|op| op.action.verb()).chain([verb]).collect();
        let is_one = instance.kind == Kind::Instance;
        let saves = is_one && verbs.iter().any(|v| v.subject() == Kind::Snapshot || is_told_by_snapshots(*v));
        let firewalls = verbs.iter().any(|v| matches!(v, Verb::AssignFirewall | Verb::DetachFirewall));
        let quota = verb == Verb::TakeSnapshot;
        let wanted = |a: &AccountState| {
            if a.account.name != instance.account {
                return Vec::new();
            }
            let rules = &a.account.rules;
            let of = saves.then(|| rules.snapshots_of(&instance.id));
            let quota = (quota && rules.has(&ListKey::Quota)).then_some(ListKey::Quota);
            of.into_iter().chain(quota).chain(firewalls.then_some(ListKey::Firewalls)).collect()
        };
        self.read(&wanted).await.map_err(Trouble::Broken)
    }

    /// Whether a verb is possible on this now.
    ///
    /// # Errors
    /// Why it is not.
    pub fn is_possible(&self, verb: Verb, target: &Target) -> Result<(), Trouble> {
        let Some(account) = self.engine().account(target.account()) else { return Ok(()) };
        let (inventory, rules) = (&account.inventory, &account.account.rules);
        let possible = match target.resource.kind {
            Kind::Snapshot => inventory.snapshot(target.id()).map(|s| rules.possible(verb, On::Snapshot(s), inventory)),
            Kind::Firewall => inventory.firewall(target.id()).map(|f| rules.possible(verb, On::Firewall(f), inventory)),
            _ => inventory.instance(target.id()).map(|i| rules.possible(verb, On::Instance(i), inventory)),
        };
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
            return Err(Trouble::Refused { name, why });
        }
        Err(if verb.leads_to(target.status) { Trouble::Already { name, why } } else { Trouble::Refused { name, why } })
    }

    /// Does it. `tell` gets what there is to say meanwhile.
    ///
    /// # Errors
    /// It is refused here: something else began meanwhile.
    pub async fn carry_out(
        &mut self,
        plan: &Plan,
        wait: bool,
        tell: &mut (dyn FnMut(News<'_>) + Send),
    ) -> Result<Went, Trouble> {
        self.look_round();
        let known: Vec<OpId> = self.engine().operations().iter().map(|op| op.id.clone()).collect();
        self.refused = None;
        let actions = plan.confirm.actions.clone();
        // A person who was asked took their time.
        self.take(if self.was_asked { Msg::Ask(actions) } else { Msg::AskShown(actions) });
        let Some(id) = self.engine().operations().iter().map(|op| &op.id).find(|id| !known.contains(id)).cloned()
        else {
            let name = plan.action().map(|action| action.subject().name.clone()).unwrap_or_default();
            return Err(Trouble::Refused { name, why: self.refused.take().unwrap_or_else(never) });
        };
        self.follow(&id, wait, tell).await
    }

    /// Goes on with an operation until there is nothing more to wait for.
    ///
    /// # Errors
    /// There is no such operation.
    pub async fn follow(
        &mut self,
        id: &OpId,
        wait: bool,
        tell: &mut (dyn FnMut(News<'_>) + Send),
    ) -> Result<Went, Trouble> {
        let (mut told, mut secrets) = (None, self.secrets.len());
        let broken = loop {
            self.secrets[secrets..].iter().for_each(|secret| tell(News::Secret(secret)));
            secrets = self.secrets.len();
            let Some(op) = self.engine().operation(id) else { break None };
            let now = how(op);
            if told.as_ref() != Some(&now) {
                tell(News::Stands { name: &name(op), how: &now });
                told = Some(now);
            }
            if is_over(op, wait) || self.rests(op).is_some() {
                break None;
            }
            if let Err(broken) = self.turn().await {
                break Some(broken);
            }
        };
        self.flush();
        let stands = self.stands(id).ok_or_else(|| Trouble::NotFound(id.to_string()))?;
        Ok(Went { rests: self.rests(&stands.operation), stands, broken })
    }

    /// How an operation stands once this command ends: nobody carries on what it carried on.
    #[must_use]
    pub fn stands(&self, id: &OpId) -> Option<Stands> {
        let op = self.engine().operation(id)?;
        let by = if self.engine().is_ours(op) { By::Nobody } else { By::Another };
        Some(Stands::of(op, by, self.engine()))
    }

    fn rests(&self, op: &Operation) -> Option<Fault> {
        let account = self.engine().account(&op.account).filter(|a| a.rests() && !op.is_over())?;
        account.fault().cloned()
    }
}

/// Whether there is nothing more to wait for: without `wait`, once the last request is answered.
fn is_over(op: &Operation, wait: bool) -> bool {
    match op.state {
        OpState::Ended(_) | OpState::Halted(_) => true,
        OpState::Sending | OpState::OutcomeUnknown => false,
        _ => !wait && op.sent_any && !op.has_calls_ahead(),
    }
}

/// Whether the snapshots of an instance tell what a verb would lose, or how far it has come.
const fn is_told_by_snapshots(verb: Verb) -> bool {
    matches!(verb, Verb::Destroy | Verb::TakeSnapshot | Verb::Park)
}

pub(super) const fn never() -> Phrase {
    Phrase::new("why-not.never")
}
