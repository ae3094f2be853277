//! Glyphs and styles by what they mean. Colours are few and never the only sign; background and plain text are the
//! terminal's own, so that it reads on dark and on light.

use ratatui::style::{Color, Modifier, Style};

use crate::app::panes::segment::{Mark, Segment};
use crate::app::tone::Tone;
use crate::domain::{AccountColour, ToneColours};

use super::canvas::Piece;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glyphs {
    /// Box lines and geometric marks, where the terminal draws them one cell wide.
    Lines,
    Ascii,
}

/// How many colours there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colours {
    /// None: bold, dim and reversed alone.
    None,
    Ansi16,
    /// The palette of 256.
    Indexed256,
    True,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    pub glyphs: Glyphs,
    pub colours: Colours,
    pub tones: ToneColours,
}

pub(super) struct Border {
    pub(super) across: &'static str,
    pub(super) down: &'static str,
    pub(super) top: [&'static str; 2],
    pub(super) joint: [&'static str; 2],
    pub(super) bottom: [&'static str; 2],
}

const BOX: Border =
    Border { across: "─", down: "│", top: ["┌", "┐"], joint: ["├", "┤"], bottom: ["└", "┘"] };
const PLAIN: Border = Border { across: "-", down: "|", top: ["+", "+"], joint: ["+", "+"], bottom: ["+", "+"] };

impl Look {
    pub(super) const fn lines(&self) -> &'static Border {
        match self.glyphs {
            Glyphs::Lines => &BOX,
            Glyphs::Ascii => &PLAIN,
        }
    }

    const fn colour(&self, ansi: Color, index: u8, (r, g, b): (u8, u8, u8)) -> Option<Color> {
        match self.colours {
            Colours::None => None,
            Colours::Ansi16 => Some(ansi),
            Colours::Indexed256 => Some(Color::Indexed(index)),
            Colours::True => Some(Color::Rgb(r, g, b)),
        }
    }

    /// The style of a tone. The colours beyond the terminal's own are of middle brightness, so that words are read on
    /// black and on white; of the terminal's own those that are bright enough on black. What is in focus has the
    /// terminal's own colour: nothing stands out more from whatever ground it is on.
    pub(super) fn style(&self, tone: Tone) -> Style {
        let coloured = |colour: Option<Color>| colour.map_or(Style::new(), |c| Style::new().fg(c));
        match tone {
            Tone::Plain => Style::new(),
            Tone::Dim => match self.colours {
                Colours::None | Colours::Ansi16 => Style::new().add_modifier(Modifier::DIM),
                Colours::Indexed256 => Style::new().fg(Color::Indexed(243)),
                Colours::True => Style::new().fg(Color::Rgb(118, 118, 118)),
            },
            Tone::Bold | Tone::Focus => Style::new().add_modifier(Modifier::BOLD),
            Tone::Good => coloured(self.hue(self.tones.ok)),
            Tone::Bad => coloured(self.hue(self.tones.error)).add_modifier(Modifier::BOLD),
            Tone::Busy => coloured(self.hue(self.tones.busy)),
            Tone::Mark => coloured(self.hue(self.tones.mark)).add_modifier(Modifier::BOLD),
        }
    }

    /// A colour as this terminal has it; white is its own.
    const fn hue(&self, colour: AccountColour) -> Option<Color> {
        match colour {
            AccountColour::Red => self.colour(Color::LightRed, 196, (218, 52, 48)),
            AccountColour::Green => self.colour(Color::Green, 29, (0, 136, 60)),
            AccountColour::Yellow => self.colour(Color::Yellow, 136, (152, 110, 0)),
            AccountColour::Blue => self.colour(Color::LightBlue, 63, (45, 112, 225)),
            AccountColour::Magenta => self.colour(Color::LightMagenta, 133, (174, 79, 174)),
            AccountColour::Cyan => self.colour(Color::Cyan, 31, (0, 128, 148)),
            AccountColour::White => None,
        }
    }

    /// The style of an account's name and of the frames of its dialogs.
    pub(super) fn account(&self, colour: Option<AccountColour>) -> Style {
        match colour {
            Some(AccountColour::White) => Style::new().add_modifier(Modifier::BOLD),
            Some(colour) => self.hue(colour).map_or(Style::new(), |c| Style::new().fg(c)),
            None => Style::new(),
        }
    }

    const fn glyph(&self, lines: &'static str, ascii: &'static str) -> &'static str {
        match self.glyphs {
            Glyphs::Lines => lines,
            Glyphs::Ascii => ascii,
        }
    }

    /// A cell of a small graph that stands so high, from 0 to 1.
    pub(super) fn level(&self, share: f64) -> char {
        // None is as high as its cell, so that graphs in lines below each other do not flow into one.
        const BLOCKS: [char; 7] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇'];
        const ASCII: [char; 7] = [' ', '.', ':', '-', '=', '+', '#'];
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 6")]
        let at = (share.clamp(0.0, 1.0) * 6.0).round() as usize;
        match self.glyphs {
            Glyphs::Lines => BLOCKS[at.min(6)],
            Glyphs::Ascii => ASCII[at.min(6)],
        }
    }

    pub(super) const fn mark(&self, mark: Mark) -> &'static str {
        match mark {
            Mark::Running => self.glyph("►", "*"),
            Mark::Off => self.glyph("▪", "."),
            Mark::Busy => "~",
            Mark::Asks | Mark::Wrong => "!",
        }
    }

    /// What stands in a cell, as this terminal shows it.
    pub(super) fn painted(&self, segments: Vec<Segment>) -> Vec<Piece> {
        let piece = |segment| match segment {
            Segment::Text(text, tone) => (text, self.style(tone)),
            Segment::Mark(mark) => (format!("{} ", self.mark(mark)), self.style(mark.tone())),
            Segment::Account(name, colour) => (name, self.account(colour)),
        };
        segments.into_iter().map(piece).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Rgb = (u8, u8, u8);
    const BLACK: Rgb = (0, 0, 0);
    const WHITE: Rgb = (255, 255, 255);

    /// As in the Web Content Accessibility Guidelines 2.2.
    fn luminance((r, g, b): Rgb) -> f64 {
        let linear = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.03928 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126f64.mul_add(linear(r), 0.7152f64.mul_add(linear(g), 0.0722 * linear(b)))
    }

    fn contrast(a: Rgb, b: Rgb) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The terminal's own colours as xterm has them by default.
    fn rgb(style: Style, own: Rgb) -> Rgb {
        let step = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
        let colour = match style.fg {
            None | Some(Color::Reset) => own,
            Some(Color::Rgb(r, g, b)) => (r, g, b),
            Some(Color::Indexed(n @ 16..=231)) => (step((n - 16) / 36), step((n - 16) / 6 % 6), step((n - 16) % 6)),
            Some(Color::Indexed(n @ 232..)) => (8 + 10 * (n - 232), 8 + 10 * (n - 232), 8 + 10 * (n - 232)),
            Some(Color::Green) => (0, 205, 0),
            Some(Color::Yellow) => (205, 205, 0),
            Some(Color::Cyan) => (0, 205, 205),
            Some(Color::LightRed) => (255, 0, 0),
            Some(Color::LightBlue) => (92, 92, 255),
            Some(Color::LightMagenta) => (255, 0, 255),
            other => panic!("{other:?}"),
        };
        // Two parts of the text, one of the ground.
        let half = |c: u8, ground: u8| u8::try_from((u16::from(c) * 2 + u16::from(ground)) / 3).unwrap();
        let ground = if own == WHITE { BLACK } else { WHITE };
        if style.add_modifier.contains(Modifier::DIM) {
            return (half(colour.0, ground.0), half(colour.1, ground.1), half(colour.2, ground.2));
        }
        colour
    }

    #[test]
    fn words_are_read_in_every_palette_and_nothing_stands_out_more_than_what_is_in_focus() {
        let tones = [Tone::Plain, Tone::Dim, Tone::Bold, Tone::Good, Tone::Bad, Tone::Busy, Tone::Focus, Tone::Mark];
        use AccountColour::{Blue, Cyan, Green, Magenta, Red, White, Yellow};
        let hues = [Red, Green, Yellow, Blue, Magenta, Cyan, White];
        // Of the 256 no red or yellow is read as well on white as on black; of xterm's 16 no blue on black.
        let least = [
            (Colours::None, BLACK, 4.5),
            (Colours::None, WHITE, 4.5),
            (Colours::Ansi16, BLACK, 4.4),
            (Colours::Indexed256, BLACK, 4.5),
            (Colours::Indexed256, WHITE, 3.3),
            (Colours::True, BLACK, 4.5),
            (Colours::True, WHITE, 4.5),
        ];
        for (colours, ground, least) in least {
            let look = Look { glyphs: Glyphs::Lines, colours, tones: ToneColours::default() };
            let own = if ground == BLACK { WHITE } else { BLACK };
            let told = |style: Style| contrast(rgb(style, own), ground);
            let styles = tones.iter().map(|tone| look.style(*tone)).chain(hues.iter().map(|h| look.account(Some(*h))));
            for style in styles {
                assert!(told(style) >= least, "{colours:?} on {ground:?}: {style:?} {}", told(style));
                assert!(told(style) <= told(look.style(Tone::Focus)), "{colours:?} on {ground:?}: {style:?}");
            }
            assert!(told(look.style(Tone::Dim)) < told(look.style(Tone::Focus)), "frames");
        }
    }
}
