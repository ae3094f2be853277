//! The dashboard under keys, pastes and answers, as a person would use it. See [`desk::Desk`].

mod anything;
mod both_ways;
mod creating;
mod desk;
mod dialogs;
mod finding;
mod first_run;
mod full;
mod keys;
mod lab;
mod looking;
mod looking_back;
mod many;
mod marks;
mod menus;
mod moving;
mod operations;
mod overtaken;
mod programs;
mod refreshes;
mod rule_editor;
mod stored;
mod telling;
mod typed;
