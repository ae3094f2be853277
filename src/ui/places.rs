//! What a pane says about itself: its title, its counts, and why it is empty.

use crate::app::layout::Area;
use crate::app::panes::row::What;
use crate::app::tables::pane::Pane;
use crate::app::{App, account_health};
use crate::domain::{AccountName, Fault, ImageKind, ListKey, Phrase, ResourceId, text};
use crate::engine::AccountState;
use crate::words::cells::{clean, cut, wrap};

use super::canvas::{Canvas, Piece, cell_count};
use super::table::first_shown;
use crate::app::tone::Tone;

pub(super) enum Known {
    /// Nobody asked for it yet.
    NotAsked,
    Reading,
    /// It could not be read, ever: of each account which list, and why.
    Faults(Vec<(AccountName, ListKey, Fault)>),
    Read,
}

/// Names of accounts take at most so many cells beside a count.
const MOST_NAMES: usize = 24;

/// The list of an account that a pane shows; `None` where it shows none of it, or several.
fn list_of(app: &App, pane: Pane, account: &AccountState) -> Option<ListKey> {
    let policy = &account.account.policy;
    Some(match pane {
        Pane::Instances => ListKey::Instances,
        Pane::Firewalls => ListKey::Firewalls,
        Pane::Images => ListKey::Images,
        Pane::Keys => ListKey::Keys,
        Pane::ApiKeys => ListKey::ApiKeys,
        Pane::Operations => return None,
        Pane::Snapshots if app.all_snapshots => {
            return (!policy.snapshots_per_instance()).then_some(ListKey::Snapshots(None));
        }
        Pane::Snapshots => {
            let of = app.selected_instance().filter(|of| of.account == account.account.name)?;
            policy.snapshots_of(&of.id)
        }
    })
}

/// How much of what a pane shows of an account was read: none, some, or all of it; `None` where it shows none of it.
fn read_of(app: &App, pane: Pane, account: &AccountState) -> Option<Share> {
    let inventory = &account.inventory;
    if pane == Pane::Snapshots && app.all_snapshots && account.account.policy.snapshots_per_instance() {
        let read = inventory.instances().iter().filter(|i| inventory.snapshots_of(&i.id).is_some()).count();
        return Some(match read {
            _ if inventory.list(&ListKey::Instances).is_none() => Share::None,
            read if read == inventory.instances().len() => Share::All,
            0 => Share::None,
            _ => Share::Some,
        });
    }
    let list = list_of(app, pane, account)?;
    if !account.account.policy.supports(&list) {
        return None;
    }
    let of_this = |of: &ResourceId| inventory.snapshots_of(of).is_some();
    let read = inventory.list(&list).is_some() || matches!(&list, ListKey::Snapshots(Some(of)) if of_this(of));
    Some(if read { Share::All } else { Share::None })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Share {
    None,
    Some,
    All,
}

/// What a pane does not show, since it was not read: accounts, or parts of them.
fn missing(app: &App, pane: Pane) -> Vec<String> {
    let name = |account: &AccountState| {
        let name = clean(account.account.name.as_str()).into_owned();
        match read_of(app, pane, account)? {
            Share::All => None,
            Share::Some => Some(app.words.say(&text::place::part_of(name))),
            Share::None => Some(name),
        }
    };
    app.shown_accounts().filter_map(name).collect()
}

pub(super) fn known(app: &App, pane: Pane) -> Known {
    if pane == Pane::Operations
        || app.shown_accounts().any(|a| !matches!(read_of(app, pane, a), None | Some(Share::None)))
    {
        return Known::Read;
    }
    let mut faults = Vec::new();
    let mut reading = false;
    for account in app.shown_accounts() {
        let Some(list) = list_of(app, pane, account) else { continue };
        let remote = account.inventory.lists.get(&list);
        // What an account suffers from concerns a pane only once its list was asked for.
        let asked = app.panes[pane.index()].opened || matches!(pane, Pane::Instances | Pane::Snapshots);
        let own = remote.and_then(|r| r.fault.as_ref()).map(|fault| (list, fault));
        match own.or_else(|| account.fault().filter(|_| asked).map(|fault| (ListKey::Instances, fault))) {
            Some((list, fault)) => faults.push((account.account.name.clone(), list, fault.clone())),
            None => reading |= remote.is_some_and(|r| r.in_flight.is_some()) || pane == Pane::Instances,
        }
    }
    match (reading, faults.is_empty()) {
        (true, _) => Known::Reading,
        (false, true) => Known::NotAsked,
        (false, false) => Known::Faults(faults),
    }
}

/// Until when the lists of a pane wait that were never read, and why: a line for each account.
fn waits(app: &App, pane: Pane) -> Vec<Phrase> {
    app.shown_accounts()
        .filter_map(|account| account_health::waits(app, account, &list_of(app, pane, account)?))
        .collect()
}

/// The name of a pane, with what it is narrowed to.
pub(super) fn title(app: &App, pane: Pane) -> String {
    if pane == Pane::Snapshots && !app.all_snapshots {
        let row = app.panes[Pane::Instances.index()].row();
        if let Some(row) = row {
            let name = clean(&app.distinct_name(row.what.name(), &row.account)).into_owned();
            return app.words.say(&text::pane::snapshots_of(name));
        }
    }
    app.words.get(pane.title()).to_owned()
}

/// How many rows a pane has, `?` where that was never read, `10+` where some of it was not.
pub(super) fn count(app: &App, pane: Pane) -> String {
    let state = &app.panes[pane.index()];
    if state.total == 0 && !matches!(known(app, pane), Known::Read) {
        return "?".to_owned();
    }
    if missing(app, pane).is_empty() && !goes_on(app, pane) {
        return state.total.to_string();
    }
    app.words.say(&text::place::at_least(state.total))
}

/// Whether a list of a pane may have more than was read of it.
fn goes_on(app: &App, pane: Pane) -> bool {
    let of_pane = |list: &ListKey| match pane {
        Pane::Instances => *list == ListKey::Instances,
        Pane::Snapshots => matches!(list, ListKey::Snapshots(_)),
        Pane::Firewalls => *list == ListKey::Firewalls,
        Pane::Images => *list == ListKey::Images,
        Pane::Keys => *list == ListKey::Keys,
        Pane::Operations | Pane::ApiKeys => false,
    };
    app.shown_accounts().any(|account| account.cuts().any(|(list, _)| of_pane(list)))
}

/// What a count does not cover: `without lab, spare`.
pub(super) fn without(app: &App, pane: Pane) -> Option<String> {
    let names = missing(app, pane);
    let filters = !app.panes[pane.index()].filter.value().is_empty();
    if names.is_empty() || filters || !matches!(known(app, pane), Known::Read) {
        return None;
    }
    let names = cut(&names.join(", "), MOST_NAMES).into_owned();
    Some(app.words.say(&text::place::without(names)))
}

/// Which of the rows are on the screen, where not all are: `1-13 of 16`.
pub(super) fn part(app: &App, pane: Pane) -> Option<String> {
    let (state, height) = (&app.panes[pane.index()], app.layout().rows(pane));
    let rows = state.rows.len();
    if rows <= height {
        return None;
    }
    let first = first_shown(state, height);
    let phrase = text::place::lines(first + 1, first + height, rows);
    Some(app.words.say(&phrase))
}

/// How much room for saved images is left of all there is: of the accounts whose snapshots are shown.
pub(super) fn room_left(app: &App) -> Option<String> {
    let of = app.selected_instance().map(|of| of.account);
    let meant = |a: &&AccountState| app.all_snapshots || of.as_ref() == Some(&a.account.name);
    let mut sums: Option<(u64, u64)> = None;
    for account in app.shown_accounts().filter(meant) {
        let Some(most) = account.inventory.quota().and_then(|q| q.images) else { continue };
        if account.inventory.list(&ListKey::Snapshots(None)).is_none() {
            continue;
        }
        let used: u64 = account.inventory.snapshots().filter_map(|s| s.size).sum();
        let (free, all) = sums.unwrap_or_default();
        sums = Some((free + most.saturating_sub(used), all + most));
    }
    let (free, all) = sums?;
    let phrase = text::place::free(gigabytes(free), gigabytes(all));
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
                app.selected_instance().and_then(|of| app.engine.account(&of.account)?.account.policy.snapshot_slots());
            match slots {
                Some(slots) if all != "?" => {
                    parts.push(app.words.say(&text::details::n_of(all, slots)));
                }
                _ => parts.push(all),
            }
        }
        Pane::Images => {
            let is_saved = |what: &What| matches!(what, What::Image(i) if i.kind == ImageKind::Saved);
            let saved = state.rows.iter().take(1000).filter(|r| is_saved(&r.what)).count();
            if saved > 0 {
                parts.push(app.words.say(&text::place::saved(saved)));
            }
            parts.push(all);
        }
        Pane::Operations => {
            let running = app.engine.operations().iter().filter(|o| !o.is_over()).count();
            if running > 0 {
                parts.push(app.words.say(&text::place::running(running)));
            } else {
                parts.push(all);
            }
        }
        _ => parts.push(all),
    }
    let malformed: usize = match pane {
        Pane::Instances => app
            .shown_accounts()
            .filter_map(|a| a.inventory.lists.get(&ListKey::Instances)?.malformed.as_ref())
            .map(|(count, _)| *count)
            .sum(),
        _ => 0,
    };
    parts.extend(without(app, pane));
    parts.extend(part(app, pane));
    if malformed > 0 {
        parts.insert(0, app.words.say(&text::place::odd(malformed)));
    }
    parts
}

pub(super) fn found(app: &App, pane: Pane) -> String {
    let state = &app.panes[pane.index()];
    let phrase = if state.fuzzy && !state.rows.is_empty() {
        text::place::found_loosely(state.rows.len(), state.total)
    } else {
        text::place::found(state.rows.len(), state.total)
    };
    app.words.say(&phrase)
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
            lines.push((app.words.get(text::place::NO_MATCH).to_owned(), dim));
        } else if pane == Pane::Snapshots && !app.all_snapshots && app.selected_instance().is_none() {
            lines.push((app.words.get(text::refused::NOTHING).to_owned(), dim));
        } else {
            match known(app, pane) {
                asked @ (Known::NotAsked | Known::Reading) => {
                    let key =
                        if matches!(asked, Known::Reading) { text::place::LOADING } else { text::place::NOT_READ };
                    lines.extend(waits(app, pane).iter().map(|wait| (app.words.say(wait), dim)));
                    if lines.is_empty() {
                        lines.push((app.words.get(key).to_owned(), dim));
                    }
                }
                Known::Faults(all) => {
                    let mut advice = Vec::new();
                    for (name, list, fault) in &all {
                        let Some(account) = app.engine.account(name) else { continue };
                        let said = app.words.say(&account_health::fault_phrase(app, account, list, fault));
                        lines.push((format!("{name}: {said}"), self.style(Tone::Bad)));
                        advice.push((
                            app.words.say(&fault.advice(&account.account.name, &account.account.secret)),
                            self.style(Tone::Plain),
                        ));
                    }
                    // What is to be done is often the same.
                    advice.dedup();
                    lines.append(&mut advice);
                }
                Known::Read => {
                    let key = match pane {
                        Pane::Instances => text::place_empty::INSTANCES,
                        Pane::Snapshots => text::place_empty::SNAPSHOTS,
                        Pane::Firewalls => text::place_empty::FIREWALLS,
                        Pane::Images => text::place_empty::IMAGES,
                        Pane::Operations => text::place_empty::OPERATIONS,
                        Pane::Keys => text::place_empty::KEYS,
                        Pane::ApiKeys => text::place_empty::API_KEYS,
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
