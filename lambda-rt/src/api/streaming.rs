//! The Runtime API as a streamed answer sees it: sent once, piece by piece, and never again.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;

use super::backoff::Backoff;
use super::client::Client;
use super::connection::{Broken, Connection, Response};
use super::header;
use super::request::{self, Post};
use super::upload::{Stop, Upload};
use crate::context::Context;
use crate::error::RuntimeError;
use crate::failure::Failure;
use crate::log;
use crate::streaming::Producer;

const WHAT: &str = "the streamed response";

impl Client {
    /// Answers an invocation with `first` and all that `source` gives after it.
    ///
    /// What `source` fails with is told in trailers. When the service refuses the answer or the connection ends, `source` is not
    /// asked any more, the reason is logged, and the invocation is over.
    ///
    /// # Errors
    ///
    /// [`is_unreachable`](RuntimeError::is_unreachable) after ten seconds in which the first bytes could not be sent,
    /// [`is_service`](RuntimeError::is_service) on a 5xx, unless that is backed off from.
    pub(crate) async fn stream(
        &mut self,
        context: &Context,
        content_type: &str,
        first: &Bytes,
        source: &mut Producer,
    ) -> Result<(), RuntimeError> {
        let id = &context.request_id;
        let post = Post { content_type, invocation_id: context.invocation_id.as_deref(), ..Post::default() };
        let mut head = Vec::with_capacity(512);
        request::streamed_answer(&mut head, self.endpoint(), id, &post);
        let mut upload = match self.begin(&head, first, id).await {
            Ok(upload) => upload,
            Err(error) => {
                source.stop().await;
                return Err(error);
            }
        };
        let sent = transmit(&mut upload, source, id).await;
        source.stop().await;
        match upload.response(sent).await {
            Ok(Response { status, body }) => self.settled(status, &body, WHAT, id),
            Err(Broken { status: Some(status), .. }) => self.settled(status, &Bytes::new(), WHAT, id),
            Err(broken) => {
                log::error(
                    id,
                    format_args!(
                        "{WHAT} broke off, and what has left cannot be sent again: {}; the caller may have gone",
                        broken.cause
                    ),
                );
                Ok(())
            }
        }
    }

    /// Sends the first bytes until they leave: they are still at hand.
    async fn begin(&mut self, head: &[u8], first: &Bytes, id: &str) -> Result<Upload, RuntimeError> {
        let mut backoff = Backoff::default();
        loop {
            let connection = match self.connection.take() {
                Some(connection) => Ok(connection),
                None => Connection::open(self.endpoint()).await,
            };
            let begun = match connection {
                Ok(connection) => Upload::begin(connection, head.to_vec(), first).await,
                Err(broken) => Err(broken),
            };
            let broken = match begun {
                Ok(upload) => return Ok(upload),
                Err(Broken { stale: true, .. }) => continue,
                Err(broken) => broken,
            };
            let message =
                format!("cannot post {WHAT} to the Runtime API at {}: {}", self.endpoint(), broken.cause);
            let Some(pause) = backoff.failed() else { return Err(self.unreachable(&message, &backoff)) };
            log::warn(id, format_args!("{message}; trying again in {} ms", pause.as_millis()));
            tokio::time::sleep(pause).await;
        }
    }
}

/// Sends what there is until its end, its failure, or a stop from the other side.
async fn transmit(upload: &mut Upload, source: &mut Producer, id: &str) -> Result<(), Stop> {
    loop {
        match upload.listening(source.next()).await? {
            Some(Ok(chunk)) => upload.chunk(&chunk, source.end()).await?,
            Some(Err(failure)) => {
                log::error(id, format_args!("the invocation failed while it streamed its answer: {failure}"));
                source.stop().await;
                return upload.finish(&trailers(&failure)).await;
            }
            None => return upload.finish(&[]).await,
        }
    }
}

/// The two trailers that tell a failure.
fn trailers(failure: &Failure) -> [(&'static str, String); 2] {
    [
        (header::ERROR_TYPE, failure.category()),
        (header::ERROR_BODY, BASE64_STANDARD.encode(failure.short_document())),
    ]
}
