//! A source that says which address it sees: for the demo and for tests, so that nobody on the internet is asked. What
//! it says is set, for all its paths or for one.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::Body;
use axum::extract::State as Shared;
use axum::http::{Request, Response, StatusCode, header};
use tokio::task::JoinHandle;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    pub kind: String,
    /// Where it sends on to, where it does.
    pub location: Option<String>,
    pub body: String,
}

impl Answer {
    #[must_use]
    pub fn text(body: &str) -> Self {
        Self { status: 200, kind: "text/plain".to_owned(), location: None, body: body.to_owned() }
    }
}

#[derive(Debug)]
struct Said {
    all: Answer,
    paths: BTreeMap<String, Answer>,
    asked: usize,
}

#[derive(Debug)]
pub struct Source {
    address: SocketAddr,
    said: Arc<Mutex<Said>>,
    task: JoinHandle<()>,
}

fn open(said: &Mutex<Said>) -> MutexGuard<'_, Said> {
    said.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Source {
    /// Starts it on a free port of this machine.
    ///
    /// # Errors
    /// What the system said.
    #[allow(clippy::disallowed_methods, reason = "the simulator's own task")]
    pub async fn start(body: &str) -> std::io::Result<Self> {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let said = Arc::new(Mutex::new(Said { all: Answer::text(body), paths: BTreeMap::new(), asked: 0 }));
        let app = Router::new().fallback(answer).with_state(Arc::clone(&said));
        let task = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, app).await {
                tracing::warn!(%error, "the address source ended");
            }
        });
        Ok(Self { address, said, task })
    }

    /// Its address, without a path.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn say(&self, body: &str) {
        open(&self.said).all = Answer::text(body);
    }

    pub fn set(&self, path: &str, answer: Answer) {
        open(&self.said).paths.insert(path.to_owned(), answer);
    }

    #[must_use]
    pub fn asked(&self) -> usize {
        open(&self.said).asked
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(Shared(said): Shared<Arc<Mutex<Said>>>, request: Request<Body>) -> Response<Body> {
    let answer = {
        let mut said = open(&said);
        said.asked += 1;
        said.paths.get(request.uri().path()).unwrap_or(&said.all).clone()
    };
    let mut built = Response::builder().status(answer.status).header(header::CONTENT_TYPE, answer.kind);
    if let Some(location) = answer.location {
        built = built.header(header::LOCATION, location);
    }
    built.body(Body::from(answer.body)).unwrap_or_else(|_| {
        let mut broken = Response::new(Body::empty());
        *broken.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        broken
    })
}
