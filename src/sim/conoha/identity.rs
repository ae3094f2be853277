//! `POST /v2.0/tokens`, recorded 2021-11 with its objects emptied; upstream `POST /v3/auth/tokens`.

use serde_json::{Value, json};

use crate::sim::conoha::answer::Answer;
use crate::sim::conoha::ids::{self, Kind};
use crate::sim::conoha::service::Service;
use crate::sim::conoha::{errors, projects, times};
use crate::sim::quirks::CatalogueShape;
use crate::sim::request_context::{Request, RequestContext};
use crate::sim::world::key::Token;

pub(super) fn route(context: &mut RequestContext<'_>, request: &Request<'_>, parts: &[&str]) -> Answer {
    match (request.method, parts) {
        ("POST", ["v3", "auth", "tokens"]) if context.ways().is_v3 => issue_v3(context, request),
        _ if context.ways().is_v3 => projects::route(context, request, parts),
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

/// Upstream asks for a domain wherever something is named by its name, and for the right one.
fn issue_v3(context: &mut RequestContext<'_>, request: &Request<'_>) -> Answer {
    let body: Value = serde_json::from_slice(request.body).unwrap_or_default();
    let refused = || errors::error(Service::Identity, 401, "The request you have made requires authentication.");
    let who = credentials(context, &body).and_then(|(user, secret)| {
        let is_credential = body.pointer("/auth/identity/application_credential").is_some();
        let own = is_credential.then(|| Ok(Some(context.account.tenancy.tenant.clone())));
        let project = own.unwrap_or_else(|| project(context, body.pointer("/auth/scope/project")))?;
        Ok((user, secret, project))
    });
    let (user, secret, project) = match who {
        Ok(who) => who,
        Err(said) => return errors::error(Service::Identity, 400, said),
    };
    let (user, secret) = (user.unwrap_or_default(), secret.unwrap_or_default());
    match context.account.issue_cloud_token(&mut context.turn, &user, &secret, project.as_deref()) {
        Some(token) => {
            let told = token_v3(context, &token, project.is_some());
            Answer { token: Some(token.value), ..Answer::json(201, &json!({"token": told})) }
        }
        None => refused(),
    }
}

/// What the application credential is called.
const CREDENTIAL: &str = "robot";

const NO_DOMAIN: &str = "Expecting to find domain in user. The server could not comply with the request since it is \
                         either malformed or otherwise incorrect. The client is assumed to be in error.";

/// The name of something in the domain that there is; none where the domain is another. ConoHa's documents name none, and
/// clients of it one of two.
fn in_domain(context: &RequestContext<'_>, named: &Value) -> Result<Option<String>, &'static str> {
    let name = named.get("name").and_then(Value::as_str);
    let needed = context.ways().domains || !context.turn.quirks.conoha.no_domain;
    let Some(domain) = named.get("domain") else {
        return if needed { Err(NO_DOMAIN) } else { Ok(name.map(str::to_owned)) };
    };
    let is = |key: &str, value: &str| domain.get(key).and_then(Value::as_str) == Some(value);
    let is_default = is("id", "default") || is("name", "Default") || (!context.ways().domains && is("name", "gnc"));
    Ok(name.filter(|_| is_default).map(str::to_owned))
}

/// The user and what it says to be who it is.
fn credentials(context: &RequestContext<'_>, body: &Value) -> Result<(Option<String>, Option<String>), &'static str> {
    let own = context.account.api_keys.first().map(|key| (key.key.clone(), key.secret.clone()));
    let user_id = ids::hex(Kind::User, context.account, 1);
    let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let user = |value: &Value| match text(value, "id") {
        Some(id) => Ok(own.clone().filter(|_| id == user_id).map(|(name, _)| name)),
        None => in_domain(context, value),
    };
    if let Some(given) = body.pointer("/auth/identity/password/user") {
        return Ok((user(given)?, text(given, "password")));
    }
    if let Some(given) = body.pointer("/auth/identity/application_credential") {
        let is_own = match text(given, "id") {
            Some(id) => id == ids::hex(Kind::User, context.account, 3),
            // By its name, it is one of its user's.
            None => {
                let of = given.get("user").map(user).transpose()?.flatten();
                text(given, "name").as_deref() == Some(CREDENTIAL) && of == own.as_ref().map(|(name, _)| name.clone())
            }
        };
        return Ok((own.filter(|_| is_own).map(|(name, _)| name), text(given, "secret")));
    }
    let token = body.pointer("/auth/identity/token/id").and_then(Value::as_str);
    let known = token.is_some_and(|token| context.account.knows_token(token, context.turn.now));
    let (name, secret) = own.filter(|_| known).unzip();
    Ok((name, secret))
}

fn project(context: &RequestContext<'_>, named: Option<&Value>) -> Result<Option<String>, &'static str> {
    let Some(named) = named else { return Ok(None) };
    let by_name = || Ok(Some(in_domain(context, named)?.unwrap_or_default()));
    named.get("id").and_then(Value::as_str).map_or_else(by_name, |id| Ok(Some(id.to_owned())))
}

pub(super) fn token_v3(context: &RequestContext<'_>, token: &Token, scoped: bool) -> Value {
    let account = &context.account;
    let domain = json!({"id": "default", "name": "Default"});
    let user = account.api_keys.first().map_or("", |key| key.key.as_str());
    let mut told = json!({
        "methods": ["password"],
        "user": {"id": ids::hex(Kind::User, account, 1), "name": user, "domain": domain, "password_expires_at": null},
        "audit_ids": [],
        "issued_at": format!("{}Z", times::micros(context, context.turn.now)),
        "expires_at": format!("{}Z", times::micros(context, token.ends)),
    });
    if scoped {
        told["project"] = json!({"id": account.tenancy.tenant, "name": account.name, "domain": domain});
        told["roles"] = json!([{"id": ids::hex(Kind::User, account, 2), "name": "member"}]);
        told["catalog"] = Value::Array(catalogue_v3(context));
    }
    told
}

/// The catalogue: upstream's installers write image and network without a version; ConoHa's is as clients met it. The
/// addresses of volumes end in the project.
pub(super) fn catalogue_v3(context: &RequestContext<'_>) -> Vec<Value> {
    let (region, upstream) = (&context.account.tenancy.region, context.ways().domains);
    let quirks = &context.turn.quirks.conoha;
    let shape = quirks.catalogue_v3;
    if !upstream && shape == CatalogueShape::Empty {
        return Vec::new();
    }
    let volumes = format!("/v3/{}", context.account.tenancy.tenant);
    let service = |(at, (kind, name, path, version)): (usize, (&str, &str, &str, &str))| {
        let is_bare = if upstream { matches!(kind, "image" | "network") } else { shape == CatalogueShape::Bare };
        let url = format!("{}{path}{}", context.base, if is_bare { "" } else { version });
        let id = format!("{at:032x}");
        let endpoint = |interface: &str| json!({"id": id, "interface": interface, "region": region, "region_id": region, "url": url});
        let endpoints = ["admin", "internal", "public"].map(endpoint);
        json!({"id": id, "type": kind, "name": name, "endpoints": endpoints})
    };
    let services = [
        ("identity", "keystone", "/identity", "/v3"),
        ("compute", "nova", "/compute", "/v2.1"),
        ("image", "glance", "/image", "/v2"),
        ("network", "neutron", "/network", "/v2.0"),
        ("volumev3", "cinderv3", "/volume", volumes.as_str()),
    ];
    let named = services.into_iter().filter(|(kind, ..)| !quirks.catalogue_lacks.iter().any(|lacks| lacks == kind));
    named.enumerate().map(service).collect()
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
