//! Where each call of the journal goes, written down once more: what the program itself knows of it tells nothing here.

use serde_json::Value;

/// What a call is sent as: the method and the path, `*` for what the call does not say.
pub(crate) fn request_of(account: &str, call: &Value) -> String {
    let name = call["call"].as_str().unwrap_or_else(|| panic!("a call without a name: {call}"));
    let id = |field: &str| {
        let field = &call[field];
        let known = field.as_str().or_else(|| field["known"].as_str());
        known.unwrap_or("*").to_owned()
    };
    if account == "indigo" {
        let path = match name {
            "power" | "destroy" => "POST vm/instance/statusupdate".to_owned(),
            "take_snapshot" => "POST disk/takesnapshot".to_owned(),
            "retake_snapshot" => "POST disk/retakesnapshot".to_owned(),
            "restore" => "POST disk/restoresnapshot".to_owned(),
            "delete_snapshot" => format!("DELETE disk/deletesnapshot/{}", id("snapshot")),
            "create_firewall" => "POST nw/createfirewall".to_owned(),
            "update_firewall" => "PUT nw/updatefirewall".to_owned(),
            "assign_firewall" => "POST nw/assign".to_owned(),
            "delete_firewall" => format!("DELETE nw/deletefirewall/{}", id("firewall")),
            "create_instance" => "POST vm/createinstance".to_owned(),
            "add_key" => "POST vm/sshkey".to_owned(),
            "change_key" => format!("PUT vm/sshkey/{}", id("id")),
            "delete_key" => format!("DELETE vm/sshkey/{}", id("id")),
            "create_api_key" => "GET auth/create/apikey".to_owned(),
            "delete_api_key" => format!("DELETE auth/apikey/{}", id("id")),
            other => panic!("no such call of Indigo is known here: {other}"),
        };
        return path.replacen(' ', " /webarenaIndigo/v1/", 1);
    }
    match name {
        "power" | "take_snapshot" | "restore" | "resize" | "confirm_resize" | "revert_resize" => {
            format!("POST /compute/v2/*/servers/{}/action", id("instance"))
        }
        "destroy" => format!("DELETE /compute/v2/*/servers/{}", id("instance")),
        "create_instance" => "POST /compute/v2/*/servers".to_owned(),
        "delete_snapshot" => format!("DELETE /image/v2/images/{}", id("snapshot")),
        "add_key" => "POST /compute/v2/*/os-keypairs".to_owned(),
        "delete_key" => format!("DELETE /compute/v2/*/os-keypairs/{}", id("id")),
        "create_firewall" => "POST /network/v2.0/security-groups".to_owned(),
        "rename_firewall" => format!("PUT /network/v2.0/security-groups/{}", id("firewall")),
        "delete_firewall" => format!("DELETE /network/v2.0/security-groups/{}", id("firewall")),
        "add_rule" => "POST /network/v2.0/security-group-rules".to_owned(),
        "remove_rule" => format!("DELETE /network/v2.0/security-group-rules/{}", id("id")),
        "assign_firewall" | "detach_firewall" => "PUT /network/v2.0/ports/*".to_owned(),
        "set_port" => format!("PUT /network/v2.0/ports/{}", id("port")),
        other => panic!("no such call of ConoHa is known here: {other}"),
    }
}

/// Whether a request is what a call is sent as.
pub(crate) fn fits(pattern: &str, request: &str) -> bool {
    let (start, rest) = pattern.split_once('*').unwrap_or((pattern, ""));
    match pattern.contains('*') {
        false => pattern == request,
        true => request.starts_with(start) && request.len() >= start.len() + rest.len() && request.ends_with(rest),
    }
}
