//! Operations as a memory: many at once, a stop that hangs, looking back, what others began, the live log, parking.

use vpsdeck::app::AppMsg;
use vpsdeck::domain::{
    Action, Answer, InstanceStatus as S, JOURNAL_VERSION, JournalLine, JournalRecord, Kind, LoggedRequest, OpId,
    ResourceRef, StatusKind, Target, Timestamp,
};
use vpsdeck::engine;

use crate::full::full;
use crate::world::{NOW, World, fleet, web_is};
use crate::{WEB, replied, shown};

const BOTH: [(u16, u16); 2] = [(80, 24), (120, 36)];

fn at_both(name: &str, make: impl Fn(u16, u16) -> World) {
    for (w, h) in BOTH {
        shown(&format!("{name}@{w}x{h}"), &make(w, h));
    }
}

/// A stop of web-01 was sent and answered, and web-01 still runs.
fn stopping(w: u16, h: u16) -> World {
    let mut world = fleet(w, h);
    world.keys(WEB);
    world.keys("xy");
    world.wait(2);
    web_is(&mut world, &S::Running);
    world.answer(0, replied());
    world
}

#[test]
fn a_stop_that_hangs_offers_to_cut_the_power() {
    at_both("stop-hangs", |w, h| {
        let mut world = stopping(w, h);
        world.wait(400);
        world.keys("5");
        world.wait(10);
        world
    });
    let mut world = stopping(80, 24);
    world.wait(400);
    world.keys("5X");
    shown("stop-hangs-asks@80x24", &world);
}

#[test]
fn several_are_grouped_by_effect() {
    at_both("save-several", |w, h| {
        let mut world = full(w, h);
        world.keys("*t");
        world
    });
}

#[test]
fn what_is_parked_is_said_before_it_is_typed() {
    at_both("park", |w, h| {
        let mut world = full(w, h);
        world.keys(":park<enter>");
        world
    });
}

/// What another process, or an earlier run, wrote of one operation.
fn told(op: &str, hours_ago: i64, id: &str, name: &str, ended: Option<(&str, &str, &str)>) -> Vec<JournalLine> {
    let at = Timestamp(NOW - hours_ago * 3_600_000);
    let line = |record| JournalLine { v: JOURNAL_VERSION, at, process: "p0".to_owned(), op: OpId::new(op), record };
    let resource = ResourceRef::new(&"indigo".into(), Kind::Instance, &id.into());
    let instance = Target { resource, name: name.to_owned(), status: StatusKind::Stopped };
    let asked = JournalRecord::Asked {
        account: "indigo".into(),
        action: Action::Start { instance },
        steps: Vec::new(),
        after: None,
        by: None,
    };
    let mut lines = vec![line(asked)];
    lines.extend(ended.map(|(result, reason, code)| {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        line(JournalRecord::Ended { result: result.to_owned(), reason: some(reason), code: some(code) })
    }));
    lines
}

fn history(w: u16, h: u16) -> World {
    let mut world = stopping(w, h);
    let lines = [
        told("p0-1", 50, "616514", "build", Some(("done", "", ""))),
        told("p0-2", 3, "616514", "build", Some(("failed", "out of stock", "I10031"))),
        told("p0-3", 0, "616516", "v6-only", None),
    ];
    world.engine(engine::Msg::Journal(lines.concat()));
    world.keys("w");
    world.wait(20);
    web_is(&mut world, &S::Running);
    let account = world.app.engine.account(&"indigo".into()).unwrap();
    let mut all: Vec<_> = account.inventory.instances().iter().map(|i| (**i).clone()).collect();
    for one in all.iter_mut().filter(|i| i.name == "build") {
        one.status = S::Starting;
    }
    world.instances("indigo", all);
    world.keys("5");
    world.wait(2);
    world
}

#[test]
fn operations_of_others_stand_beside_ours() {
    at_both("operations-of-others", history);
}

#[test]
fn operations_are_filtered_by_time_and_result() {
    at_both("operations-filtered", |w, h| {
        let mut world = history(w, h);
        world.keys("/failed 4h<enter>");
        world
    });
}

#[test]
fn details_of_an_operation_tell_its_requests() {
    at_both("operation-requests", |w, h| {
        let mut world = fleet(w, h);
        world.keys(WEB);
        world.keys("xy");
        world.wait(2);
        web_is(&mut world, &S::Running);
        let refused = Answer::Replied {
            status: 500,
            code: Some("I10099".to_owned()),
            said: Some("Something went wrong; contact the support.".into()),
            request_id: Some("7f3a-11".to_owned()),
            body: String::new(),
            understood: true,
            outputs: Vec::new(),
            wait_until: None,
        };
        world.answer(0, refused);
        world.keys("5<enter>");
        world
    });
}

#[test]
fn requests_as_they_are_sent() {
    at_both("requests", |w, h| {
        let mut world = fleet(w, h);
        world.keys("@");
        let request = |number: u64| LoggedRequest {
            number,
            at: Timestamp(NOW + i64::try_from(number).unwrap() * 2_000),
            account: if number.is_multiple_of(3) { "conoha" } else { "indigo" }.into(),
            method: if number.is_multiple_of(5) { "POST" } else { "GET" }.to_owned(),
            path: if number.is_multiple_of(5) { "/v1/servers/616513/action" } else { "/v1/servers" }.to_owned(),
            status: (!number.is_multiple_of(7)).then_some(if number.is_multiple_of(11) { 503 } else { 200 }),
            ms: 40 + number,
            bytes: Some(2_400 * number),
            request_id: (number.is_multiple_of(5)).then(|| format!("req-{number}")),
            change: number.is_multiple_of(5),
            said: (number.is_multiple_of(7)).then(|| "operation timed out".into()),
        };
        world.send(AppMsg::Requests((1..=40).map(request).collect()));
        world
    });
    let mut world = fleet(80, 24);
    world.keys("@");
    shown("requests-none@80x24", &world);
}

/// The words that a shell makes of a line.
fn words_of(line: &str) -> Vec<std::ffi::OsString> {
    let printed = std::process::Command::new("sh").args(["-c", &format!("printf '%s\\0' {line}")]).output().unwrap();
    let text = String::from_utf8(printed.stdout).unwrap();
    text.split_terminator('\0').map(Into::into).collect()
}

#[test]
fn the_command_line_of_an_operation_is_one_that_the_program_takes() {
    use vpsdeck::cli::args::{ApiKeyCommand, CliCommand, DeleteCommand, KeyCommand};
    use vpsdeck::domain::NewKey;
    let world = fleet(80, 24);
    let target = |kind: Kind, name: &str| Target {
        resource: ResourceRef::new(&"indigo".into(), kind, &"616513".into()),
        name: name.to_owned(),
        status: StatusKind::Running,
    };
    for name in ["web-01", "it's; $(rm)", "-x", "a b", "ウェブ"] {
        let instance = target(Kind::Instance, name);
        let snapshot = target(Kind::Snapshot, name);
        let full = format!("indigo/{name}");
        let all = [
            Action::Start { instance: instance.clone() },
            Action::Stop { instance: instance.clone() },
            Action::ForceStop { instance: instance.clone() },
            Action::Reboot { instance: instance.clone(), how: vpsdeck::domain::Reboot::Provider },
            Action::Destroy { instance: instance.clone(), snapshots: Vec::new(), volumes: Vec::new() },
            Action::TakeSnapshot {
                instance: instance.clone(),
                name: name.to_owned(),
                stop_first: false,
                start_again: false,
            },
            Action::Restore { snapshot: snapshot.clone(), instance, save_first: None },
            Action::DeleteSnapshot { snapshot, of: None, named: Vec::new() },
            Action::DeleteKey { key: target(Kind::Key, name) },
            Action::DeleteApiKey { key: target(Kind::ApiKey, name) },
            Action::ChangeKey {
                key: target(Kind::Key, name),
                to: NewKey { name: name.to_owned(), public: String::new() },
                active: false,
            },
        ];
        for action in all {
            let line = vpsdeck::app::operations::command_line::command_line(&world.app, &action).unwrap();
            let parsed = vpsdeck::cli::parse(words_of(&line)).unwrap_or_else(|code| panic!("{line}: {code}"));
            let vpsdeck::cli::Parsed::Command(command, _) = parsed else { panic!("{line}") };
            let (verb, named, more) = match command {
                CliCommand::Start(a) => ("start", a.instance, None),
                CliCommand::Stop(a) => ("stop", a.instance, None),
                CliCommand::ForceStop(a) => ("force-stop", a.instance, None),
                CliCommand::Reboot(a) => ("reboot", a.instance, None),
                CliCommand::Destroy(a) => ("destroy", a.instance, None),
                CliCommand::TakeSnapshot(a) => ("take-snapshot", a.instance, a.name),
                CliCommand::Restore(a) => ("restore", a.instance, Some(a.from)),
                CliCommand::Delete(DeleteCommand::Snapshot(a)) => ("delete", a.target, None),
                CliCommand::Delete(DeleteCommand::Key(a)) => ("delete-key", a.target, None),
                CliCommand::Key(KeyCommand::Deactivate(a)) => ("change-key", a.target, None),
                CliCommand::Key(KeyCommand::Api(ApiKeyCommand::Delete(a))) => ("delete-api-key", a.target, None),
                other => panic!("{line}: {other:?}"),
            };
            assert_eq!((verb, &named), (action.verb().name(), &full), "{line}");
            assert!(more.is_none_or(|more| more == name), "{line}");
        }
    }
}

#[test]
fn what_everything_costs_with_what_is_off_first() {
    at_both("cost", |w, h| {
        let mut world = fleet(w, h);
        world.keys("$jj");
        world
    });
    at_both("cost-of-storage", |w, h| {
        let mut world = full(w, h);
        world.keys("$");
        world
    });
}

#[test]
fn two_that_are_marked_side_by_side_and_what_is_protected_is_marked() {
    at_both("compare", |w, h| {
        let mut world = fleet(w, h);
        world.keys("<space><space>=");
        world
    });
    let mut world = fleet(80, 24);
    world.keys("PjjP<enter>");
    shown("protected@80x24", &world);
    world.keys("<esc>P");
    shown("unprotect@80x24", &world);
}
