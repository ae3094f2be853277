//! The menus: actions, palette, order, accounts, copy, decisions. All made from the one command table and from what
//! is under the cursor.

use crate::app::panes::column;
use crate::domain::{Call, ListKey, OpState, Operation, Phrase, Possible, Step, Verb};
use crate::engine::Decision;

use crate::app::App;
use crate::app::layers::layer::{Entry, Layer, Menu, MenuKind, Pick};
use crate::app::layers::{
    accounts, allow, api_keys, compare, console, firewalls, key_change, key_form, protect, restore_choice, rule_editor,
};
use crate::app::operations::again;
use crate::app::panes::filter::Filter;
use crate::app::panes::row::{RowKey, What};
use crate::app::tables::commands::{COMMANDS, Command, Group};
use crate::app::tables::creatable;
use crate::app::tables::pane::Pane;
use crate::app::{open_dialog, own_commands, problems, ssh};

/// Why a command can do nothing here and now; `None` where it can. `Err`: it has no meaning here.
pub(crate) fn why_not(app: &App, command: Command) -> Result<Option<Phrase>, ()> {
    if !app.keymap.works_in(command, app.focus) {
        return Err(());
    }
    match command {
        // Where no account has any, there is nothing to go to.
        Command::Go(Pane::Keys) if !any_has(app, &ListKey::Keys) => Err(()),
        Command::Go(Pane::ApiKeys) if !any_has(app, &ListKey::ApiKeys) => Err(()),
        Command::Do(verb) if verb.makes() => creatable::why_not(app, verb),
        Command::Do(verb) => verb_why_not(app, verb),
        Command::Console => match console::of(app) {
            Ok(_) => Ok(None),
            Err(why) if why.key == "why-not.never" => Err(()),
            Err(why) => Ok(Some(why)),
        },
        Command::Ssh => Ok(ssh::of(app).err()),
        Command::Own(n) => Ok(own_commands::of(app, n).err()),
        Command::TakeBack if crate::app::execute::to_take_back(app).is_none() => {
            Ok(Some(Phrase::new("take-back.nothing")))
        }
        Command::NextProblem | Command::PreviousProblem if problems::count(app) == 0 => {
            Ok(Some(Phrase::new("problem.none")))
        }
        Command::Again => again::why_not_again(app),
        Command::AllowMyAddress => allow::why_not(app),
        Command::Watch if again::watchable(app).is_empty() => Ok(Some(Phrase::new("refused.nothing"))),
        Command::Compare => Ok(compare::of(app).err()),
        Command::Protect => protect::why_not(app),
        Command::Decide => match selected_halted(app) {
            Some(_) => Ok(None),
            None => Err(()),
        },
        _ => Ok(None),
    }
}

/// Whether an account that is shown has such a list.
pub(crate) fn any_has(app: &App, list: &ListKey) -> bool {
    let mut shown = app.engine.accounts().iter().filter(|a| !app.hidden.contains(&a.account.name));
    shown.any(|a| a.account.rules.has(list))
}

/// Marked rows beyond these are not asked for a hint.
const HINTED: usize = 64;

/// Whether the footer offers a command: as [`why_not`], without a look at every row, since it is asked for each frame.
pub(crate) fn is_offered(app: &App, command: Command) -> bool {
    if !command.row().is_some_and(|r| r.works_in(app.focus)) {
        return false;
    }
    match command {
        // The power is cut by choice; a key for it is offered where an ordinary stop hangs.
        Command::Do(verb @ Verb::ForceStop) => app.pane().row().is_some_and(|row| {
            open_dialog::hangs(app, row) && matches!(open_dialog::offered(app, verb, row), Some(Possible::Yes))
        }),
        Command::Do(verb) if verb.makes() => matches!(creatable::why_not(app, verb), Ok(None)),
        Command::Do(verb) => {
            let pane = app.pane();
            let can =
                |row: &crate::app::panes::row::Row| matches!(open_dialog::offered(app, verb, row), Some(Possible::Yes));
            if pane.marks.is_empty() {
                return pane.row().is_some_and(can);
            }
            pane.rows.iter().filter(|r| pane.marks.contains(&r.key())).take(HINTED).any(can)
        }
        Command::NextProblem | Command::PreviousProblem
            if app.panes[Pane::Instances.index()].filter.value().is_empty() =>
        {
            app.totals.problems > 0 || problems::beyond_rows(app)
        }
        _ => matches!(why_not(app, command), Ok(None)),
    }
}

fn verb_why_not(app: &App, verb: Verb) -> Result<Option<Phrase>, ()> {
    // What is made needs nothing that is selected.
    if verb.makes() {
        return creatable::why_not(app, verb);
    }
    let (rows, _) = open_dialog::applies_to(app);
    let mut why = Some(Phrase::new("refused.nothing"));
    let mut meant = false;
    for row in &rows {
        match open_dialog::offered(app, verb, row) {
            Some(Possible::Yes) => return Ok(None),
            Some(Possible::No(reason)) => {
                meant = true;
                why = Some(reason);
            }
            Some(Possible::Never) | None => {}
        }
    }
    if meant || rows.is_empty() { Ok(why) } else { Err(()) }
}

/// All that can be done with the selection, and why not where not.
pub(crate) fn actions(app: &mut App) {
    let rows = COMMANDS.iter().filter(|r| r.group == Group::Act && r.command != Command::Actions);
    let mut entries: Vec<Entry> = rows.filter_map(|row| entry(app, row.command, Phrase::new(row.text))).collect();
    entries.extend(own_commands::all(app).filter_map(|(command, own)| entry(app, command, named(&own.name))));
    let title = match app.pane().marked() {
        (marked, _) if marked.len() > 1 => Phrase::new("title.actions-marked").with("count", marked.len()),
        _ => Phrase::new("title.actions").with("name", selected_name(app)),
    };
    app.layers.push(Layer::Menu(Menu::new(MenuKind::Actions, title, entries)));
}

fn selected_name(app: &App) -> String {
    match app.pane().row() {
        Some(row) => match &row.what {
            What::Operation(id) => app.engine.operation(id).map_or(String::new(), |o| o.action.subject().name.clone()),
            what => what.name().to_owned(),
        },
        None => String::new(),
    }
}

/// What a command of the person's own is called.
fn named(name: &str) -> Phrase {
    Phrase::new("own.named").with("name", name)
}

fn entry(app: &App, command: Command, text: Phrase) -> Option<Entry> {
    let why_not = why_not(app, command).ok()?;
    Some(Entry { pick: Pick::Command(command), key: app.keymap.shown(command), text, why_not, on: None })
}

/// Every command by name.
pub(crate) fn palette(app: &mut App) {
    let title = Phrase::new("title.palette");
    let typed = Some(tui_input::Input::default());
    let menu = Menu { typed, ..Menu::new(MenuKind::Palette, title, Vec::new()) };
    app.layers.push(Layer::Menu(menu));
    renew_palette(app);
}

/// The commands that match what is typed, the best first.
pub(crate) fn renew_palette(app: &mut App) {
    let Some(Layer::Menu(menu)) = app.layers.last() else { return };
    let typed = menu.typed.as_ref().map(|t| t.value().to_owned()).unwrap_or_default();
    let mut scored: Vec<((bool, u32), Entry)> = Vec::new();
    let mut filter = Filter::new(&typed);
    let rows = COMMANDS.iter().filter(|r| r.command != Command::Palette);
    let rows = rows.map(|row| (row.command, row.name, Phrase::new(row.text)));
    let own = own_commands::all(app).map(|(command, own)| (command, own.name.as_str(), named(&own.name)));
    for (command, name, text) in rows.chain(own) {
        let Some(entry) = entry(app, command, text) else { continue };
        let text = format!("{name} {}", app.words.say(&entry.text));
        let score = if typed.trim().is_empty() { Some(0) } else { filter.score(&text) };
        if let Some(score) = score {
            // Who types a name means that command.
            let named = !typed.trim().is_empty() && name.starts_with(typed.trim());
            scored.push(((named, score), entry));
        }
    }
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    if let Some(Layer::Menu(menu)) = app.layers.last_mut() {
        menu.entries = scored.into_iter().map(|(_, e)| e).collect();
        menu.cursor = menu.cursor.min(menu.entries.len().saturating_sub(1));
    }
}

/// The column to order by.
pub(crate) fn order(app: &mut App) {
    let (by, reverse) = app.pane().order;
    let columns = column::orders(app.focus);
    let entries = columns
        .iter()
        .enumerate()
        .map(|(i, column)| Entry {
            pick: Pick::Order(*column),
            key: (i + 1).to_string(),
            text: Phrase::new(match (*column == by, reverse) {
                (true, true) => "entry.ordered-reverse",
                (true, false) => "entry.ordered",
                _ => "entry.column",
            })
            .with("column", Phrase::new(column.heading())),
            why_not: None,
            on: None,
        })
        .collect();
    let cursor = columns.iter().position(|c| *c == by).unwrap_or(0);
    app.layers.push(Layer::Menu(Menu { cursor, ..Menu::new(MenuKind::Order, Phrase::new("title.order"), entries) }));
}

const FURTHER: [&str; 4] = ["2", "3", "4", "5"];

/// What can be copied of the row under the cursor.
pub(crate) fn copy(app: &mut App) {
    let Some(row) = app.pane().row() else { return crate::app::execute::nothing(app) };
    let mut entries = Vec::new();
    let mut add = |key: &str, text: &'static str, value: Option<String>| {
        if let Some(value) = value.filter(|v| !v.is_empty()) {
            let shown: String = value.chars().take(60).collect();
            entries.push(Entry {
                pick: Pick::Copy(value),
                key: key.to_owned(),
                text: Phrase::new(text).with("value", shown.lines().next().unwrap_or("")),
                why_not: None,
                on: None,
            });
        }
    };
    match &row.what {
        What::Operation(id) => {
            let subject = app.engine.operation(id).map(|o| o.action.subject().clone());
            add("i", "copy.id", subject.as_ref().map(|s| s.id().to_string()));
            add("n", "copy.name", subject.map(|s| s.name));
        }
        what => {
            if let RowKey::Resource(resource) = row.key() {
                add("i", "copy.id", Some(resource.id.to_string()));
            }
            add("n", "copy.name", Some(what.name().to_owned()));
            if let What::Instance(i) | What::Import(i) = what {
                add("a", "copy.address", i.address().map(ToOwned::to_owned));
                add("s", "copy.ssh", app.ssh.login(&row.account, i).ok().map(|login| login.line()));
                for (key, address) in FURTHER.into_iter().zip(i.addresses.iter().skip(1)) {
                    add(key, "copy.address", Some(address.text.clone()));
                }
            }
            if let What::Key(k) = what {
                add("p", "copy.public", Some(k.public.clone()));
            }
            add("j", "copy.json", what.raw().map(ToOwned::to_owned));
        }
    }
    app.layers.push(Layer::Menu(Menu::new(MenuKind::Copy, Phrase::new("title.copy"), entries)));
}

fn selected_halted(app: &App) -> Option<crate::domain::OpId> {
    let Some(RowKey::Operation(id)) = app.pane().selected() else { return None };
    let op = app.engine.operation(id)?;
    // What another process carries on is decided there.
    let ours = app.engine.is_ours(op);
    (ours && matches!(op.state, OpState::Halted(_) | OpState::OutcomeUnknown)).then(|| id.clone())
}

/// Whether the call that an operation stands at is never sent twice, and then, whether it can be asked for anew: an order
/// whose password was not written down cannot.
fn sent_once(op: &Operation) -> Option<bool> {
    let Some(Step::Call { call, .. }) = op.step() else { return None };
    call.is_sent_once().then(|| match call {
        Call::CreateInstance { order } => !order.had_password || !order.password.is_empty(),
        _ => true,
    })
}

/// What to do about an outcome that nothing shows.
pub(crate) fn decide(app: &mut App) {
    let Some(id) = selected_halted(app) else { return };
    if app.engine.operation(&id).is_some_and(crate::app::operations::resume::asks) {
        crate::app::operations::resume::open(app);
        return;
    }
    let entry = |key: &str, text: &'static str, decision: Decision| Entry {
        pick: Pick::Decide(vec![id.clone()], decision),
        key: key.to_owned(),
        text: Phrase::new(text),
        why_not: None,
        on: None,
    };
    // What is never sent twice is asked for anew, with a dialog of its own.
    let once = app.engine.operation(&id).and_then(sent_once);
    let send = match once {
        None => Some(entry("s", "decide.send", Decision::SendAgain)),
        Some(true) => Some(Entry { pick: Pick::Anew(id.clone()), ..entry("s", "decide.anew", Decision::LeaveIt) }),
        Some(false) => None,
    };
    let mut entries = vec![entry("h", "decide.happened", Decision::ItHappened)];
    entries.extend(send);
    entries.push(entry("l", "decide.leave", Decision::LeaveIt));
    app.layers.push(Layer::Menu(Menu {
        cursor: entries.len() - 1,
        ..Menu::new(MenuKind::Decide, Phrase::new("title.decide").with("name", selected_name(app)), entries)
    }));
}

pub(crate) fn choose(app: &mut App, index: usize, effects: &mut Vec<crate::app::Effect>) {
    let Some(Layer::Menu(menu)) = app.layers.last() else { return };
    let Some(entry) = menu.entries.get(index).cloned() else { return };
    if let Some(why) = entry.why_not {
        app.tell(why, true);
        return;
    }
    // Accounts are switched one after the other.
    if let Pick::Account(name) = entry.pick {
        let shown = app.engine.accounts().len() - app.hidden.len();
        if !app.hidden.remove(&name) && shown > 1 {
            app.hidden.insert(name);
        }
        app.all_dirty(crate::app::state::Dirty::Asked);
        let entries = accounts::account_entries(app);
        if let Some(Layer::Menu(menu)) = app.layers.last_mut() {
            menu.entries = entries;
        }
        return;
    }
    if menu.kind != MenuKind::Welcome {
        app.layers.pop();
    }
    match entry.pick {
        Pick::Demo => effects.push(crate::app::Effect::StartDemo),
        Pick::NewAccount => accounts::new_account(app),
        Pick::Import => app.layers.extend(app.forms.import.clone().map(Layer::NewAccount)),
        Pick::Command(command) => crate::app::execute::run(app, command, effects),
        Pick::Order(column) => {
            let pane = app.pane_mut();
            pane.order = if pane.order.0 == column { (column, !pane.order.1) } else { (column, false) };
            app.asked(app.focus);
        }
        Pick::Copy(text) => {
            effects.push(crate::app::Effect::Copy(text));
            app.tell(Phrase::new("copy.done"), false);
        }
        Pick::Restore(row) => restore_choice::restore(app, &row),
        Pick::Ask(verb, row) => open_dialog::ask_about(app, verb, &[row], 0),
        Pick::Firewall(verb, row, firewall) => firewalls::ask(app, verb, &row, firewall),
        Pick::Provider(at) => app.layers.extend(app.forms.new_account.get(at).cloned().map(Layer::NewAccount)),
        Pick::Anew(id) => {
            let action = app.engine.operation(&id).map(|op| op.action.clone());
            // Before it is asked for once more: two of which nobody knows are refused.
            crate::app::refresh::pass(app, crate::engine::Msg::Decide(id, Decision::LeaveIt), effects);
            if let Some(action) = action {
                open_dialog::open_given(app, action);
            }
        }
        Pick::Decide(ids, decision) => {
            app.queue.extend(ids.into_iter().map(|id| crate::engine::Msg::Decide(id, decision)));
        }
        Pick::LocalKey(key) => key_form::open(app, key),
        Pick::OfferKey(active) => key_change::offer(app, active),
        Pick::RenameKey => key_change::rename(app),
        Pick::NewApiKey(account) => api_keys::create_in(app, &account),
        Pick::EditAgain(text) => rule_editor::again(app, text, effects),
        Pick::Offered(of, answer) => app.queue.push(crate::engine::Msg::Offered(of, answer)),
        Pick::Unprotect(all) => protect::no_more(app, all),
        Pick::Nothing => {}
        Pick::Account(_) => {}
    }
}
