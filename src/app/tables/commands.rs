//! The one table of commands. Keys, help, palette, action menu and footer come from these rows and from nowhere else.
//! Longer than most files here because it is one table.

use std::collections::HashMap;

use crate::app::tables::key::KeyStroke;
use crate::app::tables::own_commands::{Own, OwnMistake, understand};
use crate::app::tables::pane::Pane;
use crate::domain::{OwnCommand, Phrase, Text, Verb, text};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Command {
    Down,
    Up,
    Top,
    Bottom,
    HalfPageDown,
    HalfPageUp,
    PageDown,
    PageUp,
    NextPane,
    PreviousPane,
    Go(Pane),
    Open,
    Back,
    Filter,
    Order,
    Mark,
    MarkAll,
    NextProblem,
    PreviousProblem,
    Actions,
    Palette,
    Help,
    Accounts,
    Widen,
    Refresh,
    Copy,
    Raw,
    Quit,
    Leave,
    Suspend,
    Redraw,
    Cancel,
    Decide,
    Console,
    ConsoleOutput,
    Watch,
    Again,
    Requests,
    AllowMyAddress,
    Ssh,
    /// A command of the person's own, by its number.
    Own(usize),
    Cost,
    Compare,
    Protect,
    Do(Verb),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    Move,
    Look,
    Act,
    Program,
}

#[derive(Debug, Clone, Copy)]
pub struct CommandRow {
    pub command: Command,
    /// Its name in the configuration's `[keys]` and in the palette.
    pub name: &'static str,
    /// Its keys where nothing rebinds them.
    pub keys: &'static [&'static str],
    pub group: Group,
    /// Where it works; empty: everywhere.
    pub panes: &'static [Pane],
    pub text: Text,
    /// A short word for the footer, where it stands there.
    pub hint: Option<Text>,
}

const INSTANCES: &[Pane] = &[Pane::Instances];
const SNAPSHOTS: &[Pane] = &[Pane::Snapshots];
const SAVED: &[Pane] = &[Pane::Snapshots, Pane::Images];
const ALL_SAVED: &[Pane] = &[Pane::Instances, Pane::Snapshots, Pane::Images];
const GUARDED: &[Pane] = &[Pane::Instances, Pane::Firewalls];
const RESOURCES: &[Pane] =
    &[Pane::Instances, Pane::Snapshots, Pane::Firewalls, Pane::Images, Pane::Keys, Pane::ApiKeys];
/// A stop that hangs, and what was made and failed, stand in Operations, too.
const STOPPING: &[Pane] = &[Pane::Instances, Pane::Operations];
const WATCHED: &[Pane] = &[Pane::Instances, Pane::Snapshots, Pane::Operations];
const OPERATIONS: &[Pane] = &[Pane::Operations];
const FIREWALLS: &[Pane] = &[Pane::Firewalls];
const KEYS: &[Pane] = &[Pane::Keys];
const API_KEYS: &[Pane] = &[Pane::ApiKeys];

macro_rules! row {
    ($command:expr, $name:literal, $text:ident, [$($key:literal),*], $group:ident, $panes:expr) => {
        row!($command, $name, $text, [$($key),*], $group, $panes, None)
    };
    ($command:expr, $name:literal, $text:ident, [$($key:literal),*], $group:ident, $panes:expr, $hint:expr) => {
        CommandRow {
            command: $command,
            name: $name,
            keys: &[$($key),*],
            group: Group::$group,
            panes: $panes,
            text: text::command::$text,
            hint: $hint,
        }
    };
}

/// Every command there is.
pub const COMMANDS: &[CommandRow] = &[
    row!(Command::Down, "down", DOWN, ["j", "down"], Move, &[]),
    row!(Command::Up, "up", UP, ["k", "up"], Move, &[]),
    row!(Command::Top, "top", TOP, ["g", "home"], Move, &[]),
    row!(Command::Bottom, "bottom", BOTTOM, ["G", "end"], Move, &[]),
    row!(Command::HalfPageDown, "half-page-down", HALF_PAGE_DOWN, ["ctrl-d"], Move, &[]),
    row!(Command::HalfPageUp, "half-page-up", HALF_PAGE_UP, ["ctrl-u"], Move, &[]),
    row!(Command::PageDown, "page-down", PAGE_DOWN, ["pgdn"], Move, &[]),
    row!(Command::PageUp, "page-up", PAGE_UP, ["pgup"], Move, &[]),
    row!(Command::NextPane, "next-pane", NEXT_PANE, ["tab", "l", "right"], Move, &[]),
    row!(Command::PreviousPane, "previous-pane", PREVIOUS_PANE, ["shift-tab", "h", "left"], Move, &[]),
    row!(Command::Go(Pane::Instances), "instances", INSTANCES, ["1"], Move, &[]),
    row!(Command::Go(Pane::Snapshots), "snapshots", SNAPSHOTS, ["2"], Move, &[]),
    row!(Command::Go(Pane::Firewalls), "firewalls", FIREWALLS, ["3"], Move, &[]),
    row!(Command::Go(Pane::Images), "images", IMAGES, ["4"], Move, &[]),
    row!(Command::Go(Pane::Operations), "operations", OPERATIONS, ["5"], Move, &[]),
    row!(Command::Go(Pane::Keys), "keys", KEYS, ["K"], Move, &[]),
    row!(Command::Go(Pane::ApiKeys), "api-keys", API_KEYS, [], Move, &[]),
    row!(Command::NextProblem, "next-problem", NEXT_PROBLEM, ["]"], Move, &[], Some(text::hint::PROBLEM)),
    row!(Command::PreviousProblem, "previous-problem", PREVIOUS_PROBLEM, ["["], Move, &[]),
    row!(Command::Open, "open", OPEN, ["enter"], Look, &[]),
    row!(Command::Back, "back", BACK, ["esc"], Look, &[]),
    row!(Command::Filter, "filter", FILTER, ["/"], Look, &[], Some(text::hint::FILTER)),
    row!(Command::Order, "order", ORDER, ["O"], Look, &[]),
    row!(Command::Mark, "mark", MARK, ["space"], Look, RESOURCES),
    row!(Command::MarkAll, "mark-all", MARK_ALL, ["*"], Look, RESOURCES),
    row!(Command::Widen, "widen", WIDEN, ["."], Look, SNAPSHOTS),
    row!(Command::Accounts, "accounts", ACCOUNTS, ["A"], Look, &[]),
    row!(Command::Refresh, "refresh", REFRESH, ["ctrl-r"], Look, &[]),
    row!(Command::Copy, "copy", COPY, ["y"], Look, &[]),
    row!(Command::Raw, "raw", RAW, ["v"], Look, &[]),
    row!(Command::Requests, "requests", REQUESTS, ["@"], Look, &[]),
    row!(Command::Cost, "cost", COST, ["$"], Look, &[]),
    row!(Command::Compare, "compare", COMPARE, ["="], Look, RESOURCES),
    row!(Command::Do(Verb::Start), "start", START, ["s"], Act, INSTANCES, Some(text::hint::START)),
    row!(Command::Do(Verb::Stop), "stop", STOP, ["x"], Act, INSTANCES, Some(text::hint::STOP)),
    row!(Command::Do(Verb::ForceStop), "force-stop", FORCE_STOP, ["X"], Act, STOPPING, Some(text::hint::FORCE_STOP)),
    row!(Command::Do(Verb::Reboot), "reboot", REBOOT, ["r"], Act, INSTANCES, Some(text::hint::REBOOT)),
    row!(
        Command::Do(Verb::TakeSnapshot),
        "take-snapshot",
        TAKE_SNAPSHOT,
        ["t"],
        Act,
        INSTANCES,
        Some(text::hint::SNAPSHOT)
    ),
    row!(Command::Do(Verb::Restore), "restore", RESTORE, ["R"], Act, ALL_SAVED, Some(text::hint::RESTORE)),
    row!(Command::Do(Verb::RestoreAsNew), "restore-as-new", RESTORE_AS_NEW, [], Act, SAVED),
    row!(Command::Do(Verb::AssignFirewall), "assign", ASSIGN, ["f"], Act, GUARDED),
    row!(Command::Do(Verb::DetachFirewall), "detach", DETACH, [], Act, INSTANCES),
    row!(Command::AllowMyAddress, "allow-my-address", ALLOW_MY_ADDRESS, ["m"], Act, GUARDED),
    row!(Command::Do(Verb::RetakeSnapshot), "retake-snapshot", RETAKE_SNAPSHOT, [], Act, SNAPSHOTS),
    row!(Command::Do(Verb::Park), "park", PARK, [], Act, INSTANCES),
    row!(Command::Do(Verb::Resize), "resize", RESIZE, [], Act, INSTANCES),
    row!(Command::Do(Verb::ConfirmResize), "confirm-resize", CONFIRM_RESIZE, [], Act, INSTANCES),
    row!(Command::Do(Verb::RevertResize), "revert-resize", REVERT_RESIZE, [], Act, INSTANCES),
    row!(Command::Do(Verb::CreateInstance), "create", CREATE, ["c"], Act, ALL_SAVED),
    row!(Command::Do(Verb::Destroy), "destroy", DESTROY, ["D"], Act, STOPPING),
    row!(Command::Do(Verb::DeleteSnapshot), "delete", DELETE, ["D"], Act, SAVED),
    row!(
        Command::Do(Verb::CreateFirewall),
        "create-firewall",
        CREATE_FIREWALL,
        ["c"],
        Act,
        FIREWALLS,
        Some(text::hint::CREATE_FIREWALL)
    ),
    row!(
        Command::Do(Verb::UpdateFirewall),
        "edit-rules",
        EDIT_RULES,
        ["e"],
        Act,
        FIREWALLS,
        Some(text::hint::EDIT_RULES)
    ),
    row!(Command::Do(Verb::DeleteFirewall), "delete-firewall", DELETE_FIREWALL, ["D"], Act, FIREWALLS),
    row!(Command::Do(Verb::AddKey), "add-key", ADD_KEY, ["c"], Act, KEYS, Some(text::hint::ADD_KEY)),
    row!(Command::Do(Verb::ChangeKey), "change-key", CHANGE_KEY, ["e"], Act, KEYS, Some(text::hint::CHANGE_KEY)),
    row!(Command::Do(Verb::DeleteKey), "delete-key", DELETE_KEY, ["D"], Act, KEYS),
    row!(
        Command::Do(Verb::CreateApiKey),
        "create-api-key",
        CREATE_API_KEY,
        ["c"],
        Act,
        API_KEYS,
        Some(text::hint::CREATE_API_KEY)
    ),
    row!(Command::Do(Verb::DeleteApiKey), "delete-api-key", DELETE_API_KEY, ["D"], Act, API_KEYS),
    row!(Command::Ssh, "ssh", SSH, ["!"], Act, INSTANCES),
    row!(Command::Console, "console", CONSOLE, ["o"], Act, INSTANCES),
    row!(Command::ConsoleOutput, "console-output", CONSOLE_OUTPUT, ["L"], Act, INSTANCES),
    row!(Command::Cancel, "take-back", TAKE_BACK, ["u"], Act, &[]),
    row!(Command::Decide, "decide", DECIDE, [], Act, OPERATIONS),
    row!(Command::Again, "again", AGAIN, [], Act, OPERATIONS),
    row!(Command::Watch, "watch", WATCH, ["w"], Act, WATCHED),
    row!(Command::Protect, "protect", PROTECT, ["P"], Act, RESOURCES),
    row!(Command::Actions, "actions", ACTIONS, ["a"], Act, &[], Some(text::hint::ACTIONS)),
    row!(Command::Palette, "palette", PALETTE, [":"], Program, &[], Some(text::hint::COMMAND)),
    row!(Command::Help, "help", HELP, ["?"], Program, &[], Some(text::hint::HELP)),
    row!(Command::Quit, "quit", QUIT, ["q"], Program, &[]),
    row!(Command::Leave, "leave", LEAVE, ["ctrl-c"], Program, &[]),
    row!(Command::Suspend, "suspend", SUSPEND, ["ctrl-z"], Program, &[]),
    row!(Command::Redraw, "redraw", REDRAW, ["ctrl-l"], Program, &[]),
];

/// What a newcomer can try in the demo, one after the other.
pub(crate) const TIPS: [(Command, Text); 8] = [
    (Command::Down, text::tip::MOVE),
    (Command::Do(Verb::Stop), text::tip::STOP),
    (Command::Go(Pane::Operations), text::tip::OPERATIONS),
    (Command::Filter, text::tip::FILTER),
    (Command::Do(Verb::TakeSnapshot), text::tip::SNAPSHOT),
    (Command::NextProblem, text::tip::PROBLEM),
    (Command::Actions, text::tip::ACTIONS),
    (Command::Help, text::tip::HELP),
];

/// What is the same command in other panes: the key of the first is that of the second.
const SAME: &[(&str, &str)] = &[
    ("delete", "delete-firewall"),
    ("delete", "delete-key"),
    ("delete", "delete-api-key"),
    ("create", "create-firewall"),
    ("create", "add-key"),
    ("create", "create-api-key"),
];

impl Command {
    #[must_use]
    pub fn row(self) -> Option<&'static CommandRow> {
        COMMANDS.iter().find(|r| r.command == self)
    }

    /// Whether it asks a provider to change something.
    #[must_use]
    pub const fn changes(self) -> bool {
        matches!(self, Self::Do(_) | Self::Decide | Self::AllowMyAddress)
    }
}

impl CommandRow {
    #[must_use]
    pub fn works_in(&self, pane: Pane) -> bool {
        self.panes.is_empty() || self.panes.contains(&pane)
    }
}

#[derive(Debug, Clone)]
pub struct Keymap {
    by_key: HashMap<KeyStroke, Vec<Command>>,
    by_command: HashMap<Command, Vec<KeyStroke>>,
    own: Vec<Own>,
}

/// A mistake in the `[keys]` of the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeymapError {
    /// No command of that name.
    NoCommand(String),
    NoKey(String, crate::app::tables::key::NoKey),
    Twice {
        key: String,
        one: &'static str,
        other: &'static str,
    },
}

impl KeymapError {
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::NoCommand(name) => text::plain::at(format!("[keys] {name}"), text::keymap::NO_COMMAND),
            Self::NoKey(name, error) => text::plain::at(format!("[keys] {name}"), error.phrase()),
            Self::Twice { key, one, other } => text::keymap::twice(format!("[keys] {key}"), *one, *other),
        }
    }
}

impl Keymap {
    /// The keys of the table, with what the configuration rebinds: command name to keys.
    ///
    /// # Errors
    /// Names the first mistake.
    pub fn new<'a>(rebound: impl IntoIterator<Item = (&'a str, Vec<&'a str>)>) -> Result<Self, KeymapError> {
        let mut keys: HashMap<Command, Vec<KeyStroke>> = HashMap::new();
        for row in COMMANDS {
            let parsed = row.keys.iter().filter_map(|k| k.parse().ok()).collect();
            keys.insert(row.command, parsed);
        }
        let rebound: Vec<(&str, Vec<&str>)> = rebound.into_iter().collect();
        // One name rebinds what is the same elsewhere, unless that is rebound by its own.
        let own = |name: &str| rebound.iter().any(|(named, _)| *named == name);
        let same = rebound.iter().flat_map(|(name, texts)| {
            SAME.iter().filter(move |(one, _)| one == name).map(move |(_, other)| (*other, texts.clone()))
        });
        let same: Vec<(&str, Vec<&str>)> = same.filter(|(name, _)| !own(name)).collect();
        for (name, texts) in rebound.iter().cloned().chain(same) {
            let row =
                COMMANDS.iter().find(|r| r.name == name).ok_or_else(|| KeymapError::NoCommand(name.to_owned()))?;
            let parsed: Result<Vec<KeyStroke>, _> = texts.iter().map(|t| t.parse()).collect();
            keys.insert(row.command, parsed.map_err(|e| KeymapError::NoKey(name.to_owned(), e))?);
        }
        let mut by_key: HashMap<KeyStroke, Vec<Command>> = HashMap::new();
        for row in COMMANDS {
            for key in &keys[&row.command] {
                let there = by_key.entry(*key).or_default();
                for other in there.iter() {
                    let Some(other) = other.row() else { continue };
                    let meet = row.panes.is_empty()
                        || other.panes.is_empty()
                        || row.panes.iter().any(|p| other.panes.contains(p));
                    if meet {
                        return Err(KeymapError::Twice { key: key.to_string(), one: other.name, other: row.name });
                    }
                }
                there.push(row.command);
            }
        }
        Ok(Self { by_key, by_command: keys, own: Vec::new() })
    }

    /// The same with commands of the person's own.
    ///
    /// # Errors
    /// The first mistake: no such key or pane, or a key that is taken where it is to work.
    pub fn with_own(mut self, commands: &[OwnCommand]) -> Result<Self, OwnMistake> {
        for command in commands {
            let n = self.own.len();
            let own = understand(command)?;
            self.own.push(own.clone());
            let Some(key) = own.key else { continue };
            let meets = |other: &&Command| own.panes.iter().any(|pane| self.works_in(**other, *pane));
            if let Some(other) = self.by_key.get(&key).into_iter().flatten().find(meets) {
                let (one, other) = (format!("{:?}", own.name), format!("{:?}", self.name(*other)));
                let what = text::keymap::twice(key.to_string(), one, other);
                return Err(OwnMistake::new(command.line, "key", what));
            }
            self.by_key.entry(key).or_default().push(Command::Own(n));
            self.by_command.insert(Command::Own(n), vec![key]);
        }
        Ok(self)
    }

    #[must_use]
    pub fn own(&self) -> &[Own] {
        &self.own
    }

    #[must_use]
    pub fn works_in(&self, command: Command, pane: Pane) -> bool {
        match command {
            Command::Own(n) => self.own.get(n).is_some_and(|own| own.panes.contains(&pane)),
            command => command.row().is_some_and(|row| row.works_in(pane)),
        }
    }

    fn name(&self, command: Command) -> &str {
        match command {
            Command::Own(n) => self.own.get(n).map_or("", |own| own.name.as_str()),
            command => command.row().map_or("", |row| row.name),
        }
    }

    #[must_use]
    pub fn command(&self, key: KeyStroke, pane: Pane) -> Option<Command> {
        self.by_key.get(&key)?.iter().copied().find(|command| self.works_in(*command, pane))
    }

    #[must_use]
    pub fn keys(&self, command: Command) -> &[KeyStroke] {
        self.by_command.get(&command).map_or(&[], Vec::as_slice)
    }

    /// The first key of a command as text; empty where it has none.
    #[must_use]
    pub fn shown(&self, command: Command) -> String {
        self.keys(command).first().map(ToString::to_string).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_does_two_things_in_one_pane_and_every_key_parses() {
        let keymap = Keymap::new([]).unwrap();
        for row in COMMANDS {
            assert_eq!(keymap.keys(row.command).len(), row.keys.len(), "{}", row.name);
        }
    }

    #[test]
    fn names_are_unique_and_every_verb_has_a_row() {
        let mut names: Vec<_> = COMMANDS.iter().map(|r| r.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), COMMANDS.len());
        for verb in Verb::ALL {
            assert!(Command::Do(verb).row().is_some(), "{verb:?}");
        }
    }

    #[test]
    fn a_key_can_be_moved_but_not_onto_another() {
        let keymap = Keymap::new([("stop", vec!["S"]), ("quit", vec!["Q", "ctrl-q"])]).unwrap();
        assert_eq!(keymap.command("S".parse().unwrap(), Pane::Instances), Some(Command::Do(Verb::Stop)));
        assert_eq!(keymap.command("x".parse().unwrap(), Pane::Instances), None);
        assert!(matches!(Keymap::new([("stop", vec!["j"])]), Err(KeymapError::Twice { .. })));
        assert!(matches!(Keymap::new([("fly", vec!["j"])]), Err(KeymapError::NoCommand(_))));
        assert!(matches!(Keymap::new([("stop", vec!["ctrl-i"])]), Err(KeymapError::NoKey(..))));
    }

    #[test]
    fn one_key_destroys_an_instance_and_deletes_a_snapshot_by_where_the_cursor_is() {
        let keymap = Keymap::new([]).unwrap();
        let key = KeyStroke::char('D');
        assert_eq!(keymap.command(key, Pane::Instances), Some(Command::Do(Verb::Destroy)));
        assert_eq!(keymap.command(key, Pane::Snapshots), Some(Command::Do(Verb::DeleteSnapshot)));
        assert_eq!(keymap.command(key, Pane::Firewalls), Some(Command::Do(Verb::DeleteFirewall)));
    }
}
