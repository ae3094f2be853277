//! What a person names on the command line: `ACCOUNT/NAME`, `ACCOUNT/ID`, or `NAME` where it is unique.

use crate::domain::{
    AccountName, Cut, ImageKind, Kind, ListKey, MadeFrom, ResourceId, ResourceRef, StatusKind, Target, text,
};
use crate::engine::{AccountState, Engine};
use crate::words::cells::clean;

use crate::session::error::SessionError;
use crate::session::run::Session;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetName {
    /// The account, where one was named.
    pub account: Option<AccountName>,
    pub what: String,
    pub typed: String,
}

impl TargetName {
    /// Takes a text apart at its first slash, where an account stands before it.
    #[must_use]
    pub fn new(typed: &str, is_account: impl Fn(&str) -> bool) -> Self {
        let (account, what) = match typed.split_once('/') {
            Some((account, what)) if is_account(account) => (Some(AccountName::new(account)), what),
            _ => (None, typed),
        };
        Self { account, what: what.to_owned(), typed: typed.to_owned() }
    }

    /// Whether it may be in this account.
    #[must_use]
    pub fn is_in(&self, account: &AccountState) -> bool {
        self.account.as_ref().is_none_or(|name| *name == account.account.name)
    }

    pub(super) fn is(&self, id: &ResourceId, name: &str) -> bool {
        // As it is, or as it was shown.
        let is_meant = |text: &str| text == self.what || clean(text) == self.what;
        is_meant(id.as_str()) || is_meant(name)
    }
}

#[must_use]
pub fn lists_of(kind: Kind, account: &AccountState) -> Vec<ListKey> {
    match kind {
        Kind::Instance => vec![ListKey::Instances],
        Kind::Snapshot if account.account.policy.snapshots_per_instance() => {
            let each = account.inventory.instances().iter().map(|i| ListKey::Snapshots(Some(i.id.clone())));
            std::iter::once(ListKey::Instances).chain(each).collect()
        }
        Kind::Snapshot => vec![ListKey::Instances, ListKey::Snapshots(None)],
        Kind::Firewall => vec![ListKey::Firewalls],
        Kind::Image => vec![ListKey::Images],
        Kind::Key => vec![ListKey::Keys],
        Kind::Plan => plans(account),
        Kind::ApiKey => vec![ListKey::ApiKeys],
        Kind::Volume => vec![ListKey::Instances, ListKey::Volumes],
    }
}

/// The lists that show all plans. Where they are listed by system, those of one of each kind stand for all; which there
/// are is told by the images.
fn plans(account: &AccountState) -> Vec<ListKey> {
    let (policy, inventory) = (&account.account.policy, &account.inventory);
    if policy.supports(&ListKey::Plans(None)) {
        return vec![ListKey::Plans(None)];
    }
    let of = |kind| {
        let image = inventory.images().iter().find(|image| image.kind == kind)?;
        policy.plans_list(MadeFrom::Image(image), inventory)
    };
    let kinds = [ImageKind::Linux, ImageKind::Windows].into_iter().filter_map(of);
    std::iter::once(ListKey::Images).chain(kinds).collect()
}

/// All of one kind that a text names, as far as is known.
#[must_use]
pub fn matches(engine: &Engine, kind: Kind, named: &TargetName) -> Vec<Target> {
    let mut found = Vec::new();
    for account in engine.accounts().iter().filter(|a| named.is_in(a)) {
        let target = |id: &ResourceId, name: &str, status: StatusKind| Target {
            resource: ResourceRef::new(&account.account.name, kind, id),
            name: name.to_owned(),
            status,
        };
        match kind {
            Kind::Instance => {
                let meant = account.inventory.instances().iter().filter(|i| named.is(&i.id, &i.name));
                found.extend(meant.map(|i| target(&i.id, &i.name, i.status.kind())));
            }
            Kind::Snapshot => {
                let meant = account.inventory.snapshots().filter(|s| named.is(&s.id, &s.name));
                found.extend(meant.map(|s| target(&s.id, &s.name, s.status.kind())));
            }
            Kind::Firewall => {
                let meant = account.inventory.firewalls().iter().filter(|f| named.is(&f.id, &f.name));
                found.extend(meant.map(|f| target(&f.id, &f.name, StatusKind::None)));
            }
            Kind::Image => {
                let meant = account.inventory.images().iter().filter(|i| named.is(&i.id, &i.name));
                found.extend(meant.map(|i| target(&i.id, &i.name, StatusKind::None)));
            }
            Kind::Key => {
                let meant = account.inventory.keys().iter().filter(|k| named.is(&k.id, &k.name));
                found.extend(meant.map(|k| target(&k.id, &k.name, StatusKind::None)));
            }
            Kind::ApiKey => {
                let meant = account.inventory.api_keys().iter().filter(|k| named.is(&k.id, &k.key));
                found.extend(meant.map(|k| target(&k.id, &k.key, StatusKind::None)));
            }
            Kind::Volume => {
                let meant = account.inventory.volumes().iter().filter(|v| named.is(&v.id, &v.name));
                found.extend(meant.map(|v| target(&v.id, &v.name, v.status.kind())));
            }
            Kind::Plan => {}
        }
    }
    found.dedup_by(|a, b| a.resource == b.resource);
    found
}

/// `ACCOUNT/NAME (ID)`.
#[must_use]
pub fn candidate(target: &Target) -> String {
    format!("{}/{} ({})", target.account(), target.name, target.id())
}

/// The one that a text names.
///
/// # Errors
/// There are several, or there is none.
pub fn the_one(mut found: Vec<Target>, named: &TargetName) -> Result<Target, SessionError> {
    match (found.pop(), found.is_empty()) {
        (Some(one), true) => Ok(one),
        (None, _) => Err(SessionError::NotFound(named.typed.clone())),
        (Some(last), false) => {
            found.push(last);
            let candidates = found.iter().map(candidate).collect();
            Err(SessionError::Ambiguous { target: named.typed.clone(), candidates })
        }
    }
}

impl Session {
    #[must_use]
    pub fn named(&self, typed: &str) -> TargetName {
        TargetName::new(typed, |name| self.engine().account(&name.into()).is_some())
    }

    /// The one thing of a kind that a text names.
    ///
    /// # Errors
    /// As of [`Self::find`].
    pub async fn find_typed(&mut self, kind: Kind, typed: &str) -> Result<Target, SessionError> {
        let named = self.named(typed);
        self.find(kind, &named).await
    }

    /// Reads what is needed to find what a text names, and finds it. That a name is unique is known only where every
    /// account was read.
    ///
    /// # Errors
    /// There are several, or there is none, or it is not known.
    pub async fn find(&mut self, kind: Kind, named: &TargetName) -> Result<Target, SessionError> {
        let wanted = |a: &AccountState| {
            let mut lists = if named.is_in(a) { lists_of(kind, a) } else { Vec::new() };
            lists.retain(|list| a.account.policy.supports(list));
            lists
        };
        self.read(&wanted).await.map_err(SessionError::Interrupted)?;
        let faults = self.faults(&wanted);
        let found = matches(self.engine(), kind, named);
        if !faults.is_empty() && found.len() < 2 {
            return Err(SessionError::Faults(faults));
        }
        match self.cuts(&wanted).first() {
            Some((account, _, cut)) if found.is_empty() => {
                Err(SessionError::Usage(text::cli_find::cut(named.typed.as_str(), account.as_str(), cut.phrase())))
            }
            _ => the_one(found, named),
        }
    }

    /// Lists that were read and may not be all there is.
    #[must_use]
    pub fn cuts(&self, wanted: &dyn Fn(&AccountState) -> Vec<ListKey>) -> Vec<(AccountName, ListKey, Cut)> {
        let of = |account: &AccountState| {
            let lists = wanted(account);
            let meant = account.cuts().filter(|(list, _)| lists.contains(list));
            let name = &account.account.name;
            meant.map(|(list, cut)| (name.clone(), list.clone(), cut)).collect::<Vec<_>>()
        };
        self.engine().accounts().iter().flat_map(of).collect()
    }

    /// Whether a text names anything at all that an operation can be about.
    ///
    /// # Errors
    /// It is not known.
    pub async fn is_there(&mut self, named: &TargetName) -> Result<bool, SessionError> {
        let mut faults = Vec::new();
        for kind in [Kind::Instance, Kind::Firewall, Kind::Key, Kind::Snapshot] {
            match self.find(kind, named).await {
                Ok(_) | Err(SessionError::Ambiguous { .. }) => return Ok(true),
                Err(SessionError::NotFound(_)) => {}
                Err(SessionError::Faults(all)) => faults = all,
                Err(other) => return Err(other),
            }
        }
        if faults.is_empty() { Ok(false) } else { Err(SessionError::Faults(faults)) }
    }

    /// Why lists could not be read: the first fault of each account.
    #[must_use]
    pub fn faults(&self, wanted: &dyn Fn(&AccountState) -> Vec<ListKey>) -> Vec<(AccountName, crate::domain::Fault)> {
        let first = |account: &AccountState| {
            let name = &account.account.name;
            let fault = wanted(account).iter().find_map(|list| self.fault(name, list))?;
            Some((name.clone(), fault))
        };
        self.engine().accounts().iter().filter_map(first).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_split_at_the_first_slash_where_an_account_stands_before_it() {
        let named = |text: &str| TargetName::new(text, |name| name == "lab");
        let apart = |text: &str| (named(text).account.map(|a| a.to_string()), named(text).what);
        assert_eq!(apart("lab/a/b"), (Some("lab".to_owned()), "a/b".to_owned()));
        assert_eq!(apart("other/a"), (None, "other/a".to_owned()));
        assert_eq!(apart("web"), (None, "web".to_owned()));
    }
}
