//! Operations looked back at: filters, requests, command lines, asking again; what is seen, watched and logged.

use rstest::rstest;

use crate::app::again::is_watched;
use crate::app::layers::layer::Layer;
use crate::app::operations::command_line::command_line;
use crate::app::panes::details;
use crate::app::panes::row::What;
use crate::app::tables::commands::Command;
use crate::app::tables::pane::Pane;
use crate::app::tests::desk::{Desk, instance, ok};
use crate::app::{AppMsg, available};
use crate::domain::{
    AccountName, Action, Answer, Collection, InstanceStatus, JOURNAL_VERSION, JournalLine, JournalRecord, Kind,
    ListKey, LoggedRequest, OpId, ResourceRef, Target, Timestamp,
};

/// What an earlier run or another process wrote of one operation.
fn told(op: &str, process: &str, hours_ago: i64, action: &Action, ended: Option<&str>) -> Vec<JournalLine> {
    let at = Timestamp(crate::app::tests::desk::START.0 - hours_ago * 3_600_000);
    let line = |record| JournalLine { v: JOURNAL_VERSION, at, process: process.to_owned(), op: OpId::new(op), record };
    let asked = JournalRecord::Asked {
        account: "lab".into(),
        action: action.clone(),
        steps: Vec::new(),
        after: None,
        by: None,
    };
    let mut lines = vec![line(asked)];
    lines
        .extend(ended.map(|result| line(JournalRecord::Ended { result: result.to_owned(), reason: None, code: None })));
    lines
}

fn stop(name: &str) -> Action {
    let resource = ResourceRef::new(&"lab".into(), Kind::Instance, &format!("id-{name}").as_str().into());
    let status = crate::domain::StatusKind::Running;
    Action::Stop { instance: crate::domain::Target { resource, name: name.to_owned(), status } }
}

fn history() -> Desk {
    let mut desk = Desk::new();
    let lines = [
        told("p0-1", "p0", 1, &stop("db"), Some("done")),
        told("p0-2", "p0", 5, &stop("web-1"), Some("failed")),
        told("p0-3", "p0", 50, &stop("web-2"), Some("done")),
    ];
    desk.engine(crate::engine::Msg::Journal(lines.concat()));
    desk.keys("5");
    desk
}

fn shown(desk: &Desk) -> Vec<String> {
    let op = |row: &crate::app::panes::row::Row| match &row.what {
        What::Operation(id) => desk.app.engine.operation(id).map(|o| o.action.subject().name.clone()),
        _ => None,
    };
    desk.app.pane().rows.iter().filter_map(op).collect()
}

#[rstest]
#[case("today", &["db", "web-1"])]
#[case("2h", &["db"])]
#[case("6h", &["db", "web-1"])]
#[case("3d", &["db", "web-1", "web-2"])]
#[case("2027-01-13", &["web-2"])]
#[case("2027-01", &["db", "web-1", "web-2"])]
#[case("stop failed", &["web-1"])]
#[case("lab done 3d", &["db", "web-2"])]
#[case("web 6h", &["web-1"])]
#[case("1m", &[])]
fn operations_are_filtered_by_time_account_resource_verb_and_result(#[case] typed: &str, #[case] found: &[&str]) {
    let mut desk = history();
    desk.keys("/");
    desk.paste(typed);
    assert_eq!(shown(&desk), found, "{typed}");
}

fn lines(desk: &Desk) -> String {
    details::lines(&desk.app).into_iter().map(|l| format!("{} {}\n", l.label, l.value)).collect()
}

#[test]
fn details_tell_each_request_with_what_came_back() {
    let mut desk = Desk::new();
    desk.keys("xy");
    desk.send();
    desk.keys("5");
    assert!(lines(&desk).contains("stop  no answer yet"), "{}", lines(&desk));
    desk.answer(Answer::Replied {
        status: 503,
        code: Some("I10025".to_owned()),
        said: Some("try later".into()),
        request_id: Some("req-7".to_owned()),
        body: String::new(),
        understood: true,
        outputs: Vec::new(),
        wait_until: None,
    });
    let told = lines(&desk);
    assert!(told.contains("stop  503 I10025  request req-7\n try later"), "{told}");
    assert!(told.contains("Command vpsdeck stop lab/db"), "{told}");
    let request = LoggedRequest {
        number: 1,
        at: desk.now.wall,
        account: "lab".into(),
        method: "POST".into(),
        path: "/servers/1/stop".into(),
        status: Some(503),
        ms: 12,
        bytes: None,
        request_id: Some("req-7".into()),
        change: true,
        said: None,
    };
    desk.tell(AppMsg::Requests(vec![request]));
    assert!(lines(&desk).contains("stop  POST /servers/1/stop  503"), "{}", lines(&desk));
}

#[test]
fn what_the_journal_tells_has_its_requests_too() {
    let mut desk = Desk::new();
    let mut all = told("p0-1", "p0", 1, &stop("db"), None);
    let line = |record| JournalLine { record, ..all[0].clone() };
    let call = crate::domain::Call::Power { instance: "id-db".into(), what: crate::domain::PowerCall::Stop };
    let pre_state = crate::domain::PreState::default();
    let new = vec![
        line(JournalRecord::Intent { step: 0, attempt: 1, call, pre_state }),
        line(JournalRecord::Answered { step: 0, attempt: 1, answer: ok() }),
        line(JournalRecord::Ended { result: "done".into(), reason: None, code: None }),
    ];
    all.extend(new);
    desk.engine(crate::engine::Msg::Journal(all));
    assert_eq!(desk.op().attempts.len(), 1);
    assert_eq!(desk.op().attempts[0].status, Some(200));
}

#[test]
fn a_command_line_names_what_the_contract_names_and_quotes_what_a_shell_would_read() {
    let mut desk = Desk::new();
    let line = |desk: &Desk, action: &Action| command_line(&desk.app, action);
    assert_eq!(line(&desk, &stop("db")).as_deref(), Some("vpsdeck stop lab/db"));
    assert_eq!(line(&desk, &stop("it's; rm")).as_deref(), Some("vpsdeck stop 'lab/it'\\''s; rm'"));
    let Action::Stop { instance } = stop("db") else { return };
    let take =
        Action::TakeSnapshot { instance: instance.clone(), name: "a b".into(), stop_first: false, start_again: false };
    assert_eq!(line(&desk, &take).as_deref(), Some("vpsdeck take-snapshot lab/db --name 'a b'"));
    let volume = Target::stateless(&"lab".into(), Kind::Volume, &"v".into(), "disk");
    let with = Action::Destroy { instance: instance.clone(), snapshots: Vec::new(), volumes: vec![volume] };
    assert_eq!(line(&desk, &with).as_deref(), Some("vpsdeck destroy lab/db --with-volume"));
    let firewall = Action::AssignFirewall { firewall: instance.clone(), instance };
    assert_eq!(line(&desk, &firewall), None);
    let twin = |id: &str| instance_of(id, "db");
    desk.instances("lab", vec![twin("id-db"), twin("id-2")]);
    assert_eq!(line(&desk, &stop("db")).as_deref(), Some("vpsdeck stop lab/id-db"), "the name is not unique");
}

fn instance_of(id: &str, name: &str) -> crate::domain::Instance {
    instance(id, name, InstanceStatus::Running)
}

#[test]
fn what_is_over_is_asked_for_again_with_what_is_so_now() {
    let mut desk = history();
    let entries = |desk: &mut Desk| {
        desk.keys("a");
        let found = desk.menu().entries.iter().position(|e| desk.app.words.say(&e.text).starts_with("again"));
        (found, found.and_then(|at| desk.menu().entries[at].why_not.clone()))
    };
    let (found, why) = entries(&mut desk);
    assert!(found.is_some() && why.is_none());
    desk.keys("<esc>:again<enter>");
    assert_eq!(desk.proposal().actions, [stop("db")]);
    desk.keys("y");
    assert_eq!(desk.asked, [stop("db")]);
    desk.wait(2_000);
    desk.keys("g");
    let (_, why) = entries(&mut desk);
    assert!(why.is_some(), "it is not over yet");
    desk.keys("<esc>Gk");
    desk.fleet(&["db"]);
    desk.wait(2_000);
    let (_, why) = entries(&mut desk);
    assert_eq!(why.map(|w| w.text.name()), Some("why_not.gone"));
}

#[test]
fn a_firewall_that_could_not_be_deleted_is_deleted_again() {
    let mut desk = Desk::new();
    let web = Target::stateless(&"lab".into(), Kind::Firewall, &"f-1".into(), "web");
    let delete = Action::DeleteFirewall { firewall: web };
    desk.engine(crate::engine::Msg::Journal(told("p0-1", "p0", 1, &delete, Some("failed"))));
    desk.collection(
        "lab",
        ListKey::Firewalls,
        Collection::Firewalls(vec![crate::app::tests::full::firewall("f-1", "web", Some(&[])).into()]),
    );
    desk.keys("5:again<enter>");
    assert_eq!(desk.proposal().actions, [delete]);
}

#[test]
fn what_another_process_carries_on_is_marked_and_not_taken_back_here() {
    let mut desk = Desk::new();
    desk.engine(crate::engine::Msg::Journal(told("p9-1", "p9", 0, &stop("db"), None)));
    desk.keys("5");
    assert!(!desk.app.engine.is_ours(desk.op()));
    assert!(available::why_not(&desk.app, Command::Cancel).is_ok_and(|why| why.is_some()));
    desk.keys("u");
    assert!(!desk.op().is_over());
}

#[test]
fn what_somebody_else_began_stands_among_the_operations() {
    let mut desk = Desk::new();
    desk.wait(10_000);
    desk.instances("lab", vec![instance("id-db", "db", InstanceStatus::Stopping)]);
    desk.wait(10_000);
    desk.keys("5");
    assert_eq!(desk.at(), "db");
    assert!(lines(&desk).contains("Stopping, seen"), "{}", lines(&desk));
    desk.instances("lab", vec![instance("id-db", "db", InstanceStatus::Stopped)]);
    assert!(lines(&desk).contains("Stopping, seen, over"), "{}", lines(&desk));
    desk.keys("/seen");
    assert_eq!(desk.shown(), "db");
}

#[test]
fn w_watches_what_is_under_the_cursor_or_marked_and_no_more() {
    let mut desk = Desk::new();
    let watched = |desk: &Desk| -> Vec<String> {
        let rows = desk.app.panes[Pane::Instances.index()].rows.iter();
        rows.filter(|r| is_watched(&desk.app, r)).map(|r| r.what.name().to_owned()).collect()
    };
    desk.keys("w");
    assert_eq!(watched(&desk), ["db"]);
    assert_eq!(desk.told(), "db is watched: told when it changes");
    desk.wait(10_000);
    let mut all: Vec<_> = ["web-1", "web-2"].map(|n| instance_of(&format!("id-{n}"), n)).into();
    all.insert(0, instance("id-db", "db", InstanceStatus::Stopped));
    desk.instances("lab", all);
    assert_eq!(desk.told(), "db: Running, now Stopped");
    desk.keys("<space><space>w");
    assert_eq!(watched(&desk), ["db", "web-1"]);
    desk.keys("w");
    assert!(watched(&desk).is_empty());
}

#[test]
fn leaving_the_steps_not_begun_says_what_stands() {
    let mut desk = Desk::new();
    desk.keys("r1y");
    desk.send();
    desk.answer(ok());
    desk.keys("5u");
    assert_eq!(desk.told(), "reboot db: left after: stop db; it is Running, nothing more is sent");
    desk.keys("1xy");
    desk.wait(2_000);
    desk.keys("5gu");
    assert_eq!(desk.told(), "stop db: cancelled, nothing was sent");
}

#[test]
fn the_live_log_is_fed_while_it_is_open_and_stays_at_its_end_unless_scrolled() {
    let mut desk = Desk::new();
    let request = |number: u64| LoggedRequest {
        number,
        at: Timestamp(0),
        account: AccountName::new("lab"),
        method: "GET".into(),
        path: "/servers".into(),
        status: Some(200),
        ms: 5,
        bytes: Some(10),
        request_id: None,
        change: false,
        said: None,
    };
    desk.keys("@");
    assert!(desk.app.requests_open);
    desk.tell(AppMsg::Requests((1..=100).map(request).collect()));
    let scroll = |desk: &Desk| match desk.app.layers.last() {
        Some(Layer::Requests(viewer)) => viewer.scroll,
        other => panic!("{other:?}"),
    };
    assert_eq!(scroll(&desk), usize::MAX);
    desk.keys("k");
    let at = scroll(&desk);
    desk.tell(AppMsg::Requests(vec![request(101)]));
    assert_eq!(scroll(&desk), at, "what is read stays");
    desk.keys("G");
    assert_eq!(scroll(&desk), usize::MAX);
    desk.keys("<esc>");
    assert!(!desk.app.requests_open && desk.app.layers.is_empty());
}

#[test]
fn what_was_parked_is_proposed_as_it_was() {
    let mut desk = Desk::full();
    let resource = ResourceRef::new(&"cloud".into(), Kind::Instance, &"id-old".into());
    let instance = crate::domain::Target { resource, name: "old".into(), status: crate::domain::StatusKind::Stopped };
    let kept = Box::new(crate::domain::Parked {
        name: "old".into(),
        plan: Some("large".into()),
        key: Some("laptop".into()),
        firewalls: vec!["db-in".into()],
    });
    let action = Action::Park { instance, name: "last-of-old".into(), kept };
    let line = |record| JournalLine {
        v: JOURNAL_VERSION,
        at: crate::app::tests::desk::START,
        process: "p0".to_owned(),
        op: OpId::new("p0-1"),
        record,
    };
    let lines = vec![
        line(JournalRecord::Asked { account: "cloud".into(), action, steps: Vec::new(), after: None, by: None }),
        line(JournalRecord::Output { output: crate::domain::Output::Snapshot("s2".into()) }),
        line(JournalRecord::Ended { result: "done".into(), reason: None, code: None }),
    ];
    desk.engine(crate::engine::Msg::Journal(lines));
    desk.keys("2./last-of-old<enter>:restore-as-new<enter>");
    let Action::RestoreAsNew { name, plan, firewalls, key, .. } = &desk.proposal().actions[0] else {
        panic!("{:?}", desk.proposal().actions)
    };
    assert_eq!((name.as_str(), plan.as_str(), firewalls.as_slice()), ("old", "large", &["db-in".to_owned()][..]));
    assert_eq!(key.as_ref().map(crate::domain::ResourceId::as_str), Some("laptop"));
    assert!(desk.proposal().facts.iter().any(|(p, _)| p.text.name() == "park.comes_back"));
}

#[test]
fn leaving_says_of_each_what_becomes_of_it() {
    let mut desk = Desk::new();
    desk.keys("<space><space>xy");
    desk.keys("Dweb-2<enter>q");
    let Some(Layer::Leaving(leaving)) = desk.app.layers.last() else { panic!("it asks") };
    let keys: Vec<_> = leaving.lines.iter().map(|l| l.text.name()).collect();
    assert_eq!(keys, ["leaving.not_begun_asks", "leaving.turn", "leaving.not_begun"]);
}
