//! Carries out what was confirmed, and follows it as long as the command waits.

use crate::domain::{Fault, OpId, OpState, Operation, Phrase};
use crate::engine::Msg;
use crate::runtime::document::Carrier;
use crate::session::error::{Interruption, SessionError, never};
use crate::session::preview::Preview;
use crate::session::report::{OperationReport, how, name};
use crate::session::run::{ProviderSecret, Session};

#[derive(Debug, Clone, Copy)]
pub enum Progress<'a> {
    /// How the operation stands, each time that changes.
    Stands { name: &'a str, how: &'a Phrase },
    /// A secret, at once: who waits for the end may never see it.
    Secret(&'a ProviderSecret),
}

#[derive(Debug)]
pub struct Conclusion {
    pub stands: OperationReport,
    /// Where nobody waits for its end any more: why.
    pub broken: Option<Interruption>,
    pub rests: Option<Fault>,
}

impl Session {
    /// Does it. `tell` gets what there is to say meanwhile.
    ///
    /// # Errors
    /// It is refused here: something else began meanwhile.
    pub async fn carry_out(
        &mut self,
        plan: &Preview,
        wait: bool,
        tell: &mut (dyn FnMut(Progress<'_>) + Send),
    ) -> Result<Conclusion, SessionError> {
        self.look_round();
        let known: Vec<OpId> = self.engine().operations().iter().map(|op| op.id.clone()).collect();
        self.refused = None;
        let actions = plan.proposal.actions.clone();
        // A person who was asked took their time.
        self.take(if self.was_asked { Msg::Ask(actions) } else { Msg::AskShown(actions) });
        let Some(id) = self.engine().operations().iter().map(|op| &op.id).find(|id| !known.contains(id)).cloned()
        else {
            let name = plan.action().map(|action| action.subject().name.clone()).unwrap_or_default();
            return Err(SessionError::Refused { name, why: self.refused.take().unwrap_or_else(never) });
        };
        self.follow(&id, wait, tell).await
    }

    /// Goes on with an operation until there is nothing more to wait for.
    ///
    /// # Errors
    /// There is no such operation.
    pub async fn follow(
        &mut self,
        id: &OpId,
        wait: bool,
        tell: &mut (dyn FnMut(Progress<'_>) + Send),
    ) -> Result<Conclusion, SessionError> {
        let (mut told, mut secrets) = (None, self.secrets.len());
        let broken = loop {
            self.secrets[secrets..].iter().for_each(|secret| tell(Progress::Secret(secret)));
            secrets = self.secrets.len();
            let Some(op) = self.engine().operation(id) else { break None };
            let now = how(op);
            if told.as_ref() != Some(&now) {
                tell(Progress::Stands { name: &name(op), how: &now });
                told = Some(now);
            }
            if is_over(op, wait) || self.rests(op).is_some() {
                break None;
            }
            if let Err(broken) = self.turn().await {
                break Some(broken);
            }
        };
        self.flush();
        let stands = self.stands(id).ok_or_else(|| SessionError::NotFound(id.to_string()))?;
        Ok(Conclusion { rests: self.rests(&stands.operation), stands, broken })
    }

    /// How an operation stands once this command ends: nobody carries on what it carried on.
    #[must_use]
    pub fn stands(&self, id: &OpId) -> Option<OperationReport> {
        let op = self.engine().operation(id)?;
        let by = if self.engine().is_ours(op) { Carrier::Nobody } else { Carrier::Another };
        Some(OperationReport::new(op, by, self.engine()))
    }

    fn rests(&self, op: &Operation) -> Option<Fault> {
        let account = self.engine().account(&op.account).filter(|a| a.rests() && !op.is_over())?;
        account.fault().cloned()
    }
}

/// Whether there is nothing more to wait for: without `wait`, once the last request is answered.
fn is_over(op: &Operation, wait: bool) -> bool {
    match op.state {
        OpState::Ended(_) | OpState::Halted(_) => true,
        OpState::Sending | OpState::OutcomeUnknown => false,
        _ => !wait && op.sent_any && !op.has_calls_ahead(),
    }
}
