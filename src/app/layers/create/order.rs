//! What the form adds up to, or where something is missing.

use crate::app::App;
use crate::app::layers::create::lists;
use crate::app::layers::create::state::{CreateForm, KeyChoice, OrderPage};
use crate::domain::{Kind, Phrase, Target, text};
use crate::engine::AccountState;
use crate::proposal::order;
use crate::proposal::order::{OrderDraft, OrderKey, OrderPart};

/// Everything that is chosen, or the page and field where something is missing.
pub(crate) fn build_order(app: &App, form: &CreateForm) -> Result<OrderDraft, (OrderPage, Option<OrderPart>, Phrase)> {
    let missing = |page, key| (page, None, Phrase::new(key));
    let account = form.state(&app.engine).ok_or_else(|| missing(OrderPage::Account, text::refused::NOTHING))?;
    let policy = account.account.policy.as_ref();
    let source = form.source_now().ok_or_else(|| missing(OrderPage::What, text::create::NO_SOURCE))?;
    let fits = policy.plans_to_order(source.from(), &account.inventory);
    let plan = form.plan.as_ref().filter(|id| fits.iter().any(|plan| plan.id == **id));
    let plan = plan.ok_or_else(|| missing(OrderPage::Plan, text::create::NO_PLAN))?.clone();
    let asks = policy.asks(source.from());
    let key = if asks.key.is_asked() { lists::chosen_key(app, form, &source).map(|key| key.choice) } else { None };
    let chosen = OrderDraft {
        account: form.account.clone(),
        name: form.name.value().to_owned(),
        plan,
        region: lists::chosen_region(app, form).map(|region| region.id.clone()),
        network: lists::chosen_network(app, form).map(|network| network.id.clone()),
        key: key.and_then(|choice| key_to_order(app, account, choice)),
        firewalls: firewalls(account, form),
        password: if asks.password.is_asked() {
            crate::domain::Hidden::new(form.password.0.value())
        } else {
            crate::domain::Hidden::default()
        },
        start: form.start,
        answers: form.answers.then_some(22),
        source,
    };
    match order::mistake(policy, &chosen) {
        None => Ok(chosen),
        Some((OrderPart::Url, why)) => Err((OrderPage::Url, Some(OrderPart::Url), why)),
        Some((part, why)) => Err((OrderPage::Rest, Some(part), why)),
    }
}

/// A key as it goes into the order.
fn key_to_order(app: &App, account: &AccountState, choice: KeyChoice) -> Option<OrderKey> {
    match choice {
        KeyChoice::Known(id) => Some(OrderKey::Known(id)),
        KeyChoice::Local(file) => {
            let local = app.local_keys.iter().find(|key| key.file == file)?;
            let public = crate::domain::PublicKey::parse(&local.public).ok()?.bare();
            let there = account.inventory.keys();
            let name = order::key_name(&local.name, |name| there.iter().any(|key| key.name == name));
            Some(OrderKey::Added(crate::domain::NewKey { name, public }))
        }
        KeyChoice::Usual | KeyChoice::None => None,
    }
}

fn firewalls(account: &AccountState, form: &CreateForm) -> Vec<Target> {
    let known = account.inventory.firewalls().iter().filter(|f| form.firewalls.contains(&f.id));
    known.map(|f| Target::stateless(&form.account, Kind::Firewall, &f.id, &f.name)).collect()
}
