//! What can be bought, as recorded.

use crate::asking::small;

#[tokio::test]
async fn the_catalogue_has_21_systems_in_9_categories_and_13_plans() {
    let asking = small().await;
    let systems = asking.get("vm/oslist?instanceTypeId=1").await.json();
    assert_eq!(systems["total"], 9);
    let categories = systems["osCategory"].as_array().unwrap();
    let all: usize = categories.iter().map(|c| c["osLists"].as_array().unwrap().len()).sum();
    assert_eq!((categories.len(), all), (9, 21));
    let linux = asking.get("vm/getinstancespec?instanceTypeId=1&osId=22").await.json();
    let windows = asking.get("vm/getinstancespec?instanceTypeId=1&osId=11").await.json();
    assert_eq!((&linux["total"], &windows["total"]), (&7.into(), &6.into()));
    assert!(linux["speclist"][0]["description"].as_str().unwrap().contains("<b>1</b> vCPU <br>"));
}

#[tokio::test]
async fn the_dead_type_has_empty_lists() {
    let asking = small().await;
    assert_eq!(asking.get("vm/instancetypes").await.json()["total"], 2);
    assert_eq!(asking.get("vm/getregion?instanceTypeId=1").await.json()["regionlist"][0]["name"], "Tokyo");
    assert_eq!(asking.get("vm/getregion?instanceTypeId=2").await.json()["total"], 0);
    assert_eq!(asking.get("vm/getinstancespec?instanceTypeId=2&osId=22").await.json()["total"], 0);
    let systems = asking.get("vm/oslist?instanceTypeId=2").await.json();
    assert_eq!(systems["total"], 9);
    let empty = |c: &serde_json::Value| c["osLists"].as_array().unwrap().is_empty();
    assert!(systems["osCategory"].as_array().unwrap().iter().all(empty));
}
