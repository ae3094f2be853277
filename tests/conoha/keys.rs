//! SSH keys: their name is their id.

use std::sync::Arc;

use vpsdeck::domain::{Call, Key, ListKey, Listing, NewKey, Verdict};

use super::account::{Account, account};

const ED25519: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPa56k/VjuDB5fL5FwJlFnLJVAor3JGjpbgoYs2aeauI me@laptop";

async fn keys(account: &Account) -> Vec<Arc<Key>> {
    let Listing::Keys(rows) = account.read(ListKey::Keys).await.unwrap().listing else { panic!() };
    rows
}

fn add(name: &str, public: &str) -> Call {
    Call::AddKey { key: NewKey { name: name.to_owned(), public: public.to_owned() } }
}

fn meaning(verdict: &Verdict) -> &'static str {
    let Verdict::Refused(said) = verdict else { panic!("{verdict:?}") };
    said.meaning.as_ref().map_or("", |meaning| meaning.key)
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
    assert_eq!(meaning(&account.judged(&add("laptop", ED25519)).await), "conoha.refused.key-exists");
    assert_eq!(meaning(&account.judged(&add("no blanks", ED25519)).await), "conoha.refused.key");
    assert_eq!(keys(&account).await.len(), 1);
}
