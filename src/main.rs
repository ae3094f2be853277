//! vpsdeck: reads the command line and hands over.

use std::process::ExitCode;

use vpsdeck::cli::{self, Parsed};
use vpsdeck::runtime::dashboard::crash;

fn main() -> ExitCode {
    crash::install();
    let code = match cli::parse(std::env::args_os()) {
        Ok(Parsed::Command(command, global)) => cli::run(&command, &global),
        Ok(Parsed::Dashboard(asked)) => cli::dashboard(&asked),
        Err(code) => code,
    };
    ExitCode::from(code)
}
