//! `protect` and `unprotect`: what no changing command touches, in whatever process.

use super::args::{Global, ProtectArgs, Protectable};
use super::list::{open, stopped, tell, tell_cuts};
use super::{exit, local_words, print, prompt, refuse};
use crate::domain::{Kind, Phrase};
use crate::engine::{AccountState, ProtectedBy};
use crate::runtime::target::{Named, candidate, lists_of, matches};
use crate::settings::Environment;

/// The kinds of what can be protected, in the order in which a name is looked for.
const KINDS: [Kind; 4] = [Kind::Instance, Kind::Snapshot, Kind::Firewall, Kind::Key];

/// `unprotect`: whether the question is answered; `None` protects.
pub(super) async fn run(args: &ProtectArgs, unprotect: Option<bool>, env: &Environment, global: &Global) -> u8 {
    let words = local_words();
    let say = |phrase: &Phrase| print::note(&format!("vpsdeck: {}", words.say(phrase)));
    let mut session = match open(None, env, global) {
        Ok(session) => session,
        Err(code) => return code,
    };
    let named = session.named(&args.target);
    let mut found = Vec::new();
    for kind in kinds(args.kind) {
        let wanted = |a: &AccountState| {
            let lists = if is_in(&named, a) { lists_of(kind, a) } else { Vec::new() };
            lists.into_iter().filter(|list| a.account.rules.has(list)).collect()
        };
        if let Err(broken) = session.read(&wanted).await {
            return stopped(broken, &words);
        }
        found = matches(session.engine(), kind, &named);
        // That there is no other of the name is known only where all was read.
        let faults = session.faults(&wanted);
        if !faults.is_empty() && found.len() < 2 {
            return tell(&faults, &words);
        }
        if !found.is_empty() {
            break;
        }
        tell_cuts(&session.cuts(&wanted), &words);
    }
    let target = match found.as_slice() {
        [one] => one.clone(),
        [] => return refuse(&words.say(&Phrase::new("cli.find.none").with("target", args.target.as_str()))),
        several => {
            let candidates: Vec<String> = several.iter().map(candidate).collect();
            let phrase = Phrase::new("cli.watch.ambiguous").with("target", args.target.as_str());
            return refuse(&words.say(&phrase.with("candidates", candidates.join(", "))));
        }
    };
    let phrase = |key| {
        let kind = serde_json::to_value(target.resource.kind).unwrap_or_default();
        let kind = kind.as_str().unwrap_or_default().to_owned();
        let phrase = Phrase::new(key).with("kind", kind).with("name", target.name.as_str());
        phrase.with("account", target.account().as_str())
    };
    let by = session.engine().protected(&target.resource, &target.name);
    match (unprotect, by) {
        (None, Some(_)) => {
            print::out(&words.say(&phrase("cli.protect.is")));
            return exit::DONE;
        }
        (Some(_), None) => {
            print::out(&words.say(&phrase("cli.protect.is-not")));
            return exit::DONE;
        }
        (Some(_), Some(ProtectedBy::Configuration)) => {
            say(&phrase("cli.protect.configured").with("file", env.config.display().to_string()));
            return exit::REFUSED_HERE;
        }
        (Some(false), Some(ProtectedBy::Person)) => {
            let question = words.say(&phrase("cli.ask.unprotect"));
            let answer =
                if prompt::is_possible() { session.ask(move || prompt::yes(&question)).await } else { Ok(false) };
            match answer {
                Ok(true) => {}
                Ok(false) => {
                    say(&phrase("cli.protect.unconfirmed"));
                    return exit::REFUSED_HERE;
                }
                Err(broken) => return stopped(broken, &words),
            }
        }
        _ => {}
    }
    if let Err(said) = session.protect(&target, unprotect.is_none()) {
        say(&Phrase::new("cli.protect.not-kept").with("said", said));
        return exit::FAILED;
    }
    print::out(&words.say(&phrase(if unprotect.is_none() { "cli.protect.on" } else { "cli.protect.off" })));
    exit::DONE
}

fn kinds(wanted: Option<Protectable>) -> Vec<Kind> {
    match wanted {
        None => KINDS.to_vec(),
        Some(Protectable::Instance) => vec![Kind::Instance],
        Some(Protectable::Snapshot) => vec![Kind::Snapshot],
        Some(Protectable::Firewall) => vec![Kind::Firewall],
        Some(Protectable::Key) => vec![Kind::Key],
    }
}

fn is_in(named: &Named, account: &AccountState) -> bool {
    named.account.as_ref().is_none_or(|name| *name == account.account.name)
}
