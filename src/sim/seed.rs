//! A world is founded: from what is written down to what is there.

use crate::sim::chance::Chance;
use crate::sim::clock::Moment;
use crate::sim::log::Origin;
use crate::sim::quirks::Quirks;
use crate::sim::world::account::{Account, Network};
use crate::sim::world::catalogue::{Catalogues, IMPORT_IMAGE};
use crate::sim::world::cloud::{Group, GroupRule, LocalPort, NewVolume, Source, Tenancy, disk_of};
use crate::sim::world::firewall::Firewall;
use crate::sim::world::instance::State;
use crate::sim::world::key::{ApiKey, SshKey, Token};
use crate::sim::world::numbers::Numbers;
use crate::sim::world::provider::Provider;
use crate::sim::world::snapshot::Saving;
use crate::sim::world::turn::Turn;
use crate::sim::world::world_state::World;
use crate::sim::worldfile::{AccountSeed, Beginning, InstanceSeed, SnapshotSeed, WorldFile};

/// The world of `file` as it is at `start`.
pub fn world(file: &WorldFile, quirks: Quirks, seed: u64, start: Moment) -> World {
    let mut world = World {
        accounts: Vec::new(),
        durations: file.durations,
        quirks,
        catalogues: Catalogues::all(&file.uuids),
        chance: Chance::of_seed(seed),
        start,
        now: start,
    };
    for (place, seed) in file.accounts.iter().enumerate() {
        let identifier = world.chance.uuid();
        let account = account(seed, identifier, place as u64, start);
        world.accounts.push(account);
        let Some((account, mut turn)) = world.turn(place, Origin::Elsewhere) else {
            continue;
        };
        if account.provider.is_openstack() {
            add_groups(account, &turn, seed);
        }
        for machine in &seed.instances {
            add_instance(account, &mut turn, machine);
        }
        for number in 1..=seed.generate {
            let machine = made_up(number);
            add_instance(account, &mut turn, &machine);
        }
        for volume in &seed.volumes {
            let source = image_of(volume.os.as_deref(), &turn).map(Source::Public);
            let new =
                NewVolume { name: volume.name.clone(), size: volume.size, storage: volume.storage.clone(), source };
            let created = start.plus(-volume.age.0);
            account.add_volume(new, created, created);
        }
        for (image, number) in seed.images.iter().zip(1..) {
            add_snapshot(account, &mut turn, seed.first_id.saturating_sub(number), image);
        }
        begin_with(account, &turn, seed);
    }
    world
}

fn account(seed: &AccountSeed, identifier: String, place: u64, start: Moment) -> Account {
    let mut account = Account {
        name: seed.name.clone(),
        provider: seed.provider,
        comment: seed.comment.clone(),
        user: 4101 + place * 17,
        service: format!("idg-{:04}", 2201 + place * 31),
        identifier,
        owner: seed.owner.clone(),
        network: Network(place),
        quota: seed.quota,
        instance_limit: seed.instance_limit,
        out_of_stock: seed.out_of_stock.clone(),
        tenancy: Tenancy {
            tenant: seed.tenant(),
            region: seed.region.clone(),
            image_quota: seed.image_quota.clone(),
            ..Tenancy::default()
        },
        instances: Vec::new(),
        snapshots: Vec::new(),
        volumes: Vec::new(),
        volume_snapshots: Vec::new(),
        firewalls: Vec::new(),
        ssh_keys: Vec::new(),
        api_keys: Vec::new(),
        tokens: Vec::new(),
        creations: Vec::new(),
        effects: Vec::new(),
        next_instance: Numbers::from(seed.first_id),
        next_snapshot: Numbers::from(12_080 + place * 1000),
        next_firewall: Numbers::from(12_830 + place * 1000),
        next_rule: Numbers::from(1),
        next_key: Numbers::from(40_270 + place * 1000),
        next_api_key: Numbers::from(7570 + place * 100),
        next_volume: Numbers::from(501_000 + place * 1000),
    };
    account.api_keys.push(ApiKey {
        id: account.next_api_key.give(),
        key: seed.login().to_owned(),
        secret: seed.secret.clone(),
        created: start.plus(-400.0 * 86_400.0),
    });
    for key in &seed.keys {
        let created = start.plus(-key.age.0);
        account.ssh_keys.push(SshKey {
            id: key.id.unwrap_or_else(|| account.next_key.give()),
            name: key.name.clone(),
            line: key.line.clone(),
            active: key.active,
            created,
            updated: created,
        });
    }
    let firewalls = if seed.provider == Provider::Indigo { seed.firewalls.as_slice() } else { &[] };
    for firewall in firewalls {
        let created = start.plus(-firewall.age.0);
        account.firewalls.push(Firewall {
            id: account.next_firewall.give(),
            name: firewall.name.clone(),
            inbound: firewall.inbound.clone(),
            outbound: firewall.outbound.clone(),
            group: Group::default(),
            created,
            updated: created,
        });
    }
    account
}

/// What counts from the start of the script on: the numbers of what is made then, and tokens of before.
fn begin_with(account: &mut Account, turn: &Turn<'_>, seed: &AccountSeed) {
    account.next_instance.want(&seed.next.instance);
    account.next_snapshot.want(&seed.next.snapshot);
    account.next_firewall.want(&seed.next.firewall);
    account.next_key.want(&seed.next.key);
    account.next_api_key.want(&seed.next.api_key);
    let life = match account.provider {
        Provider::Indigo => turn.durations.token,
        Provider::ConohaV2 | Provider::Conoha | Provider::Openstack => turn.durations.cloud_token,
    };
    let (api_key, ends) = (account.api_keys.first().map_or(0, |key| key.id), turn.now.plus(life));
    account.tokens.extend(seed.tokens.iter().map(|value| Token { value: value.clone(), api_key, ends }));
}

/// The groups of an account with tenants: the panel's, then those that are written down.
fn add_groups(account: &mut Account, turn: &Turn<'_>, seed: &AccountSeed) {
    account.add_panel_groups(turn);
    for firewall in &seed.firewalls {
        let id = account.add_group(turn, &firewall.name, "", false);
        for rule in &firewall.inbound {
            account.put_rule(id, GroupRule::from(rule));
        }
        for rule in &firewall.outbound {
            account.put_rule(id, GroupRule { ingress: false, ..GroupRule::from(rule) });
        }
    }
}

/// Puts a machine into an account as it is written down, and gives its number.
pub fn add_instance(account: &mut Account, turn: &mut Turn<'_>, seed: &InstanceSeed) -> u64 {
    let imported = matches!(seed.state, Beginning::Importing | Beginning::ImportFailed);
    let image = if imported { IMPORT_IMAGE } else { image_of(seed.os.as_deref(), turn).unwrap_or(seed.image) };
    let plan =
        seed.flavour.as_ref().and_then(|name| turn.catalogue.plan_named(name)).map_or(seed.plan, |plan| plan.number);
    if let Some(id) = seed.id {
        account.next_instance.reach(id);
    }
    let mut id = account.blank_instance(turn, &seed.name, plan, image);
    let now = turn.now;
    let provider = account.provider;
    let key = account.ssh_keys.iter().find(|key| Some(&key.name) == seed.key.as_ref()).map_or(0, |key| key.id);
    let firewalls: Vec<u64> = account
        .firewalls
        .iter()
        .filter(|firewall| seed.firewalls.contains(&firewall.name))
        .map(|firewall| firewall.id)
        .collect();
    if let Some(instance) = account.instances.last_mut() {
        if let Some(wanted) = seed.id {
            instance.id = wanted;
            id = wanted;
        }
        instance.created = now.plus(-seed.age.0);
        instance.imported = imported || image == IMPORT_IMAGE;
        instance.key = key;
        instance.firewalls = firewalls;
        instance.word.clone_from(&seed.word);
        instance.odd = seed.odd;
        instance.cloud.metadata.clone_from(&seed.metadata);
        let local = |address: &String| LocalPort { address: address.clone(), groups: Vec::new() };
        instance.cloud.local = seed.local_ipv4.as_ref().map(local);
        if seed.locked {
            instance.cloud.lock(true);
        }
        if seed.ipv4.is_some() {
            instance.v4.clone_from(&seed.ipv4);
        }
        if seed.ipv6.is_some() {
            instance.v6.clone_from(&seed.ipv6);
        }
        instance.state = state(seed, turn, provider);
        let was = seed.resized_from.as_ref().and_then(|name| turn.catalogue.plan_named(name));
        if let Some(was) = was {
            instance.state = State::Resized { was: (was.number, seed.state == Beginning::Running), confirmed: None };
        }
        if matches!(instance.state, State::Running | State::Stopped) {
            // Nobody wrote down when it was switched; some time ago.
            instance.cloud.since = now.plus(-seed.age.0 / 10.0);
        }
        if !instance.is_unprovisioned() {
            let ready = instance.created.plus(turn.durations.install);
            instance.provisioned = Some(ready.min(now));
        }
    }
    if let Some(uuid) = &seed.uuid {
        account.tenancy.server_uuids.insert(id, uuid.clone());
    }
    add_boot_volume(account, turn, id, image);
    for snapshot in &seed.snapshots {
        add_snapshot(account, turn, id, snapshot);
    }
    id
}

/// The volume that a server boots from, where its plan has no disk.
fn add_boot_volume(account: &mut Account, turn: &Turn<'_>, server: u64, image: u64) {
    let provider = account.provider;
    let Ok(instance) = account.instance(server) else { return };
    let Some(plan) = turn.catalogue.plan(instance.plan).filter(|plan| plan.disk == 0 && provider.is_openstack()) else {
        return;
    };
    let (size, created) = (disk_of(provider, plan).min(100), instance.created);
    let new = NewVolume {
        name: format!("{}-boot", instance.name),
        size,
        storage: (if size == 30 { "c3j1-as01-boot" } else { "c3j1-ds02-boot" }).to_owned(),
        source: Some(Source::Public(image)),
    };
    let id = account.add_volume(new, created, created);
    if let Some(volume) = account.volumes.iter_mut().find(|volume| volume.id == id) {
        volume.server = server;
    }
}

fn image_of(name: Option<&str>, turn: &Turn<'_>) -> Option<u64> {
    Some(turn.catalogue.public_named(name?)?.number)
}

fn state(seed: &InstanceSeed, turn: &Turn<'_>, provider: Provider) -> State {
    match seed.state {
        Beginning::Running => State::Running,
        Beginning::Stopped => State::Stopped,
        Beginning::Installing if provider.is_openstack() => {
            State::Building { until: turn.now.plus(seed.done_in.unwrap_or(turn.durations.build)) }
        }
        Beginning::Installing => {
            State::Installing { until: turn.now.plus(seed.done_in.unwrap_or(turn.durations.install)) }
        }
        Beginning::Importing => State::Importing {
            since: turn.now,
            percent: seed.percent,
            pace: seed.done_in.map_or(turn.durations.import_percent, |all| all / (100.0 - seed.percent).max(1.0)),
            fails: seed.fails_in.map(|seconds| (turn.now.plus(seconds), seed.reason.clone())),
        },
        Beginning::ImportFailed => State::ImportFailed { reason: seed.reason.clone() },
    }
}

fn add_snapshot(account: &mut Account, turn: &mut Turn<'_>, instance: u64, seed: &SnapshotSeed) {
    let saving = match seed.done_in {
        Some(seconds) => Saving::Running { until: turn.now.plus(seconds), fails: seed.fails },
        None if seed.fails => Saving::Failed,
        None => Saving::Created { at: turn.now.plus(-seed.age.0) },
    };
    match account.provider {
        Provider::Indigo => account.add_snapshot(turn, instance, &seed.name, 0, saving),
        Provider::ConohaV2 | Provider::Conoha | Provider::Openstack => {
            account.add_image(turn, instance, &seed.name, saving)
        }
    };
    let image = image_of(seed.os.as_deref(), turn);
    if let Some(made) = account.snapshots.last_mut() {
        made.size = seed.size.unwrap_or(made.size);
        made.image = image.unwrap_or(made.image);
        made.min_disk = seed.min_disk.unwrap_or(made.min_disk);
        if let Some(uuid) = &seed.uuid {
            account.tenancy.image_uuids.insert(made.id, uuid.clone());
        }
    }
}

/// The machine of that number in a generated account: mixed, and the same every time.
fn made_up(number: u64) -> InstanceSeed {
    const ROLES: [&str; 8] = ["web", "app", "db", "cache", "queue", "build", "mail", "batch"];
    const PLANS: [u64; 7] = [13, 1, 2, 3, 4, 5, 6];
    const IMAGES: [u64; 5] = [22, 25, 13, 24, 23];
    let pick = |list: &[u64]| {
        let at = (number % list.len() as u64) as usize;
        list.get(at).copied().unwrap_or(1)
    };
    let role = ROLES.get((number % 8) as usize).unwrap_or(&"node");
    InstanceSeed {
        name: format!("{role}-{number:05}"),
        id: None,
        uuid: None,
        plan: pick(&PLANS),
        image: pick(&IMAGES),
        flavour: None,
        resized_from: None,
        os: None,
        locked: false,
        local_ipv4: None,
        metadata: std::collections::BTreeMap::new(),
        state: if number.is_multiple_of(5) { Beginning::Stopped } else { Beginning::Running },
        percent: 0.0,
        done_in: None,
        fails_in: None,
        reason: String::new(),
        age: crate::sim::worldfile::Age((number * 3571 % 47_304_000) as f64),
        ipv4: None,
        ipv6: None,
        firewalls: Vec::new(),
        key: None,
        word: None,
        odd: crate::sim::world::instance::Oddities::default(),
        snapshots: Vec::new(),
    }
}
