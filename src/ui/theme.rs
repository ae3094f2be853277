//! Glyphs and styles by what they mean. Colours are few and never the only sign; background and plain text are the
//! terminal's own, so that it reads on dark and on light.

use ratatui::style::{Color, Modifier, Style};

use crate::domain::{AccountColour, InstanceStatus, StoreStatus};

/// What frames and marks are drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glyphs {
    /// Box lines and geometric marks, where the terminal draws them one cell wide.
    Lines,
    /// ASCII alone.
    Ascii,
}

/// How many colours there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colours {
    /// None: bold, dim and reversed alone.
    None,
    /// The terminal's own sixteen.
    Ansi16,
    /// The palette of 256.
    Indexed256,
    /// Any.
    True,
}

/// How the screen is to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// The glyphs.
    pub glyphs: Glyphs,
    /// The colours.
    pub colours: Colours,
}

/// How something is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    Plain,
    Dim,
    Bold,
    Good,
    Bad,
    Busy,
    Focus,
    Mark,
}

/// The lines of frames.
pub(super) struct Lines {
    pub(super) across: &'static str,
    pub(super) down: &'static str,
    pub(super) top: [&'static str; 2],
    pub(super) joint: [&'static str; 2],
    pub(super) bottom: [&'static str; 2],
}

const BOX: Lines =
    Lines { across: "─", down: "│", top: ["┌", "┐"], joint: ["├", "┤"], bottom: ["└", "┘"] };
const PLAIN: Lines = Lines { across: "-", down: "|", top: ["+", "+"], joint: ["+", "+"], bottom: ["+", "+"] };

impl Look {
    pub(super) const fn lines(&self) -> &'static Lines {
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

    /// The style of a tone. The colours beyond the terminal's own are of middle brightness, to be read on both grounds.
    pub(super) fn style(&self, tone: Tone) -> Style {
        let coloured = |colour: Option<Color>| colour.map_or(Style::new(), |c| Style::new().fg(c));
        match tone {
            Tone::Plain => Style::new(),
            Tone::Dim => Style::new().add_modifier(Modifier::DIM),
            Tone::Bold => Style::new().add_modifier(Modifier::BOLD),
            Tone::Good => coloured(self.colour(Color::Green, 34, (30, 150, 60))),
            Tone::Bad => coloured(self.colour(Color::Red, 160, (215, 55, 55))).add_modifier(Modifier::BOLD),
            Tone::Busy => coloured(self.colour(Color::Yellow, 136, (175, 125, 0))),
            Tone::Focus => coloured(self.colour(Color::Cyan, 31, (0, 135, 175))).add_modifier(Modifier::BOLD),
            Tone::Mark => coloured(self.colour(Color::Magenta, 133, (175, 80, 175))).add_modifier(Modifier::BOLD),
        }
    }

    /// The style of an account's name and of the frames of its dialogs.
    pub(super) fn account(&self, colour: Option<AccountColour>) -> Style {
        let colour = match colour {
            None => None,
            Some(AccountColour::White) => return Style::new().add_modifier(Modifier::BOLD),
            Some(AccountColour::Red) => self.colour(Color::Red, 160, (215, 55, 55)),
            Some(AccountColour::Green) => self.colour(Color::Green, 34, (30, 150, 60)),
            Some(AccountColour::Yellow) => self.colour(Color::Yellow, 136, (175, 125, 0)),
            Some(AccountColour::Blue) => self.colour(Color::Blue, 33, (40, 120, 230)),
            Some(AccountColour::Magenta) => self.colour(Color::Magenta, 133, (175, 80, 175)),
            Some(AccountColour::Cyan) => self.colour(Color::Cyan, 31, (0, 135, 175)),
        };
        colour.map_or(Style::new(), |c| Style::new().fg(c))
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

    /// The mark before an instance's state, and its tone.
    pub(super) const fn instance(&self, status: &InstanceStatus) -> (&'static str, Tone) {
        match status {
            InstanceStatus::Running => (self.glyph("►", "*"), Tone::Good),
            InstanceStatus::Stopped | InstanceStatus::Paused | InstanceStatus::Suspended | InstanceStatus::Shelved => {
                (self.glyph("▪", "."), Tone::Plain)
            }
            InstanceStatus::Error | InstanceStatus::Unknown(_) => ("!", Tone::Bad),
            InstanceStatus::ConfirmResize | InstanceStatus::Rescue => ("!", Tone::Busy),
            _ => ("~", Tone::Busy),
        }
    }

    /// The mark before a snapshot's or image's state, and its tone.
    pub(super) const fn store(&self, status: &StoreStatus) -> (&'static str, Tone) {
        match status {
            StoreStatus::Available => (" ", Tone::Plain),
            StoreStatus::Error | StoreStatus::Unknown(_) => ("!", Tone::Bad),
            _ => ("~", Tone::Busy),
        }
    }
}
