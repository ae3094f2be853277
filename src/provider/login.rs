//! A login as `OpenStack`'s own clients are told it: in `OS_*` variables or in `clouds.yaml`.

use std::collections::BTreeMap;

use crate::domain::Phrase;

/// What such a client is told, without the password.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Login {
    /// The address of the Identity Service, with or without its version.
    pub auth_url: String,
    /// The version of Identity, where it is named beside the address.
    pub version: Option<String>,
    pub username: Option<String>,
    /// The id of the project, which was once called tenant.
    pub project_id: Option<String>,
    pub region: Option<String>,
    /// All else of Identity v3, by the names of `clouds.yaml`: `user_id`, `user_domain_name`, `project_name` …
    pub others: BTreeMap<String, String>,
    /// Addresses of services that are not those of a catalogue: `compute`, `image`, `network`, `volume`.
    pub services: BTreeMap<String, String>,
}

/// A part of a login. Where it was looked for, a person knows it by other names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoginPart {
    AuthUrl,
    Username,
    ProjectId,
    /// The project, by its id or its name.
    Project,
}

/// Why a provider cannot make an account of a login.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotTaken {
    Missing(LoginPart),
    /// It is not for this provider, and why.
    NotMine(Phrase),
    /// It is for this provider, which cannot take it, and why.
    Refused(Phrase),
}
