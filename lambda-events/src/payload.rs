use std::{error, fmt};

/// A payload inside an event that could not be read: the body of a message, the data of a record.
///
/// `Display` names the record. What is wrong with it is the [source](error::Error::source).
pub struct PayloadError(Box<Inner>);

struct Inner {
    kind: Kind,
    record: Option<String>,
    source: Option<Box<dyn error::Error + Send + Sync>>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Kind {
    Base64,
    Utf8,
    Json,
    Compression,
    Absent,
}

impl PayloadError {
    pub(crate) fn base64(source: base64::DecodeError) -> Self {
        Self::new(Kind::Base64, Some(source.into()))
    }

    pub(crate) fn utf8(source: std::str::Utf8Error) -> Self {
        Self::new(Kind::Utf8, Some(source.into()))
    }

    pub(crate) fn json(source: serde_json::Error) -> Self {
        Self::new(Kind::Json, Some(source.into()))
    }

    /// An error of the same kind as one that has to stay where it is: its text is its source.
    pub(crate) fn json_text(source: &str) -> Self {
        Self::new(Kind::Json, Some(source.into()))
    }

    pub(crate) fn compression(source: std::io::Error) -> Self {
        Self::new(Kind::Compression, Some(source.into()))
    }

    pub(crate) fn absent() -> Self {
        Self::new(Kind::Absent, None)
    }

    fn new(kind: Kind, source: Option<Box<dyn error::Error + Send + Sync>>) -> Self {
        Self(Box::new(Inner { kind, record: None, source }))
    }

    /// Says in which record it happened, by what the service knows the record by.
    pub(crate) fn in_record(mut self, record: &str) -> Self {
        self.0.record = Some(record.to_owned());
        self
    }

    /// The record: a message id, a sequence number, or what else the service knows it by. `None` if the payload was asked for
    /// itself, not through its record.
    pub fn record(&self) -> Option<&str> {
        self.0.record.as_deref()
    }

    /// The text is not base64.
    pub fn is_base64(&self) -> bool {
        self.0.kind == Kind::Base64
    }

    /// The bytes are not UTF-8.
    pub fn is_utf8(&self) -> bool {
        self.0.kind == Kind::Utf8
    }

    /// The text is not JSON, or not the JSON of the type that was asked for.
    pub fn is_json(&self) -> bool {
        self.0.kind == Kind::Json
    }

    /// The bytes cannot be decompressed.
    pub fn is_compression(&self) -> bool {
        self.0.kind == Kind::Compression
    }

    /// There is no payload.
    pub fn is_absent(&self) -> bool {
        self.0.kind == Kind::Absent
    }
}

impl fmt::Debug for PayloadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PayloadError")
            .field("kind", &self.0.kind)
            .field("record", &self.0.record)
            .field("source", &self.0.source)
            .finish()
    }
}

impl fmt::Display for PayloadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.record {
            Some(record) => write!(f, "the payload of `{record}` ")?,
            None => f.write_str("the payload ")?,
        }
        f.write_str(match self.0.kind {
            Kind::Base64 => "is not base64",
            Kind::Utf8 => "is not UTF-8",
            Kind::Json => "is not the JSON that was expected",
            Kind::Compression => "cannot be decompressed",
            Kind::Absent => "is absent",
        })
    }
}

impl error::Error for PayloadError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        self.0.source.as_ref().map(|source| &**source as _)
    }
}
