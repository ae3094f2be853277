//! Tokens for a user, a password and a tenant.

use crate::sim::world::account::Account;
use crate::sim::world::key::Token;
use crate::sim::world::turn::Turn;

impl Account {
    /// Whether its project is called so.
    fn is_project(&self, name: &str) -> bool {
        self.provider.ways().is_v3 && name == self.name
    }

    /// A new token, 32 hexadecimal digits. Without a tenant it is good for nothing; with a wrong one there is none.
    pub fn issue_cloud_token(
        &mut self,
        turn: &mut Turn<'_>,
        user: &str,
        password: &str,
        tenant: Option<&str>,
    ) -> Option<Token> {
        let api_key = self.api_keys.iter().find(|known| known.key == user && known.secret == password)?.id;
        if tenant.is_some_and(|tenant| tenant != self.tenancy.tenant && !self.is_project(tenant)) {
            return None;
        }
        let now = turn.now;
        self.tokens.retain(|token| token.ends > now);
        let value = turn.chance.uuid().replace('-', "");
        let token = Token { value, api_key, ends: now.plus(turn.durations.cloud_token) };
        if tenant.is_some() {
            self.tokens.push(token.clone());
        }
        Some(token)
    }
}
