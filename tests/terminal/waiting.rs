//! Waits that end, what is said of them, and what works without any folder.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;

use rustix::process::{Pid, Signal, kill_process};
use vpsdeck::sim::{Fault, FaultKind};

use super::lab::{Lab, begin, run};

/// A program in the place of a keyring that nobody opens.
fn never_told(lab: &Lab, account: &str) {
    let text = std::fs::read_to_string(lab.config()).unwrap();
    let variable = format!("env = \"SECRET_{}\"", account.to_uppercase());
    assert!(text.contains(&variable), "{text}");
    lab.write_config(&text.replace(&variable, "command = [\"sleep\", \"600\"]"));
}

#[test]
fn a_login_that_lives_shorter_than_the_budget_makes_wait_is_used() {
    let small = include_str!("../../assets/worlds/small.toml");
    let lab = Lab::of(&format!("{small}\n[durations]\ntoken = 600.0\n"));
    lab.configure("budget = { per_minute = 60, spacing_ms = 300 }", "");
    let (code, out, err) = run(&lab, "list instances");
    assert_eq!((code, out.lines().count()), (0, 4), "{out}{err}");
    let logins = lab.simulation.requests().iter().filter(|r| r.path.ends_with("/accesstokens")).count();
    assert!(logins <= 2, "{logins} logins for one list");
}

#[test]
fn a_secret_that_nobody_gives_is_told_and_holds_up_no_other_account() {
    let lab = Lab::of("both");
    never_told(&lab, "conoha");
    let (code, out, err) = run(&lab, "list instances --timeout 4s");
    assert_eq!((code, out.lines().count()), (3, 4), "{out}{err}");
    assert!(err.starts_with("vpsdeck: conoha: waits for its secret (command sleep 600)"), "{err}");
    assert_eq!(run(&lab, "show indigo/web-01 --timeout 4s").0, 0);
    let (code, out, err) = run(&lab, "cost --timeout 4s");
    assert_eq!((code, out.contains("indigo   total")), (3, true), "{out}{err}");
    let (code, out, err) = run(&lab, "account check --timeout 4s conoha indigo");
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!((code, lines[0]), (3, "indigo  ok"), "{out}{err}");
    assert!(lines[1].starts_with("conoha  waits for its secret (command sleep 600)"), "{out}");
    assert!(err.contains("conoha: waits for its secret"), "{err}");
}

#[test]
fn what_others_have_is_listed_while_one_is_waited_for() {
    let lab = Lab::of("both");
    never_told(&lab, "conoha");
    let mut list = begin(&lab, "list instances");
    let rows: Vec<String> = BufReader::new(list.stdout.take().unwrap()).lines().take(4).map(Result::unwrap).collect();
    assert!(rows[0].starts_with("ACCOUNT") && rows[3].starts_with("indigo"), "{rows:?}");
    assert_eq!(list.try_wait().unwrap(), None, "it waits still");
    kill_process(Pid::from_child(&list), Signal::INT).unwrap();
    assert_eq!(list.wait().unwrap().code(), Some(1));
}

#[test]
fn the_dashboard_says_which_account_waits_for_its_secret() {
    let lab = Lab::of("both").sized(120, 36);
    never_told(&lab, "conoha");
    let terminal = lab.run(&[]);
    terminal.wait_line(&["web-01", "Running"]).wait_for("waits for its secret (command sleep 600)");
}

#[test]
fn a_provider_that_refuses_is_asked_when_it_says_and_others_are_listed() {
    let lab = Lab::of("both");
    lab.simulation.add_fault(Fault::new(FaultKind::Quota).at("/servers/detail"));
    let (code, out, err) = run(&lab, "list instances --timeout 4s");
    assert_eq!((code, out.lines().count()), (1, 4), "{out}{err}");
    assert!(err.contains("conoha: too many requests, says the provider; waits "), "{err}");
    assert!(err.ends_with("conoha: the provider says: too many requests\n"), "{err}");
    let asked = lab.simulation.requests().iter().filter(|r| r.path.ends_with("/servers/detail")).count();
    assert_eq!(asked, 1, "it said 5 s");
}

#[test]
fn a_provider_that_goes_on_refusing_is_given_up_after_a_few_tries_and_others_are_listed() {
    let lab = Lab::of("both");
    lab.simulation.add_fault(Fault::new(FaultKind::Refusal { status: 413 }).at("/servers/detail"));
    let (code, out, err) = run(&lab, "list instances");
    assert_eq!((code, out.lines().count()), (1, 4), "{out}{err}");
    let waits = "conoha: too many requests, says the provider; waits 5 s";
    assert!(err.lines().next().is_some_and(|first| first.contains(waits)), "{err}");
    assert!(err.ends_with("conoha: the provider says: too many requests\n"), "{err}");
    let asked = lab.simulation.requests().iter().filter(|r| r.path.ends_with("/servers/detail")).count();
    assert_eq!(asked, 5);
}

#[test]
fn what_only_reads_needs_no_folder_and_what_changes_names_it() {
    let folders = [("VPSDECK_STATE_DIR", "/dev/null/state"), ("VPSDECK_CACHE_DIR", "/dev/null/cache")];
    let lab = folders.into_iter().fold(Lab::small(), |lab, (name, value)| lab.with(name, value));
    for line in
        ["list instances", "list operations", "show web-01", "cost", "stop web-01 --dry-run", "account check", "watch"]
    {
        let (code, out, err) = run(&lab, line);
        assert_eq!(code, 0, "{line}: {out}{err}");
    }
    let terminal = lab.run(&[]);
    terminal.wait_line(&["web-01", "Running"]).keys("q");
    assert_eq!(terminal.exit_code(), 0);
    let (code, out, err) = run(&lab, "stop web-01 --yes");
    assert_eq!((code, out.as_str()), (2, ""), "{err}");
    assert!(err.contains("nothing can be changed") && err.contains("/dev/null/state"), "{err}");
    assert_eq!(lab.changes_sent(), 0);
}

#[test]
fn a_newline_at_the_end_of_a_variable_is_no_part_of_the_secret() {
    let lab = Lab::small();
    let secret = lab.simulation.accounts()[0].secret.clone();
    let lab = lab.with("SECRET_INDIGO", &format!("{secret}\n"));
    for line in ["list instances", "account check"] {
        let (code, out, err) = run(&lab, line);
        assert_eq!(code, 0, "{out}{err}");
        assert_eq!(
            err, "vpsdeck: indigo: the environment variable SECRET_INDIGO ends with a newline, which is left off\n",
            "{line}"
        );
    }
}

#[test]
fn the_advice_for_a_wrong_secret_names_where_it_comes_from() {
    let lab = Lab::small().with("SECRET_INDIGO", "wrong");
    let (code, out, err) = run(&lab, "account check");
    assert_eq!(code, 3, "{out}{err}");
    assert!(out.contains("the secret in SECRET_INDIGO") && !out.contains("account add"), "{out}");
}

#[test]
fn a_page_in_the_place_of_a_list_is_one_line_and_means_not_reachable() {
    for (world, list) in [("small", "getinstancelist"), ("conoha", "/servers/detail")] {
        let lab = Lab::of(world);
        lab.simulation.add_fault(Fault::new(FaultKind::HtmlError { status: 503 }).at(list));
        let (code, out, err) = run(&lab, "list instances");
        assert_eq!((code, err.lines().count()), (4, 1), "{out}{err}");
        assert!(err.contains("answered 503: ") && !err.contains('<'), "{err}");
    }
}

/// Answers one client as a SOCKS proxy that may not connect it, and tells where it wanted to go.
fn socks(listener: &TcpListener) -> String {
    let (mut client, _) = listener.accept().unwrap();
    let mut head = [0; 2];
    client.read_exact(&mut head).unwrap();
    let mut ways = vec![0; usize::from(head[1])];
    client.read_exact(&mut ways).unwrap();
    client.write_all(&[5, 0]).unwrap();
    let mut request = [0; 5];
    client.read_exact(&mut request).unwrap();
    assert_eq!((request[0], request[3]), (5, 3), "the proxy looks the name up");
    let mut name = vec![0; usize::from(request[4])];
    client.read_exact(&mut name).unwrap();
    client.write_all(&[5, 2, 0, 1, 0, 0, 0, 0, 0, 0]).unwrap();
    String::from_utf8(name).unwrap()
}

#[test]
fn a_socks_proxy_is_used_and_named_and_one_that_cannot_be_used_is_named_too() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let proxy = format!("socks5h://127.0.0.1:{}", listener.local_addr().unwrap().port());
    let config = "[[account]]\nname = \"far\"\nprovider = \"indigo\"\nendpoint = \"https://api.example.invalid\"\n\
                  client_id = \"key\"\nsecret = { env = \"SECRET_INDIGO\" }\n";
    let lab = Lab::small().with("ALL_PROXY", &proxy);
    lab.write_config(config);
    let asked = std::thread::spawn(move || socks(&listener));
    let (code, out, err) = run(&lab, "account check");
    assert_eq!((code, asked.join().unwrap().as_str()), (4, "api.example.invalid"), "{out}{err}");
    assert!(out.contains(&format!("through the proxy {proxy} (ALL_PROXY)")), "{out}");
    let lab = lab.with("ALL_PROXY", "socks://127.0.0.1:9");
    let (code, out, _) = run(&lab, "account check");
    assert!(code == 4 && out.contains("ALL_PROXY names a proxy that cannot be used"), "{out}");
}

#[test]
fn whoever_sits_at_the_terminal_is_told_that_standard_input_is_read() {
    let lab = Lab::small();
    let terminal = lab.run(&["create", "--name", "new", "--image", "Debian 12", "--password-from-stdin"]);
    terminal.wait_for("reads from standard input; Ctrl-D ends it").keys("\u{4}");
    assert_eq!(terminal.wait_for("standard input held no password").exit_code(), 2);
}
