//! How Indigo differs from others. Pure.

mod judge;
mod plan;
mod possible;
mod prices;
mod risks;
mod settle;

#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod judge_tests;
#[cfg(test)]
mod plan_tests;
#[cfg(test)]
mod possible_tests;
#[cfg(test)]
mod risks_tests;
#[cfg(test)]
mod settle_tests;

use std::time::Duration;

use crate::domain::{
    Action, Answer, Before, Call, Instance, Limit, ListKey, On, Picture, Possible, PowerCall, Price, RiskFact, Rules,
    Settled, Step, Verb, Verdict, Wall,
};

/// At most so many snapshots an instance (the provider's page, September 2026).
const SLOTS: usize = 5;

/// What Indigo can do and why not.
#[derive(Debug, Clone, Copy, Default)]
pub struct IndigoRules;

impl Rules for IndigoRules {
    fn key(&self) -> &'static str {
        "indigo"
    }

    fn label(&self) -> &'static str {
        "indigo.name"
    }

    /// Six a minute was measured in May 2024, one per 500 ms in 2022.
    fn default_limit(&self) -> Option<Limit> {
        Some(Limit { per_minute: 6, spacing_ms: 500 })
    }

    fn snapshots_per_instance(&self) -> bool {
        true
    }

    fn snapshot_slots(&self) -> Option<usize> {
        Some(SLOTS)
    }

    fn has(&self, list: &ListKey) -> bool {
        !matches!(
            list,
            ListKey::Instance(_) | ListKey::Snapshot(_) | ListKey::Quota | ListKey::Backups | ListKey::Graphs(_)
        )
    }

    /// Only RSA is known to be taken (2024); ed25519 was refused in May 2022, and nobody told since.
    fn key_kind_may_be_refused(&self, kind: &str) -> bool {
        kind != "ssh-rsa"
    }

    /// One client says so (2026); others sent keys with comments in 2022 and 2023.
    fn key_comment_may_be_refused(&self) -> bool {
        true
    }

    fn catalogue(&self) -> Vec<ListKey> {
        vec![ListKey::Images]
    }

    fn possible(&self, verb: Verb, on: On<'_>, picture: &Picture) -> Possible {
        possible::possible(verb, on, picture)
    }

    fn plan(&self, action: &Action, picture: &Picture) -> Vec<Step> {
        plan::plan(action, picture)
    }

    fn judge(&self, call: &Call, answer: &Answer) -> Verdict {
        judge::judge(call, answer)
    }

    fn settle(&self, call: &Call, before: &Before, picture: &Picture, now: Wall) -> Settled {
        settle::settle(call, before, picture, now)
    }

    /// What users report: a stop takes minutes, a destroyed machine lingers up to two.
    fn usual(&self, call: &Call) -> Duration {
        Duration::from_secs(match call {
            Call::Power { what: PowerCall::Start, .. } => 30,
            Call::Power { what: PowerCall::Stop, .. } => 120,
            Call::Power { what: PowerCall::ForceStop, .. } => 20,
            Call::Power { what: PowerCall::Reboot | PowerCall::HardReboot, .. } => 60,
            Call::Destroy { .. } => 60,
            Call::TakeSnapshot { .. } | Call::RetakeSnapshot { .. } => 180,
            Call::Restore { .. } => 60,
            Call::AddKey { .. }
            | Call::ChangeKey { .. }
            | Call::DeleteKey { .. }
            | Call::CreateApiKey {}
            | Call::DeleteApiKey { .. } => 2,
            _ => 10,
        })
    }

    fn risks(&self, action: &Action, picture: &Picture, now: Wall) -> Vec<RiskFact> {
        risks::risks(action, picture, now)
    }

    fn price(&self, instance: &Instance) -> Option<Price> {
        prices::price(instance.plan.as_ref()?)
    }
}
