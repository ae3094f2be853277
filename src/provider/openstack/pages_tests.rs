//! Pages, by links and by markers, and what does not end.

use super::*;

fn page(ids: &[u32], next: &str) -> Page {
    let rows: Vec<String> = ids.iter().map(|id| format!(r#"{{"id":"s{id}"}}"#)).collect();
    Page::read("servers", &format!(r#"{{"servers":[{}]{next}}}"#, rows.join(","))).unwrap()
}

fn link(href: &str) -> String {
    format!(r#","servers_links":[{{"rel":"prev","href":"x?marker=no"}},{{"rel":"next","href":"{href}"}}]"#)
}

fn marker(id: &str) -> PageOutcome {
    PageOutcome::Ask(vec![("marker".to_owned(), id.to_owned())])
}

#[rstest::rstest]
#[case(r#","servers_links":[{"rel":"next","href":"https://other.example/v2/t/servers?limit=2&marker=s2#x"}]"#)]
#[case(r#","links":[{"rel":"next","href":"?limit=2&marker=s2"}]"#)]
#[case(r#","next":"/v2/servers?limit=2&marker=s2""#)]
fn of_a_link_the_query_alone_is_taken(#[case] next: &str) {
    let turn = Pages::default().take(page(&[1, 2], next), &mut Habit::default());
    let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
    assert_eq!(turn, PageOutcome::Ask(vec![pair("limit", "2"), pair("marker", "s2")]));
}

#[rstest::rstest]
#[case(r#","servers_links":[]"#)]
#[case(r#","servers_links":"odd""#)]
#[case(r#","servers_links":[{"rel":"self","href":"https://h/x?marker=a"}]"#)]
#[case(r#","next":null"#)]
fn without_a_link_the_last_record_is_the_marker(#[case] next: &str) {
    assert_eq!(Pages::default().take(page(&[1, 2], next), &mut Habit::default()), marker("s2"));
}

#[test]
fn a_list_with_links_ends_where_there_is_none() {
    let (mut pages, mut habit) = (Pages::default(), Habit::default());
    assert!(matches!(pages.take(page(&[1, 2], &link("?marker=s2")), &mut habit), PageOutcome::Ask(_)));
    assert!(
        matches!(pages.take(page(&[], &link("?marker=s2x")), &mut habit), PageOutcome::Ask(_)),
        "an empty one may be between"
    );
    // What was made meanwhile moves the others on: no record stands twice.
    assert_eq!(pages.take(page(&[2, 3], ""), &mut habit), PageOutcome::Whole);
    assert_eq!(pages.rows.len(), 3);
}

#[test]
fn a_list_by_marker_alone_ends_where_nothing_follows() {
    let (mut pages, mut habit) = (Pages::default(), Habit::default());
    assert_eq!(pages.take(page(&[1, 2], ""), &mut habit), marker("s2"));
    assert_eq!(pages.take(page(&[3, 4], ""), &mut habit), marker("s4"));
    assert_eq!(pages.take(page(&[], ""), &mut habit), PageOutcome::Whole);
    assert_eq!(pages.rows.len(), 4);
}

#[test]
fn links_in_a_circle_end_with_a_word() {
    let (mut pages, mut habit) = (Pages::default(), Habit::default());
    assert!(matches!(pages.take(page(&[1, 2], &link("?marker=s2")), &mut habit), PageOutcome::Ask(_)));
    assert!(matches!(pages.take(page(&[3], &link("?marker=s3")), &mut habit), PageOutcome::Ask(_)));
    assert_eq!(
        pages.take(page(&[4], &link("?marker=s2")), &mut habit),
        PageOutcome::Cut(Cut::Circle),
        "asked for already"
    );
    let (mut pages, mut habit) = (Pages::default(), Habit::default());
    let _ = pages.take(page(&[1, 2], &link("?page=2")), &mut habit);
    assert_eq!(pages.take(page(&[1, 2], &link("?page=3")), &mut habit), PageOutcome::Cut(Cut::Circle), "nothing new");
}

#[test]
fn a_link_that_asks_for_nothing_is_not_followed() {
    for href in ["https://h/servers/page/2", "?", ""] {
        assert_eq!(
            Pages::default().take(page(&[1], &link(href)), &mut Habit::default()),
            PageOutcome::Cut(Cut::Link),
            "{href}"
        );
    }
}

#[test]
fn pages_without_end_have_one() {
    let (mut pages, mut habit) = (Pages::default(), Habit::default());
    let mut n = 0;
    let turn = loop {
        n += 1;
        match pages.take(page(&[n], ""), &mut habit) {
            PageOutcome::Ask(_) => {}
            turn => break turn,
        }
    };
    assert_eq!((turn, pages.rows.len()), (PageOutcome::Cut(Cut::Pages), PAGES));
}

fn whole(habit: &mut Habit, ids: &[u32]) -> bool {
    let mut pages = Pages::default();
    if pages.take(page(ids, ""), habit) == PageOutcome::Whole {
        return true;
    }
    assert_eq!(pages.take(page(&[], ""), habit), PageOutcome::Whole);
    false
}

#[test]
fn what_was_whole_is_not_asked_for_more_each_time() {
    let mut habit = Habit::default();
    assert!(!whole(&mut habit, &[1, 2, 3]));
    assert!(whole(&mut habit, &[1, 2, 3]) && whole(&mut habit, &[1, 2]), "a shorter page is not full");
    assert!(!whole(&mut habit, &[1, 2, 4]), "another one came");
    assert!(!whole(&mut habit, &[1, 2, 3, 4]));
    let asked = (0..40).filter(|_| !whole(&mut habit, &[1, 2, 3, 4])).count();
    assert!((1..5).contains(&asked), "now and then it is asked all the same: {asked}");
}

#[test]
fn a_service_that_knows_no_marker_is_asked_once() {
    let mut habit = Habit::default();
    let mut pages = Pages::default();
    assert_eq!(pages.take(page(&[1, 2], ""), &mut habit), marker("s2"));
    assert!(pages.is_guess());
    assert_eq!(pages.take(page(&[1, 2], ""), &mut habit), PageOutcome::Whole);
    assert_eq!(pages.rows.len(), 2);
    assert!(whole(&mut habit, &[1, 2, 3]));
}

#[test]
fn records_without_an_id_are_kept_and_key_pairs_go_by_name() {
    let read = |body: &str| Page::read("keypairs", body).unwrap();
    let (mut pages, mut habit) = (Pages::default(), Habit::default());
    let turn = pages.take(read(r#"{"keypairs":[{"odd":1},{"odd":1},{"keypair":{"name":"laptop"}}]}"#), &mut habit);
    assert_eq!((turn, pages.rows.len()), (marker("laptop"), 3));
}

#[rstest::rstest]
#[case("<html>", ".")]
#[case(r#"{"images":[]}"#, ".")]
#[case(r#"{"servers":7}"#, "servers")]
fn what_is_no_page_is_a_fault(#[case] body: &str, #[case] at: &str) {
    let Err(Fault::NotUnderstood { field, .. }) = Page::read("servers", body) else { panic!("understood") };
    assert_eq!(field, at);
}
