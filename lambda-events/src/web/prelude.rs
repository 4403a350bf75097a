use crate::encodings::{Headers, MultiHeaders, Text};

event! {
    /// What comes before the body of an answer that is streamed: its status and its headers.
    ///
    /// An answer that is streamed is JSON of this, eight zero bytes, and then the body, as it comes. Its content type,
    /// towards Lambda, is [`StreamingPrelude::CONTENT_TYPE`]. It needs the invoke mode `RESPONSE_STREAM` of a function
    /// URL, or the transfer mode `STREAM` of an integration of API Gateway.
    ///
    /// ```
    /// # #[cfg(feature = "lambda_function_urls")] {
    /// use lambda_events::lambda_function_urls::StreamingPrelude;
    ///
    /// let prelude = StreamingPrelude::new(200).with_header("content-type", "text/plain");
    /// let mut answer = prelude.to_bytes();
    /// assert!(answer.ends_with(&[0; 8]));
    /// answer.extend_from_slice(b"the body");
    /// # }
    /// ```
    ///
    /// <https://docs.aws.amazon.com/lambda/latest/dg/config-rs-invoke-furls.html>
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct StreamingPrelude {
        /// Status code of HTTP.
        pub status_code: u16,
        /// Headers, one value per name.
        pub headers: Headers,
        /// Headers, a list of values per name. Only API Gateway reads them, and joins them with `headers`.
        pub multi_value_headers: MultiHeaders,
        /// Values of `Set-Cookie`: `name=value; Secure`.
        #[serde(
            default,
            deserialize_with = "crate::de::null_as_default",
            skip_serializing_if = "Vec::is_empty"
        )]
        custom pub cookies: Vec<String>,
    }
}

impl StreamingPrelude {
    /// The content type with which Lambda looks for a prelude.
    pub const CONTENT_TYPE: &'static str = "application/vnd.awslambda.http-integration-response";

    /// An answer of this status, without headers.
    pub fn new(status_code: u16) -> Self {
        Self { status_code, ..Self::default() }
    }

    /// The same with this header, which replaces the one of the same name.
    #[must_use]
    pub fn with_header(mut self, name: impl Into<Text>, value: impl Into<String>) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// The same with this value of `Set-Cookie`: `name=value; Secure`.
    #[must_use]
    pub fn with_cookie(mut self, cookie: impl Into<String>) -> Self {
        self.cookies.push(cookie.into());
        self
    }

    /// The JSON and the eight zero bytes, after which the body follows.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.json();
        bytes.extend_from_slice(&[0; 8]);
        bytes
    }

    fn json(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("numbers and strings are written as JSON")
    }
}
