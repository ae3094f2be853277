//! What a piece of text means. The theme gives each a colour.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Plain,
    Dim,
    Bold,
    Good,
    Bad,
    Busy,
    Focus,
    Mark,
}
