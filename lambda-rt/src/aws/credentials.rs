//! Credentials from the environment: the values themselves, or under SnapStart the endpoint where they are.

use std::net::IpAddr;
use std::time::SystemTime;

use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{self, ProvideCredentials, future};
use aws_smithy_types::date_time::{DateTime, Format};
use serde::Deserialize;

use super::environment::variable;
use super::http::KeepAlive;
use super::plain;

const URI: &str = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
const TOKEN: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN";

/// Reads the environment each time it is asked. The SDK remembers the answer until it expires.
#[derive(Debug)]
pub(super) struct Environment {
    http: KeepAlive,
}

/// What the endpoint answers.
///
/// Source: Amazon ECS developer guide, "Task IAM role", whose format Lambda's endpoint has.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Answer {
    access_key_id: String,
    secret_access_key: String,
    token: Option<String>,
    expiration: Option<String>,
}

impl Environment {
    pub(super) fn new(http: KeepAlive) -> Self {
        Self { http }
    }

    async fn load(&self) -> provider::Result {
        let key = variable("AWS_ACCESS_KEY_ID");
        let secret = variable("AWS_SECRET_ACCESS_KEY");
        match (key, secret, variable(URI)) {
            (Some(key), Some(secret), _) => {
                Ok(Credentials::new(key, secret, variable("AWS_SESSION_TOKEN"), None, "environment"))
            }
            (None, None, Some(uri)) => self.fetch(&uri).await,
            (None, None, None) => Err(CredentialsError::not_loaded(format!(
                "there are no AWS credentials: neither AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY nor {URI} is set. Lambda sets them; \
                 elsewhere, export them"
            ))),
            (Some(_), None, _) => Err(half("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")),
            (None, Some(_), _) => Err(half("AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID")),
        }
    }

    async fn fetch(&self, uri: &str) -> provider::Result {
        if !is_trusted(uri) {
            return Err(CredentialsError::invalid_configuration(format!(
                "{URI} is {uri:?}: credentials are fetched by https, or by http from this machine"
            )));
        }
        let failed = |why: String| {
            CredentialsError::provider_error(format!("no credentials from {uri} ({URI}): {why}"))
        };
        let (status, body) = plain::get(&self.http, uri, variable(TOKEN)).await.map_err(failed)?;
        if !(200..300).contains(&status) {
            let body = String::from_utf8_lossy(&body);
            let hint = if [401, 403, 404].contains(&status) {
                format!("; is {TOKEN} the right one?")
            } else {
                String::new()
            };
            return Err(failed(format!("it answered {status} {:?}{hint}", body.trim())));
        }
        // What was answered is a secret, and no part of an error.
        let answer: Answer = serde_json::from_slice(&body)
            .map_err(|error| failed(format!("its answer is not understood: {error}")))?;
        let expiry = match answer.expiration {
            Some(text) => {
                Some(time(&text).ok_or_else(|| failed(format!("Expiration is {text:?}, which is no time")))?)
            }
            None => None,
        };
        if expiry.is_some_and(|expiry| expiry <= SystemTime::now()) {
            return Err(failed("they have expired already".to_owned()));
        }
        Ok(Credentials::new(
            answer.access_key_id,
            answer.secret_access_key,
            answer.token,
            expiry,
            "container",
        ))
    }
}

fn half(given: &str, missing: &str) -> CredentialsError {
    CredentialsError::invalid_configuration(format!(
        "{given} is set and {missing} is not: credentials need both"
    ))
}

fn time(text: &str) -> Option<SystemTime> {
    DateTime::from_str(text, Format::DateTime).ok()?.try_into().ok()
}

/// A token that the network can read is everybody's. Lambda's own endpoint is on this machine.
fn is_trusted(uri: &str) -> bool {
    let Ok(uri) = uri.parse::<::http::Uri>() else { return false };
    let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
    match uri.scheme_str() {
        Some("https") => true,
        Some("http") => host == "localhost" || host.parse::<IpAddr>().is_ok_and(is_local),
        _ => false,
    }
}

/// Loopback, and the link-local addresses under which an execution environment finds its own services.
fn is_local(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_loopback() || address.is_link_local(),
        IpAddr::V6(address) => {
            address.is_loopback() || address.is_unique_local() || address.is_unicast_link_local()
        }
    }
}

impl ProvideCredentials for Environment {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.load())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_goes_by_http_to_this_machine_only() {
        for uri in [
            "http://127.0.0.1:9001/2021-04-23/credentials",
            "http://localhost/",
            "http://[::1]:80/",
            "http://169.254.100.1:9001/",
            "https://example.com/",
        ] {
            assert!(is_trusted(uri), "{uri}");
        }
        for uri in ["http://example.com/", "http://10.0.0.1/", "ftp://127.0.0.1/", "127.0.0.1:9001", ""] {
            assert!(!is_trusted(uri), "{uri}");
        }
    }
}
