//! `POST /oauth/v1/accesstokens`: 201, every value a string, odd spaces. Recorded 2024-10.

use super::answer::{self, Answer};
use super::body::Body;
use super::{Desk, Request};

pub(super) fn issue(desk: &mut Desk<'_>, request: &Request<'_>) -> Answer {
    if request.method != "POST" {
        return answer::no_such_path(desk.request_id);
    }
    let body = Body::read(request.body);
    let (Some(key), Some(secret)) = (body.text("clientId"), body.text("clientSecret")) else {
        return refuse(desk);
    };
    match desk.account.issue_token(&mut desk.turn, key, secret) {
        Some(token) => {
            let life = (desk.turn.durations.token / desk.clock.speed()).floor();
            let issued = desk.clock.told(desk.turn.now).millis();
            Answer::gateway(
                201,
                format!(
                    r#"{{"accessToken": "{}", "tokenType": "BearerToken", "expiresIn": "{life}" , "scope": "" , "issuedAt": "{issued}"}}"#,
                    token.value
                ),
            )
        }
        None => refuse(desk),
    }
}

fn refuse(desk: &Desk<'_>) -> Answer {
    answer::unauthorized(desk.turn.quirks, "Invalid client identifier or secret", desk.request_id)
}
