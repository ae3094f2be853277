//! Who gets a key: the topmost layer, the filter being typed, else the command table; and what a layer asks for is done.

use std::cell::Cell;

use tui_input::Input;

use crate::app::layers::layer::{Layer, MenuKind, viewer_height};
use crate::app::layers::layer_keys::Press;
use crate::app::layers::next::{LayerRequest, Next};
use crate::app::layers::text_field::{LONGEST_FIELD, edit, insert};
use crate::app::layers::{
    allow, compare, confirm_keys, console_output, costs, create, form_keys, help, key_form_keys, layer_keys, menu_keys,
    question_keys, requests, rule_editor, secret_keys, viewer_keys,
};
use crate::app::tables::commands::{Command, Group};
use crate::app::tables::key::{Code, KeyStroke};
use crate::app::tables::pane::Pane;
use crate::app::{App, AppEffect, batch, execute, external_program, menu_choice, propose};
use crate::domain::{Action, Verb, text};
use crate::engine;

pub(crate) fn key(app: &mut App, key: KeyStroke, effects: &mut Vec<AppEffect>) {
    if let Some(command) = anywhere(app, key) {
        return execute::execute(app, command, effects);
    }
    let Some(press) = layer_keys::press(app, key) else { return pane_key(app, key, effects) };
    let has_help = !matches!(app.layers.last(), Some(Layer::Help(_)));
    if has_help && press.command == Some(Command::Help) {
        return execute::execute(app, Command::Help, effects);
    }
    let Some(mut layer) = app.layers.pop() else { return };
    let next = layer_key(&mut layer, app, press);
    follow(app, layer, next, effects);
}

/// What works over every layer, and while a filter is typed.
fn anywhere(app: &App, key: KeyStroke) -> Option<Command> {
    if key.typed().is_some() && layer_keys::takes_text(app) {
        return None;
    }
    app.keymap.command(key, app.focus).filter(|command| layer_keys::works_everywhere(app, *command))
}

/// What the layer that was the topmost makes of a key.
fn layer_key(layer: &mut Layer, app: &App, press: Press) -> Next {
    if layer.drops_key() {
        return Next::Stay;
    }
    let (key, height) = (press.key, viewer_height(app.size));
    match layer {
        Layer::Confirm(confirm) => confirm_keys::key(confirm, app, key),
        Layer::Menu(menu) => menu_keys::key(menu, app, press),
        Layer::Help(viewer) => viewer_keys::key(viewer, help::length(app), height, press),
        Layer::Raw(viewer) => viewer_keys::key(viewer, viewer.lines.len(), height, press),
        Layer::Requests(viewer) => requests::key(viewer, app, press),
        Layer::ConsoleOutput(view) => console_output::key(view, app, press),
        Layer::Cost(view) => costs::key(view, app, press),
        Layer::Compare(view) => compare::key(view, app, press),
        Layer::Notice(_) => question_keys::notice(press),
        Layer::Leaving(_) => question_keys::leave(key),
        Layer::HandOver(handing) => question_keys::hand_over(handing, key),
        Layer::NewAccount(form) => form_keys::key(form, key),
        Layer::Create(form) => create::key(form, app, key),
        Layer::KeyForm(form) => key_form_keys::key(form, app, key),
        Layer::Secret(shown) => secret_keys::key(shown, app.demo, key),
        Layer::Rules(editor) => rule_editor::key(editor, app, key),
        Layer::Allow(allow) => allow::key(allow, app, key),
    }
}

/// Does what a layer answered.
fn follow(app: &mut App, layer: Layer, next: Next, effects: &mut Vec<AppEffect>) {
    let request = match next {
        Next::Stay => return app.layers.push(layer),
        Next::Close => return,
        Next::Do(request) => {
            app.layers.push(layer);
            request
        }
        Next::CloseAnd(request) => request,
    };
    match request {
        LayerRequest::Open(layer) => app.layers.push(layer),
        LayerRequest::Run(command) => execute::execute(app, command, effects),
        LayerRequest::Choose(pick) => menu_choice::choose(app, pick, effects),
        LayerRequest::Propose(action) => propose::propose_action(app, *action),
        LayerRequest::Confirm { actions, together } => confirm(app, actions, together),
        LayerRequest::GoTo(resource) => execute::go_to_resource(app, resource),
        LayerRequest::KeepDraft(form) => create::keep(app, form),
        LayerRequest::HandOver(program) => external_program::start(app, program, effects),
        LayerRequest::Effect(effect) => effects.push(effect),
        LayerRequest::Tell(what, bad) => app.tell(what, bad),
        LayerRequest::Quit => execute::end(app, effects),
    }
}

/// What was confirmed goes to the engine, with its targets by value; the form that it came from is done.
fn confirm(app: &mut App, actions: Vec<Action>, together: bool) {
    if actions.iter().any(|action| action.verb() == Verb::CreateInstance) {
        app.layers.retain(|layer| !matches!(layer, Layer::Create(_)));
        app.draft = None;
    } else {
        app.layers.pop_if(|layer| matches!(layer, Layer::KeyForm(_) | Layer::Rules(_)));
    }
    batch::record(app, &actions);
    app.queue.push(engine::Msg::AskMany { actions, together });
}

fn pane_key(app: &mut App, key: KeyStroke, effects: &mut Vec<AppEffect>) {
    if app.pane().filtering {
        return filter_key(app, key);
    }
    let found = app.keymap.command(key, app.focus).or_else(|| {
        // A letter of an input method moves and filters, but never changes anything.
        let twin = key.ascii_twin()?;
        app.keymap
            .command(twin, app.focus)
            .filter(|c| !c.changes() && c.row().is_some_and(|r| matches!(r.group, Group::Move | Group::Look)))
    });
    if let Some(command) = found {
        execute::execute(app, command, effects);
    }
}

fn filter_key(app: &mut App, key: KeyStroke) {
    let focus = app.focus;
    let pane = app.pane_mut();
    match key.code {
        Code::Enter => pane.filtering = false,
        _ if key.is_cancel() => {
            pane.filtering = false;
            pane.filter = Input::default();
            app.asked(focus);
        }
        Code::Up | Code::Down => {
            let height = app.layout().rows(focus);
            app.pane_mut().go_by(if key.code == Code::Up { -1 } else { 1 }, height);
            app.asked(Pane::Snapshots);
        }
        _ => {
            if edit(&mut pane.filter, key) {
                pane.filter_typed();
                app.asked(focus);
            }
        }
    }
}

pub(crate) fn paste(app: &mut App, text: &str) {
    // What is pasted over the menu of keys is a key.
    if app.layers.pop_if(|layer| matches!(layer, Layer::Menu(menu) if menu.kind == MenuKind::LocalKeys)).is_some() {
        key_form_keys::open(app, None);
    }
    let line: String = text.chars().filter(|c| !c.is_control()).collect();
    let fits = Cell::new(true);
    let insert = |input: &mut Input| fits.set(insert(input, &line));
    if let Some(mut layer) = app.layers.pop() {
        layer_paste(&mut layer, app, text, &insert);
        app.layers.push(layer);
    } else if app.pane().filtering {
        insert(&mut app.pane_mut().filter);
        app.pane_mut().filter_typed();
        app.asked(app.focus);
    }
    if !fits.get() {
        app.tell(text::form::field_full(LONGEST_FIELD.to_string()), true);
    }
}

/// Puts a text where the layer that was the topmost takes it; `insert` puts it into a field as one line.
fn layer_paste(layer: &mut Layer, app: &App, text: &str, insert: &dyn Fn(&mut Input)) {
    match layer {
        Layer::Confirm(confirm) => confirm_keys::paste(confirm, insert),
        Layer::Menu(menu) => menu_keys::paste(menu, app, insert),
        Layer::NewAccount(form) => form.fields.get_mut(form.at).into_iter().for_each(|field| insert(&mut field.input)),
        Layer::Create(form) => create::paste(form, app, insert),
        Layer::KeyForm(form) => key_form_keys::paste(form, app, text),
        Layer::Rules(editor) => rule_editor::paste(editor, insert),
        Layer::Allow(allow) => allow.input.iter_mut().for_each(insert),
        Layer::Notice(_)
        | Layer::Help(_)
        | Layer::Raw(_)
        | Layer::Requests(_)
        | Layer::ConsoleOutput(_)
        | Layer::Cost(_)
        | Layer::Compare(_)
        | Layer::Leaving(_)
        | Layer::HandOver(_)
        | Layer::Secret(_) => {}
    }
}
