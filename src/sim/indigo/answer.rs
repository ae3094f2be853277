//! Answers, refusals and the gateway's own words.

use crate::sim::indigo::record::Record;
use crate::sim::quirks::{GatewayShape, Quirks};
use crate::sim::quota::Standing;
use crate::sim::world::refusal::Refusal;

/// Who in the provider's house wrote an answer; its headers differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Writer {
    Gateway,
    Backend,
}

/// An answer before it is sent.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: String,
    pub(super) content_type: &'static str,
    pub(super) writer: Writer,
    pub(super) standing: Option<Standing>,
    /// Where a redirect leads.
    pub(super) location: Option<&'static str>,
}

impl Answer {
    pub(super) fn backend(status: u16, body: String) -> Self {
        Self { status, body, content_type: "application/json", writer: Writer::Backend, standing: None, location: None }
    }

    pub(super) fn gateway(status: u16, body: String) -> Self {
        Self { writer: Writer::Gateway, ..Self::backend(status, body) }
    }

    /// A page, as a front end writes it when nothing behind it answers.
    pub(super) fn html(status: u16) -> Self {
        let title = match status {
            200 => "Maintenance",
            502 => "502 Bad Gateway",
            503 => "503 Service Temporarily Unavailable",
            _ => "Error",
        };
        Self {
            content_type: "text/html; charset=UTF-8",
            ..Self::gateway(
                status,
                format!(
                    "<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<center><h1>{title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
                ),
            )
        }
    }

    pub(super) fn code(&self) -> Option<String> {
        ["\"sucessCode\":\"", "\"errorCode\":\""].into_iter().find_map(|field| {
            let (_, rest) = self.body.split_once(field)?;
            rest.split_once('"').map(|(code, _)| code.to_owned())
        })
    }
}

pub(super) fn done(message: &str, code: &str) -> Record {
    Record::new().with("success", true).with("message", message).with("sucessCode", code)
}

pub(super) fn gateway_error(
    shape: GatewayShape,
    status: u16,
    message: &str,
    developer: &str,
    fault_code: &str,
    request_id: &str,
) -> Answer {
    match shape {
        GatewayShape::Envelope => Answer::gateway(
            status,
            Record::new()
                .with("errorCode", status.to_string())
                .with("errorMessage", message)
                .with("developerMessage", developer)
                .with("moreInfo", ())
                .with("requestId", request_id)
                .end(),
        ),
        GatewayShape::Fault => Answer::gateway(
            status,
            Record::new()
                .with_text(
                    "fault",
                    &Record::new()
                        .with("faultstring", developer)
                        .with_text("detail", &Record::new().with("errorcode", fault_code).end())
                        .end(),
                )
                .end(),
        ),
        GatewayShape::Empty => Answer::gateway(status, String::new()),
        GatewayShape::Html => Answer::html(status),
    }
}

/// 429 of the quota; the words and headers recorded 2024-05, doubled space included.
pub(super) fn over_quota(standing: Standing, identifier: &str, request_id: &str) -> Answer {
    let developer = format!("Rate limit quota violation. Quota limit  exceeded. Identifier : {identifier}");
    Answer {
        standing: Some(standing),
        ..gateway_error(
            GatewayShape::Envelope,
            429,
            "Too Many Request.",
            &developer,
            "policies.ratelimit.QuotaViolation",
            request_id,
        )
    }
}

/// 429 of the spike arrest.
pub(super) fn spike(quirks: &Quirks, request_id: &str) -> Answer {
    gateway_error(
        quirks.spike_body,
        429,
        "Too Many Request.",
        "Spike arrest violation. Allowed rate : MessageRate{messagesPerPeriod=2, periodInMicroseconds=1000000, maxBurstMessageCount=1.0}",
        "policies.ratelimit.SpikeArrestViolation",
        request_id,
    )
}

/// 401.
pub(super) fn unauthorized(quirks: &Quirks, developer: &str, request_id: &str) -> Answer {
    gateway_error(quirks.unauthorized_body, 401, "Unauthorized.", developer, "oauth.v2.InvalidAccessToken", request_id)
}

/// 404 for a path that is none.
pub(super) fn no_such_path(request_id: &str) -> Answer {
    gateway_error(
        GatewayShape::Envelope,
        404,
        "Not Found.",
        "No such resource.",
        "messaging.adaptors.http.flow.ApplicationNotFound",
        request_id,
    )
}

/// A refusal of the application in words of one's own, under the code that stands for any.
pub(super) fn refused_in(quirks: &Quirks, status: u16, said: Option<&str>) -> Answer {
    let record = Record::new().with("success", false).with("errorMessage", said.unwrap_or("It is refused."));
    Answer::backend(status, record.with("errorCode", quirks.codes.bad_request.as_str()).end())
}

/// A refusal of the application in Indigo's codes and words.
pub(super) fn refused(quirks: &Quirks, refusal: Refusal) -> Answer {
    let codes = &quirks.codes;
    let (code, message): (&str, &str) = match refusal {
        Refusal::AlreadyRunning => ("I10016", "This instance is already running."),
        Refusal::AlreadyStopped => ("I10017", "This instance is already stopped."),
        Refusal::AlreadyDestroyed => ("I10018", "This instance is already destroyed."),
        Refusal::StillRunning => {
            ("I10055", "Instance is in running status. Please stop the instance before destroying.")
        }
        Refusal::OutOfStock => ("I10059", "Out of stock."),
        Refusal::BadKey => ("I10034", "Invalid SSH key."),
        Refusal::Licence => ("I10037", "License Failed To Update."),
        Refusal::FirewallInUse => ("F60009", "This firewall template has already been assigned to an active instance."),
        Refusal::StopBeforeRestore => ("S10002", "Please turn-off Instance before restoring a snapshot"),
        Refusal::Busy => (&codes.busy, "Instance is being processed."),
        Refusal::NoInstance => (&codes.no_instance, "Instance does not exist."),
        Refusal::NoSnapshot => (&codes.no_snapshot, "Snapshot does not exist."),
        Refusal::NoFirewall => (&codes.no_firewall, "Firewall template does not exist."),
        Refusal::NoKey => (&codes.no_key, "Key does not exist."),
        Refusal::BadPlan => (&codes.bad_plan, "Invalid instance plan."),
        Refusal::InstanceLimit => (&codes.instance_limit, "Instance limit has been reached."),
        Refusal::CreationLimit => (&codes.creation_limit, "Too many instances were created."),
        Refusal::SnapshotLimit => (&codes.snapshot_limit, "Snapshot limit has been reached."),
        Refusal::BadRequest
        | Refusal::PanelGroup
        | Refusal::GroupLimit
        | Refusal::RuleExists
        | Refusal::SamePlan
        | Refusal::DiskTooSmall
        | Refusal::ImageNotReady => (&codes.bad_request, "Invalid request."),
    };
    let status = match refusal {
        Refusal::NoInstance | Refusal::NoSnapshot | Refusal::NoFirewall | Refusal::NoKey => quirks.foreign_status,
        _ => quirks.refusal_status,
    };
    Answer::backend(
        status,
        Record::new().with("success", false).with("errorMessage", message).with("errorCode", code).end(),
    )
}
