//! The command line of firewalls.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::super::args::{ChangeArgs, Format, ShowArgs, TargetArgs};
use super::allow::{AllowArgs, FollowArgs};

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
    Create(CreateArgs),
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
    /// Let one address in to a port, in the place of another or beside the others
    Allow(AllowArgs),
    /// Let this machine's address in whenever it changes, in the place of the one before
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
pub struct CreateArgs {
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
