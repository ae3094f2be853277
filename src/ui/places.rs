//! What a pane says about itself: its title, its counts, and why it is empty.

use crate::app::App;
use crate::app::layout::Area;
use crate::app::pane::Pane;
use crate::app::rows::What;
use crate::domain::{AccountName, Fault, ImageKind, ListKey, Phrase};
use crate::engine::AccountState;
use crate::words::cells::{clean, wrap};

use super::canvas::{Canvas, Piece, cell_count};
use super::theme::Tone;

/// How much is known of what a pane lists.
pub(super) enum Known {
    /// Nobody asked for it yet.
    NotAsked,
    /// It is being read.
    Reading,
    /// It could not be read, ever.
    Fault(AccountName, Fault),
    /// At least in part.
    Read,
}

fn shown(app: &App) -> impl Iterator<Item = &AccountState> {
    app.engine.accounts().iter().filter(|a| !app.hidden.contains(&a.account.name))
}

/// How much is known of a pane's lists.
pub(super) fn known(app: &App, pane: Pane) -> Known {
    if pane == Pane::Operations {
        return Known::Read;
    }
    let of = app.selected_instance();
    let mut found = Known::NotAsked;
    for account in shown(app) {
        let list = match pane {
            Pane::Instances | Pane::Operations => ListKey::Instances,
            Pane::Firewalls => ListKey::Firewalls,
            Pane::Images => ListKey::Images,
            Pane::Keys => ListKey::Keys,
            Pane::ApiKeys => ListKey::ApiKeys,
            Pane::Snapshots => {
                if app.all_snapshots && account.account.rules.snapshots_per_instance() {
                    if account
                        .picture
                        .lists
                        .iter()
                        .any(|(k, r)| matches!(k, ListKey::Snapshots(_)) && r.value.is_some())
                    {
                        return Known::Read;
                    }
                    continue;
                }
                match &of {
                    _ if app.all_snapshots => ListKey::Snapshots(None),
                    Some(of) if of.account == account.account.name => {
                        if account.picture.snapshots_of(&of.id).is_some() {
                            return Known::Read;
                        }
                        account.account.rules.snapshots_of(&of.id)
                    }
                    _ => continue,
                }
            }
        };
        let remote = account.picture.lists.get(&list);
        if remote.is_some_and(|r| r.value.is_some()) {
            return Known::Read;
        }
        // What an account suffers from concerns a pane only once its list was asked for.
        let asked = app.panes[pane.index()].opened || matches!(pane, Pane::Instances | Pane::Snapshots);
        let fault = remote.and_then(|r| r.fault.as_ref()).or_else(|| account.fault().filter(|_| asked));
        if let Some(fault) = fault {
            if !matches!(found, Known::Reading) {
                found = Known::Fault(account.account.name.clone(), fault.clone());
            }
        } else if remote.is_some_and(|r| r.in_flight.is_some()) || pane == Pane::Instances {
            found = Known::Reading;
        }
    }
    found
}

/// The name of a pane, with what it is narrowed to.
pub(super) fn title(app: &App, pane: Pane) -> String {
    if pane == Pane::Snapshots && !app.all_snapshots {
        let row = app.panes[Pane::Instances.index()].row();
        if let Some(row) = row {
            let name = clean(&app.told_apart(row.what.name(), &row.account)).into_owned();
            return app.words.say(&Phrase::new("pane.snapshots-of").with("name", name));
        }
    }
    app.words.get(pane.title()).to_owned()
}

/// How many rows a pane has, `?` where that was never read.
pub(super) fn count(app: &App, pane: Pane) -> String {
    let state = &app.panes[pane.index()];
    if state.total == 0 && !matches!(known(app, pane), Known::Read) {
        return "?".to_owned();
    }
    state.total.to_string()
}

/// How much room for saved images is left of all there is: of the accounts whose snapshots are shown.
pub(super) fn room_left(app: &App) -> Option<String> {
    let of = app.selected_instance().map(|of| of.account);
    let meant = |a: &&AccountState| app.all_snapshots || of.as_ref() == Some(&a.account.name);
    let mut sums: Option<(u64, u64)> = None;
    for account in shown(app).filter(meant) {
        let Some(most) = account.picture.quota().and_then(|q| q.images) else { continue };
        if account.picture.list(&ListKey::Snapshots(None)).is_none() {
            continue;
        }
        let used: u64 = account.picture.snapshots().filter_map(|s| s.size).sum();
        let (free, all) = sums.unwrap_or_default();
        sums = Some((free + most.saturating_sub(used), all + most));
    }
    let (free, all) = sums?;
    let phrase = Phrase::new("place.free").with("free", gigabytes(free)).with("of", gigabytes(all));
    Some(app.words.say(&phrase))
}

/// Whole gigabytes; of few, one decimal. What is free is never rounded up.
fn gigabytes(bytes: u64) -> String {
    let tenths = bytes / 100_000_000;
    if tenths >= 100 || tenths.is_multiple_of(10) {
        (tenths / 10).to_string()
    } else {
        format!("{}.{}", tenths / 10, tenths % 10)
    }
}

/// The counts at the right of a pane's title.
pub(super) fn counts(app: &App, pane: Pane) -> Vec<String> {
    let state = &app.panes[pane.index()];
    let mut parts = Vec::new();
    let all = count(app, pane);
    if pane == Pane::Snapshots {
        parts.extend(room_left(app));
    }
    match pane {
        Pane::Snapshots if !app.all_snapshots => {
            let slots =
                app.selected_instance().and_then(|of| app.engine.account(&of.account)?.account.rules.snapshot_slots());
            match slots {
                Some(slots) if all != "?" => {
                    parts.push(app.words.say(&Phrase::new("details.n-of").with("n", all).with("of", slots)));
                }
                _ => parts.push(all),
            }
        }
        Pane::Images => {
            let is_saved = |what: &What| matches!(what, What::Image(i) if i.kind == ImageKind::Saved);
            let saved = state.rows.iter().take(1000).filter(|r| is_saved(&r.what)).count();
            if saved > 0 {
                parts.push(app.words.say(&Phrase::new("place.saved").with("count", saved)));
            }
            parts.push(all);
        }
        Pane::Operations => {
            let running = app.engine.operations().iter().filter(|o| !o.is_over()).count();
            if running > 0 {
                parts.push(app.words.say(&Phrase::new("place.running").with("count", running)));
            } else {
                parts.push(all);
            }
        }
        _ => parts.push(all),
    }
    let odd: usize = match pane {
        Pane::Instances => shown(app)
            .filter_map(|a| a.picture.lists.get(&ListKey::Instances)?.odd.as_ref())
            .map(|(count, _)| *count)
            .sum(),
        _ => 0,
    };
    if odd > 0 {
        parts.insert(0, app.words.say(&Phrase::new("place.odd").with("count", odd)));
    }
    parts
}

/// What is filtered for and what is found.
pub(super) fn found(app: &App, pane: Pane) -> String {
    let state = &app.panes[pane.index()];
    let key = if state.fuzzy && !state.rows.is_empty() { "place.found-loosely" } else { "place.found" };
    app.words.say(&Phrase::new(key).with("shown", state.rows.len()).with("total", state.total))
}

impl Canvas<'_> {
    /// `/web_ 3 of 14`, with the cursor while it is typed; where it goes on after.
    pub(super) fn filter(&mut self, app: &App, pane: Pane, x: u16, y: u16, room: usize) -> u16 {
        let state = &app.panes[pane.index()];
        if state.filter.value().is_empty() && !state.filtering {
            return x;
        }
        let found = found(app, pane);
        let style = self.style(Tone::Mark);
        let plain = self.style(Tone::Plain);
        let mut x = self.put(x, y, room, "/", style);
        let text = clean(state.filter.value()).into_owned();
        let spare = crate::words::cells::width(&found) + 3;
        let most = room.saturating_sub(spare).max(4);
        let takes = (crate::words::cells::width(&text) + usize::from(state.filtering)).min(most);
        if state.filtering {
            self.put(x, y, takes, &" ".repeat(takes), plain);
            self.field(x, y, takes, &state.filter, false, style);
        } else {
            self.put(x, y, takes, &text, style);
        }
        x += cell_count(takes);
        if room > takes + 1 {
            x = self.put(x, y, room - takes - 1, &format!(" {found}"), plain);
        }
        x
    }

    /// Why a pane has no rows.
    pub(super) fn empty(&mut self, app: &App, pane: Pane, area: Area) {
        let state = &app.panes[pane.index()];
        let mut lines: Vec<Piece> = Vec::new();
        let dim = self.style(Tone::Dim);
        if state.total > 0 {
            lines.push((app.words.get("place.no-match").to_owned(), dim));
        } else if pane == Pane::Snapshots && !app.all_snapshots && app.selected_instance().is_none() {
            lines.push((app.words.get("refused.nothing").to_owned(), dim));
        } else {
            match known(app, pane) {
                Known::NotAsked => lines.push((app.words.get("place.not-read").to_owned(), dim)),
                Known::Reading => lines.push((app.words.get("place.loading").to_owned(), dim)),
                Known::Fault(account, fault) => {
                    let said = app.words.say(&fault.phrase());
                    lines.push((format!("{account}: {said}"), self.style(Tone::Bad)));
                    lines.push((app.words.say(&fault.advice(&account)), self.style(Tone::Plain)));
                }
                Known::Read => {
                    let key = match pane {
                        Pane::Instances => "place.empty.instances",
                        Pane::Snapshots => "place.empty.snapshots",
                        Pane::Firewalls => "place.empty.firewalls",
                        Pane::Images => "place.empty.images",
                        Pane::Operations => "place.empty.operations",
                        Pane::Keys => "place.empty.keys",
                        Pane::ApiKeys => "place.empty.api-keys",
                    };
                    lines.push((app.words.get(key).to_owned(), dim));
                }
            }
        }
        let room = usize::from(area.width).saturating_sub(4);
        let mut y = area.y;
        for (text, style) in lines {
            for part in wrap(&clean(&text), room) {
                if y < area.y + area.height {
                    self.put(area.x + 3, y, room, &part, style);
                }
                y += 1;
            }
        }
    }
}
