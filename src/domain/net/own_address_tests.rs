//! What can be believed of what is told.

use crate::domain::text;
use rstest::rstest;

use super::*;

fn ip(text: &str) -> IpAddr {
    text.parse().unwrap()
}

#[rstest]
#[case("203.0.113.9 54321 192.0.2.1 22", Ok("203.0.113.9"))]
#[case("2001:db8::7 54321 2001:db8::1 22", Ok("2001:db8::7"))]
#[case("::ffff:203.0.113.9 54321 ::ffff:192.0.2.1 22", Ok("203.0.113.9"))]
#[case("fe80::1%eth0 54321 fe80::2%eth0 22", Err(NoAddress::NotPublic(ip("fe80::1"))))]
#[case("192.168.1.5 54321 192.168.1.1 22", Err(NoAddress::NotPublic(ip("192.168.1.5"))))]
#[case("127.0.0.1 54321 127.0.0.1 22", Err(NoAddress::NotPublic(ip("127.0.0.1"))))]
#[case("", Err(NoAddress::Empty))]
#[case("203.0.113.9", Err(NoAddress::Another))]
#[case("UNKNOWN 65535 UNKNOWN 65535", Err(NoAddress::Another))]
fn where_one_is_logged_in_from(#[case] connection: &str, #[case] expected: Result<&str, NoAddress>) {
    assert_eq!(logged_in_from(connection).map(|own| own.address), expected.map(ip));
}

#[rstest]
#[case("203.0.113.9\n", Ok("203.0.113.9"))]
#[case("\u{feff}203.0.113.9", Ok("203.0.113.9"))]
#[case("  2001:db8::7\r\n", Ok("2001:db8::7"))]
#[case(r#"{"ip":"203.0.113.9","country":"JP"}"#, Ok("203.0.113.9"))]
#[case(r#"{"sourceip": "203.0.113.9"}"#, Ok("203.0.113.9"))]
#[case(r#"{"origin": "203.0.113.9"}"#, Ok("203.0.113.9"))]
#[case(r#"{"origin": "203.0.113.9, 198.51.100.1"}"#, Err(NoAddress::Several))]
#[case(r#"{"ip":"203.0.113.9","origin":"198.51.100.1"}"#, Err(NoAddress::Several))]
#[case(r#"{"address":"203.0.113.9"}"#, Err(NoAddress::Another))]
#[case(r#"{"ip":"#, Err(NoAddress::Another))]
#[case("<!DOCTYPE html><p>203.0.113.9", Err(NoAddress::WebPage))]
#[case("\n <html>", Err(NoAddress::WebPage))]
#[case("203.0.113.9 198.51.100.1", Err(NoAddress::Several))]
#[case("203.0.113.9\n203.0.113.9", Err(NoAddress::Several))]
#[case("your address is 203.0.113.9", Err(NoAddress::Another))]
#[case("203.0.113.9:443", Err(NoAddress::Another))]
#[case("203.0.113.0/24", Err(NoAddress::Another))]
#[case("203.0.113.256", Err(NoAddress::Another))]
#[case("10.1.2.3", Err(NoAddress::NotPublic(ip("10.1.2.3"))))]
#[case("100.64.0.1", Err(NoAddress::NotPublic(ip("100.64.0.1"))))]
#[case("169.254.1.1", Err(NoAddress::NotPublic(ip("169.254.1.1"))))]
#[case("0.0.0.0", Err(NoAddress::NotPublic(ip("0.0.0.0"))))]
#[case("::1", Err(NoAddress::NotPublic(ip("::1"))))]
#[case("fd00::1", Err(NoAddress::NotPublic(ip("fd00::1"))))]
#[case("224.0.0.1", Err(NoAddress::NotPublic(ip("224.0.0.1"))))]
#[case("", Err(NoAddress::Empty))]
fn what_a_source_answers(#[case] body: &str, #[case] expected: Result<&str, NoAddress>) {
    assert_eq!(answered_address(body), expected.map(ip));
}

#[rstest]
#[case(" 203.0.113.9 ", Ok("203.0.113.9"))]
#[case("192.168.1.5", Ok("192.168.1.5"))]
#[case("2001:DB8::7", Ok("2001:db8::7"))]
#[case("127.0.0.1", Err(NoAddress::NotPublic(ip("127.0.0.1"))))]
#[case("::", Err(NoAddress::NotPublic(ip("::"))))]
#[case("203.0.113.0/24", Err(NoAddress::Another))]
#[case("home", Err(NoAddress::Another))]
#[case(" ", Err(NoAddress::Empty))]
fn what_is_typed(#[case] text: &str, #[case] expected: Result<&str, NoAddress>) {
    assert_eq!(typed_address(text).map(|own| own.address), expected.map(ip));
}

fn heard(all: &[(&str, &str)]) -> Vec<Heard> {
    let said = |text: &str| text.parse().map_err(|_| Phrase::new(text::own_no::WEB_PAGE));
    all.iter().map(|(source, text)| Heard { source: (*source).to_owned(), said: said(text) }).collect()
}

#[test]
fn two_that_agree_are_believed_in_each_family_whatever_others_say() {
    let own = agreement(heard(&[
        ("a", "198.51.100.1"),
        ("b", "203.0.113.9"),
        ("c", "2001:db8::7"),
        ("d", "203.0.113.9"),
        ("e", "2001:db8::7"),
        ("f", "page"),
    ]));
    let from = Origin::ThisMachine { agreed: 2 };
    assert_eq!(
        own,
        Ok(vec![OwnAddress { address: ip("203.0.113.9"), from }, OwnAddress { address: ip("2001:db8::7"), from }])
    );
}

#[test]
fn one_alone_is_not_believed_and_those_that_differ_are_both_named() {
    let differ = agreement(heard(&[("a", "198.51.100.1"), ("b", "2001:db8::7"), ("c", "203.0.113.9")]));
    let (one, other) = (("a".to_owned(), ip("198.51.100.1")), ("c".to_owned(), ip("203.0.113.9")));
    assert_eq!(differ, Err(NoAgreement::Differ { one, other }));
    for few in [&[][..], &[("a", "203.0.113.9")], &[("a", "203.0.113.9"), ("b", "2001:db8::7"), ("c", "page")]] {
        assert_eq!(agreement(heard(few)), Err(NoAgreement::TooFew(heard(few))));
    }
}

#[test]
fn a_household_is_the_64_of_an_ipv6_address() {
    let own = |text: &str| OwnAddress { address: ip(text), from: Origin::Typed };
    assert_eq!(own("2001:db8:1:2:3::4").household(), Some("2001:db8:1:2::/64".parse().unwrap()));
    assert_eq!(own("203.0.113.9").household(), None);
}
