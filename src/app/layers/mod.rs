//! What lies over the panes: dialogs, menus, forms, viewers. Each is data with its keys; the topmost gets them.

pub(crate) mod accounts;
pub mod allow;
pub(crate) mod api_keys;
pub mod compare;
pub(crate) mod confirm_keys;
pub mod costs;
pub mod create;
pub(crate) mod firewalls;
pub mod form;
pub mod help;
pub(crate) mod key_change;
pub mod key_form;
pub(crate) mod key_form_keys;
pub mod layer;
pub(crate) mod layer_keys;
pub(crate) mod local_keys;
pub(crate) mod menus;
pub mod protect;
pub mod requests;
pub(crate) mod restore_choice;
pub mod resume;
pub mod rule_editor;
pub mod secret;
pub(crate) mod secret_keys;
pub(crate) mod text_field;
pub(crate) mod watchdog_question;
