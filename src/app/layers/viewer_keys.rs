//! The keys of a text that is only read.

use crate::app::layers::layer::Viewer;
use crate::app::layers::layer_keys::Press;
use crate::app::layers::next::Next;
use crate::app::tables::key::Code;

/// `length`: how many lines there are; `height`: how many of them are shown.
pub(crate) fn key(viewer: &mut Viewer, length: usize, height: usize, press: Press) -> Next {
    let page = height.saturating_sub(1).max(1);
    let Some(by) = press.scrolls(page) else { return Next::close_if(press.closes || press.key.code == Code::Enter) };
    let most = length.saturating_sub(height);
    viewer.scroll = viewer.scroll.min(most).saturating_add_signed(by).min(most);
    Next::Stay
}

/// The same of what grows: at its end it goes on with what comes.
pub(crate) fn following(viewer: &mut Viewer, length: usize, height: usize, press: Press) -> Next {
    let next = key(viewer, length, height, press);
    if viewer.scroll >= length.saturating_sub(height) {
        viewer.scroll = usize::MAX;
    }
    next
}
