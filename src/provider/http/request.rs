//! A request and its answer, as the HTTP client takes and gives them.

use reqwest::{Method, Url};
use secrecy::SecretString;

use super::redact::{cut, redact_json};
use crate::domain::Timestamp;

/// Whether a request changes something. It decides how long an answer is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestKind {
    /// It only reads, or logs in: 20 s.
    Read,
    /// It changes something: 60 s.
    Change,
}

/// A request, complete. `Debug` shows no secret: the token is a [`SecretString`], bodies are left out.
#[derive(Clone)]
pub struct Request {
    pub method: Method,
    pub url: Url,
    /// The JSON body, where there is one.
    pub body: Option<String>,
    /// Headers that hold a secret, by name.
    pub secret_headers: Vec<(&'static str, SecretString)>,
    pub effect: RequestKind,
}

impl std::fmt::Debug for Request {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} ({:?})", self.method, self.url.path(), self.effect)
    }
}

impl Request {
    #[must_use]
    pub const fn get(url: Url) -> Self {
        Self { method: Method::GET, url, body: None, secret_headers: Vec::new(), effect: RequestKind::Read }
    }

    #[must_use]
    pub const fn change(method: Method, url: Url) -> Self {
        Self { method, url, body: None, secret_headers: Vec::new(), effect: RequestKind::Change }
    }

    #[must_use]
    pub fn json(mut self, body: &serde_json::Value) -> Self {
        self.body = Some(body.to_string());
        self
    }

    /// The same with `Authorization: Bearer …`.
    #[must_use]
    pub fn bearer(self, token: &SecretString) -> Self {
        use secrecy::ExposeSecret as _;
        let value = SecretString::from(format!("Bearer {}", token.expose_secret()));
        self.secret_header("authorization", value)
    }

    /// The same with a header that holds a secret.
    #[must_use]
    pub fn secret_header(mut self, name: &'static str, value: SecretString) -> Self {
        self.secret_headers.push((name, value));
        self
    }

    /// Host and port, as a person would name the place.
    #[must_use]
    pub fn host(&self) -> String {
        let host = self.url.host_str().unwrap_or("?");
        self.url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }
}

#[derive(Clone)]
pub struct Reply {
    pub status: u16,
    /// The body as it came, secrets included: it leaves the providers only through [`Reply::shown`].
    pub body: Vec<u8>,
    /// The id of the request at the provider, to name to its support.
    pub request_id: Option<String>,
    /// Before this moment, on our clock, the provider wants no further request.
    pub wait_until: Option<Timestamp>,
    /// The address of what was made, where the answer names one.
    pub location: Option<String>,
    pub subject_token: Option<SecretString>,
}

impl std::fmt::Debug for Reply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} with {} bytes", self.status, self.body.len())
    }
}

impl Reply {
    /// Whether the status is 2xx.
    #[must_use]
    pub const fn is_success(&self) -> bool {
        matches!(self.status, 200..=299)
    }

    /// Whether the provider says that too much was asked, or that it is away until a moment that it names.
    #[must_use]
    pub const fn is_too_much(&self) -> bool {
        matches!(self.status, 413 | 429) || (self.status == 503 && self.wait_until.is_some())
    }

    /// The body as text; what is not UTF-8 is replaced.
    #[must_use]
    pub fn text(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }

    /// The beginning of the body with its secrets removed, to be shown and kept.
    #[must_use]
    pub fn shown(&self, characters: usize) -> String {
        cut(&redact_json(&self.text()), characters)
    }
}
