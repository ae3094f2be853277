//! Making a firewall and changing its rules. Neutron takes a group and each of its rules one by one, so either is
//! several requests: what is missing is added before what is too much is taken away, so that nobody is locked out in
//! between, and both are found by looking, so that a second try goes on where the first one ended.

use reqwest::Method;
use serde_json::{Value, json};

use super::answer::{already_so, replied};
use super::api::ConohaV2;
use super::endpoints::Service;
use crate::domain::{Answer, Call, Kind, Output, ResourceId, Rule};
use crate::provider::http::{Failure, one};
use crate::provider::openstack::{rule, rule::Allowed, wire};

impl ConohaV2 {
    /// Makes a group, gives it its rules and puts it on instances. What a new group has by itself, all traffic
    /// outward, stays where no outward rule is asked for.
    pub(super) async fn make_group(&self, call: &Call, name: &str, rules: &[Rule], on: &[ResourceId]) -> Answer {
        let wanted: Vec<Allowed> = match rules.iter().map(Allowed::of).collect() {
            Ok(wanted) => wanted,
            Err(said) => return Answer::NotJournalled { said },
        };
        let body = json!({"security_group": {"name": name, "description": ""}});
        let made = self.networking(call, Method::POST, &["security-groups"], Some(&body)).await;
        let Some(group) = made_group(&made) else { return made };
        let keeps_outward = !wanted.iter().any(Allowed::is_outward);
        if let Err(answer) = self.put_rules(call, &group, rules, keeps_outward).await {
            return half_done(answer, group);
        }
        for instance in on {
            let put = self.regroup(call, instance, &group, true).await;
            if !is_done(&put) {
                return half_done(put, group);
            }
        }
        made
    }

    /// Gives a group these rules and no others, and its name.
    pub(super) async fn change_group(&self, call: &Call, group: &ResourceId, name: &str, rules: &[Rule]) -> Answer {
        let sent = match self.put_rules(call, group, rules, false).await {
            Ok(sent) => sent,
            Err(answer) => return answer,
        };
        if sent.name == name {
            return already_so();
        }
        let body = json!({"security_group": {"name": name}});
        self.networking(call, Method::PUT, &["security-groups", group.as_str()], Some(&body)).await
    }

    /// Adds and takes away rules until the group has those that are wanted; the group as it was before.
    async fn put_rules(
        &self,
        call: &Call,
        group: &ResourceId,
        wanted: &[Rule],
        keeps_outward: bool,
    ) -> Result<wire::SecurityGroup, Answer> {
        let sent = self.group(call, group).await?;
        let is_kept = |old: &Allowed| keeps_outward && old.is_all_outward();
        let change = rule::change(&sent.rules, wanted, is_kept).map_err(|said| Answer::NotJournalled { said })?;
        let mut changed = 0;
        for new in change.new {
            let body = new.body(group.as_str());
            let answer = self.networking(call, Method::POST, &["security-group-rules"], Some(&body)).await;
            if !is_done(&answer) && !is_there_already(&answer) {
                return Err(broken_off(answer, changed));
            }
            changed += 1;
        }
        for id in change.gone {
            let answer = self.networking(call, Method::DELETE, &["security-group-rules", &id], None).await;
            if !is_done(&answer) && !matches!(answer, Answer::Replied { status: 404, understood: true, .. }) {
                return Err(broken_off(answer, changed));
            }
            changed += 1;
        }
        Ok(sent)
    }

    async fn group(&self, call: &Call, id: &ResourceId) -> Result<wire::SecurityGroup, Answer> {
        let path = ["security-groups", id.as_str()];
        let sent = self.send(Service::Network, Method::GET, &path, &[], None).await;
        let (url, reply) = sent.map_err(|failure| match failure.of_change() {
            // A read that was lost changed nothing.
            Answer::Lost { said } => Answer::NotConnected { said },
            answer => answer,
        })?;
        if !reply.is_success() {
            return Err(replied(call, &url, &reply));
        }
        let body = one::<wire::OneSecurityGroup>(&reply.text());
        body.map(|body| body.security_group)
            .map_err(|_| Answer::NotJournalled { said: "the group was not understood".to_owned() })
    }

    async fn networking(&self, call: &Call, method: Method, path: &[&str], body: Option<&Value>) -> Answer {
        match self.send(Service::Network, method, path, &[], body).await {
            Ok((url, reply)) => replied(call, &url, &reply),
            Err(failure) => Failure::of_change(failure),
        }
    }
}

const fn is_done(answer: &Answer) -> bool {
    matches!(answer, Answer::Replied { status: 200..=299, understood: true, .. })
}

/// Whether an equal rule was made meanwhile. A conflict of another kind, such as a quota, is a refusal.
fn is_there_already(answer: &Answer) -> bool {
    matches!(answer, Answer::Replied { status: 409, code: Some(code), .. } if code.contains("Exists"))
}

/// The group that was made, where it was.
fn made_group(answer: &Answer) -> Option<ResourceId> {
    let Answer::Replied { outputs, .. } = answer else { return None };
    outputs.iter().find_map(|output| output.id(Kind::Firewall)).cloned()
}

/// The answer where some rules were changed and the next one was refused. A second try goes on from there, so that what
/// says that nothing happened may stand.
fn broken_off(mut answer: Answer, changed: usize) -> Answer {
    if let Answer::Replied { said, .. } = &mut answer
        && changed > 0
    {
        let words = said.as_deref().unwrap_or("no words").to_owned();
        *said = Some(format!("{changed} rules were changed before this one was refused: {words}"));
    }
    answer
}

/// The answer where the group is there and something after it went wrong. It must not pass for one without effect: a
/// second try would make a second group.
fn half_done(answer: Answer, group: ResourceId) -> Answer {
    let said = |said: &str| format!("the firewall was made, but not all of it: {said}");
    match answer {
        // On its own it would say that nothing happened.
        Answer::Replied { status: 413 | 429, .. } => Answer::Lost { said: said("too many requests") },
        Answer::Replied { status, code, said: words, request_id, body, understood, mut outputs, wait_until } => {
            outputs.push(Output::Firewall(group));
            let said = Some(said(words.as_deref().unwrap_or("no words")));
            Answer::Replied { status, code, said, request_id, body, understood, outputs, wait_until }
        }
        Answer::NotConnected { said: why }
        | Answer::Lost { said: why }
        | Answer::NotJournalled { said: why }
        | Answer::NotAuthorised { said: why } => Answer::Lost { said: said(&why) },
        Answer::OverBudget { .. } => Answer::Lost { said: said("the request budget is spent") },
    }
}
