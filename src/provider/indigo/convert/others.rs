//! Firewalls, images, plans, keys.

use super::{field, named, size};
use crate::domain::{ApiKey, Firewall, Image, ImageKind, Key, Plan, Raw, Spec, StoreStatus, text};
use crate::provider::http::{DecodeFailure, ListRecord, redact_json, rows};
use crate::provider::indigo::wire;

/// A firewall without its rules.
pub(crate) fn firewall(record: ListRecord<wire::TemplateRecord>) -> Firewall {
    let raw = record.raw;
    let sent = match record.value {
        Ok(sent) => sent,
        Err(what) => {
            let fields = field(text::field::MALFORMED, &what.state()).into_iter().collect();
            return Firewall {
                name: crate::provider::malformed::name(&what),
                id: what.id,
                on: None,
                fixed: false,
                created: None,
                updated: None,
                fields,
                raw,
            };
        }
    };
    let fields = [field(text::field::SERVICE_ID, &sent.service_id), field(text::field::STATUS, &sent.status)];
    let id = sent.id;
    Firewall {
        name: named(&sent.name, id.as_str()),
        id,
        on: None,
        fixed: false,
        created: sent.created_at,
        updated: sent.updated_at,
        fields: fields.into_iter().flatten().collect(),
        raw,
    }
}

/// All systems of all categories; the category `Import VM`, which has none, is the way to bring one by address.
pub(crate) fn images(categories: Vec<wire::OsCategory>) -> (Vec<Image>, Vec<DecodeFailure>) {
    let (mut images, mut failures) = (Vec::new(), Vec::new());
    for category in categories {
        if category.systems.is_empty() && category.name.to_ascii_lowercase().contains("import") {
            images.push(Image {
                id: category.id,
                name: category.name,
                family: None,
                kind: ImageKind::Import,
                status: StoreStatus::Available,
                size: None,
                min_disk_gb: None,
                created: None,
                fields: Vec::new(),
                raw: Raw::default(),
            });
            continue;
        }
        for record in rows::<wire::SystemRecord>(&category.systems) {
            if let Err(what) = &record.value {
                failures.push(what.clone());
            }
            images.push(image(record, &category.name));
        }
    }
    (images, failures)
}

fn image(record: ListRecord<wire::SystemRecord>, family: &str) -> Image {
    let raw = record.raw;
    let family = Some(family.to_owned()).filter(|f| !f.trim().is_empty());
    let (id, name, kind, status, fields) = match record.value {
        Ok(sent) => {
            let id = sent.id;
            let name = if sent.viewname.trim().is_empty() { &sent.name } else { &sent.viewname };
            let kind = if sent.code.trim() == "WinOS" { ImageKind::Windows } else { ImageKind::Linux };
            let fields = [field(text::field::CODE, &sent.code), field(text::field::SYSTEM, &sent.name)];
            let name = named(name, id.as_str());
            (id, name, kind, StoreStatus::Available, fields.into_iter().flatten().collect())
        }
        Err(what) => {
            let (name, state) = (crate::provider::malformed::name(&what), what.state());
            (what.id, name, ImageKind::Linux, StoreStatus::Unknown(state), Vec::new())
        }
    };
    Image { id, name, family, kind, status, size: None, min_disk_gb: None, created: None, fields, raw }
}

pub(crate) fn plan(record: ListRecord<wire::SpecRecord>) -> Plan {
    let raw = record.raw;
    match record.value {
        Ok(sent) => {
            let id = sent.id;
            Plan {
                name: named(&sent.code, id.as_str()),
                id,
                spec: size::of_plan(&sent.code, &sent.description),
                addresses: Some(sent.ipaddress_type).filter(|a| !a.trim().is_empty()),
                raw,
            }
        }
        Err(what) => Plan {
            name: crate::provider::malformed::name(&what),
            id: what.id,
            spec: Spec::default(),
            addresses: None,
            raw,
        },
    }
}

pub(crate) fn key(record: ListRecord<wire::KeyRecord>) -> Key {
    let raw = record.raw;
    match record.value {
        Ok(sent) => {
            let id = sent.id;
            Key {
                name: named(&sent.name, id.as_str()),
                id,
                public: sent.sshkey.trim().to_owned(),
                active: sent.status.trim().eq_ignore_ascii_case("active"),
                created: sent.created_at,
                raw,
            }
        }
        Err(what) => Key {
            name: crate::provider::malformed::name(&what),
            id: what.id,
            public: String::new(),
            active: false,
            created: None,
            raw,
        },
    }
}

/// A key of the API. `own`: the one that is logged in with.
pub(crate) fn api_key(record: ListRecord<wire::ApiKeyRecord>, own: &str) -> ApiKey {
    let raw = record.raw;
    match record.value {
        Ok(sent) => {
            let key = sent.api_key.trim().to_owned();
            ApiKey { in_use: !key.is_empty() && key == own, id: sent.id, key, created: sent.created_at, raw }
        }
        // What is not understood may be the one in use.
        Err(what) => {
            ApiKey { key: crate::provider::malformed::name(&what), id: what.id, in_use: true, created: None, raw }
        }
    }
}

/// The rules of a firewall keep the whole answer as their raw text.
pub(crate) fn raw_of(body: &str) -> Raw {
    Raw::new(&redact_json(body))
}
