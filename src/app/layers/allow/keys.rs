//! The keys of the layer.

use tui_input::Input;

use crate::app::layers::allow::open::{ask, renew};
use crate::app::layers::allow::options::{Pick, options};
use crate::app::layers::allow::state::{Allow, Step};
use crate::app::layers::layer::Layer;
use crate::app::layers::text_field::edit;
use crate::app::tables::key::{Code, Key};
use crate::app::{App, Effect};
use crate::domain::{text, typed_address};

fn top(app: &mut App) -> Option<&mut Allow> {
    match app.layers.last_mut() {
        Some(Layer::Allow(allow)) => Some(allow),
        _ => None,
    }
}

pub(crate) fn key(app: &mut App, key: Key, effects: &mut Vec<Effect>) {
    let Some(Layer::Allow(allow)) = app.layers.last() else { return };
    let found = options(app, allow);
    let last = found.choices.len().saturating_sub(1);
    let is_typing = allow.input.is_some();
    let Some(allow) = top(app) else { return };
    match key.code {
        Code::Esc => {
            if !allow.back() {
                app.layers.pop();
            }
        }
        Code::Char('c') if key.ctrl => {
            app.layers.pop();
        }
        Code::Enter if is_typing => typed(allow),
        _ if is_typing => {
            if let Some(input) = &mut allow.input {
                edit(input, key);
                allow.trouble = None;
            }
        }
        // There is nothing to be chosen: it was read.
        Code::Enter if found.choices.is_empty() => {
            if found.question.is_none() {
                app.layers.pop();
            }
        }
        Code::Enter => choose(app, allow_cursor(app), effects),
        Code::Down | Code::Tab => allow.cursor = (allow.cursor + 1).min(last),
        Code::Up | Code::BackTab => allow.cursor = allow.cursor.saturating_sub(1),
        Code::Home | Code::PageUp => allow.cursor = 0,
        Code::End | Code::PageDown => allow.cursor = last,
        _ => match key.ascii_twin().unwrap_or(key).typed() {
            Some('j') => allow.cursor = (allow.cursor + 1).min(last),
            Some('k') => allow.cursor = allow.cursor.saturating_sub(1),
            Some('q') => {
                app.layers.pop();
            }
            Some(digit @ '1'..='9') if key.typed() == Some(digit) => {
                let at = digit as usize - '1' as usize;
                if at <= last {
                    allow.cursor = at;
                    choose(app, at, effects);
                }
            }
            _ => {}
        },
    }
    renew(app);
}

fn allow_cursor(app: &App) -> usize {
    match app.layers.last() {
        Some(Layer::Allow(allow)) => allow.cursor,
        _ => 0,
    }
}

/// Text that was pasted goes into what is typed.
pub(crate) fn paste(app: &mut App, insert: &dyn Fn(&mut Input)) {
    if let Some(input) = top(app).and_then(|allow| allow.input.as_mut()) {
        insert(input);
    }
}

/// Takes what was typed, or says what is wrong with it.
fn typed(allow: &mut Allow) {
    let text = allow.input.as_ref().map(|input| input.value().trim().to_owned()).unwrap_or_default();
    match allow.step() {
        Step::Port => match text.parse::<u16>() {
            Ok(port) if port > 0 => {
                allow.port = Some(port);
                allow.turn();
            }
            _ => allow.trouble = Some(text::allow::no_port(text)),
        },
        _ => match typed_address(&text) {
            Ok(own) => allow.take(own),
            Err(why) => allow.trouble = Some(text::allow::no_address(why.phrase())),
        },
    }
}

fn choose(app: &mut App, at: usize, effects: &mut Vec<Effect>) {
    let Some(Layer::Allow(allow)) = app.layers.last() else { return };
    let Some(choice) = options(app, allow).choices.into_iter().nth(at) else { return };
    let Some(allow) = top(app) else { return };
    if let Some(why) = choice.why_not {
        allow.trouble = Some(why);
        return;
    }
    match choice.pick {
        Pick::Firewall(target) => {
            allow.firewall = Some(target);
            allow.turn();
        }
        Pick::Ask if allow.asking => {}
        Pick::Ask => {
            allow.asking = true;
            allow.trouble = None;
            effects.push(Effect::MyAddress);
        }
        Pick::Own(own) => allow.take(own),
        Pick::Type => {
            allow.input = Some(Input::default());
            allow.trouble = None;
        }
        Pick::Network(network) => {
            allow.network = Some(network);
            allow.turn();
        }
        Pick::Port(port) => {
            allow.port = Some(port);
            allow.turn();
        }
        Pick::Replace(rule) => ask(app, Some(&rule)),
        Pick::Add => ask(app, None),
    }
}
