//! A secret that is shown once.

use crate::app::App;
use crate::app::layers::secret::{SecretBox, SecretKind, SecretStage};
use crate::app::layout::Area;
use crate::domain::{Phrase, Text, text};
use crate::words::cells::{clean, width, wrap};

use super::super::canvas::{Canvas, Piece, cell_count};
use crate::app::tone::Tone;

impl Canvas<'_> {
    pub(super) fn secret(&mut self, app: &App, shown: &SecretBox, screen: Area) {
        let room = Self::text_width(screen);
        let (plain, dim, bold) = (self.style(Tone::Plain), self.style(Tone::Dim), self.style(Tone::Bold));
        let (title, what, label, secret) = name_parts(shown);
        let mut lines: Vec<Vec<Piece>> = Vec::new();
        let say = |lines: &mut Vec<Vec<Piece>>, text: &str, style| {
            lines.extend(wrap(&clean(text), room).into_iter().map(|line| vec![(line, style)]));
        };
        say(&mut lines, app.words.get(what), plain);
        lines.push(Vec::new());
        let head = lines.len();
        let labels = [label, secret].iter().map(|key| width(app.words.get(*key))).max().unwrap_or(0) + 2;
        for (key, value) in [(label, shown.name.as_str()), (secret, shown.value.reveal())] {
            // However long it is, all of it stands there.
            for (at, part) in pieces(value, room.saturating_sub(labels).max(8)).into_iter().enumerate() {
                let label = if at == 0 { app.words.get(key) } else { "" };
                lines.push(vec![(format!("{label:labels$}"), dim), (part, bold)]);
            }
        }
        lines.push(Vec::new());
        // What became of the last key has its line from the beginning.
        let (told, tone) = tell_state(app, shown);
        let style = self.style(tone);
        let before = lines.len();
        say(&mut lines, &told, style);
        while lines.len() < before + 2 {
            lines.push(Vec::new());
        }
        lines.push(Vec::new());
        if shown.stage == SecretStage::Choosing {
            let beside = text::secret::keep_beside(format!("{}:{}", shown.account, shown.name));
            say(&mut lines, &format!("1  {}", app.words.say(&beside)), plain);
            let used = text::secret::keep_used(shown.account.as_str());
            say(&mut lines, &format!("2  {}", app.words.say(&used)), plain);
            say(&mut lines, app.words.get(text::secret::KEEP_NEITHER), dim);
        } else {
            let keys = if shown.kind.is_told_once() { text::secret::KEYS } else { text::secret::KEYS_CONSOLE };
            say(&mut lines, app.words.get(keys), bold);
        }
        // Where there is no room for all, secret and keys stay.
        let most = usize::from(screen.height).saturating_sub(3);
        if lines.len() > most {
            lines.drain(..head);
            lines.retain(|line| !line.is_empty());
        }
        let title = self.heading(app.words.say(&title));
        let inner = self.over(screen, room, lines.len(), self.style(Tone::Busy), &title, &[]);
        for (at, line) in lines.iter().enumerate().take(usize::from(inner.height)) {
            self.pieces(inner.x, inner.y + cell_count(at), usize::from(inner.width), line);
        }
    }
}

/// The title, what the secret is, and the labels of its name and of itself.
fn name_parts(shown: &SecretBox) -> (Phrase, Text, Text, Text) {
    let account = shown.account.as_str();
    match shown.kind {
        SecretKind::ApiKey => (
            text::title::secret_api_key(account),
            text::secret::API_KEY,
            text::secret::LABEL_KEY,
            text::secret::LABEL_SECRET,
        ),
        SecretKind::Password => (
            text::title::secret_password(account),
            text::secret::PASSWORD,
            text::secret::LABEL_INSTANCE,
            text::secret::LABEL_SECRET,
        ),
        SecretKind::Console => (
            text::title::secret_console(account),
            text::secret::CONSOLE,
            text::secret::LABEL_INSTANCE,
            text::secret::LABEL_ADDRESS,
        ),
    }
}

fn tell_state(app: &App, shown: &SecretBox) -> (String, Tone) {
    match (&shown.told, shown.stage) {
        (_, SecretStage::Keeping) => (app.words.get(text::secret::KEEPING).to_owned(), Tone::Busy),
        (_, SecretStage::Closing) => (app.words.get(text::secret::CLOSING).to_owned(), Tone::Bad),
        (Some((phrase, bad)), _) => (app.words.say(phrase), if *bad { Tone::Bad } else { Tone::Good }),
        (None, _) if shown.ignored > 0 => (app.words.say(&text::confirm::ignored(shown.ignored)), Tone::Busy),
        (None, _) => (String::new(), Tone::Plain),
    }
}

/// A text in pieces of so many characters. A secret is no prose: it is cut where the line ends.
fn pieces(text: &str, room: usize) -> Vec<String> {
    let letters: Vec<char> = clean(text).chars().collect();
    if letters.is_empty() {
        vec![String::new()]
    } else {
        letters.chunks(room).map(|part| part.iter().collect()).collect()
    }
}
