//! Images as Nova tells them: saved ones, then the public ones.

use serde_json::{Map, Value, json};

use crate::sim::clock::Moment;
use crate::sim::conoha::answer::Answer;
use crate::sim::conoha::compute::reply::{bookmark, fail, links};
use crate::sim::conoha::ids::{self, Kind};
use crate::sim::conoha::{pages, times};
use crate::sim::request_context::{Request, RequestContext};
use crate::sim::world::catalogue::PublicImage;
use crate::sim::world::snapshot::{Saving, Snapshot};

pub(super) fn list(context: &RequestContext<'_>, request: &Request<'_>, detail: bool) -> Answer {
    let short =
        |id: &str, name: &str| json!({"id": id, "links": links(context, "images", id), "name": name}).to_string();
    let saved = context.account.snapshots.iter().rev().map(|image| {
        let id = ids::own(Kind::Image, context.account, image.id);
        let json = if detail { saved_text(context, image) } else { short(&id, &image.name) };
        (id, image.name.clone(), json)
    });
    let public = context.turn.catalogue.public.iter().map(|image| {
        let id = ids::public_image(context.turn.catalogue, image.number);
        let json = if detail { public_record(context, image).to_string() } else { short(&id, &image.name) };
        (id, image.name.clone(), json)
    });
    pages::list(context, request, "images", saved.chain(public).collect())
}

pub(super) fn one(context: &RequestContext<'_>, id: &str) -> Answer {
    if let Some(image) = saved_by_id(context, id) {
        return Answer::one(200, "image", &saved_text(context, image));
    }
    match public_by_id(context, id) {
        Some(image) => Answer::one(200, "image", &public_record(context, image).to_string()),
        None => fail(404, "Image not found."),
    }
}

pub(in crate::sim::conoha) fn saved_by_id<'d>(context: &'d RequestContext<'_>, id: &str) -> Option<&'d Snapshot> {
    context.account.snapshots.iter().find(|image| ids::own(Kind::Image, context.account, image.id) == id)
}

pub(in crate::sim::conoha) fn public_by_id<'d>(context: &RequestContext<'d>, id: &str) -> Option<&'d PublicImage> {
    context.turn.catalogue.public.iter().find(|image| ids::public_image(context.turn.catalogue, image.number) == id)
}

fn saved_text(context: &RequestContext<'_>, image: &Snapshot) -> String {
    image.raw.clone().unwrap_or_else(|| saved_record(context, image).to_string())
}

/// Nova's status and progress, and Glance's word for the same.
pub(in crate::sim::conoha) fn progress(
    context: &RequestContext<'_>,
    image: &Snapshot,
) -> (&'static str, u32, &'static str) {
    let quirks = &context.turn.quirks.conoha;
    let [queued, saving, active] = quirks.progress;
    match image.saving {
        Saving::Created { .. } => ("ACTIVE", active, "active"),
        Saving::Failed => ("ERROR", 0, "killed"),
        Saving::Running { until, .. } => {
            let all = until.seconds_since(image.begun).max(0.001);
            let done = context.turn.now.seconds_since(image.begun) / all * 100.0;
            if done < f64::from(quirks.queued_percent) {
                ("SAVING", queued, "queued")
            } else {
                ("SAVING", saving, "saving")
            }
        }
    }
}

fn saved_record(context: &RequestContext<'_>, image: &Snapshot) -> Value {
    let id = ids::own(Kind::Image, context.account, image.id);
    let server = ids::own(Kind::Server, context.account, image.instance);
    let (status, progress, _) = progress(context, image);
    let (updated, size) = match image.saving {
        Saving::Created { at } => (at, image.size),
        _ => (image.begun, 0),
    };
    let mut metadata = public_metadata(context.turn.catalogue.public(image.image));
    metadata.insert("instance_uuid".to_owned(), json!(server));
    if context.turn.quirks.conoha.image_type {
        metadata.insert("image_type".to_owned(), json!("snapshot"));
    }
    json!({
        "status": status,
        "updated": times::zulu(context, updated),
        "links": links(context, "images", &id),
        "id": id,
        "OS-EXT-IMG-SIZE:size": size,
        "name": image.name,
        "created": times::zulu(context, image.begun),
        "minDisk": image.min_disk,
        "server": {"links": bookmark(context, "servers", &server), "id": server},
        "progress": progress,
        "minRam": 0,
        "metadata": metadata,
    })
}

fn public_metadata(image: Option<&PublicImage>) -> Map<String, Value> {
    let fields = image.into_iter().flat_map(|image| &image.metadata);
    fields.map(|(key, value)| ((*key).to_owned(), json!(value))).collect()
}

fn public_record(context: &RequestContext<'_>, image: &PublicImage) -> Value {
    let id = ids::public_image(context.turn.catalogue, image.number);
    let created = times::zulu(context, published(context, image.number));
    json!({
        "status": "ACTIVE",
        "updated": created,
        "links": links(context, "images", &id),
        "id": id,
        "OS-EXT-IMG-SIZE:size": image.size,
        "name": image.name,
        "created": created,
        "minDisk": image.min_disk,
        "progress": context.turn.quirks.conoha.progress[2],
        "minRam": 0,
        "metadata": public_metadata(Some(image)),
    })
}

/// When a public image appeared; made up.
pub(in crate::sim::conoha) fn published(context: &RequestContext<'_>, number: u64) -> Moment {
    context.turn.start.plus(-86_400.0 * (300 + number * 7) as f64)
}
