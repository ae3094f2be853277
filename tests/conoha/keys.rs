//! SSH keys: their name is their id.

use std::sync::Arc;

use vpsdeck::domain::{Call, Collection, Inventory, Key, ListKey, NewKey, Possible, Resource, Verb, Verdict};
use vpsdeck::sim::worldfile::KeySeed;
use vpsdeck::sim::{Options, Simulation};

use super::account::{Account, account, open, policy};

const ED25519: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPa56k/VjuDB5fL5FwJlFnLJVAor3JGjpbgoYs2aeauI me@laptop";

async fn keys(account: &Account) -> Vec<Arc<Key>> {
    let Collection::Keys(rows) = account.read(ListKey::Keys).await.unwrap().collection else { panic!() };
    rows
}

fn add(name: &str, public: &str) -> Call {
    Call::AddKey { key: NewKey { name: name.to_owned(), public: public.to_owned() } }
}

fn meaning(verdict: &Verdict) -> &'static str {
    let Verdict::Refused(said) = verdict else { panic!("{verdict:?}") };
    said.meaning.as_ref().map_or("", |meaning| meaning.text.name())
}

#[tokio::test]
async fn a_key_is_added_with_its_comment_and_deleted_by_its_name() {
    let account = account().await;
    assert_eq!(account.judged(&add("me-laptop", ED25519)).await, Verdict::TookEffect);
    let there = keys(&account).await;
    let key = there.iter().find(|key| key.name == "me-laptop").unwrap();
    assert_eq!((key.id.as_str(), key.public.as_str(), key.active), ("me-laptop", ED25519, true));
    let delete = Call::DeleteKey { id: "me-laptop".into() };
    assert_eq!(account.judged(&delete).await, Verdict::TookEffect);
    assert_eq!(account.judged(&delete).await, Verdict::TookEffectIfGone);
    assert!(keys(&account).await.iter().all(|key| key.name != "me-laptop"));
}

#[tokio::test]
async fn a_name_that_is_taken_or_not_allowed_is_refused_with_the_reason() {
    let account = account().await;
    assert_eq!(meaning(&account.judged(&add("laptop", ED25519)).await), "refusal.KEY_EXISTS");
    assert_eq!(meaning(&account.judged(&add("no blanks", ED25519)).await), "refusal.KEY");
    assert_eq!(keys(&account).await.len(), 1);
}

/// A world in which keys are called so, as other programs may have done.
async fn called(names: &[&str]) -> Account {
    let mut options = Options::world(crate::WORLD).unwrap().manual();
    let key = options.world.accounts[0].keys[0].clone();
    options.world.accounts[0].keys.extend(names.iter().map(|name| KeySeed { name: (*name).to_owned(), ..key.clone() }));
    let sim = Simulation::start(options, None).await.unwrap();
    let api = open(&sim, &[], None);
    Account { sim, api }
}

#[tokio::test]
async fn a_key_is_deleted_by_exactly_its_name() {
    let names = ["a\tb", "a/b", "50%", "%2e%2e", " x ", "a\\b", "a?b#c", "..."];
    let account = called(&names).await;
    for name in names {
        let delete = Call::DeleteKey { id: name.into() };
        assert_eq!(account.judged(&delete).await, Verdict::TookEffect, "{name:?}");
        assert!(keys(&account).await.iter().all(|key| key.name != name), "{name:?}");
    }
    assert_eq!(keys(&account).await.len(), 1, "and no other");
}

#[tokio::test]
async fn of_a_name_that_no_address_holds_nothing_is_sent() {
    let account = called(&[".", ".."]).await;
    let there = keys(&account).await;
    let sent = account.sim.requests().len();
    for name in [".", "..", ""] {
        let delete = Call::DeleteKey { id: name.into() };
        assert!(matches!(account.judged(&delete).await, Verdict::Refused(_)), "{name:?}");
    }
    assert_eq!((account.sim.requests().len(), keys(&account).await), (sent, there.clone()));
    for key in there.iter().filter(|key| key.name.starts_with('.')) {
        let possible = policy().possible(Verb::DeleteKey, Resource::Key(key), &Inventory::default());
        assert!(matches!(&possible, Possible::No(why) if why.text.name() == "cannot.KEY_ADDRESS"), "{possible:?}");
    }
}
