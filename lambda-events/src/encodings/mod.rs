//! How values are written in events: short strings, maps, base64, timestamps, and JSON inside strings.

mod base64;
mod embedded;
mod map;
mod text;
mod time;

pub use self::{
    base64::Base64Data,
    embedded::Embedded,
    map::{IntoIter, Iter, IterMut, Map},
    text::Text,
    time::{MillisecondTimestamp, Rfc3339Timestamp, SecondTimestamp, TimestampError},
};
