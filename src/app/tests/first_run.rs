//! The first run, without a configuration.

use tui_input::Input;

use crate::app::layers::form::{Form, FormField, Forms};
use crate::app::layers::help;
use crate::app::layers::help::HelpLine;
use crate::app::layers::layer::{Layer, Menu, MenuKind};
use crate::app::tests::desk::Desk;
use crate::app::{AppEffect, AppMsg};
use crate::domain::{Phrase, Safety, text};

fn field(name: &'static str, hidden: bool) -> FormField {
    FormField { name, label: name.to_owned(), input: Input::default(), hidden, optional: false }
}

fn form(fields: Vec<FormField>) -> Option<Form> {
    Some(Form {
        provider: "lab",
        label: Phrase::verbatim("provider.lab"),
        title: Phrase::new(text::title::NEW_ACCOUNT),
        hint: "".into(),
        fields,
        at: 0,
        result: None,
        busy: false,
    })
}

fn first_run() -> Desk {
    let forms = Forms {
        new_account: form(vec![field("name", false), field("secret", true)]).into_iter().collect(),
        import: form(vec![field("file", false)]),
    };
    let mut desk = Desk::bare(Safety::default(), false, forms);
    desk.paint();
    desk
}

fn open_form(desk: &Desk) -> &Form {
    match desk.app.layers.last() {
        Some(Layer::NewAccount(form)) => form,
        other => panic!("{other:?}"),
    }
}

/// Whether what is offered is open, and nothing else.
fn is_offer(desk: &Desk) -> bool {
    matches!(desk.app.layers.as_slice(), [Layer::Menu(Menu { kind: MenuKind::Welcome, .. })])
}

#[test]
fn d_and_q_do_what_the_screen_offers_and_nothing_else_does() {
    for (key, wanted) in [("d", "StartDemo"), ("q", "Quit"), ("<ctrl-c>", "Quit")] {
        let mut desk = first_run();
        desk.keys(key);
        assert_eq!(format!("{:?}", desk.effects), format!("[{wanted}]"), "{key}");
    }
    let mut desk = first_run();
    desk.keys("xDy<ctrl-d><ctrl-n><esc>5");
    assert!(desk.effects.is_empty());
    assert!(is_offer(&desk));
}

#[test]
fn a_form_names_what_is_missing_and_is_sent_once() {
    let mut desk = first_run();
    desk.keys("nhome<enter><enter>");
    assert_eq!(open_form(&desk).at, 1);
    let (said, good) = open_form(&desk).result.clone().unwrap();
    assert_eq!((desk.app.words.say(&said).as_str(), good), ("secret is missing", false));
    desk.paste("q1w2\n");
    desk.keys("<enter><enter>x");
    assert!(open_form(&desk).busy);
    let sent: Vec<_> = desk.effects.iter().filter(|e| matches!(e, AppEffect::AddAccount { .. })).collect();
    assert!(
        matches!(sent.as_slice(), [AppEffect::AddAccount { provider: "lab", fields }] if fields.0 == [("name", "home".into()), ("secret", "q1w2".into())])
    );
    let logged = format!("{:?} {:?}", desk.effects, desk.app);
    assert!(!logged.contains("q1w2"), "a secret never reaches a log");
}

#[test]
fn a_refused_login_is_said_in_the_form_and_a_good_one_opens_the_dashboard() {
    let mut desk = first_run();
    desk.keys("nhome<enter>k<enter>");
    desk.tell(AppMsg::AccountSaved(Err(Phrase::new(text::fault::CREDENTIALS))));
    assert!(!open_form(&desk).busy);
    assert_eq!(
        open_form(&desk).result.clone().map(|(p, good)| (p.text.name(), good)),
        Some(("fault.CREDENTIALS", false))
    );
    desk.keys("ey<enter>");
    desk.tell(AppMsg::AccountSaved(Ok(text::form::saved("home"))));
    assert!(desk.app.layers.is_empty());
    assert_eq!(desk.told(), "home: saved, and it answers");
}

#[test]
fn escape_leads_from_the_form_back_to_the_offer_even_while_it_is_busy() {
    let mut desk = first_run();
    desk.keys("i/tmp/env<enter><esc>");
    assert!(is_offer(&desk));
    assert!(matches!(desk.effects.as_slice(), [AppEffect::ImportAccounts(file)] if file == "/tmp/env"));
    desk.tell(AppMsg::AccountSaved(Err(Phrase::new(text::fault::CREDENTIALS))));
    assert!(matches!(desk.app.layers.last(), Some(Layer::Notice(_))));
}

#[test]
fn where_there_are_several_providers_one_is_chosen_first() {
    let mut desk = first_run();
    let mut other = desk.app.forms.new_account[0].clone();
    other.provider = "full";
    desk.app.forms.new_account.push(other);
    desk.keys("n");
    assert_eq!(desk.menu().entries.len(), 2);
    desk.keys("2home<enter>k<enter>");
    assert!(matches!(desk.effects.as_slice(), [AppEffect::AddAccount { provider: "full", .. }]));
    desk.keys("<esc>n<esc>");
    assert!(is_offer(&desk), "and back");
}

#[test]
fn the_offer_has_a_cursor_that_moves_and_enter_chooses() {
    for (keys, at) in
        [("", 0), ("j", 1), ("<down><down>", 2), ("<tab>", 1), ("jjjjj", 3), ("jj<up>", 1), ("jjk", 1), ("Gg", 0)]
    {
        let mut desk = first_run();
        desk.keys(keys);
        assert_eq!(desk.menu().cursor, at, "{keys}");
        assert!(is_offer(&desk));
    }
    let mut desk = first_run();
    desk.keys("<enter>");
    assert!(matches!(desk.effects.as_slice(), [AppEffect::StartDemo]));
    let mut desk = first_run();
    desk.keys("j<enter>");
    assert_eq!(open_form(&desk).fields[0].name, "name");
    desk.keys("<esc>");
    assert!(is_offer(&desk) && desk.menu().cursor == 1, "the cursor stays");
    desk.keys("j<enter>");
    assert_eq!(open_form(&desk).fields[0].name, "file");
    desk.keys("<esc>G<enter>");
    assert!(matches!(desk.effects.as_slice(), [AppEffect::Quit]));
}

fn keys_of_help(desk: &Desk) -> Vec<String> {
    let lines = help::columns(&desk.app).into_iter().flatten();
    lines
        .filter_map(|line| if let HelpLine::Command(keys, ..) = line { Some(keys) } else { None })
        .flat_map(|keys| keys.split(' ').map(ToOwned::to_owned).collect::<Vec<_>>())
        .collect()
}

#[test]
fn help_over_the_offer_shows_the_keys_that_work_there_and_no_other() {
    let mut desk = first_run();
    desk.keys("?");
    let shown = keys_of_help(&desk);
    let all = "d n i q j Down k Up g Home G End PgDn PgUp Enter ? Ctrl-c Ctrl-z Ctrl-l";
    assert_eq!(shown, all.split(' ').collect::<Vec<_>>());
    desk.keys("?");
    assert!(is_offer(&desk));
    // Each does something: the cursor stands in the middle, so that it can go both ways.
    for key in shown.iter().filter(|key| *key != "?") {
        let mut desk = first_run();
        desk.keys("j");
        desk.keys(&match key.as_str() {
            one if one.chars().count() == 1 => one.to_owned(),
            named => format!("<{}>", named.to_lowercase()),
        });
        let moved = !is_offer(&desk) || desk.menu().cursor != 1;
        assert!(moved || !desk.effects.is_empty(), "{key} does nothing");
    }
}
