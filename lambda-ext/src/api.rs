//! The Extensions API: the only place that knows its paths and header names.
//!
//! Source: AWS Lambda developer guide, "Using the Lambda Extensions API to create extensions".

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::Instant;

use crate::error::{Error, ExtensionError};
use crate::event::{self, Decoded};
use crate::http::{self, Broken, Endpoint, Request, Response};
use crate::log;

const REGISTER: &str = "/2020-01-01/extension/register";
const NEXT: &str = "/2020-01-01/extension/event/next";
const INIT_ERROR: &str = "/2020-01-01/extension/init/error";
const EXIT_ERROR: &str = "/2020-01-01/extension/exit/error";
#[cfg(feature = "telemetry")]
pub(crate) const TELEMETRY: &str = "/2022-07-01/telemetry";
#[cfg(feature = "logs")]
pub(crate) const LOGS: &str = "/2020-08-15/logs";

const NAME: &str = "lambda-extension-name";
const FEATURE: &str = "lambda-extension-accept-feature";
const IDENTIFIER: &str = "lambda-extension-identifier";
const ERROR_TYPE: &str = "lambda-extension-function-error-type";

/// How long an endpoint that does not answer is asked again.
const PATIENCE: Duration = Duration::from_secs(10);
const FIRST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);
/// An error report must leave time to exit in; a shutdown is two seconds in all.
const REPORT_TIMEOUT: Duration = Duration::from_secs(1);

/// What Lambda tells of the function.
#[derive(Debug)]
pub(crate) struct Registered {
    pub(crate) identifier: String,
    pub(crate) function_name: String,
    pub(crate) function_version: String,
    pub(crate) handler: String,
    pub(crate) account_id: Option<String>,
}

/// Which of the two error reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Report {
    /// Before the first `event/next`.
    Init,
    /// After it.
    Exit,
}

/// Registers `name` for `events`. An endpoint that is not there yet is asked again; what it may have acted on is not.
pub(crate) async fn register(
    endpoint: &Endpoint,
    name: &str,
    events: &[String],
) -> Result<Registered, ExtensionError> {
    let body = json!({ "events": events }).to_string();
    let headers = [(NAME, name), (FEATURE, "accountId")];
    let request = Request { method: "POST", path: REGISTER, headers: &headers, body: body.as_bytes() };
    let what = format!("registering the extension {name:?}");
    let response = once(endpoint, &request, &what).await?;
    let response = taken(response, &what)?;
    let Some(identifier) = response.header(IDENTIFIER) else {
        return Err(ExtensionError::protocol(format!(
            "{what}: Lambda's answer has no Lambda-Extension-Identifier, without which no further call can be made; the \
             endpoint {} is not an Extensions API",
            endpoint.authority
        )));
    };
    // What describes the function is good to know and nothing to fail for.
    let told: Value = serde_json::from_slice(&response.body).unwrap_or_default();
    let text = |key: &str| told[key].as_str().map(str::to_owned);
    Ok(Registered {
        identifier: http::header_value(identifier),
        function_name: text("functionName").unwrap_or_default(),
        function_version: text("functionVersion").unwrap_or_default(),
        handler: text("handler").unwrap_or_default(),
        account_id: text("accountId"),
    })
}

/// Waits for the next event, however long that takes. An endpoint that breaks off or answers 5xx is asked again.
pub(crate) async fn next(endpoint: &Endpoint, identifier: &str) -> Result<Decoded, ExtensionError> {
    let request = Request { method: "GET", path: NEXT, headers: &[(IDENTIFIER, identifier)], body: b"" };
    let what = "waiting for the next event";
    let mut retry = Retry::default();
    loop {
        let asked = Instant::now();
        let answer = http::exchange(endpoint, &request).await;
        // A poll that waited for hours before it broke was no failure for hours.
        if asked.elapsed() >= PATIENCE {
            retry = Retry::default();
        }
        let failure = match answer {
            Ok(response) if response.status >= 500 => refused(&response, what),
            Ok(response) => match event::decode(&taken(response, what)?.body) {
                Ok(decoded) => return Ok(decoded),
                Err(error) => ExtensionError::protocol(format!("{what}: the event cannot be read: {error}")),
            },
            Err(broken) => unreachable(endpoint, what, &broken),
        };
        match retry.pause() {
            Some(pause) => tokio::time::sleep(pause).await,
            None => return Err(failure),
        }
    }
}

/// Tells Lambda that the extension is about to exit, and why. Best effort: the reason to exit stands anyway.
pub(crate) async fn report(
    endpoint: &Endpoint,
    identifier: &str,
    kind: Report,
    error_type: &str,
    error: &Error,
) {
    let error_type = http::header_value(error_type);
    // The whole of the error goes where any text can go; the header takes a type only.
    let document =
        json!({ "errorMessage": chain(error), "errorType": error_type, "stackTrace": [] }).to_string();
    let headers = [(IDENTIFIER, identifier), (ERROR_TYPE, error_type.as_str())];
    let path = if kind == Report::Init { INIT_ERROR } else { EXIT_ERROR };
    let request = Request { method: "POST", path, headers: &headers, body: document.as_bytes() };
    let told = tokio::time::timeout(REPORT_TIMEOUT, http::exchange(endpoint, &request)).await;
    match told {
        Ok(Ok(response)) if response.status < 300 => {}
        Ok(Ok(response)) => log::warn(format_args!("{}", refused(&response, "reporting an error"))),
        Ok(Err(broken)) => log::warn(format_args!("reporting an error: {broken}; the error was: {error}")),
        Err(_) => {
            log::warn(format_args!("reporting an error took more than a second; the error was: {error}"))
        }
    }
}

/// Subscribes to telemetry or logs. `Ok(None)` is the 202 of an environment that has none.
#[cfg(feature = "telemetry")]
pub(crate) async fn subscribe(
    endpoint: &Endpoint,
    identifier: &str,
    path: &'static str,
    body: &Value,
) -> Result<Option<()>, ExtensionError> {
    let body = body.to_string();
    let headers = [(IDENTIFIER, identifier)];
    let request = Request { method: "PUT", path, headers: &headers, body: body.as_bytes() };
    let what = "subscribing to telemetry";
    let mut retry = Retry::default();
    loop {
        // A subscription that arrives twice is one; so it may be sent again whatever happened.
        let failure = match http::exchange(endpoint, &request).await {
            Ok(response) if response.status == 202 => return Ok(None),
            Ok(response) if response.status >= 500 => refused(&response, what),
            Ok(response) => return taken(response, what).map(|_| Some(())),
            Err(broken) => unreachable(endpoint, what, &broken),
        };
        match retry.pause() {
            Some(pause) => tokio::time::sleep(pause).await,
            None => return Err(failure),
        }
    }
}

/// Sends a request whose effect must not happen twice: again only while nothing has left.
async fn once(endpoint: &Endpoint, request: &Request<'_>, what: &str) -> Result<Response, ExtensionError> {
    let mut retry = Retry::default();
    loop {
        match http::exchange(endpoint, request).await {
            Ok(response) => return Ok(response),
            Err(broken) => match (&broken, retry.pause()) {
                (Broken::Connect(_), Some(pause)) => tokio::time::sleep(pause).await,
                _ => return Err(unreachable(endpoint, what, &broken)),
            },
        }
    }
}

fn taken(response: Response, what: &str) -> Result<Response, ExtensionError> {
    match response.status {
        200..300 => Ok(response),
        _ => Err(refused(&response, what)),
    }
}

fn refused(response: &Response, what: &str) -> ExtensionError {
    let told: Value = serde_json::from_slice(&response.body).unwrap_or_default();
    let error_type = told["errorType"].as_str().map(str::to_owned);
    let named = error_type.as_deref().unwrap_or("no error type");
    let message = told["errorMessage"].as_str().unwrap_or("no message");
    let text = format!("{what}: Lambda answered {} ({named}): {message}{}", response.status, advice(named));
    ExtensionError::refused(response.status, error_type, text)
}

/// What to do about the refusals whose own words do not say it.
fn advice(error_type: &str) -> &'static str {
    match error_type {
        "Extension.RegistrationClosed" => {
            "; an internal extension must register before the runtime asks for its first event"
        }
        "Extension.TooManyExtensions" => "; a function has at most ten, its layers' included",
        "Extension.InvalidExtensionName" => {
            "; an external extension's name is its file name in /opt/extensions"
        }
        "Extension.InvalidEventType" => {
            "; an extension whose name is not that of a file in /opt/extensions is internal, and those hear of INVOKE only"
        }
        "Extension.UnknownExtensionIdentifier" => {
            "; the environment was reset: exit, and Lambda starts you again"
        }
        "Extension.InvalidExtensionState" => {
            "; it registers once, polls from one place at a time, and makes no call after an error report"
        }
        "Telemetry.SubscriptionClosed" | "Logs.SubscriptionClosed" => {
            "; subscribe before the first event/next, while the function is initialised"
        }
        _ => "",
    }
}

fn unreachable(endpoint: &Endpoint, what: &str, broken: &Broken) -> ExtensionError {
    let at = &endpoint.authority;
    ExtensionError::unreachable(format!("{what}: the Extensions API at {at} does not answer: {broken}"))
}

/// An error and what caused it, in one line each.
fn chain(error: &Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(&format!("\ncaused by: {error}"));
        cause = error.source();
    }
    text
}

/// Pauses of 50 ms doubling to 1 s, given up ten seconds after the first failure.
#[derive(Debug, Default)]
struct Retry {
    since: Option<Instant>,
    pause: Option<Duration>,
}

impl Retry {
    fn pause(&mut self) -> Option<Duration> {
        if self.since.get_or_insert_with(Instant::now).elapsed() >= PATIENCE {
            return None;
        }
        let pause = self.pause.map_or(FIRST_PAUSE, |pause| (pause * 2).min(LONGEST_PAUSE));
        self.pause = Some(pause);
        Some(pause)
    }
}
