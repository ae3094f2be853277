//! The keys of what is answered with one key: whether to leave, whether to hand the terminal over; and of a notice.

use crate::app::layers::layer::HandOver;
use crate::app::layers::layer_keys::Press;
use crate::app::layers::next::{LayerRequest, Next};
use crate::app::tables::commands::Command;
use crate::app::tables::key::{Code, KeyStroke};

/// The keys that go from problem to problem pass a notice: an account that does not answer is one.
pub(crate) fn notice(press: Press) -> Next {
    match press.command {
        Some(command @ (Command::NextProblem | Command::PreviousProblem)) => Next::CloseAnd(LayerRequest::Run(command)),
        _ => Next::close_if(press.closes || matches!(press.key.code, Code::Enter | Code::Char(' '))),
    }
}

pub(crate) fn leave(key: KeyStroke) -> Next {
    if key.typed() == Some('y') { Next::Do(LayerRequest::Quit) } else { Next::close_if(is_no(key)) }
}

pub(crate) fn hand_over(handing: &HandOver, key: KeyStroke) -> Next {
    if key.typed() == Some('y') {
        return Next::CloseAnd(LayerRequest::HandOver(handing.to.clone()));
    }
    Next::close_if(is_no(key))
}

fn is_no(key: KeyStroke) -> bool {
    key.is_cancel() || key.code == Code::Enter || matches!(key.typed(), Some('n' | 'q'))
}
