//! The dashboard under keys, pastes and answers, as a person would use it. See [`desk::Desk`].

mod anything;
mod desk;
mod dialogs;
mod finding;
mod first_run;
mod lab;
mod looking;
mod marks;
mod menus;
mod moving;
mod operations;
mod overtaken;
mod refreshes;
mod typed;
