//! Where each call goes.

use reqwest::{Method, Url};

use crate::domain::{Call, ListKey, Phrase, ResourceId, text};
use crate::provider::http::{NotInPath, Path};

/// The type of instance that all lists are asked for: `KVM Instance`. The other one, `MicroVPS`, has only empty lists.
pub(super) const KVM: &str = "1";

#[derive(Debug, Clone)]
pub(super) struct Addresses(Url);

impl Addresses {
    /// Checks and keeps an endpoint such as `https://api.customer.jp`, with or without a path.
    pub(super) fn new(endpoint: &str) -> Result<Self, Phrase> {
        let url = Url::parse(endpoint).map_err(|error| text::endpoint::no_url(endpoint, error.to_string()))?;
        if url.cannot_be_a_base() || url.host_str().is_none() {
            return Err(text::endpoint::no_server(endpoint));
        }
        Ok(Self(url))
    }

    fn at(&self, prefix: [&str; 2], path: &[&str]) -> Result<Url, NotInPath> {
        Ok(Path::new(&[&prefix, path].concat())?.below(&self.0))
    }

    pub(super) fn login(&self) -> Result<Url, NotInPath> {
        self.at(["oauth", "v1"], &["accesstokens"])
    }

    fn api(&self, path: &[&str]) -> Result<Url, NotInPath> {
        self.at(["webarenaIndigo", "v1"], path)
    }

    /// Where a list is read; `None` where Indigo has no such list.
    pub(super) fn list(&self, list: &ListKey) -> Option<Result<Url, NotInPath>> {
        Some(match list {
            ListKey::Instances => self.api(&["vm", "getinstancelist"]),
            ListKey::Snapshots(Some(of)) => self.api(&["disk", "snapshotlist", of.as_str()]),
            ListKey::Snapshots(None)
            | ListKey::Instance(_)
            | ListKey::Snapshot(_)
            | ListKey::Quota
            | ListKey::Backups
            | ListKey::Ports(_)
            | ListKey::Volumes
            | ListKey::Volume(_)
            | ListKey::Graphs(_)
            | ListKey::Networks
            | ListKey::ConsoleOutput(_) => return None,
            ListKey::Firewalls => self.api(&["nw", "getfirewalllist"]),
            ListKey::Rules(of) => self.api(&["nw", "gettemplate", of.as_str()]),
            ListKey::Images => self.of_kvm("oslist", None),
            ListKey::Plans(image) => self.of_kvm("getinstancespec", image.as_ref()),
            ListKey::Keys => self.api(&["vm", "sshkey"]),
            ListKey::ApiKeys => self.api(&["auth", "apikey"]),
            ListKey::Types => self.api(&["vm", "instancetypes"]),
            ListKey::Regions => self.of_kvm("getregion", None),
        })
    }

    fn of_kvm(&self, list: &str, image: Option<&ResourceId>) -> Result<Url, NotInPath> {
        let mut url = self.api(&["vm", list])?;
        url.query_pairs_mut().append_pair("instanceTypeId", KVM);
        if let Some(image) = image {
            url.query_pairs_mut().append_pair("osId", image.as_str());
        }
        Ok(url)
    }

    /// Where a change is sent; `None` where Indigo has no such call. `snapshot`: the snapshot it is about, where it is
    /// about one.
    pub(super) fn call(&self, call: &Call, snapshot: Option<&ResourceId>) -> Option<Result<(Method, Url), NotInPath>> {
        let snapshot = snapshot.map_or("", ResourceId::as_str);
        let (method, url) = match call {
            Call::Power { .. } | Call::Destroy { .. } => (Method::POST, self.api(&["vm", "instance", "statusupdate"])),
            Call::TakeSnapshot { .. } => (Method::POST, self.api(&["disk", "takesnapshot"])),
            Call::RetakeSnapshot { .. } => (Method::POST, self.api(&["disk", "retakesnapshot"])),
            Call::Restore { .. } => (Method::POST, self.api(&["disk", "restoresnapshot"])),
            Call::DeleteSnapshot { .. } => (Method::DELETE, self.api(&["disk", "deletesnapshot", snapshot])),
            Call::CreateFirewall { .. } => (Method::POST, self.api(&["nw", "createfirewall"])),
            Call::UpdateFirewall { .. } => (Method::PUT, self.api(&["nw", "updatefirewall"])),
            Call::AssignFirewall { .. } => (Method::POST, self.api(&["nw", "assign"])),
            Call::DeleteFirewall { firewall } => {
                (Method::DELETE, self.api(&["nw", "deletefirewall", firewall.as_str()]))
            }
            Call::CreateInstance { .. } => (Method::POST, self.api(&["vm", "createinstance"])),
            Call::AddKey { .. } => (Method::POST, self.api(&["vm", "sshkey"])),
            Call::ChangeKey { id, .. } => (Method::PUT, self.api(&["vm", "sshkey", id.as_str()])),
            Call::DeleteKey { id } => (Method::DELETE, self.api(&["vm", "sshkey", id.as_str()])),
            // A GET that makes a key; recorded October 2024.
            Call::CreateApiKey {} => (Method::GET, self.api(&["auth", "create", "apikey"])),
            Call::DeleteApiKey { id } => (Method::DELETE, self.api(&["auth", "apikey", id.as_str()])),
            _ => return None,
        };
        Some(url.map(|url| (method, url)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_those_that_were_recorded() {
        let at = Addresses::new("https://api.customer.jp").unwrap();
        let list = |key: ListKey| at.list(&key).unwrap().unwrap().to_string();
        assert_eq!(list(ListKey::Instances), "https://api.customer.jp/webarenaIndigo/v1/vm/getinstancelist");
        assert_eq!(
            list(ListKey::Plans(Some("22".into()))),
            "https://api.customer.jp/webarenaIndigo/v1/vm/getinstancespec?instanceTypeId=1&osId=22"
        );
        assert_eq!(at.login().unwrap().as_str(), "https://api.customer.jp/oauth/v1/accesstokens");
    }

    #[test]
    fn an_odd_id_stays_in_its_place_and_a_path_of_the_endpoint_is_kept() {
        let at = Addresses::new("http://127.0.0.1:9/indigo/").unwrap();
        let url = at.list(&ListKey::Snapshots(Some("../x?y#z".into()))).unwrap().unwrap();
        assert_eq!(url.as_str(), "http://127.0.0.1:9/indigo/webarenaIndigo/v1/disk/snapshotlist/..%2Fx%3Fy%23z");
        assert!(at.list(&ListKey::Rules("..".into())).unwrap().is_err());
    }

    #[test]
    fn what_is_no_address_of_a_server_is_refused_at_once() {
        assert!(Addresses::new("api.customer.jp").is_err());
        assert!(Addresses::new("mailto:x@y").is_err());
    }
}
