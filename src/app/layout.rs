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

use crate::app::tables::pane::Pane;

pub const SMALLEST: (u16, u16) = (40, 10);

/// A rectangle in cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Area {
    pub x: u16,
    pub y: u16,
    pub width: u16,
    pub height: u16,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    TooSmall,
    Narrow(Narrow),
    /// All panes at once.
    Wide(Wide),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Narrow {
    pub header: Area,
    pub tabs: Area,
    pub rule: Area,
    pub body: Area,
    pub lower_rule: Area,
    pub operation: Area,
    pub footer: Area,
}

/// All panes at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wide {
    pub header: Area,
    /// Each pane with its frame's top line; the frames of the stacked ones share lines.
    pub panes: [Area; Pane::COUNT],
    pub stack: Area,
    pub details: Area,
    pub footer: Area,
    /// The tall pane, which alone has a line of headings.
    pub tall: Pane,
}

impl Layout {
    /// Divides a screen. `rows` says how many rows each pane could use, `tip` whether a line of advice stands above the footer.
    #[must_use]
    pub fn new(width: u16, height: u16, focus: Pane, rows: [usize; Pane::COUNT], tip: bool) -> Self {
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
        let tall = if focus == Pane::Operations { Pane::Instances } else { focus };
        let stacked = tall.stacked();
        let heights = share_out(stack_height - 1, tall, stacked, rows);
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

/// How high each pane of a stack is, its top line included. The tall one first gets what its rows need; of the others each
/// has a row and, as far as there is room, a share of rows of its own; what is over goes where there are rows, then to the
/// tall one.
fn share_out(inner: u16, tall: Pane, stacked: &[Pane], rows: [usize; Pane::COUNT]) -> [u16; Pane::COUNT] {
    let others = || stacked.iter().copied().filter(move |pane| *pane != tall);
    let wanted = |pane: Pane| small(rows[pane.index()]).max(1);
    let share = (inner.saturating_sub(8) / 7).max(1);
    let mut heights = [0_u16; Pane::COUNT];
    for pane in others() {
        // The list that one came from keeps its surroundings in sight.
        let most = if pane == Pane::Instances { share.max(3) + 2 } else { share };
        heights[pane.index()] = wanted(pane).min(most) + 1;
    }
    let taken = |heights: &[u16; Pane::COUNT]| heights.iter().sum::<u16>();
    // Top line and headings.
    let needed = wanted(tall) + 2;
    let mut spare = inner.saturating_sub(taken(&heights)).saturating_sub(needed);
    while spare > 0 {
        let Some(pane) = others().filter(|p| heights[p.index()] < wanted(*p) + 1).min_by_key(|p| heights[p.index()])
        else {
            break;
        };
        heights[pane.index()] += 1;
        spare -= 1;
    }
    heights[tall.index()] = inner.saturating_sub(taken(&heights)).max(2);
    heights
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
                        match Layout::new(width, height, focus, [14, 1, 2, 21, 3, 5, 2], tip) {
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
        assert_eq!(Layout::new(39, 30, Pane::Instances, [0; Pane::COUNT], false), Layout::TooSmall);
        assert_eq!(Layout::new(80, 9, Pane::Instances, [0; Pane::COUNT], false), Layout::TooSmall);
    }
}
