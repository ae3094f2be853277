//! The form for a new instance, without a provider's rules: what is kept, what is found, what is never sent twice.

use crate::app::layers::create;
use crate::app::layers::create::OrderPage;
use crate::app::layers::layer::MenuChoice;
use crate::app::public_keys::{LocalKey, missing};
use crate::app::tests::desk::{Desk, instance};
use crate::app::{AppEffect, AppMsg};
use crate::domain::{
    Answer, Collection, Image, ImageKind, InstanceStatus, ListKey, Plan, Raw, Reading, Spec, StoreStatus,
};
use std::sync::Arc;

fn image(id: &str, family: &str, name: &str, kind: ImageKind) -> Arc<Image> {
    Arc::new(Image {
        id: id.into(),
        name: name.into(),
        family: Some(family.into()),
        kind,
        status: StoreStatus::Available,
        size: None,
        min_disk_gb: None,
        created: None,
        fields: Vec::new(),
        raw: Raw::default(),
    })
}

fn desk() -> Desk {
    let mut desk = Desk::new();
    let images = vec![
        image("1", "Debian", "Debian 11", ImageKind::Linux),
        image("2", "Debian", "Debian 12", ImageKind::Linux),
        image("3", "Import", "Import", ImageKind::Import),
    ];
    desk.read("lab", ListKey::Images, Ok(Reading::whole(Collection::Images(images))));
    let plan =
        Plan { id: "p".into(), name: "small".into(), spec: Spec::default(), addresses: None, raw: Raw::default() };
    let collection = Collection::Plans(vec![Arc::new(plan)]);
    desk.read("lab", ListKey::Plans(None), Ok(Reading::whole(collection)));
    desk
}

fn form(desk: &Desk) -> &create::CreateForm {
    create::form(&desk.app).expect("the form")
}

#[test]
fn the_newest_stands_first_and_what_is_typed_finds_it() {
    let mut desk = desk();
    desk.keys("c");
    assert!(desk.effects.iter().any(|e| matches!(e, AppEffect::LocalKeys)));
    let names = |desk: &Desk| -> Vec<String> {
        create::lists::entries(&desk.app, form(desk)).into_iter().map(|e| e.columns[0].clone()).collect()
    };
    assert_eq!(names(&desk), ["Debian 12", "Debian 11", "Import"]);
    desk.keys("11");
    assert_eq!(names(&desk), ["Debian 11"]);
    desk.keys("<enter>");
    assert_eq!(form(&desk).page, OrderPage::Plan);
    desk.keys("<shift-tab>imp<enter>");
    assert_eq!(form(&desk).page, OrderPage::Url);
}

#[test]
fn the_import_is_found_by_what_it_is_made_from() {
    let mut desk = desk();
    desk.keys("curl<enter>");
    assert_eq!(form(&desk).page, OrderPage::Url);
}

#[test]
fn an_address_of_an_image_is_looked_at_where_it_is_typed() {
    let mut desk = desk();
    desk.keys("cimp<enter>ftp://x y<enter>");
    let said = |desk: &Desk| form(desk).said.as_ref().map(|said| said.text.name());
    assert_eq!((form(&desk).page, said(&desk)), (OrderPage::Url, Some("order.URL_ODD")));
    desk.keys("<ctrl-u>ftp://x/y<enter>");
    assert_eq!((form(&desk).page, said(&desk)), (OrderPage::Url, Some("order.URL_SCHEME")));
    desk.keys("<ctrl-u>https://x/y.qcow2<enter>");
    assert_eq!((form(&desk).page, said(&desk)), (OrderPage::Plan, None));
}

#[test]
fn escape_keeps_what_was_filled_in_and_nothing_is_asked_for_by_it() {
    let mut desk = desk();
    desk.keys("c<enter><enter>web<esc>");
    assert!(desk.app.layers.is_empty() && desk.told().contains("takes it up"));
    desk.keys("c");
    assert_eq!((form(&desk).name.value(), form(&desk).page), ("web", OrderPage::Rest));
    desk.keys("<ctrl-n>");
    assert_eq!((form(&desk).name.value(), form(&desk).page), ("", OrderPage::What));
    assert!(desk.asked.is_empty());
}

#[test]
fn a_name_with_control_characters_and_a_missing_one_are_told() {
    let mut desk = desk();
    desk.keys("c<enter><enter>");
    desk.keys("<down><down><down><down><enter>");
    assert_eq!(form(&desk).said.as_ref().map(|said| said.text.name()), Some("order.NO_NAME"));
    assert_eq!(form(&desk).at, 0, "the cursor stands where something is missing");
    assert_eq!(crate::domain::name_mistake("a\u{7}b").map(|w| w.text.name()), Some("order.NAME_CONTROL"));
    assert_eq!(crate::domain::name_mistake(&"x".repeat(256)).map(|w| w.text.name()), Some("order.name_long"));
    assert!(crate::domain::name_mistake("東京 web_01").is_none());
}

#[test]
fn keys_of_this_machine_that_are_there_under_another_name_are_left_out() {
    const ONE: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH";
    const TWO: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI";
    const RSA: &str = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDww==";
    let local = |file: &str, public: &str| LocalKey { file: file.into(), name: file.into(), public: public.into() };
    let there = [Arc::new(crate::domain::Key {
        id: "1".into(),
        name: "laptop".into(),
        public: format!("{ONE} me"),
        active: true,
        created: None,
        raw: Raw::default(),
    })];
    let all = [local("a", &format!("{ONE} other")), local("b", TWO), local("c", RSA), local("d", "no key")];
    assert_eq!(missing(&all, &there).map(|(key, _)| key.file.as_str()).collect::<Vec<_>>(), ["b", "c"]);
}

#[test]
fn an_order_is_confirmed_once_and_sent_again_only_by_a_new_dialog() {
    let mut desk = desk();
    desk.keys("c<enter><enter>web<down><down><down><down><enter>");
    assert!(desk.has_dialog());
    desk.keys("y");
    assert!(desk.app.layers.is_empty() && desk.app.draft.is_none());
    assert_eq!(desk.asked.len(), 1);
    desk.send();
    desk.answer(Answer::Lost { said: "broke off".into() });
    // Nothing shows what became of it: a person decides, and cannot have it sent again without being asked again.
    let others = vec![instance("id-db", "db", InstanceStatus::Running)];
    desk.wait(20_000);
    desk.instances("lab", others);
    desk.keys("5:decide<enter>");
    let picks: Vec<&MenuChoice> = desk.menu().entries.iter().map(|e| &e.pick).collect();
    let again = |pick: &&&MenuChoice| matches!(pick, MenuChoice::Decide(_, crate::engine::Decision::SendAgain));
    assert_eq!((picks.len(), picks.iter().filter(again).count()), (3, 0));
    desk.keys("s");
    assert!(desk.has_dialog() && desk.asked.len() == 1);
    let id = desk.app.engine.operations()[0].id.clone();
    desk.tell(AppMsg::Engine(Box::new(crate::engine::Msg::Decide(id, crate::engine::Decision::SendAgain))));
    assert_eq!(desk.app.engine.operations()[0].attempts.len(), 1);
    desk.keys("y");
    assert_eq!(desk.asked.len(), 2);
}
