//! Where everything stands, from the size of the screen alone.
//!
//! ```text
//! wide (from 100×24)                       narrow
//! header                                   header
//! ┌ 1 ───────────────┐┌ details ────────┐  tabs
//! │                  ││                 │  ──────────────
//! ├ 2 ───────────────┤│                 │  headings
//! ├ 3 ───────────────┤│                 │  rows
//! ├ 4 ───────────────┤│                 │
//! └──────────────────┘└─────────────────┘  ──────────────
//! ┌ 5 Operations ───────────────────────┐  operation
//! └─────────────────────────────────────┘  footer
//! footer
//! ```

use super::pane::Pane;

/// The smallest screen anything is shown on.
pub const SMALLEST: (u16, u16) = (40, 10);

/// A rectangle in cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs, reason = "as in ratatui")]
pub struct Area {
    pub x: u16,
    pub y: u16,
    pub width: u16,
    pub height: u16,
}

/// How the screen is divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Too small for anything.
    TooSmall,
    /// One pane at a time, with tabs.
    Narrow(Narrow),
    /// All panes at once.
    Wide(Wide),
}

/// One pane at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "as drawn above")]
pub struct Narrow {
    pub header: Area,
    pub tabs: Area,
    pub rule: Area,
    /// Headings and rows, or the details.
    pub body: Area,
    pub lower_rule: Area,
    pub operation: Area,
    pub footer: Area,
}

/// All panes at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "as drawn above")]
pub struct Wide {
    pub header: Area,
    /// Each pane with its frame's top line; the frames of the stacked ones share lines.
    pub panes: [Area; Pane::COUNT],
    /// The stack at the left, frame included.
    pub stack: Area,
    pub details: Area,
    pub footer: Area,
    /// The tall pane, which alone has a line of headings.
    pub tall: Pane,
}

impl Layout {
    /// Divides a screen. `rows` says how many rows each pane could use, `running` how many operations run.
    #[must_use]
    pub fn of(width: u16, height: u16, focus: Pane, rows: [usize; Pane::COUNT], tip: bool) -> Self {
        if width < SMALLEST.0 || height < SMALLEST.1 {
            return Self::TooSmall;
        }
        if width >= 100 && height >= 24 {
            Self::wide(width, height, focus, rows, tip)
        } else {
            Self::narrow(width, height, tip)
        }
    }

    fn narrow(width: u16, height: u16, tip: bool) -> Self {
        let line = |y: u16| Area { x: 0, y, width, height: 1 };
        let foot = if tip { 2 } else { 1 };
        Self::Narrow(Narrow {
            header: line(0),
            tabs: line(1),
            rule: line(2),
            body: Area { x: 0, y: 3, width, height: height - 5 - foot },
            lower_rule: line(height - 2 - foot),
            operation: line(height - 1 - foot),
            footer: Area { x: 0, y: height - foot, width, height: foot },
        })
    }

    fn wide(width: u16, height: u16, focus: Pane, rows: [usize; Pane::COUNT], tip: bool) -> Self {
        let foot = if tip { 2 } else { 1 };
        let body = height - 1 - foot;
        // Operations: frame and at least one line, more while it is in focus or full.
        let most = if focus == Pane::Operations { body / 2 } else { 3.max(body / 8) };
        let operations = (small(rows[Pane::Operations.index()]).clamp(1, most.max(1)) + 2).min(body / 2);
        let stack_height = body - operations;
        let left = (width * 3 / 5).clamp(60, width - 40);
        // Panes share the stack; each but the one in focus gets as much as it needs, up to a share.
        let inner = stack_height - 1;
        let share = inner.saturating_sub(8) / 7;
        let mut heights = [0_u16; Pane::COUNT];
        let tall = if focus == Pane::Operations { Pane::Instances } else { focus };
        let stacked = tall.stacked();
        for pane in stacked.iter().filter(|pane| **pane != tall) {
            let want = small(rows[pane.index()]).max(1) + 2;
            heights[pane.index()] = want.min(if pane.index() == 0 { share.max(3) + 3 } else { share.max(1) + 2 });
        }
        let others: u16 = heights.iter().sum();
        heights[tall.index()] = inner.saturating_sub(others).max(2);
        let mut panes = [Area::default(); Pane::COUNT];
        let mut y = 1;
        for pane in stacked {
            let height = heights[pane.index()];
            panes[pane.index()] = Area { x: 0, y, width: left, height };
            y += height;
        }
        panes[Pane::Operations.index()] = Area { x: 0, y: 1 + stack_height, width, height: operations };
        Self::Wide(Wide {
            header: Area { x: 0, y: 0, width, height: 1 },
            panes,
            stack: Area { x: 0, y: 1, width: left, height: stack_height },
            details: Area { x: left, y: 1, width: width - left, height: stack_height },
            footer: Area { x: 0, y: height - foot, width, height: foot },
            tall,
        })
    }

    /// How many rows of a pane fit on the screen.
    #[must_use]
    pub fn rows(&self, pane: Pane) -> usize {
        match self {
            Self::TooSmall => 1,
            // A line of headings.
            Self::Narrow(narrow) => narrow.body.height.saturating_sub(1) as usize,
            Self::Wide(wide) => {
                let area = wide.panes[pane.index()];
                let taken = match pane {
                    // Frame above and below, no headings.
                    Pane::Operations => 2,
                    // The frame's top line, and headings where there is room.
                    _ if pane == wide.tall && area.height > 3 => 2,
                    _ => 1,
                };
                usize::from(area.height.saturating_sub(taken))
            }
        }
    }

    /// How many lines of details fit.
    #[must_use]
    pub const fn details(&self) -> usize {
        match self {
            Self::TooSmall => 1,
            Self::Narrow(narrow) => narrow.body.height.saturating_sub(1) as usize,
            Self::Wide(wide) => wide.details.height.saturating_sub(2) as usize,
        }
    }

    /// How many cells a line of details has.
    #[must_use]
    pub fn details_width(&self, full: bool) -> usize {
        usize::from(match self {
            Self::TooSmall => 40,
            Self::Narrow(narrow) => narrow.body.width.saturating_sub(2),
            Self::Wide(wide) if full => (wide.stack.width + wide.details.width).saturating_sub(4),
            Self::Wide(wide) => wide.details.width.saturating_sub(4),
        })
    }
}

fn small(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_overlaps_and_nothing_is_lost_at_any_size() {
        for width in (40..240).step_by(7) {
            for height in 10..80 {
                for focus in Pane::ALL {
                    for tip in [false, true] {
                        match Layout::of(width, height, focus, [14, 1, 2, 21, 3, 5, 2], tip) {
                            Layout::TooSmall => panic!("{width}x{height}"),
                            Layout::Narrow(n) => {
                                assert_eq!(n.body.y + n.body.height, n.lower_rule.y);
                                assert_eq!(n.footer.y + n.footer.height, height);
                                assert!(n.body.height >= 3);
                            }
                            Layout::Wide(w) => {
                                let mut y = 1;
                                for pane in w.tall.stacked() {
                                    let pane = w.panes[pane.index()];
                                    assert_eq!(pane.y, y);
                                    assert!(pane.height >= 2, "{width}x{height} {focus:?}: {:?}", w.panes);
                                    y += pane.height;
                                }
                                assert_eq!(y + 1, w.panes[4].y, "the stack's last line");
                                assert_eq!(w.panes[4].y + w.panes[4].height, w.footer.y);
                                assert_eq!(w.stack.width + w.details.width, width);
                            }
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn too_small_says_so() {
        assert_eq!(Layout::of(39, 30, Pane::Instances, [0; Pane::COUNT], false), Layout::TooSmall);
        assert_eq!(Layout::of(80, 9, Pane::Instances, [0; Pane::COUNT], false), Layout::TooSmall);
    }
}
