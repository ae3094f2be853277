//! Keys, pastes and resizes from the terminal, as the app knows them.

use std::time::Duration;

use crossterm::event::{Event, EventStream, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use futures_util::StreamExt as _;
use tokio::sync::mpsc::UnboundedSender;
use tokio::task::JoinHandle;

use super::run::Happened;
use crate::app::Msg;
use crate::app::keys::{Code, Key};

/// So long is looked whether more waits. Not zero: asked with zero, crossterm's event source does not look at all.
const MORE: Duration = Duration::from_micros(200);

/// Reads the terminal until it is dropped.
pub(super) struct Input(JoinHandle<()>);

impl Input {
    /// Begins to read. All that waits is handed over together, so that it is taken in before anything is painted.
    #[allow(clippy::disallowed_methods, reason = "the runtime spawns")]
    pub(super) fn start(to: UnboundedSender<Happened>) -> Self {
        Self(tokio::spawn(async move {
            let mut events = EventStream::new();
            while let Some(Ok(event)) = events.next().await {
                let mut batch = Vec::new();
                take(event, &mut batch, &to);
                while crossterm::event::poll(MORE).unwrap_or(false) {
                    match crossterm::event::read() {
                        Ok(event) => take(event, &mut batch, &to),
                        Err(_) => break,
                    }
                }
                if !batch.is_empty() && to.send(Happened::Input(batch)).is_err() {
                    return;
                }
            }
            // The terminal is gone.
            let _ = to.send(Happened::Input(vec![Msg::Terminate]));
        }))
    }
}

impl Drop for Input {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// What is for the app goes with its batch; whether somebody looks at the window is for the loop alone.
fn take(event: Event, batch: &mut Vec<Msg>, to: &UnboundedSender<Happened>) {
    match event {
        Event::FocusGained => drop(to.send(Happened::Focus(true))),
        Event::FocusLost => drop(to.send(Happened::Focus(false))),
        event => batch.extend(message(event)),
    }
}

fn message(event: Event) -> Option<Msg> {
    match event {
        Event::Key(event) if event.kind != KeyEventKind::Release => key(event).map(Msg::Key),
        Event::Paste(text) => Some(Msg::Paste(text)),
        Event::Resize(width, height) => Some(Msg::Resized(width, height)),
        _ => None,
    }
}

fn key(event: KeyEvent) -> Option<Key> {
    let code = match event.code {
        KeyCode::Char(c) => Code::Char(c),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab => Code::Tab,
        KeyCode::BackTab => Code::BackTab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Insert => Code::Insert,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(n) => Code::F(n),
        _ => return None,
    };
    Some(Key {
        code,
        ctrl: event.modifiers.contains(KeyModifiers::CONTROL),
        alt: event.modifiers.contains(KeyModifiers::ALT),
    })
}
