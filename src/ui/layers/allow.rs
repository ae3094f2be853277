//! Allow my address: what is chosen so far, what is asked now, and what can be chosen. The box keeps its size from step
//! to step.

use crate::app::App;
use crate::app::layers::allow::{Allow, Choice, options};
use crate::app::layout::Area;
use crate::domain::{Text, network_text, text};
use crate::words::cells::{clean, width, wrap};

use super::super::canvas::{Canvas, Piece};
use crate::app::tone::Tone;

/// Lines of the box where there is room for them.
const LINES: usize = 14;

impl Canvas<'_> {
    pub(super) fn allow(&mut self, app: &App, allow: &Allow, screen: Area) {
        let room = Self::text_width(screen);
        let title = self.heading(app.words.say(&text::title::allow(allow.row.what.name())));
        let account = allow.row.account.clone();
        let colour = app.engine.account(&account).and_then(|a| a.account.colour);
        let style = self.look.account(colour);
        let right = vec![(account.to_string(), style)];
        let inner = self.over(screen, room, LINES, style, &title, &right);
        let (plain, dim, bold) = (self.style(Tone::Plain), self.style(Tone::Dim), self.style(Tone::Bold));
        let found = options(app, allow);
        let mut y = inner.y;
        let room = usize::from(inner.width);
        let bottom = inner.y + inner.height;
        for (label, text) in chosen(app, allow) {
            let x = self.put(inner.x, y, room, &format!("{:<11}", app.words.get(label)), dim);
            self.put(x, y, room.saturating_sub(11), &text, plain);
            y += 1;
        }
        if y > inner.y {
            y += 1;
        }
        if let Some(question) = &found.question {
            self.put(inner.x, y, room, &app.words.say(question), bold);
            y += 1;
        }
        // What is below the options is known before they are cut to what is left.
        let trouble = allow.trouble.as_ref().map(|why| (app.words.say(why), self.style(Tone::Bad)));
        let note = found.note.as_ref().map(|note| (app.words.say(note), dim));
        let mut below: Vec<(String, ratatui::style::Style)> = Vec::new();
        for (text, style) in trouble.into_iter().chain(note) {
            below.extend(wrap(&clean(&text), room).into_iter().map(|line| (line, style)));
        }
        let spare = usize::from(bottom.saturating_sub(y)).saturating_sub(below.len() + 1).max(1);
        if let Some(input) = &allow.input {
            let x = self.put(inner.x, y, room, "> ", bold);
            self.field(x, y, room.saturating_sub(2), input, false, plain);
            y += 1;
        } else {
            let first = (allow.cursor + 1).saturating_sub(spare);
            let texts = found.choices.iter().map(|c| width(&clean(&app.words.say(&c.text)))).max().unwrap_or(0);
            for (at, choice) in found.choices.iter().enumerate().skip(first).take(spare) {
                self.choice(app, at, choice, texts, Area { x: inner.x, y, width: inner.width, height: 1 });
                if at == allow.cursor {
                    self.put(inner.x, y, 1, ">", bold);
                    self.reverse(inner.x, y, inner.width);
                }
                y += 1;
            }
        }
        y += u16::from(y > inner.y);
        for (text, style) in below {
            if y < bottom {
                self.put(inner.x, y, room, &text, style);
                y += 1;
            }
        }
    }

    fn choice(&mut self, app: &App, at: usize, choice: &Choice, texts: usize, area: Area) {
        let tone = |tone: Tone| if choice.why_not.is_some() { Tone::Dim } else { tone };
        let number = if at < 9 { (at + 1).to_string() } else { String::new() };
        let text = app.words.say(&choice.text);
        let fill = texts.saturating_sub(width(&clean(&text)));
        let mut pieces: Vec<Piece> = vec![
            (format!("  {number:1}  "), self.style(tone(Tone::Bold))),
            (format!("{text}{:fill$}", ""), self.style(tone(Tone::Plain))),
        ];
        if let Some(beside) = choice.why_not.as_ref().or(choice.beside.as_ref()) {
            pieces.push((format!("  {}", app.words.say(beside)), self.style(Tone::Dim)));
        }
        self.pieces(area.x, area.y, usize::from(area.width), &pieces);
    }
}

fn chosen(app: &App, allow: &Allow) -> Vec<(Text, String)> {
    let mut lines = Vec::new();
    if let Some(firewall) = &allow.firewall {
        lines.push((text::allow::FIREWALL, firewall.name.clone()));
    }
    if let Some(own) = &allow.own {
        let address = allow.network.as_ref().map_or_else(|| own.address.to_string(), network_text);
        lines.push((text::allow::ADDRESS, format!("{address}  ({})", app.words.say(&own.how()))));
    }
    if let Some(port) = allow.port {
        lines.push((text::allow::PORT, port.to_string()));
    }
    lines
}
