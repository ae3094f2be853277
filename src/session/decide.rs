//! What a person decides about an operation, for a command.

use crate::domain::{AccountName, Action, OpId};
use crate::engine::{Decision, Msg};
use crate::runtime::clock;
use crate::session::error::SessionError;
use crate::session::prepared;
use crate::session::read::of_account;
use crate::session::remaining::RemainingSteps;
use crate::session::run::Session;

impl Session {
    /// Writes down what became of the request that is in doubt, or has it sent once more.
    pub fn decide(&mut self, op: &OpId, decision: Decision) {
        self.take(Msg::Decide(op.clone(), decision));
        self.flush();
    }

    /// Leaves an operation where it stands: nothing more of it is sent.
    pub fn leave(&mut self, op: &OpId) {
        let in_doubt = self.engine().operation(op).is_some_and(|op| op.is_in_doubt());
        let leaves = if in_doubt { Msg::Decide(op.clone(), Decision::LeaveIt) } else { Msg::Leave(op.clone()) };
        self.take(leaves);
        self.flush();
    }

    /// Whether nothing is changed in an account.
    #[must_use]
    pub fn is_read_only(&self, account: &AccountName) -> bool {
        self.engine().account(account).is_some_and(|a| a.account.read_only)
    }

    /// Reads what tells how an action is confirmed.
    ///
    /// # Errors
    /// It was interrupted, or it cannot be read.
    pub async fn look(&mut self, action: &Action) -> Result<(), SessionError> {
        loop {
            let unread = prepared::unread(self.engine(), action);
            if unread.is_empty() {
                return Ok(());
            }
            self.need(&of_account(action.subject().account(), |_| unread.clone())).await?;
        }
    }

    /// What is left of an operation, from the step on that it stands at.
    #[must_use]
    pub fn left_of(&self, op: &OpId) -> Option<RemainingSteps> {
        let op = self.engine().operation(op)?;
        Some(RemainingSteps::new(self.engine(), op, &clock::now()))
    }
}
