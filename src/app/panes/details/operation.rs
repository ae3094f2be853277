//! The details of an operation.

use std::time::Duration;

use crate::app::operations::command_line::command_line;
use crate::app::operations::times;
use crate::app::operations::times::minutes;
use crate::app::operations::words::external_change_state;
use crate::app::panes::details::{DetailLines, operation_state, rule_text, stage};
use crate::app::tone::Tone;
use crate::domain::rule_edit::RuleChange;
use crate::domain::{Halt, OpResult, OpState, Operation, Ref, ResourceId, StatusKind, StepMark, text};
use crate::engine::{ExternalChange, kind_phrase};
use crate::proposal::expected_time::usually;
use crate::proposal::facts::rules::difference;
use crate::proposal::{step_lines, step_number};

impl DetailLines<'_> {
    pub(crate) fn operation(&mut self, op: &Operation) {
        let app = self.app;
        let tone = match &op.state {
            OpState::Ended(OpResult::Failed { .. } | OpResult::Unknown) | OpState::Halted(_) => Tone::Bad,
            OpState::Ended(OpResult::Done) => Tone::Good,
            OpState::Ended(_) => Tone::Plain,
            _ => Tone::Busy,
        };
        let state = match stage(app, op) {
            Some(stage) => format!("{}: {}", operation_state(app, op), app.words.say(&stage)),
            None => operation_state(app, op),
        };
        self.add_toned(text::details::STATE, state, tone);
        self.why(op);
        self.time(text::details::ASKED, Some(op.asked));
        match op.by.as_deref() {
            None => {}
            Some("watchdog") => self.add(text::details::BY, self.get(text::details::BY_WATCHDOG)),
            Some("offer") => self.add(text::details::BY, self.get(text::details::BY_OFFER)),
            Some(other) => self.add(text::details::BY, other.to_owned()),
        }
        let took = times::operation_time(app, op).into_iter().next().unwrap_or_default();
        self.add(text::details::ELAPSED, took);
        let subject = op.action.subject();
        // What was made is known by its id once it is learnt.
        let id = match subject.id().as_str() {
            "" => Ref::OutputInstance.known(&op.outputs).map(ResourceId::as_str),
            id => Some(id),
        };
        let target = id.map_or_else(|| subject.name.clone(), |id| format!("{} ({id})", subject.name));
        self.add(text::details::TARGET, target);
        self.add(text::details::ID, op.id.to_string());
        if let Some(line) = command_line(app, &op.action) {
            self.add(text::details::COMMAND, line);
        }
        if !op.is_over() && !app.engine.is_ours(op) {
            self.add(text::details::PROCESS, app.words.say(&text::op::elsewhere(op.owner.as_str())));
        }
        self.steps(op);
        self.rules_of(op);
        self.attempts(op);
    }

    /// Why it failed, was cancelled, or waits.
    fn why(&mut self, op: &Operation) {
        let app = self.app;
        match &op.state {
            OpState::Ended(OpResult::Failed { what, said }) => {
                let why = app.words.say(what);
                self.add_toned(text::details::WHY, why.clone(), Tone::Bad);
                if let Some(said) = said {
                    let own = app.words.say(&said.said);
                    if !why.contains(own.trim().trim_end_matches('.')) {
                        self.push(String::new(), own, Tone::Plain);
                    }
                    if let Some(code) = &said.code {
                        self.add(text::details::CODE, code.clone());
                    }
                    if let Some(id) = &said.request_id {
                        self.add(text::details::REQUEST, id.clone());
                    }
                }
            }
            OpState::Ended(OpResult::Cancelled { why }) => self.add(text::details::WHY, app.words.say(why)),
            OpState::Halted(Halt::StillWanted) => {
                let since = app.now.wall.since(op.asks_since.unwrap_or(op.asked));
                let why = app.words.say(&text::op_still_wanted::long(since));
                self.add_toned(text::details::WHY, why, Tone::Bad);
            }
            OpState::Halted(_) => self.add_toned(text::details::WHY, self.get(text::op_halted::LONG), Tone::Bad),
            OpState::OutcomeUnknown => self.add_toned(text::details::WHY, self.get(text::op_unsure::LONG), Tone::Bad),
            _ if app.engine.offers_force_stop(op, &app.now) => {
                let what = text::op::stop_hangs(op.action.subject().name.as_str());
                self.add_toned(text::details::WHY, app.words.say(&what), Tone::Bad);
            }
            OpState::Queued { why: Some(why), .. } => self.add(text::details::WHY, app.words.say(why)),
            _ => {}
        }
    }

    fn steps(&mut self, op: &Operation) {
        let app = self.app;
        self.blank();
        self.push(self.get(text::details::STEPS), String::new(), Tone::Bold);
        for (first, count, text) in step_lines(&op.steps, &op.action) {
            // Of several that are told together the one that is not done yet counts.
            let is_done = |n: &usize| matches!(op.marks.get(*n), Some(StepMark::Done(_)));
            let i = (first..first + count).find(|n| !is_done(n)).unwrap_or(first);
            let Some(step) = op.steps.get(i) else { continue };
            let took = |mark: &StepMark| if let StepMark::Done(took) = mark { *took } else { Duration::ZERO };
            let (mark, tone) = match op.marks.get(i) {
                Some(StepMark::Done(_)) => {
                    (minutes(op.marks.iter().skip(first).take(count).map(took).sum()), Tone::Good)
                }
                Some(StepMark::Now) => {
                    let mark = minutes(app.now.tick.since(op.step_since));
                    let beside = times::step_time(app, op).map_or(String::new(), |beside| format!(", {beside}"));
                    (format!("{mark}{beside}"), Tone::Busy)
                }
                Some(StepMark::Ended) => (app.words.get(text::details::ENDED_HERE).to_owned(), Tone::Bad),
                _ => {
                    let expected = times::expected_of_step(app, op, step).filter(|_| !op.is_over());
                    (expected.map_or(String::new(), |e| usually(&app.words, &e)), Tone::Dim)
                }
            };
            let text = app.words.say(&text);
            let text = if mark.is_empty() { text } else { format!("{text}  {mark}") };
            self.push(step_number(first, count), text, tone);
        }
    }

    /// What becomes of each rule, where it changes rules.
    fn rules_of(&mut self, op: &Operation) {
        let changes = difference(&op.action);
        if changes.is_empty() {
            return;
        }
        self.blank();
        self.push(self.get(text::details::CHANGES), String::new(), Tone::Bold);
        for change in changes {
            let tone = match change {
                RuleChange::Added(_) => Tone::Good,
                RuleChange::Removed(_) => Tone::Bad,
                RuleChange::Kept(_) => Tone::Dim,
            };
            self.push(change.sign().to_string(), rule_text(change.rule(), self.app), tone);
        }
    }

    /// What somebody else began.
    pub(crate) fn external_change(&mut self, change: &ExternalChange) {
        let tone = if change.ended.is_some() { Tone::Plain } else { Tone::Busy };
        self.add_toned(text::details::STATE, self.app.words.say(&external_change_state(change)), tone);
        if change.from != StatusKind::None {
            self.add(text::details::BEFORE, self.app.words.say(&kind_phrase(change.from)));
        }
        self.time(text::details::SEEN, Some(change.at));
        self.time(text::details::ENDED, change.ended);
        self.push(String::new(), self.get(text::seen::LONG), Tone::Dim);
    }
}
