//! Paints the app.

/// How the terminal draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Glyphs {
    Lines,
    Ascii,
}
/// How many colours it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Colours {
    None,
    Ansi16,
    Indexed256,
    True,
}
/// Both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Look {
    pub glyphs: Glyphs,
    pub colours: Colours,
}
/// Paints.
pub fn paint(app: &crate::app::App, _look: &Look, frame: &mut ratatui::Frame<'_>) {
    let mut text = String::new();
    for pane in &app.panes {
        text.push_str(&format!("{} ", pane.rows.len()));
        for r in pane.rows.iter().take(10) {
            text.push_str(r.what.name());
            text.push('\n');
        }
    }
    for a in app.engine.accounts() {
        text.push_str(&format!(
            "{} {:?} {:?}\n",
            a.account.name,
            a.login,
            a.picture.lists.iter().map(|(k, v)| format!("{k:?} {:?} {:?}", v.fault, v.in_flight)).collect::<Vec<_>>()
        ));
    }
    for op in app.engine.operations() {
        text.push_str(&format!("{:?}\n", op.state));
    }
    frame.render_widget(
        ratatui::widgets::Paragraph::new(text).wrap(ratatui::widgets::Wrap { trim: false }),
        frame.area(),
    );
}
