//! What a layer answers a key with. It asks for things and does none of them: who dispatches the keys does.

use crate::app::layers::create::CreateForm;
use crate::app::layers::layer::{Layer, MenuChoice};
use crate::app::msg::{AppEffect, ExternalProgram};
use crate::app::tables::commands::Command;
use crate::domain::{Action, Phrase, ResourceRef};

#[derive(Debug)]
pub(crate) enum Next {
    Stay,
    Close,
    /// It stays, and this is done.
    Do(LayerRequest),
    /// It closes, and then this is done.
    CloseAnd(LayerRequest),
}

#[derive(Debug)]
pub(crate) enum LayerRequest {
    Open(Layer),
    Run(Command),
    /// What an entry of a menu stands for.
    Choose(MenuChoice),
    /// The dialog about this action is opened.
    Propose(Box<Action>),
    /// These were confirmed; all at once, or one after the other.
    Confirm {
        actions: Vec<Action>,
        together: bool,
    },
    /// The cursor is put on this in its pane.
    GoTo(ResourceRef),
    /// What was filled in is kept for the next time.
    KeepDraft(Box<CreateForm>),
    HandOver(ExternalProgram),
    Effect(AppEffect),
    Tell(Phrase, bool),
    /// The program ends, whatever it still has to send.
    Quit,
}

impl Next {
    pub(crate) const fn tell(what: Phrase, bad: bool) -> Self {
        Self::Do(LayerRequest::Tell(what, bad))
    }

    pub(crate) fn propose(action: Action) -> Self {
        Self::Do(LayerRequest::Propose(Box::new(action)))
    }

    pub(crate) const fn close_if(closes: bool) -> Self {
        if closes { Self::Close } else { Self::Stay }
    }
}
