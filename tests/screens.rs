//! The screen as a person sees it, at the three sizes it is drawn for.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

#[path = "screens/creating.rs"]
mod creating;
#[path = "screens/full.rs"]
mod full;
#[path = "screens/looking_back.rs"]
mod looking_back;
#[path = "screens/rules.rs"]
mod rules;
#[path = "screens/screen.rs"]
mod screen;
#[path = "screens/telling.rs"]
mod telling;
#[path = "screens/world.rs"]
mod world;

use screen::screen;
use vpsdeck::app::AppMsg;
use vpsdeck::domain::{
    AccountColour, Answer, Collection, Fault, ImageKind, InstanceStatus as S, Limit, ListKey, Phrase, StoreStatus,
    Timestamp, ToneColours,
};
use vpsdeck::ui::{Colours, Glyphs, Look};
use world::{World, fleet, instance, named, snapshot};

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 36), (200, 50)];

/// Keys that bring the cursor onto web-01.
const WEB: &str = "jjjjj";

fn at_all_sizes(name: &str, make: impl Fn(u16, u16) -> World) {
    for (width, height) in SIZES {
        let world = make(width, height);
        insta::assert_snapshot!(format!("{name}@{width}x{height}"), screen(&world.app, false));
    }
}

fn shown(name: &str, world: &World) {
    insta::assert_snapshot!(name, screen(&world.app, false));
}

fn replied() -> Answer {
    Answer::Replied {
        status: 200,
        code: None,
        said: None,
        request_id: None,
        body: String::new(),
        understood: true,
        outputs: Vec::new(),
        wait_until: None,
    }
}

/// Confirms a stop of web-01 and lets it be sent.
fn stopping(width: u16, height: u16) -> World {
    let mut world = fleet(width, height);
    world.keys(WEB);
    world.keys("xy");
    world.wait(2);
    world::web_is(&mut world, &S::Running);
    world
}

#[test]
fn the_fleet() {
    at_all_sizes("fleet", |w, h| {
        let mut world = fleet(w, h);
        world.keys(WEB);
        world
    });
}

#[test]
fn styles_say_nothing_that_words_do_not() {
    let mut world = fleet(120, 36);
    world.keys(WEB);
    world.keys("<space>");
    insta::assert_snapshot!("styles@120x36", screen(&world.app, true));
}

#[test]
fn each_pane_in_focus() {
    for pane in ["2", "3", "4", "5"] {
        for (w, h) in [(80, 24), (120, 36)] {
            let mut world = fleet(w, h);
            world.keys(WEB);
            world.keys(pane);
            shown(&format!("pane-{pane}@{w}x{h}"), &world);
        }
    }
}

#[test]
fn snapshots_of_all_instances() {
    let mut world = fleet(120, 36);
    world.keys(WEB);
    world.keys("2.");
    shown("all-snapshots@120x36", &world);
}

#[test]
fn a_filter_while_it_is_typed_and_after() {
    for (w, h) in [(80, 24), (120, 36)] {
        let mut world = fleet(w, h);
        world.keys("/東京");
        shown(&format!("filtering@{w}x{h}"), &world);
        world.keys("<enter><space>");
        shown(&format!("filtered-and-marked@{w}x{h}"), &world);
        world.keys("/nothing-like-it");
        shown(&format!("no-match@{w}x{h}"), &world);
    }
}

#[test]
fn what_a_filter_found_is_marked_or_stands_behind_the_name() {
    for (w, h) in [(80, 24), (120, 36)] {
        let mut world = fleet(w, h);
        world.keys("/web running<enter>");
        insta::assert_snapshot!(format!("found@{w}x{h}"), screen(&world.app, true));
        world.keys("/6165<enter>");
        insta::assert_snapshot!(format!("found-by-id@{w}x{h}"), screen(&world.app, true));
    }
}

#[test]
fn a_family_that_a_filter_finds_is_not_said_again_behind_each_name() {
    let mut world = full::full(80, 24);
    let image = |name: &str| full::image(name, name.to_owned(), Some("Ubuntu"), ImageKind::Linux);
    world.read("cloud", ListKey::Images, Collection::Images(vec![image("jammy"), image("noble")]));
    world.keys("4/ubuntu<enter>");
    assert_eq!(screen(&world.app, false).matches("Ubuntu").count(), 1);
}

#[test]
fn an_account_without_anything() {
    for (w, h) in [(80, 24), (120, 36)] {
        let mut world = World::new(w, h);
        world.account("indigo", None, Some(5), None);
        shown(&format!("loading@{w}x{h}"), &world);
        world.instances("indigo", Vec::new());
        shown(&format!("empty@{w}x{h}"), &world);
    }
}

#[test]
fn a_fault_keeps_the_last_picture_and_says_why() {
    at_all_sizes("fault", |w, h| {
        let mut world = fleet(w, h);
        world.wait(190);
        world.fault("lab", ListKey::Instances, Fault::WrongCredentials { said: None });
        world
    });
    let mut world = World::new(80, 24);
    world.account("indigo", None, Some(5), None);
    let said = "error trying to connect: tcp connect error: Connection refused (os error 111)".into();
    world.fault("indigo", ListKey::Instances, Fault::Unreachable { host: "api.customer.jp:443".to_owned(), said });
    shown("fault-without-a-picture@80x24", &world);
}

#[test]
fn a_problem_is_told_as_a_notice() {
    let mut world = fleet(80, 24);
    world.fault("lab", ListKey::Instances, Fault::WrongCredentials { said: None });
    world.keys("[");
    shown("account-fault@80x24", &world);
}

#[test]
fn a_question() {
    at_all_sizes("question", |w, h| {
        let mut world = fleet(w, h);
        world.keys(WEB);
        world.keys("x");
        world
    });
}

#[test]
fn keys_before_a_dialog_was_drawn_are_dropped_and_it_says_so() {
    let mut world = fleet(80, 24);
    world.keys(WEB);
    world.blind("xyy");
    shown("keys-ignored@80x24", &world);
}

#[test]
fn a_snapshot_is_named_in_its_question() {
    let mut world = fleet(80, 24);
    world.keys(WEB);
    world.keys("t1");
    shown("take-snapshot@80x24", &world);
    world.keys("e<backspace>本");
    shown("take-snapshot-editing@80x24", &world);
}

#[test]
fn a_destruction_is_typed() {
    at_all_sizes("destroy", |w, h| {
        let mut world = fleet(w, h);
        world.keys(WEB);
        world.keys("Dweb-0");
        world
    });
}

#[test]
fn a_restore_shows_steps_and_choices() {
    at_all_sizes("restore", |w, h| {
        let mut world = fleet(w, h);
        world.keys(WEB);
        world.keys("2R<tab>");
        world
    });
    let mut world = fleet(120, 36);
    world.keys(WEB);
    world.keys("2R");
    insta::assert_snapshot!("restore-styles@120x36", screen(&world.app, true));
}

#[test]
fn several_at_once() {
    let mut world = fleet(80, 24);
    world.keys("*");
    world.keys("x");
    shown("stop-several@80x24", &world);
    let mut world = many(80, 24, 300);
    world.keys("*");
    world.keys("D");
    shown("destroy-too-many@80x24", &world);
    let mut world = many(80, 24, 60);
    world.keys("*");
    world.keys("D");
    shown("destroy-many@80x24", &world);
}

fn many(w: u16, h: u16, count: usize) -> World {
    let mut world = World::new(w, h);
    world.account("indigo", Some(AccountColour::Red), Some(5), None);
    let all = (0..count).map(|n| instance(&format!("{n:06}"), &format!("node-{n:02}"), S::Running, "10.0.0.1", 3));
    world.instances("indigo", all.collect());
    world
}

#[test]
fn a_list_scrolls_around_its_cursor() {
    let mut world = many(80, 24, 60);
    world.keys("G");
    world.keys("kkk");
    shown("scrolled@80x24", &world);
}

#[test]
fn an_overtaken_dialog_is_a_notice() {
    let mut world = fleet(80, 24);
    world.keys(WEB);
    world.keys("x");
    world.wait(2);
    world::web_is(&mut world, &S::Stopped);
    shown("overtaken@80x24", &world);
}

#[test]
fn what_destroys_counts_down_in_sight() {
    at_all_sizes("countdown", |w, h| {
        let mut world = fleet(w, h);
        world.keys(WEB);
        world.keys("Dweb-01<enter>");
        world.wait(2);
        world
    });
}

#[test]
fn operations_under_way() {
    at_all_sizes("running", |w, h| {
        let mut world = stopping(w, h);
        world.answer(0, replied());
        world.wait(40);
        world.keys("kr");
        world.keys("y");
        world.wait(1);
        world
    });
    for (w, h) in [(80, 24), (120, 36)] {
        let mut world = stopping(w, h);
        world.answer(0, replied());
        world.wait(40);
        world.keys("5<enter>");
        shown(&format!("operation-details@{w}x{h}"), &world);
    }
}

#[test]
fn an_outcome_that_nothing_shows() {
    for (w, h) in [(80, 24), (120, 36)] {
        let mut world = stopping(w, h);
        world.answer(0, Answer::Lost { said: "reset".into() });
        world.wait(10);
        world::web_is(&mut world, &S::Running);
        world.keys("5");
        shown(&format!("unknown-outcome@{w}x{h}"), &world);
        world.keys("<enter>");
        shown(&format!("decide@{w}x{h}"), &world);
    }
}

#[test]
fn a_failed_operation_says_why() {
    let mut world = fleet(120, 36);
    world.keys(WEB);
    world.keys("Dweb-01<enter>u");
    world.keys("5");
    shown("taken-back@120x36", &world);
}

#[test]
fn details_by_themselves() {
    let mut world = fleet(80, 24);
    world.keys(WEB);
    world.keys("<enter>");
    shown("details@80x24", &world);
    let mut world = fleet(120, 36);
    world.keys(WEB);
    world.keys("<enter><enter>");
    shown("details-full@120x36", &world);
    let mut world = fleet(80, 24);
    world.keys("G<enter>");
    shown("details-of-an-error@80x24", &world);
}

#[test]
fn help_comes_from_the_commands() {
    at_all_sizes("help", |w, h| {
        let mut world = fleet(w, h);
        world.keys("?");
        world
    });
    let mut world = fleet(80, 24);
    world.keys("?G");
    shown("help-end@80x24", &world);
}

#[test]
fn the_palette_finds_by_name() {
    let mut world = fleet(80, 24);
    world.keys(":");
    shown("palette@80x24", &world);
    world.keys("snap");
    shown("palette-typed@80x24", &world);
}

#[test]
fn menus_say_why_not() {
    at_all_sizes("actions", |w, h| {
        let mut world = fleet(w, h);
        world.keys(WEB);
        world.keys("a");
        world
    });
    for (name, key) in [("order", "O"), ("accounts", "A"), ("copy", "y"), ("choose-snapshot", "R")] {
        let mut world = fleet(80, 24);
        world.keys(WEB);
        world.keys(key);
        shown(&format!("{name}@80x24"), &world);
    }
}

#[test]
fn the_providers_own_json() {
    let mut world = fleet(80, 24);
    world.keys(WEB);
    world.keys("v");
    shown("raw@80x24", &world);
}

#[test]
fn leaving_with_something_to_send() {
    let mut world = fleet(80, 24);
    world.keys(WEB);
    world.keys("Dweb-01<enter>q");
    shown("leaving@80x24", &world);
}

#[test]
fn lists_that_wait_for_the_budget_say_until_when() {
    for (w, h) in [(80, 24), (120, 36)] {
        let mut world = World::new(w, h);
        world.account("indigo", None, Some(5), Some(Limit { per_minute: 6, spacing_ms: 0 }));
        let until = Timestamp(world.env.wall.0 + 46_000);
        world.fault("indigo", ListKey::Instances, Fault::OverBudget { until });
        shown(&format!("waits-for-the-budget@{w}x{h}"), &world);
    }
}

#[test]
fn the_first_run() {
    for (w, h) in [(80, 24), (120, 36)] {
        let mut world = World::start(w, h, false, false);
        shown(&format!("welcome@{w}x{h}"), &world);
        world.keys("j?");
        shown(&format!("welcome-help@{w}x{h}"), &world);
        world.keys("<esc>n");
        world.keys("key-1<tab>秘密<tab>");
        shown(&format!("form@{w}x{h}"), &world);
        world.keys("<shift-tab><shift-tab><ctrl-u><enter><enter><enter>");
        shown(&format!("form-missing@{w}x{h}"), &world);
    }
}

#[test]
fn the_first_run_where_there_are_several_providers() {
    let mut world = World::start(80, 24, false, false);
    let mut other = world.app.forms.new_account[0].clone();
    other.label = Phrase::verbatim("Full Cloud");
    world.app.forms.new_account.push(other);
    world.keys("n");
    shown("choose-provider@80x24", &world);
}

#[test]
fn the_demo_gives_tips_and_messages_are_told() {
    let mut world = World::start(80, 24, true, true);
    world::fill(&mut world);
    shown("demo@80x24", &world);
    world.send(AppMsg::Tell { what: Phrase::new(named("refresh.NOW")), bad: false });
    shown("message@80x24", &world);
}

#[test]
fn the_smallest_screen_and_one_smaller() {
    let mut world = fleet(40, 10);
    world.keys(WEB);
    shown("fleet@40x10", &world);
    world.keys("D");
    shown("destroy@40x10", &world);
    world.keys("<esc>?");
    shown("help@40x10", &world);
    world.keys("<esc>a");
    shown("actions@40x10", &world);
    let mut world = fleet(40, 10);
    world.keys(WEB);
    world.keys("2R");
    shown("restore@40x10", &world);
    shown("too-small@39x9", &fleet(39, 9));
}

#[test]
fn a_snapshot_that_waits_is_listed_with_its_state() {
    let mut world = fleet(80, 24);
    world.keys(WEB);
    let all = vec![snapshot("53", "", "616513", StoreStatus::Creating, 0)];
    world.snapshots("indigo", "616513", all);
    world.read("indigo", ListKey::Firewalls, Collection::Firewalls(Vec::new()));
    world.keys("2");
    shown("creating@80x24", &world);
}

/// The screens of a provider that has all of it, at the sizes they are drawn for.
fn at_full(name: &str, keys: &[&str]) {
    for (w, h) in [(80, 24), (120, 36)] {
        let mut world = full::full(w, h);
        for keys in keys {
            world.keys(keys);
        }
        shown(&format!("full-{name}@{w}x{h}"), &world);
    }
}

#[test]
fn a_provider_that_has_all_of_it() {
    at_full("instances", &["j"]);
    at_full("snapshots", &["j", "2"]);
    at_full("all-snapshots", &["j", "2."]);
    at_full("snapshot-details", &["2.", "G<enter>"]);
    at_full("images", &["4"]);
    at_full("images-scrolled", &["4", "G"]);
    at_full("images-filtered", &["4", "/alma 9<enter>"]);
    at_full("details", &["j<enter>"]);
    at_full("firewalls", &["3"]);
    at_full("accounts", &["A"]);
}

#[test]
fn what_such_a_provider_asks() {
    at_full("restore-ways", &["2.", "/gone<enter>", "R"]);
    at_full("restore-as-new", &["2.", "/before<enter>", "R1"]);
    at_full("restore-as-new-unpriced", &["2.", "/before<enter>", "R11"]);
    at_full("save", &["j", "t"]);
    at_full("firewall-menu", &["j", "f"]);
    at_full("take-off", &["j", "f3"]);
    at_full("hard-reboot", &["j", "r2"]);
}

#[test]
fn the_stage_of_what_is_saved_stands_in_its_operation() {
    for (w, h) in [(80, 24), (120, 36)] {
        let mut world = full::saving(w, h);
        world.keys("5");
        shown(&format!("full-saving@{w}x{h}"), &world);
    }
}

#[test]
fn a_provider_that_has_all_of_it_fits_on_every_screen_and_in_ascii() {
    let ascii = Look { glyphs: Glyphs::Ascii, colours: Colours::None, tones: ToneColours::default() };
    for w in (40..=200).step_by(16) {
        for h in [10, 16, 24, 36] {
            for keys in
                ["j", "j<enter>", "2.", "2.G<enter>", "3j", "4", "4D", "A", "2.GR", "2.R1", "jt", "jf", "jf1", "jr2"]
            {
                let mut world = full::full(w, h);
                world.keys(keys);
                for line in screen::lines(&screen::painted(&world.app, &ascii, (w, h)).0) {
                    assert!(line.is_ascii(), "{w}x{h} {keys}: {line}");
                }
            }
        }
    }
}

mod any_size {
    use proptest::prelude::*;
    use vpsdeck::domain::ToneColours;
    use vpsdeck::ui::{Colours, Glyphs, Look};

    use super::screen::{LINES, lines, painted};
    use super::world::{self, World, instance, named, snapshot};
    use super::{S, StoreStatus};

    /// What no one would call a machine, but a provider may send.
    fn name() -> impl Strategy<Value = String> {
        prop_oneof![
            Just(String::new()),
            Just("東".repeat(300)),
            Just("a\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}".repeat(40)),
            Just("\u{202e}\u{2066}x\u{200b}\u{feff}\u{1b}]0;evil\u{7}".to_owned()),
            Just("👨‍👩‍👧‍👦 ☁️ 🇯🇵".repeat(5)),
            Just("ｶﾞﾊﾟ".repeat(20)),
            "\\PC{0,40}",
            proptest::collection::vec(any::<char>(), 0..30).prop_map(String::from_iter),
        ]
    }

    fn keys() -> impl Strategy<Value = String> {
        prop_oneof![
            Just(""),
            Just("2"),
            Just("3"),
            Just("4"),
            Just("5"),
            Just("<enter>"),
            Just("<enter><enter>"),
            Just("/東a"),
            Just("?"),
            Just(":"),
            Just(":st"),
            Just("a"),
            Just("O"),
            Just("A"),
            Just("y"),
            Just("v"),
            Just("x"),
            Just("D"),
            Just("Dxyz"),
            Just("t"),
            Just("te東"),
            Just("R"),
            Just("*x"),
            Just("*D"),
            Just("2R"),
            Just("2D"),
            Just("xy5"),
            Just("xyq"),
            Just("*xy"),
            Just("2<enter>"),
            Just("G"),
            Just("*D<tab><tab>"),
            Just("4D"),
            Just("4R"),
            Just("2.<enter>"),
            Just("f"),
            Just("o"),
        ]
        .prop_map(str::to_owned)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn nothing_panics_and_each_line_is_as_wide_as_the_screen(
            width in 1_u16..250, height in 1_u16..80, names in proptest::collection::vec(name(), 1..5), keys in keys(),
            ascii in any::<bool>(), demo in any::<bool>(),
        ) {
            let mut world = World::start(width, height, demo, true);
            world.account(&names[0], None, Some(5), None);
            world.account("lab", None, None, None);
            let all = names.iter().enumerate().map(|(n, name)| {
                let status = [S::Running, S::Unknown(name.clone()), S::Stopped, S::Importing(Some(200))][n % 4].clone();
                let mut one = instance(&n.to_string(), name, status, name, 3);
                one.os = Some(name.clone());
                one.fields.push(vpsdeck::domain::Field { label: named("field.HOST"), value: name.clone() });
                one
            });
            world.instances(&names[0], all.collect());
            world.snapshots(&names[0], "0", vec![snapshot("s", &names[0], "0", StoreStatus::Available, 1)]);
            world.keys(&keys);
            let look = Look {
                glyphs: if ascii { Glyphs::Ascii } else { Glyphs::Lines },
                colours: if ascii { Colours::None } else { Colours::True },
                tones: ToneColours::default(),
            };
            let (buffer, cursor) = painted(&world.app, &look, (width, height));
            for line in lines(&buffer) {
                prop_assert!(!line.contains(|c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c)), "{line:?}");
            }
            if let Some((x, y)) = cursor {
                prop_assert!(x < width && y < height, "cursor {x},{y}");
            }
            // The terminal may be smaller or larger than the app knows yet.
            painted(&world.app, &look, (width.div_ceil(2), height.div_ceil(2)));
            painted(&world.app, &look, (width + 9, height + 3));
        }
    }

    #[test]
    fn ascii_stays_ascii_but_for_names() {
        for (w, h) in super::SIZES {
            let mut world = World::new(w, h);
            world.account("indigo", None, Some(5), None);
            world.instances("indigo", vec![instance("1", "web-01", S::Running, "10.0.0.1", 3)]);
            for keys in ["", "x", "<esc>D", "<esc>?", "<esc>a", "<esc>:", "<esc><enter>"] {
                world.keys(keys);
                let (buffer, _) = painted(
                    &world.app,
                    &Look { glyphs: Glyphs::Ascii, colours: Colours::None, tones: ToneColours::default() },
                    (w, h),
                );
                for line in lines(&buffer) {
                    assert!(line.is_ascii(), "{line}");
                }
            }
        }
        let _ = (LINES, world::NOW);
    }
}
