//! The world itself, asked in any order at any times.

use proptest::collection::vec;
use proptest::prelude::*;
use vpsdeck::sim::clock::Moment;
use vpsdeck::sim::world::power::PowerVerb;
use vpsdeck::sim::world::refusal::Refusal;
use vpsdeck::sim::{Origin, Quirks, World, WorldFile, seed};

const MACHINES: [u64; 3] = [616_513, 616_516, 616_520];
const VERBS: [PowerVerb; 5] =
    [PowerVerb::Start, PowerVerb::Stop, PowerVerb::ForceStop, PowerVerb::Reset, PowerVerb::Destroy];

fn small() -> World {
    let file = WorldFile::named("small").unwrap();
    let start = Moment::of_millis(1_728_421_337_000);
    seed::world(&file, Quirks::default(), 1, start)
}

/// One call; whether the machine drew power before it.
fn ask(world: &mut World, what: usize, machine: u64) -> (bool, Result<(), Refusal>) {
    let (account, mut turn) = world.turn(0, Origin::Client).unwrap();
    let was_on = account.instance(machine).is_ok_and(|known| known.is_on());
    let snapshot = account.snapshots.first().map_or(0, |first| first.id);
    let outcome = match VERBS.get(what) {
        Some(verb) => account.power(&mut turn, machine, *verb),
        None if what == 5 => account.take_snapshot(&mut turn, machine, "any", 0).map(|_| ()),
        None if what == 6 => account.restore_snapshot(&mut turn, machine, snapshot),
        None => account.delete_snapshot(&mut turn, snapshot),
    };
    (was_on, outcome)
}

proptest! {
    #[test]
    fn a_call_either_takes_effect_or_is_refused_and_time_never_stands_still(
        steps in vec((0_usize..8, 0_usize..3, 0.0_f64..120.0), 1..80),
    ) {
        let mut world = small();
        for (what, machine, wait) in steps {
            let until = world.now.plus(wait);
            world.pass_until(until);
            prop_assert!(world.due().is_none_or(|due| due > until));
            prop_assert_eq!(world.now, until);
            let before = world.accounts[0].effects.len();
            let (was_on, outcome) = ask(&mut world, what, MACHINES[machine]);
            let account = &world.accounts[0];
            let new = &account.effects[before..];
            prop_assert!(new.len() <= usize::from(outcome.is_ok()));
            if let Some(effect) = new.first() {
                let forbidden = match effect.verb.as_str() {
                    "destroy" | "start" | "restore_snapshot" => was_on,
                    "stop" | "forcestop" | "reset" => !was_on,
                    _ => false,
                };
                prop_assert!(!forbidden, "{} while on: {was_on}", effect.verb);
            }
            for machine in MACHINES {
                let saved = account.snapshots.iter().filter(|s| s.instance == machine);
                prop_assert!(saved.count() <= 5);
            }
        }
    }
}
