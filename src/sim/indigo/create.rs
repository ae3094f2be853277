//! `POST /vm/createinstance`: one path, four forms. Recorded 2024-10 for the first and the third.

use crate::sim::indigo::answer::Answer;
use crate::sim::indigo::body::Body;
use crate::sim::indigo::instances;
use crate::sim::indigo::record::Record;
use crate::sim::request_context::RequestContext;
use crate::sim::world::create::Source;
use crate::sim::world::refusal::Refusal;

pub(super) fn create(context: &mut RequestContext<'_>, body: &Body) -> Answer {
    let (Some(name), Some(plan), Some(source)) = (body.text("instanceName"), body.number("instancePlan"), source(body))
    else {
        return context.refuse(Refusal::BadRequest);
    };
    let made = context.account.create_instance(&mut context.turn, name, plan, &source);
    match made.and_then(|id| context.account.instance(id)) {
        Ok(instance) => {
            let machine = instances::core(context, instance, true).end();
            Answer::backend(
                201,
                Record::new()
                    .with("success", true)
                    .with("message", "Instance has been created successfully")
                    .with_text("vms", &machine)
                    .end(),
            )
        }
        Err(refusal) => context.refuse(refusal),
    }
}

fn source(body: &Body) -> Option<Source> {
    let image = body.number("osId");
    let key = body.number("sshKeyId").unwrap_or(0);
    if let Some(url) = body.text("importUrl") {
        return Some(Source::Import { url: url.to_owned() });
    }
    if let Some(id) = body.number("snapshotId").filter(|id| *id > 0) {
        return Some(Source::Snapshot { id, key });
    }
    if body.text("winPassword").is_some() {
        return Some(Source::Windows { image: image? });
    }
    Some(Source::Linux { image: image?, key })
}
