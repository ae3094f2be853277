//! The form for a new instance, by the rules of a real provider.

use std::sync::Arc;

use vpsdeck::app::AppMsg;
use vpsdeck::app::public_keys::LocalKey;
use vpsdeck::domain::{
    Account, Collection, Firewall, Image, ImageKind, InstanceStatus, Key, ListKey, Plan, Raw, Region, Spec, StoreStatus,
};
use vpsdeck::engine;
use vpsdeck::provider::indigo::IndigoPolicy;
use vpsdeck::words::{Clock, Language, Words};

use super::world::{World, instance, snapshot};

fn image(id: &str, family: &str, name: &str, kind: ImageKind) -> Arc<Image> {
    Arc::new(Image {
        id: id.into(),
        name: name.to_owned(),
        family: Some(family.to_owned()).filter(|f| !f.is_empty()),
        kind,
        status: StoreStatus::Available,
        size: None,
        min_disk_gb: None,
        created: None,
        fields: Vec::new(),
        raw: Raw::default(),
    })
}

fn plan(id: &str, name: &str, size: (u32, u64, u64, u32), addresses: &str) -> Arc<Plan> {
    let (vcpus, memory, disk, mbps) = size;
    let spec = Spec { vcpus: Some(vcpus), memory_mb: Some(memory), disk_gb: Some(disk), mbps: Some(mbps) };
    Arc::new(Plan {
        id: id.into(),
        name: name.to_owned(),
        spec,
        addresses: Some(addresses.to_owned()),
        raw: Raw::default(),
    })
}

fn world(width: u16, height: u16) -> World {
    let mut world = World::new(width, height);
    world.app.words = Arc::new(Words::new(Language::English, Clock::utc()));
    let rules = Arc::new(IndigoPolicy);
    let account = Account::new("indigo".into(), rules);
    world.engine(engine::Msg::AccountAdded(account));
    world.logged_in("indigo", None, Ok(()));
    world.instances("indigo", vec![instance("616513", "web-01", InstanceStatus::Running, "203.0.113.7", 400)]);
    world.snapshots("indigo", "616513", vec![snapshot("51", "nightly", "616513", StoreStatus::Available, 1)]);
    let images = vec![
        image("13", "Ubuntu", "Ubuntu 22.04", ImageKind::Linux),
        image("25", "Ubuntu", "Ubuntu 24.04", ImageKind::Linux),
        image("22", "Debian", "Debian 12", ImageKind::Linux),
        image("11", "Windows Server", "Windows Server 2022", ImageKind::Windows),
        image("3", "", "Import VM", ImageKind::Import),
    ];
    world.read("indigo", ListKey::Images, Collection::Images(images));
    let plans = vec![
        plan("13", "1vCPU768MB20GB", (1, 768, 20, 100), "ipv6"),
        plan("1", "1vCPU1GB20GB", (1, 1024, 20, 100), "ipv46dual"),
        plan("6", "8vCPU32GB640GB", (8, 32_768, 640, 1000), "ipv46dual"),
    ];
    world.read("indigo", ListKey::Plans(Some("22".into())), Collection::Plans(plans));
    let tokyo = Arc::new(Region { id: "1".into(), name: "Tokyo".to_owned() });
    world.read("indigo", ListKey::Regions, Collection::Regions(vec![tokyo]));
    let key = Key {
        id: "40277".into(),
        name: "laptop".to_owned(),
        public: "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAQQDBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHB laptop".to_owned(),
        active: true,
        created: None,
        raw: Raw::default(),
    };
    world.read("indigo", ListKey::Keys, Collection::Keys(vec![Arc::new(key)]));
    let firewall = Firewall {
        id: "1".into(),
        name: "web".to_owned(),
        on: None,
        fixed: false,
        created: None,
        updated: None,
        fields: Vec::new(),
        raw: Raw::default(),
    };
    world.read("indigo", ListKey::Firewalls, Collection::Firewalls(vec![Arc::new(firewall)]));
    world
}

fn local(world: &mut World) {
    let key = |name: &str, public: &str| LocalKey {
        file: format!("{name}.pub"),
        name: name.to_owned(),
        public: public.to_owned(),
    };
    let keys = vec![
        key("id_ed25519", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH me"),
        key(
            "id_rsa",
            "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAQQDCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLC me",
        ),
    ];
    world.send(AppMsg::LocalKeys(keys));
}

#[test]
fn the_form_for_a_new_instance() {
    for (w, h) in [(80, 24), (120, 36)] {
        let at = |name: &str, world: &World| {
            super::shown(&format!("create-{name}@{w}x{h}"), world);
        };
        let mut world = world(w, h);
        world.keys("c");
        local(&mut world);
        at("what", &world);
        world.keys("deb<Enter>");
        at("plan", &world);
        world.keys("<Enter>new-01<Down><Down>");
        at("fields", &world);
        world.keys("<Enter><Down>");
        at("keys", &world);
        world.keys("<Enter><Down><Enter><Space><Enter><Down><Down><Down><Enter>");
        at("summary", &world);
        world.keys("v");
        at("requests", &world);
    }
}

#[test]
fn an_import_warns_of_its_address() {
    let mut world = world(80, 24);
    world.keys("cimport<Enter>http://x.example/d.iso");
    super::shown("create-url@80x24", &world);
}
