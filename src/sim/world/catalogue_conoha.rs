//! ConoHa's plans and public images. The plans are those recorded in 2020 and 2021; the images are made up from a table
//! by the rules of their names, about as many as were recorded in 2023.

use crate::sim::world::catalogue::{Addresses, Catalogue, Plan, PublicImage};

/// Name, processors, MB of memory, GB of disk. The ones that end in their disk are sold; the others are older.
const PLANS: [(&str, u64, u64, u64); 15] = [
    ("g-c1m512d30", 1, 512, 30),
    ("g-c2m1d100", 2, 1024, 100),
    ("g-c3m2d100", 3, 2048, 100),
    ("g-c4m4d100", 4, 4096, 100),
    ("g-c6m8d100", 6, 8192, 100),
    ("g-c8m16d100", 8, 16_384, 100),
    ("g-c12m32d100", 12, 32_768, 100),
    ("g-c24m64d100", 24, 65_536, 100),
    ("g-512mb", 1, 512, 20),
    ("g-1gb", 2, 1024, 50),
    ("g-2gb", 3, 2048, 50),
    ("g-4gb", 4, 4096, 50),
    ("g-8gb", 6, 8192, 50),
    ("g-16gb", 8, 16_384, 50),
    ("g-32gb", 12, 32_768, 50),
];

/// The end of a name, and the disk it is for. No end: 50 GB.
const DISKS: [(&str, u64); 4] = [("-100gb", 100), ("", 50), ("-30gb", 30), ("-20gb", 20)];

/// Distribution and version in a name, and the name of the OS.
const SYSTEMS: [(&str, &str); 29] = [
    ("ubuntu-16.04-amd64", "Ubuntu-16.04-64bit"),
    ("ubuntu-18.04-amd64", "Ubuntu-18.04-64bit"),
    ("ubuntu-20.04-amd64", "Ubuntu-20.04-64bit"),
    ("ubuntu-22.04-amd64", "Ubuntu-22.04-64bit"),
    ("debian-9.9-amd64", "Debian-9.9-64bit"),
    ("debian-10.10-amd64", "Debian-10.10-64bit"),
    ("debian-11.0-amd64", "Debian-11.0-64bit"),
    ("debian-12.0-amd64", "Debian-12.0-64bit"),
    ("centos-6.10-amd64", "CentOS-6.10-64bit"),
    ("centos-7.9-amd64", "CentOS-7.9-64bit"),
    ("centos-8.3-amd64", "CentOS-8.3-64bit"),
    ("centos-stream8-amd64", "CentOS-Stream8-64bit"),
    ("centos-stream9-amd64", "CentOS-Stream9-64bit"),
    ("almalinux-8.4-amd64", "AlmaLinux-8.4-64bit"),
    ("almalinux-8.7-amd64", "AlmaLinux-8.7-64bit"),
    ("almalinux-9.0-amd64", "AlmaLinux-9.0-64bit"),
    ("almalinux-9.2-amd64", "AlmaLinux-9.2-64bit"),
    ("rockylinux-8.6-amd64", "RockyLinux-8.6-64bit"),
    ("rockylinux-9.1-amd64", "RockyLinux-9.1-64bit"),
    ("fedora-33-amd64", "Fedora-33-64bit"),
    ("fedora-35-amd64", "Fedora-35-64bit"),
    ("fedora-37-amd64", "Fedora-37-64bit"),
    ("opensuse-15.2-amd64", "openSUSE-15.2-64bit"),
    ("opensuse-15.4-amd64", "openSUSE-15.4-64bit"),
    ("freebsd-11.4-x86_64", "FreeBSD-11.4-64bit"),
    ("freebsd-12.2-x86_64", "FreeBSD-12.2-64bit"),
    ("freebsd-13.1-x86_64", "FreeBSD-13.1-64bit"),
    ("archlinux-latest-amd64", "ArchLinux-64bit"),
    ("openbsd-7.1-amd64", "OpenBSD-7.1-64bit"),
];

/// Application with its version in a name, and the system below it.
const APPLICATIONS: [(&str, usize); 20] = [
    ("lamp-latest", 2),
    ("kusanagi-9.0", 11),
    ("wordpress-latest", 9),
    ("minecraft-java-1.20", 3),
    ("minecraft-forge-1.20", 3),
    ("minecraft-bedrock-latest", 3),
    ("docker-20.10", 2),
    ("gitlab-latest", 2),
    ("jenkins-latest", 9),
    ("redmine-4.2", 9),
    ("nextcloud-latest", 3),
    ("mastodon-latest", 2),
    ("drone-1.10", 9),
    ("django-3.2", 2),
    ("rubyonrails-6.1", 2),
    ("metabase-latest", 9),
    ("zabbix-5.0", 2),
    ("nodejs-18.16", 3),
    ("jupyter-latest", 3),
    ("valheim-latest", 2),
];

/// Windows comes for large disks only.
const WINDOWS: [&str; 6] =
    ["win-2012r2dce", "win-2016dce", "win-2019dce", "win-2022dce", "win-2019dce-sql2019std", "win-2022dce-sql2022web"];

/// The plans of Ver.3.0, by the rules of their names: `l` and `w` boot from a volume and have no disk of their own, `d`
/// has one; `t` is by the hour, `p` paid before, which is listed and cannot be ordered.
const PLANS_V3: [(&str, u64, u64, u64); 14] = [
    ("g2l-t-c1m512", 1, 512, 0),
    ("g2l-t-c2m1", 2, 1024, 0),
    ("g2l-t-c3m2", 3, 2048, 0),
    ("g2l-t-c4m4", 4, 4096, 0),
    ("g2l-t-c6m8", 6, 8192, 0),
    ("g2l-t-c8m16", 8, 16_384, 0),
    ("g2l-t-c12m32", 12, 32_768, 0),
    ("g2l-t-c24m64", 24, 65_536, 0),
    ("g2l-p-c1m512", 1, 512, 0),
    ("g2l-p-c2m1", 2, 1024, 0),
    ("g2w-t-c2m1", 2, 1024, 0),
    ("g2w-t-c3m2", 3, 2048, 0),
    ("g2d-t-c2m1d40", 2, 1024, 40),
    ("g2d-t-c4m4d250", 4, 4096, 250),
];

/// Distribution and version in a name.
const SYSTEMS_V3: [&str; 12] = [
    "ubuntu-24.04-amd64",
    "ubuntu-22.04-amd64",
    "debian-12.0-amd64",
    "debian-11.0-amd64",
    "almalinux-9.4-amd64",
    "almalinux-8.10-amd64",
    "rockylinux-9.4-amd64",
    "centos-stream9-amd64",
    "fedora-40-amd64",
    "opensuse-15.6-amd64",
    "freebsd-14.0-x86_64",
    "archlinux-latest-amd64",
];

/// The plans and public images of Ver.2.0.
pub(super) fn v2() -> Catalogue {
    Catalogue { plans: plans(&PLANS), public: images(), ..Catalogue::default() }
}

/// Those of Ver.3.0; the images are made up.
pub(super) fn v3() -> Catalogue {
    let mut public = Vec::new();
    for name in SYSTEMS_V3 {
        add(&mut public, format!("vmi-{name}"), 0, false, told_v3("linux"));
    }
    for (application, system) in [("lamp-latest", 4), ("docker-latest", 0), ("kusanagi-9.6", 4), ("minecraft-java", 0)]
    {
        let system = SYSTEMS_V3.get(system).copied().unwrap_or_default();
        add(&mut public, format!("vmi-{application}-{system}"), 0, false, told_v3("linux"));
    }
    for name in ["win-2019dce-amd64", "win-2022dce-amd64"] {
        add(&mut public, format!("vmi-{name}"), 0, true, told_v3("windows"));
    }
    Catalogue { plans: plans(&PLANS_V3), public, ..Catalogue::default() }
}

fn told_v3(system: &str) -> Vec<(&'static str, String)> {
    vec![("os_type", system.to_owned()), ("architecture", "x86_64".to_owned())]
}

fn plans(rows: &[(&str, u64, u64, u64)]) -> Vec<Plan> {
    let plan = |(number, (name, cpus, memory, disk)): (u64, &(&str, u64, u64, u64))| Plan {
        number,
        name: (*name).to_owned(),
        cpus: *cpus,
        memory: *memory as f64 / 1024.0,
        disk: *disk,
        addresses: Addresses::Dual,
        windows: name.starts_with("g2w"),
    };
    (1..).zip(rows).map(plan).collect()
}

fn images() -> Vec<PublicImage> {
    let mut all = Vec::new();
    for (place, (name, dst)) in SYSTEMS.iter().enumerate() {
        for (end, disk) in DISKS {
            let mut metadata = linux(dst, 200 + place * 5);
            // Some old ones have nothing written to them.
            if name.starts_with("centos-6") || name.starts_with("debian-9") {
                metadata.clear();
            }
            add(&mut all, format!("vmi-{name}{end}"), disk, false, metadata);
        }
    }
    for (place, (application, system)) in APPLICATIONS.iter().enumerate() {
        let (name, dst) = SYSTEMS.get(*system).copied().unwrap_or(("ubuntu-20.04-amd64", "Ubuntu-20.04-64bit"));
        for (end, disk) in DISKS {
            let mut metadata = linux(dst, 400 + place * 5);
            metadata.push((if place % 3 == 0 { "gnc_app" } else { "app" }, (*application).to_owned()));
            add(&mut all, format!("vmi-{application}-{name}{end}"), disk, false, metadata);
        }
    }
    for (place, name) in WINDOWS.iter().enumerate() {
        for (end, disk) in [("-100gb", 100), ("", 50)] {
            let metadata = vec![
                ("display_order", (600 + place * 5).to_string()),
                ("dst", format!("Windows-{}", name.trim_start_matches("win-"))),
                ("os_type", "win".to_owned()),
            ];
            add(&mut all, format!("vmi-{name}-amd64{end}"), disk, true, metadata);
        }
    }
    for (name, min_disk) in [("vmi-isoboot-amd64", 0), ("vmi-backup-restore-500gb", 500)] {
        add(&mut all, name.to_owned(), min_disk, false, Vec::new());
    }
    all
}

fn linux(dst: &str, order: usize) -> Vec<(&'static str, String)> {
    vec![
        ("display_order", order.to_string()),
        ("dst", dst.to_owned()),
        ("hw_qemu_guest_agent", "yes".to_owned()),
        ("os_type", "lin".to_owned()),
    ]
}

fn add(all: &mut Vec<PublicImage>, name: String, min_disk: u64, windows: bool, metadata: Vec<(&'static str, String)>) {
    let number = all.len() as u64 + 1;
    // Between one and four GB, Windows above ten: some fit 32 bits, some do not.
    let size = (if windows { 10_737_418_240 } else { 1_073_741_824 }) + number * 7919 % 3000 * 1_048_576;
    all.push(PublicImage { number, name, min_disk, size, windows, metadata });
}
