//! `POST /oauth/v1/accesstokens`: 201, every value a string, odd spaces. Recorded 2024-10.

use crate::sim::indigo::answer::{self, Answer};
use crate::sim::indigo::body::Body;
use crate::sim::request_context::{Request, RequestContext};

pub(super) fn issue(context: &mut RequestContext<'_>, request: &Request<'_>) -> Answer {
    if request.method != "POST" {
        return answer::no_such_path(context.request_id);
    }
    let body = Body::read(request.body);
    let (Some(key), Some(secret)) = (body.text("clientId"), body.text("clientSecret")) else {
        return refuse(context);
    };
    match context.account.issue_token(&mut context.turn, key, secret) {
        Some(token) => {
            let life = (context.turn.durations.token / context.clock.speed()).floor();
            let issued = context.clock.told(context.turn.now).millis();
            Answer::gateway(
                201,
                format!(
                    r#"{{"accessToken": "{}", "tokenType": "BearerToken", "expiresIn": "{life}" , "scope": "" , "issuedAt": "{issued}"}}"#,
                    token.value
                ),
            )
        }
        None => refuse(context),
    }
}

fn refuse(context: &RequestContext<'_>) -> Answer {
    answer::unauthorized(context.turn.quirks, "Invalid client identifier or secret", context.request_id)
}
