//! From a command about a firewall to the one action that it is.

use crate::cli::change::Run;
use crate::cli::firewall::args::{FirewallCommand, FirewallCreateArgs, MachineArgs, OnArgs, RulesArgs};
use crate::cli::firewall::file;
use crate::cli::firewall::known::{FirewallDetails, known, made_of};
use crate::domain::rule_edit::{self, RuleForm};
use crate::domain::{
    AccountName, Action, Kind, ListKey, Phrase, Possible, Resource, ResourceId, Rule, Target, Verb, text,
};
use crate::session::error::SessionError;
use crate::session::preview::Preview;
use crate::session::read::of_account;
use crate::session::run::Session;
use crate::session::target::TargetName;
use crate::settings::Environment;

pub(super) async fn plan(
    command: &FirewallCommand,
    session: &mut Session,
    run: &Run<'_>,
    env: &Environment,
) -> Result<Preview, SessionError> {
    let action = match command {
        // What is no change, and what has its own way, never comes here.
        FirewallCommand::List { .. }
        | FirewallCommand::Show(_)
        | FirewallCommand::Allow(_)
        | FirewallCommand::Follow(_) => return Err(SessionError::Usage(Phrase::new(text::why_not::NEVER))),
        FirewallCommand::Create(args) => create(args, session, run).await?,
        FirewallCommand::Edit(args) => {
            let known = known(session, &args.target, Some(Verb::UpdateFirewall)).await?;
            let file = match &args.file {
                Some(path) => file::read(path, &known.form, &known.groups, &known.rules, run)?,
                None => file::edited(&known, session, run, env).await?,
            };
            let name = file.name.unwrap_or_else(|| known.firewall.name.clone());
            updated(session, &known, &name, &file.rules, &args.machines).await?
        }
        FirewallCommand::AddRule(args) => add_rules(args, session).await?,
        FirewallCommand::RemoveRule(args) => remove_rules(args, session).await?,
        FirewallCommand::Rename(args) => {
            let known = known(session, &args.target, Some(Verb::UpdateFirewall)).await?;
            updated(session, &known, &args.name, &known.rules, &args.machines).await?
        }
        FirewallCommand::Assign(args) => attachment(args, session, Verb::AssignFirewall).await?,
        FirewallCommand::Detach(args) => attachment(args, session, Verb::DetachFirewall).await?,
        FirewallCommand::Delete(args) => {
            let firewall = session.find_typed(Kind::Firewall, &args.target).await?;
            read_lists(session, &firewall.account().clone()).await?;
            session.is_possible(Verb::DeleteFirewall, &firewall)?;
            Action::DeleteFirewall { firewall }
        }
    };
    session.plan_prepared(action).await
}

async fn create(args: &FirewallCreateArgs, session: &mut Session, run: &Run<'_>) -> Result<Action, SessionError> {
    let account = account_for(session, &args.name)?;
    let named = session.named(&args.name);
    let name = if named.account.is_some() { named.what } else { args.name.clone() };
    read_lists(session, &account).await?;
    is_possible(session, &account, Verb::CreateFirewall)?;
    let (form, groups) = made_of(session, &account);
    let mut rules = match &args.file {
        Some(path) => file::read(path, &form, &groups, &[], run)?.rules,
        None => Vec::new(),
    };
    rules.extend(parsed(&args.rules, &form, &groups)?);
    if let Some(what) = rule_edit::name_mistake(&name, &form) {
        return Err(SessionError::Usage(what));
    }
    let instances = machines(session, &account, &args.machines).await?;
    let taken = session.engine().account(&account).map(|a| a.account.policy.clone());
    let as_taken = |rule: &Rule| taken.as_ref().map_or_else(|| rule.clone(), |t| t.as_taken(rule));
    let rules = rule_edit::sent(&[], &rules, as_taken);
    Ok(Action::CreateFirewall { new: Target::new(&account, Kind::Firewall, name.trim()), rules, instances })
}

async fn add_rules(args: &RulesArgs, session: &mut Session) -> Result<Action, SessionError> {
    let known = known(session, &args.target, Some(Verb::UpdateFirewall)).await?;
    let mut rules = known.rules.clone();
    let (there, new): (Vec<Rule>, Vec<Rule>) =
        parsed(&args.rules, &known.form, &known.groups)?.into_iter().partition(|rule| rule_edit::has(&rules, rule));
    if let (Some(rule), []) = (there.first(), new.as_slice()) {
        let why = text::cli_firewall::there(rule_edit::write_line(rule));
        return Err(SessionError::Already { name: known.firewall.name, why });
    }
    rules.extend(new);
    updated(session, &known, &known.firewall.name, &rules, &args.machines).await
}

async fn remove_rules(args: &RulesArgs, session: &mut Session) -> Result<Action, SessionError> {
    let known = known(session, &args.target, Some(Verb::UpdateFirewall)).await?;
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
                let why = text::cli_firewall::not_there(rule_edit::write_line(&rule));
                return Err(SessionError::Refused { name: known.firewall.name, why });
            }
        }
    }
    updated(session, &known, &known.firewall.name, &rules, &args.machines).await
}

async fn attachment(args: &OnArgs, session: &mut Session, verb: Verb) -> Result<Action, SessionError> {
    let firewall = session.find_typed(Kind::Firewall, &args.target).await?;
    let instance = instance(session, firewall.account(), &args.instance).await?;
    session.is_possible(verb, &instance)?;
    Action::plain(verb, instance, Some(&firewall)).ok_or_else(|| SessionError::Usage(Phrase::new(text::why_not::NEVER)))
}

/// The account of a new firewall: the one before the slash, else the only one.
fn account_for(session: &Session, typed: &str) -> Result<AccountName, SessionError> {
    if let Some(account) = session.named(typed).account {
        return Ok(account);
    }
    match session.engine().accounts() {
        [one] => Ok(one.account.name.clone()),
        several => {
            let names: Vec<&str> = several.iter().map(|a| a.account.name.as_str()).collect();
            Err(SessionError::Usage(text::cli_firewall::which_account(names.join(", "))))
        }
    }
}

async fn read_lists(session: &mut Session, account: &AccountName) -> Result<(), SessionError> {
    session.need(&of_account(account, |_| vec![ListKey::Firewalls, ListKey::Instances])).await
}

fn parsed(texts: &[String], form: &RuleForm, groups: &[(ResourceId, String)]) -> Result<Vec<Rule>, SessionError> {
    let one = |text: &String| {
        let wrong = |what: Phrase| SessionError::Usage(text::cli_firewall::rule(text.as_str(), what));
        let typed = rule_edit::parse_line(text).map_err(wrong)?;
        typed.check(form, groups).map_err(|mistake| wrong(mistake.what))
    };
    texts.iter().map(one).collect()
}

async fn updated(
    session: &mut Session,
    known: &FirewallDetails,
    name: &str,
    rules: &[Rule],
    machines_named: &MachineArgs,
) -> Result<Action, SessionError> {
    let name = name.trim();
    if let Some(what) = rule_edit::name_mistake(name, &known.form) {
        return Err(SessionError::Usage(what));
    }
    let account = known.firewall.account().clone();
    let named = machines(session, &account, machines_named).await?;
    if !named.is_empty() && !known.form.names_instances {
        return Err(SessionError::Usage(Phrase::new(text::cli_firewall::ON_TOLD)));
    }
    if name == known.firewall.name && rule_edit::same_set(&known.rules, rules) && named.is_empty() {
        let why = Phrase::new(text::rules::NOTHING_CHANGED);
        return Err(SessionError::Already { name: known.firewall.name.clone(), why });
    }
    // Those that it was put on from here, and those that are named now.
    let mut on: Vec<ResourceId> =
        session.engine().assigned(&account, known.firewall.id()).into_iter().map(|(id, _)| id).collect();
    let new: Vec<ResourceId> = named.iter().map(|t| t.id().clone()).filter(|id| !on.contains(id)).collect();
    on.extend(new);
    let action = session.engine().rules_changed(&known.firewall, name, rules, Some(on));
    action.ok_or_else(|| SessionError::NotFound(known.firewall.name.clone()))
}

/// The machines that are named, each once.
async fn machines(
    session: &mut Session,
    account: &AccountName,
    args: &MachineArgs,
) -> Result<Vec<Target>, SessionError> {
    let mut all: Vec<Target> = Vec::new();
    for typed in &args.on {
        let target = instance(session, account, typed).await?;
        if !all.contains(&target) {
            all.push(target);
        }
    }
    Ok(all)
}

async fn instance(session: &mut Session, account: &AccountName, typed: &str) -> Result<Target, SessionError> {
    let named = session.named(typed);
    if named.account.as_ref().is_some_and(|other| other != account) {
        return Err(SessionError::NotFound(typed.to_owned()));
    }
    session.find(Kind::Instance, &TargetName { account: Some(account.clone()), ..named }).await
}

fn is_possible(session: &Session, account: &AccountName, verb: Verb) -> Result<(), SessionError> {
    let Some(account) = session.engine().account(account) else { return Ok(()) };
    let why = match account.account.policy.possible(verb, Resource::Account, &account.inventory) {
        Possible::Yes => return Ok(()),
        Possible::No(why) => why,
        Possible::Never => Phrase::new(text::why_not::NEVER),
    };
    Err(SessionError::Refused { name: account.account.name.to_string(), why })
}
