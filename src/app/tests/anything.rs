//! Whatever is pressed, pasted, resized and answered: no panic, and nothing is changed but by a dialog that was drawn,
//! stood, and was confirmed. [`Desk::tell`] checks that, and that no wish to be woken lies in the past.

use proptest::prelude::*;

use crate::app::AppMsg;
use crate::app::tests::desk::{Desk, instance, ok, snapshot};
use crate::app::tests::full::{Full, firewall};
use crate::domain::{Answer, Collection, Fault, InstanceStatus, ListKey};

#[derive(Debug, Clone, Copy)]
enum Did {
    Keys(&'static str),
    Burst(&'static str),
    Paste(&'static str),
    Size(u16, u16),
    Wait(u64),
    Fleet(u8, bool),
    Snapshots(u8),
    Cloud(u8),
    Fault,
    Send(bool),
}

const KEYS: [&str; 71] = [
    "c",
    "c",
    "<ctrl-n>",
    "j",
    "k",
    "G",
    "g",
    "<tab>",
    "<shift-tab>",
    "1",
    "2",
    "3",
    "4",
    "5",
    "<enter>",
    "<enter>",
    "<esc>",
    "/",
    "w",
    "e",
    "O",
    "<space>",
    "*",
    "]",
    "[",
    "a",
    ":",
    "?",
    "A",
    ".",
    "<ctrl-r>",
    "y",
    "y",
    "v",
    "q",
    "<ctrl-c>",
    "<ctrl-z>",
    "<ctrl-l>",
    "s",
    "x",
    "X",
    "r",
    "D",
    "t",
    "R",
    "u",
    "db",
    "id-w1",
    "destroy 2",
    "n",
    "i",
    "<backspace>",
    "<right>",
    "<left>",
    "<ctrl-u>",
    "<pgdn>",
    "<pgup>",
    "ｊ",
    "Ddb<enter>",
    "Dw1<enter>",
    "xy",
    "ry",
    "ty",
    "f",
    "o",
    "f1y",
    "R1",
    "4D",
    "2.R1y",
    "r2",
    "<tab><space>",
];

fn did() -> impl Strategy<Value = Did> {
    prop_oneof![
        10 => prop::sample::select(&KEYS[..]).prop_map(Did::Keys),
        4 => prop::sample::select(&KEYS[..]).prop_map(Did::Burst),
        1 => prop::sample::select(&["y", "db", "w1\n", "destroy 2", "東京", "\u{1b}[201~y"][..]).prop_map(Did::Paste),
        1 => (0_u16..200, 0_u16..60).prop_map(|(w, h)| Did::Size(w, h)),
        2 => prop::sample::select(&[1_u64, 250, 1_000, 6_000, 90_000][..]).prop_map(Did::Wait),
        2 => (any::<u8>(), any::<bool>()).prop_map(|(which, runs)| Did::Fleet(which, runs)),
        1 => any::<u8>().prop_map(Did::Snapshots),
        1 => any::<u8>().prop_map(Did::Cloud),
        1 => Just(Did::Fault),
        2 => any::<bool>().prop_map(Did::Send),
    ]
}

fn does(desk: &mut Desk, did: Did) {
    match did {
        Did::Keys(keys) => desk.keys(keys),
        Did::Burst(keys) => desk.burst(keys),
        Did::Paste(text) => desk.paste(text),
        Did::Size(width, height) => desk.tell(AppMsg::Resized(width, height)),
        Did::Wait(ms) => desk.wait(ms),
        Did::Fleet(which, runs) => {
            let status = if runs { InstanceStatus::Running } else { InstanceStatus::Stopped };
            let names = ["db", "w1", "w2", "w2", "東京", "x", "", "err"];
            let there = names.iter().enumerate().filter(|(i, _)| which & (1 << i) != 0);
            let all = there.map(|(i, n)| instance(&format!("id-w{i}"), n, status.clone())).collect();
            desk.instances("lab", all);
        }
        Did::Snapshots(which) => {
            let all = [("s1", "a", 1), ("s2", "b", 2), ("s3", "b", 3)];
            let there: Vec<_> =
                all.into_iter().enumerate().filter(|(i, _)| which & (1 << i) != 0).map(|(_, s)| s).collect();
            desk.snapshots("id-w0", &there);
        }
        Did::Cloud(which) => match which % 3 {
            0 => desk.full_fleet("cloud"),
            1 => {
                let on: &[&str] = if which > 127 { &["id-web"] } else { &[] };
                let all = vec![firewall("f1", "web-in", Some(on)).into()];
                desk.collection("cloud", ListKey::Firewalls, Collection::Firewalls(all));
            }
            _ => {
                let all = if which > 127 { vec![snapshot("s1", "before", "id-web", 10).into()] } else { Vec::new() };
                desk.collection("cloud", ListKey::Snapshots(None), Collection::Snapshots(all));
            }
        },
        Did::Fault => desk.read("lab", ListKey::Instances, Err(Fault::TimedOut { host: "h".into() })),
        Did::Send(good) => {
            if !desk.app.engine.operations().is_empty() {
                let lost = Answer::Lost { said: "lost".into() };
                desk.answer(if good { ok() } else { lost });
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn nothing_is_changed_but_by_a_confirmed_dialog(all in prop::collection::vec(did(), 1..80), full in any::<bool>()) {
        let mut desk = if full { Desk::full() } else { Desk::new() };
        if full {
            desk.account("lab", false, None);
        } else {
            desk.add("cloud", std::sync::Arc::new(Full));
        }
        desk.log_in();
        for did in all {
            does(&mut desk, did);
            let pane = desk.app.pane();
            // Behind the last row where what was there has gone.
            prop_assert!(pane.cursor <= pane.rows.len());
            prop_assert!(pane.selected().is_none() || pane.cursor < pane.rows.len());
            prop_assert_eq!(pane.row().map(crate::app::panes::row::Row::key), pane.selected().cloned());
            let _ = crate::app::panes::details::wrapped(&desk.app, 40);
        }
    }
}
