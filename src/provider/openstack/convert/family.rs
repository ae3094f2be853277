//! What an image is grouped under, out of its name: `ubuntu-20.04-amd64-30gb` is an `Ubuntu`.

use crate::domain::ImageKind;

/// The systems, as they stand in names and as people write them.
const SYSTEMS: [(&str, &str); 17] = [
    ("almalinux", "AlmaLinux"),
    ("alma", "AlmaLinux"),
    ("arch", "Arch Linux"),
    ("centos", "CentOS"),
    ("debian", "Debian"),
    ("fedora", "Fedora"),
    ("freebsd", "FreeBSD"),
    ("miraclelinux", "MIRACLE LINUX"),
    ("netbsd", "NetBSD"),
    ("openbsd", "OpenBSD"),
    ("opensuse", "openSUSE"),
    ("oracle", "Oracle Linux"),
    ("oraclelinux", "Oracle Linux"),
    ("rocky", "Rocky Linux"),
    ("rockylinux", "Rocky Linux"),
    ("scientific", "Scientific Linux"),
    ("ubuntu", "Ubuntu"),
];

/// Applications whose name is not its first letter in capitals.
const APPS: [(&str, &str); 13] = [
    ("dotnet", ".NET"),
    ("gitlab", "GitLab"),
    ("kusanagi", "KUSANAGI"),
    ("kusanagi9", "KUSANAGI"),
    ("lamp", "LAMP"),
    ("lemp", "LEMP"),
    ("mean", "MEAN"),
    ("nodejs", "Node.js"),
    ("owncloud", "ownCloud"),
    ("win2012r2", "Windows"),
    ("win2016", "Windows"),
    ("win2019", "Windows"),
    ("wordpress", "WordPress"),
];

/// The family of an image of the provider; its own ones have names that mean nothing here. The first part of a name
/// is an application, or the system itself where nothing is put on it.
pub(super) fn family(name: &str, own_prefix: Option<&str>, kind: ImageKind) -> Option<String> {
    match kind {
        ImageKind::Windows => return Some("Windows".to_owned()),
        ImageKind::Saved | ImageKind::Import => return None,
        ImageKind::Linux => {}
    }
    let name = name.trim().to_ascii_lowercase();
    let bare = own_prefix.and_then(|prefix| name.strip_prefix(prefix)).unwrap_or(&name);
    let first = bare.split(['-', '_', ' ']).next().unwrap_or_default();
    let known = SYSTEMS.iter().chain(&APPS).find(|(part, _)| *part == first).map(|(_, shown)| (*shown).to_owned());
    known.or_else(|| capitalised(first))
}

fn capitalised(word: &str) -> Option<String> {
    let mut letters = word.chars();
    let first = letters.next()?;
    Some(first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use ImageKind::{Linux, Saved, Windows};

    #[rstest::rstest]
    #[case("vmi-ubuntu-20.04-amd64-30gb", Linux, Some("Ubuntu"))]
    #[case("vmi-lamp-latest-ubuntu-20.04-amd64-100gb", Linux, Some("LAMP"))]
    #[case("vmi-kusanagi-8.4.5-centos-7.6-amd64", Linux, Some("KUSANAGI"))]
    #[case("vmi-minecraft-1.20-ubuntu-22.04", Linux, Some("Minecraft"))]
    #[case("vmi-win2019dce-amd64", Windows, Some("Windows"))]
    #[case("Temporary", Saved, None)]
    #[case("", Linux, None)]
    #[case("日本", Linux, Some("日本"))]
    fn a_family_is_the_first_part_of_a_name(
        #[case] name: &str,
        #[case] kind: ImageKind,
        #[case] expected: Option<&str>,
    ) {
        assert_eq!(family(name, Some("vmi-"), kind).as_deref(), expected);
    }
}
