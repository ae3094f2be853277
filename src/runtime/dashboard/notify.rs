//! Tells a person that an operation ended or waits for them while they look elsewhere: by the terminal's bell, a
//! notification, the title and the taskbar, and by a hook. Nothing is written while nothing changes.

use std::collections::HashMap;
use std::time::Duration;

use crate::domain::{Monotonic, OpId, OpResult, OpState, Operation, text};
use crate::engine::Engine;
use crate::runtime::dashboard::hook;
use crate::settings::{Notify, NotifyOn};
use crate::words::Words;
use crate::words::cells::without_controls;

/// Where no focus was ever reported, nobody looks after so long without a key.
const AWAY: Duration = Duration::from_secs(20);
/// No more of a name is told.
const LONGEST: usize = 200;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WindowFocus {
    NeverTold,
    Here,
    Elsewhere,
}

/// How an operation stood when it was looked at last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stood {
    UnderWay,
    Halted,
    Over,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bar {
    Nothing,
    Percent(usize),
    Busy,
    Failed,
}

pub(super) struct Notifier {
    settings: Notify,
    /// Variables that hold secrets: not for a hook.
    secrets: Vec<String>,
    /// Inside tmux, what is for the terminal is wrapped.
    tmux: bool,
    focus: WindowFocus,
    last_key: Monotonic,
    stood: HashMap<OpId, Stood>,
    /// The title as it was set; `None` where it is the terminal's own.
    title: Option<String>,
    bar: Bar,
    /// Something failed since somebody looked.
    failed: bool,
    /// What changed of what is watched, and is not told yet.
    watched: Option<String>,
}

impl Notifier {
    pub(super) fn new(settings: Notify, secrets: Vec<String>, tmux: bool, now: Monotonic) -> Self {
        Self {
            settings,
            secrets,
            tmux,
            focus: WindowFocus::NeverTold,
            last_key: now,
            stood: HashMap::new(),
            title: None,
            bar: Bar::Nothing,
            failed: false,
            watched: None,
        }
    }

    pub(super) fn alert(&mut self, text: &str) {
        self.watched = Some(text.to_owned());
    }

    pub(super) const fn key(&mut self, now: Monotonic) {
        self.last_key = now;
    }

    /// The terminal says whether its window is in focus.
    pub(super) const fn focus(&mut self, here: bool) {
        self.focus = if here { WindowFocus::Here } else { WindowFocus::Elsewhere };
    }

    fn is_away(&self, now: Monotonic) -> bool {
        match self.focus {
            WindowFocus::NeverTold => now.since(self.last_key) >= AWAY,
            WindowFocus::Here => false,
            WindowFocus::Elsewhere => true,
        }
    }

    /// What is to be written to the terminal now: mostly nothing. Runs the hook for what ended or halted.
    pub(super) fn look(&mut self, engine: &Engine, now: Monotonic, words: &Words) -> Vec<u8> {
        let news = self.news(engine);
        let away = self.is_away(now);
        let mut bytes = Vec::new();
        for op in &news {
            hook::run(&self.settings.hook, &self.secrets, op, engine);
        }
        let watched = self.watched.take();
        if away && let Some(text) = news.last().map(|op| line(op, words)).or(watched) {
            if self.settings.bell {
                bytes.push(0x07);
            }
            if self.settings.notification {
                let text = short(&text);
                self.push(&mut bytes, &format!("\x1b]9;vpsdeck: {text}\x1b\\"));
                self.push(&mut bytes, &format!("\x1b]777;notify;vpsdeck;{}\x1b\\", text.replace(';', ",")));
            }
        }
        self.failed = away && (self.failed || news.iter().any(|op| !ended_well(op)));
        if self.settings.title {
            self.retitle(engine, news.last().copied(), away, words, &mut bytes);
        }
        if self.settings.progress {
            let bar = self.bar_now(engine, away);
            if bar != self.bar {
                self.bar = bar;
                let text = match bar {
                    Bar::Nothing => "0;0".to_owned(),
                    Bar::Percent(percent) => format!("1;{percent}"),
                    Bar::Failed => "2;100".to_owned(),
                    Bar::Busy => "3;0".to_owned(),
                };
                self.push(&mut bytes, &format!("\x1b]9;4;{text}\x1b\\"));
            }
        }
        bytes
    }

    /// The operations of ours that ended or halted since the last look.
    fn news<'e>(&mut self, engine: &'e Engine) -> Vec<&'e Operation> {
        let mut news = Vec::new();
        for op in engine.operations().iter().filter(|op| engine.is_ours(op)) {
            let stands = match op.state {
                OpState::Ended(_) => Stood::Over,
                OpState::Halted(_) => Stood::Halted,
                _ => Stood::UnderWay,
            };
            let stood = self.stood.get(&op.id).copied();
            if stood == Some(stands) {
                continue;
            }
            self.stood.insert(op.id.clone(), stands);
            // What is seen for the first time was so before.
            let told = stood.is_some() && stands != Stood::UnderWay;
            if told && (self.settings.on == NotifyOn::End || !ended_well(op)) {
                news.push(op);
            }
        }
        news
    }

    /// While nobody looks, the title tells what ended last, else what is under way.
    fn retitle(&mut self, engine: &Engine, news: Option<&Operation>, away: bool, words: &Words, bytes: &mut Vec<u8>) {
        let running = under_way(engine).count();
        let title = match (away, news) {
            (false, _) => None,
            (true, Some(op)) => Some(format!("vpsdeck: {}", short(&line(op, words)))),
            // It stays until somebody looks.
            (true, None) if self.title.is_some() => return,
            (true, None) if running > 0 => Some(format!("vpsdeck: {}", words.say(&text::notify::under_way(running)))),
            (true, None) => None,
        };
        if title == self.title {
            return;
        }
        match (&title, &self.title) {
            (Some(title), former) => {
                if former.is_none() {
                    self.push(bytes, PUSH_TITLE);
                }
                self.push(bytes, &format!("\x1b]2;{title}\x1b\\"));
            }
            (None, _) => self.push(bytes, POP_TITLE),
        }
        self.title = title;
    }

    fn bar_now(&self, engine: &Engine, away: bool) -> Bar {
        if !away {
            return Bar::Nothing;
        }
        let mut running = under_way(engine);
        match (running.next(), running.next()) {
            (Some(op), None) => Bar::Percent(op.at * 100 / op.steps.len().max(1)),
            (Some(_), Some(_)) => Bar::Busy,
            (None, _) if self.failed => Bar::Failed,
            (None, _) => Bar::Nothing,
        }
    }

    /// What takes everything back that is still set, for when the terminal is given back.
    pub(super) fn farewell(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        if self.title.is_some() {
            self.push(&mut bytes, POP_TITLE);
        }
        if self.bar != Bar::Nothing {
            self.push(&mut bytes, "\x1b]9;4;0;0\x1b\\");
        }
        bytes
    }

    /// The terminal was given back: nothing of ours is set in it any more.
    pub(super) fn gave_back(&mut self) {
        self.title = None;
        self.bar = Bar::Nothing;
    }

    fn push(&self, bytes: &mut Vec<u8>, sequence: &str) {
        if self.tmux {
            bytes.extend(format!("\x1bPtmux;{}\x1b\\", sequence.replace('\x1b', "\x1b\x1b")).into_bytes());
        } else {
            bytes.extend(sequence.as_bytes());
        }
    }
}

const PUSH_TITLE: &str = "\x1b[22;2t";
const POP_TITLE: &str = "\x1b[23;2t";

fn under_way(engine: &Engine) -> impl Iterator<Item = &Operation> {
    engine.operations().iter().filter(|op| engine.is_ours(op) && !op.is_over())
}

const fn ended_well(op: &Operation) -> bool {
    matches!(op.state, OpState::Ended(OpResult::Done | OpResult::Cancelled { .. }))
}

/// An operation in one line: `restore web-01: done`.
fn line(op: &Operation, words: &Words) -> String {
    let how = match op.state {
        OpState::Ended(OpResult::Done) => text::notify::DONE,
        OpState::Ended(OpResult::Failed { .. }) => text::notify::FAILED,
        OpState::Ended(OpResult::Cancelled { .. }) => text::notify::CANCELLED,
        OpState::Halted(_) => text::notify::WAITS,
        _ => text::notify::UNKNOWN,
    };
    words.say(&text::notify::line(op.action.verb(), op.action.subject().name.as_str(), how))
}

fn short(text: &str) -> String {
    without_controls(text).chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notifier(tmux: bool) -> Notifier {
        let settings = Notify { notification: true, title: true, progress: true, ..Notify::default() };
        Notifier::new(settings, Vec::new(), tmux, Monotonic(0))
    }

    #[test]
    fn in_tmux_a_sequence_is_wrapped_and_its_escapes_are_doubled() {
        let mut bytes = Vec::new();
        notifier(false).push(&mut bytes, "\x1b]9;a\x1b\\");
        notifier(true).push(&mut bytes, "\x1b]9;a\x1b\\");
        assert_eq!(bytes, b"\x1b]9;a\x1b\\\x1bPtmux;\x1b\x1b]9;a\x1b\x1b\\\x1b\\");
    }

    #[test]
    fn without_a_word_of_the_focus_twenty_seconds_without_a_key_are_away() {
        let mut notifier = notifier(false);
        assert!(!notifier.is_away(Monotonic(19_999)) && notifier.is_away(Monotonic(20_000)));
        notifier.key(Monotonic(5_000));
        assert!(!notifier.is_away(Monotonic(20_000)));
        notifier.focus(true);
        assert!(!notifier.is_away(Monotonic(90_000)), "it is said to be here");
        notifier.focus(false);
        assert!(notifier.is_away(Monotonic(90_000)));
    }

    #[test]
    fn what_was_set_is_taken_back_once() {
        let mut notifier = notifier(false);
        assert_eq!(notifier.farewell(), b"");
        (notifier.title, notifier.bar) = (Some("x".to_owned()), Bar::Busy);
        assert_eq!(notifier.farewell(), b"\x1b[23;2t\x1b]9;4;0;0\x1b\\");
        notifier.gave_back();
        assert_eq!(notifier.farewell(), b"");
    }
}
