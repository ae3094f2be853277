//! What is written to the terminal, and how much of it.

use super::lab::Lab;

#[test]
fn nothing_is_written_while_nothing_changes() {
    let lab = Lab::small();
    let terminal = lab.fleet("web-01");
    terminal.wait_line(&["web-01", "12d"]);
    // What follows the first lists (prices, snapshots of others) has come when two whole rounds wrote nothing.
    let mut written = terminal.count();
    let mut quiet = 0;
    let mut rounds = 0;
    while quiet < 4 {
        let before = lab.reads();
        terminal.wait_that("another round of polls", || lab.reads() > before + 1);
        let now = terminal.count();
        quiet = if now == written { quiet + 1 } else { 0 };
        written = now;
        rounds += 1;
        assert!(rounds < 15, "something is written round after round\n{}", terminal.screen());
    }
}

#[test]
fn any_size_at_any_moment_is_survived_and_below_the_smallest_it_says_what_it_needs() {
    let lab = Lab::small();
    let terminal = lab.fleet("web-01");
    for (columns, lines) in [(1, 1), (2, 50), (200, 60), (500, 1), (39, 10), (80, 24), (40, 9), (13, 4), (120, 36)] {
        terminal.resize(columns, lines);
    }
    terminal.wait_until("the wide layout", |lines| lines.len() == 36 && lines[34].contains('└'));
    terminal.resize(39, 9).wait_for("vpsdeck needs 40x10").wait_for("now 39x9");
    terminal.resize(40, 10).wait_line(&[">", "web-01"]);
    // A dialog is there at every size, too.
    terminal.keys("D").wait_for("Type web-01");
    let asks = |lines: &[String]| lines.iter().any(|line| line.contains("Type web-01 (or 616513) to go on:"));
    for (columns, lines) in [(80, 24), (200, 60)] {
        // What stood there before is no painting at this size: the last line has something only after one.
        terminal.resize(1, 1).resize(columns, lines).wait_until("the dialog at its size", |shown| {
            asks(shown)
                && shown.len() == usize::from(lines)
                && shown.last().is_some_and(|line| line.contains("Esc closes"))
        });
    }
    terminal.keys("<Esc>").wait_gone("Type web-01");
    terminal.resize(20, 5).wait_for("vpsdeck needs").keys("q");
    assert_eq!((terminal.exit_code(), lab.changes_sent()), (0, 0));
}

#[test]
fn five_hundred_keys_at_once_are_taken_in_before_anything_is_painted() {
    let lab = Lab::of(
        "[[account]]\nname = \"indigo\"\nclient_id = \"AKmanymanymanymanymanymanymanyma\"\nsecret = \"manysecret000001\"\n\
         generate = 500\ninstance_limit = 600\n[[account.instance]]\nname = \"db\"\n",
    );
    let terminal = lab.run(&[]);
    terminal.wait_for("1 Instances 501");
    let before = terminal.count();
    terminal.keys(&"j".repeat(500)).wait_until("the last row", |lines| {
        lines[3..21].iter().rposition(|l| l.contains('>')) == lines[3..21].iter().rposition(|l| !l.is_empty())
    });
    let one_screen = 80 * 24 * 8;
    terminal.keys("gG");
    assert!(terminal.count() - before < 500 * one_screen / 10, "{}", terminal.count() - before);
}

#[test]
fn no_color_writes_no_colour() {
    let lab = Lab::small().with("NO_COLOR", "1").with("COLORTERM", "truecolor");
    let terminal = lab.fleet("web-01");
    terminal.keys("D").wait_for("Type web-01").keys("<Esc>").wait_gone("Type web-01").keys("q");
    assert_eq!(terminal.exit_code(), 0);
    let written = terminal.written();
    let text = String::from_utf8_lossy(&written).into_owned();
    for sequence in text.split("\u{1b}[").skip(1) {
        let end = sequence.find(|c: char| !(c.is_ascii_digit() || c == ';' || c == ':')).unwrap_or(0);
        if sequence[end..].starts_with('m') {
            let is_colour = |n: u32| matches!(n, 30..=38 | 40..=48 | 90..=97 | 100..=107);
            let colour = sequence[..end].split([';', ':']).filter_map(|n| n.parse().ok()).find(|n| is_colour(*n));
            assert_eq!(colour, None, "ESC[{}m", &sequence[..end]);
        }
    }
}

#[test]
fn ascii_writes_no_glyph_beyond_ascii() {
    let lab = Lab::small();
    let terminal = lab.run(&["--ascii"]);
    terminal.wait_line(&[">", "db"]).wait_for("Running").keys("D").wait_for("Type db").keys("<Esc>");
    terminal
        .wait_gone("Type db")
        .keys("?")
        .wait_for("Keys")
        .keys("q")
        .wait_gone("Keys")
        .keys("<Enter>")
        .wait_for("Plan");
    terminal.resize(120, 36).wait_until("the wide layout", |lines| lines.len() == 36 && lines[34].contains('-'));
    terminal.keys("q").wait_line(&[">", "db"]).keys("q");
    assert_eq!(terminal.exit_code(), 0);
    let written = terminal.written();
    assert!(written.is_ascii(), "{:?}", written.iter().position(|b| !b.is_ascii()));
}

#[test]
fn a_locale_that_is_not_utf_8_gets_ascii() {
    let lab = Lab::small().with("LANG", "C");
    let terminal = lab.run(&[]);
    terminal.wait_line(&[">", "db"]).keys("q");
    assert_eq!(terminal.exit_code(), 0);
    assert!(terminal.written().is_ascii());
}
