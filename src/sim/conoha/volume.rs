//! Cinder v3, its project in the path: volumes, their types, and saving one as an image.

use serde_json::{Value, json};

use crate::sim::conoha::answer::Answer;
use crate::sim::conoha::body::{self, text};
use crate::sim::conoha::compute::{source, volume_source_name};
use crate::sim::conoha::errors::{self, error};
use crate::sim::conoha::ids::{self, Kind};
use crate::sim::conoha::service::Service;
use crate::sim::conoha::{pages, times};
use crate::sim::request_context::{Request, RequestContext};
use crate::sim::world::cloud::{NewVolume, Volume, VolumeRefusal, VolumeSnapshot};

const VOLUME: Service = Service::Volume;

/// What ConoHa's boot volumes are on: those of the plan of 512 MB, then all others; and what others are on.
const STORAGE: [&str; 3] = ["c3j1-as01-boot", "c3j1-ds02-boot", "c3j1-ds02-add"];
/// What upstream's are on.
const UPSTREAM: &str = "lvmdriver-1";

pub(super) fn route(context: &mut RequestContext<'_>, request: &Request<'_>, parts: &[&str]) -> Answer {
    let rest = match parts {
        ["v3", project, rest @ ..] if *project == context.account.tenancy.tenant => rest,
        ["v3", _, ..] => return error(VOLUME, 400, "Malformed request url"),
        _ => return errors::no_such_path(VOLUME),
    };
    match (request.method, rest) {
        ("GET", ["types"]) => types(context),
        ("GET", ["limits"]) if context.ways().own_names => limits(context),
        ("GET", ["volumes"]) => list(context, request, false),
        ("GET", ["volumes", "detail"]) => list(context, request, true),
        // At ConoHa they are not documented.
        (_, ["snapshots", ..]) if !context.ways().own_names => errors::no_such_path(VOLUME),
        ("GET", ["snapshots"] | ["snapshots", "detail"]) => snapshots(context, request),
        ("POST", ["volumes"]) => create(context, request).unwrap_or_else(|refused| refused),
        (_, ["volumes", id, rest @ ..]) => match number(context, id) {
            Some(number) => of_volume(context, request, number, rest),
            None => none(id),
        },
        (_, ["snapshots", id]) => of_snapshot(context, request, id),
        _ => errors::no_such_path(VOLUME),
    }
}

/// What upstream lets a project have, and what it has.
fn limits(context: &RequestContext<'_>) -> Answer {
    let volumes = &context.account.volumes;
    let absolute = json!({
        "maxTotalVolumes": 10, "totalVolumesUsed": volumes.len(),
        "maxTotalVolumeGigabytes": 1000, "totalGigabytesUsed": volumes.iter().map(|volume| volume.size).sum::<u64>(),
        "maxTotalSnapshots": 10, "totalSnapshotsUsed": context.account.volume_snapshots.len(),
        "maxTotalBackups": 10, "totalBackupsUsed": 0,
        "maxTotalBackupGigabytes": 1000, "totalBackupGigabytesUsed": 0,
    });
    Answer::one(200, "limits", &json!({"rate": [], "absolute": absolute}).to_string())
}

fn of_volume(context: &mut RequestContext<'_>, request: &Request<'_>, number: u64, rest: &[&str]) -> Answer {
    match (request.method, rest) {
        ("GET", []) => one(context, 200, number),
        ("DELETE", []) => {
            let outcome = context.account.delete_volume(&context.turn, number);
            outcome.map_or_else(|refusal| refused(context, number, refusal), |()| Answer::empty(202))
        }
        ("POST", ["action"]) => save(context, request, number).unwrap_or_else(|refused| refused),
        _ => errors::no_such_path(VOLUME),
    }
}

fn snapshots(context: &RequestContext<'_>, request: &Request<'_>) -> Answer {
    let row = |snapshot: &VolumeSnapshot| {
        let id = ids::own(Kind::Volume, context.account, snapshot.id);
        (id, snapshot.name.clone(), snapshot_record(context, snapshot).to_string())
    };
    pages::list(context, request, "snapshots", context.account.volume_snapshots.iter().rev().map(row).collect())
}

/// The number of the snapshot of that id.
fn snapshot_number(context: &RequestContext<'_>, id: &str) -> Option<u64> {
    let numbers = context.account.volume_snapshots.iter().map(|snapshot| snapshot.id);
    ids::number_of(Kind::Volume, context.account, id, numbers)
}

fn of_snapshot(context: &mut RequestContext<'_>, request: &Request<'_>, id: &str) -> Answer {
    let number = snapshot_number(context, id);
    let found = context.account.volume_snapshots.iter().find(|snapshot| Some(snapshot.id) == number);
    match (request.method, found) {
        ("GET", Some(snapshot)) => Answer::one(200, "snapshot", &snapshot_record(context, snapshot).to_string()),
        ("DELETE", Some(snapshot)) => {
            let number = snapshot.id;
            context.account.delete_volume_snapshot(&context.turn, number);
            Answer::empty(202)
        }
        (_, None) => error(VOLUME, 404, &format!("Snapshot {id} could not be found.")),
        _ => errors::no_such_path(VOLUME),
    }
}

fn snapshot_record(context: &RequestContext<'_>, snapshot: &VolumeSnapshot) -> Value {
    let at = times::micros(context, snapshot.taken);
    json!({
        "id": ids::own(Kind::Volume, context.account, snapshot.id),
        "name": snapshot.name,
        "description": null,
        "volume_id": ids::own(Kind::Volume, context.account, snapshot.volume),
        "status": "available",
        "size": snapshot.size,
        "metadata": {},
        "created_at": at,
        "updated_at": at,
    })
}

fn id(context: &RequestContext<'_>, volume: &Volume) -> String {
    ids::own(Kind::Volume, context.account, volume.id)
}

/// The number of the volume of that id.
fn number(context: &RequestContext<'_>, id: &str) -> Option<u64> {
    ids::number_of(Kind::Volume, context.account, id, context.account.volumes.iter().map(|volume| volume.id))
}

fn none(id: &str) -> Answer {
    error(VOLUME, 404, &format!("Volume {id} could not be found."))
}

fn types(context: &RequestContext<'_>) -> Answer {
    let names: &[&str] = if context.ways().own_names { &[UPSTREAM] } else { &STORAGE };
    let record = |(at, name): (usize, &&str)| {
        json!({"id": format!("{at:032x}"), "name": name, "is_public": true, "description": null}).to_string()
    };
    Answer::list("volume_types", &names.iter().enumerate().map(record).collect::<Vec<_>>())
}

fn list(context: &RequestContext<'_>, request: &Request<'_>, detail: bool) -> Answer {
    let row = |volume: &Volume| {
        let (id, name) = (id(context, volume), volume.name.clone());
        let short = json!({"id": id, "name": name, "links": []});
        let json = if detail { record(context, volume) } else { short };
        (id, name, json.to_string())
    };
    pages::list(context, request, "volumes", context.account.volumes.iter().rev().map(row).collect())
}

fn one(context: &RequestContext<'_>, status: u16, number: u64) -> Answer {
    match context.account.volumes.iter().find(|volume| volume.id == number) {
        Some(volume) => Answer::one(status, "volume", &record(context, volume).to_string()),
        None => none(&number.to_string()),
    }
}

/// At ConoHa a boot volume has one of two sizes, and is made from an image.
fn create(context: &mut RequestContext<'_>, request: &Request<'_>) -> Result<Answer, Answer> {
    let fields = body::inside(VOLUME, request, "volume")?;
    let bad = |message: &str| error(VOLUME, 400, message);
    let size = fields.get("size").and_then(Value::as_u64).filter(|size| *size > 0);
    let size = size.ok_or_else(|| bad("Invalid input for field/attribute size."))?;
    let from = match fields.get("imageRef") {
        None | Some(Value::Null) => None,
        Some(_) => Some(
            source(context, &fields)
                .map_err(|_| bad("Invalid image identifier or unable to access requested image."))?,
        ),
    };
    let from = match text(&fields, "snapshot_id").map(|id| snapshot_number(context, id)) {
        None => from,
        Some(number) => {
            let all = &context.account.volume_snapshots;
            let of = all.iter().find(|snapshot| Some(snapshot.id) == number && context.ways().own_names);
            let of = of.ok_or_else(|| error(VOLUME, 404, "Snapshot could not be found."))?;
            if of.size > size {
                return Err(bad("Invalid input received: Volume size must not be smaller than the snapshot size."));
            }
            of.source
        }
    };
    let storage = text(&fields, "volume_type").unwrap_or(if context.ways().own_names { UPSTREAM } else { "" });
    if !context.ways().own_names {
        let fits = match STORAGE.iter().position(|known| *known == storage) {
            Some(0) => size == 30 && from.is_some(),
            Some(1) => size == 100 && from.is_some(),
            Some(_) => matches!(size, 200 | 500 | 1000 | 5000 | 10_000) && from.is_none(),
            None => return Err(error(VOLUME, 404, &format!("Volume type with name {storage} could not be found."))),
        };
        if !fits {
            return Err(bad("Invalid volume size."));
        }
    }
    let name = text(&fields, "name").unwrap_or_default().to_owned();
    let new = NewVolume { name, size, storage: storage.to_owned(), source: from };
    let made = context.account.create_volume(&context.turn, new).map_err(|why| refused(context, 0, why))?;
    Ok(one(context, 202, made))
}

fn save(context: &mut RequestContext<'_>, request: &Request<'_>, number: u64) -> Result<Answer, Answer> {
    let fields = body::inside(VOLUME, request, "os-volume_upload_image")?;
    let name = text(&fields, "image_name").filter(|name| !name.is_empty());
    let name = name.ok_or_else(|| error(VOLUME, 400, "Invalid input for field/attribute image_name."))?;
    // Upstream's saves none that a server has.
    let has_server = |volume: &Volume| volume.id == number && context.account.server_with(volume).is_some();
    if context.ways().own_names && context.account.volumes.iter().any(has_server) {
        return Err(error(VOLUME, 400, "Invalid volume: Volume status must be available, but is in-use."));
    }
    let over = context.turn.quirks.conoha.image_quota_status;
    if over != 0 && context.account.is_over_image_quota() {
        return Err(error(VOLUME, over, "The quota of saved images is exceeded."));
    }
    let saved = context.account.save_volume(&mut context.turn, number, name);
    let image = saved.map_err(|refusal| refused(context, number, refusal))?;
    let volume = context.account.volumes.iter().find(|volume| volume.id == number);
    let (size, storage) = volume.map_or((0, ""), |volume| (volume.size, volume.storage.as_str()));
    let upload = json!({
        "id": ids::own(Kind::Volume, context.account, number),
        "image_id": ids::own(Kind::Image, context.account, image),
        "image_name": name,
        "status": "uploading",
        "size": size,
        "updated_at": times::micros(context, context.turn.now),
        "volume_type": {"name": storage},
        "container_format": "ovf",
        "disk_format": "qcow2",
        "display_description": null,
    });
    Ok(Answer::json(202, &json!({"os-volume_upload_image": upload})))
}

fn refused(context: &RequestContext<'_>, number: u64, refusal: VolumeRefusal) -> Answer {
    let quirks = &context.turn.quirks.conoha;
    let (status, message) = match refusal {
        VolumeRefusal::NoVolume => return none(&number.to_string()),
        VolumeRefusal::NoImage => (400, "Invalid image identifier or unable to access requested image."),
        VolumeRefusal::InUse => (quirks.volume_in_use, "Invalid volume: Volume must not be attached."),
        VolumeRefusal::StillRunning => (quirks.save_while_running, "Invalid volume: its server must be stopped."),
        VolumeRefusal::HasSnapshots => (400, "Invalid volume: Volume must not have snapshots."),
        VolumeRefusal::Busy => (quirks.volume_in_use, "Invalid volume: Volume status must be available or error."),
        VolumeRefusal::TooLarge => (400, "Invalid volume: it is too large to be saved."),
    };
    error(VOLUME, status, message)
}

fn record(context: &RequestContext<'_>, volume: &Volume) -> Value {
    let account = &context.account;
    let own = id(context, volume);
    let server = account.server_with(volume);
    let status = if volume.made > context.turn.now {
        "creating"
    } else if account.is_uploading(volume) {
        "uploading"
    } else if server.is_some() {
        "in-use"
    } else {
        "available"
    };
    let attachment = |server: u64| {
        json!({
            "id": own,
            "volume_id": own,
            "attachment_id": ids::own(Kind::Volume, account, volume.id << 20),
            "server_id": ids::own(Kind::Server, account, server),
            "device": "/dev/vda",
        })
    };
    let mut record = json!({
        "id": own,
        "name": volume.name,
        "description": null,
        "status": status,
        "size": volume.size,
        "volume_type": volume.storage,
        "bootable": if volume.source.is_some() { "true" } else { "false" },
        "encrypted": false,
        "multiattach": false,
        "attachments": server.map(attachment).into_iter().collect::<Vec<_>>(),
        "metadata": {},
        "availability_zone": "nova",
        "snapshot_id": null,
        "source_volid": null,
        "user_id": ids::hex(Kind::User, account, 1),
        "created_at": times::micros(context, volume.created),
        "updated_at": times::micros(context, volume.made),
    });
    if let Some((image, name)) = volume.source.and_then(|source| volume_source_name(context, source)) {
        record["volume_image_metadata"] = json!({"image_id": image, "image_name": name});
    }
    record
}
