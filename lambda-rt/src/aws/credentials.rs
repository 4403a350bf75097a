//! Credentials from the environment: the values themselves, or the endpoint where they are.

use std::error::Error;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{self, ProvideCredentials, future};
use aws_smithy_types::date_time::{DateTime, Format};
use serde::Deserialize;

use super::container::{self, Place};
use super::environment::variable;
use super::http::KeepAlive;
use super::plain;
use crate::keep_alive::{CONNECT, remaining};
use crate::log;

const KEY: &str = "AWS_ACCESS_KEY_ID";
const SECRET: &str = "AWS_SECRET_ACCESS_KEY";

/// The SDK's own limit ends with the invocation too, and names no endpoint: this one comes first.
const EARLIER: Duration = Duration::from_millis(25);

/// Reads the environment each time it is asked. The SDK remembers the answer until shortly before it expires, by the wall clock.
#[derive(Debug)]
pub(super) struct Environment {
    http: KeepAlive,
    /// What the endpoint gave last.
    last: Mutex<Option<Credentials>>,
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
        Self { http, last: Mutex::default() }
    }

    async fn load(&self) -> provider::Result {
        match (variable(KEY), variable(SECRET), Place::of_environment()) {
            (Some(key), Some(secret), _) => {
                Ok(Credentials::new(key, secret, variable("AWS_SESSION_TOKEN"), None, "environment"))
            }
            (None, None, Some(place)) => self.fetched(&place).await,
            (None, None, None) => Err(CredentialsError::not_loaded(format!(
                "there are no AWS credentials: neither {KEY} and {SECRET} nor {} is set. Lambda sets them; elsewhere, export them",
                container::FULL_URI
            ))),
            (Some(_), None, _) => Err(half(KEY, SECRET)),
            (None, Some(_), _) => Err(half(SECRET, KEY)),
        }
    }

    /// Fetches credentials. Those of before do as long as they are valid: they are replaced early enough for that to help.
    async fn fetched(&self, place: &Place) -> provider::Result {
        match self.fetch(place).await {
            Ok(credentials) => {
                *self.last() = Some(credentials.clone());
                Ok(credentials)
            }
            Err(error) => {
                let last = self.last().clone().filter(|last| is_valid(last.expiry()));
                let Some(last) = last else { return Err(error) };
                let why = error.source().map(ToString::to_string).unwrap_or_default();
                log::warn("", format_args!("{why}; those of before are still valid, and are used"));
                Ok(last)
            }
        }
    }

    async fn fetch(&self, place: &Place) -> provider::Result {
        let token = place.token()?;
        let failed =
            |why: String| CredentialsError::provider_error(format!("no credentials from {place}: {why}"));
        let limit = remaining(self.http.margin() + EARLIER).map_or(CONNECT, |time| time.min(CONNECT));
        let got = tokio::time::timeout(limit, plain::get(&self.http, &place.uri, token)).await;
        let (status, body) = match got {
            Ok(got) => got.map_err(failed)?,
            Err(_) => return Err(failed(format!("it has not answered within {} ms", limit.as_millis()))),
        };
        if !(200..300).contains(&status) {
            let body = String::from_utf8_lossy(&body);
            let hint = if [401, 403, 404].contains(&status) {
                format!("; is {} the right one?", container::TOKEN)
            } else {
                String::new()
            };
            return Err(failed(format!("it answered {status} {:?}{hint}", body.trim())));
        }
        read(&body).map_err(failed)
    }

    fn last(&self) -> MutexGuard<'_, Option<Credentials>> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The credentials in an answer. Those are secrets, and no part of an error.
fn read(body: &[u8]) -> Result<Credentials, String> {
    let answer: Answer =
        serde_json::from_slice(body).map_err(|error| format!("its answer is not understood: {error}"))?;
    let expiry = match answer.expiration {
        Some(text) => Some(time(&text).ok_or_else(|| format!("Expiration is {text:?}, which is no time"))?),
        None => None,
    };
    if !is_valid(expiry) {
        return Err("they have expired already".to_owned());
    }
    Ok(Credentials::new(answer.access_key_id, answer.secret_access_key, answer.token, expiry, "container"))
}

fn is_valid(expiry: Option<SystemTime>) -> bool {
    expiry.is_none_or(|expiry| SystemTime::now() < expiry)
}

fn half(given: &str, missing: &str) -> CredentialsError {
    CredentialsError::invalid_configuration(format!(
        "{given} is set and {missing} is not: credentials need both"
    ))
}

fn time(text: &str) -> Option<SystemTime> {
    DateTime::from_str(text, Format::DateTime).ok()?.try_into().ok()
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
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    use super::*;
    use crate::keep_alive::{IDLE_LIMIT, MARGIN};

    fn answer(expiration: &str) -> String {
        format!(r#"{{"AccessKeyId":"key","SecretAccessKey":"hush","Token":"t","Expiration":{expiration}}}"#)
    }

    #[test]
    fn an_answer_is_read_with_and_without_an_end() {
        let read = |expiration| read(answer(expiration).as_bytes()).unwrap();
        assert_eq!(read("null").expiry(), None);
        let end = SystemTime::UNIX_EPOCH + Duration::from_secs(4_102_444_800);
        assert_eq!(read("\"2100-01-01T00:00:00Z\"").expiry(), Some(end));
    }

    #[test]
    fn what_is_wrong_with_an_answer_is_said_without_its_secrets() {
        let whole = answer("null");
        for (body, why) in [
            (answer("\"2020-01-01T00:00:00Z\""), "they have expired already"),
            (answer("\"soon\""), "Expiration is \"soon\", which is no time"),
            (whole[..whole.len() - 20].to_owned(), "its answer is not understood"),
            ("{}".to_owned(), "missing field `AccessKeyId`"),
            ("no json".to_owned(), "its answer is not understood"),
            (String::new(), "its answer is not understood"),
        ] {
            let told = read(body.as_bytes()).unwrap_err();
            assert!(told.contains(why) && !told.contains("hush"), "{told}");
        }
    }

    /// An endpoint that answers one after the other, and what asks it.
    async fn asked(answers: Vec<String>) -> (Environment, Place) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let uri = format!("http://{}/", listener.local_addr().unwrap());
        tokio::spawn(async move {
            for answer in answers {
                let (mut stream, _) = listener.accept().await.unwrap();
                assert_ne!(stream.read(&mut [0; 1024]).await.unwrap(), 0);
                stream.write_all(answer.as_bytes()).await.unwrap();
            }
            std::future::pending::<()>().await;
        });
        let environment = Environment::new(KeepAlive::new(IDLE_LIMIT, MARGIN));
        (environment, Place::named(None, Some(uri)).unwrap())
    }

    fn response(status: u16, body: &str) -> String {
        let length = body.len();
        format!("HTTP/1.1 {status} X\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}")
    }

    #[tokio::test]
    async fn while_the_endpoint_fails_the_old_ones_do_for_as_long_as_they_are_valid() {
        let good = response(200, &answer("\"2100-01-01T00:00:00Z\""));
        let (environment, place) = asked(vec![good, response(500, "tired"), response(500, "tired")]).await;
        for _ in 0..2 {
            assert_eq!(environment.fetched(&place).await.unwrap().access_key_id(), "key");
        }
        let expired = Credentials::new("key", "hush", None, Some(SystemTime::now()), "container");
        *environment.last() = Some(expired);
        let error = environment.fetched(&place).await.unwrap_err();
        let told = aws_smithy_types::error::display::DisplayErrorContext(&error).to_string();
        assert!(told.contains(&format!("no credentials from {place}: it answered 500 \"tired\"")), "{told}");
    }

    #[tokio::test(start_paused = true)]
    async fn outside_of_an_invocation_an_endpoint_that_hangs_is_given_up() {
        let (environment, place) = asked(Vec::new()).await;
        let began = tokio::time::Instant::now();
        let error = environment.fetched(&place).await.unwrap_err();
        let told = aws_smithy_types::error::display::DisplayErrorContext(&error).to_string();
        assert!(told.contains(&place.to_string()), "{told}");
        assert!(began.elapsed() <= CONNECT + EARLIER, "{:?}", began.elapsed());
    }
}
