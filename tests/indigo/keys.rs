//! SSH keys and keys of the API: every call, and what its answer is judged to mean.

use std::sync::Arc;

use vpsdeck::domain::{
    Answer, ApiKey, Call, Collection, Inventory, Key, ListKey, NewKey, Output, PreState, ProviderPolicy, Reconciled,
    Remote, SecretOf, Timestamp, Verdict,
};
use vpsdeck::provider::indigo::IndigoPolicy;
use vpsdeck::sim::{Fault, FaultKind};

use super::account::{Account, WORLD, account, of, refusal};

const RSA: &str = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCKVNQ1fbahwpdnV0M4FTliKoVVhO+jdsDq5pbwdNY78jVtEBAGA6wwHfA1mmwZYKRNYRqwJqFkKMiUYlz2s45LOtRsoYhJY42lmjDu8PK0WrQ4SNJESlQhncq0udHylfvqech8GXROe/iC7ClftkySsHOg+zGVyi08Znlr4G5frRHulJseMkaVa7E0PJYLn+8FGiGOszk2ZBAf2AOJtpCJcqW/9pOZBOciOYBFegCpwGM4R/zcM/0V7lAEtxRJQYbMQ6kRIaUsaJ+6s4VCNWkcYEBfl042ZJtthX6IHyY+QH0AKnCH+ZOG88oomMoT5gGY2zYfX5noBEdJ2JpqKIWH";
const ED25519: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPa56k/VjuDB5fL5FwJlFnLJVAor3JGjpbgoYs2aeauI";

fn new(name: &str, public: &str) -> NewKey {
    NewKey { name: name.to_owned(), public: public.to_owned() }
}

async fn keys(account: &Account) -> Vec<Arc<Key>> {
    let Collection::Keys(rows) = account.read(ListKey::Keys).await.unwrap().collection else { panic!() };
    rows
}

async fn api_keys(account: &Account) -> Vec<Arc<ApiKey>> {
    let Collection::ApiKeys(rows) = account.read(ListKey::ApiKeys).await.unwrap().collection else { panic!() };
    rows
}

#[tokio::test]
async fn a_key_is_added_taken_out_of_offer_renamed_and_deleted() {
    let account = account().await;
    let (verdict, answer) = account.judged_knowing(&Call::AddKey { key: new("desk", RSA) }, &[]).await;
    let Answer::Replied { outputs, .. } = &answer else { panic!("{answer:?}") };
    let [Output::Key(id)] = &outputs[..] else { panic!("{outputs:?}") };
    assert_eq!(verdict, Verdict::TookEffect);
    let change = Call::ChangeKey { id: id.clone(), key: new("old desk", RSA), active: false };
    assert_eq!(account.judged(&change).await, Verdict::TookEffect);
    let there = keys(&account).await;
    let key = there.iter().find(|key| key.id == *id).unwrap();
    assert_eq!((key.name.as_str(), key.public.as_str(), key.active), ("old desk", RSA, false));
    let delete = Call::DeleteKey { id: id.clone() };
    assert_eq!(account.judged(&delete).await, Verdict::TookEffect);
    assert_eq!(account.judged(&delete).await, Verdict::TookEffectIfGone, "it is gone already");
    assert_eq!(account.effects(), ["add_ssh_key", "update_ssh_key", "delete_ssh_key"]);
}

#[tokio::test]
async fn a_kind_that_is_not_taken_and_a_comment_are_told_as_what_they_are() {
    let add = |public: &str| Call::AddKey { key: new("desk", public) };
    let plain = account().await;
    assert_eq!(refusal(&plain.judged(&add(ED25519)).await), "key-kind");
    assert_eq!(plain.judged(&add(&format!("{RSA} me@desk"))).await, Verdict::TookEffect);
    let strict =
        of(&WORLD.replace("[quirks]", "[quirks]\ned25519_accepted = true\ncommented_key_refused = true")).await;
    assert_eq!(strict.judged(&add(ED25519)).await, Verdict::TookEffect);
    assert_eq!(refusal(&strict.judged(&add(&format!("{RSA} me@desk"))).await), "key-kind");
}

#[tokio::test]
async fn the_secret_of_an_api_key_comes_back_once_and_in_no_text() {
    let account = account().await;
    let (verdict, answer) = account.judged_knowing(&Call::CreateApiKey {}, &[]).await;
    assert_eq!(verdict, Verdict::TookEffect);
    let Answer::Replied { outputs, body, .. } = &answer else { panic!("{answer:?}") };
    let [Output::Secret { of: SecretOf::ApiKey, name, value }] = &outputs[..] else { panic!("{outputs:?}") };
    assert_eq!((name.len(), value.reveal().len()), (32, 16));
    let texts = [body.clone(), format!("{answer:?}"), serde_json::to_string(&answer).unwrap()];
    assert!(texts.iter().all(|text| !text.contains(value.reveal())), "{texts:?}");
    let listed = api_keys(&account).await;
    let in_use: Vec<bool> = listed.iter().map(|key| key.in_use).collect();
    assert_eq!(in_use, [true, false], "only the one that is logged in with");
    let made = listed.iter().find(|key| key.key == *name).unwrap();
    let delete = Call::DeleteApiKey { id: made.id.clone() };
    assert_eq!(account.judged(&delete).await, Verdict::TookEffect);
    assert_eq!(account.judged(&delete).await, Verdict::TookEffectIfGone);
    assert_eq!(account.effects(), ["create_api_key", "delete_api_key"]);
}

#[tokio::test]
async fn an_api_key_whose_answer_is_lost_is_unknown_and_never_made_twice() {
    let account = account().await;
    account.sim.add_fault(Fault::new(FaultKind::LostAnswer).on("GET", "create/apikey").times(1));
    assert_eq!(account.judged(&Call::CreateApiKey {}).await, Verdict::Unknown);
    assert_eq!(account.effects(), ["create_api_key"], "it was sent once");
    // Nobody was told its secret: what is there now settles nothing.
    let keys = Collection::ApiKeys(api_keys(&account).await);
    let mut inventory = Inventory::default();
    inventory.lists.insert(ListKey::ApiKeys, Remote { value: Some(Arc::new(keys)), ..Remote::default() });
    let settled =
        IndigoPolicy.reconcile(&Call::CreateApiKey {}, &PreState::default(), &inventory, Timestamp(1_000_000));
    assert_eq!(settled, Reconciled::Cannot);
}
