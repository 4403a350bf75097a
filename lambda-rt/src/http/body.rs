//! The body of a request, and of an answer that is written by hand.

use std::borrow::Cow;
use std::convert::Infallible;
use std::ops::Deref;
use std::pin::Pin;
use std::task::{Context, Poll};

use base64::Engine;
use base64::display::Base64Display;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A body: nothing, text, or bytes. The shape is that of `lambda_http`.
///
/// A request has [`Text`](Self::Text) where the event did, and [`Binary`](Self::Binary) where it was base64. For an answer the two
/// differ in nothing: how it is sent is decided by its [type and its bytes](super#bodies).
///
/// # Examples
///
/// ```
/// use lambda_rt::http::Body;
///
/// assert_eq!(Body::from("text"), Body::Text("text".to_owned()));
/// assert_eq!(&*Body::from(vec![1, 2]), [1, 2]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Body {
    /// No bytes.
    #[default]
    Empty,
    /// Text.
    Text(String),
    /// Bytes that need not be text.
    Binary(Vec<u8>),
}

impl Body {
    /// The body that an event has in its members `body` and `isBase64Encoded`. What is not the base64 that it is said to be stays
    /// text.
    ///
    /// # Examples
    ///
    /// ```
    /// use lambda_rt::http::Body;
    ///
    /// assert_eq!(Body::from_maybe_encoded(true, "/9g="), Body::Binary(vec![0xff, 0xd8]));
    /// assert_eq!(Body::from_maybe_encoded(false, "/9g="), Body::Text("/9g=".to_owned()));
    /// ```
    pub fn from_maybe_encoded(is_base64_encoded: bool, body: &str) -> Self {
        if is_base64_encoded && let Ok(bytes) = BASE64_STANDARD.decode(body) {
            return Self::Binary(bytes);
        }
        Self::from(body)
    }

    /// The bytes, without a copy.
    pub(super) fn into_bytes(self) -> Bytes {
        match self {
            Self::Empty => Bytes::new(),
            Self::Text(text) => text.into(),
            Self::Binary(bytes) => bytes.into(),
        }
    }
}

impl AsRef<[u8]> for Body {
    fn as_ref(&self) -> &[u8] {
        match self {
            Self::Empty => &[],
            Self::Text(text) => text.as_bytes(),
            Self::Binary(bytes) => bytes,
        }
    }
}

impl Deref for Body {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.as_ref()
    }
}

impl From<()> for Body {
    fn from((): ()) -> Self {
        Self::Empty
    }
}

impl From<&str> for Body {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Cow<'static, str>> for Body {
    fn from(text: Cow<'static, str>) -> Self {
        Self::Text(text.into_owned())
    }
}

impl From<&[u8]> for Body {
    fn from(bytes: &[u8]) -> Self {
        Self::Binary(bytes.to_vec())
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Binary(bytes)
    }
}

impl From<Cow<'static, [u8]>> for Body {
    fn from(bytes: Cow<'static, [u8]>) -> Self {
        Self::Binary(bytes.into_owned())
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self::Binary(bytes.into())
    }
}

/// As an event or an answer has it: text as it is, bytes in base64, nothing as `null`.
impl Serialize for Body {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Empty => serializer.serialize_unit(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Binary(bytes) => serializer.collect_str(&Base64Display::new(bytes, &BASE64_STANDARD)),
        }
    }
}

/// Text, or nothing for `null`. Whether text is base64 is said beside it, see [`from_maybe_encoded`](Body::from_maybe_encoded).
impl<'de> Deserialize<'de> for Body {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::<String>::deserialize(deserializer).map(|text| text.map_or(Self::Empty, Self::Text))
    }
}

impl HttpBody for Body {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let bytes = std::mem::take(self.get_mut()).into_bytes();
        Poll::Ready((!bytes.is_empty()).then(|| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.len() as u64)
    }
}
