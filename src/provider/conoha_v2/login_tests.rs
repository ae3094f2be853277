//! Answers to a login.
