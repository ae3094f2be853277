//! Glance v2, with the version in the path or without: lower-case words, flat properties, errors that are pages.

use serde_json::{Map, Value, json};

use crate::sim::conoha::answer::Answer;
use crate::sim::conoha::compute::{progress, public_by_id, published, saved_by_id};
use crate::sim::conoha::errors::{self, error};
use crate::sim::conoha::ids::{self, Kind};
use crate::sim::conoha::pages::part;
use crate::sim::conoha::service::Service;
use crate::sim::conoha::{body, image_schemas, times};
use crate::sim::request_context::{Request, RequestContext};
use crate::sim::world::catalogue::PublicImage;
use crate::sim::world::refusal::Refusal;
use crate::sim::world::snapshot::{Saving, Snapshot};
use crate::sim::world::ways::{ImageQuota, Saves};

const IMAGE: Service = Service::Image;

pub(super) fn route(context: &mut RequestContext<'_>, request: &Request<'_>, parts: &[&str]) -> Answer {
    let rest = parts.strip_prefix(&["v2"]).unwrap_or(parts);
    match (request.method, rest) {
        ("GET", []) => crate::sim::conoha::versions::document(context, IMAGE),
        ("GET", ["images"]) => list(context, request),
        ("GET", ["images", "total"]) if context.ways().image_quota == ImageQuota::Plain => total(context),
        ("GET", ["images", id]) => one(context, id),
        ("DELETE", ["images", id]) => delete(context, id),
        ("PATCH", ["images", id]) => patch(context, request, id),
        ("GET", ["schemas", "image"]) => Answer::json(200, &image_schemas::image()),
        ("GET", ["schemas", "images"]) => Answer::json(200, &image_schemas::images()),
        (_, ["quota"]) if context.ways().image_quota == ImageQuota::Untold => errors::no_such_path(IMAGE),
        ("GET", ["quota"]) => quota(context),
        ("PUT", ["quota"]) => set_quota(context, request),
        _ => errors::no_such_path(IMAGE),
    }
}

fn list(context: &RequestContext<'_>, request: &Request<'_>) -> Answer {
    let saved = context.account.snapshots.iter().rev().map(|image| {
        let json = image.raw.clone().unwrap_or_else(|| saved_record(context, image).to_string());
        (ids::own(Kind::Image, context.account, image.id), image.name.clone(), json)
    });
    let public = context.turn.catalogue.public.iter().map(|image| {
        let id = ids::public_image(context.turn.catalogue, image.number);
        (id, image.name.clone(), public_record(context, image).to_string())
    });
    let visibility = request.query_text("visibility");
    let hidden = request.query_text("os_hidden").is_some_and(|asked| asked.eq_ignore_ascii_case("true"));
    let wants = |which: &str| !hidden && visibility.as_deref().is_none_or(|asked| asked == which || asked == "all");
    let mut rows: Vec<_> = saved.filter(|_| wants("private")).collect();
    rows.extend(public.filter(|_| wants("public")));
    let (rows, next) = part(context, request, rows, context.turn.quirks.conoha.image_page);
    let next = next.map_or_else(String::new, |next| format!(r#","next":"/v2/images?{next}""#));
    let body = format!(r#"{{"images":[{}],"schema":"/v2/schemas/images","first":"/v2/images"{next}}}"#, rows.join(","));
    Answer::text(200, body)
}

fn none(id: &str) -> Answer {
    error(IMAGE, 404, &format!("No image found with ID {id}"))
}

fn one(context: &RequestContext<'_>, id: &str) -> Answer {
    if let Some(image) = saved_by_id(context, id) {
        return Answer::text(200, image.raw.clone().unwrap_or_else(|| saved_record(context, image).to_string()));
    }
    public_by_id(context, id).map_or_else(|| none(id), |image| Answer::json(200, &public_record(context, image)))
}

fn patch(context: &mut RequestContext<'_>, request: &Request<'_>, id: &str) -> Answer {
    if public_by_id(context, id).is_some() {
        return error(IMAGE, 403, "You are not permitted to modify this image.");
    }
    let Some(number) = saved_by_id(context, id).map(|image| image.id) else {
        return none(id);
    };
    match image_schemas::patch(context, request, number) {
        Ok(()) => one(context, id),
        Err(refused) => refused,
    }
}

fn delete(context: &mut RequestContext<'_>, id: &str) -> Answer {
    if public_by_id(context, id).is_some() {
        return error(IMAGE, 403, "You are not permitted to delete this image.");
    }
    let Some(number) = saved_by_id(context, id).map(|image| image.id) else {
        return none(id);
    };
    match context.account.delete_image(&mut context.turn, number) {
        Ok(()) => Answer::empty(204),
        Err(Refusal::Busy) => {
            let status = context.turn.quirks.conoha.delete_while_saving;
            error(IMAGE, status, "The image cannot be deleted because it is in use.")
        }
        Err(_) => none(id),
    }
}

/// `{"quota":{"tyo1_image_size":"50GB"}}`: the region is in the key, the unit in the value.
fn quota(context: &RequestContext<'_>) -> Answer {
    let tenancy = &context.account.tenancy;
    let inner = Map::from_iter([(quota_key(context), json!(tenancy.image_quota))]);
    Answer::json(200, &json!({"quota": inner}))
}

/// Ver.3.0 leaves the region out.
fn quota_key(context: &RequestContext<'_>) -> String {
    match context.ways().image_quota {
        ImageQuota::ByRegion => format!("{}_image_size", context.account.tenancy.region),
        ImageQuota::Plain | ImageQuota::Untold => "image_size".to_owned(),
    }
}

/// What is taken, of one name with a list and an object for all that.
fn total(context: &RequestContext<'_>) -> Answer {
    let bytes: u64 = context.account.snapshots.iter().map(|image| image.size).sum();
    Answer::json(200, &json!({"images": {"size": bytes}}))
}

/// 50 GB and steps of 500 more; the value that holds already is refused.
fn set_quota(context: &mut RequestContext<'_>, request: &Request<'_>) -> Answer {
    let fields = match body::inside(IMAGE, request, "quota") {
        Ok(fields) => fields,
        Err(refused) => return refused,
    };
    let key = quota_key(context);
    let wanted = body::text(&fields, &key).unwrap_or_default();
    let gigabytes = wanted.strip_suffix("GB").and_then(|number| number.parse::<u64>().ok());
    let is_step = gigabytes.is_some_and(|size| size >= 50 && (size - 50).is_multiple_of(500));
    if !is_step || wanted == context.account.tenancy.image_quota {
        return error(IMAGE, 400, "Invalid quota.");
    }
    wanted.clone_into(&mut context.account.tenancy.image_quota);
    context.account.note(&context.turn, "set_quota", format!("images {wanted}"));
    quota(context)
}

fn saved_record(context: &RequestContext<'_>, image: &Snapshot) -> Value {
    let id = ids::own(Kind::Image, context.account, image.id);
    let (_, _, status) = progress(context, image);
    let (updated, size) = match image.saving {
        Saving::Created { at } => (at, json!(image.size)),
        _ => (image.begun, Value::Null),
    };
    let by_volume = context.ways().saves == Saves::Volume;
    let mut record = json!({
        "id": id,
        "name": image.name,
        "status": status,
        "visibility": if by_volume { context.turn.quirks.conoha.saved_visibility.as_str() } else { "private" },
        "owner": context.account.tenancy.tenant,
        "size": size,
        "min_disk": image.min_disk,
        "created_at": times::zulu(context, image.begun),
        "updated_at": times::zulu(context, updated),
        "bootable": "true",
    });
    if image.names != 0 {
        let snapshot = ids::own(Kind::Volume, context.account, image.names);
        let mapping = json!([{"source_type": "snapshot", "destination_type": "volume", "boot_index": 0,
            "snapshot_id": snapshot, "volume_id": null, "device_name": "/dev/vda", "delete_on_termination": false}]);
        record["block_device_mapping"] = json!(mapping.to_string());
        record["bdm_v2"] = json!("True");
        return record;
    }
    // Cinder knows no server.
    if !by_volume {
        record["instance_uuid"] = json!(ids::own(Kind::Server, context.account, image.instance));
    }
    fill(&mut record, &id, context.turn.catalogue.public(image.image));
    if context.turn.quirks.conoha.image_type || context.ways().saves == Saves::Always {
        record["image_type"] = json!("snapshot");
    }
    record
}

fn public_record(context: &RequestContext<'_>, image: &PublicImage) -> Value {
    let id = ids::public_image(context.turn.catalogue, image.number);
    let created = times::zulu(context, published(context, image.number));
    let mut record = json!({
        "id": id,
        "name": image.name,
        "status": "active",
        "visibility": "public",
        "owner": "00000000000000000000000000000000",
        "size": image.size,
        "min_disk": image.min_disk,
        "created_at": created,
        "updated_at": created,
    });
    fill(&mut record, &id, Some(image));
    record
}

/// What all have, and the properties beside it.
fn fill(record: &mut Value, id: &str, base: Option<&PublicImage>) {
    let Some(fields) = record.as_object_mut() else {
        return;
    };
    let same = json!({
        "min_ram": 0,
        "disk_format": "qcow2",
        "container_format": "ovf",
        "checksum": id.replace('-', ""),
        "protected": false,
        "tags": [],
        "file": format!("/v2/images/{id}/file"),
        "self": format!("/v2/images/{id}"),
        "schema": "/v2/schemas/image",
    });
    fields.extend(same.as_object().cloned().unwrap_or_default());
    let properties = base.into_iter().flat_map(|image| &image.metadata);
    fields.extend(properties.map(|(key, value)| ((*key).to_owned(), json!(value))));
}
