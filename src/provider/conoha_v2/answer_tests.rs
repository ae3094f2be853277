//! Answers to changes.
