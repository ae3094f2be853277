//! What whoever has a token may ask Identity v3: of the token, of the project, of themselves.

use serde_json::{Value, json};

use crate::sim::conoha::answer::Answer;
use crate::sim::conoha::identity::{catalogue_v3, token_v3};
use crate::sim::conoha::ids::{self, Kind};
use crate::sim::conoha::service::Service;
use crate::sim::conoha::{errors, versions};
use crate::sim::request_context::{Request, RequestContext};
use crate::sim::world::key::Token;

pub(super) fn route(context: &mut RequestContext<'_>, request: &Request<'_>, parts: &[&str]) -> Answer {
    if (request.method, parts) == ("GET", &["v3"]) {
        return versions::one(context, Service::Identity);
    }
    let now = context.turn.now;
    if !request.auth_token.is_some_and(|token| context.account.knows_token(token, now)) {
        return errors::unauthorized(Service::Identity);
    }
    let below = parts.strip_prefix(&["v3"]).unwrap_or_default();
    let (project, user) = (context.account.tenancy.tenant.clone(), ids::hex(Kind::User, context.account, 1));
    match (request.method, below) {
        ("GET" | "HEAD", ["auth", "tokens"]) => validated(context, request),
        ("DELETE", ["auth", "tokens"]) => revoke(context, request),
        ("GET", ["auth", "catalog"]) => Answer::json(200, &json!({"catalog": catalogue_v3(context), "links": {}})),
        ("GET", ["auth", "projects"]) => projects(context),
        ("GET", ["users", id, "projects"]) if *id == user => projects(context),
        ("GET", ["users", id]) if *id == user => Answer::json(200, &json!({"user": own_user(context)})),
        ("GET", ["projects", id]) if *id == project => Answer::json(200, &json!({"project": own_project(context)})),
        ("GET", ["projects"]) => forbidden("list_projects"),
        ("GET", ["users"]) => forbidden("list_users"),
        ("GET", ["projects", _]) => forbidden("get_project"),
        ("GET", ["users", _]) => forbidden("get_user"),
        _ => errors::no_such_path(Service::Identity),
    }
}

fn forbidden(action: &str) -> Answer {
    let said = format!("You are not authorized to perform the requested action: identity:{action}.");
    errors::error(Service::Identity, 403, &said)
}

fn known<'d>(context: &'d RequestContext<'_>, token: &str) -> Option<&'d Token> {
    context.account.tokens.iter().find(|known| known.value == token && known.ends > context.turn.now)
}

fn validated(context: &RequestContext<'_>, request: &Request<'_>) -> Answer {
    let Some(subject) = request.subject_token else { return forbidden("validate_token") };
    match known(context, subject) {
        Some(token) => {
            let told = json!({"token": token_v3(context, token, true)});
            Answer { token: Some(token.value.clone()), ..Answer::json(200, &told) }
        }
        None => errors::error(Service::Identity, 404, "Could not find token."),
    }
}

fn revoke(context: &mut RequestContext<'_>, request: &Request<'_>) -> Answer {
    let Some(subject) = request.subject_token else { return forbidden("revoke_token") };
    if known(context, subject).is_none() {
        return errors::error(Service::Identity, 404, "Could not find token.");
    }
    context.account.tokens.retain(|token| token.value != subject);
    Answer::empty(204)
}

fn projects(context: &RequestContext<'_>) -> Answer {
    let links = json!({"next": null, "previous": null, "self": format!("{}/identity/v3/auth/projects", context.base)});
    Answer::json(200, &json!({"projects": [own_project(context)], "links": links}))
}

fn own_project(context: &RequestContext<'_>) -> Value {
    let (base, id) = (context.base, &context.account.tenancy.tenant);
    json!({
        "id": id,
        "name": context.account.name,
        "domain_id": "default",
        "description": "",
        "enabled": true,
        "parent_id": "default",
        "is_domain": false,
        "tags": [],
        "options": {},
        "links": {"self": format!("{base}/identity/v3/projects/{id}")},
    })
}

fn own_user(context: &RequestContext<'_>) -> Value {
    let (base, id) = (context.base, ids::hex(Kind::User, context.account, 1));
    json!({
        "id": id,
        "name": context.account.api_keys.first().map_or("", |key| key.key.as_str()),
        "domain_id": "default",
        "enabled": true,
        "password_expires_at": null,
        "options": {},
        "links": {"self": format!("{base}/identity/v3/users/{id}")},
    })
}
