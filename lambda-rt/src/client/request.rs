//! The request under construction, with the methods of [`reqwest::RequestBuilder`].

use std::fmt;
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Body, Error, IntoUrl, Method, Request, Response, Version};
use serde::Serialize;

use super::Client;
use super::attempt::{self, Repeat};

/// A request under construction, with the methods of [`reqwest::RequestBuilder`]; those that need a feature of `reqwest` are
/// reached by [`with`](Self::with).
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct RequestBuilder {
    client: Client,
    inner: reqwest::RequestBuilder,
    repeat: Repeat,
}

impl RequestBuilder {
    pub(super) fn new(client: Client, method: Method, url: impl IntoUrl) -> Self {
        let inner = client.inner.pool.current().request(method, url);
        Self { client, inner, repeat: Repeat::IfIdempotent }
    }

    /// Adds a header.
    pub fn header<K, V>(self, name: K, value: V) -> Self
    where
        HeaderName: TryFrom<K, Error: Into<http::Error>>,
        HeaderValue: TryFrom<V, Error: Into<http::Error>>,
    {
        self.with(|inner| inner.header(name, value))
    }

    /// Sets headers, in place of those with the same names.
    pub fn headers(self, headers: HeaderMap) -> Self {
        self.with(|inner| inner.headers(headers))
    }

    /// Sets the header for basic authentication.
    pub fn basic_auth(self, user: impl fmt::Display, password: Option<impl fmt::Display>) -> Self {
        self.with(|inner| inner.basic_auth(user, password))
    }

    /// Sets the header for authentication with a bearer's token.
    pub fn bearer_auth(self, token: impl fmt::Display) -> Self {
        self.with(|inner| inner.bearer_auth(token))
    }

    /// Sets the body.
    pub fn body(self, body: impl Into<Body>) -> Self {
        self.with(|inner| inner.body(body))
    }

    /// Sets the body to `value` as JSON, and the content type.
    pub fn json<T: Serialize + ?Sized>(self, value: &T) -> Self {
        self.with(|inner| inner.json(value))
    }

    /// Sets the body to the fields of `value` as a form, and the content type.
    pub fn form<T: Serialize + ?Sized>(self, value: &T) -> Self {
        self.with(|inner| inner.form(value))
    }

    /// Adds the fields of `value` to the query of the URL.
    pub fn query<T: Serialize + ?Sized>(self, value: &T) -> Self {
        self.with(|inner| inner.query(value))
    }

    /// Sets what the request may take, answer included. It never gets more than the invocation has left, and gets that by default.
    pub fn timeout(self, timeout: Duration) -> Self {
        self.with(|inner| inner.timeout(timeout))
    }

    /// Sets the version of HTTP.
    pub fn version(self, version: Version) -> Self {
        self.with(|inner| inner.version(version))
    }

    /// Does what only [`reqwest::RequestBuilder`] can, for example `multipart` with the feature of that name.
    pub fn with(self, change: impl FnOnce(reqwest::RequestBuilder) -> reqwest::RequestBuilder) -> Self {
        Self { inner: change(self.inner), ..self }
    }

    /// Says that the server may get the request twice, though its method is `POST` or `PATCH`: because it carries an idempotency key, or
    /// only reads. A body in memory is then sent again when a kept connection was dead; one that is a stream never is.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// # async fn main_(client: lambda_rt::client::Client) -> Result<(), lambda_rt::client::Error> {
    /// let order = client.post("https://api.example.com/orders").header("idempotency-key", "o-17").body("tea");
    /// order.repeatable().send().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn repeatable(self) -> Self {
        Self { repeat: Repeat::Always, ..self }
    }

    /// Makes the request without sending it; [`Client::execute`] does.
    ///
    /// # Errors
    ///
    /// [`is_builder`](Error::is_builder) for a URL, a header or a body that is none.
    pub fn build(self) -> Result<Request, Error> {
        self.inner.build()
    }

    /// Copies it; `None` when its body is a stream.
    pub fn try_clone(&self) -> Option<Self> {
        Some(Self { client: self.client.clone(), inner: self.inner.try_clone()?, repeat: self.repeat })
    }

    /// Sends the request.
    ///
    /// # Errors
    ///
    /// As for [`Client::execute`], and those of [`build`](Self::build).
    ///
    /// # Cancel safety
    ///
    /// As for [`Client::execute`].
    pub async fn send(self) -> Result<Response, Error> {
        let request = self.inner.build()?;
        attempt::send(&self.client.inner, request, self.repeat).await
    }
}
