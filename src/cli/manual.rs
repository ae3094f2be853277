//! Completion scripts and the manual page, made from the definition of the command line.

use super::{exit, parse, print, refuse};

/// What the manual says beyond the options. In roff.
const FURTHER: &str = r#".SH "EXIT STATUS"
.TP
0
done
.TP
1
the provider refused it, or the operation failed
.TP
2
wrong usage or wrong configuration
.TP
3
not authenticated
.TP
4
the provider is not reachable
.TP
5
refused here: not confirmed, read\-only, guarded, protected, busy with another operation
.TP
6
the outcome is unknown: the request may have taken effect
.PP
With several results: the first of 2, 3, 4, 6, 5, 1 that occurred.
.SH FILES
.TP
.I $XDG_CONFIG_HOME/vpsdeck/config.toml
accounts, keys, theme, polling; never a secret
.TP
.I $XDG_STATE_HOME/vpsdeck/
journal and log
.TP
.I $XDG_CACHE_HOME/vpsdeck/
the last known picture of each account
.SH ENVIRONMENT
.TP
.B VPSDECK_CONFIG
the configuration file
.TP
.B VPSDECK_STATE_DIR, VPSDECK_CACHE_DIR
folders instead of those above
"#;

pub(super) fn completions(shell: clap_complete::Shell) -> u8 {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut parse::command(), "vpsdeck", &mut script);
    print::document(&script);
    exit::DONE
}

/// One page: the program, then each command that does something by itself.
pub(super) fn page() -> u8 {
    let mut page = Vec::new();
    let mut command = parse::command();
    command.build();
    let man = clap_mangen::Man::new(command.clone());
    if let Err(error) = man.render(&mut page) {
        return refuse(&error.to_string());
    }
    page.extend_from_slice(FURTHER.as_bytes());
    print::document(&page);
    exit::DONE
}
