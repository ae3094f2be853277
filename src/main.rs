//! vpsdeck
fn main() {}
