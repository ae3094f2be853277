//! How `ConoHa` VPS Ver.2.0 differs from others. Pure.

use std::time::Duration;

use crate::domain::{
    Action, Answer, Before, Call, Instance, Limit, ListKey, On, Picture, Possible, Price, RiskFact, Rules, Settled,
    StatusKind, Step, Verb, Verdict, Wall,
};

/// What `ConoHa` VPS Ver.2.0 can do and why not.
#[derive(Debug, Clone, Copy, Default)]
pub struct ConohaV2Rules;

impl Rules for ConohaV2Rules {
    fn key(&self) -> &'static str {
        "conoha-v2"
    }

    fn label(&self) -> &'static str {
        "conoha-v2.name"
    }

    fn default_limit(&self) -> Option<Limit> {
        None
    }

    fn snapshots_per_instance(&self) -> bool {
        false
    }

    fn snapshot_slots(&self) -> Option<usize> {
        None
    }

    fn catalogue(&self) -> Vec<ListKey> {
        vec![ListKey::Images, ListKey::Plans(None)]
    }

    fn possible(&self, _verb: Verb, _on: On<'_>, _picture: &Picture) -> Possible {
        Possible::Never
    }

    fn plan(&self, _action: &Action, _picture: &Picture) -> Vec<Step> {
        Vec::new()
    }

    fn judge(&self, _call: &Call, _answer: &Answer) -> Verdict {
        Verdict::Unknown
    }

    fn settle(&self, _call: &Call, _before: &Before, _picture: &Picture, _now: Wall) -> Settled {
        Settled::Cannot
    }

    fn shown_while(&self, _call: &Call) -> Option<StatusKind> {
        None
    }

    fn usual(&self, _call: &Call) -> Duration {
        Duration::from_secs(10)
    }

    fn risks(&self, _action: &Action, _picture: &Picture, _now: Wall) -> Vec<RiskFact> {
        Vec::new()
    }

    fn price(&self, _instance: &Instance) -> Option<Price> {
        None
    }
}
