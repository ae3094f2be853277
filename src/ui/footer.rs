//! The last lines: what counts down, what there is to tell, or what can be done; and in the narrow layout the
//! operation under way.

use crate::app::layers::key_rows;
use ratatui::style::{Modifier, Style};

use crate::app::layout::Area;
use crate::app::panes::details::operation_name;
use crate::app::tables::commands::{COMMANDS, Command, Group};
use crate::app::{App, available};
use crate::domain::{OpState, Operation, text};
use crate::words::cells::{clean, cut, width, wrap};

use super::canvas::{Canvas, Piece, cell_count, pieces_width};
use crate::app::panes::operations::{progress, shows_bar, state, time};
use crate::app::panes::segment::Mark;
use crate::app::tone::Tone;

/// A message takes at most so many lines.
const MOST_LINES: usize = 4;

impl Canvas<'_> {
    pub(super) fn footer(&mut self, app: &App, area: Area) {
        let y = area.y + area.height - 1;
        let room = usize::from(area.width).saturating_sub(2);
        if area.height > 1
            && let Some(tip) = app.tip()
        {
            let style = self.style(Tone::Mark);
            let x = self.put(area.x + 1, area.y, room, app.words.get(tip), style);
            let off = app.words.get(text::tip::OFF);
            let left = room.saturating_sub(usize::from(x - area.x) + 2);
            if app.layers.is_empty() && width(off) <= left {
                self.put(x + 3, area.y, left, off, self.style(Tone::Dim));
            }
        }
        let line = Area { y, height: 1, ..area };
        if let Some(op) = app.engine.newest_countdown() {
            return self.countdown(app, op, line);
        }
        let Some((text, style)) = self.message(app) else { return self.keys(app, line, true) };
        if width(&text) <= room {
            // The keys stay in sight beside it.
            let x = self.put(area.x + 1, y, room, &text, style) + 2;
            self.keys(app, Area { x, width: (area.x + area.width).saturating_sub(x), ..line }, false);
        }
    }

    fn message(&self, app: &App) -> Option<(String, Style)> {
        let (what, bad) = app.message()?;
        let style = self.style(if bad { Tone::Bad } else { Tone::Bold });
        Some((clean(&app.words.say(what)).into_owned(), style))
    }

    /// A message that takes more than one line stands over whatever is above the last.
    pub(super) fn long_message(&mut self, app: &App, footer: Area) {
        let Some((text, style)) = self.message(app).filter(|_| app.engine.newest_countdown().is_none()) else { return };
        let room = usize::from(footer.width).saturating_sub(2);
        let lines = wrap(&text, room);
        if lines.len() < 2 {
            return;
        }
        let height = cell_count(lines.len().min(MOST_LINES));
        let area = Area { y: footer.y + footer.height - height, height, ..footer };
        self.clear(area);
        for (i, line) in lines.iter().take(MOST_LINES).enumerate() {
            self.put(area.x + 1, area.y + cell_count(i), room, line, style);
        }
    }

    /// The keys of what is open now. Where not all have room, `always` says that some of them stand there all the same.
    fn keys(&mut self, app: &App, area: Area, always: bool) {
        let hint = match app.layers.last() {
            Some(layer) => key_rows::hint(&app.words, layer),
            None if app.pane().filtering => app.words.get(text::hint::FILTER_TYPED).to_owned(),
            None => return self.hints(app, area, always),
        };
        let room = usize::from(area.width).saturating_sub(2);
        if always || width(&hint) <= room {
            self.put(area.x + 1, area.y, room, &hint, self.style(Tone::Dim));
        }
    }

    /// `destroy web-01 in 4 s   u takes it back`, over the whole line.
    fn countdown(&mut self, app: &App, op: &Operation, area: Area) {
        let OpState::Countdown { until } = op.state else { return };
        let seconds = until.0.saturating_sub(app.now.tick.0).div_ceil(1000);
        let others =
            app.engine.operations().iter().filter(|o| matches!(o.state, OpState::Countdown { .. })).count() - 1;
        let key = app.keymap.shown(Command::Cancel);
        let mut back = app.words.say(&text::op::countdown_key(key));
        if others > 0 {
            back = format!("{back}  {}", app.words.say(&text::place::more(others)));
        }
        let room = usize::from(area.width).saturating_sub(2);
        let verb = op.action.verb();
        let named = |name: &str| {
            let phrase = text::op::countdown(verb, name, seconds);
            app.words.say(&phrase)
        };
        // However long the name, seconds and key stay.
        let taken = width(&named("")) + width(&back) + 3;
        let name = clean(&op.action.subject().name).into_owned();
        let text = named(&cut(&name, room.saturating_sub(taken)));
        let style = self.style(Tone::Bad);
        let x = self.put(area.x + 1, area.y, room, &text, style);
        let left = room.saturating_sub(usize::from(x - area.x - 1));
        self.put(x, area.y, left, &format!("   {back}"), style);
        self.tint(area, style.add_modifier(Modifier::REVERSED));
    }

    /// What is possible for the row under the cursor at the left, what is always there at the right.
    fn hints(&mut self, app: &App, area: Area, always: bool) {
        let room = usize::from(area.width).saturating_sub(2);
        let mut left: Vec<Vec<Piece>> = Vec::new();
        let mut right: Vec<Vec<Piece>> = Vec::new();
        for row in COMMANDS {
            let Some(hint) = row.hint else { continue };
            let key = app.keymap.shown(row.command);
            if key.is_empty() || !available::is_offered(app, row.command) {
                continue;
            }
            let pieces =
                vec![(key, self.style(Tone::Bold)), (format!(" {}", app.words.get(hint)), self.style(Tone::Plain))];
            if row.group == Group::Act { &mut left } else { &mut right }.push(pieces);
        }
        let gap = ("  ".to_owned(), self.style(Tone::Plain));
        // Where not all fits, the first of the right go, then the last of the left but for the one that lists all.
        loop {
            let takes = pieces_width(&left.join(&gap)) + pieces_width(&right.join(&gap)) + 2;
            if takes <= room {
                break;
            }
            let spare = right.len() > 3 || (right.len() > 1 && left.len() <= 4);
            if spare {
                right.remove(0);
            } else if left.len() > 1 {
                left.remove(left.len() - 2);
            } else if always {
                break;
            } else {
                return;
            }
        }
        let right = right.join(&gap);
        let takes = pieces_width(&right);
        self.pieces(area.x + 1, area.y, room.saturating_sub(takes + 2), &left.join(&gap));
        self.pieces_right(area.x + area.width - 1, area.y, room, &right);
    }

    /// The one operation that matters most: a decision, else what runs, else what ended last.
    pub(super) fn operation_line(&mut self, app: &App, area: Area) {
        let shown = |o: &&Operation| !app.hidden.contains(&o.account);
        let ops = app.engine.operations();
        let open = ops.iter().filter(shown).filter(|o| !o.is_over()).count();
        let first = ops
            .iter()
            .rev()
            .filter(shown)
            .find(|o| matches!(o.state, OpState::Halted(_)))
            .or_else(|| ops.iter().rev().filter(shown).find(|o| !o.is_over()))
            .or_else(|| ops.iter().rev().find(shown));
        let Some(op) = first else { return };
        let room = usize::from(area.width).saturating_sub(2);
        let mark = Mark::operation(op);
        let (glyph, tone) = mark.map_or(("", Tone::Plain), |mark| (self.look.mark(mark), mark.tone()));
        let toned = self.style(tone);
        let plain = self.style(if op.is_over() && tone != Tone::Bad { Tone::Dim } else { Tone::Plain });
        let mut right: Vec<Piece> = Vec::new();
        if shows_bar(app, op) && room >= 60 {
            right.push((progress(app, op, 12), toned));
        }
        right.push((format!("  {}", time(app, op, if room >= 70 { 24 } else { 7 })), plain));
        if open > 1 {
            let more = app.words.say(&text::place::more(open - 1));
            right.push((format!("  {more}"), self.style(Tone::Bold)));
        }
        let state = state(app, op);
        let name = clean(&operation_name(app, op)).into_owned();
        // The bar gives way first: the words say more.
        let words = width(&name) + width(&clean(&state)) + 6;
        if right.len() > 1 && words + pieces_width(&right) > room {
            right.remove(0);
        }
        let takes = pieces_width(&right);
        let left_room = room.saturating_sub(takes + 2);
        // The name gives way to how it stands, down to half of the room.
        let wanted = width(&clean(&state)) + 4;
        let name_room = left_room.saturating_sub(wanted).max(left_room / 2);
        let x = self.put(area.x + 1, area.y, name_room, &name, plain);
        let mut left = left_room.saturating_sub(usize::from(x - area.x - 1) + 2);
        let mut x = x + 2;
        if !glyph.is_empty() && left > 4 {
            x = self.put(x, area.y, 2, &format!("{glyph} "), toned);
            left -= 2;
        }
        self.put(x, area.y, left, &state, if tone == Tone::Bad { toned } else { plain });
        self.pieces_right(area.x + area.width - 1, area.y, takes, &right);
    }
}
