//! Tries whether machines answer. Nothing is sent that tells who asks, and nothing that comes back is kept.

use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use tokio::net::TcpStream;
use tokio::sync::OnceCell;

use crate::domain::{Phrase, Probe, ResourceRef, text};
use crate::provider::http::client_builder;
use crate::sim::Simulation;

const CONNECT: Duration = Duration::from_secs(5);
const PAGE: Duration = Duration::from_secs(10);
/// What a server says with this status or a higher one is no answer.
const FAILS_FROM: u16 = 500;

static CLIENT: OnceCell<reqwest::Client> = OnceCell::const_new();

/// Tries all targets at once; the first that answers is enough.
///
/// # Errors
/// Why the first of them did not answer, in a few words of the system's.
pub(super) async fn network(probe: &Probe, targets: Vec<String>) -> Result<(), Phrase> {
    let page = matches!(probe, Probe::Http(_));
    let tries = targets
        .into_iter()
        .enumerate()
        .map(|(n, target)| async move { (n, if page { get(&target).await } else { connect(&target).await }) });
    let mut tries: FuturesUnordered<_> = tries.collect();
    let mut why = Phrase::new(text::watchdog::NO_ADDRESS);
    while let Some((n, result)) = tries.next().await {
        match result {
            Ok(()) => return Ok(()),
            Err(said) if n == 0 => why = said,
            Err(_) => {}
        }
    }
    Err(why)
}

async fn connect(target: &str) -> Result<(), Phrase> {
    match tokio::time::timeout(CONNECT, TcpStream::connect(target)).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) => Err(short(&error)),
        Err(_) => Err(text::watchdog::no_answer(CONNECT)),
    }
}

async fn get(page: &str) -> Result<(), Phrase> {
    let client = CLIENT.get_or_try_init(client).await?;
    match client.get(page).timeout(PAGE).send().await {
        Ok(reply) if reply.status().as_u16() < FAILS_FROM => Ok(()),
        Ok(reply) => Err(text::watchdog::status(reply.status().as_u16())),
        Err(error) if error.is_timeout() => Err(text::watchdog::no_answer(PAGE)),
        Err(error) => Err(deepest(&error)),
    }
}

/// A machine is asked by its address, to which no certificate is made out: whether it answers is all that counts here,
/// and nothing secret is sent.
async fn client() -> Result<reqwest::Client, String> {
    let build = || {
        client_builder()
            .no_proxy()
            .pool_max_idle_per_host(0)
            .tls_danger_accept_invalid_certs(true)
            .build()
            .map_err(|error| error.to_string())
    };
    tokio::task::spawn_blocking(build).await.map_err(|error| error.to_string())?
}

/// The innermost reason, which is the one that people understand.
fn deepest(error: &reqwest::Error) -> Phrase {
    let mut reason: &dyn std::error::Error = error;
    while let Some(source) = reason.source() {
        if let Some(io) = source.downcast_ref::<std::io::Error>().filter(|io| io.raw_os_error().is_some()) {
            return short(io);
        }
        reason = source;
    }
    reason.to_string().into()
}

fn short(error: &std::io::Error) -> Phrase {
    match error.kind() {
        std::io::ErrorKind::ConnectionRefused => text::watchdog::REFUSED.into(),
        // Whoever reads it has no use for the number.
        _ => error.to_string().split(" (os error").next().unwrap_or_default().to_lowercase().into(),
    }
}

/// In the demo the machines are simulated: one answers that runs in the simulator, and no network is touched.
pub(super) async fn simulated(simulation: &Simulation, of: &ResourceRef) -> Result<(), Phrase> {
    const TAKES: Duration = Duration::from_secs(3);
    tokio::time::sleep(TAKES).await;
    if simulation.runs(of.account.as_str(), of.id.as_str()) { Ok(()) } else { Err(text::watchdog::REFUSED.into()) }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;

    use super::*;

    /// Answers one page with this status, and says where.
    #[allow(clippy::disallowed_methods, reason = "a test's server")]
    async fn serves(status: &'static str) -> String {
        let door = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = door.local_addr().unwrap().to_string();
        tokio::spawn(async move {
            let (mut stream, _) = door.accept().await.unwrap();
            let mut asked = [0; 1024];
            let _ = stream.read(&mut asked).await;
            let reply = format!("HTTP/1.1 {status}\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");
            stream.write_all(reply.as_bytes()).await.unwrap();
        });
        at
    }

    #[tokio::test]
    async fn a_port_answers_where_somebody_listens_and_one_address_of_several_is_enough() {
        let door = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let open = door.local_addr().unwrap().to_string();
        let gone = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let closed = gone.local_addr().unwrap().to_string();
        drop(gone);
        let probe = Probe::Tcp(22);
        assert_eq!(network(&probe, vec![open.clone()]).await, Ok(()));
        assert_eq!(network(&probe, vec![closed.clone(), open]).await, Ok(()));
        assert_eq!(network(&probe, vec![closed]).await, Err(text::watchdog::REFUSED.into()));
        assert!(network(&probe, Vec::new()).await.is_err());
    }

    #[rstest::rstest]
    #[case("200 OK", Ok(()))]
    #[case("404 Not Found", Ok(()))]
    // Where it leads is not followed.
    #[case("302 Found", Ok(()))]
    #[case("503 Busy", Err(text::watchdog::status(503_u16)))]
    #[tokio::test]
    async fn a_page_answers_with_any_status_below_500(
        #[case] status: &'static str,
        #[case] wanted: Result<(), Phrase>,
    ) {
        let page = format!("http://{}/health", serves(status).await);
        assert_eq!(network(&Probe::Http(page.clone()), vec![page]).await, wanted);
    }

    #[tokio::test]
    async fn a_page_that_nobody_serves_says_so_in_a_few_words() {
        let gone = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let page = format!("http://{}/", gone.local_addr().unwrap());
        drop(gone);
        assert_eq!(network(&Probe::Http(page.clone()), vec![page]).await, Err(text::watchdog::REFUSED.into()));
    }
}
