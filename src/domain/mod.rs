//! The words of the trade: what exists at a provider, what can be asked of it, and the rules by which a provider is
//! different from the next. Everything here is plain data and pure functions: no clock, no files, no network, and
//! nothing of the other folders.

mod account;
mod action;
mod allow;
mod answer;
mod api_key;
mod backup;
mod budget;
mod call;
mod fault;
mod firewall;
mod graph;
mod hidden;
mod ids;
mod image;
mod instance;
mod journal;
mod key;
mod list;
mod lock_out;
mod operation;
mod order;
mod own_address;
mod phrase;
mod picture;
mod plan;
mod quota;
mod raw;
mod reach;
mod region;
mod request;
mod rules;
mod snapshot;
mod status;
mod step;
mod time;

pub use account::{Account, AccountColour, Poll, Safety};
pub use action::{Action, Parked, Reboot, Risk, Target, Verb};
pub use allow::{Remembered, allows, network_text, of_one_address, remembered, with_address};
pub use answer::{Answer, Explained, Learnt, SecretOf, Verdict};
pub use api_key::ApiKey;
pub use backup::{Backup, BackupRun};
pub use budget::{Budget, Limit, Permit, Purpose, QuotaReading};
pub use call::{Call, MadeCall, PowerCall, Which};
pub use fault::Fault;
pub use firewall::{Direction, Firewall, Rule, RuleSet};
pub use graph::{Graph, GraphUnit};
pub use hidden::Hidden;
pub use ids::{AccountName, Kind, OpId, ResourceId, ResourceRef};
pub use image::{Image, ImageKind};
pub use instance::{Address, Field, Instance, Spec, Trouble};
pub use journal::{JOURNAL_VERSION, Line, Open, Record, Why, open_operations};
pub use key::Key;
pub use list::{ListKey, Listing, Reading};
pub use lock_out::{Closed, LockOut, SSH, lock_out};
pub use operation::{Attempt, Halt, Lasted, OpState, Operation, Result as OpResult, StepMark};
pub use order::{NewKey, Order, OrderSource};
pub use own_address::{
    Heard, NoAddress, NoAgreement, Origin, OwnAddress, agreement, answered_address, logged_in_from, typed_address,
};
pub use phrase::{Arg, Phrase};
pub use picture::{Picture, Remote};
pub use plan::{Plan, Price};
pub use quota::Quota;
pub use raw::Raw;
pub use reach::{Reach, Source};
pub use region::{InstanceType, Region};
pub use request::Request;
pub use rules::{Before, On, Possible, RiskFact, Rules, Settled};
pub use snapshot::{Snapshot, Stage};
pub use status::{InstanceStatus, StatusKind, StoreStatus};
pub use step::{Condition, Step};
pub use time::{Tick, Wall};
