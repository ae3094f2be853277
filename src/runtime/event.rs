//! What happens, for whoever handles it. `O`: what only one handler knows of, such as the keys of the dashboard.

use tokio::sync::mpsc::UnboundedSender;

use crate::domain::Phrase;
use crate::engine::Msg;

pub(crate) enum Event<O> {
    Engine(Box<Msg>),
    /// Something went wrong beside the engine, and a person is to know it.
    Failed(Phrase),
    Signal(Signal),
    Own(O),
}

pub(crate) type Events<O> = UnboundedSender<Event<O>>;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signal {
    Terminate,
    Hangup,
    Interrupt,
    Suspend,
    Continue,
    Resize,
}
