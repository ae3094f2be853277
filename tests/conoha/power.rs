//! What is done to a server as a whole, at every kind of OpenStack.

use vpsdeck::domain::{Call, Fault as Why, InstanceStatus, Inventory, Possible, PowerCall, Resource, Verb, Verdict};

use super::account::{account, policy, power};

#[tokio::test]
async fn a_server_stops_and_starts_and_shows_what_is_under_way() {
    let account = account().await;
    let web = account.instance("web-01").await;
    let possible = policy().possible(Verb::ForceStop, Resource::Instance(&web), &Inventory::default());
    let forced = (possible == Possible::Yes).then_some((
        PowerCall::ForceStop,
        InstanceStatus::Stopping,
        InstanceStatus::Stopped,
    ));
    let all = [
        (PowerCall::Stop, InstanceStatus::Stopping, InstanceStatus::Stopped),
        (PowerCall::Start, InstanceStatus::Starting, InstanceStatus::Running),
        (PowerCall::Reboot, InstanceStatus::Rebooting, InstanceStatus::Running),
        (PowerCall::HardReboot, InstanceStatus::Rebooting, InstanceStatus::Running),
    ];
    for (what, under_way, at_last) in all.into_iter().chain(forced) {
        assert_eq!(account.judged(&power(&web.id, what)).await, Verdict::TookEffect, "{what:?}");
        assert_eq!(account.status(&web.id).await, Some(under_way), "{what:?}");
        account.pass(600);
        assert_eq!(account.status(&web.id).await, Some(at_last), "{what:?}");
    }
}

#[tokio::test]
async fn a_destroyed_server_is_shown_so_and_then_gone() {
    let account = account().await;
    let web = account.id("web-01").await;
    let call = Call::Destroy { instance: web.clone() };
    assert_eq!(account.judged(&call).await, Verdict::TookEffect);
    assert_eq!(account.status(&web).await, Some(InstanceStatus::Destroying));
    account.pass(600);
    assert_eq!(account.status(&web).await, None);
    assert_eq!(account.judged(&call).await, Verdict::TookEffectIfGone);
}

#[tokio::test]
async fn a_console_has_an_address_while_the_server_runs() {
    use secrecy::ExposeSecret as _;
    let account = account().await;
    let url = account.api.console(&account.id("web-01").await).await.unwrap();
    assert!(url.expose_secret().starts_with("https://vnc."));
    assert!(!format!("{url:?}").contains("token"));
    let fault = account.api.console(&account.id("db").await).await.unwrap_err();
    assert!(matches!(fault, Why::Refused { status: 409, .. }), "{fault:?}");
}
