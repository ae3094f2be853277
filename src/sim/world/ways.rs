//! What each kind of `OpenStack` does in its own way, as data. Where the providers' documents are silent there is a switch
//! in [`quirks`](crate::sim::quirks) instead.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ways {
    /// Identity v3 and compute `v2.1`; else v2.0, and `v2` with the tenant behind it.
    pub is_v3: bool,
    /// Whether who and what is named by a name needs its domain.
    pub domains: bool,
    /// Whether an owner names a server; else it has a tag, and its address for a name.
    pub own_names: bool,
    /// Whether the API speaks of what the account may have: `limits`.
    pub limits: bool,
    /// How much may be saved.
    pub image_quota: ImageQuota,
    /// Whether the compute service tells of images and backups, as Nova did before.
    pub compute_images: bool,
    /// Whether the compute service has graphs.
    pub graphs: bool,
    pub console: Console,
    /// Whether it tells what a server writes to its console: the action `os-getConsoleOutput`.
    pub console_output: bool,
    pub saves: Saves,
    /// What a password must be.
    pub password: Option<Password>,
    /// The groups that an account has from the beginning.
    pub groups: &'static [&'static str],
    /// Whether those can be read and nothing else; else the first can only not be deleted.
    pub fixed_groups: bool,
    /// Whether the plan of 512 MB takes only the small images, and all others only the large ones.
    pub small_plan: bool,
    /// Whether the plan of what runs is changed; else only of what is off.
    pub resizes_running: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImageQuota {
    Untold,
    /// `image_size`.
    Plain,
    /// `tyo1_image_size`.
    ByRegion,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Console {
    /// The action `os-getVNCConsole`.
    Action,
    /// A resource of the server's, `remote-consoles`.
    Remote,
}

/// How the disk of a server is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saves {
    /// By `createImage`, whether it runs or not.
    Always,
    /// By `createImage`, while it is off.
    Stopped,
    /// By its volume.
    Volume,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Password {
    pub symbols: &'static str,
    /// Whether it takes a digit and a symbol; else either.
    pub both: bool,
}

/// ConoHa VPS Ver.2.0.
pub const CONOHA_V2: Ways = Ways {
    is_v3: false,
    domains: false,
    own_names: false,
    limits: false,
    image_quota: ImageQuota::ByRegion,
    compute_images: true,
    graphs: true,
    console: Console::Action,
    console_output: false,
    saves: Saves::Stopped,
    password: Some(Password { symbols: "!#$%&?\"'=+-_{}[]^~:;().,/|\\*@", both: false }),
    groups: &[
        "default",
        "gncs-ipv4-all",
        "gncs-ipv4-ssh",
        "gncs-ipv4-web",
        "gncs-ipv6-all",
        "gncs-ipv6-ssh",
        "gncs-ipv6-web",
    ],
    fixed_groups: true,
    small_plan: true,
    resizes_running: false,
};

/// ConoHa VPS Ver.3.0.
pub const CONOHA: Ways = Ways {
    is_v3: true,
    compute_images: false,
    image_quota: ImageQuota::Plain,
    console: Console::Remote,
    saves: Saves::Volume,
    password: Some(Password { symbols: "\\^$+-*/|()[]{}.,?!_=&@~%#:;'\"", both: true }),
    groups: &["default", "IPv4v6-SSH", "IPv4v6-Web", "IPv4v6-ICMP"],
    ..CONOHA_V2
};

/// Upstream's.
pub const OPENSTACK: Ways = Ways {
    is_v3: true,
    domains: true,
    own_names: true,
    limits: true,
    image_quota: ImageQuota::Untold,
    compute_images: false,
    graphs: false,
    console: Console::Action,
    console_output: true,
    saves: Saves::Always,
    password: None,
    groups: &["default"],
    fixed_groups: false,
    small_plan: false,
    resizes_running: true,
};
