//! `ConoHa`'s own phrases, in English.

use super::fields;
use crate::provider::texts::joined;
use crate::words::Table;

const OWN: Table = &[
    ("conoha.name", "ConoHa VPS Ver.2.0"),
    // Why something cannot be done now
    ("conoha.no.locked", "it is locked in the provider's panel; unlock it there first"),
    ("conoha.no.firewall-fixed", "it is the provider's own and cannot be changed"),
    ("conoha.no.firewall-on", "it is on {names}; take it off there first (f)"),
    ("conoha.no.firewalls", "there are {n} firewalls, and no more are allowed"),
    (
        "conoha.cannot.no-port",
        "which of its network ports is meant is not known: it has none yet, or several; ask for it again",
    ),
    ("conoha.no.being-made", "it is still being made"),
    ("conoha.no.unknown", "its state is not known ({sent})"),
    ("conoha.no.failed", "it failed: it can only be destroyed here, or put right in the provider's panel"),
    ("conoha.no.confirm-resize", "its new plan waits to be confirmed in the provider's panel"),
    ("conoha.no.runs-already", "it runs already"),
    ("conoha.no.off-already", "it is off already"),
    ("conoha.no.stops-already", "it is shutting down already; force-stop cuts the power"),
    ("conoha.no.only-stopped", "only a stopped instance can be started"),
    ("conoha.no.only-running", "it does not run"),
    ("conoha.no.under-way", "something else is under way"),
    ("conoha.no.instance-not-ready", "it neither runs nor is stopped"),
    ("conoha.no.its-instance", "of its instance: {why}"),
    ("conoha.no.instance-not-known", "its instance is not there; restore it as a new one"),
    ("conoha.no.disk-too-small", "it needs a disk of {needed} GB, and that of its instance has {disk}"),
    ("conoha.no.not-available", "the saved image is not available"),
    ("conoha.no.snapshot-being-made", "it is still being saved"),
    ("conoha.no.snapshot-under-way", "something else is under way with it"),
    ("conoha.no.plans-not-known", "the plans are not read yet"),
    ("conoha.no.plan", "no plan fits it: it needs a disk of {needed} GB"),
    // Why a step is sent again
    ("conoha.again.too-much", "the provider says: too many requests"),
    ("conoha.again.busy", "the provider is busy with it"),
    // What a refusal means, and what to do
    ("conoha.refused.token", "A fresh login was not accepted either. The API user may lack the right to do this."),
    ("conoha.refused.protected", "The image was not deleted: it is public, or protected."),
    ("conoha.refused.not-there", "It is not there any more, or the service's address is wrong."),
    (
        "conoha.refused.save",
        "Nothing was saved. An instance is to be off for it, and there must be room for the image.",
    ),
    (
        "conoha.refused.rebuild",
        "The disk stands as it was. Whether this provider rebuilds from saved images is not known; restored as new \
         they work.",
    ),
    (
        "conoha.refused.create",
        "Nothing was made. Where it is about image and plan: the 512 MB plan takes images of its own only, and its \
         images go on no other.",
    ),
    ("conoha.refused.in-use", "The firewall is still on an instance. Take it off there first."),
    // Orders
    ("conoha.order.password-length", "a password has 9 to 70 characters; this one has {n}"),
    ("conoha.order.password-odd", "a password cannot have {odd} in it"),
    ("conoha.order.password-mix", "a password mixes capitals, small letters, and digits or symbols"),
    ("conoha.order.no-firewall", "No firewall is chosen: the provider puts it behind its own, called default."),
    ("conoha.order.password-told", "The provider makes up the password of root and tells it once, when it is ordered."),
    ("conoha.no.key-address", "no request can name a key that is called so; the provider's panel deletes it"),
    ("conoha.no.key-name", "letters, digits, _ and - alone, at most 255 of them"),
    ("conoha.refused.key", "The key was not taken. It may be its name, or its kind."),
    ("conoha.refused.key-exists", "There is a key of that name already. Take another name, or delete that one first."),
    // Risks
    ("conoha.risk.running-is-rebuilt", "It is running, and goes down while its disk is made anew."),
    ("conoha.risk.only-copy", "No saved image of it remains: this is the only copy."),
    ("conoha.risk.copies-unknown", "Whether a recent saved image of it exists is not known."),
    ("conoha.risk.old-copy", "The newest saved image that remains is {age} old."),
    ("conoha.risk.images-stay", "{n} {n?saved image stays and takes:saved images stay and take} room until deleted."),
    ("conoha.risk.last-of-gone", "Its instance is not there any more: this is the last copy of it."),
    (
        "conoha.risk.others-of-gone",
        "Its instance is not there any more; {n} other {n?image:images} of it {n?remains:remain}.",
    ),
    ("conoha.risk.origin-unknown", "Which instance it holds is not known: this may be the only copy."),
    ("conoha.risk.interrupted", "It is stopped for minutes: shut down, saved, and started again."),
    ("conoha.risk.stays-off", "It is shut down for it and stays off."),
    ("conoha.risk.room", "It fills about {size} of the {free} GB that are free for saved images."),
    ("conoha.risk.room-at-most", "It fills at most {size} of the {free} GB that are free for saved images."),
    ("conoha.risk.no-room", "It takes about {size} GB, and {free} GB are free for saved images: it may be refused."),
    (
        "conoha.risk.room-may-lack",
        "It takes up to {size} GB, and {free} GB are free for saved images: it may be refused.",
    ),
    ("conoha.risk.room-left", "{free} GB are free for saved images."),
    ("conoha.risk.room-billed", "Saved images beyond 50 GB together are billed, in steps of 500 GB."),
    (
        "conoha.risk.rebuild-not-recorded",
        "Nobody recorded whether this provider rebuilds from a saved image; restored as new it works.",
    ),
    ("conoha.risk.new-address", "It gets a new id and a new address: DNS and the rules of others must follow."),
    ("conoha.risk.new-billed", "It is billed by the hour from now on, with plan {plan}."),
    ("conoha.risk.park-stops", "It is running: it is shut down, saved, and destroyed once the image is available."),
    ("conoha.risk.park-address", "Its id and its address are given up: made anew from the image it gets others."),
    ("conoha.risk.park-frees", "What is stopped is billed all the same; what is parked is not. Its image takes room."),
    (
        "conoha.risk.nothing-gets-in",
        "No rule lets anything in: what stands behind this firewall alone is shut off from outside, SSH included.",
    ),
    ("conoha.risk.firewall-gone", "Its rules are gone for good."),
    ("conoha.risk.named-by", "{names} let in the machines behind it: those rules go with it."),
    ("conoha.risk.closes", "Whatever this firewall let in is closed."),
];

const ALL: [(&str, &str); OWN.len() + fields::TEXTS.len()] = joined(&[OWN, fields::TEXTS]);

pub(super) const TEXTS: Table = &ALL;
