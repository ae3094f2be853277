//! What the command line says, in English. Handed to `words` like a provider's own phrases.

use crate::words::Table;

pub(super) const TEXTS: Table = &[
    // What an account's check says, and what to do
    ("cli.check.ok", "ok"),
    ("cli.check.credentials", "wrong credentials"),
    ("cli.check.credentials.said", "wrong credentials: the provider said \"{said}\""),
    ("cli.check.configuration", "wrong configuration: {said}"),
    ("cli.check.reach", "not reachable: {fault}"),
    ("cli.check.other", "not usable now: {fault}"),
    ("cli.check.service", "{service}: {fault}"),
    (
        "cli.do.credentials",
        "Check the ids in the configuration, then give the secret anew: vpsdeck account add {name} --replace",
    ),
    ("cli.do.no-secret", "Give it: vpsdeck account add {name} --replace; or name it in the configuration: {form}"),
    ("cli.do.reach", "Check the network and the account's endpoint, {endpoint}"),
    (
        "cli.do.service",
        "The login is good. Check region, ids and, where they are set, the addresses of these services in the configuration",
    ),
    ("cli.do.not-understood", "Check that the account's endpoint, {endpoint}, is the provider's API"),
    ("cli.do.quota", "Try again in a minute"),
    ("cli.do.refused", "Try again later; if it stays, ask the provider"),
    ("cli.do.configuration", "Correct it in the configuration"),
    ("cli.check.waits", "{name}: waits {for} for the request budget"),
    // Adding
    ("cli.ask.provider", "Provider ({known})"),
    ("cli.ask.name", "Name of the account"),
    ("cli.ask.replace", "There is an account {name} already. Overwrite it?"),
    ("cli.add.where", "{provider}: {where}"),
    ("cli.add.stored", "{name}: the secret is in {store}"),
    ("cli.add.written", "{name}: written to {file}"),
    ("cli.add.replaced", "{name}: overwritten in {file}"),
    ("cli.add.not-usable", "The account stays in the configuration."),
    ("cli.add.exists", "there is an account {name} already; --replace overwrites it, --name or another NAME adds one"),
    ("cli.add.foreign", "{option} is not for {provider}; it takes: {known}"),
    ("cli.add.unconfirmed", "nothing was added"),
    ("cli.need.provider", "which provider? --provider {known}"),
    ("cli.need.value", "{option} is missing: {what}"),
    (
        "cli.need.secret",
        "the {secret} is missing: --secret-from-stdin reads it from standard input, --secret-env NAME names a variable; it is never taken from an argument",
    ),
    ("cli.need.stdin", "there is no secret on standard input"),
    // Listing
    ("cli.list.name", "NAME"),
    ("cli.list.provider", "PROVIDER"),
    ("cli.list.endpoint", "ENDPOINT"),
    ("cli.list.secret", "SECRET FROM"),
    ("cli.list.none", "no account yet; vpsdeck account add makes one"),
    // Removing
    ("cli.ask.remove", "Remove {name} from {file}, and its secret from the keyring?"),
    ("cli.remove.unconfirmed", "not confirmed, so nothing was removed; --yes answers the question"),
    ("cli.remove.done", "{name}: removed from {file}"),
    ("cli.remove.secret", "{name}: its secret is forgotten"),
    ("cli.remove.secret-stays", "{name}: its secret may still be in the keyring: {said}"),
    // Importing
    ("cli.import.unreadable", "{file} cannot be read: {said}"),
    (
        "cli.import.swapped",
        "The two values look swapped: IndigoApiKey has {key} characters and IndigoApiPrivateKey {private}; usual are 32 and 16. (The article's own sample has them crosswise.)",
    ),
    ("cli.import.only-env-file", "--endpoint, --swap and --as-is are for a file with IndigoApiKey=…"),
    ("cli.ask.swap", "Exchange the two?"),
    ("cli.import.choose", "say --swap to exchange the two, or --as-is to take them as they are"),
    ("cli.import.left", "{file} still holds the secret in plain text; delete it once you need it no more"),
    // The simulator
    ("cli.simulate.serves", "Simulator at {url}, {speed} times as fast as the world. Ctrl-C ends it."),
    ("cli.simulate.config", "# A configuration for it:"),
    ("cli.simulate.secret", "# Its made-up secrets:"),
    ("cli.simulate.no-port", "port {port} cannot be had: {said}"),
];
