//! What the footer offers, what it tells and for how long.

use crate::app::available::is_offered;
use crate::app::layers::form::Forms;
use crate::app::layers::layer::MenuChoice;
use crate::app::tables::commands::Command;
use crate::app::tests::desk::{Desk, START};
use crate::app::{AppEffect, account_health};
use crate::domain::{Account, AccountName, Fault, Limit, ListKey, Safety, SecretOrigin, Verb, text};
use crate::engine;

fn why_not(desk: &Desk, verb: Verb) -> Option<String> {
    let is = |pick: &MenuChoice| matches!(pick, MenuChoice::Command(Command::Do(v)) if *v == verb);
    let entry = desk.menu().entries.iter().find(|e| is(&e.pick)).expect("an entry");
    entry.why_not.as_ref().map(|why| desk.app.words.say(why))
}

#[test]
fn what_a_read_only_account_refuses_is_not_offered_and_says_why() {
    let mut desk = Desk::new();
    desk.account("lab", true, None);
    for verb in [Verb::Stop, Verb::Reboot, Verb::TakeSnapshot, Verb::Restore, Verb::Destroy] {
        assert!(!is_offered(&desk.app, Command::Do(verb)), "{verb:?}");
    }
    desk.keys("a");
    for verb in [Verb::Stop, Verb::Start, Verb::TakeSnapshot, Verb::Restore, Verb::Destroy, Verb::CreateInstance] {
        assert_eq!(why_not(&desk, verb).as_deref(), Some("lab is read-only"), "{verb:?}");
    }
}

#[test]
fn what_an_operation_holds_back_is_not_offered_and_says_why() {
    let mut desk = Desk::new();
    assert!(is_offered(&desk.app, Command::Do(Verb::TakeSnapshot)));
    desk.keys("xy");
    for verb in [Verb::Start, Verb::Stop, Verb::Reboot, Verb::TakeSnapshot] {
        assert!(!is_offered(&desk.app, Command::Do(verb)), "{verb:?}");
    }
    desk.keys("s");
    assert_eq!(desk.told(), "start db: stop db is still under way", "not that it runs");
    desk.keys("a");
    assert_eq!(why_not(&desk, Verb::TakeSnapshot).as_deref(), Some("stop db is still under way"));
    desk.keys("<esc>j");
    assert!(is_offered(&desk.app, Command::Do(Verb::TakeSnapshot)), "another is free");
}

#[test]
fn why_nothing_can_be_made_names_the_accounts_that_it_is_about() {
    let mut desk = Desk::new();
    desk.account("lab", true, None);
    desk.account("other", true, None);
    desk.account("third", false, None);
    let refused = Fault::WrongCredentials { said: None };
    desk.read("third", ListKey::Instances, Err(refused));
    desk.keys("c");
    assert_eq!(desk.told(), "lab, other are read-only; third: password refused");
}

#[test]
fn what_a_dialog_said_goes_with_the_next_key_and_with_the_dialog() {
    let mut desk = Desk::new();
    let emptied = "te<ctrl-u><enter>y";
    desk.keys(emptied);
    assert_eq!(desk.told(), "it needs a name");
    desk.keys("<esc>");
    assert_eq!(desk.told(), "");
    desk.keys(emptied);
    assert_eq!(desk.told(), "it needs a name");
    desk.keys("e");
    assert!(desk.told().is_empty() && desk.has_dialog(), "it is being mended");
}

#[test]
fn a_message_goes_by_itself_and_the_wish_to_be_woken_says_when() {
    let mut desk = Desk::new();
    desk.keys("s");
    assert!(desk.told().contains("why-not.runs"), "{}", desk.told());
    desk.keys("j");
    assert!(!desk.told().is_empty(), "beside the keys it stands for a while");
    for _ in 0..40 {
        let Some(wake) = desk.wake.filter(|_| !desk.told().is_empty()) else { break };
        desk.wait(wake.since(desk.now.tick).as_millis().try_into().unwrap());
    }
    assert!(desk.told().is_empty());
    assert!(desk.now.wall.since(START).as_secs() < 20);
}

fn demo() -> Desk {
    let mut desk = Desk::bare(Safety::default(), true, Forms::default());
    desk.app = crate::app::App::new(crate::app::Start {
        engine: crate::engine::Engine::new("p1".into(), Safety::default(), crate::domain::Poll::default()),
        keymap: desk.app.keymap.clone(),
        words: desk.app.words.clone(),
        size: (120, 36),
        pane: crate::app::tables::pane::Pane::Instances,
        filter: None,
        demo: true,
        configured: true,
        forms: Forms::default(),
        now: desk.now,
    });
    desk.account("lab", false, None);
    desk.fleet(&["db", "web-1"]);
    desk
}

#[test]
fn tips_go_when_they_are_followed_or_have_stood_for_a_while_and_never_come_back() {
    let mut desk = demo();
    let mut seen = vec![desk.app.tip()];
    assert_eq!(seen[0], Some(text::tip::MOVE));
    desk.keys("j");
    assert_eq!(desk.app.tip(), Some(text::tip::STOP));
    while desk.app.tip().is_some() {
        assert!(!seen.contains(&desk.app.tip()), "{:?}", desk.app.tip());
        seen.push(desk.app.tip());
        desk.wait(30_000);
    }
    assert_eq!(seen.len(), 8);
    desk.keys("jk?<esc>");
    desk.wait(60_000);
    assert_eq!(desk.app.tip(), None);
}

#[test]
fn esc_switches_tips_off_where_there_is_nothing_to_go_back_from() {
    let mut desk = demo();
    desk.keys("?<esc>");
    assert!(desk.app.tip().is_some(), "it closed something");
    desk.keys("<esc>");
    assert_eq!(desk.app.tip(), None);
}

fn changed(desk: &Desk, change: impl Fn(&mut Account)) -> Account {
    let mut account = desk.app.engine.account(&AccountName::new("lab")).expect("the account").account.clone();
    change(&mut account);
    account
}

#[test]
fn what_things_usually_take_is_told_in_the_time_of_a_world_that_runs_faster() {
    let usual = |desk: &mut Desk| {
        desk.keys("x");
        let usual = desk.proposal().steps[0].1.expect("a time").median.as_secs();
        desk.keys("<esc>");
        usual
    };
    let mut desk = Desk::new();
    assert_eq!(usual(&mut desk), 30);
    let account = changed(&desk, |account| account.speed = 6.0);
    desk.engine(crate::engine::Msg::AccountAdded(account));
    assert_eq!(usual(&mut desk), 5);
}

#[test]
fn advice_names_the_account_and_fits_where_its_secret_comes_from() {
    use SecretOrigin::{Cloud, Demo, Keyring, Program, Variable};
    let desk = Desk::new();
    let told = |fault: &Fault, secret: SecretOrigin| {
        let account = changed(&desk, |account| account.secret = secret.clone());
        desk.app.words.say(&fault.advice(&account.name, &account.secret))
    };
    let wrong = Fault::WrongCredentials { said: None };
    let none = Fault::NoSecret { said: "".into() };
    for fault in [&wrong, &none] {
        assert!(told(fault, Keyring).contains("vpsdeck account add lab --replace"));
        let elsewhere = [
            (Variable("LAB_SECRET".to_owned()), "LAB_SECRET"),
            (Program("pass".to_owned()), "pass"),
            (Cloud("home".to_owned()), "home"),
        ];
        for (secret, named) in elsewhere {
            let advice = told(fault, secret);
            assert!(advice.contains(named) && !advice.contains("account add"), "{advice}");
        }
        assert!(!told(fault, Demo).contains("account add"));
    }
}

#[test]
fn a_list_that_waits_for_the_budget_says_until_when() {
    let mut desk = Desk::bare(Safety::default(), true, Forms::default());
    desk.account("lab", false, Some(Limit { per_minute: 1, spacing_ms: 0 }));
    let waits = |desk: &Desk| {
        let account = desk.app.engine.account(&AccountName::new("lab")).expect("the account");
        account_health::waits(&desk.app, account, &ListKey::Instances).map(|phrase| desk.app.words.say(&phrase))
    };
    assert_eq!(waits(&desk), None, "it logs in");
    desk.wait(14_000);
    desk.spend();
    assert_eq!(waits(&desk).as_deref(), Some("lab: waits for the request budget until 08:01:21"));
    // The moment it names stands still, and then it is read.
    desk.wait(30_000);
    assert_eq!(waits(&desk).as_deref(), Some("lab: waits for the request budget until 08:01:21"));
    desk.wait(31_000);
    assert_eq!(waits(&desk), None);
    let reads = |e: &AppEffect| matches!(e, AppEffect::Engine(engine::Effect::Read { list: ListKey::Instances, .. }));
    assert!(desk.effects.iter().any(reads));
}
