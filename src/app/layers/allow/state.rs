//! How far the layer is: what was chosen in each step.

use ipnet::IpNet;
use tui_input::Input;

use crate::app::panes::row::Row;
use crate::domain::{OwnAddress, Phrase, Target};

#[derive(Debug, Clone)]
pub struct Allow {
    /// The firewall or instance that it was opened on.
    pub row: Row,
    /// The firewall whose rules are changed, once it is known.
    pub firewall: Option<Target>,
    /// Whether it is the only one, so that there was nothing to choose.
    pub sole: bool,
    /// The address, once it is chosen.
    pub own: Option<OwnAddress>,
    /// What of it is let in, once that is chosen.
    pub network: Option<IpNet>,
    /// The port, once it is chosen.
    pub port: Option<u16>,
    pub cursor: usize,
    /// What is being typed: the address, or the port.
    pub input: Option<Input>,
    pub asking: bool,
    pub trouble: Option<Phrase>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AllowStep {
    Firewall,
    Address,
    /// Of an IPv6 address: it alone, or its household.
    Network,
    Port,
    Rule,
}

impl Allow {
    #[must_use]
    pub const fn step(&self) -> AllowStep {
        match (&self.firewall, &self.own, &self.network, &self.port) {
            (None, ..) => AllowStep::Firewall,
            (_, None, ..) => AllowStep::Address,
            (_, _, None, _) => AllowStep::Network,
            (_, _, _, None) => AllowStep::Port,
            _ => AllowStep::Rule,
        }
    }

    /// Takes an address; of an IPv4 address there is nothing more to choose.
    pub(super) fn set_address(&mut self, own: OwnAddress) {
        self.network = (!own.address.is_ipv6()).then(|| own.network());
        self.own = Some(own);
        self.enter_step();
    }

    /// Another step: the cursor is on its first option.
    pub(super) fn enter_step(&mut self) {
        self.cursor = 0;
        self.input = None;
        self.trouble = None;
    }

    pub(super) fn back(&mut self) -> bool {
        if self.input.take().is_some() {
            self.trouble = None;
            return true;
        }
        match self.step() {
            AllowStep::Firewall => return false,
            AllowStep::Address if self.sole => return false,
            AllowStep::Address => self.firewall = None,
            AllowStep::Network => self.own = None,
            AllowStep::Port => {
                let is_v6 = self.own.is_some_and(|own| own.address.is_ipv6());
                self.network = None;
                if !is_v6 {
                    self.own = None;
                }
            }
            AllowStep::Rule => self.port = None,
        }
        self.enter_step();
        true
    }
}
