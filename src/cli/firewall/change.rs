//! From a command about a firewall to the one action that it is.

use super::super::verb::Run;
use super::args::{FirewallCommand, MachineArgs};
use super::file;
use crate::domain::rule_edit::{self, RuleForm};
use crate::domain::{AccountName, Action, Kind, ListKey, On, Phrase, Possible, ResourceId, Rule, Target, Verb};
use crate::engine::AccountState;
use crate::runtime::session::Session;
use crate::runtime::target::Named;
use crate::runtime::verb::{Plan, Trouble};
use crate::settings::Environment;

/// What a firewall has, as it was read just now.
pub(super) struct Known {
    pub(super) firewall: Target,
    pub(super) form: RuleForm,
    pub(super) groups: Vec<(ResourceId, String)>,
    pub(super) rules: Vec<Rule>,
}

pub(super) async fn plan(
    command: &FirewallCommand,
    session: &mut Session,
    run: &Run<'_>,
    env: &Environment,
) -> Result<Plan, Trouble> {
    let usage = |phrase| Trouble::Usage(phrase);
    let action = match command {
        // What is no change, and what has its own way, never comes here.
        FirewallCommand::List { .. }
        | FirewallCommand::Show(_)
        | FirewallCommand::Allow(_)
        | FirewallCommand::Follow(_) => return Err(usage(Phrase::new("why-not.never"))),
        FirewallCommand::Create(args) => {
            let account = account_for(session, &args.name)?;
            let named = session.named(&args.name);
            let name = if named.account.is_some() { named.what } else { args.name.clone() };
            read_lists(session, &account).await?;
            is_possible(session, &account, Verb::CreateFirewall, None)?;
            let (form, groups) = made_of(session, &account);
            let (mut called, mut rules) = (name, Vec::new());
            if let Some(path) = &args.file {
                let file = file::read(path, &form, &groups, &[], run)?;
                rules = file.rules;
            }
            rules.extend(parsed(&args.rules, &form, &groups)?);
            if let Some(what) = rule_edit::name_mistake(&called, &form) {
                return Err(usage(what));
            }
            called = called.trim().to_owned();
            let instances = machines(session, &account, &args.machines).await?;
            let taken = session.engine().account(&account).map(|a| a.account.rules.clone());
            let as_taken = |rule: &Rule| taken.as_ref().map_or_else(|| rule.clone(), |t| t.as_taken(rule));
            let rules = rule_edit::sent(&[], &rules, as_taken);
            Action::CreateFirewall { new: Target::new(&account, Kind::Firewall, &called), rules, instances }
        }
        FirewallCommand::Edit(args) => {
            let known = known(session, &args.target, Verb::UpdateFirewall).await?;
            let file = match &args.file {
                Some(path) => file::read(path, &known.form, &known.groups, &known.rules, run)?,
                None => file::edited(&known, session, run, env).await?,
            };
            let name = file.name.unwrap_or_else(|| known.firewall.name.clone());
            updated(session, &known, &name, &file.rules, &args.machines).await?
        }
        FirewallCommand::AddRule(args) => {
            let known = known(session, &args.target, Verb::UpdateFirewall).await?;
            let mut rules = known.rules.clone();
            let (there, new): (Vec<Rule>, Vec<Rule>) = parsed(&args.rules, &known.form, &known.groups)?
                .into_iter()
                .partition(|rule| rules.iter().any(|other| rule_edit::means_same(other, rule)));
            if let (Some(rule), []) = (there.first(), new.as_slice()) {
                let why = Phrase::new("cli.firewall.there").with("rule", rule_edit::write_line(rule));
                return Err(Trouble::Already { name: known.firewall.name, why });
            }
            rules.extend(new);
            updated(session, &known, &known.firewall.name, &rules, &args.machines).await?
        }
        FirewallCommand::RemoveRule(args) => {
            let known = known(session, &args.target, Verb::UpdateFirewall).await?;
            let mut rules = known.rules.clone();
            for text in &args.rules {
                let before = rules.len();
                // As it is shown, where it is one that cannot be made here.
                rules.retain(|other| rule_edit::write_line(other) != text.trim());
                if rules.len() < before {
                    continue;
                }
                for rule in parsed(std::slice::from_ref(text), &known.form, &known.groups)? {
                    rules.retain(|other| !rule_edit::means_same(other, &rule));
                    if rules.len() == before {
                        let said = Phrase::new("cli.firewall.not-there").with("rule", rule_edit::write_line(&rule));
                        return Err(Trouble::Refused { name: known.firewall.name, why: said });
                    }
                }
            }
            updated(session, &known, &known.firewall.name, &rules, &args.machines).await?
        }
        FirewallCommand::Rename(args) => {
            let known = known(session, &args.target, Verb::UpdateFirewall).await?;
            updated(session, &known, &args.name, &known.rules, &args.machines).await?
        }
        FirewallCommand::Assign(args) | FirewallCommand::Detach(args) => {
            let assigns = matches!(command, FirewallCommand::Assign(_));
            let named = session.named(&args.target);
            let firewall = session.find(Kind::Firewall, &named).await?;
            let instance = instance(session, firewall.account(), &args.instance).await?;
            let verb = if assigns { Verb::AssignFirewall } else { Verb::DetachFirewall };
            session.is_possible(verb, &instance)?;
            if assigns {
                Action::AssignFirewall { firewall, instance }
            } else {
                Action::DetachFirewall { firewall, instance }
            }
        }
        FirewallCommand::Delete(args) => {
            let named = session.named(&args.target);
            let firewall = session.find(Kind::Firewall, &named).await?;
            read_lists(session, &firewall.account().clone()).await?;
            session.is_possible(Verb::DeleteFirewall, &firewall)?;
            Action::DeleteFirewall { firewall }
        }
    };
    session.plan_given(action).await
}

/// The account of a new firewall: the one before the slash, else the only one.
fn account_for(session: &Session, typed: &str) -> Result<AccountName, Trouble> {
    if let Some(account) = session.named(typed).account {
        return Ok(account);
    }
    match session.engine().accounts() {
        [one] => Ok(one.account.name.clone()),
        several => {
            let names: Vec<&str> = several.iter().map(|a| a.account.name.as_str()).collect();
            Err(Trouble::Usage(Phrase::new("cli.firewall.which-account").with("names", names.join(", "))))
        }
    }
}

async fn read_lists(session: &mut Session, account: &AccountName) -> Result<(), Trouble> {
    let wanted = |a: &AccountState| {
        if a.account.name == *account { vec![ListKey::Firewalls, ListKey::Instances] } else { Vec::new() }
    };
    session.read(&wanted).await.map_err(Trouble::Broken)?;
    let faults = session.faults(&wanted);
    if faults.is_empty() { Ok(()) } else { Err(Trouble::Faults(faults)) }
}

pub(super) async fn known(session: &mut Session, typed: &str, verb: Verb) -> Result<Known, Trouble> {
    let named = session.named(typed);
    let firewall = session.find(Kind::Firewall, &named).await?;
    let account = firewall.account().clone();
    if verb == Verb::UpdateFirewall {
        session.is_possible(verb, &firewall)?;
    }
    let id = firewall.id().clone();
    let wanted = |a: &AccountState| {
        if a.account.name != account {
            return Vec::new();
        }
        vec![ListKey::Firewalls, ListKey::Rules(id.clone()), ListKey::Instances]
    };
    session.read(&wanted).await.map_err(Trouble::Broken)?;
    let faults = session.faults(&wanted);
    if !faults.is_empty() {
        return Err(Trouble::Faults(faults));
    }
    let (form, groups) = made_of(session, &account);
    let set = session.engine().account(&account).and_then(|a| a.inventory.rules(&id));
    let rules = set.map(|set| set.rules.clone()).unwrap_or_default();
    Ok(Known { firewall, form, groups, rules })
}

fn made_of(session: &Session, account: &AccountName) -> (RuleForm, Vec<(ResourceId, String)>) {
    let Some(account) = session.engine().account(account) else { return Default::default() };
    let groups = account.inventory.firewalls().iter().map(|f| (f.id.clone(), f.name.clone())).collect();
    (account.account.rules.rule_form(), groups)
}

fn parsed(texts: &[String], form: &RuleForm, groups: &[(ResourceId, String)]) -> Result<Vec<Rule>, Trouble> {
    let one = |text: &String| {
        let wrong = |what: Phrase| {
            Trouble::Usage(Phrase::new("cli.firewall.rule").with("text", text.as_str()).with("what", what))
        };
        let typed = rule_edit::parse_line(text).map_err(wrong)?;
        typed.check(form, groups).map_err(|mistake| wrong(mistake.what))
    };
    texts.iter().map(one).collect()
}

async fn updated(
    session: &mut Session,
    known: &Known,
    name: &str,
    rules: &[Rule],
    machines_named: &MachineArgs,
) -> Result<Action, Trouble> {
    let name = name.trim();
    if let Some(what) = rule_edit::name_mistake(name, &known.form) {
        return Err(Trouble::Usage(what));
    }
    let account = known.firewall.account().clone();
    let named = machines(session, &account, machines_named).await?;
    if !named.is_empty() && !known.form.names_instances {
        return Err(Trouble::Usage(Phrase::new("cli.firewall.on-told")));
    }
    if name == known.firewall.name && rule_edit::same_set(&known.rules, rules) && named.is_empty() {
        let why = Phrase::new("rules.nothing-changed");
        return Err(Trouble::Already { name: known.firewall.name.clone(), why });
    }
    // Those that it was put on from here, and those that are named now.
    let mut on: Vec<ResourceId> =
        session.engine().assigned(&account, known.firewall.id()).into_iter().map(|(id, _)| id).collect();
    let new: Vec<ResourceId> = named.iter().map(|t| t.id().clone()).filter(|id| !on.contains(id)).collect();
    on.extend(new);
    let action = session.engine().rules_changed(&known.firewall, name, rules, Some(on));
    action.ok_or_else(|| Trouble::NotFound(known.firewall.name.clone()))
}

/// The machines that are named, each once.
async fn machines(session: &mut Session, account: &AccountName, args: &MachineArgs) -> Result<Vec<Target>, Trouble> {
    let mut all: Vec<Target> = Vec::new();
    for typed in &args.on {
        let target = instance(session, account, typed).await?;
        if !all.contains(&target) {
            all.push(target);
        }
    }
    Ok(all)
}

async fn instance(session: &mut Session, account: &AccountName, typed: &str) -> Result<Target, Trouble> {
    let named = session.named(typed);
    if named.account.as_ref().is_some_and(|other| other != account) {
        return Err(Trouble::NotFound(typed.to_owned()));
    }
    session.find(Kind::Instance, &Named { account: Some(account.clone()), ..named }).await
}

fn is_possible(session: &Session, account: &AccountName, verb: Verb, name: Option<&str>) -> Result<(), Trouble> {
    let Some(account) = session.engine().account(account) else { return Ok(()) };
    let why = match account.account.rules.possible(verb, On::Account, &account.inventory) {
        Possible::Yes => return Ok(()),
        Possible::No(why) => why,
        Possible::Never => Phrase::new("why-not.never"),
    };
    let name = name.unwrap_or(account.account.name.as_str()).to_owned();
    Err(Trouble::Refused { name, why })
}
