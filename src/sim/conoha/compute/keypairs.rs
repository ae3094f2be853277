//! SSH keys by name.

use serde_json::{Value, json};

use crate::sim::conoha::answer::Answer;
use crate::sim::conoha::compute::reply::fail;
use crate::sim::conoha::service::Service;
use crate::sim::conoha::{body, errors, pages};
use crate::sim::request_context::{Request, RequestContext};
use crate::sim::world::key::SshKey;

pub(super) fn route(context: &mut RequestContext<'_>, request: &Request<'_>, rest: &[&str]) -> Answer {
    match (request.method, rest) {
        ("GET", []) => {
            let row = |key: &SshKey| (key.name.clone(), String::new(), json!({"keypair": record(key)}).to_string());
            pages::list(context, request, "keypairs", context.account.ssh_keys.iter().map(row).collect())
        }
        ("POST", []) => add(context, request),
        ("GET", [name]) => match context.account.ssh_keys.iter().find(|key| key.name == *name) {
            Some(key) => Answer::one(200, "keypair", &record(key).to_string()),
            None => fail(404, "Keypair not found."),
        },
        ("DELETE", [name]) => {
            let known = context.account.ssh_keys.iter().find(|key| key.name == *name).map(|key| key.id);
            match known.map(|id| context.account.delete_ssh_key(&mut context.turn, id)) {
                Some(Ok(())) => Answer::empty(202),
                _ => fail(404, "Keypair not found."),
            }
        }
        _ => errors::no_such_path(Service::Compute),
    }
}

/// Without a public key one is made, and its private half comes back, once.
fn add(context: &mut RequestContext<'_>, request: &Request<'_>) -> Answer {
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
    if context.account.ssh_keys.iter().any(|key| key.name == name) {
        return fail(409, &format!("Key pair '{name}' already exists."));
    }
    let (line, made) = match body::text(&fields, "public_key") {
        Some(line) if line.starts_with("ssh-") || line.starts_with("ecdsa-") => (line.to_owned(), false),
        Some(_) => return fail(400, "Keypair data is invalid: public_key"),
        None => (format!("ssh-rsa AAAAB3NzaC1yc2E{} Generated", context.turn.chance.letters(60)), true),
    };
    let key = context.account.put_ssh_key(&context.turn, name, &line);
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
