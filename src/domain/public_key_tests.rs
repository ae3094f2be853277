use rstest::rstest;

use super::*;

const ED25519: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPa56k/VjuDB5fL5FwJlFnLJVAor3JGjpbgoYs2aeauI me@laptop";
const RSA: &str = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCKVNQ1fbahwpdnV0M4FTliKoVVhO+jdsDq5pbwdNY78jVtEBAGA6wwHfA1mmwZYKRNYRqwJqFkKMiUYlz2s45LOtRsoYhJY42lmjDu8PK0WrQ4SNJESlQhncq0udHylfvqech8GXROe/iC7ClftkySsHOg+zGVyi08Znlr4G5frRHulJseMkaVa7E0PJYLn+8FGiGOszk2ZBAf2AOJtpCJcqW/9pOZBOciOYBFegCpwGM4R/zcM/0V7lAEtxRJQYbMQ6kRIaUsaJ+6s4VCNWkcYEBfl042ZJtthX6IHyY+QH0AKnCH+ZOG88oomMoT5gGY2zYfX5noBEdJ2JpqKIWH me@desk";
const ECDSA: &str = "ecdsa-sha2-nistp384 AAAAE2VjZHNhLXNoYTItbmlzdHAzODQAAAAIbmlzdHAzODQAAABhBKSUAaZvYCA2MHrckDsvr2a3ZJZ9NOp6735ayA9PclUPck2cvIPiI7cU8zzI/kleOHaYgGwTVIeeQam+6qIXZLjLyezRygXZZ69NdirnYaN1kDC8QD7ONLS8d7xZp6rJ5g==";
/// As `ssh-keygen -e -m PKCS8` writes them, which takes them back with `-i -m PKCS8` alone.
const RSA_PKCS8: &str = "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAqiXury/8s75mfYWWIh57\ndCGmiWtRKyn5YOoS9vEYs4EB55LEkBVNPQI2HX34sarOUseMJv49FrvQ+owD8BzM\nI7jMy7TdkSwgQPtyifd2nzZJoPp/iZAhyhMppHiGOP2hVTmPv0LHzflaJ/Fo7Qli\ndDY+LbdNZBwEp59fKOED3fjvJM9kG47y9azI49hIBbz/ZIbfT+3V8G5zTydIeRMU\nnglKf6dRkd9QJ7BTsMJzxn/mvtB/JwST3psFEgUUq4L/2MEMyU5XG//hI3oPUds5\nP3VT11SBpvMfQo/kyIluX9euuCipjvBqhxkq7Za/FVaqWCZdXtzGd5P16A2hK+wH\noQIDAQAB\n-----END PUBLIC KEY-----";
const ECDSA_PKCS8: &str = "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE8IK1O1D7H8u1axrqd/swZIj7J2fA\nEyqKva0mwA6o9P3rJjTkFkvbZ6bL6Aw8OUUGpJ+ZatDj0yFVuv75Llxasg==\n-----END PUBLIC KEY-----";

#[rstest]
#[case::ed25519(ED25519, "ed25519", 256, "me@laptop", "e/g+G0f25I1F5y9kUzMEeouzl7jdZ8NcVy0W2ATD7Rc")]
#[case::rsa(RSA, "rsa 2048", 2048, "me@desk", "joP6LzSGp/MwS6evYIM1btncJuDsYzbGR/uESpI9ZrQ")]
#[case::ecdsa(ECDSA, "ecdsa-sha2-nistp384", 384, "", "aXHufTkcE1qxGbr31S6N+irOMUx11oY4J8DOCjF/aIc")]
fn a_public_key_is_told_as_ssh_keygen_tells_it(
    #[case] line: &str,
    #[case] short: &str,
    #[case] bits: usize,
    #[case] comment: &str,
    #[case] fingerprint: &str,
) {
    let key = PublicKey::parse(&format!("  {line}\r\n")).unwrap();
    assert_eq!((key.short().as_str(), key.bits(), key.comment.as_str()), (short, Some(bits), comment));
    assert_eq!(key.fingerprint(), format!("SHA256:{fingerprint}"));
    assert_eq!(key.line(), line.trim());
    assert!(PublicKey::parse(&key.bare()).unwrap().is_same(&key));
}

#[test]
fn an_ed25519_key_in_a_form_that_ssh_keygen_does_not_know_is_taken() {
    let key = PublicKey::parse("-----BEGIN PUBLIC KEY-----\r\nMCowBQYDK2VwAyEA9rnqT9WO4MHl8vkXAmUWcslUCivckaOluChizZp5q4g=\r\n-----END PUBLIC KEY-----\r\n").unwrap();
    assert_eq!(key.line(), ED25519.rsplit_once(' ').unwrap().0);
}

#[test]
fn comments_and_empty_lines_around_the_line_do_not_count() {
    let key = PublicKey::parse(&format!("# of the laptop\r\n\r\n{ED25519}\r\n\r\n")).unwrap();
    assert_eq!(key.line(), ED25519);
    assert_eq!(PublicKey::parse(&format!("#1\n{ED25519}\n#2\n{RSA}")), Err(KeyMistake::SeveralLines));
}

#[rstest]
#[case::openssh("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk=\n-----END OPENSSH PRIVATE KEY-----")]
#[case::pem("-----BEGIN RSA PRIVATE KEY-----")]
#[case::pkcs8("\u{feff}\n  -----BEGIN ENCRYPTED PRIVATE KEY-----\n")]
#[case::joined("-----BEGIN OPENSSH PRIVATE KEY-----b3BlbnNzaC1rZXk")]
#[case::ssh2("---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----")]
#[case::putty("PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none")]
#[case::marker(PRIVATE)]
fn a_private_key_is_told_before_anything_else(#[case] text: &str) {
    assert_eq!(PublicKey::parse(text), Err(KeyMistake::Private));
}

#[rstest]
#[case("", KeyMistake::Empty)]
#[case(" \n ", KeyMistake::Empty)]
#[case("# a comment alone\n", KeyMistake::Empty)]
#[case("---- BEGIN SSH2 PUBLIC KEY ----\nAAAA", KeyMistake::OtherForm(KeyFormat::Ssh2))]
#[case("-----BEGIN RSA PUBLIC KEY-----\nAAAA", KeyMistake::OtherForm(KeyFormat::Pem))]
#[case(RSA_PKCS8, KeyMistake::OtherForm(KeyFormat::Pkcs8))]
#[case(ECDSA_PKCS8, KeyMistake::OtherForm(KeyFormat::Pkcs8))]
#[case("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VuAyEAnOpO", KeyMistake::NoForm)]
#[case("-----BEGIN PUBLIC KEY-----\nMCow*", KeyMistake::Broken)]
#[case("-----BEGIN CERTIFICATE-----\nAAAA", KeyMistake::NoForm)]
#[case("ssh-ed25519-cert-v01@openssh.com AAAAIHNzaC1lZDI1NTE5LWNlcnQ me", KeyMistake::Certificate)]
#[case("hello world", KeyMistake::NoSuchKind("hello".into()))]
#[case("ssh-dss AAAAB3NzaC1kc3M=", KeyMistake::NoSuchKind("ssh-dss".into()))]
#[case("no-pty ssh-ed25519 AAAA", KeyMistake::NoSuchKind("no-pty".into()))]
#[case("ssh-rsa", KeyMistake::NoMaterial)]
#[case("ssh-rsa   ", KeyMistake::NoMaterial)]
#[case("ssh-rsa AAAA*", KeyMistake::Broken)]
#[case("ssh-rsa AAAAB3NzaC1yc2EAAAAD", KeyMistake::Broken)]
#[case("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5", KeyMistake::Broken)]
fn what_is_no_public_key_is_told_why(#[case] text: &str, #[case] why: KeyMistake) {
    assert_eq!(PublicKey::parse(text), Err(why));
}

#[test]
fn several_lines_control_characters_and_another_kind_inside_are_refused() {
    assert_eq!(PublicKey::parse(&format!("{ED25519}\n{RSA}")), Err(KeyMistake::SeveralLines));
    assert_eq!(PublicKey::parse(&format!("{ED25519}\u{1b}[2J")), Err(KeyMistake::Control));
    let other = ED25519.replacen("ssh-ed25519", "ssh-rsa", 1);
    assert_eq!(PublicKey::parse(&other), Err(KeyMistake::OtherInside("ssh-ed25519".into())));
    // A key that was not copied to its end.
    for cut in [1, 4, 40, 67] {
        let line = ED25519.split(' ').take(2).collect::<Vec<_>>().join(" ");
        assert!(PublicKey::parse(&line[..line.len() - cut]).is_err(), "{cut}");
    }
}

#[rstest]
#[case("me@laptop", "me-laptop")]
#[case("id_ed25519", "id_ed25519")]
#[case("\u{9375} #1", "1")]
#[case(" ", "")]
fn a_name_is_proposed_that_every_provider_takes(#[case] from: &str, #[case] name: &str) {
    assert_eq!(proposed_name(from), name);
}
