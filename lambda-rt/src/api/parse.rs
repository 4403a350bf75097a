//! The headers of `next`, turned into an invocation. No I/O; whatever the bytes are, nothing here fails.

use std::str;
use std::time::{Duration, SystemTime};

use bytes::Bytes;

use super::head::Headers;
use super::header;
use crate::context::Context;
use crate::invocation::Invocation;

/// What `next` said about an event, header by header.
#[derive(Debug, Default)]
pub(crate) struct EventHeaders {
    context: Context,
    /// Headers that were present and unusable, each with what was wrong.
    problems: Vec<(&'static str, String)>,
    has_deadline: bool,
}

/// An event, and what could not be used of its headers.
#[derive(Debug)]
pub(crate) struct Event {
    /// `None` when there is no request id: such an event cannot be answered.
    pub(crate) invocation: Option<Invocation>,
    pub(crate) problems: Vec<(&'static str, String)>,
}

impl EventHeaders {
    pub(crate) fn into_event(mut self, payload: Bytes) -> Event {
        if !self.has_deadline {
            self.problems.push((header::DEADLINE_MS, "is missing".to_owned()));
        }
        if self.context.invoked_function_arn.is_empty() {
            self.problems.push((header::FUNCTION_ARN, "is missing".to_owned()));
        }
        let answerable = !self.context.request_id.is_empty();
        Event {
            invocation: answerable.then(|| Invocation::new(payload, self.context)),
            problems: self.problems,
        }
    }

    /// Notes a value that is there and cannot be used.
    fn problem(&mut self, name: &'static str, what: impl Into<String>) {
        self.problems.push((name, what.into()));
    }

    /// The value as text. Empty counts as absent: some services send optional headers with nothing in them.
    fn text<'v>(&mut self, name: &'static str, value: &'v [u8]) -> Option<&'v str> {
        match str::from_utf8(value) {
            Ok(text) => Some(text).filter(|text| !text.is_empty()),
            Err(_) => {
                self.problem(name, "is not UTF-8");
                None
            }
        }
    }

    fn json<T: serde::de::DeserializeOwned>(&mut self, name: &'static str, value: &[u8]) -> Option<T> {
        let text = self.text(name, value)?;
        if !text.trim_start().starts_with('{') {
            self.problem(name, "is not a JSON object");
            return None;
        }
        match serde_json::from_str(text) {
            Ok(parsed) => Some(parsed),
            Err(error) => {
                self.problem(name, format!("cannot be read: {error}"));
                None
            }
        }
    }

    fn deadline(&mut self, value: &[u8]) {
        self.has_deadline = true;
        let Some(text) = self.text(header::DEADLINE_MS, value) else {
            self.has_deadline = !value.is_empty();
            return;
        };
        let deadline = text
            .parse::<u64>()
            .ok()
            .and_then(|millis| SystemTime::UNIX_EPOCH.checked_add(Duration::from_millis(millis)));
        if deadline.is_none() {
            self.problem(header::DEADLINE_MS, "is not a time in milliseconds since 1970");
        }
        self.context.set_deadline(deadline);
    }

    fn invocation_id(&mut self, value: &[u8]) {
        let Some(text) = self.text(header::INVOCATION_ID, value) else { return };
        // It is sent back as a header: what a header cannot carry is dropped rather than altered.
        if text.bytes().all(|b| (b' '..=b'~').contains(&b)) {
            self.context.invocation_id = Some(text.to_owned());
        } else {
            self.problem(header::INVOCATION_ID, "cannot be echoed in a header");
        }
    }
}

impl Headers for EventHeaders {
    fn header(&mut self, name: &str, value: &[u8]) {
        const PREFIX: &str = "lambda-runtime-";
        let ours = name.get(..PREFIX.len()).is_some_and(|start| start.eq_ignore_ascii_case(PREFIX));
        if !ours {
            return;
        }
        let is = |known: &str| name.eq_ignore_ascii_case(known);
        if is(header::REQUEST_ID) {
            if let Some(id) = self.text(header::REQUEST_ID, value) {
                self.context.request_id = id.to_owned();
            }
        } else if is(header::DEADLINE_MS) {
            self.deadline(value);
        } else if is(header::FUNCTION_ARN) {
            if let Some(arn) = self.text(header::FUNCTION_ARN, value) {
                self.context.invoked_function_arn = arn.to_owned();
            }
        } else if is(header::TRACE_ID) {
            self.context.xray_trace_id = self.text(header::TRACE_ID, value).map(str::to_owned);
        } else if is(header::CLIENT_CONTEXT) {
            self.context.client_context = self.json(header::CLIENT_CONTEXT, value);
        } else if is(header::COGNITO_IDENTITY) {
            self.context.identity = self.json(header::COGNITO_IDENTITY, value);
        } else if is(header::TENANT_ID) {
            self.context.tenant_id = self.text(header::TENANT_ID, value).map(str::to_owned);
        } else if is(header::INVOCATION_ID) {
            self.invocation_id(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(headers: &[(&str, &[u8])]) -> Event {
        let mut parsed = EventHeaders::default();
        for (name, value) in headers {
            parsed.header(name, value);
        }
        parsed.into_event(Bytes::new())
    }

    #[test]
    fn every_header_of_next_reaches_the_context() {
        let event = event(&[
            ("Lambda-Runtime-Aws-Request-Id", b"id-1"),
            ("lambda-runtime-deadline-ms", b"1700000000123"),
            ("LAMBDA-RUNTIME-INVOKED-FUNCTION-ARN", b"arn:aws:lambda:us-east-1:123456789012:function:f:live"),
            (
                "Lambda-Runtime-Trace-Id",
                b"Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=1;Lineage=a:1|b:2",
            ),
            (
                "Lambda-Runtime-Client-Context",
                br#"{"client":{"installation_id":"i"},"env":{"k":"v"},"custom":{"a":{"b":1}}}"#,
            ),
            ("Lambda-Runtime-Cognito-Identity", br#"{"cognitoIdentityId":"a","cognitoIdentityPoolId":"b"}"#),
            ("Lambda-Runtime-Aws-Tenant-Id", b"blue"),
            ("Lambda-Runtime-Invocation-Id", b"attempt-7"),
            ("Content-Type", b"application/json"),
        ]);
        assert_eq!(event.problems, []);
        let context = event.invocation.unwrap().context;
        assert_eq!(context.request_id, "id-1");
        assert_eq!(
            context.deadline(),
            SystemTime::UNIX_EPOCH.checked_add(Duration::from_millis(1_700_000_000_123))
        );
        assert!(context.invoked_function_arn.ends_with(":live"));
        assert_eq!(
            context.xray_trace_id.as_deref(),
            Some("Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=1;Lineage=a:1|b:2")
        );
        let client = context.client_context.unwrap();
        assert_eq!(client.environment["k"], "v");
        assert_eq!(client.custom["a"]["b"], 1);
        assert_eq!(context.identity.unwrap().identity_pool_id, "b");
        assert_eq!(context.tenant_id.as_deref(), Some("blue"));
        assert_eq!(context.invocation_id.as_deref(), Some("attempt-7"));
    }

    #[test]
    fn case_6_empty_optional_headers_are_absent_and_no_problem() {
        let event = event(&[
            ("Lambda-Runtime-Aws-Request-Id", b"id"),
            ("Lambda-Runtime-Deadline-Ms", b"1"),
            ("Lambda-Runtime-Invoked-Function-Arn", b"arn"),
            ("Lambda-Runtime-Trace-Id", b""),
            ("Lambda-Runtime-Client-Context", b""),
            ("Lambda-Runtime-Cognito-Identity", b""),
            ("Lambda-Runtime-Aws-Tenant-Id", b""),
            ("Lambda-Runtime-Invocation-Id", b""),
        ]);
        assert_eq!(event.problems, []);
        let context = event.invocation.unwrap().context;
        assert!(
            context.xray_trace_id.is_none() && context.client_context.is_none() && context.identity.is_none()
        );
        assert!(context.tenant_id.is_none() && context.invocation_id.is_none());
    }

    #[test]
    fn unusable_headers_are_absent_and_named() {
        for (name, value, problem) in [
            ("lambda-runtime-deadline-ms", &b"soon"[..], "milliseconds"),
            ("lambda-runtime-deadline-ms", b"99999999999999999999999", "milliseconds"),
            ("lambda-runtime-deadline-ms", b"-1", "milliseconds"),
            ("lambda-runtime-trace-id", b"\xff\xfe", "UTF-8"),
            ("lambda-runtime-client-context", b"[]", "not a JSON object"),
            ("lambda-runtime-client-context", b"{", "cannot be read"),
            ("lambda-runtime-cognito-identity", b"\"text\"", "not a JSON object"),
            ("lambda-runtime-invocation-id", "é".as_bytes(), "echoed"),
        ] {
            let event = event(&[("lambda-runtime-aws-request-id", b"id"), (name, value)]);
            let found = event.problems.iter().find(|(header, _)| *header == name);
            assert!(found.is_some_and(|(_, what)| what.contains(problem)), "{name}: {:?}", event.problems);
            assert!(event.invocation.is_some(), "{name}");
        }
    }

    #[test]
    fn an_event_without_a_request_id_cannot_be_answered() {
        assert!(event(&[("lambda-runtime-deadline-ms", b"1")]).invocation.is_none());
        assert!(event(&[("lambda-runtime-aws-request-id", b"\xff")]).invocation.is_none());
    }
}
