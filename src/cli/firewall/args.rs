//! The command line of firewalls.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Subcommand};

use crate::cli::args::{ChangeArgs, Format, ShowArgs, TargetArgs};
use crate::settings::parse_duration;

/// What can be done with firewalls.
#[derive(Debug, Clone, Subcommand)]
pub enum FirewallCommand {
    /// List the firewalls of all accounts
    List {
        /// How to print them
        #[arg(long, short, value_enum, default_value_t)]
        output: Format,
    },
    /// Show a firewall: its rules, and on which instances it is, as far as is known
    Show(ShowArgs),
    /// Make a firewall; without a rule nothing gets in to what is put behind it
    Create(FirewallCreateArgs),
    /// Edit name and rules, in $EDITOR or by a file; all rules are replaced
    Edit(EditArgs),
    /// Add rules to those it has
    AddRule(RulesArgs),
    /// Remove rules; one that means the same is removed however it is written
    RemoveRule(RulesArgs),
    /// Rename a firewall
    Rename(RenameArgs),
    /// Put a firewall on an instance
    Assign(OnArgs),
    /// Take a firewall off an instance
    Detach(OnArgs),
    /// Allow one address on a port, in the place of another or beside the others
    Allow(AllowArgs),
    /// Allow this machine's address whenever it changes, in the place of the one before
    Follow(FollowArgs),
    /// Delete a firewall for good
    Delete(TargetArgs),
}

/// The machines a change names.
#[derive(Debug, Clone, Default, Args)]
pub struct MachineArgs {
    /// An instance it is put on, or is on: where the provider does not tell, all of them are named with each change
    #[arg(long = "on", value_name = "INSTANCE")]
    pub on: Vec<String>,
}

/// `firewall create`.
#[derive(Debug, Clone, Args)]
pub struct FirewallCreateArgs {
    /// What to call it; the account is named with --account, or before a slash
    pub name: String,
    /// A rule, such as "tcp 22 198.51.100.7", "http any" or "out udp 53 any"; may be given more than once
    #[arg(long = "rule", value_name = "RULE")]
    pub rules: Vec<String>,
    /// Its rules from a TOML file, as `firewall edit` shows them; - is standard input
    #[arg(long, value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Where it is put.
    #[command(flatten)]
    pub machines: MachineArgs,
    /// How it is confirmed and followed.
    #[command(flatten)]
    pub change: ChangeArgs,
}

/// `firewall edit`.
#[derive(Debug, Clone, Args)]
pub struct EditArgs {
    /// ACCOUNT/NAME, ACCOUNT/ID, or NAME where it is unique
    pub target: String,
    /// Take name and rules from this TOML file instead of $EDITOR; - is standard input
    #[arg(long, value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Where it is.
    #[command(flatten)]
    pub machines: MachineArgs,
    /// How it is confirmed and followed.
    #[command(flatten)]
    pub change: ChangeArgs,
}

/// `firewall add-rule` and `remove-rule`.
#[derive(Debug, Clone, Args)]
pub struct RulesArgs {
    /// ACCOUNT/NAME, ACCOUNT/ID, or NAME where it is unique
    pub target: String,
    /// The rules, such as "tcp 22 198.51.100.7", "http any" or "out udp 53 any"
    #[arg(required = true, value_name = "RULE")]
    pub rules: Vec<String>,
    /// Where it is.
    #[command(flatten)]
    pub machines: MachineArgs,
    /// How it is confirmed and followed.
    #[command(flatten)]
    pub change: ChangeArgs,
}

/// `firewall rename`.
#[derive(Debug, Clone, Args)]
pub struct RenameArgs {
    /// ACCOUNT/NAME, ACCOUNT/ID, or NAME where it is unique
    pub target: String,
    /// What to call it
    #[arg(allow_hyphen_values = true)]
    pub name: String,
    /// Where it is.
    #[command(flatten)]
    pub machines: MachineArgs,
    /// How it is confirmed and followed.
    #[command(flatten)]
    pub change: ChangeArgs,
}

/// `firewall assign` and `detach`.
#[derive(Debug, Clone, Args)]
pub struct OnArgs {
    /// ACCOUNT/NAME, ACCOUNT/ID, or NAME where it is unique
    pub target: String,
    /// The instance, of the same account
    pub instance: String,
    /// How it is confirmed and followed.
    #[command(flatten)]
    pub change: ChangeArgs,
}

/// Which firewall, which port, in which rule's place.
#[derive(Debug, Clone, Args)]
pub struct PlaceArgs {
    /// ACCOUNT/NAME, ACCOUNT/ID, or NAME where it is unique
    pub firewall: String,
    /// The TCP port
    #[arg(long, value_name = "N", default_value_t = 22, value_parser = clap::value_parser!(u16).range(1..))]
    pub port: u16,
    /// Put it in the place of the rule for this address
    #[arg(long, value_name = "SOURCE", conflicts_with = "add")]
    pub replace: Option<String>,
    /// Put it beside the others
    #[arg(long)]
    pub add: bool,
    /// How much of an IPv6 address: 128 for it alone, 64 for its household; by default as before, else it alone
    #[arg(long, value_name = "LENGTH", value_parser = ["64", "128"])]
    pub prefix: Option<String>,
    /// How it is confirmed and followed.
    #[command(flatten)]
    pub change: ChangeArgs,
}

/// `firewall allow`.
#[derive(Debug, Clone, Args)]
pub struct AllowArgs {
    /// Which firewall, which port, in which rule's place.
    #[command(flatten)]
    pub place: PlaceArgs,
    /// Which address: this machine's as sources on the internet see it (this), the one you are logged in from (login),
    /// or one that is given
    #[arg(long, value_name = "this|login|IP", default_value = "this")]
    pub address: String,
}

/// `firewall follow`.
#[derive(Debug, Clone, Args)]
pub struct FollowArgs {
    /// Which firewall, which port, in which rule's place the first time.
    #[command(flatten)]
    pub place: PlaceArgs,
    /// Stay, and look again and again
    #[arg(long)]
    pub watch: bool,
    /// How often to look
    #[arg(long, value_name = "TIME", default_value = "5m", requires = "watch", value_parser = every)]
    pub every: Duration,
}

fn every(text: &str) -> Result<Duration, String> {
    let wrong = || "a whole number with s, m or h, such as 5m".to_owned();
    parse_duration(text).filter(|every| *every >= Duration::from_secs(1)).ok_or_else(wrong)
}
