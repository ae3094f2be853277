//! Indigo's own phrases, in English.

use crate::words::Table;

pub(super) const TEXTS: Table = &[
    ("indigo.name", "WebARENA Indigo"),
    ("indigo.no.key-in-use", "this program logs in with it; make another one and set it first"),
    // Details
    ("indigo.field.plan", "Plan code"),
    ("indigo.field.address-type", "Addresses"),
    ("indigo.field.reverse-name", "Reverse"),
    ("indigo.field.set-up", "Set up"),
    ("indigo.field.closed", "Closed"),
    ("indigo.field.imported", "Imported"),
    ("indigo.field.from-snapshot", "Made from"),
    ("indigo.field.service-id", "Service id"),
    ("indigo.field.veid", "VEID"),
    ("indigo.field.mac", "MAC"),
    ("indigo.field.uuid", "UUID"),
    ("indigo.field.volume", "Volume"),
    ("indigo.field.slot", "Slot"),
    ("indigo.field.status", "Status"),
    ("indigo.field.code", "Code"),
    ("indigo.field.system", "System"),
    ("indigo.field.odd", "Record"),
    // What is wrong
    (
        "indigo.import-url-invalid",
        "The disk image could not be fetched from the address given. The machine exists all the same and is billed: \
         destroy it, and import again with an address that answers.",
    ),
    ("indigo.snapshot-failed", "It could not be saved. Try it again (retake), or delete it."),
    // Why something cannot be done now
    ("indigo.no.park", "not until a snapshot is shown to outlive its machine"),
    ("indigo.no.being-made", "it is still being made"),
    ("indigo.no.unknown", "its state is not known ({sent})"),
    ("indigo.no.failed", "it was never made; it can only be destroyed"),
    ("indigo.no.runs-already", "it runs already"),
    ("indigo.no.off-already", "it is off already"),
    ("indigo.no.stops-already", "it is shutting down already; force-stop cuts the power"),
    ("indigo.no.only-stopped", "only a stopped instance can be started"),
    ("indigo.no.only-running", "it does not run"),
    ("indigo.no.under-way", "something else is under way"),
    ("indigo.no.slots", "all {n} snapshots that an instance can have are there; delete one first"),
    ("indigo.no.not-available", "the snapshot is not available"),
    ("indigo.no.only-failed", "only a failed snapshot can be tried again"),
    ("indigo.no.snapshot-being-made", "it is still being made"),
    ("indigo.no.snapshot-under-way", "something else is under way with it"),
    ("indigo.no.instance-not-ready", "its instance neither runs nor is stopped"),
    ("indigo.no.instance-not-known", "its instance is not there"),
    // Why a step is sent again
    ("indigo.again.too-much", "the provider says: too many requests"),
    ("indigo.again.busy", "the provider is busy with it"),
    ("indigo.again.prepares", "the provider still prepares it"),
    // What a refusal means, and what to do
    ("indigo.refused.token", "A fresh login was not accepted either. The key may lack the right to do this."),
    ("indigo.refused.I10016", "It runs already."),
    ("indigo.refused.I10017", "It is off already."),
    (
        "indigo.refused.I10034",
        "The SSH key is not of a kind that is taken. ssh-rsa is; ssh-ed25519 was refused, and so may be a key with a \
         comment behind it.",
    ),
    (
        "indigo.refused.I10037",
        "The licence could not be updated: something is wrong with the contract. It does not help to try again; \
         look into the control panel.",
    ),
    ("indigo.refused.I10055", "It still runs. Stop it, wait until it is off, then destroy it."),
    ("indigo.refused.I10059", "Out of stock: nothing was made. Take another plan, or try again later."),
    (
        "indigo.refused.F60009",
        "The firewall is still on a machine, and there is no call that takes it off. Destroy the machine first, or \
         take the firewall off in the control panel.",
    ),
    ("indigo.refused.S10002", "The instance still runs. Stop it, wait until it is off, then restore."),
    // Orders
    ("indigo.addresses.six", "IPv6 only"),
    ("indigo.addresses.four", "IPv4 only"),
    ("indigo.addresses.dual", "IPv4, IPv6"),
    ("indigo.order.key-kind", "{kind} may be refused: ssh-rsa is what is known to be taken."),
    ("indigo.order.six-only", "This plan has an IPv6 address only: it cannot be reached from IPv4."),
    (
        "indigo.order.import",
        "An import is not set up by cloud-init: it may come up without a network, and then only the console of the \
         panel reaches it. A wrong address shows only later, and the machine is billed all the same.",
    ),
    ("indigo.order.a-day", "The provider lets about 10 be ordered a day, as users counted."),
    (
        "indigo.no.detach",
        "no call is known that takes a firewall off; put another one on it, or take it off in the control panel",
    ),
    // Risks
    (
        "indigo.risk.nothing-gets-in",
        "No rule lets anything in: all that reaches the machines behind this firewall is dropped, SSH included.",
    ),
    ("indigo.risk.firewall-gone", "Its rules are gone for good. It is refused while it is on an active machine."),
    ("indigo.risk.running-is-stopped", "It is running: it is shut down first, and started afterwards."),
    ("indigo.risk.only-copy", "No snapshot of it remains: this is the only copy."),
    ("indigo.risk.copies-unknown", "Whether a recent snapshot of it exists is not known."),
    ("indigo.risk.old-copy", "The newest snapshot that remains is {age} old."),
    ("indigo.risk.snapshots-stay", "{n} {n?snapshot stays and is:snapshots stay and are} billed until deleted."),
    ("indigo.risk.reboot-may-cut", "The provider's reboot may cut the power. Stop and start is the clean way."),
    ("indigo.risk.interrupted", "It is shut down for it and started afterwards."),
    ("indigo.risk.taken-running", "It runs: the snapshot holds the disk as after a power cut."),
    ("indigo.risk.snapshot-billed", "A snapshot is billed until it is deleted."),
    ("indigo.risk.no-slot", "All snapshots that an instance can have are there: saving first will be refused."),
    ("indigo.risk.instance-gone", "Its instance is not there any more: this may be the only copy."),
];
