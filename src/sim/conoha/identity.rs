//! `POST /v2.0/tokens`, the only call of the identity service. Recorded 2021-11 with its objects emptied.

use serde_json::{Value, json};

use crate::sim::conoha::answer::Answer;
use crate::sim::conoha::ids::{self, Kind};
use crate::sim::conoha::service::Service;
use crate::sim::conoha::{errors, times};
use crate::sim::request_context::{Request, RequestContext};
use crate::sim::world::key::Token;

pub(super) fn route(context: &mut RequestContext<'_>, request: &Request<'_>, parts: &[&str]) -> Answer {
    match (request.method, parts) {
        ("GET", ["v2.0"]) => crate::sim::conoha::versions::document(context, Service::Identity),
        ("POST", ["v2.0", "tokens"]) => issue(context, request),
        _ => errors::no_such_path(Service::Identity),
    }
}

fn issue(context: &mut RequestContext<'_>, request: &Request<'_>) -> Answer {
    let body: Value = serde_json::from_slice(request.body).unwrap_or_default();
    let text = |pointer: &str| body.pointer(pointer).and_then(Value::as_str);
    let user = text("/auth/passwordCredentials/username");
    let (Some(user), Some(password)) = (user, text("/auth/passwordCredentials/password")) else {
        return errors::error(Service::Identity, 400, "Expecting to find passwordCredentials in auth.");
    };
    // One published client puts it among the credentials.
    let tenant = text("/auth/tenantId").or_else(|| text("/auth/passwordCredentials/tenantId"));
    match context.account.issue_cloud_token(&mut context.turn, user, password, tenant) {
        Some(token) => Answer::json(200, &json!({"access": access(context, &token, tenant.is_some())})),
        None => errors::error(Service::Identity, 401, "Invalid user / password"),
    }
}

fn access(context: &RequestContext<'_>, token: &Token, scoped: bool) -> Value {
    let filled = context.turn.quirks.conoha.catalogue_filled;
    let mut token = json!({
        "issued_at": times::micros(context, context.turn.now),
        "expires": times::zulu(context, token.ends),
        "id": token.value,
        "tenant": {},
        "audit_ids": [],
    });
    if !filled {
        return json!({"token": token, "serviceCatalog": [], "user": {}, "metadata": {}});
    }
    let account = &context.account;
    let user = account.api_keys.first().map_or("", |key| key.key.as_str());
    let size = format!("{}_image_size", account.tenancy.region);
    token["tenant"] = json!({
        "id": account.tenancy.tenant,
        "name": format!("gnct{:08}", account.user),
        "enabled": true,
        "description": "",
        "domain_id": "gnc",
        size: account.tenancy.image_quota,
    });
    let catalogue = if scoped { catalogue(context) } else { Vec::new() };
    json!({
        "token": token,
        "serviceCatalog": catalogue,
        "user": {
            "id": ids::hex(Kind::User, account, 1),
            "name": user,
            "username": user,
            "roles_links": [],
            "roles": [{"name": "SwiftOperator"}],
        },
        "metadata": {"is_admin": 0, "roles": [ids::hex(Kind::User, account, 2)]},
    })
}

/// The catalogue where it is filled: image and network without a version.
fn catalogue(context: &RequestContext<'_>) -> Vec<Value> {
    let tenancy = &context.account.tenancy;
    let service = |kind: &str, name: &str, path: String| {
        let url = format!("{}{path}", context.base);
        json!({
            "type": kind,
            "name": name,
            "endpoints_links": [],
            "endpoints": [{"region": tenancy.region, "publicURL": url}],
        })
    };
    vec![
        service("identity", "Identity Service", "/identity/v2.0".to_owned()),
        service("compute", "Compute Service", format!("/compute/v2/{}", tenancy.tenant)),
        service("image", "Image Service", "/image".to_owned()),
        service("network", "Network Service", "/network".to_owned()),
    ]
}
