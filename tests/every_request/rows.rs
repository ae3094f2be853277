//! What is asked for: each verb at each provider, in each of its forms that sends other requests.

use vpsdeck::domain::Verb;
use vpsdeck::sim::{Options, WorldFile};

use super::lab::Lab;
use super::pty::Terminal;

/// What no such provider has.
pub(crate) const NEVER: [(&str, Verb); 10] = [
    ("indigo", Verb::Resize),
    ("indigo", Verb::ConfirmResize),
    ("indigo", Verb::RevertResize),
    ("indigo", Verb::DetachFirewall),
    ("indigo", Verb::Park),
    ("indigo", Verb::RestoreAsNew),
    ("conoha", Verb::RetakeSnapshot),
    ("conoha", Verb::ChangeKey),
    ("conoha", Verb::CreateApiKey),
    ("conoha", Verb::DeleteApiKey),
];

#[derive(Clone, Copy)]
pub(crate) enum Ask {
    /// The words of a command, divided by `|`; what confirms it is added.
    Command(&'static str),
    /// What the command line does not have: typed in the dashboard, beginning at this machine.
    Keys(&'static str, fn(&Terminal)),
}

pub(crate) struct Row {
    pub(crate) account: &'static str,
    pub(crate) verb: Verb,
    pub(crate) what: &'static str,
    /// The name that confirms it; none where only a yes does.
    pub(crate) named: Option<&'static str>,
    pub(crate) ask: Ask,
}

const fn command(
    account: &'static str,
    verb: Verb,
    what: &'static str,
    named: &'static str,
    words: &'static str,
) -> Row {
    Row { account, verb, what, named: Some(named), ask: Ask::Command(words) }
}

const fn keys(
    account: &'static str,
    verb: Verb,
    what: &'static str,
    (machine, named): (&'static str, &'static str),
    keys: fn(&Terminal),
) -> Row {
    Row { account, verb, what, named: Some(named), ask: Ask::Keys(machine, keys) }
}

/// A world that is quiet, without a quota, and where everything is over as soon as it was begun.
const AT_ONCE: &str = "
[quirks]
spike_seconds = 0
creations_per_day = 0
[durations]
install = 0
settle = 0
start = 0
stop = 0
force_stop = 0
reset = 0
linger = 0
snapshot = 0
restore = 0
build = 0
rebuild = 0
resize = 0
confirm = 0
save_image = 0
delete = 0
";

/// What the rows need beside the small worlds.
const MORE: &str = "
[[account.firewall]]
name = \"spare\"
age = \"2d\"
inbound = [{ type = \"Custom\", protocol = \"TCP\", port = \"22\", source = \"198.51.100.7\" }]

[[account.instance.snapshot]]
name = \"weekly\"
age = \"2d\"
";
/// At a provider that changes plans: one that is off, and one whose new plan waits to be confirmed.
const RESIZED: &str = "
[[account.instance]]
name = \"small\"
flavour = \"g-c2m1d100\"
state = \"stopped\"

[[account.instance]]
name = \"resized\"
flavour = \"g-c3m2d100\"
resized_from = \"g-c2m1d100\"
";
const FAILED: &str = "
[[account.instance.snapshot]]
name = \"broken\"
age = \"1d\"
fails = true
";

/// What a firewall is edited to: another name, one rule less, two more.
const RULES: &str = "name = \"web-2\"

[[rule]]
preset = \"HTTPS\"
source = \"any\"

[[rule]]
protocol = \"tcp\"
ports = \"22\"
source = \"198.51.100.7\"

[[rule]]
protocol = \"udp\"
ports = \"8000-8010\"
source = \"192.0.2.0/24\"
";

impl Row {
    /// The world that it is asked for in.
    pub(crate) fn lab(&self) -> Lab {
        let (small, more) = match self.account {
            "indigo" => (include_str!("../../assets/worlds/small.toml"), [MORE, FAILED].concat()),
            _ => (include_str!("../../assets/worlds/conoha.toml"), [MORE, RESIZED].concat()),
        };
        let mut world = WorldFile::named(&[small, &more, AT_ONCE].concat()).unwrap();
        world.accounts.iter_mut().for_each(|account| account.quota = 0);
        let lab = Lab::at(Options::of(world)).with("VPSDECK_LOG", "error");
        lab.configure(
            "budget = { per_minute = 0 }",
            "[safety]\ngrace = \"0s\"\n[poll]\nfresh = \"1s\"\nwatch = \"1s\"\n",
        );
        std::fs::write(lab.home().join("me.pub"), include_str!("../terminal/key.pub")).unwrap();
        std::fs::write(lab.home().join("rules.toml"), RULES).unwrap();
        lab.simulation.change(|world| {
            for account in &mut world.accounts {
                let another = account.api_keys.first().cloned().map(|mut key| {
                    (key.id, key.key) = (777, "AKother".to_owned());
                    key
                });
                account.api_keys.extend(another);
            }
        });
        lab
    }
}

pub(crate) const ROWS: &[Row] = &[
    command("indigo", Verb::Start, "start", "db", "start|indigo/db"),
    command("indigo", Verb::Stop, "stop", "web-01", "stop|indigo/web-01"),
    command("indigo", Verb::ForceStop, "force-stop", "web-01", "force-stop|indigo/web-01"),
    command("indigo", Verb::Reboot, "reboot", "web-01", "reboot|indigo/web-01"),
    keys("indigo", Verb::Reboot, "stop and start", ("web-01", "web-01"), clean_reboot),
    command("indigo", Verb::Destroy, "destroy", "web-01", "destroy|indigo/web-01"),
    keys("indigo", Verb::Destroy, "destroy with its snapshots", ("web-01", "web-01"), |terminal| {
        terminal.wait_line(&["web-01", "12d"]).keys("D").wait_for("1 snapshot stays and is billed");
        terminal.keys("<Tab> ").wait_for("[x] delete its 1 snapshot first").keys("<S-Tab>web-01<Enter>");
    }),
    command("indigo", Verb::TakeSnapshot, "take-snapshot", "db", "take-snapshot|indigo/db|--name|before"),
    keys("indigo", Verb::TakeSnapshot, "take-snapshot, shut down for it", ("web-01", "web-01"), |terminal| {
        terminal.keys("t").wait_for("[ ] shut it down for this").keys("1").wait_for("[x] shut it down").keys("y");
    }),
    keys("indigo", Verb::RetakeSnapshot, "retake", ("v6-only", "broken"), |terminal| {
        terminal.keys("2").wait_line(&[">", "broken", "Error"]).keys(":retake<Enter>").wait_for("y yes").keys("y");
    }),
    command("indigo", Verb::Restore, "restore", "web-01", "restore|indigo/web-01|--from|before-upgrade"),
    keys("indigo", Verb::Restore, "restore, saved first", ("web-01", "web-01"), |terminal| {
        terminal.wait_line(&["web-01", "12d"]).keys("R").wait_line(&["1", "before-upgrade"]).keys("1");
        save_first(terminal, "web-01");
    }),
    command("indigo", Verb::DeleteSnapshot, "delete snapshot", "nightly", "delete|snapshot|indigo/nightly"),
    command("indigo", Verb::AssignFirewall, "assign", "db", "firewall|assign|indigo/web|db"),
    command(
        "indigo",
        Verb::CreateInstance,
        "create with a new key and a firewall",
        "new",
        "create|--account|indigo|--name|new|--image|Debian 12|--plan|2vCPU2GB40GB|--key|me.pub|--firewall|web",
    ),
    command(
        "indigo",
        Verb::CreateFirewall,
        "create firewall",
        "new",
        "firewall|create|indigo/new|--rule|http any|--rule|tcp 22 198.51.100.7|--on|db",
    ),
    command("indigo", Verb::UpdateFirewall, "edit firewall", "web", "firewall|edit|indigo/web|--file|rules.toml"),
    command("indigo", Verb::DeleteFirewall, "delete firewall", "spare", "delete|firewall|indigo/spare"),
    command("indigo", Verb::AddKey, "add key", "me", "key|add|--account|indigo|--name|me|me.pub"),
    command("indigo", Verb::ChangeKey, "deactivate key", "laptop", "key|deactivate|indigo/laptop"),
    command("indigo", Verb::ChangeKey, "rename key", "laptop", "key|rename|indigo/laptop|desk"),
    command("indigo", Verb::DeleteKey, "delete key", "laptop", "delete|key|indigo/laptop"),
    Row {
        account: "indigo",
        verb: Verb::CreateApiKey,
        what: "create API key",
        named: None,
        ask: Ask::Command("key|api|create|--account|indigo"),
    },
    command("indigo", Verb::DeleteApiKey, "delete API key", "777", "key|api|delete|indigo/777"),
    command("conoha", Verb::Start, "start", "db", "start|conoha/db"),
    command("conoha", Verb::Stop, "stop", "web-01", "stop|conoha/web-01"),
    command("conoha", Verb::ForceStop, "force-stop", "web-01", "force-stop|conoha/web-01"),
    command("conoha", Verb::Reboot, "reboot", "web-01", "reboot|conoha/web-01"),
    keys("conoha", Verb::Reboot, "stop and start", ("web-01", "web-01"), clean_reboot),
    keys("conoha", Verb::Reboot, "reboot, hard", ("web-01", "web-01"), |terminal| {
        terminal.keys("r").wait_for("[ ] cut the power instead").keys("2").wait_for("[x] cut the power");
        terminal.wait_for("Type web-01").keys("web-01<Enter>");
    }),
    command("conoha", Verb::Destroy, "destroy", "web-01", "destroy|conoha/web-01"),
    command("conoha", Verb::TakeSnapshot, "take-snapshot", "db", "take-snapshot|conoha/db|--name|before"),
    command(
        "conoha",
        Verb::TakeSnapshot,
        "take-snapshot, shut down for it",
        "web-01",
        "take-snapshot|conoha/web-01|--name|before",
    ),
    command("conoha", Verb::Restore, "restore", "db", "restore|conoha/db|--from|nightly"),
    keys("conoha", Verb::Restore, "restore, saved first", ("batch", "batch"), |terminal| {
        terminal.wait_line(&["batch", "2d"]).keys("R").wait_line(&["1", "weekly"]).keys("1");
        terminal.wait_line(&["2", "in place, over the disk of batch"]).keys("2");
        save_first(terminal, "batch");
    }),
    keys("conoha", Verb::RestoreAsNew, "restore as new", ("db", "nightly"), |terminal| {
        terminal.wait_line(&["db", "20h"]).keys("R").wait_line(&["1", "nightly"]).keys("1");
        terminal.wait_line(&["1", "as a new server"]).wait_gone("not read yet").keys("1").wait_for("y yes").keys("y");
    }),
    keys("conoha", Verb::Park, "park", ("web-01", "web-01"), |terminal| {
        terminal.keys(":park").wait_for("save, then destroy").keys("<Enter>").wait_for("Type web-01");
        terminal.keys("web-01<Enter>");
    }),
    command("conoha", Verb::Resize, "resize", "small", "resize|conoha/small|--plan|g-c4m4d100"),
    command("conoha", Verb::ConfirmResize, "confirm-resize", "resized", "confirm-resize|conoha/resized"),
    command("conoha", Verb::RevertResize, "revert-resize", "resized", "revert-resize|conoha/resized"),
    command("conoha", Verb::DeleteSnapshot, "delete snapshot", "nightly", "delete|snapshot|conoha/nightly"),
    command("conoha", Verb::AssignFirewall, "assign", "db", "firewall|assign|conoha/web|db"),
    command("conoha", Verb::DetachFirewall, "detach", "web-01", "firewall|detach|conoha/web|web-01"),
    command(
        "conoha",
        Verb::CreateInstance,
        "create with a new key and a firewall",
        "new",
        "create|--account|conoha|--name|new|--image|vmi-ubuntu-20.04-amd64-100gb|--plan|g-c2m1d100|--key|me.pub|--firewall|web",
    ),
    command(
        "conoha",
        Verb::CreateFirewall,
        "create firewall",
        "new",
        "firewall|create|conoha/new|--rule|http any|--rule|tcp 22 198.51.100.7|--on|db",
    ),
    command("conoha", Verb::UpdateFirewall, "edit firewall", "web", "firewall|edit|conoha/web|--file|rules.toml"),
    command("conoha", Verb::DeleteFirewall, "delete firewall", "spare", "delete|firewall|conoha/spare"),
    command("conoha", Verb::AddKey, "add key", "me", "key|add|--account|conoha|--name|me|me.pub"),
    command("conoha", Verb::DeleteKey, "delete key", "laptop", "delete|key|conoha/laptop"),
];

fn clean_reboot(terminal: &Terminal) {
    terminal.keys("r").wait_for("[ ] stop, wait and start").keys("1").wait_for("[x] stop, wait and start").keys("y");
}

fn save_first(terminal: &Terminal, named: &str) {
    terminal.wait_for(&format!("Type {named}")).keys("<Tab> ").wait_for("[x] save the present disk first");
    terminal.keys(&format!("<S-Tab>{named}<Enter>"));
}
