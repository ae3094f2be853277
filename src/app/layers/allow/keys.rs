//! The keys of the layer.

use tui_input::Input;

use crate::app::layers::allow::open::refresh;
use crate::app::layers::allow::options::{AllowChoice, Options, options, rules};
use crate::app::layers::allow::state::{Allow, AllowStep};
use crate::app::layers::next::{LayerRequest, Next};
use crate::app::layers::text_field::edit;
use crate::app::tables::key::{Code, KeyStroke};
use crate::app::{App, AppEffect};
use crate::domain::{Origin, OwnRule, Rule, text, typed_address};
use crate::engine;

pub(crate) fn key(allow: &mut Allow, app: &App, key: KeyStroke) -> Next {
    let next = step_key(allow, app, key);
    refresh(allow, app);
    next
}

fn step_key(allow: &mut Allow, app: &App, key: KeyStroke) -> Next {
    let found = options(app, allow);
    let last = found.choices.len().saturating_sub(1);
    let is_typing = allow.input.is_some();
    match key.code {
        Code::Esc => return Next::close_if(!allow.back()),
        Code::Char('c') if key.ctrl => return Next::Close,
        Code::Enter if is_typing => typed(allow),
        _ if is_typing => {
            if let Some(input) = &mut allow.input {
                edit(input, key);
                allow.trouble = None;
            }
        }
        // There is nothing to be chosen: it was read.
        Code::Enter if found.choices.is_empty() => return Next::close_if(found.question.is_none()),
        Code::Enter => return choose(allow, app, found),
        Code::Down | Code::Tab => allow.cursor = (allow.cursor + 1).min(last),
        Code::Up | Code::BackTab => allow.cursor = allow.cursor.saturating_sub(1),
        Code::Home | Code::PageUp => allow.cursor = 0,
        Code::End | Code::PageDown => allow.cursor = last,
        _ => match key.ascii_twin().unwrap_or(key).typed() {
            Some('j') => allow.cursor = (allow.cursor + 1).min(last),
            Some('k') => allow.cursor = allow.cursor.saturating_sub(1),
            Some('q') => return Next::Close,
            Some(digit @ '1'..='9') if key.typed() == Some(digit) => {
                let at = digit as usize - '1' as usize;
                if at <= last {
                    allow.cursor = at;
                    return choose(allow, app, found);
                }
            }
            _ => {}
        },
    }
    Next::Stay
}

/// Takes what was typed, or says what is wrong with it.
fn typed(allow: &mut Allow) {
    let text = allow.input.as_ref().map(|input| input.value().trim().to_owned()).unwrap_or_default();
    match allow.step() {
        AllowStep::Port => match text.parse::<u16>() {
            Ok(port) if port > 0 => {
                allow.port = Some(port);
                allow.enter_step();
            }
            _ => allow.trouble = Some(text::allow::no_port(text)),
        },
        _ => match typed_address(&text) {
            Ok(own) => allow.set_address(own),
            Err(why) => allow.trouble = Some(text::allow::no_address(why.phrase())),
        },
    }
}

/// Chooses what the cursor is on.
fn choose(allow: &mut Allow, app: &App, found: Options) -> Next {
    let Some(choice) = found.choices.into_iter().nth(allow.cursor) else { return Next::Stay };
    if let Some(why) = choice.why_not {
        allow.trouble = Some(why);
        return Next::Stay;
    }
    match choice.pick {
        AllowChoice::Firewall(target) => {
            allow.firewall = Some(target);
            allow.enter_step();
        }
        AllowChoice::Ask if allow.asking => {}
        AllowChoice::Ask => {
            allow.asking = true;
            allow.trouble = None;
            return Next::Do(LayerRequest::Effect(AppEffect::MyAddress));
        }
        AllowChoice::Own(own) => allow.set_address(own),
        AllowChoice::Type => {
            allow.input = Some(Input::default());
            allow.trouble = None;
        }
        AllowChoice::Network(network) => {
            allow.network = Some(network);
            allow.enter_step();
        }
        AllowChoice::Port(port) => {
            allow.port = Some(port);
            allow.enter_step();
        }
        AllowChoice::Replace(rule) => return ask(allow, app, Some(&rule)),
        AllowChoice::Add => return ask(allow, app, None),
    }
    Next::Stay
}

/// The dialog about the change: the address in this rule's place, or added.
fn ask(allow: &Allow, app: &App, replaced: Option<&Rule>) -> Next {
    let (Some(firewall), Some(network), Some(port), Some(was)) =
        (&allow.firewall, allow.network, allow.port, rules(app, allow))
    else {
        return Next::Stay;
    };
    // An address that is typed may be anybody's.
    let own = allow.own.filter(|own| own.from != Origin::Typed).map(|_| OwnRule::AllowMyAddress);
    let action = engine::allowing(&app.engine, firewall, was, port, &network, replaced, own);
    action.map_or(Next::Stay, |action| Next::CloseAnd(LayerRequest::Propose(Box::new(action))))
}
