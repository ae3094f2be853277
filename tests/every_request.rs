//! Every changing request is an intent in the journal before it leaves, one for each and in their order: for every verb
//! of every provider, also when each of its requests in turn is refused, lost, or followed by a kill. After a kill the
//! next start shows the operation at the step where it stands, nothing is done twice, and nothing is called done that
//! the world does not have.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods, reason = "tests")]
#![allow(dead_code, reason = "the lab is shared with other tests")]

#[path = "terminal/lab.rs"]
mod lab;
#[path = "every_request/paths.rs"]
mod paths;
#[path = "terminal/pty.rs"]
mod pty;
#[path = "every_request/rows.rs"]
mod rows;
#[path = "every_request/run.rs"]
mod run;

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Condvar, Mutex};

use rows::{NEVER, ROWS, Row};
use rstest::rstest;
use run::{Plain, Trouble, plain, run};
use vpsdeck::domain::Verb;

/// So many programs at once: they wait most of the time.
const AT_ONCE: usize = 10;

#[rstest]
#[case("indigo")]
#[case("conoha")]
fn no_verb_is_left_out(#[case] account: &str) {
    for verb in Verb::ALL {
        let rows = ROWS.iter().filter(|row| row.account == account && row.verb == verb).count();
        assert_ne!(rows > 0, NEVER.contains(&(account, verb)), "{account} {verb:?}: {rows}");
    }
}

/// What is still to be run, and how much of it is under way.
#[derive(Default)]
struct Work {
    open: VecDeque<(&'static Row, Option<(Trouble, Plain)>)>,
    under_way: usize,
    failed: Vec<String>,
}

#[rstest]
#[case("indigo")]
#[case("conoha")]
fn each_request_is_an_intent_whatever_becomes_of_it(#[case] account: &str) {
    let open = ROWS.iter().filter(|row| row.account == account).map(|row| (row, None)).collect();
    let (work, changed) = (Mutex::new(Work { open, ..Work::default() }), Condvar::new());
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| carry_out(&work, &changed));
        }
    });
    let failed = work.into_inner().unwrap().failed;
    assert!(failed.is_empty(), "{} failed:\n{}", failed.len(), failed.join("\n"));
}

/// Takes one after the other. What a row sends is known once it was run undisturbed; all that can befall it follows.
fn carry_out(work: &Mutex<Work>, changed: &Condvar) {
    loop {
        let mut all = work.lock().unwrap();
        let (row, trouble) = loop {
            if let Some(next) = all.open.pop_front() {
                break next;
            }
            if all.under_way == 0 {
                return;
            }
            all = changed.wait(all).unwrap();
        };
        all.under_way += 1;
        drop(all);
        let what = format!("{} {} {:?}", row.account, row.what, trouble.as_ref().map(|(trouble, _)| trouble));
        let done = catch_unwind(AssertUnwindSafe(|| match &trouble {
            None => Some(plain(row)),
            Some((trouble, plain)) => {
                run(row, *trouble, plain);
                None
            }
        }));
        let mut all = work.lock().unwrap();
        all.under_way -= 1;
        match done {
            Ok(None) => {}
            Ok(Some(plain)) => {
                let troubles = (1..=plain.requests.len()).flat_map(Trouble::at);
                all.open.extend(troubles.map(|trouble| (row, Some((trouble, plain.clone())))));
            }
            Err(why) => {
                let said = why.downcast_ref::<String>().cloned();
                let said = said.or_else(|| why.downcast_ref::<&str>().map(|said| (*said).to_owned()));
                all.failed.push(format!("{what}: {}", said.unwrap_or_default()));
            }
        }
        changed.notify_all();
    }
}
