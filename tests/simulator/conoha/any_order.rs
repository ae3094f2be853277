//! The world of ConoHa, asked in any order at any times.

use proptest::collection::vec;
use proptest::prelude::*;
use vpsdeck::sim::clock::Moment;
use vpsdeck::sim::world::cloud::Source;
use vpsdeck::sim::world::instance::State;
use vpsdeck::sim::world::power::PowerVerb;
use vpsdeck::sim::world::refusal::Refusal;
use vpsdeck::sim::{Origin, Quirks, World, WorldFile, seed};

const TAGS: [&str; 3] = ["web-01", "db", "batch"];
const VERBS: [PowerVerb; 5] =
    [PowerVerb::Start, PowerVerb::Stop, PowerVerb::ForceStop, PowerVerb::Reset, PowerVerb::Destroy];

fn conoha() -> World {
    let file = WorldFile::named("conoha").unwrap();
    seed::world(&file, Quirks::default(), 1, Moment::of_millis(1_637_452_481_000))
}

/// One call; what the server was at before it, and whether it was being saved.
fn ask(world: &mut World, what: usize, tag: &str) -> (Option<State>, bool, Result<(), Refusal>) {
    let (account, mut turn) = world.turn(0, Origin::Client).unwrap();
    let Some(id) = account.instance_named(tag) else {
        return (None, false, Err(Refusal::NoInstance));
    };
    let before = account.instance(id).unwrap().state.clone();
    let saving = account.is_saving(id);
    let first = account.snapshots.first().map_or(0, |first| first.id);
    let outcome = match VERBS.get(what) {
        Some(verb) => account.power(&mut turn, id, *verb),
        None if what == 5 => account.take_snapshot(&mut turn, id, "any", 0).map(|_| ()),
        None if what == 6 => account.reboot(&turn, id, false),
        None if what == 7 => account.rebuild(&mut turn, id, Source::Saved(first)),
        None => account.delete_image(&mut turn, first),
    };
    (Some(before), saving, outcome)
}

proptest! {
    #[test]
    fn one_thing_at_a_time_and_time_never_stands_still(
        steps in vec((0_usize..9, 0_usize..3, 0.0_f64..200.0), 1..80),
    ) {
        let mut world = conoha();
        for (what, tag, wait) in steps {
            let until = world.now.plus(wait);
            world.pass_until(until);
            prop_assert!(world.due().is_none_or(|due| due > until));
            let count = world.accounts[0].effects.len();
            let (before, saving, outcome) = ask(&mut world, what, TAGS[tag]);
            let account = &world.accounts[0];
            let new = &account.effects[count..];
            prop_assert!(new.len() <= usize::from(outcome.is_ok()));
            let (Some(effect), Some(before)) = (new.first(), before) else { continue };
            let fits = match effect.verb.as_str() {
                "start" | "take_snapshot" => before == State::Stopped && !saving,
                "stop" | "forcestop" | "reboot" => before == State::Running,
                "reset" => matches!(before, State::Running | State::Resetting { .. }),
                "rebuild" => matches!(before, State::Running | State::Stopped) && !saving,
                "destroy" => !matches!(before, State::Destroyed { .. }),
                "delete_snapshot" => true,
                other => panic!("{other}"),
            };
            prop_assert!(fits, "{} at {before:?}, saving: {saving}", effect.verb);
        }
    }
}
