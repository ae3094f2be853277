//! What a server writes to its console: it boots, and then says now and then that it is there. As guests do, it colours
//! what it says and ends its lines as a terminal wants it.

use serde_json::{Value, json};

use crate::sim::conoha::answer::Answer;
use crate::sim::conoha::compute::reply::fail;
use crate::sim::request_context::RequestContext;
use crate::sim::world::instance::{Instance, State};

const BOOT: [&str; 8] = [
    "Linux version 6.1.0-13-cloud-amd64",
    "Command line: root=/dev/vda1 ro console=tty0 console=ttyS0,115200",
    "virtio_blk virtio1: [vda] 41943040 512-byte logical blocks",
    "EXT4-fs (vda1): mounted filesystem with ordered data mode",
    "[\u{1b}[0;32m  OK  \u{1b}[0m] Reached target Network.",
    "[\u{1b}[0;32m  OK  \u{1b}[0m] Started OpenSSH server daemon.",
    "cloud-init: downloading updates: 10%\rcloud-init: downloading updates: 100%",
    "cloud-init: modules:final finished",
];
/// World seconds from one line to the next, once it has booted.
const PAUSE: f64 = 4.0;
/// A guest that ran for long has written more than is kept.
const KEPT: usize = 400;

pub(super) fn output(context: &RequestContext<'_>, number: u64, how: &Value) -> Answer {
    let most = match how.get("length") {
        None | Some(Value::Null) => usize::MAX,
        Some(length) => {
            let text = length.as_str().map_or_else(|| length.to_string(), str::to_owned);
            match text.parse::<i64>() {
                Ok(length) => usize::try_from(length).unwrap_or(usize::MAX),
                Err(_) => return fail(400, "Invalid input for field/attribute length."),
            }
        }
    };
    let Ok(instance) = context.account.instance(number) else { return fail(404, "Instance could not be found.") };
    if instance.is_unprovisioned() {
        return fail(409, "Instance not yet ready");
    }
    let lines = lines(context, instance);
    let text: String = lines.iter().skip(lines.len().saturating_sub(most)).map(|line| format!("{line}\r\n")).collect();
    Answer::json(200, &json!({ "output": text }))
}

fn lines(context: &RequestContext<'_>, instance: &Instance) -> Vec<String> {
    let seconds = if instance.state == State::Running {
        context.turn.now.seconds_since(instance.cloud.since)
    } else {
        BOOT.len() as f64
    };
    let after = ((seconds - BOOT.len() as f64) / PAUSE).max(0.0) as usize;
    let stamp = |at: f64, text: &str| format!("[{at:12.6}] {text}");
    let boot = BOOT.iter().enumerate().map(|(n, text)| stamp(n as f64 * 0.7, text));
    let later = (after.saturating_sub(KEPT)..after)
        .map(|n| stamp(BOOT.len() as f64 + n as f64 * PAUSE, &format!("{} systemd[1]: tick {n}", instance.name)));
    boot.chain(later).collect()
}
