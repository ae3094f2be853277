//! Opens the layer, and keeps it up to date.

use crate::app::layers::allow::options::{AllowChoice, options};
use crate::app::layers::allow::state::{Allow, AllowStep};
use crate::app::layers::layer::Layer;
use crate::app::panes::row::What;
use crate::app::to_engine::to_engine;
use crate::app::{App, possible};
use crate::domain::{Fault, Kind, ListKey, NoAgreement, OwnAddress, Phrase, Possible, Target, Verb, text};
use crate::engine;
use crate::engine::AccountState;

/// Why there is nothing to allow on a row. `Err`: it has no meaning there.
pub(crate) fn why_not(app: &App) -> Result<Option<Phrase>, ()> {
    let row = match possible::sole_row(app) {
        Ok(row) => row,
        Err(why) => return Ok(Some(why)),
    };
    let account = app.engine.account(&row.account).ok_or(())?;
    if !account.account.policy.supports(&ListKey::Firewalls) {
        return Err(());
    }
    match &row.what {
        What::Firewall(_) => match possible::possible(app, Verb::UpdateFirewall, &row) {
            Some(Possible::Yes) => Ok(None),
            Some(Possible::No(why)) => Ok(Some(why)),
            Some(Possible::Never) | None => Err(()),
        },
        What::Instance(_) => {
            let none = account.inventory.not_to_be_had(&ListKey::Firewalls).map(Fault::phrase);
            Ok(possible::hindrance(app, Verb::UpdateFirewall, &row).or(none))
        }
        _ => Err(()),
    }
}

/// Opens the layer on the row under the cursor.
pub(crate) fn open(app: &mut App) {
    match why_not(app) {
        Err(()) => return app.tell(Phrase::new(text::why_not::NEVER), true),
        Ok(Some(why)) => return app.tell(why, true),
        Ok(None) => {}
    }
    let Some(row) = possible::applies_to(app).0.into_iter().next() else { return };
    let firewall = match &row.what {
        What::Firewall(f) => Some(Target::stateless(&row.account, Kind::Firewall, &f.id, &f.name)),
        _ => None,
    };
    let mut allow = Allow {
        row,
        sole: firewall.is_some(),
        firewall,
        own: None,
        network: None,
        port: None,
        cursor: 0,
        input: None,
        asking: false,
        trouble: None,
    };
    refresh(&mut allow, app);
    app.layers.push(Layer::Allow(Box::new(allow)));
}

/// Data came.
pub(crate) fn refresh_top(app: &mut App) {
    if let Some(Layer::Allow(mut allow)) = app.layers.pop_if(|layer| matches!(layer, Layer::Allow(_))) {
        refresh(&mut allow, app);
        app.layers.push(Layer::Allow(allow));
    }
}

/// Chooses by itself what there is only one of, and keeps the cursor on what there is.
pub(super) fn refresh(allow: &mut Allow, app: &App) {
    let found = options(app, allow);
    let only = match (allow.step(), found.choices.as_slice()) {
        (AllowStep::Firewall, [one]) if one.why_not.is_none() && found.note.is_none() => match &one.pick {
            AllowChoice::Firewall(target) => Some(target.clone()),
            _ => None,
        },
        _ => None,
    };
    allow.cursor = allow.cursor.min(found.choices.len().saturating_sub(1));
    if only.is_some() && allow.own.is_none() {
        allow.firewall = only;
        allow.sole = true;
        allow.enter_step();
    }
}

/// What sources said of this machine's address.
pub(crate) fn accept_addresses(
    app: &mut App,
    result: Result<Vec<OwnAddress>, NoAgreement>,
    effects: &mut Vec<crate::app::AppEffect>,
) {
    let trouble = match result {
        Ok(own) => {
            to_engine(app, engine::Msg::OwnAddress(own), effects);
            None
        }
        Err(why) => Some(why.phrase()),
    };
    let mut told = false;
    for layer in &mut app.layers {
        if let Layer::Allow(allow) = layer
            && allow.asking
        {
            allow.asking = false;
            allow.trouble.clone_from(&trouble);
            told = true;
        }
    }
    if let Some(why) = trouble.filter(|_| !told) {
        app.tell(why, true);
    }
}

pub(crate) fn interests(app: &App, account: &AccountState) -> Vec<ListKey> {
    let Some(Layer::Allow(allow)) = app.layers.last() else { return Vec::new() };
    if allow.row.account != account.account.name {
        return Vec::new();
    }
    let rules = allow.firewall.iter().map(|firewall| ListKey::Rules(firewall.id().clone()));
    std::iter::once(ListKey::Firewalls).chain(rules).collect()
}
