//! What the screen says of how much it shows, how old that is, and why something is not to be had.

use super::screen::{LINES, lines, painted, screen};
use super::world::{NOW, World, fleet, instance, named};
use super::{SIZES, WEB};
use vpsdeck::app::AppMsg;
use vpsdeck::app::panes::details::wrapped;
use vpsdeck::domain::{Collection, Fault, Firewall, InstanceStatus as S, ListKey, Phrase, Raw, Timestamp, Trouble};

fn text(world: &World) -> String {
    screen(&world.app, false)
}

/// The screen without frames, its lines joined.
fn joined(world: &World) -> String {
    let shown = text(world);
    let words = shown.split(|c: char| c.is_whitespace() || "│┌┐└┘├┤─".contains(c)).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

fn down() -> Fault {
    Fault::Unreachable { host: "api.example:443".to_owned(), said: "Connection refused".into() }
}

#[test]
fn a_long_message_is_told_whole_and_a_short_one_leaves_the_keys_in_sight() {
    let told = |words: &str, w: u16, h: u16| {
        let mut world = fleet(w, h);
        world.keys(WEB);
        let what = Phrase::verbatim(words);
        world.send(AppMsg::Tell { what, bad: true });
        text(&world)
    };
    let long = "the provider refused: The instance cannot be changed while its disk is being saved; \
                try again when the snapshot is Available (I10013)";
    for (w, h) in SIZES {
        let screen = told(long, w, h);
        let whole = screen.lines().map(str::trim).collect::<Vec<_>>().join(" ");
        assert!(whole.contains(long), "{screen}");
        let screen = told("it runs already", w, h);
        let last = screen.lines().last().unwrap();
        assert!(last.starts_with(" it runs already  ") && last.ends_with("? help"), "{last}");
        assert!(last.contains("a all actions"), "{last}");
    }
}

#[test]
fn nothing_that_a_provider_says_is_cut_in_the_details() {
    let long = "READY, The URL entered is invalid.";
    for (w, h) in [(80, 70), (100, 70), (120, 70), (200, 70)] {
        let mut world = World::new(w, h);
        world.account("lab", None, None, None);
        let mut broken = instance("1", "broken", S::Error, "10.0.0.5", 3);
        broken.raw_status = long.to_owned();
        let said = "利用できません: No valid host was found. There are not enough hosts available.".to_owned();
        broken.trouble = Some(Trouble { said, hint: None });
        let mut importing = instance("2", "importing", S::Importing(Some(62)), "", 0);
        importing.raw_status = "OPEN, Importing (62%)".to_owned();
        let mut web = instance("3", "一つの非常に長い名前のサーバー-that-goes-on-and-on-01", S::Running, "10.0.0.6", 3);
        web.raw_status = "OPEN, Running since the day before the day before yesterday".to_owned();
        let field = |label: &str, value: &str| vpsdeck::domain::Field { label: named(label), value: value.to_owned() };
        web.fields = vec![field("choice.START_AGAIN", "jp-east-1a"), field("field.HOST", "one two three")];
        let frozen =
            instance("4", "zz", S::Unknown("OPEN / Frozen for maintenance until Monday".into()), "10.0.0.7", 3);
        world.instances("lab", vec![broken, importing, web, frozen]);
        for _ in 0..4 {
            world.keys("<enter>");
            let width = world.app.layout().details_width(false);
            let (buffer, _) = painted(&world.app, &LINES, world.app.size);
            let shown = lines(&buffer).join("\n");
            for line in wrapped(&world.app, width) {
                assert!(shown.contains(&line.value) && shown.contains(&line.label), "{w}: {line:?}\n{shown}");
            }
            world.keys("<esc>j");
        }
    }
    let mut world = World::new(80, 24);
    world.account("lab", None, None, None);
    world.instances(
        "lab",
        vec![instance(
            "3",
            "一つの非常に長い名前のサーバー-that-goes-on-and-on-until-it-hurts-most-of-all-01",
            S::Running,
            "10.0.0.6",
            3,
        )],
    );
    world.keys("<enter>");
    let bare = joined(&world).replace(' ', "");
    assert!(bare.contains("until-it-hurts-most-of-all-01"), "the title has no room for it\n{}", text(&world));
}

#[test]
fn what_is_read_only_says_so() {
    let mut world = fleet(120, 36);
    let mut account = world.app.engine.account(&"lab".into()).unwrap().account.clone();
    account.read_only = true;
    world.engine(vpsdeck::engine::Msg::AccountAdded(account));
    assert!(text(&world).lines().next().unwrap().contains("lab read-only"), "{}", text(&world));
    for name in ["indigo", "conoha"] {
        let mut account = world.app.engine.account(&name.into()).unwrap().account.clone();
        account.read_only = true;
        world.engine(vpsdeck::engine::Msg::AccountAdded(account));
    }
    let header = text(&world).lines().next().unwrap().to_owned();
    assert!(header.contains("READ-ONLY") && !header.contains("read-only"), "once is enough: {header}");
    world.keys(WEB);
    let footer = text(&world).lines().last().unwrap().to_owned();
    assert!(footer.starts_with(" a all actions"), "{footer}");
    world.keys("a");
    assert!(joined(&world).contains("stop (indigo is read-only)"), "{}", text(&world));
}

#[test]
fn a_count_says_what_it_does_not_cover() {
    for (w, h) in [(80, 24), (120, 36)] {
        let mut world = fleet(w, h);
        world.keys("3");
        let shown = text(&world);
        assert!(shown.contains("3+") && shown.contains("without conoha, lab"), "{shown}");
        for account in ["conoha", "lab"] {
            world.read(account, ListKey::Firewalls, Collection::Firewalls(Vec::new()));
        }
        let shown = text(&world);
        assert!(!shown.contains("without conoha, lab"), "{shown}");
    }
}

#[test]
fn rows_that_are_not_all_on_the_screen_say_which_are() {
    let names = |n: usize| (0..n).map(|i| instance(&i.to_string(), &format!("node-{i:02}"), S::Running, "10.0.0.1", 3));
    for (w, h) in [(80, 24), (120, 36)] {
        let mut world = World::new(w, h);
        world.account("lab", None, None, None);
        world.instances("lab", names(40).collect());
        let height = world.app.layout().rows(vpsdeck::app::tables::pane::Pane::Instances);
        assert!(text(&world).contains(&format!("1-{height} of 40")), "{}", text(&world));
        world.keys("G");
        assert!(text(&world).contains(&format!("{}-40 of 40", 41 - height)), "{}", text(&world));
        world.instances("lab", names(5).collect());
        assert!(!text(&world).contains("of 5"), "{}", text(&world));
    }
}

#[test]
fn room_goes_to_the_panes_that_have_rows() {
    use vpsdeck::app::tables::pane::Pane;
    let mut world = World::new(120, 36);
    world.account("lab", None, None, None);
    let all = (0..21).map(|i| instance(&i.to_string(), &format!("node-{i:02}"), S::Running, "10.0.0.1", 3));
    world.instances("lab", all.collect());
    assert!(world.app.layout().rows(Pane::Instances) >= 21, "nothing else has any\n{}", text(&world));
    let firewall = |n: usize| {
        std::sync::Arc::new(Firewall {
            id: n.to_string().as_str().into(),
            name: format!("wall-{n:02}"),
            on: None,
            fixed: false,
            created: Some(Timestamp(NOW)),
            updated: None,
            fields: Vec::new(),
            raw: Raw::default(),
        })
    };
    world.read("lab", ListKey::Firewalls, Collection::Firewalls((0..10).map(firewall).collect()));
    let rows =
        |world: &World| [Pane::Instances, Pane::Firewalls, Pane::Images].map(|pane| world.app.layout().rows(pane));
    let [instances, firewalls, images] = rows(&world);
    assert!(instances >= 16 && firewalls >= 3 && images == 1, "{}", text(&world));
    let few = (0..4).map(|i| instance(&i.to_string(), &format!("node-{i:02}"), S::Running, "10.0.0.1", 3));
    world.instances("lab", few.collect());
    let [instances, firewalls, _] = rows(&world);
    assert!(instances >= 4 && firewalls == 10, "{}", text(&world));
}

#[test]
fn every_account_that_is_down_is_named_with_its_next_try() {
    for (w, h) in [(80, 24), (120, 36)] {
        let mut world = World::new(w, h);
        for name in ["indigo", "conoha-tokyo"] {
            world.account(name, None, None, None);
            world.fault(name, ListKey::Instances, down());
        }
        let shown = joined(&world);
        for name in ["indigo", "conoha-tokyo"] {
            let told = format!("{name}: api.example:443 cannot be reached: Connection refused; next try at 14:32:");
            assert!(shown.contains(&told), "{name}\n{}", text(&world));
            let header = text(&world).lines().next().unwrap().to_owned();
            assert!(header.contains(&format!("{name}: not reachable")), "whole words: {header}");
        }
        assert_eq!(shown.matches("Check the network").count(), 1, "{}", text(&world));
    }
}

#[test]
fn rows_of_an_account_that_does_not_answer_look_old() {
    let mut world = fleet(120, 36);
    world.wait(190);
    assert!(text(&world).contains("Running, 2m old"), "overdue\n{}", text(&world));
    let mut world = fleet(120, 36);
    world.wait(70);
    world.fault("lab", ListKey::Instances, down());
    let shown = text(&world);
    assert!(shown.contains("! Error, 1m old"), "{shown}");
    assert_eq!(shown.matches(", 1m old").count(), 1, "the others are fresh\n{shown}");
    let styles = |world: &World| screen(&world.app, true);
    let (all, styled) = (shown, styles(&world));
    let at = all.lines().position(|line| line.contains("! Error, 1m old")).unwrap();
    let styles: Vec<&str> = styled.split("--- styles\n").nth(1).unwrap().lines().collect();
    assert!(styles[at][3..60].chars().all(|c| c == 'd'), "{}", styles[at]);
    world.send(AppMsg::Resized(80, 24));
    world.keys("G<enter>");
    assert!(
        joined(&world).contains("Read 1m ago, and not since: api.example:443 cannot be reached"),
        "{}",
        text(&world)
    );
}

#[test]
fn a_reason_in_the_action_menu_is_read_whole() {
    let mut world = fleet(80, 24);
    world.keys(WEB);
    let mut account = world.app.engine.account(&"indigo".into()).unwrap().account.clone();
    account.read_only = true;
    account.name = "indigo".into();
    world.engine(vpsdeck::engine::Msg::AccountAdded(account));
    world.keys("a");
    let Some(vpsdeck::app::layers::layer::Layer::Menu(menu)) = world.app.layers.last_mut() else { panic!("no menu") };
    let why = "the disk of this machine is being saved since 14:32, and whatever is asked for now would be refused; \
               it goes on by itself when that is Available";
    let last = menu.entries.len() - 1;
    menu.entries[last].why_not = Some(Phrase::verbatim(why));
    for _ in 0..last {
        world.keys("<down>");
    }
    assert!(joined(&world).contains(why), "{}", text(&world));
    world.keys("<up>");
    assert!(!joined(&world).contains(why), "one line for what the cursor is not on\n{}", text(&world));
    world.keys("<down><enter>");
    assert!(
        joined(&world).matches(why).count() == 1 || text(&world).contains("it goes on by itself"),
        "{}",
        text(&world)
    );
}
