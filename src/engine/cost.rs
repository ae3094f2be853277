//! What an account costs this month: each machine and each thing that is saved, and their sums. What the lists do not show
//! (volumes that a machine has, addresses, licences) is not in it.

use crate::domain::{
    AccountName, ImageKind, Instance, Inventory, Kind, ListKey, MonthCost, Plan, Price, ResourceRef, SavedPrices,
    Snapshot, SnapshotKind, Spec, StatusKind, StoreStatus, Timestamp, due,
};
use crate::engine::AccountState;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CostOf {
    Instance {
        status: StatusKind,
    },
    /// A snapshot; billed until it is deleted.
    Snapshot,
    Image,
    /// A volume that no machine has.
    Volume,
    VolumeSnapshot,
    /// What is saved, all together: where so many GB are free and the rest comes in steps.
    Storage {
        /// How many GB are free.
        free_gb: u64,
        /// How many GB are ordered, or used where that is not told.
        gb: Option<u64>,
    },
}

#[derive(Debug, Clone, PartialEq)]
pub struct CostRow {
    /// What it is about; `None` for what has no row of its own anywhere.
    pub resource: Option<ResourceRef>,
    /// Its name; empty for storage.
    pub name: String,
    pub of: CostOf,
    /// The name of its plan; of a snapshot, that of its machine.
    pub plan: Option<String>,
    pub spec: Spec,
    pub due: MonthCost,
    /// Whether it is billed together with others, on a line of their own.
    pub within: bool,
}

impl CostRow {
    /// Whether it is a machine that is switched off, and billed all the same.
    #[must_use]
    pub const fn is_off(&self) -> bool {
        matches!(self.of, CostOf::Instance { status: StatusKind::Stopped | StatusKind::Shelved })
    }
}

/// Yen that are known, and how many lines have no known price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sum {
    pub yen: u64,
    /// How many are not known.
    pub unknown: usize,
}

impl Sum {
    fn add(&mut self, yen: Option<u64>) {
        match yen {
            Some(yen) => self.yen = self.yen.saturating_add(yen),
            None => self.unknown += 1,
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct AccountCost {
    /// Machines that are off first, then what costs most.
    pub rows: Vec<CostRow>,
    /// This month until now.
    pub so_far: Sum,
    pub at_most: Sum,
    /// What a month costs at least, where that raised a sum.
    pub minimum: Option<u64>,
    /// Of how many machines it is not known what is saved.
    pub unread: usize,
    /// Whether its machines were ever read. Where not, nothing of it is known, which counts as one unknown line.
    pub is_read: bool,
}

/// The volumes that belong to nothing, and the snapshots of volumes: they are in no list of prices.
fn volumes<'a>(
    account: &'a AccountName,
    inventory: &'a Inventory,
    snapshots: impl Iterator<Item = &'a std::sync::Arc<Snapshot>> + 'a,
    now: Timestamp,
) -> impl Iterator<Item = CostRow> + 'a {
    let row = move |kind, id, name: &str, of, disk_gb, made| CostRow {
        resource: Some(ResourceRef::new(account, kind, id)),
        name: name.to_owned(),
        of,
        plan: None,
        spec: Spec { disk_gb, ..Spec::default() },
        due: due(None, made, now),
        within: false,
    };
    let spare = inventory.volumes().iter().filter(|v| v.belongs_to_nothing());
    let spare = spare.map(move |v| row(Kind::Volume, &v.id, &v.name, CostOf::Volume, v.size_gb, v.created));
    spare.chain(
        snapshots.map(move |s| row(Kind::Snapshot, &s.id, &s.name, CostOf::VolumeSnapshot, s.min_disk_gb, s.taken)),
    )
}

/// What an account costs this month, as far as its lists were read.
#[must_use]
pub fn cost(account: &AccountState, now: Timestamp) -> AccountCost {
    let name = &account.account.name;
    let inventory = &account.inventory;
    let mut rows: Vec<CostRow> = inventory.instances().iter().map(|i| of_instance(account, i, now)).collect();
    let saved = account.account.prices.saved;
    let together = saved.step_gb.is_some();
    let one = |id, label: &str, of, taken, kind| CostRow {
        resource: Some(ResourceRef::new(name, kind, id)),
        name: label.to_owned(),
        of,
        plan: None,
        spec: Spec::default(),
        due: if together {
            MonthCost { hours: due(None, taken, now).hours, ..MonthCost::default() }
        } else {
            each(saved, taken, now)
        },
        within: together,
    };
    // A provider without snapshots of its own has saved images in their place.
    let images = inventory.images().iter().filter(|i| i.kind == ImageKind::Saved);
    let others: Vec<_> = images.filter(|i| inventory.snapshot(&i.id).is_none()).collect();
    let per_instance = account.account.policy.snapshots_per_instance();
    let of = if per_instance { CostOf::Snapshot } else { CostOf::Image };
    // What could not be saved takes no room, nor what only names others.
    let there = |s: &&std::sync::Arc<Snapshot>| s.status != StoreStatus::Error && s.holds_data();
    let is_image = |s: &&std::sync::Arc<Snapshot>| !matches!(s.kind, SnapshotKind::OfVolume(_));
    let of_volumes = inventory.snapshots().filter(there).filter(|s| !is_image(s));
    rows.extend(volumes(name, inventory, of_volumes, now));
    rows.extend(inventory.snapshots().filter(there).filter(is_image).map(|s| {
        let machine = inventory.saved_of(s).and_then(|id| inventory.instance(id)).map(|i| i.name.clone());
        CostRow { plan: machine, ..one(&s.id, &s.name, of, s.taken, Kind::Snapshot) }
    }));
    rows.extend(others.iter().map(|i| one(&i.id, &i.name, CostOf::Image, i.created, Kind::Image)));
    if together && rows.iter().any(|r| r.within) {
        let sizes =
            inventory.snapshots().filter(there).filter(is_image).map(|s| s.size).chain(others.iter().map(|i| i.size));
        rows.push(storage(saved, sizes, inventory.quota().and_then(|q| q.images)));
    }
    rows.sort_by(|a, b| {
        let group = |row: &CostRow| match row.of {
            CostOf::Instance { .. } => usize::from(!row.is_off()),
            CostOf::Volume => 2,
            CostOf::Snapshot | CostOf::Image | CostOf::VolumeSnapshot => 3,
            CostOf::Storage { .. } => 4,
        };
        group(a).cmp(&group(b)).then(b.due.at_most.cmp(&a.due.at_most)).then_with(|| a.name.cmp(&b.name))
    });
    let (mut so_far, mut at_most) = (Sum::default(), Sum::default());
    for row in rows.iter().filter(|row| !row.within) {
        so_far.add(row.due.so_far);
        at_most.add(row.due.at_most);
    }
    let is_read = inventory.list(&ListKey::Instances).is_some();
    if !is_read {
        so_far.add(None);
        at_most.add(None);
    }
    // Where something is used, the month costs that much at least.
    let used = rows.iter().any(|row| row.due.hours.is_none_or(|hours| hours > 0) && row.due.at_most != Some(0));
    let least = account.account.prices.minimum_yen.filter(|least| used && so_far.yen.min(at_most.yen) < *least);
    if let Some(least) = least {
        so_far.yen = so_far.yen.max(least);
        at_most.yen = at_most.yen.max(least);
    }
    let is_unread = |i: &&std::sync::Arc<Instance>| per_instance && inventory.snapshots_of(&i.id).is_none();
    let unread = inventory.instances().iter().filter(is_unread).count();
    AccountCost { rows, so_far, at_most, minimum: least, unread, is_read }
}

fn of_instance(account: &AccountState, instance: &Instance, now: Timestamp) -> CostRow {
    let plan = instance.plan.as_ref().and_then(|id| account.inventory.plan(id));
    let told = instance.spec != Spec::default();
    CostRow {
        resource: Some(ResourceRef::new(&account.account.name, Kind::Instance, &instance.id)),
        name: instance.name.clone(),
        of: CostOf::Instance { status: instance.status.kind() },
        plan: plan.map(|p| p.name.clone()),
        spec: if told { instance.spec } else { plan.map_or(instance.spec, |p| p.spec) },
        due: due(account.price(instance), instance.created, now),
        within: false,
    }
}

/// One thing that is saved, where each is billed by itself. What becomes due of it before the month is over is not known.
fn each(saved: SavedPrices, taken: Option<Timestamp>, now: Timestamp) -> MonthCost {
    let price = saved.yen_each.map(|yen| Price { sen_per_hour: None, yen_per_month: Some(yen) });
    let due = due(price, taken, now);
    MonthCost { so_far: due.so_far.or_else(|| due.at_most.filter(|yen| *yen == 0)), ..due }
}

/// All that is saved together: nothing up to what is free, then steps.
fn storage(saved: SavedPrices, sizes: impl Iterator<Item = Option<u64>>, ordered: Option<u64>) -> CostRow {
    const GB: u64 = 1_000_000_000;
    let used = sizes.sum::<Option<u64>>().map(|bytes| bytes.div_ceil(GB));
    let gb = ordered.map(|bytes| bytes / GB).or(used);
    let free_gb = saved.free_gb.unwrap_or(0);
    let steps = gb.zip(saved.step_gb).map(|(gb, step)| gb.saturating_sub(free_gb).div_ceil(step.max(1)));
    let yen = match steps {
        Some(0) => Some(0),
        Some(steps) => saved.yen_per_step.map(|yen| yen.saturating_mul(steps)),
        None => None,
    };
    CostRow {
        resource: None,
        name: String::new(),
        of: CostOf::Storage { free_gb, gb },
        plan: None,
        spec: Spec::default(),
        due: MonthCost { hours: None, so_far: yen.filter(|yen| *yen == 0), at_most: yen },
        within: false,
    }
}

impl AccountState {
    /// What an instance costs, where that is known.
    #[must_use]
    pub fn price(&self, instance: &Instance) -> Option<Price> {
        let id = instance.plan.as_ref()?;
        let name = self.inventory.plan(id).map(|plan| plan.name.as_str());
        self.account.prices.plan(id.as_str(), name)
    }

    /// What an instance of a plan costs, where that is known.
    #[must_use]
    pub fn plan_price(&self, plan: &Plan) -> Option<Price> {
        self.account.prices.plan(plan.id.as_str(), Some(&plan.name))
    }
}
