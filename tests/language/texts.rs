// Two texts, for the examples of `src/words/language.rs`: a crate that has nothing but them.

mod domain {
    pub mod text {
        #[derive(Clone, Copy)]
        pub enum Text {
            fault(fault::Id),
        }

        pub mod fault {
            #[derive(Clone, Copy)]
            pub enum Id {
                QUOTA,
                broken,
            }

            impl Id {
                pub const fn args(self) -> &'static [&'static str] {
                    match self {
                        Self::QUOTA => &[],
                        Self::broken => &["said"],
                    }
                }
            }
        }
    }
}

mod words {
    pub mod language {
        include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/words/language.rs"));
    }
}

use words::language::language;
