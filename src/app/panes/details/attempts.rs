//! The requests of an operation, in its details.

use crate::app::panes::details::DetailLines;
use crate::app::tone::Tone;
use crate::domain::{Attempt, Operation, Step, text};
use crate::words::cells::clean;

impl DetailLines<'_> {
    /// The requests of an operation, each with what came back, redacted.
    pub(crate) fn attempts(&mut self, op: &Operation) {
        if op.attempts.is_empty() {
            return;
        }
        self.blank();
        self.push(self.get(text::details::REQUESTS), String::new(), Tone::Bold);
        for attempt in &op.attempts {
            let tone = match attempt.status {
                Some(200..=299) => Tone::Plain,
                None if attempt.answered.is_none() => Tone::Busy,
                _ => Tone::Bad,
            };
            self.push((attempt.step + 1).to_string(), self.attempt(op, attempt), tone);
            if let Some(said) = attempt.said.as_ref().filter(|_| attempt.status.is_some()) {
                self.push(String::new(), clean(&self.app.words.say(said)).into_owned(), Tone::Dim);
            }
        }
    }

    /// `14:32:08 stop  POST /servers/1/action  409 E17  request 7f3a  attempt 2`.
    fn attempt(&self, op: &Operation, attempt: &Attempt) -> String {
        let app = self.app;
        let call = match op.steps.get(attempt.step) {
            Some(Step::Call { call, .. }) => call.name(),
            _ => "",
        };
        let mut parts = vec![format!("{} {call}", app.words.clock().time(attempt.at))];
        let logged = attempt
            .request_id
            .as_ref()
            .and_then(|id| app.requests.iter().find(|r| r.account == op.account && r.request_id.as_ref() == Some(id)));
        parts.extend(logged.map(|r| format!("{} {}", r.method, r.path)));
        parts.push(match (attempt.status, &attempt.code) {
            (Some(status), Some(code)) => format!("{status} {code}"),
            (Some(status), None) => status.to_string(),
            (None, _) if attempt.answered.is_none() => self.get(text::attempt::OPEN),
            (None, _) => {
                let said = attempt.said.clone().unwrap_or_else(|| "".into());
                clean(&app.words.say(&text::attempt::none(said))).into_owned()
            }
        });
        if let Some(id) = &attempt.request_id {
            parts.push(app.words.say(&text::attempt::id(clean(id).into_owned())));
        }
        if attempt.attempt > 1 {
            parts.push(app.words.say(&text::attempt::nth(u64::from(attempt.attempt))));
        }
        parts.join("  ")
    }
}
