//! The verbs: what can be done, a row each.

use serde::{Deserialize, Serialize};

use VerbFact::{Copies, FilledIn, JoinsStop, NeedsRoom, OneAtATime, Pauses, Resizes, Saves, TellsSecret};

use crate::domain::ids::Kind;
use crate::domain::phrase::Phrase;
use crate::domain::status::StatusKind;
use crate::domain::text::{self, Text};

/// A verb: one row of what can be done, with how risky it is by nature. Facts raise the risk, nothing lowers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verb {
    Start,
    /// Shut an instance down in order.
    Stop,
    ForceStop,
    Reboot,
    Destroy,
    TakeSnapshot,
    Restore,
    DeleteSnapshot,
    RetakeSnapshot,
    RestoreAsNew,
    AssignFirewall,
    DetachFirewall,
    /// Save an instance's disk, then destroy the instance, to make it again another day.
    Park,
    /// Give an instance another plan.
    Resize,
    /// Keep the plan that a resize gave it.
    ConfirmResize,
    /// Give it back the plan that it had before a resize.
    RevertResize,
    CreateInstance,
    CreateFirewall,
    /// Give a firewall other rules or another name.
    UpdateFirewall,
    DeleteFirewall,
    AddKey,
    /// Rename an SSH key, or say whether new instances can be given it.
    ChangeKey,
    DeleteKey,
    CreateApiKey,
    /// Delete a key of the provider's API for good.
    DeleteApiKey,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Risk {
    /// Can be undone: a question, answered with `y`.
    Question,
    Typed,
}

/// What becomes of its subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum VerbEffect {
    Changes,
    /// It is overwritten: what it held is gone for good.
    Overwrites,
    /// It is gone for good.
    Removes,
    /// The subject is not there yet, so that there is nothing to be selected for it.
    Makes,
}

/// Words an action by what it is about besides its subject, and by its subject.
type Naming = fn(String, String) -> Phrase;

/// As [`Naming`]; the last is the subject with its id.
type Question = fn(String, String, String) -> Phrase;

/// What else holds of a verb wherever it is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum VerbFact {
    OneAtATime,
    FilledIn,
    Saves,
    NeedsRoom,
    Copies,
    Pauses,
    JoinsStop,
    TellsSecret,
    Resizes,
}

struct VerbRow {
    verb: Verb,
    /// In commands, journal and JSON; the same in every language.
    name: &'static str,
    /// What it is called in a sentence, over its dialog, and on its button.
    texts: [Text; 3],
    subject: Kind,
    risk: Risk,
    effect: VerbEffect,
    /// What else it is about, which is selected after its subject.
    other: Option<Kind>,
    facts: &'static [VerbFact],
    /// The state of the subject in which it is done already.
    leads_to: Option<StatusKind>,
    /// What an operation is called that names more than its subject.
    naming: Option<Naming>,
    /// The first line of a dialog that names more than its subject.
    question: Option<Question>,
    /// The command that asks for it, where its subject is all that it needs.
    command: Option<&'static str>,
    /// What is always said of it beforehand.
    warning: Option<Text>,
}

impl VerbRow {
    const fn with(self, other: Kind) -> Self {
        Self { other: Some(other), ..self }
    }

    const fn facts(self, facts: &'static [VerbFact]) -> Self {
        Self { facts, ..self }
    }

    const fn until(self, status: StatusKind) -> Self {
        Self { leads_to: Some(status), ..self }
    }

    const fn named(self, naming: Naming) -> Self {
        Self { naming: Some(naming), ..self }
    }

    const fn asks(self, question: Question) -> Self {
        Self { question: Some(question), ..self }
    }

    const fn command(self, command: &'static str) -> Self {
        Self { command: Some(command), ..self }
    }

    const fn warns(self, warning: Text) -> Self {
        Self { warning: Some(warning), ..self }
    }
}

macro_rules! row {
    ($verb:ident, $name:literal, $text:ident, $subject:ident, $risk:ident, $effect:ident) => {
        VerbRow {
            verb: Verb::$verb,
            name: $name,
            texts: [text::verb::$text, text::title::$text, text::button::$text],
            subject: Kind::$subject,
            risk: Risk::$risk,
            effect: VerbEffect::$effect,
            other: None,
            facts: &[],
            leads_to: None,
            naming: None,
            question: None,
            command: None,
            warning: None,
        }
    };
}

/// In the order of [`Verb`].
#[rustfmt::skip]
const VERBS: [VerbRow; 25] = [
    row!(Start, "start", START, Instance, Question, Changes).until(StatusKind::Running).command("start"),
    row!(Stop, "stop", STOP, Instance, Question, Changes).warns(text::risk::BILLED_WHILE_STOPPED).until(StatusKind::Stopped).command("stop"),
    row!(ForceStop, "force-stop", FORCE_STOP, Instance, Typed, Changes).warns(text::risk::CUTS_POWER).facts(&[JoinsStop]).until(StatusKind::Stopped).command("force-stop"),
    row!(Reboot, "reboot", REBOOT, Instance, Question, Changes).facts(&[Pauses]).command("reboot"),
    row!(Destroy, "destroy", DESTROY, Instance, Typed, Removes).command("destroy"),
    row!(TakeSnapshot, "take-snapshot", TAKE_SNAPSHOT, Instance, Question, Changes).facts(&[Saves, NeedsRoom, Pauses])
        .named(text::op_name::take),
    row!(Restore, "restore", RESTORE, Snapshot, Typed, Overwrites).facts(&[OneAtATime, NeedsRoom, Pauses])
        .named(text::op_name::restore).asks(|snapshot, instance, _| text::confirm::restore_to(snapshot, instance)),
    row!(DeleteSnapshot, "delete", DELETE, Snapshot, Typed, Removes).command("delete snapshot"),
    row!(RetakeSnapshot, "retake-snapshot", RETAKE_SNAPSHOT, Snapshot, Question, Changes),
    row!(RestoreAsNew, "restore-as-new", RESTORE_AS_NEW, Snapshot, Question, Changes).facts(&[OneAtATime, Copies])
        .named(|new, snapshot| text::op_name::as_new(snapshot, new)).asks(|_, snapshot, _| text::confirm::restore_as(snapshot)),
    row!(AssignFirewall, "assign", ASSIGN, Instance, Question, Changes).facts(&[OneAtATime]).with(Kind::Firewall)
        .named(text::op_name::assign).asks(|firewall, _, instance| text::confirm::firewall_on(firewall, instance)),
    row!(DetachFirewall, "detach", DETACH, Instance, Question, Changes).facts(&[OneAtATime]).with(Kind::Firewall)
        .named(text::op_name::detach).asks(|firewall, _, instance| text::confirm::firewall_off(firewall, instance)),
    row!(Park, "park", PARK, Instance, Typed, Removes).facts(&[Saves]),
    row!(Resize, "resize", RESIZE, Instance, Question, Changes).facts(&[OneAtATime, Pauses, Resizes]).with(Kind::Plan)
        .named(text::op_name::resize).asks(|plan, _, instance| text::confirm::resize_to(plan, instance)),
    row!(ConfirmResize, "confirm-resize", CONFIRM_RESIZE, Instance, Question, Changes).facts(&[Resizes]).command("confirm-resize"),
    row!(RevertResize, "revert-resize", REVERT_RESIZE, Instance, Question, Changes).facts(&[Pauses, Resizes]).command("revert-resize"),
    row!(CreateInstance, "create", CREATE, Instance, Question, Makes).facts(&[FilledIn]),
    row!(CreateFirewall, "create-firewall", CREATE_FIREWALL, Firewall, Question, Makes).facts(&[FilledIn]),
    row!(UpdateFirewall, "edit-rules", EDIT_RULES, Firewall, Question, Changes).facts(&[OneAtATime, FilledIn]),
    row!(DeleteFirewall, "delete-firewall", DELETE_FIREWALL, Firewall, Typed, Removes),
    row!(AddKey, "add-key", ADD_KEY, Key, Question, Makes).facts(&[FilledIn]),
    row!(ChangeKey, "change-key", CHANGE_KEY, Key, Question, Changes).facts(&[OneAtATime, FilledIn]),
    row!(DeleteKey, "delete-key", DELETE_KEY, Key, Typed, Removes).command("delete key"),
    row!(CreateApiKey, "create-api-key", CREATE_API_KEY, ApiKey, Question, Makes).facts(&[FilledIn, TellsSecret]),
    row!(DeleteApiKey, "delete-api-key", DELETE_API_KEY, ApiKey, Typed, Removes).command("key api delete"),
];

impl Verb {
    pub const ALL: [Self; VERBS.len()] = {
        let mut all = [Self::Start; VERBS.len()];
        let mut at = 0;
        while at < all.len() {
            all[at] = VERBS[at].verb;
            assert!(all[at] as usize == at, "a row for each verb, in their order");
            at += 1;
        }
        all
    };

    const fn row(self) -> &'static VerbRow {
        &VERBS[self as usize]
    }

    /// Its name in commands, journal and JSON; the same in every language.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.row().name
    }

    #[must_use]
    pub const fn text(self) -> Text {
        self.row().texts[0]
    }

    #[must_use]
    pub const fn title(self) -> Text {
        self.row().texts[1]
    }

    #[must_use]
    pub const fn button(self) -> Text {
        self.row().texts[2]
    }

    /// How it is asked for where no fact raises it.
    #[must_use]
    pub const fn risk(self) -> Risk {
        self.row().risk
    }

    #[must_use]
    pub const fn subject(self) -> Kind {
        self.row().subject
    }

    /// What else it is about, which is selected after its subject.
    #[must_use]
    pub const fn other(self) -> Option<Kind> {
        self.row().other
    }

    /// Whether something is gone for good afterwards, so that it counts down before its first request.
    #[must_use]
    pub fn destroys(self) -> bool {
        matches!(self.row().effect, VerbEffect::Overwrites | VerbEffect::Removes)
    }

    /// Whether it writes anew what is on the disk of an instance.
    #[must_use]
    pub fn overwrites(self) -> bool {
        self.row().effect == VerbEffect::Overwrites
    }

    /// Whether its subject itself is gone for good afterwards.
    #[must_use]
    pub fn removes(self) -> bool {
        self.row().effect == VerbEffect::Removes
    }

    /// Whether it makes something that is not there yet, so that there is nothing to be selected for it.
    #[must_use]
    pub fn makes(self) -> bool {
        self.row().effect == VerbEffect::Makes
    }

    /// What an operation is called that names more than its subject.
    #[must_use]
    pub const fn naming(self) -> Option<Naming> {
        self.row().naming
    }

    /// The first line of a dialog that names more than its subject.
    #[must_use]
    pub const fn question(self) -> Option<Question> {
        self.row().question
    }

    /// The command that asks for it, where its subject is all that it needs.
    #[must_use]
    pub const fn command(self) -> Option<&'static str> {
        self.row().command
    }

    fn has(self, fact: VerbFact) -> bool {
        self.row().facts.contains(&fact)
    }

    #[must_use]
    pub fn is_one_at_a_time(self) -> bool {
        self.has(OneAtATime)
    }

    /// Whether it saves the disk of its subject.
    #[must_use]
    pub fn saves(self) -> bool {
        self.has(Saves)
    }

    /// Whether a disk is or may be saved by it into the room that there is for that.
    #[must_use]
    pub fn needs_room(self) -> bool {
        self.has(NeedsRoom)
    }

    /// Whether it only reads a snapshot, so that the instance that it was taken of is free for others.
    #[must_use]
    pub fn copies(self) -> bool {
        self.has(Copies)
    }

    /// Whether it is filled in or edited beforehand, so that it comes as a whole action.
    #[must_use]
    pub fn is_filled_in(self) -> bool {
        self.has(FilledIn)
    }

    /// Whether it may take a machine out of service that is in service again afterwards.
    #[must_use]
    pub fn pauses(self) -> bool {
        self.has(Pauses)
    }

    /// Whether it may begin while a stop of the same machine is waited for.
    #[must_use]
    pub fn joins_stop(self) -> bool {
        self.has(JoinsStop)
    }

    /// Whether it is about another plan for an instance.
    #[must_use]
    pub fn resizes(self) -> bool {
        self.has(Resizes)
    }

    /// Whether what it makes has a secret that is told once.
    #[must_use]
    pub fn tells_secret(self) -> bool {
        self.has(TellsSecret)
    }

    /// What is always said of it beforehand.
    #[must_use]
    pub const fn warning(self) -> Option<Text> {
        self.row().warning
    }

    /// Whether it is done where this is the state of what it is asked of.
    #[must_use]
    pub fn leads_to(self, status: StatusKind) -> bool {
        self.row().leads_to == Some(status)
    }

    /// The word that is typed for several, such as `delete 3`.
    #[must_use]
    pub fn word(self) -> &'static str {
        let name = self.name();
        name.split_once('-').map_or(name, |(word, _)| if word == "delete" { word } else { name })
    }
}
