//! Every text there is: its name, and what is to be filled in. How it reads stands in a file a language of `words`.
//!
//! A text with arguments is a function that makes a [`Phrase`]: `text::fault::unreachable(host, message)`. One without
//! is a constant: `text::pane::INSTANCES`. None is worded here, and none names a provider.

mod changes;
mod cli;
mod faults;
mod screen;
mod settings;
mod things;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Defines modules of texts. `Id` numbers those of a module; a language has a line for each.
macro_rules! texts {
    ($($module:ident { $($text:ident $(($($arg:ident: $kind:ty),*))?),* $(,)? })*) => { $(
        pub(crate) mod $module {
            #[allow(unused_imports, reason = "not every module has arguments of every kind")]
            use crate::domain::text::{Text, kinds::*};

            #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
            #[allow(non_camel_case_types, clippy::upper_case_acronyms, reason = "a text is called as what makes it: a function or a constant")]
            pub enum Id { $($text),* }

            impl Id {
                pub const IDS: &[Self] = &[$(Self::$text),*];

                /// What its text is to be filled with, in the order of [`Phrase::args`].
                #[must_use]
                pub const fn args(self) -> &'static [&'static str] {
                    match self { $(Self::$text => &[$($(stringify!($arg)),*)?]),* }
                }

                #[must_use]
                pub const fn name(self) -> &'static str {
                    match self { $(Self::$text => concat!(stringify!($module), ".", stringify!($text))),* }
                }
            }

            $($crate::domain::text::texts!(@$module $text $(($($arg: $kind),*))?);)*
        }
    )* };
    (@$module:ident $text:ident) => {
        pub(crate) const $text: Text = Text::$module(Id::$text);
    };
    (@$module:ident $text:ident ($($arg:ident: $kind:ty),*)) => {
        #[must_use]
        pub(crate) fn $text($($arg: impl Into<$kind>),*) -> Phrase {
            Phrase { text: Text::$module(Id::$text), args: vec![$(Arg::from(Into::<$kind>::into($arg))),*] }
        }
    };
}
use texts;

macro_rules! modules {
    ($($file:ident: $($module:ident)*;)*) => {
        $(pub(crate) use $file::{$($module),*};)*

        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(non_camel_case_types, clippy::upper_case_acronyms, reason = "named as the modules are")]
        pub enum Text { $($($module($module::Id),)*)* }

        impl Text {
            #[must_use]
            pub const fn args(self) -> &'static [&'static str] {
                match self { $($(Self::$module(number) => number.args(),)*)* }
            }

            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $($(Self::$module(number) => number.name(),)*)* }
            }

            /// The last part of its name, for tables of tests.
            #[cfg(test)]
            pub fn short(self) -> String {
                self.name().split('.').next_back().unwrap_or_default().to_lowercase().replace('_', "-")
            }

            #[must_use]
            pub fn named(name: &str) -> Option<Self> {
                let module = name.split('.').next()?;
                match module {
                    $($(stringify!($module) => {
                        $module::Id::IDS.iter().find(|number| number.name() == name).map(|number| Self::$module(*number))
                    })*)*
                    _ => None,
                }
            }
        }
    };
}

modules! {
    things: plain status image key public_key source rule addresses field unit graph trouble price cost cost_head cut own
        own_no place place_empty pane column details seen watch watchdog;
    faults: fault fault_brief fault_do wait again refusal not_sent http failed cancelled refused why_not cannot overtaken
        journal log away console ssh;
    changes: verb title button choice confirm risk fact key_fact key_change key_name order step op op_name op_reason
        op_halted op_unsure op_still_wanted park many resume decide protect lock_out allow create rules key_form secret
        leaving;
    settings: mistake endpoint file account login terminal import elsewhere secret_from keyring;
    screen: command hint console_output does help group header entry copy form welcome tip time problem refresh raw requests attempt
        compare keymap notify crash take_back;
    cli: cli_print cli_check cli_do cli_wait cli_ask cli_add cli_need cli_list cli_remove cli_import cli_watch cli_left
        cli_decide cli_allow cli_verb cli_firewall cli_key cli_secret cli_find cli_protect cli_cost cli_create cli_head
        cli_value cli_things cli_journal cli_simulate;
}

/// What a text may be filled with.
mod kinds {
    pub(super) use std::time::Duration;

    pub(super) use crate::domain::phrase::{Arg, Count, Phrase, Yen};
    pub(super) use crate::domain::time::Timestamp;
    pub(super) use crate::domain::verb::Verb;
}

impl std::fmt::Debug for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// By its name, which outlives a version of the program.
impl Serialize for Text {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let name = std::borrow::Cow::<'de, str>::deserialize(from)?;
        Self::named(&name).ok_or_else(|| serde::de::Error::custom("no text of this version"))
    }
}
