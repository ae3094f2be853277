//! English.

use super::Table;

/// The texts.
pub(super) const TEXTS: Table = &[
    // States
    ("status.creating", "Creating"),
    ("status.importing", "Importing"),
    ("status.stopped", "Stopped"),
    ("status.billed", "(billed)"),
    ("status.starting", "Starting"),
    ("status.running", "Running"),
    ("status.stopping", "Stopping"),
    ("status.rebooting", "Rebooting"),
    ("status.rebuilding", "Rebuilding"),
    ("status.restoring", "Restoring"),
    ("status.saving", "Saving"),
    ("status.resizing", "Resizing"),
    ("status.confirm-resize", "Confirm resize"),
    ("status.paused", "Paused"),
    ("status.suspended", "Suspended"),
    ("status.shelved", "Shelved"),
    ("status.rescue", "Rescue"),
    ("status.destroying", "Destroying"),
    ("status.deleting", "Deleting"),
    ("status.available", "Available"),
    ("status.error", "Error"),
    ("status.unknown", "Unknown ({sent})"),
    // What went wrong with a read: one line, and what to do
    ("fault.unreachable", "{host} cannot be reached: {said}"),
    ("fault.timed-out", "{host} does not answer in time"),
    ("fault.broken-off", "the connection broke off: {said}"),
    ("fault.credentials", "password refused"),
    ("fault.no-secret", "no secret: {said}"),
    ("fault.unauthorised", "{service} refuses a fresh token"),
    ("fault.over-budget", "waits for the request budget"),
    ("fault.quota", "the provider says: too many requests"),
    ("fault.refused", "answered {status}: {said}"),
    ("fault.not-understood", "not understood at {field}: {said}"),
    ("fault.do.unreachable", "Check the network and the endpoint in the configuration; it is tried again by itself."),
    ("fault.do.timed-out", "It is tried again by itself; Ctrl-r tries now."),
    ("fault.do.broken-off", "It is tried again by itself; Ctrl-r tries now."),
    (
        "fault.do.credentials",
        "Set the right secret (vpsdeck account add) and press Ctrl-r; it is not tried again before.",
    ),
    ("fault.do.no-secret", "Store it with: vpsdeck account add; or name it in the configuration."),
    ("fault.do.unauthorised", "The account may lack the right to use it; Ctrl-r tries again."),
    ("fault.do.over-budget", "It goes on by itself."),
    ("fault.do.quota", "It goes on by itself when the quota is renewed."),
    ("fault.do.refused", "It is tried again by itself; name the request id to the provider if it stays."),
    ("fault.do.not-understood", "The last good data stay; the log has the beginning of what came."),
];
