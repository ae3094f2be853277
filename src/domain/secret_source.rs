//! Where an account's secret comes from, as far as advice needs to know it.

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum SecretOrigin {
    #[default]
    Keyring,
    /// An environment variable of this name; it is read when the program starts.
    Variable(String),
    Program(String),
    /// A cloud of the files of `OpenStack`'s clients, which are read at each login.
    Cloud(String),
    /// Nobody can give another: the account belongs to the demo.
    Demo,
}
