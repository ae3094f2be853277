//! Reads a list page by page. Each page is a request like any other.

use std::sync::PoisonError;

use reqwest::Method;

use crate::domain::{Cut, Fault};
use crate::provider::http::Failure;
use crate::provider::openstack::api::OpenstackApi;
use crate::provider::openstack::endpoints::Service;
use crate::provider::openstack::lists::Rows;
use crate::provider::openstack::pages::{Habit, Page, PageOutcome, Pages, Query};
use crate::provider::openstack::{parts, refused};

/// Where the provider wants no more requests after fewer pages, the whole list is read as soon as more may be sent; a
/// longer one might never be read within what it allows.
const WORTH_KEEPING: usize = 3;

impl OpenstackApi {
    /// Reads a list to its end. `list`: the key under which its records stand; `query`: what is asked for besides;
    /// `kept`: pages that an earlier try brought; `first_alone`: whether the first page comes back before the others are
    /// asked for, where it names them.
    pub(in crate::provider) async fn rows(
        &self,
        kept: Option<&parts::PartialReading>,
        service: Service,
        path: &[&str],
        list: &'static str,
        query: Query,
        first_alone: bool,
    ) -> Result<Rows, Fault> {
        let (mut pages, mut asked) = (Pages::default(), query.clone());
        loop {
            let name = format!("{}?{asked:?}", path.join("/"));
            let body = match kept.and_then(|kept| kept.part(&name)) {
                Some(body) => body,
                None => {
                    let sent = self.send(service, Method::GET, path, &asked, None).await;
                    let (url, reply) = sent.map_err(Failure::of_read)?;
                    if reply.is_too_much() && pages.count() >= WORTH_KEEPING {
                        return Ok(Rows { rows: pages.rows, cut: Some(Cut::Budget) });
                    }
                    if pages.is_guess() && matches!(reply.status, 400 | 403..=412 | 414..=428) {
                        // Nobody had said that there are more pages, and to ask for one is no request of this service.
                        self.habit(path, Habit::forget_marker);
                        return Ok(Rows { rows: pages.rows, cut: None });
                    }
                    if !reply.is_success() {
                        return Err(refused::of_read(service, &url, &reply));
                    }
                    reply.text().into_owned()
                }
            };
            let page = Page::read(list, &body)?;
            if let Some(kept) = kept {
                kept.keep(&name, body);
            }
            asked = match self.habit(path, |habit| pages.take(page, habit)) {
                PageOutcome::Ask(_) if first_alone && pages.count() == 1 && !pages.is_guess() => {
                    return Ok(Rows { rows: pages.rows, cut: Some(Cut::Rest) });
                }
                PageOutcome::Ask(next) => with(&query, next),
                PageOutcome::Whole => return Ok(Rows { rows: pages.rows, cut: None }),
                PageOutcome::Cut(cut) => return Ok(Rows { rows: pages.rows, cut: Some(cut) }),
            };
        }
    }

    fn habit<T>(&self, path: &[&str], of: impl FnOnce(&mut Habit) -> T) -> T {
        let mut habits = self.habits.lock().unwrap_or_else(PoisonError::into_inner);
        of(habits.entry(path.join("/")).or_default())
    }
}

/// What is asked for of each page, unless its link says it otherwise.
fn with(query: &Query, next: Query) -> Query {
    let own = query.iter().filter(|(key, _)| next.iter().all(|(other, _)| other != key));
    let mut all: Query = own.cloned().collect();
    all.extend(next);
    all
}
