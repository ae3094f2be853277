//! `vpsdeck simulate` by the real binary: what it prints is a configuration that works.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// The simulator, ended with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended as it should.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn program(home: &std::path::Path) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_vpsdeck"));
    program.env_clear().env("HOME", home).current_dir(home).stdin(Stdio::null());
    program
}

#[test]
fn the_printed_configuration_and_secret_log_in_until_ctrl_c() {
    let home = tempfile::tempdir().unwrap();
    let mut simulator = program(home.path());
    simulator.args(["simulate", "--world", "small", "--seed", "7"]).stdout(Stdio::piped());
    let mut simulator = Running(simulator.spawn().unwrap());
    let mut lines = BufReader::new(simulator.0.stdout.take().unwrap()).lines().map(Result::unwrap);
    let mut config = String::new();
    let export = loop {
        let line = lines.next().unwrap();
        match line.strip_prefix("export ") {
            Some(export) => break export.to_owned(),
            None => config.push_str(&format!("{line}\n")),
        }
    };
    let (name, secret) = export.split_once('=').unwrap();
    assert_eq!(name, "VPSDECK_SIM_SECRET");
    std::fs::write(home.path().join("sim.toml"), config).unwrap();

    let check = |secret: &str| {
        let words = ["account", "check", "--config", "sim.toml"];
        program(home.path()).args(words).env(name, secret).output().unwrap()
    };
    let ran = check(secret.trim_matches('\''));
    assert_eq!(String::from_utf8_lossy(&ran.stdout), "indigo  ok\n");

    let id = rustix::process::Pid::from_child(&simulator.0);
    rustix::process::kill_process(id, rustix::process::Signal::INT).unwrap();
    assert_eq!(simulator.0.wait().unwrap().code(), Some(0));
    assert_eq!(check(secret.trim_matches('\'')).status.code(), Some(4));
}

#[test]
fn a_port_that_is_taken_is_named() {
    let home = tempfile::tempdir().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let ran = program(home.path()).args(["simulate", "--port", &port]).output().unwrap();
    assert_eq!((ran.status.code(), ran.stdout.len()), (Some(2), 0));
    let said = String::from_utf8(ran.stderr).unwrap();
    assert!(said.starts_with(&format!("vpsdeck: port {port} cannot be had: ")), "{said}");
}
