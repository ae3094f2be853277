//! The form for a new instance. Its box has the same size on every page, so that nothing jumps.
//!
//! ```text
//! ┌─ New instance 1/4: what from ────────────── lab ─┐
//! │ : deb                                            │   what is typed to find one, or what is chosen so far
//! │ Debian                                           │
//! │ > Debian 12                                      │
//! │   Debian 11                                      │
//! │                                                  │
//! │ it needs a name                                  │   what is to be said
//! └──────────────────────────────────────────────────┘
//! ```

use ratatui::style::Modifier;

use crate::app::App;
use crate::app::layers::create;
use crate::app::layers::create::fields::OrderField;
use crate::app::layers::create::lists::{OrderEntry, OrderLine};
use crate::app::layers::create::{CreateForm, OrderPage, fields, lists};
use crate::app::layout::Area;
use crate::domain::{Phrase, Text, text};
use crate::proposal::order;
use crate::words::cells::{clean, cut_keeping, end_that_tells, width, wrap};

use super::super::canvas::{Canvas, Piece, cell_count, pieces_width};
use crate::app::tone::Tone;

const WIDEST: usize = 84;
const TALLEST: usize = 18;
const GAP: usize = 2;
/// The columns of plans that go first where there is no room for all: network, processors, addresses, the name.
const PLAN_GOES: &[usize] = &[4, 1, 5, 0];
const NUMBERS: std::ops::RangeInclusive<usize> = 1..=4;

impl Canvas<'_> {
    pub(super) fn create(&mut self, app: &App, form: &CreateForm, screen: Area) {
        let title = self.heading(app.words.say(&title(app, form)));
        let colour = form.state(&app.engine).and_then(|a| a.account.colour);
        let style = self.look.account(colour);
        let right: Vec<Piece> = vec![(form.account.to_string(), style.add_modifier(Modifier::BOLD))];
        let most = usize::from(screen.width).saturating_sub(6).min(WIDEST);
        let inner = self.over(screen, most, TALLEST, style, &title, &right);
        if inner.height < 3 {
            return;
        }
        let head = Area { height: 1, ..inner };
        // What is to be said stands below, in as many lines as it takes, and the rest above it.
        let below = self.below(app, form, usize::from(inner.width));
        let foot = cell_count(below.len().max(1)).min(inner.height - 2);
        let body = Area { y: inner.y + 1, height: inner.height - 1 - foot, ..inner };
        match form.page {
            OrderPage::Url => self.url(app, form, head, body),
            OrderPage::Rest => self.rest(app, form, head, body),
            _ => self.list(app, form, head, body),
        }
        for (i, (text, tone)) in below.iter().take(usize::from(foot)).enumerate() {
            self.put(inner.x, body.y + body.height + cell_count(i), usize::from(inner.width), text, self.style(*tone));
        }
    }

    /// What is missing or wrong, else what is to be said of what is under the cursor.
    fn below(&self, app: &App, form: &CreateForm, room: usize) -> Vec<(String, Tone)> {
        let mut said: Vec<(Phrase, Tone)> = form.said.iter().map(|said| (said.clone(), Tone::Bad)).collect();
        match form.page {
            OrderPage::Url if form.said.is_none() && !form.url.value().trim().is_empty() => {
                let url = form.url.value();
                match order::url_mistake(url) {
                    Some(why) => said.push((why, Tone::Busy)),
                    None => said.extend(order::url_warnings(url).into_iter().map(|w| (w, Tone::Busy))),
                }
            }
            OrderPage::Rest => {
                let (_, note) = fields::value(app, form, fields::current(app, form));
                said.extend(note.map(|note| (note, Tone::Busy)));
            }
            OrderPage::Key | OrderPage::Plan => {
                let entries = lists::entries(app, form);
                let note = entries.get(form.cursor).and_then(|entry| entry.note.clone());
                said.extend(note.map(|note| (note, Tone::Busy)));
            }
            _ => {}
        }
        let lines = said.iter().flat_map(|(phrase, tone)| {
            let lines = wrap(&clean(&app.words.say(phrase)), room);
            lines.into_iter().map(move |line| (line, *tone)).collect::<Vec<_>>()
        });
        lines.collect()
    }

    fn list(&mut self, app: &App, form: &CreateForm, head: Area, body: Area) {
        let x = self.put(head.x, head.y, usize::from(head.width), ": ", self.style(Tone::Bold));
        let plain = self.style(Tone::Plain);
        self.field(x, head.y, usize::from(head.width).saturating_sub(2), &form.typed, false, plain);
        let lines = lists::lines(app, form);
        let room = usize::from(body.width);
        if lines.is_empty() {
            let dim = self.style(Tone::Dim);
            self.put(body.x + 2, body.y, room.saturating_sub(2), app.words.get(nothing(app, form)), dim);
            return;
        }
        let entries = |line: &&OrderLine| matches!(line, OrderLine::Entry(_));
        let last = lines.iter().filter(entries).count().saturating_sub(1);
        let cursor = form.cursor.min(last);
        let at = lines.iter().enumerate().filter(|(_, l)| entries(l)).nth(cursor).map_or(0, |(at, _)| at);
        let height = usize::from(body.height).max(1);
        let first = (at + 1).saturating_sub(height);
        let columns = columns(&lines, form.page, room.saturating_sub(2));
        for (i, line) in lines.iter().enumerate().skip(first).take(height) {
            let y = body.y + cell_count(i - first);
            match line {
                OrderLine::Heading(text) => {
                    self.put(body.x, y, room, text, self.style(Tone::Dim));
                }
                OrderLine::Entry(entry) => {
                    let text = text_of(entry, &columns, form.page);
                    self.put(body.x + 2, y, room.saturating_sub(2), &text, self.style(Tone::Plain));
                    if i == at {
                        self.put(body.x, y, 1, ">", self.style(Tone::Bold));
                        self.reverse(body.x, y, body.width);
                    }
                }
            }
        }
    }

    fn url(&mut self, app: &App, form: &CreateForm, head: Area, body: Area) {
        let dim = self.style(Tone::Dim);
        self.put(head.x, head.y, usize::from(head.width), app.words.get(text::create::URL_HINT), dim);
        let bold = self.style(Tone::Bold);
        let x = self.put(body.x, body.y, usize::from(body.width), app.words.get(text::create::URL), bold) + 2;
        let room = usize::from((body.x + body.width).saturating_sub(x));
        self.field(x, body.y, room, &form.url, false, self.style(Tone::Plain));
    }

    fn rest(&mut self, app: &App, form: &CreateForm, head: Area, body: Area) {
        self.put(head.x, head.y, usize::from(head.width), &so_far(app, form), self.style(Tone::Dim));
        let all = fields::fields(app, form);
        let at = form.at.min(all.len().saturating_sub(1));
        let labels = all.iter().filter(|f| is_labelled(**f)).map(|f| width(app.words.get(fields::label(*f)))).max();
        let labels = labels.unwrap_or(0);
        // Where there is room, what goes on stands apart.
        let spare = usize::from(body.height) > all.len();
        let height = usize::from(body.height).max(1);
        let first = (at + 1).saturating_sub(height);
        for (i, field) in all.iter().enumerate().skip(first).take(height) {
            let apart = u16::from(spare && *field == OrderField::Go);
            let area = Area { y: body.y + cell_count(i - first) + apart, height: 1, ..body };
            self.form_field(app, form, *field, i == at, labels, area);
        }
    }

    fn form_field(&mut self, app: &App, form: &CreateForm, field: OrderField, here: bool, labels: usize, area: Area) {
        let label = app.words.get(fields::label(field));
        let style = self.style(if here { Tone::Bold } else { Tone::Plain });
        let room = usize::from(area.width).saturating_sub(2);
        let x = area.x + 2;
        if here {
            self.put(area.x, area.y, 1, ">", style);
        }
        let switch = |on: bool| if on { "[x] " } else { "[ ] " };
        match field {
            OrderField::Start | OrderField::Answers => {
                let on = if field == OrderField::Start { form.start } else { form.answers };
                self.put(x, area.y, room, &format!("{}{label}", switch(on)), style);
                return;
            }
            OrderField::Go => {
                let text = if here { format!("[ {label} ]") } else { format!("  {label}") };
                self.put(x, area.y, room, &text, style);
                return;
            }
            _ => {}
        }
        self.put(x, area.y, labels, label, style);
        let (x, room) = (x + cell_count(labels + GAP), room.saturating_sub(labels + GAP));
        let plain = self.style(Tone::Plain);
        let typed = match field {
            OrderField::Name => Some((&form.name, false)),
            OrderField::Password => Some((&form.password.0, true)),
            _ => None,
        };
        match typed {
            Some((input, hidden)) if here => self.field(x, area.y, room, input, hidden, plain),
            Some((input, true)) => {
                self.put(x, area.y, room, &"*".repeat(input.value().chars().count()), plain);
            }
            Some((input, false)) => {
                self.put(x, area.y, room, input.value(), plain);
            }
            None => {
                let (value, note) = fields::value(app, form, field);
                let mark = if note.is_some() { "  *" } else { "" };
                let hint = match (here, field) {
                    (true, OrderField::Region | OrderField::Network | OrderField::Key) => {
                        app.words.get(text::create::HINT_CHOOSE)
                    }
                    (true, _) => app.words.get(text::create::HINT_OPEN),
                    (false, _) => "",
                };
                let mut pieces = vec![(format!("{value}{mark}"), style)];
                if here && pieces_width(&pieces) + width(hint) + 3 <= room {
                    pieces.push((format!("   {hint}"), self.style(Tone::Dim)));
                }
                self.pieces(x, area.y, room, &pieces);
            }
        }
    }
}

const fn is_labelled(field: OrderField) -> bool {
    !matches!(field, OrderField::Start | OrderField::Answers | OrderField::Go)
}

fn title(app: &App, form: &CreateForm) -> Phrase {
    let (step, what) = match form.page {
        OrderPage::Account => (OrderPage::Account, text::create::PAGE_ACCOUNT),
        OrderPage::What => (OrderPage::What, text::create::PAGE_WHAT),
        OrderPage::Url => (OrderPage::Url, text::create::PAGE_URL),
        OrderPage::Plan => (OrderPage::Plan, text::create::PAGE_PLAN),
        // Those lead back to the page of the rest.
        OrderPage::Rest => (OrderPage::Rest, text::create::PAGE_REST),
        OrderPage::Region => (OrderPage::Rest, text::create::PAGE_REGION),
        OrderPage::Network => (OrderPage::Rest, text::create::PAGE_NETWORK),
        OrderPage::Key => (OrderPage::Rest, text::create::PAGE_KEY),
        OrderPage::Firewalls => (OrderPage::Rest, text::create::PAGE_FIREWALLS),
    };
    let steps = create::steps(app, form);
    let at = steps.iter().position(|page| *page == step).unwrap_or(0);
    // The last step is the dialog that sums it up.
    let (n, of) = ((at + 1).to_string(), (steps.len() + 1).to_string());
    text::title::create_page(n, of, Phrase::new(what))
}

/// Why a list has no line.
fn nothing(app: &App, form: &CreateForm) -> Text {
    if !form.typed.value().trim().is_empty() {
        return text::create::NOTHING_FOUND;
    }
    let list = match form.page {
        OrderPage::Plan => form
            .source
            .as_ref()
            .zip(form.state(&app.engine))
            .and_then(|(source, account)| account.account.policy.plans_list(source.from(), &account.inventory)),
        OrderPage::What => Some(crate::domain::ListKey::Images),
        OrderPage::Key => Some(crate::domain::ListKey::Keys),
        OrderPage::Firewalls => Some(crate::domain::ListKey::Firewalls),
        OrderPage::Region => Some(crate::domain::ListKey::Regions),
        OrderPage::Network => Some(crate::domain::ListKey::Networks),
        _ => None,
    };
    let read = list.is_some_and(|list| form.state(&app.engine).is_some_and(|a| a.inventory.list(&list).is_some()));
    match (read, form.page) {
        (false, _) => text::place::LOADING,
        (true, OrderPage::Plan) => text::create::NO_PLAN_FITS,
        (true, _) => text::details::NONE,
    }
}

/// `Debian 12  1vCPU1GB20GB`.
fn so_far(app: &App, form: &CreateForm) -> String {
    let source = form.source.as_ref().map_or("", |source| source.name());
    let plans = lists::plans_of(app, form);
    let plan = plans.iter().find(|plan| Some(&plan.id) == form.plan.as_ref());
    let plan = plan.map_or(String::new(), |plan| format!("  {}", plan.name));
    format!("{source}{plan}")
}

struct ColumnLayout {
    place: usize,
    width: usize,
    /// The cells that a text keeps of its end where it is cut.
    end: usize,
}

/// The columns that are shown. Where not all has room, those behind the name go, and then the name is cut.
fn columns(lines: &[OrderLine], page: OrderPage, room: usize) -> Vec<ColumnLayout> {
    let entries = || lines.iter().filter_map(|l| if let OrderLine::Entry(entry) = l { Some(entry) } else { None });
    let count = entries().map(|e| e.columns.len()).max().unwrap_or(0);
    let texts = |n: usize| entries().filter_map(move |e| e.columns.get(n)).map(|text| clean(text));
    let widest = |n: usize| texts(n).map(|text| width(&text)).max().unwrap_or(0);
    let mut columns: Vec<(usize, usize)> = (0..count).map(|n| (n, widest(n))).filter(|(_, w)| *w > 0).collect();
    let takes = |columns: &[(usize, usize)]| columns.iter().map(|(_, w)| w + GAP).sum::<usize>().saturating_sub(GAP);
    if page == OrderPage::Plan {
        for goes in PLAN_GOES {
            if takes(&columns) > room && columns.len() > 1 {
                columns.retain(|(n, _)| n != goes);
            }
        }
    }
    while takes(&columns) > room && columns.len() > 1 {
        columns.pop();
    }
    let over = takes(&columns).saturating_sub(room);
    if let Some((_, name)) = columns.first_mut() {
        *name = name.saturating_sub(over);
    }
    let with_end = |(place, width): (usize, usize)| {
        let texts: Vec<_> = texts(place).collect();
        ColumnLayout { place, width, end: end_that_tells(texts.iter().map(AsRef::as_ref), width, 0) }
    };
    columns.into_iter().map(with_end).collect()
}

fn text_of(entry: &OrderEntry, columns: &[ColumnLayout], page: OrderPage) -> String {
    let mut text = match entry.on {
        Some(true) => "[x] ".to_owned(),
        Some(false) => "[ ] ".to_owned(),
        None => String::new(),
    };
    for (i, column) in columns.iter().enumerate() {
        let whole = clean(entry.columns.get(column.place).map_or("", String::as_str));
        let shown = cut_keeping(&whole, column.width, column.end);
        let pad = " ".repeat(column.width.saturating_sub(width(&shown)));
        let gap = if i > 0 { " ".repeat(GAP) } else { String::new() };
        let right = page == OrderPage::Plan && NUMBERS.contains(&column.place);
        text.push_str(&gap);
        text.push_str(&if right { format!("{pad}{shown}") } else { format!("{shown}{pad}") });
    }
    text.trim_end().to_owned()
}
