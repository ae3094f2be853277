//! Commands of one's own, ssh, and what watchdogs offer.

use std::time::Duration;

use rstest::rstest;

use crate::app::layers::layer::{Layer, MenuKind};
use crate::app::panes::details;
use crate::app::tables::commands::Keymap;
use crate::app::tables::pane::Pane;
use crate::app::tests::desk::{Desk, instance};
use crate::app::{AppEffect, AppMsg, ExternalExit, ExternalProgram};
use crate::domain::{Address, Fault, InstanceStatus, OwnCommand, Probe, Then, Watchdog, text};
use crate::engine;
use crate::words::english;

fn own(run: &[&str], panes: &[&str]) -> OwnCommand {
    let texts = |all: &[&str]| all.iter().map(|text| (*text).to_owned()).collect();
    OwnCommand {
        line: 1,
        key: Some("f5".to_owned()),
        name: "mine".to_owned(),
        run: texts(run),
        confirm: false,
        panes: texts(panes),
    }
}

fn ran(desk: &Desk) -> Vec<Vec<String>> {
    let program = |effect: &AppEffect| match effect {
        AppEffect::HandOver(ExternalProgram::Run { program }) => Some(program.clone()),
        _ => None,
    };
    desk.effects.iter().filter_map(program).collect()
}

fn with(command: OwnCommand, name: &str, addresses: &[&str]) -> Desk {
    let mut desk = Desk::new();
    desk.app.keymap = desk.app.keymap.clone().with_own(&[command]).unwrap();
    let mut machine = instance("id-1", name, InstanceStatus::Running);
    machine.addresses = addresses.iter().map(|text| Address { text: (*text).to_owned(), network: None }).collect();
    desk.replace(vec![machine]);
    desk
}

#[rstest]
#[case(&["ping", "{address}", "-n{name}", "{account}/{id}"], "web", Ok("ping 203.0.113.7 -nweb lab/id-1"))]
#[case(&["ping", "{ipv6}"], "web", Ok("ping 2001:db8::7"))]
#[case(&["x", "{user}", "{port}"], "web", Ok("x root 22"))]
#[case(&["x", "{key}"], "web", Err("no key is set in [ssh] for web"))]
// A name is what others chose: it never becomes an option, nor does it reach a terminal as it is.
#[case(&["rm", "{name}"], "-rf", Err("name is -rf"))]
#[case(&["rm", "./{name}"], "-rf", Ok("rm ./-rf"))]
#[case(&["echo", "{name}"], "a\u{1b}[2J", Err("no program is given that"))]
#[case(&["echo", "{name}"], "$(reboot); x", Ok("echo $(reboot); x"))]
fn each_argument_is_one_whatever_a_value_holds(
    #[case] run: &[&str],
    #[case] name: &str,
    #[case] wanted: Result<&str, &str>,
) {
    let mut desk = with(own(run, &[]), name, &["203.0.113.7", "2001:db8::7"]);
    desk.keys("<f5>");
    match wanted {
        Ok(line) => {
            let ran = ran(&desk);
            assert_eq!((ran[0].len(), ran[0].join(" ").as_str()), (run.len(), line));
        }
        Err(why) => assert!(ran(&desk).is_empty() && desk.told().contains(why), "{}", desk.told()),
    }
}

#[test]
fn one_works_only_in_its_panes_and_a_key_may_mean_another_elsewhere() {
    let mut desk = with(own(&["x", "{name}"], &["snapshots"]), "web", &["203.0.113.7"]);
    desk.keys("<f5>");
    assert!(ran(&desk).is_empty());
    let other = |panes| OwnCommand { line: 9, name: "yours".to_owned(), ..own(&["y"], panes) };
    let keymap = |own: [OwnCommand; 2]| Keymap::new([]).unwrap().with_own(&own);
    assert!(keymap([own(&["x"], &["snapshots"]), other(&["images"])]).is_ok());
    let mistake = keymap([own(&["x"], &["snapshots"]), other(&["images", "snapshots"])]).unwrap_err();
    let said = (mistake.line, english(&mistake.what));
    assert_eq!(said, (9, "[[command]] key: F5: both \"yours\" and \"mine\" want this key".to_owned()));
}

#[test]
fn an_address_that_is_none_is_handed_to_no_program() {
    let mut desk = with(own(&["ping", "{address}"], &[]), "web", &["-oProxyCommand=x"]);
    desk.keys("!");
    assert!(desk.told().contains("is no address"), "{}", desk.told());
    desk.keys("<f5>");
    assert!(ran(&desk).is_empty());
}

/// A machine that is watched over, and whose only try fails.
fn silent() -> Desk {
    let mut desk = Desk::new();
    let probe = Probe::Tcp(22);
    let every = Duration::from_secs(30);
    let watchdog =
        Watchdog { instance: "lab/web-3".to_owned(), probe: probe.clone(), every, failures: 1, then: Then::Offer };
    desk.engine(engine::Msg::Journal(Vec::new()));
    desk.engine(engine::Msg::Watchdogs(vec![watchdog]));
    let tried = desk.effects.iter().rev().find_map(|effect| match effect {
        AppEffect::Engine(engine::Effect::Probe { of, started_at, .. }) => Some((of.clone(), *started_at)),
        _ => None,
    });
    let (of, started_at) = tried.unwrap();
    desk.keys("j");
    desk.engine(engine::Msg::Probed { of, probe, started_at, result: Err(text::watchdog::REFUSED.into()) });
    desk
}

#[test]
fn an_offer_waits_until_nobody_types_and_asks_once() {
    let mut desk = silent();
    assert!(desk.app.layers.is_empty(), "somebody pressed a key just now");
    desk.wait(2_500);
    assert!(matches!(desk.app.layers.last(), Some(Layer::Menu(menu)) if menu.kind == MenuKind::Decide));
    desk.paint();
    desk.keys("<esc>");
    desk.wait(60_000);
    assert!(desk.app.layers.is_empty() && desk.asked.is_empty());
}

#[test]
fn what_does_not_answer_is_a_problem_to_go_to_and_stands_in_the_details() {
    let mut desk = silent();
    desk.keys("]");
    assert_eq!((desk.app.focus, desk.at()), (Pane::Instances, "web-3"));
    let lines = details::lines(&desk.app);
    let line = lines.iter().find(|line| line.label == "Watchdog").map(|line| line.value.as_str());
    assert_eq!(line, Some("tcp:22 every 30 s: 1 of 1 failed: connection refused"));
}

#[test]
fn a_secret_that_needs_a_terminal_gets_it_by_the_key_that_reads_anew_and_the_account_tries_again_after_it() {
    let mut desk = Desk::new();
    desk.fleet(&["web"]);
    let budget = desk.app.engine.account(&"lab".into()).unwrap().budget();
    let result = Err(Fault::LockedSecret { said: "no terminal".into() });
    desk.engine(engine::Msg::LoggedIn { account: "lab".into(), result, budget });
    let tries = |desk: &Desk| {
        desk.effects.iter().filter(|e| matches!(e, AppEffect::Engine(engine::Effect::TryAgain { .. }))).count()
    };
    desk.keys("<ctrl-r>");
    let to = ExternalProgram::Secrets { accounts: vec!["lab".into()] };
    let away = |e: &AppEffect| matches!(e, AppEffect::HandOver(away) if *away == to);
    assert_eq!((desk.effects.iter().filter(|e| away(e)).count(), tries(&desk)), (1, 0), "{:?}", desk.effects);
    desk.tell(AppMsg::ExternalExited(to, Ok(ExternalExit { status: Some(0), text: None })));
    assert_eq!(tries(&desk), 1);
}
