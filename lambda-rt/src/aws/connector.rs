//! Sends one attempt of a call: within the invocation's time, with its trace, and again where the connection was dead before it began.

use std::fmt;
use std::sync::Arc;

use aws_smithy_http_client::pool::Client;
use aws_smithy_runtime_api::client::http::telemetry::{CaptureHttpAttemptTelemetry, ConnectionUsage};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::error::display::DisplayErrorContext;
use aws_smithy_types::retry::ErrorKind;

use super::endpoint::{self, AnswerBody, OutOfTime};
use super::http::Inner;
use crate::keep_alive::{self, TRACE, remaining};

pub(super) struct Connector {
    inner: Arc<Inner>,
    settings: HttpConnectorSettings,
    components: RuntimeComponents,
}

impl Connector {
    pub(super) fn new(
        inner: Arc<Inner>,
        settings: HttpConnectorSettings,
        components: RuntimeComponents,
    ) -> Self {
        Self { inner, settings, components }
    }
}

impl HttpConnector for Connector {
    fn call(&self, mut request: HttpRequest) -> HttpConnectorFuture {
        let (inner, settings, components) =
            (Arc::clone(&self.inner), self.settings.clone(), self.components.clone());
        HttpConnectorFuture::new(async move {
            trace(&mut request);
            let endpoint = endpoint::of(&request);
            let end = remaining(inner.margin).map(|time| tokio::time::Instant::now() + time);
            let sending = send(&inner, &settings, &components, request);
            let sent = match end {
                Some(end) => tokio::time::timeout_at(end, sending).await,
                None => Ok(sending.await),
            };
            match sent {
                Ok(Ok(response)) => Ok(response.map(|body| {
                    let body = AnswerBody::new(body, end, endpoint.clone(), inner.margin);
                    SdkBody::from_body_1_x(body)
                })),
                Ok(Err(error)) => Err(endpoint::at(endpoint, error)),
                // Not a timeout to the SDK: that would be tried again.
                Err(_) => Err(ConnectorError::other(Box::new(OutOfTime::new(endpoint, inner.margin)), None)),
            }
        })
    }
}

async fn send(
    inner: &Inner,
    settings: &HttpConnectorSettings,
    components: &RuntimeComponents,
    mut request: HttpRequest,
) -> Result<HttpResponse, ConnectorError> {
    let again = if may_be_repeated(&request) { request.try_clone() } else { None };
    let telemetry = telemetry(&mut request);
    let attempt = |client: Client, request| client.http_connector(settings, components).call(request);
    let result = attempt(inner.pool.begin(), request).await;
    let reused = telemetry
        .get()
        .acquisition()
        .is_some_and(|acquisition| acquisition.usage() == ConnectionUsage::Reused);
    let result = match (result, again) {
        (Err(error), Some(again)) if reused && is_dead_connection(&error) => {
            inner.pool.counters().retried(&DisplayErrorContext(&error));
            // The others are no younger. And only so is a new one opened.
            inner.pool.evict("one of them was dead");
            attempt(inner.pool.begin(), again).await
        }
        (result, _) => {
            if result.is_ok() && reused {
                inner.pool.counters().reused();
            }
            result
        }
    };
    inner.pool.used();
    result
}

/// Where the pool says which connection it took.
fn telemetry(request: &mut HttpRequest) -> CaptureHttpAttemptTelemetry {
    if let Some(telemetry) = request.extension::<CaptureHttpAttemptTelemetry>() {
        return telemetry.clone();
    }
    let telemetry = CaptureHttpAttemptTelemetry::new();
    request.add_extension(telemetry.clone());
    telemetry
}

/// Whether the service may get a request twice. That is for its client to say, which does by how often it would try itself; a
/// client without retries leaves it to the method.
fn may_be_repeated(request: &HttpRequest) -> bool {
    // Such as `attempt=1; max=3`.
    let retries = request.headers().get("amz-sdk-request").is_some_and(|attempt| {
        let max = attempt.split(';').find_map(|part| part.trim().strip_prefix("max="));
        max.is_some_and(|max| max.trim() != "1")
    });
    retries || ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"].contains(&request.method())
}

/// Nothing that took too long, and nothing that would be no better on another connection.
fn is_dead_connection(error: &ConnectorError) -> bool {
    error.is_io() || error.as_other() == Some(ErrorKind::TransientError)
}

/// Passes on the trace of the running invocation, byte for byte, unless the request has one. It is no part of what is signed.
///
/// The SDK adds it itself, from the variable that only a process with one invocation at a time has.
fn trace(request: &mut HttpRequest) {
    if request.headers().contains_key(TRACE) {
        return;
    }
    if let Some(id) = keep_alive::trace() {
        // A trace that no header can have is not passed on.
        let _ = request.headers_mut().try_insert(TRACE, id);
    }
}

impl fmt::Debug for Connector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connector").field("pool", &self.inner.pool).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(method: &str, attempt: Option<&'static str>) -> HttpRequest {
        let mut request = HttpRequest::get("https://sqs.eu-west-1.amazonaws.com/queue?x=/y").unwrap();
        request.set_method(method).unwrap();
        attempt.into_iter().for_each(|attempt| {
            request.headers_mut().insert("amz-sdk-request", attempt);
        });
        request
    }

    #[test]
    fn a_request_is_repeated_if_its_client_retries_or_its_method_is_idempotent() {
        assert!(may_be_repeated(&request("POST", Some("attempt=1; max=3"))));
        assert!(may_be_repeated(&request("PUT", Some("attempt=1; max=1"))));
        assert!(may_be_repeated(&request("GET", None)));
        assert!(!may_be_repeated(&request("POST", Some("ttl=20261125T100000Z; attempt=1; max=1"))));
        assert!(!may_be_repeated(&request("POST", Some("attempt=1"))));
        assert!(!may_be_repeated(&request("POST", None)));
    }
}
