//! The Runtime API as the loop sees it: next, respond, fail, and what is survived on the way.

use bytes::Bytes;
use serde_json::Value;

use super::backoff::Backoff;
use super::connection::{Broken, Connection, Response};
use super::endpoint::Endpoint;
use super::head::Headers;
use super::header::Answer;
use super::parse::{Event, EventHeaders};
use super::request::{self, Post};
use crate::context::Context;
use crate::error::RuntimeError;
use crate::failure::Failure;
use crate::invocation::Invocation;
use crate::log;
use crate::reply::Buffered;

/// Error texts of the service are short; more than this of one is not worth a log line.
const LONGEST_REASON: usize = 2048;

/// What a 5xx means for a poller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OnServerError {
    /// The environment is broken; a runtime that handles one invocation at a time ends promptly and is started afresh.
    End,
    /// Other invocations share the process: the poller backs off, and ends only itself.
    BackOff,
}

/// One poller's view of the Runtime API: one connection, one exchange at a time.
#[derive(Debug)]
pub(crate) struct Client {
    endpoint: Endpoint,
    on_server_error: OnServerError,
    pub(super) connection: Option<Connection>,
    next: Vec<u8>,
    /// The head of the last POST, kept for its allocation.
    head: Vec<u8>,
    /// Polls in a row that brought nothing to work on.
    fruitless: Backoff,
}

impl Client {
    pub(crate) fn new(endpoint: Endpoint, on_server_error: OnServerError) -> Self {
        Self {
            next: request::next(&endpoint),
            endpoint,
            on_server_error,
            connection: None,
            head: Vec::with_capacity(512),
            fruitless: Backoff::default(),
        }
    }

    pub(crate) fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// Waits for an invocation, for as long as it takes.
    ///
    /// # Errors
    ///
    /// [`is_unreachable`](RuntimeError::is_unreachable) after ten seconds of transport failures,
    /// [`is_service`](RuntimeError::is_service) on a 4xx that persists, and on a 5xx at once or, where that is backed off
    /// from, when it persists.
    ///
    /// # Cancel safety
    ///
    /// A dropped poll drops its connection; an event that was on its way is delivered again by the next poll.
    pub(crate) async fn next(&mut self) -> Result<Invocation, RuntimeError> {
        let mut backoff = Backoff::default();
        loop {
            let mut headers = EventHeaders::default();
            let poll = std::mem::take(&mut self.next);
            let exchanged = self.exchange(&poll, &[], &mut headers).await;
            self.next = poll;
            let (pause, why) = match exchanged {
                Ok(Response { status: 200, body }) => match usable(headers.into_event(body)) {
                    Some(invocation) => {
                        self.fruitless = Backoff::default();
                        return Ok(invocation);
                    }
                    None => {
                        self.pause_after_nothing().await;
                        continue;
                    }
                },
                // Test servers answer an empty poll with 204: there is just nothing to do yet.
                Ok(Response { status: 204, .. }) => {
                    self.pause_after_nothing().await;
                    continue;
                }
                Ok(Response { status, body }) => {
                    let error = self.ended_by(status, "next", &body);
                    let fatal = status >= 500 && self.on_server_error == OnServerError::End;
                    match if fatal { None } else { backoff.failed() } {
                        Some(pause) => (pause, error.to_string()),
                        None => return Err(error),
                    }
                }
                Err(Broken { stale: true, .. }) => continue,
                Err(broken) => {
                    let message =
                        format!("cannot poll the Runtime API at {}: {}", self.endpoint, broken.cause);
                    match backoff.failed() {
                        Some(pause) => (pause, message),
                        None => return Err(self.unreachable(&message, &backoff)),
                    }
                }
            };
            log::warn("", format_args!("{why}; trying again in {} ms", pause.as_millis()));
            tokio::time::sleep(pause).await;
        }
    }

    /// Answers an invocation with a reply.
    ///
    /// # Errors
    ///
    /// As for [`fail`](Self::fail). A refusal is logged and no error: the invocation is over either way.
    pub(crate) async fn respond(&mut self, context: &Context, reply: &Buffered) -> Result<(), RuntimeError> {
        let post = Post {
            content_type: reply.content_type,
            invocation_id: context.invocation_id.as_deref(),
            ..Post::default()
        };
        self.answer(context, Answer::Response, &post, &reply.body).await
    }

    /// Answers an invocation with a failure.
    ///
    /// # Errors
    ///
    /// [`is_unreachable`](RuntimeError::is_unreachable) when the answer could not be delivered for ten seconds,
    /// [`is_service`](RuntimeError::is_service) on a 5xx, unless that is backed off from.
    pub(crate) async fn fail(&mut self, context: &Context, failure: &Failure) -> Result<(), RuntimeError> {
        let (category, cause) = (failure.category(), failure.xray_cause());
        let post = Post {
            content_type: "application/json",
            invocation_id: context.invocation_id.as_deref(),
            error_type: Some(&category),
            xray_cause: Some(&cause),
        };
        self.answer(context, Answer::Error, &post, &failure.document()).await
    }

    /// Reports that the function cannot start. Legal only before the first [`next`](Self::next).
    pub(crate) async fn fail_init(&mut self, failure: &Failure) -> Result<(), RuntimeError> {
        self.fail_start(request::init_error, failure, "the init error").await
    }

    async fn fail_start(
        &mut self,
        head_of: fn(&mut Vec<u8>, &Endpoint, &Post<'_>, usize),
        failure: &Failure,
        what: &str,
    ) -> Result<(), RuntimeError> {
        let (category, cause, body) = (failure.category(), failure.xray_cause(), failure.document());
        let post = Post {
            content_type: "application/json",
            error_type: Some(&category),
            xray_cause: Some(&cause),
            ..Post::default()
        };
        let mut head = Vec::new();
        head_of(&mut head, &self.endpoint, &post, body.len());
        self.post(&head, &body, what, "").await
    }

    /// Says that the process may be made a snapshot of, and waits until an environment is restored from it: for years, if
    /// need be.
    ///
    /// # Errors
    ///
    /// [`is_unreachable`](RuntimeError::is_unreachable) after ten seconds of transport failures,
    /// [`is_service`](RuntimeError::is_service) on any other status than 200.
    pub(crate) async fn restored(&mut self) -> Result<(), RuntimeError> {
        let mut head = Vec::new();
        request::restore_next(&mut head, &self.endpoint);
        // No connection outlives the snapshot: neither that of the wait nor any before it.
        self.connection = None;
        let (Response { status, body }, failed) = self.persist(&head, &[], "restore/next", "").await?;
        self.connection = None;
        match status {
            200..=299 => Ok(()),
            // The restore may cut the connection it was to be answered on; it is over all the same, and asking again is refused
            // because of it.
            403 if failed > 0 => Ok(()),
            _ => Err(self.ended_by(status, "restore/next", &body)),
        }
    }

    /// Reports that the function cannot go on after its restore. Legal only between the restore and the first
    /// [`next`](Self::next).
    pub(crate) async fn fail_restore(&mut self, failure: &Failure) -> Result<(), RuntimeError> {
        self.fail_start(request::restore_error, failure, "the restore error").await
    }

    async fn answer(
        &mut self,
        to: &Context,
        answer: Answer,
        post: &Post<'_>,
        body: &[u8],
    ) -> Result<(), RuntimeError> {
        let mut head = std::mem::take(&mut self.head);
        head.clear();
        request::answer(&mut head, &self.endpoint, &to.request_id, answer, post, body.len());
        let what = match answer {
            Answer::Response => "the response",
            Answer::Error => "the error",
        };
        let posted = self.post(&head, body, what, &to.request_id).await;
        self.head = head;
        posted
    }

    async fn post(&mut self, head: &[u8], body: &[u8], what: &str, id: &str) -> Result<(), RuntimeError> {
        let (response, _) = self.persist(head, body, what, id).await?;
        self.settled(response.status, &response.body, what, id)
    }

    /// Sends until a status is read, and says how many tries failed before. Sending twice is safe: the service takes the first and
    /// refuses the second.
    async fn persist(
        &mut self,
        head: &[u8],
        body: &[u8],
        what: &str,
        id: &str,
    ) -> Result<(Response, u32), RuntimeError> {
        let mut backoff = Backoff::default();
        loop {
            let broken = match self.exchange(head, body, &mut ()).await {
                Ok(response) => return Ok((response, backoff.tries())),
                Err(Broken { status: Some(status), .. }) => {
                    return Ok((Response { status, body: Bytes::new() }, backoff.tries()));
                }
                Err(Broken { stale: true, .. }) => continue,
                Err(broken) => broken,
            };
            let message =
                format!("cannot send {what} to the Runtime API at {}: {}", self.endpoint, broken.cause);
            let Some(pause) = backoff.failed() else { return Err(self.unreachable(&message, &backoff)) };
            log::warn(id, format_args!("{message}; trying again in {} ms", pause.as_millis()));
            tokio::time::sleep(pause).await;
        }
    }

    /// What a status means for the loop: accepted, refused and over, or the end.
    pub(super) fn settled(
        &self,
        status: u16,
        body: &Bytes,
        what: &str,
        id: &str,
    ) -> Result<(), RuntimeError> {
        match status {
            200..=299 => Ok(()),
            500.. if self.on_server_error == OnServerError::End => Err(self.ended_by(status, what, body)),
            _ => {
                log::error(
                    id,
                    format_args!("the Runtime API refused {what} with {status}: {}", reason(body)),
                );
                Ok(())
            }
        }
    }

    fn ended_by(&self, status: u16, what: &str, body: &[u8]) -> RuntimeError {
        let endpoint = &self.endpoint;
        let message = format!("the Runtime API at {endpoint} answered {status} to {what}: {}", reason(body));
        RuntimeError::service(status, message)
    }

    async fn exchange(
        &mut self,
        head: &[u8],
        body: &[u8],
        headers: &mut dyn Headers,
    ) -> Result<Response, Broken> {
        // Taken, so that an exchange that fails or is dropped takes its connection with it.
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => Connection::open(&self.endpoint).await?,
        };
        let (response, reusable) = connection.exchange(head, body, headers).await?;
        if reusable {
            self.connection = Some(connection);
        }
        Ok(response)
    }

    /// Keeps a service that answers polls with nothing from being asked without pause.
    async fn pause_after_nothing(&mut self) {
        let pause = self.fruitless.failed().unwrap_or_else(|| {
            self.fruitless = Backoff::default();
            std::time::Duration::from_secs(1)
        });
        tokio::time::sleep(pause).await;
    }

    pub(super) fn unreachable(&self, message: &str, backoff: &Backoff) -> RuntimeError {
        RuntimeError::unreachable(format!("{message}; gave up after {} tries", backoff.tries()))
    }
}

/// The invocation of an event, once its unusable headers are logged.
fn usable(event: Event) -> Option<Invocation> {
    let id = event.invocation.as_ref().map_or("", |invocation| &invocation.context.request_id);
    for (name, what) in &event.problems {
        log::warn(id, format_args!("the header {name} of an event {what}; it is treated as absent"));
    }
    if event.invocation.is_none() {
        log::error(
            "",
            format_args!("an event came without a usable request id and cannot be answered; polling on"),
        );
    }
    event.invocation
}

/// What the service says in an error body: `errorType: errorMessage`, or the text as it is.
fn reason(body: &[u8]) -> String {
    if body.is_empty() {
        return "no reason given".to_owned();
    }
    // A `Value` rather than a type of its own: the code that reads one is in the program anyway.
    let text = std::str::from_utf8(body).unwrap_or_default();
    let refusal: Value = serde_json::from_str(text).unwrap_or_default();
    let mut text = match (refusal["errorType"].as_str(), refusal["errorMessage"].as_str()) {
        (Some(kind), message) => format!("{kind}: {}", message.unwrap_or_default()),
        _ => String::from_utf8_lossy(&body[..body.len().min(LONGEST_REASON)]).into_owned(),
    };
    let cut = text.char_indices().map(|(at, _)| at).find(|at| *at >= LONGEST_REASON);
    text.truncate(cut.unwrap_or(text.len()));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_the_services_own_words() {
        assert_eq!(
            reason(br#"{"errorMessage":"Invoke timeout","errorType":"InvokeTimeout"}"#),
            "InvokeTimeout: Invoke timeout"
        );
        assert_eq!(reason(b"<html>"), "<html>");
        assert_eq!(reason(b""), "no reason given");
        assert!(reason(&vec![b'x'; 1 << 20]).len() <= LONGEST_REASON);
    }
}
