//! Opens the form, and puts it away.

use crate::app::layers::create::state::{CreateForm, OrderPage};
use crate::app::layers::layer::Layer;
use crate::app::panes::row::{Row, What};
use crate::app::tables::commands::Command;
use crate::app::tables::creatable;
use crate::app::{App, AppEffect};
use crate::domain::{Phrase, Verb, text};
use crate::proposal::order::BootSource;

/// The pages that one goes through, one after the other.
#[must_use]
pub fn steps(app: &App, form: &CreateForm) -> Vec<OrderPage> {
    let several = creatable::accounts(app, Verb::CreateInstance).len() > 1;
    let by_address = matches!(form.source, Some(BootSource::Import(..)));
    let pages = [
        (several, OrderPage::Account),
        (true, OrderPage::What),
        (by_address, OrderPage::Url),
        (true, OrderPage::Plan),
        (true, OrderPage::Rest),
    ];
    pages.into_iter().filter_map(|(there, page)| there.then_some(page)).collect()
}

/// The form that is open, also where a dialog lies over it.
#[must_use]
pub fn form(app: &App) -> Option<&CreateForm> {
    app.layers.iter().rev().find_map(|layer| if let Layer::Create(form) = layer { Some(form.as_ref()) } else { None })
}

/// Opens the form: the draft that was left, or a new one; from the image or snapshot under the cursor.
pub(crate) fn open(app: &mut App, effects: &mut Vec<AppEffect>) {
    let able = creatable::accounts(app, Verb::CreateInstance);
    if able.is_empty() {
        let why = creatable::why_not(app, Verb::CreateInstance)
            .ok()
            .flatten()
            .unwrap_or_else(|| Phrase::new(text::refused::NOTHING));
        app.tell(why, true);
        return;
    }
    let row = app.pane().row().cloned();
    let here = row.as_ref().map(|row| &row.account).filter(|account| able.contains(account)).cloned();
    let source = row.as_ref().filter(|row| able.contains(&row.account)).and_then(|row| source_of(app, row));
    let draft = app.draft.take().filter(|draft| able.contains(&draft.account));
    let mut form = match (draft, &source, &here) {
        (Some(draft), None, _) => *draft,
        (Some(draft), Some(_), Some(here)) if draft.account == *here => *draft,
        (_, Some(_), Some(here)) => CreateForm::new(here, OrderPage::What),
        (_, _, here) => {
            let account = here.as_ref().unwrap_or(&able[0]);
            let page = if able.len() > 1 { OrderPage::Account } else { OrderPage::What };
            let mut form = CreateForm::new(account, page);
            if page == OrderPage::Account {
                form.cursor = able.iter().position(|name| name == account).unwrap_or(0);
            }
            form
        }
    };
    if let Some(source) = source {
        form.set_source(source);
    }
    app.layers.push(Layer::Create(Box::new(form)));
    effects.push(AppEffect::LocalKeys);
}

/// What the row under the cursor would be made from.
fn source_of(app: &App, row: &Row) -> Option<BootSource> {
    let account = app.engine.account(&row.account)?;
    let snapshots = account.account.policy.order_form().from_snapshots;
    match &row.what {
        What::Snapshot(snapshot, _) if snapshots => Some(BootSource::Snapshot(snapshot.clone())),
        What::Image(image) => match account.inventory.snapshot(&image.id) {
            Some(snapshot) if snapshots => Some(BootSource::Snapshot(snapshot.clone())),
            _ => Some(BootSource::of_image(image)),
        },
        _ => None,
    }
}

/// Keeps what was filled in, and says how it comes back.
pub(crate) fn keep(app: &mut App, form: Box<CreateForm>) {
    let key = app.keymap.shown(Command::Do(Verb::CreateInstance));
    app.tell(text::create::kept(key), false);
    app.draft = Some(form);
}
