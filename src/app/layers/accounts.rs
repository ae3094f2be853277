//! Which accounts are shown, and new ones: which provider, and what became of it.

use crate::app::App;
use crate::app::layers::layer::{Layer, Menu, MenuChoice, MenuEntry, MenuKind, NoticeBox};
use crate::app::panes::totals;
use crate::app::tables::pane::Pane;
use crate::domain::{Phrase, text};
use crate::engine::AccountState;

pub(crate) fn accounts(app: &mut App) {
    let entries = account_entries(app);
    app.layers.push(Layer::Menu(Menu::new(MenuKind::Accounts, Phrase::new(text::title::ACCOUNTS), entries)));
}

pub(crate) fn account_entries(app: &App) -> Vec<MenuEntry> {
    app.engine
        .accounts()
        .iter()
        .enumerate()
        .map(|(i, account)| {
            let name = &account.account.name;
            let text = match account.fault() {
                Some(fault) => text::entry::account_fault(name.as_str(), fault.phrase()),
                None => match account.cuts().next() {
                    Some((list, cut)) => text::entry::account_cut(name.as_str(), list.name(), cut.phrase()),
                    None => account_text(account),
                },
            };
            let on = Some(!app.hidden.contains(name));
            MenuEntry { on, ..MenuEntry::numbered(i, text, MenuChoice::Account(name.clone())) }
        })
        .collect()
}

/// How many of an account's instances run, and what they cost.
fn account_text(account: &AccountState) -> Phrase {
    let totals = totals::of_account(account);
    let label = account.account.policy.label();
    match () {
        () if totals.unpriced == totals.count => {
            text::entry::account(account.account.name.as_str(), label, totals.up, totals.count)
        }
        () if totals.unpriced == 0 => {
            text::entry::account_cost(account.account.name.as_str(), label, totals.up, totals.count, totals.yen)
        }
        () => text::entry::account_cost_unknown(
            account.account.name.as_str(),
            label,
            totals.up,
            totals.count,
            totals.yen,
            totals.unpriced,
        ),
    }
}

/// The form of the one provider, or first which one.
pub(crate) fn new_account(app: &mut App) {
    let forms = &app.forms.new_account;
    if let [form] = forms.as_slice() {
        app.layers.push(Layer::NewAccount(form.clone()));
        return;
    }
    let entries: Vec<MenuEntry> = forms
        .iter()
        .enumerate()
        .map(|(at, form)| MenuEntry::numbered(at, form.label.clone(), MenuChoice::Provider(at)))
        .collect();
    if !entries.is_empty() {
        app.layers.push(Layer::Menu(Menu::new(MenuKind::Providers, Phrase::new(text::title::PROVIDERS), entries)));
    }
}

/// No other dialog closes by itself.
fn close_first_run(app: &mut App) {
    app.layers
        .retain(|layer| !matches!(layer, Layer::Menu(Menu { kind: MenuKind::Welcome, .. }) | Layer::NewAccount(_)));
}

pub(crate) fn account_saved(app: &mut App, result: Result<Phrase, Phrase>) {
    let done = result.is_ok();
    let line = match result {
        Ok(line) | Err(line) => line,
    };
    match app.layers.last_mut() {
        Some(Layer::NewAccount(form)) => {
            form.busy = false;
            if done {
                close_first_run(app);
                app.go_to(Pane::Instances);
                app.tell(line, false);
            } else {
                form.result = Some((line, false));
            }
        }
        _ if done => {
            close_first_run(app);
            app.tell(line, false);
        }
        _ => app.layers.push(Layer::Notice(NoticeBox::new(Phrase::new(text::title::NEW_ACCOUNT), vec![line]))),
    }
}
