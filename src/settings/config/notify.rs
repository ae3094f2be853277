//! How a person is told that an operation ended while they looked elsewhere. Quiet by default, except the bell.

use crate::settings::config::walk::{Section, Walk};

/// The `[notify]` section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notify {
    pub on: NotifyOn,
    pub bell: bool,
    /// A notification of the desktop, through the terminal (OSC 9 and OSC 777).
    pub notification: bool,
    pub title: bool,
    /// The progress on the taskbar (OSC 9;4).
    pub progress: bool,
    /// A program and its arguments, run without a shell with the operation as JSON on its standard input; empty for
    /// none.
    pub hook: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotifyOn {
    /// An operation ended, or halted and waits for a person.
    End,
    /// Only where it did not end well.
    Failure,
}

impl Default for Notify {
    fn default() -> Self {
        Self { on: NotifyOn::End, bell: true, notification: false, title: false, progress: false, hook: Vec::new() }
    }
}

pub(super) fn notify<'t>(walk: &mut Walk<'t>, top: Section<'t>) -> Notify {
    let mut notify = Notify::default();
    let Some(section) = walk.table(top, "notify", "[notify]") else { return notify };
    walk.unknown_keys(section, &["on", "bell", "notification", "title", "progress", "hook"]);
    if walk.one_of(section, "on", &["end", "failure"]).is_some_and(|found| found.value == "failure") {
        notify.on = NotifyOn::Failure;
    }
    let mut switch = |key, value: &mut bool| *value = walk.yes_no(section, key).unwrap_or(*value);
    switch("bell", &mut notify.bell);
    switch("notification", &mut notify.notification);
    switch("title", &mut notify.title);
    switch("progress", &mut notify.progress);
    if let Some(hook) = walk.texts(section, "hook") {
        notify.hook = hook;
    }
    notify
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::settings::config::settings::Settings;
    use crate::words::english;

    #[test]
    fn it_is_quiet_but_for_the_bell_unless_asked_for() {
        let read = |text| Settings::parse(Path::new("c.toml"), text).unwrap().notify;
        assert_eq!(read(""), Notify::default());
        assert_eq!(read("[notify]"), Notify { bell: true, ..Notify::default() });
        let all = "[notify]\non = \"failure\"\nbell = false\nnotification = true\ntitle = true\nprogress = true\nhook = [\"a\", \"b c\"]";
        let hook = vec!["a".to_owned(), "b c".to_owned()];
        let wanted =
            Notify { on: NotifyOn::Failure, bell: false, notification: true, title: true, progress: true, hook };
        assert_eq!(read(all), wanted);
    }

    #[test]
    fn a_mistake_names_line_key_and_what_is_accepted() {
        let said = |text| english(&Settings::parse(Path::new("c.toml"), text).unwrap_err().phrase());
        for (text, wanted) in [
            ("[notify]\nbell = 1", "true or false"),
            ("[notify]\non = \"ending\"", "end"),
            ("[notify]\nhook = \"notify-send x\"", "a list of texts"),
            ("[notify]\nsound = true", "sound"),
        ] {
            let said = said(text);
            assert!(said.contains("notify") && said.contains(wanted) && said.contains('2'), "{said}");
        }
    }
}
