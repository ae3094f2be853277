//! SSH keys by name.

use serde_json::{Value, json};

use super::{Desk, Request, Service, fail};
use crate::sim::conoha::answer::Answer;
use crate::sim::conoha::{body, errors, pages};
use crate::sim::world::key::SshKey;

pub(super) fn route(desk: &mut Desk<'_>, request: &Request<'_>, rest: &[&str]) -> Answer {
    match (request.method, rest) {
        ("GET", []) => {
            let row = |key: &SshKey| (key.name.clone(), String::new(), json!({"keypair": record(key)}).to_string());
            pages::list(desk, request, "keypairs", desk.account.ssh_keys.iter().map(row).collect())
        }
        ("POST", []) => add(desk, request),
        ("GET", [name]) => match desk.account.ssh_keys.iter().find(|key| key.name == *name) {
            Some(key) => Answer::one(200, "keypair", &record(key).to_string()),
            None => fail(404, "Keypair not found."),
        },
        ("DELETE", [name]) => {
            let known = desk.account.ssh_keys.iter().find(|key| key.name == *name).map(|key| key.id);
            match known.map(|id| desk.account.delete_ssh_key(&mut desk.turn, id)) {
                Some(Ok(())) => Answer::empty(202),
                _ => fail(404, "Keypair not found."),
            }
        }
        _ => errors::no_such_path(Service::Compute),
    }
}

/// Without a public key one is made, and its private half comes back, once.
fn add(desk: &mut Desk<'_>, request: &Request<'_>) -> Answer {
    let fields = match body::inside(Service::Compute, request, "keypair") {
        Ok(fields) => fields,
        Err(refused) => return refused,
    };
    let fits = |name: &&str| {
        (1..=255).contains(&name.len()) && name.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c))
    };
    let Some(name) = body::text(&fields, "name").filter(fits) else {
        return fail(400, "Keypair data is invalid: name");
    };
    if desk.account.ssh_keys.iter().any(|key| key.name == name) {
        return fail(409, &format!("Key pair '{name}' already exists."));
    }
    let (line, made) = match body::text(&fields, "public_key") {
        Some(line) if line.starts_with("ssh-") || line.starts_with("ecdsa-") => (line.to_owned(), false),
        Some(_) => return fail(400, "Keypair data is invalid: public_key"),
        None => (format!("ssh-rsa AAAAB3NzaC1yc2E{} Generated", desk.turn.chance.letters(60)), true),
    };
    let key = desk.account.put_ssh_key(&desk.turn, name, &line);
    let mut told = record(&key);
    if let Some(fields) = told.as_object_mut().filter(|_| made) {
        fields.insert("private_key".to_owned(), json!("a private key would stand here"));
    }
    Answer::one(200, "keypair", &told.to_string())
}

fn record(key: &SshKey) -> Value {
    let seed = key.line.bytes().fold(1_u64, |all, letter| all.wrapping_mul(131).wrapping_add(u64::from(letter)));
    let digits = crate::sim::chance::Chance::of_seed(seed).uuid().replace('-', "");
    let pairs: Vec<String> = digits.as_bytes().chunks(2).map(|two| String::from_utf8_lossy(two).into_owned()).collect();
    json!({"public_key": key.line, "name": key.name, "fingerprint": pairs.join(":")})
}
