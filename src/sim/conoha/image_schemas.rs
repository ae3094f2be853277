//! What Glance tells of the shape of its records, and changes of one by JSON patch.

use serde_json::{Value, json};

use crate::sim::conoha::answer::Answer;
use crate::sim::conoha::errors::error;
use crate::sim::conoha::service::Service;
use crate::sim::request_context::{Request, RequestContext};

/// The schema of an image; what is not named in it may be there as a text.
pub(super) fn image() -> Value {
    let text = json!({"type": ["null", "string"]});
    let number = json!({"type": ["null", "integer"]});
    json!({
        "name": "image",
        "properties": {
            "id": {"type": "string"},
            "name": {"type": ["null", "string"], "maxLength": 255},
            "status": {"type": "string", "readOnly": true, "enum": ["queued", "saving", "active", "killed"]},
            "visibility": {"type": "string", "enum": ["community", "public", "private", "shared"]},
            "protected": {"type": "boolean"},
            "checksum": text, "owner": text, "container_format": text, "disk_format": text,
            "size": number, "min_ram": number, "min_disk": number,
            "created_at": {"type": "string", "readOnly": true},
            "updated_at": {"type": "string", "readOnly": true},
            "tags": {"type": "array", "items": {"type": "string", "maxLength": 255}},
            "self": {"type": "string", "readOnly": true},
            "file": {"type": "string", "readOnly": true},
            "schema": {"type": "string", "readOnly": true},
        },
        "additionalProperties": {"type": "string"},
        "links": [
            {"rel": "self", "href": "{self}"},
            {"rel": "enclosure", "href": "{file}"},
            {"rel": "describedby", "href": "{schema}"},
        ],
    })
}

pub(super) fn images() -> Value {
    json!({
        "name": "images",
        "properties": {
            "images": {"type": "array", "items": image()},
            "first": {"type": "string"},
            "next": {"type": "string"},
            "schema": {"type": "string"},
        },
        "links": [{"rel": "first", "href": "{first}"}, {"rel": "next", "href": "{next}"}],
    })
}

/// `[{"op":"replace","path":"/name","value":"…"}]` on a saved image: nothing else of one can be changed here.
pub(super) fn patch(context: &mut RequestContext<'_>, request: &Request<'_>, number: u64) -> Result<(), Answer> {
    let bad = |said: &str| error(Service::Image, 400, said);
    let changes: Vec<Value> =
        serde_json::from_slice(request.body).map_err(|_| bad("Request body must be a JSON array."))?;
    for change in changes {
        let text = |key: &str| change.get(key).and_then(Value::as_str).unwrap_or_default();
        match (text("op"), text("path"), change.get("value").and_then(Value::as_str)) {
            ("replace" | "add", "/name", Some(name)) => {
                if let Ok(image) = context.account.snapshot_mut(number) {
                    name.clone_into(&mut image.name);
                }
                context.account.note(&context.turn, "rename_image", format!("snapshot {number}"));
            }
            (_, path, _) => {
                return Err(error(
                    Service::Image,
                    403,
                    &format!("Attribute '{}' is read-only.", path.trim_start_matches('/')),
                ));
            }
        }
    }
    Ok(())
}
