//! The details of an operation.

use crate::domain::{Halt, OpResult, OpState, Operation, Phrase, StepMark};

use super::details::{Lines, Tone, minutes, operation_state, stage};
use super::step_words::step_phrase;

impl Lines<'_> {
    pub(super) fn operation(&mut self, op: &Operation) {
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
        self.add_toned("details.state", state, tone);
        match &op.state {
            OpState::Ended(OpResult::Failed { what, said }) => {
                self.add_toned("details.why", app.words.say(what), Tone::Bad);
                if let Some(said) = said {
                    self.push(String::new(), said.said.clone(), Tone::Plain);
                    if let Some(code) = &said.code {
                        self.add("details.code", code.clone());
                    }
                    if let Some(id) = &said.request_id {
                        self.add("details.request", id.clone());
                    }
                }
            }
            OpState::Ended(OpResult::Cancelled { why }) => self.add("details.why", app.words.say(why)),
            OpState::Halted(Halt::StillWanted) => {
                let since = app.now.wall.since(op.asks_since.unwrap_or(op.asked));
                let why = app.words.say(&Phrase::new("op.still-wanted.long").with("age", since));
                self.add_toned("details.why", why, Tone::Bad);
            }
            OpState::Halted(_) => self.add_toned("details.why", self.get("op.halted.long"), Tone::Bad),
            OpState::Unsure => self.add_toned("details.why", self.get("op.unsure.long"), Tone::Bad),
            OpState::Queued { why: Some(why), .. } => self.add("details.why", app.words.say(why)),
            _ => {}
        }
        self.time("details.asked", Some(op.asked));
        let took = op.took.unwrap_or_else(|| app.now.tick.since(op.confirmed));
        self.add("details.elapsed", minutes(took));
        self.add("details.target", format!("{} ({})", op.action.subject().name, op.action.subject().id()));
        self.add("details.id", op.id.to_string());
        if !op.is_over() && !app.engine.is_ours(op) {
            self.add("details.process", app.words.say(&Phrase::new("op.elsewhere").with("process", op.owner.as_str())));
        }
        self.blank();
        self.push(self.get("details.steps"), String::new(), Tone::Heading);
        for (i, step) in op.steps.iter().enumerate() {
            let (mark, tone) = match op.marks.get(i) {
                Some(StepMark::Done(took)) => (minutes(*took), Tone::Good),
                Some(StepMark::Now) => (minutes(app.now.tick.since(op.step_since)), Tone::Busy),
                Some(StepMark::Ended) => (app.words.get("details.ended-here").to_owned(), Tone::Bad),
                _ => (String::new(), Tone::Dim),
            };
            let text = app.words.say(&step_phrase(step, &op.action));
            let text = if mark.is_empty() { text } else { format!("{text}  {mark}") };
            self.push(format!("{}", i + 1), text, tone);
        }
    }
}
