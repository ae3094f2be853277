//! What an instance did lately, each graph in one line.

use std::time::Duration;

use crate::app::panes::details::{DetailLine, DetailLines, Spark};
use crate::app::tone::Tone;
use crate::domain::{Graph, GraphUnit, text};
use crate::words::Words;
use crate::words::cells::width;

/// The room of the newest value, so that the graphs begin below each other.
const VALUE: usize = 10;
/// A graph has so many cells at most and, where it is drawn at all, so many at least.
const CELLS: (usize, usize) = (6, 48);

impl DetailLines<'_> {
    /// Its label, the newest value, the line itself and how much time it spans.
    pub(crate) fn graph(&mut self, graph: &Graph) {
        let words = &self.app.words;
        let label = self.get(graph.label);
        let (Some(first), Some(last)) = (graph.points.first(), graph.points.last()) else { return };
        let value = format!("{:>VALUE$}", value(last.1, graph.unit, words));
        let spans = last.0.since(first.0);
        // Each point stands for the time up to the next.
        let gaps = u32::try_from(graph.points.len() - 1).unwrap_or(u32::MAX).max(1);
        let short = lasts(spans + spans / gaps, words);
        let long = words.say(&text::details::span(short.as_str()));
        let spark = Some(Spark { shares: shares(graph), after: (long, short) });
        self.lines.push(DetailLine { label, value, tone: Tone::Plain, spark });
    }
}

/// `24 h`, and days only beyond two of them.
fn lasts(time: Duration, words: &Words) -> String {
    let hours = time.as_secs() / 3600;
    if (24..48).contains(&hours) { words.say(&text::unit::hours(hours)) } else { words.lasts(time) }
}

/// Shares of the highest; of a percentage, of all there is.
fn shares(graph: &Graph) -> Vec<f64> {
    let highest = graph.points.iter().map(|(_, v)| *v).fold(0.0, f64::max);
    let full = if graph.unit == GraphUnit::Percent { highest.max(100.0) } else { highest.max(1.0) };
    graph.points.iter().map(|(_, v)| (v / full).clamp(0.0, 1.0)).collect()
}

/// `12.3 %`, `120 kB/s`.
fn value(value: f64, unit: GraphUnit, words: &Words) -> String {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rate that is shown")]
    words.say(&match unit {
        GraphUnit::Percent => text::unit::percent(format!("{value:.1}")),
        GraphUnit::BytesPerSecond => text::unit::per_second(words.bytes(value.max(0.0) as u64)),
    })
}

/// A line with its graph in so many cells of room: the span is told short, then not at all, then the graph goes.
pub(crate) fn fitted(mut line: DetailLine, room: usize) -> DetailLine {
    let Some(spark) = line.spark.take() else { return line };
    let left = room.saturating_sub(width(&line.value) + 2);
    let (long, short) = spark.after;
    let after = [long, short, String::new()].into_iter().find(|after| left >= width(after) + 2 + CELLS.0 * 2);
    let after = after.unwrap_or_default();
    let takes = if after.is_empty() { 0 } else { width(&after) + 2 };
    let cells = left.saturating_sub(takes).min(CELLS.1);
    if cells >= CELLS.0 {
        line.spark = Some(Spark { shares: resampled(&spark.shares, cells), after: (after, String::new()) });
    }
    line
}

/// So many cells, each as high as the highest of its points.
fn resampled(shares: &[f64], cells: usize) -> Vec<f64> {
    if shares.len() <= cells {
        return shares.to_vec();
    }
    let at = |cell: usize| cell * shares.len() / cells;
    (0..cells).map(|cell| shares[at(cell)..at(cell + 1)].iter().copied().fold(0.0, f64::max)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Clock, Language};

    #[test]
    fn a_peak_is_never_lost_in_fewer_cells() {
        let mut shares = vec![0.1; 100];
        shares[37] = 0.9;
        let few = resampled(&shares, 7);
        assert_eq!((few.len(), few.iter().filter(|s| **s > 0.5).count()), (7, 1));
        assert_eq!(resampled(&shares[..3], 7).len(), 3);
    }

    #[test]
    fn values_have_their_unit() {
        let words = Words::new(Language::English, Clock::utc());
        assert_eq!(value(12.34, GraphUnit::Percent, &words), "12.3 %");
        assert_eq!(value(1_234_567.0, GraphUnit::BytesPerSecond, &words), "1.2 MB/s");
    }
}
