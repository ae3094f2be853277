//! Glance v2, with the version in the path or without: lower-case words, flat properties, errors that are pages.

use serde_json::{Map, Value, json};

use super::answer::Answer;
use super::compute::{progress, saved_by_id};
use super::errors::{self, error};
use super::ids::{self, Kind};
use super::pages::part;
use super::{Desk, Request, Service, body, times};
use crate::sim::world::catalogue::PublicImage;
use crate::sim::world::refusal::Refusal;
use crate::sim::world::snapshot::{Saving, Snapshot};

const IMAGE: Service = Service::Image;

pub(super) fn route(desk: &mut Desk<'_>, request: &Request<'_>, parts: &[&str]) -> Answer {
    let rest = parts.strip_prefix(&["v2"]).unwrap_or(parts);
    match (request.method, rest) {
        ("GET", []) => super::versions::document(desk, IMAGE),
        ("GET", ["images"]) => list(desk, request),
        ("GET", ["images", id]) => one(desk, id),
        ("DELETE", ["images", id]) => delete(desk, id),
        ("GET", ["quota"]) => quota(desk),
        ("PUT", ["quota"]) => set_quota(desk, request),
        _ => errors::no_such_path(IMAGE),
    }
}

fn list(desk: &Desk<'_>, request: &Request<'_>) -> Answer {
    let saved = desk.account.snapshots.iter().rev().map(|image| {
        let json = image.raw.clone().unwrap_or_else(|| saved_record(desk, image).to_string());
        (ids::own(Kind::Image, desk.account, image.id), image.name.clone(), json)
    });
    let public = desk.turn.catalogue.public.iter().map(|image| {
        let id = ids::public_image(desk.turn.catalogue, image.number);
        (id, image.name.clone(), public_record(desk, image).to_string())
    });
    let visibility = request.query_text("visibility");
    let wants = |which: &str| visibility.as_deref().is_none_or(|asked| asked == which);
    let mut rows: Vec<_> = saved.filter(|_| wants("private")).collect();
    rows.extend(public.filter(|_| wants("public")));
    let (rows, next) = part(desk, request, rows, desk.turn.quirks.conoha.image_page);
    let next = next.map_or_else(String::new, |next| format!(r#","next":"/v2/images?{next}""#));
    let body = format!(r#"{{"images":[{}],"schema":"/v2/schemas/images","first":"/v2/images"{next}}}"#, rows.join(","));
    Answer::text(200, body)
}

fn public_by_id<'d>(desk: &Desk<'d>, id: &str) -> Option<&'d PublicImage> {
    desk.turn.catalogue.public.iter().find(|image| ids::public_image(desk.turn.catalogue, image.number) == id)
}

fn none(id: &str) -> Answer {
    error(IMAGE, 404, &format!("No image found with ID {id}"))
}

fn one(desk: &Desk<'_>, id: &str) -> Answer {
    if let Some(image) = saved_by_id(desk, id) {
        return Answer::text(200, image.raw.clone().unwrap_or_else(|| saved_record(desk, image).to_string()));
    }
    public_by_id(desk, id).map_or_else(|| none(id), |image| Answer::json(200, &public_record(desk, image)))
}

fn delete(desk: &mut Desk<'_>, id: &str) -> Answer {
    if public_by_id(desk, id).is_some() {
        return error(IMAGE, 403, "You are not permitted to delete this image.");
    }
    let Some(number) = saved_by_id(desk, id).map(|image| image.id) else {
        return none(id);
    };
    match desk.account.delete_image(&mut desk.turn, number) {
        Ok(()) => Answer::empty(204),
        Err(Refusal::Busy) => {
            let status = desk.turn.quirks.conoha.delete_while_saving;
            error(IMAGE, status, "The image cannot be deleted because it is in use.")
        }
        Err(_) => none(id),
    }
}

/// `{"quota":{"tyo1_image_size":"50GB"}}`: the region is in the key, the unit in the value.
fn quota(desk: &Desk<'_>) -> Answer {
    let tenancy = &desk.account.tenancy;
    let inner = Map::from_iter([(format!("{}_image_size", tenancy.region), json!(tenancy.image_quota))]);
    Answer::json(200, &json!({"quota": inner}))
}

/// 50 GB and steps of 500 more; the value that holds already is refused.
fn set_quota(desk: &mut Desk<'_>, request: &Request<'_>) -> Answer {
    let fields = match body::inside(IMAGE, request, "quota") {
        Ok(fields) => fields,
        Err(refused) => return refused,
    };
    let key = format!("{}_image_size", desk.account.tenancy.region);
    let wanted = body::text(&fields, &key).unwrap_or_default();
    let gigabytes = wanted.strip_suffix("GB").and_then(|number| number.parse::<u64>().ok());
    let is_step = gigabytes.is_some_and(|size| size >= 50 && (size - 50).is_multiple_of(500));
    if !is_step || wanted == desk.account.tenancy.image_quota {
        return error(IMAGE, 400, "Invalid quota.");
    }
    wanted.clone_into(&mut desk.account.tenancy.image_quota);
    desk.account.note(&desk.turn, "set_quota", format!("images {wanted}"));
    quota(desk)
}

fn saved_record(desk: &Desk<'_>, image: &Snapshot) -> Value {
    let id = ids::own(Kind::Image, desk.account, image.id);
    let (_, _, status) = progress(desk, image);
    let (updated, size) = match image.saving {
        Saving::Created { at } => (at, json!(image.size)),
        _ => (image.begun, Value::Null),
    };
    let mut record = json!({
        "id": id,
        "name": image.name,
        "status": status,
        "visibility": "private",
        "owner": desk.account.tenancy.tenant,
        "size": size,
        "min_disk": image.min_disk,
        "created_at": times::zulu(desk, image.begun),
        "updated_at": times::zulu(desk, updated),
        "instance_uuid": ids::own(Kind::Server, desk.account, image.instance),
        "bootable": "true",
    });
    fill(&mut record, &id, desk.turn.catalogue.public(image.image));
    if desk.turn.quirks.conoha.image_type {
        record["image_type"] = json!("snapshot");
    }
    record
}

fn public_record(desk: &Desk<'_>, image: &PublicImage) -> Value {
    let id = ids::public_image(desk.turn.catalogue, image.number);
    let created = times::zulu(desk, desk.turn.start.plus(-86_400.0 * (300 + image.number * 7) as f64));
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
