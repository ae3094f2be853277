//! Plans and public images as a cloud of upstream's has them, made up.

use crate::sim::world::catalogue::{Addresses, Catalogue, Plan, PublicImage};

/// Name, processors, MB of memory, GB of disk.
const PLANS: [(&str, u64, u64, u64); 5] = [
    ("m1.tiny", 1, 512, 1),
    ("m1.small", 1, 2048, 20),
    ("m1.medium", 2, 4096, 40),
    ("m1.large", 4, 8192, 80),
    ("m1.xlarge", 8, 16_384, 160),
];

/// Name, GB of disk, system.
const IMAGES: [(&str, u64, &str); 6] = [
    ("cirros-0.6.2", 0, ""),
    ("debian-12", 10, "debian"),
    ("ubuntu-22.04", 10, "ubuntu"),
    ("ubuntu-24.04", 10, "ubuntu"),
    ("rocky-9", 10, "rocky"),
    ("windows-2022", 40, "windows"),
];

pub(super) fn catalogue() -> Catalogue {
    let plan = |(number, (name, cpus, memory, disk)): (u64, (&str, u64, u64, u64))| Plan {
        number,
        name: name.to_owned(),
        cpus,
        memory: memory as f64 / 1024.0,
        disk,
        addresses: Addresses::Dual,
        windows: false,
    };
    let image = |(number, (name, min_disk, system)): (u64, (&str, u64, &'static str))| {
        let windows = system == "windows";
        let kind = if windows { "windows" } else { "linux" };
        let told = [("os_distro", system), ("os_type", kind)];
        let metadata = told.into_iter().filter(|_| !system.is_empty()).map(|(key, value)| (key, value.to_owned()));
        let size = 20_000_000 + min_disk * 50_000_000;
        PublicImage { number, name: name.to_owned(), min_disk, size, windows, metadata: metadata.collect() }
    };
    let (plans, public) = ((1..).zip(PLANS).map(plan).collect(), (1..).zip(IMAGES).map(image).collect());
    Catalogue { plans, public, ..Catalogue::default() }
}
