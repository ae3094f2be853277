//! Changes made elsewhere: at the provider's web panel, by a colleague, by the script of a world file.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::sim::log::Origin;
use crate::sim::seed;
use crate::sim::strict::refuse_unknown_keys;
use crate::sim::world::account::Account;
use crate::sim::world::cloud::GroupRule;
use crate::sim::world::instance::{Oddities, State};
use crate::sim::world::power::PowerVerb;
use crate::sim::world::refusal::Refusal;
use crate::sim::world::turn::Turn;
use crate::sim::world::world_state::World;
use crate::sim::worldfile::InstanceSeed;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "op", rename_all = "snake_case")]
pub enum Op {
    /// `Running` and `Stopped` (`ACTIVE`, `SHUTOFF`) set the state; any other word is shown in place of the true one, `""` takes it back.
    SetStatus {
        instance: String,
        status: String,
    },
    /// Does what a client can ask for, with the same refusals.
    Power {
        instance: String,
        /// `start`, `stop`, `forcestop`, `reset`, `destroy`.
        verb: PowerVerb,
    },
    Rename {
        instance: String,
        name: String,
    },
    /// Takes a machine away at once, without lingering.
    RemoveInstance {
        instance: String,
    },
    AddInstance {
        seed: Box<InstanceSeed>,
    },
    SetOdd {
        instance: String,
        odd: Oddities,
    },
    /// ConoHa: sets the panel's delete lock, or takes it off.
    SetLock {
        instance: String,
        locked: bool,
    },
    TakeSnapshot {
        instance: String,
        name: String,
    },
    RemoveSnapshot {
        snapshot: u64,
    },
    /// Sends a record as this JSON, or as this text where it is a string; `null` takes it back.
    RawRecord {
        #[serde(default)]
        instance: Option<String>,
        #[serde(default)]
        snapshot: Option<u64>,
        #[serde(default)]
        json: Value,
    },
    /// ConoHa: puts a rule into a firewall. Fields of the rule may be such as the API takes from nobody.
    AddRule {
        firewall: String,
        /// The fields that are sent in place of those of a rule that lets everything in.
        json: Map<String, Value>,
    },
    OutOfStock {
        plans: Vec<u64>,
    },
    ExpireTokens,
    /// Makes another secret the right one, and ends all tokens.
    ChangeSecret {
        /// The secret.
        secret: String,
    },
    /// Sets how many requests a minute are granted.
    SetQuota {
        /// Requests a minute.
        quota: u32,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct Change {
    pub account: String,
    #[serde(flatten)]
    pub op: Op,
}

refuse_unknown_keys!(Change);

/// Why a change was not made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChangeError {
    #[error("there is no account named {0}")]
    NoAccount(String),
    /// The world says no.
    #[error("refused: {0}")]
    Refused(#[from] Refusal),
}

/// Makes a change in the world as somebody else.
///
/// # Errors
/// There is no such account, or the world refuses.
pub fn make(world: &mut World, change: &Change) -> Result<(), ChangeError> {
    let none = || ChangeError::NoAccount(change.account.clone());
    let place = world.place_of(&change.account).ok_or_else(none)?;
    let (account, mut turn) = world.turn(place, Origin::Elsewhere).ok_or_else(none)?;
    Ok(apply(account, &mut turn, &change.op)?)
}

fn apply(account: &mut Account, turn: &mut Turn<'_>, op: &Op) -> Result<(), Refusal> {
    let find = |account: &Account, name: &str| account.instance_named(name).ok_or(Refusal::NoInstance);
    match op {
        Op::SetStatus { instance, status } => {
            let id = find(account, instance)?;
            let machine = account.instance_mut(id)?;
            machine.word = None;
            machine.cloud.since = turn.now;
            if matches!(status.as_str(), "Running" | "Stopped" | "ACTIVE" | "SHUTOFF") {
                machine.provisioned.get_or_insert(turn.now);
            }
            match status.as_str() {
                "Running" | "ACTIVE" => machine.state = State::Running,
                "Stopped" | "SHUTOFF" => machine.state = State::Stopped,
                "" => {}
                other => machine.word = Some(other.to_owned()),
            }
            account.note(turn, "set_status", format!("instance {id}"));
        }
        Op::Power { instance, verb } => {
            let id = find(account, instance)?;
            account.power(turn, id, *verb)?;
        }
        Op::Rename { instance, name } => {
            let id = find(account, instance)?;
            account.instance_mut(id)?.name.clone_from(name);
            account.note(turn, "rename", format!("instance {id}"));
        }
        Op::RemoveInstance { instance } => {
            let id = find(account, instance)?;
            account.drop_instance(id, turn.quirks.orphaned_snapshots);
            account.note(turn, "remove_instance", format!("instance {id}"));
        }
        Op::AddInstance { seed } => {
            let id = seed::add_instance(account, turn, seed);
            account.note(turn, "add_instance", format!("instance {id}"));
        }
        Op::SetOdd { instance, odd } => {
            let id = find(account, instance)?;
            account.instance_mut(id)?.odd = *odd;
        }
        Op::SetLock { instance, locked } => {
            let id = find(account, instance)?;
            account.instance_mut(id)?.cloud.lock(*locked);
            account.note(turn, "set_lock", format!("instance {id}"));
        }
        Op::TakeSnapshot { instance, name } => {
            let id = find(account, instance)?;
            account.take_snapshot(turn, id, name, 0)?;
        }
        Op::RemoveSnapshot { snapshot } => account.delete_snapshot(turn, *snapshot)?,
        Op::RawRecord { instance, snapshot, json } => set_raw(account, instance.as_deref(), *snapshot, json)?,
        Op::AddRule { firewall, json } => {
            let known = account.firewalls.iter().find(|known| known.name == *firewall);
            let id = known.ok_or(Refusal::NoFirewall)?.id;
            account.put_rule(id, GroupRule { ingress: true, odd: json.clone(), ..GroupRule::default() });
        }
        Op::OutOfStock { plans } => account.out_of_stock.clone_from(plans),
        Op::ExpireTokens => account.tokens.clear(),
        Op::ChangeSecret { secret } => {
            account.tokens.clear();
            if let Some(key) = account.api_keys.first_mut() {
                key.secret.clone_from(secret);
            }
        }
        Op::SetQuota { quota } => account.quota = *quota,
    }
    Ok(())
}

fn set_raw(account: &mut Account, instance: Option<&str>, snapshot: Option<u64>, json: &Value) -> Result<(), Refusal> {
    let text = match json {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    };
    if let Some(name) = instance {
        let id = account.instance_named(name).ok_or(Refusal::NoInstance)?;
        account.instance_mut(id)?.raw.clone_from(&text);
    }
    if let Some(id) = snapshot {
        account.snapshot_mut(id)?.raw = text;
    }
    Ok(())
}
