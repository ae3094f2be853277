//! What must hold of the engine, told by driving it with a provider that exists only in memory and a clock that only
//! moves when told to.

mod binding;
mod countdown;
mod driver;
mod durations;
mod firewalls;
mod hold;
mod journal_replay;
mod learning;
mod lock_out;
mod pace;
mod probing;
mod protect;
mod provider;
mod quota;
mod rest;
mod rules;
mod sending;
mod sequences;
mod singles;
mod transitions;
mod turns;
mod verdicts;
mod waits;
