//! What lies over the panes, the topmost last. Each is a box in the middle of the screen; the footer stays in sight,
//! since it holds what counts down and what there is to tell.

mod allow;
mod compare;
mod confirm;
mod cost;
mod create;
mod form;
mod key_form;
mod menu;
mod rule_editor;
mod secret;
mod viewer;

use ratatui::style::Style;

use crate::app::App;
use crate::app::layers::layer::{HandOver, Layer, Leaving, NoticeBox};
use crate::app::layout::Area;
use crate::app::panes::details::rule_text;
use crate::domain::rule_edit::RuleChange;
use crate::domain::{Phrase, Text, text};
use crate::words::cells::{clean, wrap};

use super::canvas::{Canvas, Piece, cell_count};
use crate::app::tone::Tone;

impl Canvas<'_> {
    pub(super) fn layers(&mut self, app: &App, screen: Area) {
        for layer in &app.layers {
            // Only what is edited in the topmost shows the terminal's cursor.
            self.cursor = None;
            match layer {
                Layer::Confirm(confirm) => self.confirm(app, confirm, screen),
                Layer::Notice(notice) => self.notice(app, notice, screen),
                Layer::Help(viewer) => self.help(app, viewer, screen),
                Layer::Raw(viewer) => self.raw(app, viewer, screen),
                Layer::Requests(viewer) => self.requests(app, viewer, screen),
                Layer::ConsoleOutput(view) => self.console_output(app, view, screen),
                Layer::Cost(view) => self.cost(app, view, screen),
                Layer::Compare(view) => self.compare(app, view, screen),
                Layer::Menu(menu) => self.menu(app, menu, screen),
                Layer::Leaving(Leaving { lines, ignored, .. }) => {
                    let (title, ask) = (Phrase::new(text::title::LEAVING), text::leaving::ASK);
                    self.question(app, &title, lines, *ignored, ask, screen);
                }
                Layer::HandOver(HandOver { title, lines, ignored, .. }) => {
                    self.question(app, title, lines, *ignored, text::own::ASK, screen);
                }
                Layer::NewAccount(form) => self.form(app, form, screen),
                Layer::Create(form) => self.create(app, form, screen),
                Layer::KeyForm(form) => self.key_form(app, form, screen),
                Layer::Secret(shown) => self.secret(app, shown, screen),
                Layer::Rules(editor) => self.rule_editor(app, editor, screen),
                Layer::Allow(allow) => self.allow(app, allow, screen),
            }
        }
    }

    /// A framed box in the middle with room for so many lines of so many cells, or as many as fit; the area inside.
    fn over(
        &mut self,
        screen: Area,
        width: usize,
        lines: usize,
        style: Style,
        title: &[Piece],
        right: &[Piece],
    ) -> Area {
        let most = screen.height.saturating_sub(1);
        let width = cell_count(width + 4).min(screen.width);
        let height = cell_count(lines + 2).min(most);
        let area = Area { x: screen.x + (screen.width - width) / 2, y: screen.y + (most - height) / 2, width, height };
        self.clear(area);
        let inner = self.frame(area, style, title, right);
        Area { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner }
    }

    fn text_width(screen: Area) -> usize {
        usize::from(screen.width).saturating_sub(6).min(68)
    }

    fn heading(&self, text: String) -> Vec<Piece> {
        vec![(text, self.style(Tone::Bold))]
    }

    fn paragraphs(&mut self, lines: &[(String, Style)], area: Area) {
        for (i, (text, style)) in lines.iter().take(usize::from(area.height)).enumerate() {
            self.put(area.x, area.y + cell_count(i), usize::from(area.width), text, *style);
        }
    }

    fn notice(&mut self, app: &App, notice: &NoticeBox, screen: Area) {
        let width = Self::text_width(screen);
        let plain = self.style(Tone::Plain);
        let mut lines: Vec<(String, Style)> = Vec::new();
        for phrase in &notice.lines {
            let text = app.words.say(phrase);
            lines.extend(wrap(&clean(&text), width).into_iter().map(|l| (l, plain)));
        }
        lines.push((String::new(), plain));
        lines.push((app.words.say(&notice.keys), self.style(Tone::Dim)));
        self.boxed(screen, app.words.say(&notice.title), &lines, Tone::Focus);
    }

    /// Lines in a box, the last two always: where there is no room for all, those before them go.
    fn boxed(&mut self, screen: Area, title: String, lines: &[(String, Style)], tone: Tone) {
        let title = self.heading(title);
        let inner = self.over(screen, Self::text_width(screen), lines.len(), self.style(tone), &title, &[]);
        let height = usize::from(inner.height);
        if lines.len() > height && height > 2 {
            let mut shown = lines[..height - 2].to_vec();
            shown.push(("...".to_owned(), self.style(Tone::Dim)));
            shown.extend(lines.last().cloned());
            self.paragraphs(&shown, inner);
        } else {
            self.paragraphs(lines, inner);
        }
    }

    /// What is answered with one key, and the line that says how.
    fn question(&mut self, app: &App, title: &Phrase, about: &[Phrase], ignored: usize, ask: Text, screen: Area) {
        let width = Self::text_width(screen);
        let plain = self.style(Tone::Plain);
        let mut lines: Vec<(String, Style)> = Vec::new();
        for phrase in about {
            let text = app.words.say(phrase);
            lines.extend(wrap(&clean(&text), width).into_iter().map(|l| (l, plain)));
        }
        lines.push((String::new(), plain));
        if ignored > 0 {
            let text = app.words.say(&text::confirm::ignored(ignored));
            lines.push((text, self.style(Tone::Busy)));
        }
        lines.push((app.words.get(ask).to_owned(), self.style(Tone::Bold)));
        self.boxed(screen, app.words.say(title), &lines, Tone::Busy);
    }
}

/// What becomes of rules, a line each: `+ TCP 22 from 198.51.100.7`. What stays is left out.
fn changes(app: &App, changes: &[RuleChange]) -> Vec<(String, Tone)> {
    let line = |change: &RuleChange| {
        let text = format!("{} {}", change.sign(), rule_text(change.rule(), app));
        match change {
            RuleChange::Added(_) => Some((text, Tone::Good)),
            RuleChange::Removed(_) => Some((text, Tone::Bad)),
            RuleChange::Kept(_) => None,
        }
    };
    changes.iter().filter_map(line).collect()
}
