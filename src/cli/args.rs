//! The command line: what exists now, and nothing else.
//! Longer than most files here because the help reads from top to bottom as it does.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use clap::builder::PossibleValuesParser;
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

use crate::cli::firewall::args::FirewallCommand;
use crate::provider::PROVIDERS;
use crate::settings::parse_duration;

/// A keyboard-driven dashboard for virtual servers at WebARENA Indigo, ConoHa and any OpenStack.
#[derive(Debug, Parser)]
#[command(name = "vpsdeck", version, about, max_term_width = 100)]
#[command(override_usage = "vpsdeck [OPTIONS] [PANE] [/FILTER]\n       vpsdeck [OPTIONS] COMMAND")]
#[command(subcommand_help_heading = "Commands", subcommand_value_name = "COMMAND")]
pub struct Cli {
    /// Where the dashboard begins.
    #[command(flatten)]
    pub dashboard: DashboardArgs,
    /// What holds for the dashboard and every command.
    #[command(flatten)]
    pub global: Global,
    /// A command instead of the dashboard.
    #[command(subcommand)]
    pub command: Option<CliCommand>,
}

/// Where the dashboard begins.
#[derive(Debug, Clone, Default, Args)]
pub struct DashboardArgs {
    /// The pane to begin in, a filter that begins with a slash, or both
    #[arg(value_name = "PANE] [/FILTER", num_args = 0..=2, value_parser = place)]
    pub places: Vec<StartPlace>,
    /// The built-in simulator: no account, no network, no file read or written
    #[arg(long)]
    pub demo: bool,
}

/// What a word after the program's name means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StartPlace {
    /// A pane.
    Pane(StartPane),
    /// A filter, without its slash.
    Filter(String),
}

/// The panes of the dashboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum StartPane {
    Instances,
    Snapshots,
    Firewalls,
    Images,
    Operations,
}

/// What holds for the dashboard and every command.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Global options")]
pub struct Global {
    /// Another configuration (also VPSDECK_CONFIG)
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// A cloud of clouds.yaml, no configuration needed (also OS_CLOUD, where no configuration exists)
    #[arg(long, global = true, value_name = "NAME")]
    pub os_cloud: Option<String>,
    /// Only this account; may be given more than once
    #[arg(long = "account", global = true, value_name = "NAME", action = ArgAction::Append)]
    pub accounts: Vec<String>,
    /// Refuse every changing action
    #[arg(long, global = true)]
    pub read_only: bool,
    /// Language of the screen
    #[arg(long, global = true, value_name = "LANGUAGE", value_parser = ["en"])]
    pub lang: Option<String>,
    /// No glyph beyond ASCII except in names
    #[arg(long, global = true)]
    pub ascii: bool,
}

/// The commands.
#[derive(Debug, Clone, Subcommand)]
pub enum CliCommand {
    /// Add, list, check and remove accounts
    #[command(subcommand)]
    Account(AccountCommand),
    /// List instances, snapshots, firewalls, images, keys, plans, volumes or operations
    List(ListArgs),
    /// Show one instance or snapshot, all that is known of it
    Show(ShowArgs),
    /// Print the last lines that an instance wrote to its console
    ConsoleOutput(ConsoleOutputArgs),
    /// Start an instance
    Start(InstanceArgs),
    /// Shut an instance down
    Stop(InstanceArgs),
    /// Cut an instance's power
    ForceStop(InstanceArgs),
    /// Restart an instance
    Reboot(InstanceArgs),
    /// Destroy an instance for good
    Destroy(DestroyArgs),
    /// Save an instance's disk
    TakeSnapshot(TakeArgs),
    /// Write a snapshot over its instance's disk
    Restore(RestoreArgs),
    /// Give an instance another plan, which then waits to be confirmed or reverted
    Resize(ResizeArgs),
    /// Keep the plan that a resize gave an instance
    ConfirmResize(InstanceArgs),
    /// Give an instance the plan that it had before a resize
    RevertResize(InstanceArgs),
    /// Make a new instance, in the account that --account names
    Create(Box<CreateArgs>),
    /// Delete a snapshot, an image of your own, a firewall or an SSH key for good
    #[command(subcommand)]
    Delete(DeleteCommand),
    /// SSH keys, and keys of the provider's API
    #[command(subcommand)]
    Key(KeyCommand),
    /// Firewalls: their rules, and the instances they are on
    #[command(subcommand)]
    Firewall(FirewallCommand),
    /// Protect something from every change, until it is unprotected
    Protect(ProtectArgs),
    /// Protect something no more
    Unprotect(UnprotectArgs),
    /// What everything costs this month
    Cost(CostArgs),
    /// Follow operations until they end
    Watch(WatchArgs),
    /// Say what became of a request whose outcome is not known
    Decide(DecideArgs),
    /// Drop what is left of an operation; what was sent stands
    Cancel(CancelArgs),
    /// What was asked for and what became of it, the newest last
    Journal(JournalArgs),
    /// Serve the simulator over HTTP on this machine, for other programs
    Simulate(SimulateArgs),
    /// Print a completion script
    Completions {
        /// For which shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

/// What can be done with accounts.
#[derive(Debug, Clone, Subcommand)]
pub enum AccountCommand {
    /// Add an account; its secret goes to the keyring
    Add(AddArgs),
    /// List the accounts and where their secrets come from
    List {
        /// How to print them
        #[arg(long, short, value_enum, default_value_t)]
        output: Format,
    },
    /// Log in to accounts and say how each stands
    Check(CheckArgs),
    /// Remove an account and its secret
    Remove {
        /// Which
        name: String,
        /// Answers the question
        #[arg(long)]
        yes: bool,
        /// How to print what became of it
        #[arg(long, short, value_enum, default_value_t)]
        output: Document,
    },
    /// Take over credentials from OS_* variables, clouds.yaml, or a file with IndigoApiKey=…
    Import(ImportArgs),
}

/// `account add`.
#[derive(Debug, Clone, Args)]
pub struct AddArgs {
    /// Its name; by default that of the provider
    pub name: Option<String>,
    /// Where it is
    #[arg(long, value_parser = PossibleValuesParser::new(PROVIDERS.iter().map(|p| p.key)))]
    pub provider: Option<String>,
    /// Read the secret from standard input; it is never taken from an argument
    #[arg(long, conflicts_with = "secret_env")]
    pub secret_from_stdin: bool,
    /// Keep no secret; read it from this environment variable instead
    #[arg(long, value_name = "NAME")]
    pub secret_env: Option<String>,
    /// Overwrite an account of that name
    #[arg(long)]
    pub replace: bool,
    /// How to print what became of it
    #[arg(long, short, value_enum, default_value_t)]
    pub output: Document,
    /// The providers' own keys, each an option of its own.
    #[arg(skip)]
    pub values: BTreeMap<String, String>,
}

/// `account check`.
#[derive(Debug, Clone, Args)]
pub struct CheckArgs {
    /// Only these
    #[arg(value_name = "NAME")]
    pub names: Vec<String>,
    /// Wait no longer than this, such as 30s
    #[arg(long, value_name = "TIME", value_parser = since)]
    pub timeout: Option<Duration>,
    /// How to print them
    #[arg(long, short, value_enum, default_value_t)]
    pub output: Document,
}

/// `account import`.
#[derive(Debug, Clone, Args)]
pub struct ImportArgs {
    /// The file: clouds.yaml, or one such as .webarenaindigo; without it the cloud that is named, else the OS_* variables
    pub file: Option<PathBuf>,
    /// Take the OS_* variables, as without a file
    #[arg(long, conflicts_with = "file")]
    pub from_env: bool,
    /// Which cloud of clouds.yaml (also OS_CLOUD); of a file that is named the only one by default
    #[arg(long, value_name = "NAME", conflicts_with = "from_env")]
    pub cloud: Option<String>,
    /// Name of the account; by default that of the cloud or the provider
    #[arg(long)]
    pub name: Option<String>,
    /// Keep no secret; read it from this environment variable instead
    #[arg(long, value_name = "NAME")]
    pub secret_env: Option<String>,
    /// Exchange key and private key
    #[arg(long, conflicts_with = "as_is", requires = "file")]
    pub swap: bool,
    /// Take key and private key as they are, even if they look swapped
    #[arg(long)]
    pub as_is: bool,
    /// Another address of the API (indigo)
    #[arg(long, value_name = "URL", requires = "file")]
    pub endpoint: Option<String>,
    /// Overwrite an account of that name
    #[arg(long)]
    pub replace: bool,
    /// How to print what became of it
    #[arg(long, short, value_enum, default_value_t)]
    pub output: Document,
}

/// How a change is confirmed and followed.
#[derive(Debug, Clone, Default, Args)]
pub struct ChangeArgs {
    /// Answers the question; what must be typed needs --confirm
    #[arg(long)]
    pub yes: bool,
    /// What must be typed: the name, the id, or the id's last characters of what is lost
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    pub confirm: Option<String>,
    /// Say what would be done, and send nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Also wait until the provider shows what was asked for
    #[arg(long)]
    pub wait: bool,
    /// Wait no longer than this, such as 10m
    #[arg(long, value_name = "TIME", value_parser = since)]
    pub timeout: Option<Duration>,
    /// How to print it
    #[arg(long, short, value_enum, default_value_t)]
    pub output: Document,
}

/// A verb and its instance.
#[derive(Debug, Clone, Args)]
pub struct InstanceArgs {
    /// ACCOUNT/NAME, ACCOUNT/ID, or NAME where it is unique
    pub instance: String,
    /// How it is confirmed and followed.
    #[command(flatten)]
    pub change: ChangeArgs,
}

/// `destroy`.
#[derive(Debug, Clone, Args)]
pub struct DestroyArgs {
    /// ACCOUNT/NAME, ACCOUNT/ID, or NAME where it is unique
    pub instance: String,
    /// Also delete the volume it boots from, once it is gone
    #[arg(long)]
    pub with_volume: bool,
    /// How it is confirmed and followed.
    #[command(flatten)]
    pub change: ChangeArgs,
}

/// `take-snapshot`.
#[derive(Debug, Clone, Args)]
pub struct TakeArgs {
    /// ACCOUNT/NAME, ACCOUNT/ID, or NAME where it is unique
    pub instance: String,
    /// What to call it; by default the instance's name and the time
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub name: Option<String>,
    /// How it is confirmed and followed.
    #[command(flatten)]
    pub change: ChangeArgs,
}

/// `restore`.
#[derive(Debug, Clone, Args)]
pub struct RestoreArgs {
    /// ACCOUNT/NAME, ACCOUNT/ID, or NAME where it is unique
    pub instance: String,
    /// Its snapshot, by name or id
    #[arg(long, value_name = "SNAPSHOT", allow_hyphen_values = true)]
    pub from: String,
    /// How it is confirmed and followed.
    #[command(flatten)]
    pub change: ChangeArgs,
}

/// `resize`.
#[derive(Debug, Clone, Args)]
pub struct ResizeArgs {
    /// ACCOUNT/NAME, ACCOUNT/ID, or NAME where it is unique
    pub instance: String,
    /// The plan that it gets, by name or id
    #[arg(long, allow_hyphen_values = true)]
    pub plan: String,
    /// How it is confirmed and followed.
    #[command(flatten)]
    pub change: ChangeArgs,
}

/// `create`.
#[derive(Debug, Clone, Args)]
#[command(group = clap::ArgGroup::new("made-from").required(true))]
pub struct CreateArgs {
    /// What to call it
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub name: String,
    /// An operating system or image, by name or id
    #[arg(long, value_name = "IMAGE", group = "made-from", allow_hyphen_values = true)]
    pub image: Option<String>,
    /// A snapshot, by name or id
    #[arg(long, value_name = "SNAPSHOT", group = "made-from", allow_hyphen_values = true)]
    pub from: Option<String>,
    /// A disk image that the provider fetches: https, a qcow2 file
    #[arg(long, value_name = "URL", group = "made-from")]
    pub import_url: Option<String>,
    /// Its plan, by name or id; may be left out where only one fits
    #[arg(long, value_name = "PLAN")]
    pub plan: Option<String>,
    /// The SSH key: a name, an id, or a file that ends in .pub, which is added first
    #[arg(long, value_name = "KEY")]
    pub key: Option<String>,
    /// A firewall by name or id; may be given more than once
    #[arg(long = "firewall", value_name = "FIREWALL", action = ArgAction::Append)]
    pub firewalls: Vec<String>,
    /// The region, by name or id; the first by default
    #[arg(long, value_name = "REGION")]
    pub region: Option<String>,
    /// The network, by name or id; may be left out where there is no choice
    #[arg(long, value_name = "NETWORK")]
    pub network: Option<String>,
    /// Read the administrator's password from standard input; it is never taken from an argument
    #[arg(long)]
    pub password_from_stdin: bool,
    /// Leave it switched off, where the provider makes it so
    #[arg(long)]
    pub no_start: bool,
    /// With --wait: done only when this port answers
    #[arg(long, value_name = "PORT", value_parser = clap::value_parser!(u16).range(1..))]
    pub until_port: Option<u16>,
    /// How it is confirmed and followed.
    #[command(flatten)]
    pub change: ChangeArgs,
}

/// What can be deleted.
#[derive(Debug, Clone, Subcommand)]
pub enum DeleteCommand {
    /// Delete a snapshot for good
    Snapshot(SavedArgs),
    /// Delete an SSH key for good
    Key(TargetArgs),
    /// Delete an image of your own for good; at ConoHa those are the saved ones
    Image(SavedArgs),
    /// Delete a firewall for good
    Firewall(TargetArgs),
}

/// What is saved, and what goes with it.
#[derive(Debug, Clone, Args)]
pub struct SavedArgs {
    /// ACCOUNT/NAME, ACCOUNT/ID, or NAME where it is unique
    pub target: String,
    /// Also delete the volume snapshots behind an image without data
    #[arg(long)]
    pub with_volume_snapshots: bool,
    /// How it is confirmed and followed.
    #[command(flatten)]
    pub change: ChangeArgs,
}

/// A verb and what it is done to.
#[derive(Debug, Clone, Args)]
pub struct TargetArgs {
    /// ACCOUNT/NAME, ACCOUNT/ID, or NAME where it is unique
    pub target: String,
    /// How it is confirmed and followed.
    #[command(flatten)]
    pub change: ChangeArgs,
}

/// What can be done with SSH keys.
#[derive(Debug, Clone, Subcommand)]
pub enum KeyCommand {
    /// List the SSH keys
    List(OutputArgs),
    /// Add an SSH key
    Add(KeyAddArgs),
    /// Offer an SSH key to new instances
    Activate(TargetArgs),
    /// Offer an SSH key to new instances no more; those that have it keep it
    Deactivate(TargetArgs),
    /// Give an SSH key another name
    Rename(KeyRenameArgs),
    /// Delete an SSH key for good
    Delete(TargetArgs),
    /// Keys of the provider's API
    #[command(subcommand)]
    Api(ApiKeyCommand),
}

/// What can be done with keys of the provider's API.
#[derive(Debug, Clone, Subcommand)]
pub enum ApiKeyCommand {
    /// List the keys of the API
    List(OutputArgs),
    /// Make a key of the API; its secret is printed once, and needs --yes
    Create {
        /// How it is confirmed and followed.
        #[command(flatten)]
        change: ChangeArgs,
    },
    /// Delete a key of the API for good
    Delete(TargetArgs),
}

/// How a list is printed.
#[derive(Debug, Clone, Args)]
pub struct OutputArgs {
    /// How to print them
    #[arg(long, short, value_enum, default_value_t)]
    pub output: Format,
    /// Wait no longer than this, such as 30s
    #[arg(long, value_name = "TIME", value_parser = since)]
    pub timeout: Option<Duration>,
}

/// `key add`.
#[derive(Debug, Clone, Args)]
pub struct KeyAddArgs {
    /// The file of the public key, such as ~/.ssh/id_ed25519.pub; - reads it from standard input
    pub file: PathBuf,
    /// What to call it; by default its comment, or the file's name
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub name: Option<String>,
    /// Send its comment as well; by default it is left off where the provider may refuse it
    #[arg(long)]
    pub keep_comment: bool,
    /// How it is confirmed and followed.
    #[command(flatten)]
    pub change: ChangeArgs,
}

/// `key rename`.
#[derive(Debug, Clone, Args)]
pub struct KeyRenameArgs {
    /// ACCOUNT/NAME, ACCOUNT/ID, or NAME where it is unique
    pub target: String,
    /// Its name from then on
    #[arg(value_name = "NEW NAME", allow_hyphen_values = true)]
    pub name: String,
    /// How it is confirmed and followed.
    #[command(flatten)]
    pub change: ChangeArgs,
}

/// What can be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Things {
    Instances,
    Snapshots,
    Firewalls,
    Images,
    Keys,
    ApiKeys,
    Plans,
    Volumes,
    Operations,
}

/// `list`.
#[derive(Debug, Clone, Args)]
pub struct ListArgs {
    /// What to list
    pub things: Things,
    /// How to print them
    #[arg(long, short, value_enum, default_value_t)]
    pub output: Format,
    /// Wait no longer than this, such as 30s
    #[arg(long, value_name = "TIME", value_parser = since)]
    pub timeout: Option<Duration>,
}

/// `show`.
#[derive(Debug, Clone, Args)]
pub struct ShowArgs {
    /// ACCOUNT/NAME, ACCOUNT/ID, or NAME where it is unique
    pub target: String,
    /// How to print it
    #[arg(long, short, value_enum, default_value_t)]
    pub output: Document,
    /// Wait no longer than this, such as 30s
    #[arg(long, value_name = "TIME", value_parser = since)]
    pub timeout: Option<Duration>,
}

/// `console-output`.
#[derive(Debug, Clone, Args)]
pub struct ConsoleOutputArgs {
    /// ACCOUNT/NAME, ACCOUNT/ID, or NAME where it is unique
    pub instance: String,
    /// How to print it
    #[arg(long, short, value_enum, default_value_t)]
    pub output: Document,
    /// Wait no longer than this, such as 30s
    #[arg(long, value_name = "TIME", value_parser = since)]
    pub timeout: Option<Duration>,
}

/// `protect`.
#[derive(Debug, Clone, Args)]
pub struct ProtectArgs {
    /// ACCOUNT/NAME, ACCOUNT/ID, or NAME where it is unique
    pub target: String,
    /// What it is; by default the first of these that bears the name
    #[arg(long, value_enum)]
    pub kind: Option<Protectable>,
    /// How to print it
    #[arg(long, short, value_enum, default_value_t)]
    pub output: Document,
}

/// `unprotect`.
#[derive(Debug, Clone, Args)]
pub struct UnprotectArgs {
    /// Which.
    #[command(flatten)]
    pub which: ProtectArgs,
    /// Answers the question
    #[arg(long)]
    pub yes: bool,
}

/// What can be protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Protectable {
    Instance,
    Snapshot,
    Firewall,
    Key,
}

/// `cost`.
#[derive(Debug, Clone, Args)]
pub struct CostArgs {
    /// How to print it
    #[arg(long, short, value_enum, default_value_t)]
    pub output: Document,
    /// Wait no longer than this, such as 30s
    #[arg(long, value_name = "TIME", value_parser = since)]
    pub timeout: Option<Duration>,
}

/// `watch`.
#[derive(Debug, Clone, Args)]
pub struct WatchArgs {
    /// Only those of this machine, snapshot or firewall: ACCOUNT/NAME, ACCOUNT/ID, NAME, or an operation's id
    pub target: Option<String>,
    /// Take over what programs that are gone left undone, and send what is still to be sent, once that is confirmed again
    #[arg(long = "continue")]
    pub go_on: bool,
    /// With --continue: answers the question; what must be typed needs --confirm
    #[arg(long, requires = "go_on")]
    pub yes: bool,
    /// With --continue: what must be typed: the name, the id, or the id's last characters of what is lost
    #[arg(long, value_name = "NAME", allow_hyphen_values = true, requires = "go_on")]
    pub confirm: Option<String>,
    /// How to print them
    #[arg(long, short, value_enum, default_value_t)]
    pub output: Document,
}

/// `decide`.
#[derive(Debug, Clone, Args)]
pub struct DecideArgs {
    /// The operation's id, as `list operations` has it
    pub op: String,
    /// What became of its last request: it happened, it did not and is sent again, or it is left here
    pub what: DecideOutcome,
    /// How it is confirmed and followed.
    #[command(flatten)]
    pub change: ChangeArgs,
}

/// `cancel`.
#[derive(Debug, Clone, Args)]
pub struct CancelArgs {
    /// The operation's id, as `list operations` has it
    pub op: String,
    /// How it is confirmed and followed.
    #[command(flatten)]
    pub change: ChangeArgs,
}

/// What a person says of a request whose outcome is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DecideOutcome {
    /// It took effect: go on with the next step
    Happened,
    /// It did not: send it again
    Again,
    /// Whatever became of it: nothing more is sent
    Leave,
}

/// `journal`.
#[derive(Debug, Clone, Args)]
pub struct JournalArgs {
    /// Only what was asked for so long ago at most, such as 12h or 1d
    #[arg(long, value_name = "TIME", value_parser = since)]
    pub since: Option<Duration>,
    /// How to print it
    #[arg(long, short, value_enum, default_value_t)]
    pub output: Document,
}

/// How something is printed that has no names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Document {
    /// Lines
    #[default]
    Table,
    /// One JSON document
    Json,
}

/// `simulate`.
#[derive(Debug, Clone, Args)]
pub struct SimulateArgs {
    /// The port on 127.0.0.1; any by default
    #[arg(long, value_name = "N")]
    pub port: Option<u16>,
    /// How many times as fast as the world; by default as the world is meant
    #[arg(long, value_name = "X", value_parser = speed)]
    pub speed: Option<f64>,
    /// The seed of chance
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// A world file, or the name of a built-in world
    #[arg(long, value_name = "FILE", default_value = "demo")]
    pub world: String,
}

/// How a list is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// Columns
    #[default]
    Table,
    /// One JSON document
    Json,
    /// Names, one a line
    Name,
}

fn place(word: &str) -> Result<StartPlace, String> {
    if let Some(filter) = word.strip_prefix('/') {
        return Ok(StartPlace::Filter(filter.to_owned()));
    }
    StartPane::from_str(word, false).map(StartPlace::Pane).map_err(|_| {
        let panes: Vec<String> = StartPane::value_variants()
            .iter()
            .filter_map(|p| Some(p.to_possible_value()?.get_name().to_owned()))
            .collect();
        format!("neither a pane ({}), a command (see --help), nor a filter (/{word})", panes.join(", "))
    })
}

fn since(text: &str) -> Result<Duration, String> {
    let days = text.strip_suffix('d').and_then(|days| days.parse::<u32>().ok());
    let parsed = days.map(|days| Duration::from_secs(u64::from(days) * 86_400)).or_else(|| parse_duration(text));
    parsed.ok_or_else(|| "a whole number with s, m, h or d, such as 1d".to_owned())
}

fn speed(text: &str) -> Result<f64, String> {
    let wrong = || "a number above 0, at most 10000".to_owned();
    text.parse::<f64>().ok().filter(|speed| *speed > 0.0 && *speed <= 10_000.0).ok_or_else(wrong)
}
