//! Graphs, of which there are three a server.

use vpsdeck::domain::{Collection, Fault as Why, ListKey};
use vpsdeck::sim::{Fault, FaultKind};

use super::account::account;

#[tokio::test]
async fn a_graph_that_fails_leaves_the_others() {
    let account = account().await;
    let web = account.id("web-01").await;
    account.sim.add_fault(Fault::new(FaultKind::ServerError { status: 500 }).on("GET", "/rrd/disk"));
    let Collection::Graphs(lines) = account.read(ListKey::Graphs(web.clone())).await.unwrap().collection else {
        panic!()
    };
    assert_eq!(lines.len(), 3);
    account.sim.add_fault(Fault::new(FaultKind::ServerError { status: 500 }).on("GET", "/rrd/"));
    assert!(matches!(account.read(ListKey::Graphs(web)).await, Err(Why::Refused { status: 500, .. })));
}
