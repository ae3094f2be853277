//! The command line that does what an operation did.

use crate::app::App;
use crate::domain::{Action, Kind, Order, OrderSource, Reboot, Ref, Target};
use crate::words::cells::clean;

/// The command line that asks for the same, where there is one.
#[must_use]
pub fn command_line(app: &App, action: &Action) -> Option<String> {
    let quoted = |text: &str| {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_./@:+".contains(c);
        if !text.is_empty() && text.chars().all(plain) && !text.starts_with('-') {
            text.to_owned()
        } else {
            format!("'{}'", text.replace('\'', "'\\''"))
        }
    };
    // By its name, where no other of its account bears the same and it can be typed.
    let called = |target: &Target| {
        let inventory = app.engine.account(target.account()).map(|a| &a.inventory);
        let same = |name: &str| *name == target.name;
        let count = inventory.map_or(0, |p| match target.resource.kind {
            Kind::Snapshot => p.snapshots().filter(|s| same(&s.name)).count(),
            Kind::Key => p.keys().iter().filter(|k| same(&k.name)).count(),
            Kind::ApiKey => p.api_keys().iter().filter(|k| same(&k.key)).count(),
            _ => p.instances().iter().filter(|i| same(&i.name)).count(),
        });
        let typed = !target.name.trim().is_empty() && clean(&target.name) == target.name;
        if count <= 1 && typed { target.name.clone() } else { target.id().to_string() }
    };
    let full = |target: &Target| quoted(&format!("{}/{}", target.account(), called(target)));
    let line = match action {
        Action::Reboot { how: Reboot::Hard | Reboot::StopAndStart, .. } => return None,
        Action::TakeSnapshot { instance, name, .. } => {
            format!("take-snapshot {} --name {}", full(instance), quoted(name))
        }
        Action::Restore { snapshot, instance, save_first: None } => {
            format!("restore {} --from {}", full(instance), quoted(&called(snapshot)))
        }
        Action::CreateInstance { new, order, add_key, start, firewalls, answers } => {
            // A key that was added first is there now.
            let key = match (&order.key, add_key) {
                (_, Some(key)) => Some(key.name.as_str()),
                (Some(Ref::Known(id)), None) => Some(id.as_str()),
                _ => None,
            };
            ordered(new, order, key, firewalls, *start, *answers, quoted)?
        }
        Action::ChangeKey { key, to, .. } if to.name != key.name => {
            format!("key rename {} {}", full(key), quoted(&to.name))
        }
        Action::ChangeKey { key, active: true, .. } => format!("key activate {}", full(key)),
        Action::ChangeKey { key, .. } => format!("key deactivate {}", full(key)),
        Action::CreateApiKey { new } => format!("key api create --account {}", quoted(new.account().as_str())),
        _ => match action.other().filter(|other| other.resource.kind == Kind::Plan) {
            Some(plan) => {
                let (verb, plan) = (action.verb().name(), quoted(plan.id().as_str()));
                format!("{verb} {} --plan {plan}", full(action.subject()))
            }
            None => {
                let too = match action.deleted_after().first().map(|target| target.resource.kind) {
                    Some(Kind::Volume) => " --with-volume",
                    Some(_) => " --with-volume-snapshots",
                    None => "",
                };
                format!("{} {}{too}", action.verb().command()?, full(action.subject()))
            }
        },
    };
    Some(format!("vpsdeck {line}"))
}

/// `create --account lab --name web …`; ids, since names may be repeated.
fn ordered(
    new: &Target,
    order: &Order,
    key: Option<&str>,
    firewalls: &[Target],
    start: bool,
    answers: Option<u16>,
    quoted: impl Fn(&str) -> String,
) -> Option<String> {
    let made_from = match &order.source {
        OrderSource::Image(id) => format!("--image {}", quoted(id.as_str())),
        OrderSource::Import { url, .. } => format!("--import-url {}", quoted(url)),
        OrderSource::Snapshot(Ref::Known(id)) => format!("--from {}", quoted(id.as_str())),
        OrderSource::Snapshot(_) | OrderSource::Volume(_) => return None,
    };
    let account = quoted(new.account().as_str());
    let mut line = format!("create --account {account} --name {} {made_from}", quoted(&new.name));
    let mut add = |option: &str, value: &str| {
        line.push_str(&format!(" --{option} {}", quoted(value)));
    };
    add("plan", order.plan.as_str());
    key.iter().for_each(|key| add("key", key));
    order.firewalls.iter().for_each(|name| add("firewall", name));
    firewalls.iter().for_each(|firewall| add("firewall", firewall.id().as_str()));
    order.region.iter().for_each(|region| add("region", region.as_str()));
    order.network.iter().for_each(|network| add("network", network.as_str()));
    answers.iter().for_each(|port| add("until-port", &port.to_string()));
    if order.had_password {
        line.push_str(" --password-from-stdin");
    }
    if !start {
        line.push_str(" --no-start");
    }
    Some(line)
}
