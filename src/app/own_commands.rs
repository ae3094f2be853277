//! Commands of the person's own. They stand wherever those of the table stand: keys, actions, palette, help.

use crate::app::panes::row::{Row, RowKey, What};
use crate::app::tables::commands::Command;
use crate::app::tables::own_commands::Own;
use crate::app::{App, AppEffect, ExternalProgram, external_program, possible};
use crate::domain::{
    AccountName, ArgumentPiece, Instance, Kind, Phrase, ResourceId, WhichAddress, address_of, pieces, text,
};

/// The numbers of all commands of the person's own.
pub(super) fn all(app: &App) -> impl Iterator<Item = (Command, &Own)> {
    app.keymap.own().iter().enumerate().map(|(n, own)| (Command::Own(n), own))
}

pub(super) fn run(app: &mut App, n: usize, effects: &mut Vec<AppEffect>) {
    match (program(app, n), app.keymap.own().get(n)) {
        (Ok(program), Some(own)) => {
            let (title, confirm) = (text::plain::said(own.name.as_str()), own.confirm);
            external_program::hand_over(app, title, ExternalProgram::Run { program }, confirm, effects);
        }
        (Err(why), _) => app.tell(why, true),
        (Ok(_), None) => {}
    }
}

/// The program with its arguments for what is meant; or why there is none.
pub(super) fn program(app: &App, n: usize) -> Result<Vec<String>, Phrase> {
    let row = possible::sole_row(app)?;
    if app.demo {
        return Err(Phrase::new(text::ssh::DEMO));
    }
    let own = app.keymap.own().get(n).ok_or_else(|| Phrase::new(text::refused::NOTHING))?;
    let values = Values::new(app, &row);
    own.run.iter().map(|argument| values.fill(app, argument)).collect()
}

/// Where the values of a row come from.
struct Values<'a> {
    account: &'a AccountName,
    name: String,
    id: Option<ResourceId>,
    instance: Option<&'a Instance>,
}

impl<'a> Values<'a> {
    fn new(app: &'a App, row: &'a Row) -> Self {
        let inventory = app.engine.account(&row.account).map(|account| &account.inventory);
        let listed = |id: &ResourceId| inventory.and_then(|p| p.instance(id)).map(AsRef::as_ref);
        let key = row.key();
        let (mut name, mut id) = (row.what.name().to_owned(), None);
        if let RowKey::Resource(resource) | RowKey::ExternalChange(resource, _) = &key {
            id = Some(resource.id.clone());
        }
        let instance = match &row.what {
            What::Instance(i) | What::Import(i) => Some(i.as_ref()),
            What::Snapshot(s, _) => s.of.as_ref().and_then(listed),
            What::Operation(op) => app.engine.operation(op).and_then(|op| {
                let subject = op.action.subject();
                (name, id) = (subject.name.clone(), Some(subject.id().clone()));
                let held = op.action.holds().into_iter().find(|held| held.kind == Kind::Instance)?;
                listed(&held.id)
            }),
            _ => None,
        };
        Self { account: &row.account, name, id, instance }
    }

    /// An argument with its values. No value makes an option of it.
    fn fill(&self, app: &App, argument: &str) -> Result<String, Phrase> {
        let mut filled = String::new();
        for piece in pieces(argument) {
            match piece {
                ArgumentPiece::Text(text) => filled.push_str(text),
                ArgumentPiece::Place(place) => {
                    let value = self.value(app, place)?;
                    let odd = value.chars().any(char::is_control) || (filled.is_empty() && value.starts_with('-'));
                    if odd {
                        return Err(text::own::odd_value(place, value));
                    }
                    filled.push_str(&value);
                }
            }
        }
        Ok(filled)
    }

    fn value(&self, app: &App, place: &str) -> Result<String, Phrase> {
        let none = |text: fn(_, _) -> Phrase| text(place, &self.name);
        let instance = || self.instance.ok_or_else(|| none(text::own::no_machine));
        let way = || instance().map(|i| app.ssh.way(self.account, &i.name));
        match place {
            "name" => Ok(self.name.clone()),
            "account" => Ok(self.account.to_string()),
            "id" => self.id.as_ref().map(ToString::to_string).ok_or_else(|| none(text::own::no_machine)),
            "ipv4" => address_of(instance()?, WhichAddress::Ipv4),
            "ipv6" => address_of(instance()?, WhichAddress::Ipv6),
            "user" => way()?.user.ok_or_else(|| none(text::own::not_set)),
            "key" => way()?.key.ok_or_else(|| none(text::own::not_set)),
            "port" => Ok(way()?.port.unwrap_or(22).to_string()),
            _ => address_of(instance()?, way()?.address.unwrap_or_default()),
        }
    }
}
