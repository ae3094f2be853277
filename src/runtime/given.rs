//! An action that was put together elsewhere, on its way to the same dialog and operation as every other.

use super::session::Session;
use super::verb::{Plan, Trouble, never};
use crate::app::confirm;
use crate::domain::Action;

impl Session {
    /// What would be done by an action that is complete, from what was read so far.
    ///
    /// # Errors
    /// Why it cannot be done.
    pub fn plan_given(&mut self, action: Action) -> Result<Plan, Trouble> {
        let now = self.now();
        let confirm = confirm::of(self.engine(), action, &now).map_err(|cannot| {
            let (name, why) = cannot.into_iter().next().unwrap_or_else(|| (String::new(), never()));
            Trouble::Refused { name, why }
        })?;
        Ok(Plan { confirm })
    }
}
