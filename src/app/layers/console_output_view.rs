//! Where a person is in what an instance writes to its console.

use crate::app::layers::layer::Viewer;
use crate::domain::ResourceRef;

#[derive(Debug, Clone)]
pub struct ConsoleOutputView {
    /// The instance.
    pub of: ResourceRef,
    /// At its end it goes on with what comes.
    pub viewer: Viewer,
}
