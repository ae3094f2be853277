//! `simulate`: serves the simulator until Ctrl-C, and prints what a configuration for it looks like.

use tokio::signal::unix::{SignalKind, signal};

use crate::cli::args::SimulateArgs;
use crate::cli::print::refuse;
use crate::cli::{exit, print};
use crate::domain::text;
use crate::provider::PROVIDERS;
use crate::sim::{AccountInfo, Options, Simulation, WorldFile, WorldFileError};
use crate::words::Words;

pub(super) async fn run(args: &SimulateArgs, words: &Words) -> u8 {
    let mut options = match world(&args.world, words) {
        Ok(world) => Options::of(world),
        Err(said) => return refuse(said),
    };
    options.seed = args.seed;
    options.speed = args.speed.unwrap_or(options.speed);
    let speed = options.speed;
    // Heard from the beginning, so that nothing is lost between start and wait.
    let (Ok(mut interrupt), Ok(mut terminate)) = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()))
    else {
        return refuse(text::cli_simulate::NO_SIGNALS);
    };
    let simulation = match Simulation::start(options, args.port).await {
        Ok(simulation) => simulation,
        Err(error) => {
            let port = args.port.map_or_else(|| "any".to_owned(), |port| port.to_string());
            return refuse(text::cli_simulate::no_port(port, error.to_string()));
        }
    };
    let serves = text::cli_simulate::serves(simulation.url(), speed.to_string());
    print::lines(&format!("# {}\n\n", words.say(&serves)));
    print::lines(&snippet(&simulation.accounts(), words));
    // Where it is and what its secrets are, nobody knows then.
    if print::ended(exit::DONE) != exit::DONE {
        return exit::FAILED;
    }
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    simulation.stop();
    exit::DONE
}

fn world(name: &str, words: &Words) -> Result<WorldFile, String> {
    if WorldFile::names().contains(&name) {
        return WorldFile::named(name).map_err(|error| error.to_string());
    }
    match std::fs::read_to_string(name) {
        Ok(text) => WorldFile::from_toml(&text).map_err(|error| format!("{name}: {error}")),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(WorldFileError::UnknownName {
            name: name.to_owned(),
            known: words.say(&text::cli_simulate::no_file(WorldFile::names().join(", "))),
        }
        .to_string()),
        Err(error) => Err(format!("{name}: {error}")),
    }
}

/// A configuration over the simulator's accounts, then the lines that a shell takes their secrets from.
fn snippet(accounts: &[AccountInfo], words: &Words) -> String {
    let mut config = format!("{}\n", words.get(text::cli_simulate::CONFIG));
    let mut secrets = format!("{}\n", words.get(text::cli_simulate::SECRET));
    for (number, account) in accounts.iter().enumerate() {
        let provider = account.provider.key();
        // What this program cannot reach stays out.
        if !PROVIDERS.iter().any(|known| known.key == provider) {
            continue;
        }
        let variable = match number {
            0 => "VPSDECK_SIM_SECRET".to_owned(),
            _ => format!("VPSDECK_SIM_SECRET_{}", number + 1),
        };
        config.push_str(&format!("[[account]]\nname = {:?}\nprovider = {provider:?}\n", account.name));
        for (key, value) in account.settings() {
            config.push_str(&format!("{key} = {value:?}\n"));
        }
        config.push_str(&format!("secret = {{ env = {variable:?} }}\n\n"));
        secrets.push_str(&format!("export {variable}='{}'\n", account.secret));
    }
    config + secrets.trim_end()
}
