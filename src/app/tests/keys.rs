//! SSH keys and secrets that are told once.

use crate::app::layers::key_form::KeyFormFocus;
use crate::app::layers::key_form_keys;
use crate::app::layers::layer::Layer;
use crate::app::layers::secret::{SecretBox, SecretStage};
use crate::app::public_keys::LocalKey;
use crate::app::tests::desk::Desk;
use crate::app::{AppEffect, AppMsg, Console, ConsoleOutcome};
use crate::domain::{Hidden, SecretOf, public_key, text};

fn secret(desk: &mut Desk, name: &str, of: SecretOf) {
    desk.app.secrets.push_back(SecretBox::new("lab".into(), of, name.to_owned(), Hidden::new("s3cret")));
}

fn shown(desk: &Desk) -> Option<&SecretBox> {
    match desk.app.layers.last() {
        Some(Layer::Secret(shown)) => Some(shown),
        _ => None,
    }
}

#[test]
fn secrets_are_shown_one_after_the_other_and_close_only_with_two_keys() {
    let mut desk = Desk::new();
    secret(&mut desk, "one", SecretOf::ApiKey);
    secret(&mut desk, "two", SecretOf::Password);
    // Keys that were typed before it was drawn are not meant for it.
    desk.burst("j<esc><esc>y");
    assert_eq!(shown(&desk).map(|s| (s.name.as_str(), s.ignored, s.stage)), Some(("one", 3, SecretStage::Shown)));
    desk.keys("<esc>");
    assert_eq!(shown(&desk).map(|s| s.stage), Some(SecretStage::Closing));
    // Any other key takes it back.
    desk.keys("q");
    assert_eq!(shown(&desk).map(|s| s.stage), Some(SecretStage::Shown));
    desk.keys("y");
    assert!(desk.effects.iter().any(|e| matches!(e, AppEffect::CopySecret(value) if value.reveal() == "s3cret")));
    assert!(!format!("{:?}{:?}", desk.effects, desk.app.layers).contains("s3cret"));
    desk.keys("<esc><esc>");
    assert_eq!(shown(&desk).map(|s| s.name.as_str()), Some("two"), "the next is shown");
    desk.keys("<esc><esc>");
    assert!(desk.app.layers.is_empty() && desk.app.secrets.is_empty() && !desk.quits());
}

#[test]
fn a_secret_waits_while_something_else_is_open() {
    let mut desk = Desk::new();
    desk.keys("D");
    secret(&mut desk, "one", SecretOf::ApiKey);
    desk.keys("web");
    assert!(desk.has_dialog(), "what is typed goes on to where it was meant for");
    desk.keys("<esc>");
    assert!(shown(&desk).is_some());
}

#[test]
fn an_api_key_is_kept_in_one_of_two_ways_and_a_password_in_one() {
    let mut desk = Desk::new();
    secret(&mut desk, "one", SecretOf::ApiKey);
    desk.wait(10);
    desk.keys("k<esc>");
    assert_eq!(shown(&desk).map(|s| s.stage), Some(SecretStage::Shown), "neither");
    desk.keys("k2");
    assert!(desk.effects.iter().any(|e| matches!(e, AppEffect::KeepSecret(keep) if keep.used && keep.name == "one")));
    // It does not close while the keyring is asked.
    desk.keys("<esc><esc>");
    assert_eq!(shown(&desk).map(|s| s.stage), Some(SecretStage::Keeping));
    desk.tell(AppMsg::SecretKept(Err(text::secret::not_kept("locked"))));
    assert_eq!(shown(&desk).and_then(|s| s.told.as_ref()).map(|(_, bad)| *bad), Some(true));
    desk.keys("<esc><esc>");
    secret(&mut desk, "two", SecretOf::Password);
    desk.wait(10);
    desk.keys("k");
    assert!(desk.effects.iter().any(|e| matches!(e, AppEffect::KeepSecret(keep) if !keep.used && keep.name == "two")));
}

#[test]
fn the_address_of_a_console_that_nothing_opens_is_copied_and_never_kept() {
    let mut desk = Desk::new();
    let asked = Console { account: "lab".into(), instance: "id-web".into(), name: "web".to_owned() };
    desk.tell(AppMsg::Console(ConsoleOutcome::NoBrowser(asked, Hidden::new("https://vnc.example/?token=s3cret"))));
    desk.wait(10);
    desk.keys("k12");
    assert_eq!(shown(&desk).map(|s| (s.name.as_str(), s.stage)), Some(("web", SecretStage::Shown)));
    assert!(!desk.effects.iter().any(|e| matches!(e, AppEffect::KeepSecret(_))));
    desk.keys("y");
    let is_address = |value: &Hidden| value.reveal() == "https://vnc.example/?token=s3cret";
    assert!(desk.effects.iter().any(|e| matches!(e, AppEffect::CopySecret(value) if is_address(value))));
    assert!(!format!("{:?}{:?}", desk.effects, desk.app).contains("s3cret"));
    // Another is to be had at any time, so that one key closes it.
    desk.keys("<esc>");
    assert!(desk.app.layers.is_empty() && desk.app.secrets.is_empty());
}

#[test]
fn what_is_pasted_into_the_form_is_one_public_key_or_nothing() {
    let mut desk = Desk::new();
    key_form_keys::open(&mut desk.app, None);
    let form = |desk: &Desk| match desk.app.layers.last() {
        Some(Layer::KeyForm(form)) => form.clone(),
        other => panic!("no form but {other:?}"),
    };
    desk.paste(&format!("{}\nc2VjcmV0", public_key::PRIVATE));
    assert!(form(&desk).key.value().is_empty() && form(&desk).refused.is_some());
    desk.paste("ssh-rsa AAAA\nssh-rsa BBBB");
    assert!(form(&desk).key.value().is_empty() && form(&desk).refused.is_some());
    desk.paste("  ssh-rsa AAAA me@desk \r\n");
    assert_eq!((form(&desk).key.value(), form(&desk).refused), ("ssh-rsa AAAA me@desk", None));
    // It is not whole: the button leads back to it.
    desk.keys("<enter><enter><enter>");
    assert_eq!(form(&desk).at, KeyFormFocus::Key);
    assert!(desk.asked.is_empty());
}

#[test]
fn keys_of_this_machine_that_come_late_open_nothing() {
    let mut desk = Desk::new();
    let key = LocalKey { file: "~/.ssh/a.pub".into(), name: "a".into(), public: "ssh-rsa AAAA".into() };
    desk.tell(AppMsg::LocalKeys(vec![key]));
    assert!(desk.app.layers.is_empty());
}
