//! Rules from a TOML file, or from the person's editor.

use std::io::Read as _;
use std::path::Path;

use crate::cli::change::Run;
use crate::cli::firewall::known::FirewallDetails;
use crate::cli::{print, prompt};
use crate::domain::rule_edit::{FileMistake, FileRow, RuleFile, RuleForm, annotated, file_row, parse_file, write_file};
use crate::domain::{Phrase, ResourceId, Rule, text};
use crate::runtime::edit_text;
use crate::session::error::SessionError;
use crate::session::run::Session;
use crate::settings::{Environment, Settings};

/// A file as it is; `-` is standard input.
pub(super) fn read(
    path: &Path,
    form: &RuleForm,
    groups: &[(ResourceId, String)],
    was: &[Rule],
    run: &Run<'_>,
) -> Result<RuleFile, SessionError> {
    let shown = path.display().to_string();
    let mut text = String::new();
    let result = if shown == "-" {
        prompt::announce_stdin();
        std::io::stdin().lock().read_to_string(&mut text).map(drop)
    } else {
        std::fs::read_to_string(path).map(|read| text = read)
    };
    let unread = |error: std::io::Error| SessionError::Usage(text::file::unreadable(shown.as_str(), error.to_string()));
    result.map_err(unread)?;
    if text.trim().is_empty() {
        return Err(SessionError::Usage(text::cli_firewall::empty_file(shown.as_str())));
    }
    parse_file(&text, form, groups, was).map_err(|mistakes| {
        for mistake in &mistakes {
            print::note(&format!("{shown}:{}: {}", mistake.line, run.words().say(&mistake.what)));
        }
        SessionError::Usage(text::cli_firewall::mistakes(shown.as_str(), mistakes.len()))
    })
}

/// What the person's editor leaves; mistakes are written into it and it is offered again.
pub(super) async fn edited(
    known: &FirewallDetails,
    session: &mut Session,
    run: &Run<'_>,
    env: &Environment,
) -> Result<RuleFile, SessionError> {
    if !prompt::is_possible() {
        return Err(SessionError::Usage(Phrase::new(text::cli_firewall::NEED_FILE)));
    }
    let nothing = |key| SessionError::Refused { name: known.firewall.name.clone(), why: Phrase::new(key) };
    let mut text = known.text(run);
    let without = Settings::load(env).map(|settings| settings.secret_variables()).unwrap_or_default();
    loop {
        let back = edit_text(env, &without, &text, ".toml").await.map_err(SessionError::Usage)?;
        if back.status != Some(0) {
            return Err(nothing(text::rules::EDITOR_FAILED));
        }
        let after = back.text.unwrap_or_default();
        if after.trim().is_empty() {
            return Err(nothing(text::rules::EDITOR_EMPTY));
        }
        let mistakes = match parse_file(&after, &known.form, &known.groups, &known.rules) {
            Ok(file) => return Ok(file),
            Err(mistakes) => mistakes,
        };
        let said: Vec<(usize, String)> =
            mistakes.iter().map(|FileMistake { line, what }| (*line, run.words().say(what))).collect();
        for (line, what) in &said {
            print::note(&format!("{line}: {what}"));
        }
        let question = run.words().get(text::cli_firewall::EDIT_AGAIN).to_owned();
        if !session.ask(move || prompt::yes(&question)).await.map_err(SessionError::Interrupted)? {
            return Err(nothing(text::rules::EDITOR_DROPPED));
        }
        text = annotated(&after, &said);
    }
}

impl FirewallDetails {
    fn text(&self, run: &Run<'_>) -> String {
        let presets: Vec<&str> = self.form.presets.iter().map(|p| p.name()).collect();
        let protocols: Vec<&str> = self.form.protocols.iter().map(|p| p.name()).collect();
        let head = text::rules::file_head(
            self.firewall.name.as_str(),
            self.firewall.account().as_str(),
            presets.join(", "),
            protocols.join(", "),
        );
        let rows: Vec<FileRow> = self.rules.iter().map(|rule| file_row(rule, &self.groups)).collect();
        write_file(&run.words().say(&head), &self.firewall.name, &rows)
    }
}
