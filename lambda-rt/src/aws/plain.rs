//! A `GET` without a signature, over the connections of the clients: for credentials, and to have a connection.

use std::convert::Infallible;

use ::http::header::{AUTHORIZATION, HeaderValue};
use aws_smithy_runtime::client::orchestrator::operation::Operation;
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse, OrchestratorError};
use aws_smithy_types::error::display::DisplayErrorContext;
use aws_smithy_types::timeout::TimeoutConfig;

use super::http::KeepAlive;
use super::remaining::Sleep;
use crate::keep_alive::CONNECT;

/// The status and the body that `url` answers with.
///
/// # Errors
///
/// What went wrong, in words.
pub(super) async fn get(
    http: &KeepAlive,
    url: &str,
    authorization: Option<String>,
) -> Result<(u16, Vec<u8>), String> {
    let authorization = match authorization.map(HeaderValue::try_from) {
        Some(Ok(mut value)) => {
            value.set_sensitive(true);
            Some(value)
        }
        Some(Err(_)) => return Err("the token has characters that no header can have".to_owned()),
        None => None,
    };
    let request = HttpRequest::get(url).map_err(|error| error.to_string())?;
    let (origin, path) = origin(&request).ok_or("it is no URL such as http://host:port/path")?;
    let operation = Operation::builder()
        .service_name("lambda-rt")
        .operation_name("get")
        .behavior_version(BehaviorVersion::latest())
        .http_client(http.clone())
        .endpoint_url(&origin)
        .no_auth()
        .no_retry()
        .sleep_impl(Sleep::new(http.margin()))
        .timeout_config(TimeoutConfig::builder().connect_timeout(CONNECT).read_timeout(CONNECT).build())
        .serializer(move |()| {
            let mut request = HttpRequest::get(&path)?;
            if let Some(value) = &authorization {
                request.headers_mut().try_insert(AUTHORIZATION.as_str(), value.clone())?;
            }
            Ok(request)
        })
        .deserializer(|response: &HttpResponse| -> Result<_, OrchestratorError<Infallible>> {
            Ok((response.status().as_u16(), response.body().bytes().unwrap_or_default().to_vec()))
        })
        .build();
    operation.invoke(()).await.map_err(|error| DisplayErrorContext(&error).to_string())
}

/// The parts of a URL: `http://host:port`, and the rest.
fn origin(request: &HttpRequest) -> Option<(String, String)> {
    let uri = request.uri().parse::<::http::Uri>().ok()?;
    let path = uri.path_and_query().map_or("/", ::http::uri::PathAndQuery::as_str).to_owned();
    Some((format!("{}://{}", uri.scheme_str()?, uri.authority()?), path))
}
