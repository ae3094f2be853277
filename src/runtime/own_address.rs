//! Asks sources which address this machine has on the internet: each once, all at the same time, over https, with no
//! cookie, no redirect and no proxy, whose address it would be.

use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use reqwest::Client;
use reqwest::header::{ACCEPT, CONTENT_TYPE};

use crate::domain::{
    Heard, NoAddress, NoAgreement, OwnAddress, Phrase, agreement, answered_address, logged_in_from, text,
};
use crate::provider::http::client_builder;
use crate::settings::{AddressSources, Environment};

const LIMIT: Duration = Duration::from_secs(10);
/// Once two agree, the others have so long: they may tell of the other family.
const OTHERS: Duration = Duration::from_secs(2);
const MOST: usize = 4096;

/// Where the person is logged in from, as the environment says; nothing where it says nothing that can be used.
#[must_use]
pub fn from_environment(env: &Environment) -> Option<OwnAddress> {
    logged_in_from(env.variable("SSH_CONNECTION")?).ok()
}

/// Why the environment does not say where the person is logged in from.
#[must_use]
pub fn why_not_logged_in(env: &Environment) -> Phrase {
    let said = env.variable("SSH_CONNECTION").unwrap_or_default();
    match logged_in_from(said) {
        Err(why) if !said.is_empty() => text::own::login_unusable(why.phrase()),
        _ => Phrase::new(text::own::NO_LOGIN),
    }
}

/// Asks all sources.
///
/// # Errors
/// No two agree.
pub async fn look_up(sources: &AddressSources) -> Result<Vec<OwnAddress>, NoAgreement> {
    let names = sources.names();
    let client = match tokio::task::spawn_blocking(build).await {
        Ok(Ok(client)) => client,
        other => {
            let said = match other {
                Ok(Err(said)) => said,
                Ok(Ok(_)) => String::new(),
                Err(error) => error.to_string(),
            };
            let why = || text::own_no::not_reached(said.as_str());
            return Err(NoAgreement::TooFew(
                names.into_iter().map(|source| Heard { source, said: Err(why()) }).collect(),
            ));
        }
    };
    let mut asked: FuturesUnordered<_> = sources
        .sources
        .iter()
        .zip(names)
        .enumerate()
        .map(|(at, (url, source))| {
            let client = client.clone();
            async move { (at, Heard { said: ask(&client, url).await, source }) }
        })
        .collect();
    let mut heard: Vec<(usize, Heard)> = Vec::new();
    let mut pause = LIMIT + OTHERS;
    while let Ok(Some(one)) = tokio::time::timeout(pause, asked.next()).await {
        heard.push(one);
        if agreement(in_order(&heard)).is_ok() {
            pause = OTHERS;
        }
    }
    agreement(in_order(&heard))
}

/// What was heard, in the order of the configuration: what is said of it does not depend on who was faster.
fn in_order(heard: &[(usize, Heard)]) -> Vec<Heard> {
    let mut heard = heard.to_vec();
    heard.sort_by_key(|(at, _)| *at);
    heard.into_iter().map(|(_, one)| one).collect()
}

fn build() -> Result<Client, String> {
    let builder = client_builder().no_proxy().pool_max_idle_per_host(0).timeout(LIMIT);
    builder.build().map_err(|error| error.to_string())
}

async fn ask(client: &Client, url: &str) -> Result<std::net::IpAddr, Phrase> {
    let failed = |error: &reqwest::Error| {
        if error.is_timeout() {
            Phrase::new(text::own_no::IN_TIME)
        } else {
            text::own_no::not_reached(innermost(error))
        }
    };
    let mut answer = client.get(url).header(ACCEPT, "text/plain").send().await.map_err(|error| failed(&error))?;
    let status = answer.status();
    if status.is_redirection() {
        return Err(Phrase::new(text::own_no::REDIRECT));
    }
    if !status.is_success() {
        return Err(text::own_no::status(status.as_str()));
    }
    let kind = answer.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.to_ascii_lowercase().contains("html") {
        return Err(NoAddress::WebPage.phrase());
    }
    let mut body: Vec<u8> = Vec::new();
    while let Some(part) = answer.chunk().await.map_err(|error| failed(&error))? {
        if body.len() + part.len() > MOST {
            return Err(NoAddress::Another.phrase());
        }
        body.extend_from_slice(&part);
    }
    let text = String::from_utf8(body).map_err(|_| NoAddress::Another.phrase())?;
    answered_address(&text).map_err(NoAddress::phrase)
}

/// What the system said, without the layers around it.
fn innermost(error: &reqwest::Error) -> String {
    let mut inner: &dyn std::error::Error = error;
    while let Some(source) = inner.source() {
        inner = source;
    }
    inner.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::address::{Answer, Source};

    fn sources(source: &Source, paths: &[&str]) -> AddressSources {
        AddressSources { sources: paths.iter().map(|path| format!("{}{path}", source.url())).collect(), ask: false }
    }

    fn own(found: Result<Vec<OwnAddress>, NoAgreement>) -> Vec<String> {
        found.unwrap().iter().map(|own| own.address.to_string()).collect()
    }

    #[tokio::test]
    async fn two_that_agree_are_enough_and_each_is_asked_once() {
        let source = Source::start("203.0.113.9\n").await.unwrap();
        source.set("/page", Answer { kind: "text/html".to_owned(), ..Answer::text("203.0.113.9") });
        source.set("/other", Answer::text("198.51.100.1"));
        let found = look_up(&sources(&source, &["/page", "/other", "/a", "/b"])).await;
        assert_eq!((own(found), source.asked()), (vec!["203.0.113.9".to_owned()], 4));
    }

    #[tokio::test]
    async fn a_redirect_is_not_followed_and_nothing_long_is_read() {
        let source = Source::start("203.0.113.9").await.unwrap();
        let to = format!("{}/a", source.url());
        source.set("/moved", Answer { status: 302, location: Some(to), ..Answer::text("203.0.113.9") });
        source.set("/long", Answer::text(&"203.0.113.9 ".repeat(1000)));
        source.set("/broken", Answer { status: 503, ..Answer::text("203.0.113.9") });
        let found = look_up(&sources(&source, &["/moved", "/long", "/broken", "/a"])).await;
        let Err(NoAgreement::TooFew(heard)) = found else { panic!("{found:?}") };
        let mut said: Vec<&str> =
            heard.iter().filter_map(|h| h.said.as_ref().err()).map(|why| why.text.name()).collect();
        said.sort_unstable();
        assert_eq!((said, source.asked()), (vec!["own_no.ANOTHER", "own_no.REDIRECT", "own_no.status"], 4));
    }

    #[tokio::test]
    async fn those_that_differ_are_both_named_and_one_that_is_not_there_is_said() {
        let source = Source::start("203.0.113.9").await.unwrap();
        source.set("/other", Answer::text("198.51.100.1"));
        let found = look_up(&sources(&source, &["/a", "/other"])).await;
        assert!(matches!(found, Err(NoAgreement::Differ { .. })), "{found:?}");
        let mut few = sources(&source, &["/a"]);
        few.sources.push("http://127.0.0.1:9".to_owned());
        let found = look_up(&few).await;
        assert!(matches!(&found, Err(NoAgreement::TooFew(heard)) if heard.len() == 2), "{found:?}");
    }
}
