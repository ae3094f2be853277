//! The HTTP client of an account: one request in, one answer or fault out.

use std::path::PathBuf;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use reqwest::Response;
use reqwest::header::{CONTENT_TYPE, HeaderValue};
use secrecy::{ExposeSecret as _, SecretString};

use super::clock::{http_date, now, skew, stopwatch};
use super::fault::SendFault;
use super::proxy::proxy_of;
use super::rate_limiter::RateLimiter;
use super::request::{Reply, Request, RequestKind};
use super::reqwest_client::Clients;
use super::{quota, recent};
use crate::domain::{self, AccountName, Budget, Phrase, Timestamp, text};
use crate::words::english;

const READ: Duration = Duration::from_secs(20);
const CHANGE: Duration = Duration::from_secs(60);
/// The largest body that is taken in: 32 MiB, after decompression.
const LARGEST: usize = 32 << 20;

#[derive(Debug)]
pub struct HttpClientOptions {
    pub account: AccountName,
    pub limiter: RateLimiter,
    /// A file of certificates that are trusted besides the system's.
    pub ca_file: Option<PathBuf>,
}

#[derive(Debug)]
pub struct HttpClient {
    account: AccountName,
    limiter: RateLimiter,
    clients: Clients,
    /// How far the server's clock is behind ours, in milliseconds.
    skew: AtomicI64,
    largest: usize,
}

impl HttpClient {
    /// Connects at the first request.
    #[must_use]
    pub fn new(options: HttpClientOptions) -> Self {
        Self {
            account: options.account,
            limiter: options.limiter,
            clients: Clients::new(options.ca_file),
            skew: AtomicI64::new(0),
            largest: LARGEST,
        }
    }

    #[cfg(test)]
    pub(super) fn taking_at_most(mut self, bytes: usize) -> Self {
        self.largest = bytes;
        self
    }

    /// What was spent and what is left, as this process knows it.
    #[must_use]
    pub fn budget(&self) -> Budget {
        self.limiter.budget()
    }

    /// What the server's clock shows now, as far as its answers tell.
    #[must_use]
    pub fn server_now(&self) -> Timestamp {
        Timestamp(now().0 - self.skew.load(Ordering::Relaxed))
    }

    /// Sends one request, once, if the budget allows it now.
    ///
    /// # Errors
    /// A [`SendFault`] where no whole answer came.
    pub async fn send(&self, request: Request) -> Result<Reply, SendFault> {
        let host = request.host();
        let not_sent = |said: Phrase| SendFault::NotConnected { host: host.clone(), said };
        let client = self.clients.client_for(&request.url).await.map_err(not_sent)?;
        let limit = if request.effect == RequestKind::Read { READ } else { CHANGE };
        let mut builder = client.request(request.method.clone(), request.url.clone()).timeout(limit);
        for (name, value) in &request.secret_headers {
            let mut value =
                HeaderValue::from_str(value.expose_secret()).map_err(|_| not_sent(text::http::header(*name)))?;
            value.set_sensitive(true);
            builder = builder.header(*name, value);
        }
        if let Some(body) = &request.body {
            builder = builder.header(CONTENT_TYPE, "application/json").body(body.clone());
        }
        self.limiter.acquire().await.map_err(|until| SendFault::OverBudget { until })?;
        let (sent, took) = (now(), stopwatch());
        let answer = match builder.send().await {
            Ok(response) => self.take_in(response, sent, &host).await,
            Err(error) => Err(through(&request.url, SendFault::from_reqwest(&error, host.clone()))),
        };
        self.log(&request, &answer, sent, took());
        answer
    }

    async fn take_in(&self, mut response: Response, sent: Timestamp, host: &str) -> Result<Reply, SendFault> {
        let heard = now();
        let header = |name: &str| response.headers().get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
        if let Some(date) = header("date").as_deref().and_then(http_date) {
            self.skew.store(skew(date, heard), Ordering::Relaxed);
        }
        let skew = self.skew.load(Ordering::Relaxed);
        let status = response.status().as_u16();
        let request_id = header("x-request-id").or_else(|| header("x-openstack-request-id"));
        let location = header("location");
        let subject_token = header("x-subject-token").map(SecretString::from);
        let said = quota::QuotaHeaders::from_headers(&header, heard, skew);
        self.limiter.heard(status, sent, heard, said).await;
        let mut body = Vec::new();
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) if body.len() + chunk.len() > self.largest => {
                    return Err(SendFault::TooLarge { limit: self.largest });
                }
                Ok(Some(chunk)) => body.extend_from_slice(&chunk),
                Ok(None) => break,
                Err(error) if error.is_timeout() => return Err(SendFault::TimedOut { host: host.to_owned() }),
                Err(error) => match SendFault::from_reqwest(&error, host.to_owned()) {
                    // The connection had been made: the server may have done its work.
                    SendFault::NotConnected { said, .. } => return Err(SendFault::BrokenOff { said }),
                    fault => return Err(fault),
                },
            }
        }
        let wait_until = said.wait_until().filter(|_| matches!(status, 413 | 429 | 503));
        Ok(Reply { status, body, request_id, wait_until, location, subject_token })
    }

    fn log(&self, request: &Request, answer: &Result<Reply, SendFault>, sent: Timestamp, took: Duration) {
        let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        let (account, method, path) = (self.account.as_str(), request.method.as_str(), request.url.path());
        match answer {
            Ok(reply) => {
                let id = reply.request_id.as_deref().unwrap_or("-");
                tracing::debug!(account, method, path, status = reply.status, ms, id, bytes = reply.body.len());
            }
            Err(fault) => tracing::debug!(account, method, path, ms, fault = english(&fault.phrase())),
        }
        let reply = answer.as_ref().ok();
        recent::keep(domain::LoggedRequest {
            number: 0,
            at: sent,
            account: self.account.clone(),
            method: method.to_owned(),
            path: path.to_owned(),
            status: reply.map(|reply| reply.status),
            ms,
            bytes: reply.and_then(|reply| u64::try_from(reply.body.len()).ok()),
            request_id: reply.and_then(|reply| reply.request_id.clone()),
            change: request.effect == RequestKind::Change,
            said: answer.as_ref().err().map(SendFault::phrase),
        });
    }
}

/// Names the proxy, where one is in between: it may be what cannot be reached.
fn through(url: &reqwest::Url, fault: SendFault) -> SendFault {
    match (fault, proxy_of(url)) {
        (SendFault::NotConnected { host, said }, Ok(Some(proxy))) => {
            SendFault::NotConnected { host, said: text::http::through(said, proxy) }
        }
        (fault, _) => fault,
    }
}
