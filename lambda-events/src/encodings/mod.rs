//! How values are written in events: short strings, maps, HTTP headers and bodies, base64, timestamps, and JSON inside strings.

mod base64;
mod body;
mod embedded;
mod headers;
mod map;
mod query;
pub(crate) mod text;
mod time;

pub use self::{
    base64::Base64Data,
    body::Body,
    embedded::Embedded,
    headers::{Headers, MultiHeaders},
    map::{IntoIter, Iter, IterMut, Map},
    text::Text,
    time::{MillisecondTimestamp, Rfc3339Timestamp, SecondTimestamp, TimestampError},
};
