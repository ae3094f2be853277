//! Protects what is selected or marked from every change, and asks before it does so no more.

use crate::app::layers::layer::{Layer, Menu, MenuChoice, MenuEntry, MenuKind};
use crate::app::panes::details::{DetailLine, DetailLines};
use crate::app::panes::row::{Row, RowKey, What};
use crate::app::tone::Tone;
use crate::app::{App, possible};
use crate::domain::{ImageKind, Kind, Phrase, ResourceRef, text};
use crate::engine;
use crate::engine::ProtectedBy;

/// What is protected where a row is: an image that was saved is a snapshot, a public one nobody can change.
fn subject(app: &App, row: &Row) -> Option<(ResourceRef, String)> {
    let RowKey::Resource(mut resource) = row.key() else { return None };
    if let What::Image(image) = &row.what {
        let saved = app.engine.account(&row.account).is_some_and(|a| a.inventory.snapshot(&image.id).is_some());
        if image.kind != ImageKind::Saved {
            return None;
        }
        if saved {
            resource.kind = Kind::Snapshot;
        }
    }
    Some((resource, row.what.name().to_owned()))
}

#[must_use]
pub fn of_row(app: &App, row: &Row) -> Option<ProtectedBy> {
    let (resource, name) = subject(app, row)?;
    app.engine.protected(&resource, &name)
}

/// Why nothing here can be protected; `Err`: it has no meaning here.
pub(crate) fn why_not(app: &App) -> Result<Option<Phrase>, ()> {
    let rows = match possible::rows_or_why(app) {
        Ok((rows, _)) => rows,
        Err(why) => return Ok(Some(why)),
    };
    if rows.iter().all(|row| matches!(row.what, What::Operation(_) | What::ExternalChange(_))) {
        return Err(());
    }
    let any = rows.iter().any(|row| subject(app, row).is_some());
    Ok((!any).then(|| Phrase::new(text::protect::PUBLIC)))
}

/// Protects what is meant; where all of it is protected, asks whether it is to be so no more.
pub(crate) fn toggle(app: &mut App) {
    match why_not(app) {
        Ok(None) => {}
        Ok(Some(why)) => return app.tell(why, true),
        Err(()) => return,
    }
    let (rows, _) = possible::applies_to(app);
    let all: Vec<(ResourceRef, String)> = rows.iter().filter_map(|row| subject(app, row)).collect();
    let by = |of: &(ResourceRef, String)| app.engine.protected(&of.0, &of.1);
    let free: Vec<_> = all.iter().filter(|of| by(of).is_none()).cloned().collect();
    if let Some((_, name)) = free.first() {
        let phrase =
            if free.len() == 1 { text::protect::on(name.as_str()) } else { text::protect::on_many(free.len()) };
        set_protected(app, free, true);
        return app.tell(phrase, false);
    }
    let ours: Vec<_> = all.iter().filter(|of| by(of) == Some(ProtectedBy::Person)).cloned().collect();
    match (ours.first(), all.first()) {
        (Some((_, name)), _) => {
            let title = if ours.len() == 1 {
                text::title::unprotect(name.as_str())
            } else {
                text::title::unprotect_many(ours.len())
            };
            let entries = vec![
                MenuEntry::new("y", text::protect::YES, MenuChoice::Unprotect(ours)),
                MenuEntry::new("n", text::protect::NO, MenuChoice::Nothing),
            ];
            app.layers.push(Layer::Menu(Menu { cursor: 1, ..Menu::new(MenuKind::Unprotect, title, entries) }));
        }
        (None, Some((_, name))) => app.tell(text::protect::configured(name.as_str()), true),
        (None, None) => {}
    }
}

/// Protects all of these, or none any more.
pub(crate) fn set_protected(app: &mut App, all: Vec<(ResourceRef, String)>, on: bool) {
    app.queue.extend(all.into_iter().map(|(resource, name)| engine::Msg::Protect { resource, name, on }));
}

/// No more, as the question was answered.
pub(crate) fn unprotect(app: &mut App, all: Vec<(ResourceRef, String)>) {
    let phrase = match all.as_slice() {
        [(_, name)] => text::protect::off(name.as_str()),
        all => text::protect::off_many(all.len()),
    };
    app.tell(phrase, false);
    set_protected(app, all, false);
}

impl DetailLines<'_> {
    /// That it is protected, and by whom: before its id, where what it is ends.
    pub(crate) fn protection(&mut self, row: &Row) {
        let key = match of_row(self.app, row) {
            Some(ProtectedBy::Configuration) => text::protect::BY_CONFIGURATION,
            Some(ProtectedBy::Person) => text::protect::BY_PERSON,
            None => return,
        };
        let id = self.get(text::details::ID);
        let at = self.lines.iter().position(|line| line.label == id).unwrap_or(self.lines.len());
        let (label, value) = (self.get(text::details::PROTECTED), self.get(key));
        self.lines.insert(at, DetailLine { label, value, tone: Tone::Busy, spark: None });
    }
}
