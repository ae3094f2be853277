//! The form that adds an SSH key. Its height does not change while one types:
//! ```text
//! Account   < lab >
//! Key       ssh-ed25519 AAAA…
//!           ed25519                      or what is wrong
//!           SHA256:…
//! Name      me-laptop
//! Comment   [ ] me@laptop goes with it
//!
//! what may go wrong
//!
//! [ Go on ]
//! ```

use ratatui::style::Modifier;

use crate::app::App;
use crate::app::layers::key_form::{KeyForm, KeyFormFocus, mistake, warnings};
use crate::app::layout::Area;
use crate::domain::text;
use crate::words::cells::{clean, width, wrap};

use super::super::canvas::{Canvas, cell_count};
use crate::app::tone::Tone;

/// Lines kept for what may go wrong.
const KEPT: usize = 4;

impl Canvas<'_> {
    pub(super) fn key_form(&mut self, app: &App, form: &KeyForm, screen: Area) {
        let most = Self::text_width(screen);
        let places = [
            (KeyFormFocus::Account, text::key_form::ACCOUNT),
            (KeyFormFocus::Key, text::key_form::KEY),
            (KeyFormFocus::Name, text::key_form::NAME),
            (KeyFormFocus::Comment, text::key_form::COMMENT),
        ];
        let labels = places.iter().map(|(_, key)| width(app.words.get(*key))).max().unwrap_or(0) + 3;
        let said = warnings(&app.engine, form);
        let warnings: Vec<String> = said.iter().flat_map(|phrase| wrap(&clean(&app.words.say(phrase)), most)).collect();
        let several = form.accounts.len() > 1;
        let lines = usize::from(several) + 5 + 1 + warnings.len().max(KEPT) + 1 + 1;
        let title = self.heading(app.words.get(text::title::ADD_KEY).to_owned());
        let style = self.style(Tone::Focus);
        let inner = self.over(screen, most, lines, style, &title, &[]);
        let bottom = inner.y + inner.height;
        let room = usize::from(inner.width);
        let (plain, dim, bold) = (self.style(Tone::Plain), self.style(Tone::Dim), self.style(Tone::Bold));
        let mut y = inner.y;
        for (place, label) in places {
            if place == KeyFormFocus::Account && !several {
                continue;
            }
            let here = form.at == place;
            self.put(inner.x, y, labels, app.words.get(label), if here { bold } else { plain });
            let (x, room) = (inner.x + cell_count(labels), room.saturating_sub(labels));
            match place {
                KeyFormFocus::Account => {
                    let name = form.chosen_account().map(ToString::to_string).unwrap_or_default();
                    let style = if here { bold.add_modifier(Modifier::REVERSED) } else { plain };
                    self.put(x, y, room, &format!("< {name} >"), style);
                }
                KeyFormFocus::Key => {
                    self.draw_key(app, form, x, y, room);
                    y += 2;
                }
                KeyFormFocus::Name => self.draw_name(app, form, x, y, room),
                KeyFormFocus::Comment => self.draw_comment(app, form, x, y, room),
                KeyFormFocus::Go => {}
            }
            y += 1;
        }
        y += 1;
        for line in &warnings {
            if y + 2 < bottom {
                self.put(inner.x, y, room, line, self.style(Tone::Busy));
            }
            y += 1;
        }
        let y = bottom.saturating_sub(1);
        let on = form.at == KeyFormFocus::Go;
        let text = app.words.get(text::key_form::GO);
        let text = if on { format!("[ {text} ]") } else { format!("  {text}") };
        self.put(inner.x, y, room, &text, if on { bold } else { dim });
    }

    fn draw_key(&mut self, app: &App, form: &KeyForm, x: u16, y: u16, room: usize) {
        let here = form.at == KeyFormFocus::Key;
        let (plain, dim, bold) = (self.style(Tone::Plain), self.style(Tone::Dim), self.style(Tone::Bold));
        // Where nothing was typed yet, nothing is wrong yet.
        let untouched = form.key.value().is_empty() && form.refused.is_none();
        match &form.file {
            Some(file) => drop(self.put(x, y, room, file, if here { bold } else { plain })),
            None if here => self.field(x, y, room, &form.key, false, plain),
            None if untouched => drop(self.put(x, y, room, app.words.get(text::key_form::NONE), dim)),
            None => drop(self.put(x, y, room, form.key.value(), plain)),
        }
        let (text, tone) = match (&form.refused, form.public()) {
            (Some(why), _) => (app.words.say(why), Tone::Bad),
            (None, Err(_)) if untouched => (app.words.get(text::key_form::PASTE).to_owned(), Tone::Dim),
            (None, Err(mistake)) => (app.words.say(&mistake.phrase()), Tone::Bad),
            (None, Ok(public)) => (public.short(), Tone::Plain),
        };
        self.put(x, y + 1, room, &text, self.style(tone));
        if let Ok(public) = form.public() {
            self.put(x, y + 2, room, &public.fingerprint(), dim);
        }
    }

    fn draw_name(&mut self, app: &App, form: &KeyForm, x: u16, y: u16, room: usize) {
        let here = form.at == KeyFormFocus::Name;
        let plain = self.style(Tone::Plain);
        let wrong = mistake(&app.engine, form);
        let wrong = wrong.as_ref().filter(|(place, _)| *place == KeyFormFocus::Name && !form.name.value().is_empty());
        if here {
            self.field(x, y, room, &form.name, false, plain);
        } else {
            self.put(x, y, room, form.name.value(), plain);
        }
        if let Some((_, why)) = wrong {
            let taken = width(&clean(form.name.value())) + 2;
            self.put(x + cell_count(taken), y, room.saturating_sub(taken), &app.words.say(why), self.style(Tone::Bad));
        }
    }

    fn draw_comment(&mut self, app: &App, form: &KeyForm, x: u16, y: u16, room: usize) {
        let here = form.at == KeyFormFocus::Comment;
        let (plain, dim, bold) = (self.style(Tone::Plain), self.style(Tone::Dim), self.style(Tone::Bold));
        let comment = form.public().map(|public| public.comment).unwrap_or_default();
        if comment.is_empty() {
            self.put(x, y, room, app.words.get(text::key_form::NO_COMMENT), dim);
        } else {
            let switch = if form.comment { "[x]" } else { "[ ]" };
            let text = app.words.say(&text::key_form::with_comment(comment));
            let style = if here { bold.add_modifier(Modifier::REVERSED) } else { plain };
            self.put(x, y, room, &format!("{switch} {text}"), style);
        }
    }
}
