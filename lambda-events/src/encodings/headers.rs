use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{IntoIter, Iter, Map, Text};
use crate::de::scalar::{headers, lists};

/// Headers of an HTTP request or response, with one value per name. Names keep their case, and are found in whatever case.
///
/// Where a request repeats a header, the service has joined the values by commas or kept the last one. Values are what the
/// service wrote, whether or not HTTP allows them; with the feature `http` they convert from and to `http::HeaderMap`,
/// which is where that is checked. In an event, values that are numbers or booleans are read as their text.
///
/// ```
/// use lambda_events::encodings::Headers;
///
/// let headers: Headers = serde_json::from_str(r#"{"Content-Type": "text/plain"}"#)?;
/// assert_eq!(headers.get("content-type"), Some("text/plain"));
///
/// let mut headers = Headers::from([("Location", "/a")]);
/// headers.insert("location", "/b");
/// assert_eq!(headers, Headers::from([("Location", "/b")]));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Default, Eq, PartialEq)]
pub struct Headers(Map<Text>);

/// Headers of an HTTP request or response, with a list of values per name. Otherwise as [`Headers`].
///
/// ```
/// use lambda_events::encodings::MultiHeaders;
///
/// let mut headers = MultiHeaders::new();
/// headers.append("Set-Cookie", "a=1");
/// headers.append("set-cookie", "b=2");
/// assert_eq!(headers.get_all("set-cookie"), ["a=1", "b=2"]);
/// ```
#[derive(Clone, Default, Eq, PartialEq)]
pub struct MultiHeaders(Map<Vec<String>>);

/// What both have.
macro_rules! common {
    ($($headers:ident of $value:ty, read by $read:ident;)+) => {$(
        impl $headers {
            /// No headers. They are absent until the first is set.
            pub const fn new() -> Self {
                Self(Map::new())
            }

            /// Whether the event did not have headers, or had `null`. They are not written then.
            pub fn is_absent(&self) -> bool {
                self.0.is_absent()
            }

            /// How many names there are.
            pub fn len(&self) -> usize {
                self.0.len()
            }

            /// Whether there is no header.
            pub fn is_empty(&self) -> bool {
                self.0.is_empty()
            }

            /// Whether there is a header of this name, in whatever case.
            pub fn contains(&self, name: &str) -> bool {
                self.0.get_ignore_case(name).is_some()
            }

            /// Names and values, in the order of the event.
            pub fn iter(&self) -> Iter<'_, $value> {
                self.0.iter()
            }

            /// The names, in the order and the case of the event.
            pub fn names(&self) -> impl Iterator<Item = &str> {
                self.0.keys()
            }

            /// Takes a header out, and returns what it had. If the name is there in more than one case, all of them go.
            pub fn remove(&mut self, name: &str) -> Option<$value> {
                let mut removed = None;
                while let Some(key) = self.key(name) {
                    let value = self.0.remove(&key);
                    removed = removed.or(value);
                }
                removed
            }

            /// The headers as a map, in which names have a case.
            pub fn into_map(self) -> Map<$value> {
                self.0
            }

            /// The name as it is written, if it is there.
            fn key(&self, name: &str) -> Option<Text> {
                self.0.keys().find(|key| key.eq_ignore_ascii_case(name)).map(Text::from)
            }

            fn set(&mut self, name: Text, value: $value) -> Option<$value> {
                match self.key(&name) {
                    Some(key) => self.0.insert(key, value),
                    None => self.0.insert(name, value),
                }
            }
        }

        impl fmt::Debug for $headers {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl<'a> IntoIterator for &'a $headers {
            type Item = (&'a str, &'a $value);
            type IntoIter = Iter<'a, $value>;

            fn into_iter(self) -> Iter<'a, $value> {
                self.iter()
            }
        }

        impl IntoIterator for $headers {
            type Item = (String, $value);
            type IntoIter = IntoIter<$value>;

            fn into_iter(self) -> IntoIter<$value> {
                self.0.into_iter()
            }
        }

        /// A name that occurs again, in whatever case, adds a value.
        impl<K: Into<Text>, S: Into<String>> FromIterator<(K, S)> for $headers {
            fn from_iter<I: IntoIterator<Item = (K, S)>>(headers: I) -> Self {
                let mut all = Self(std::iter::empty::<(Text, $value)>().collect());
                all.extend(headers);
                all
            }
        }

        impl<K: Into<Text>, S: Into<String>> Extend<(K, S)> for $headers {
            fn extend<I: IntoIterator<Item = (K, S)>>(&mut self, headers: I) {
                headers.into_iter().for_each(|(name, value)| self.append(name, value));
            }
        }

        impl<K: Into<Text>, S: Into<String>, const N: usize> From<[(K, S); N]> for $headers {
            fn from(headers: [(K, S); N]) -> Self {
                headers.into_iter().collect()
            }
        }

        impl Serialize for $headers {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.0.serialize(serializer)
            }
        }

        impl<'de> Deserialize<'de> for $headers {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $read(deserializer).map(Self)
            }
        }
    )+};
}

common! {
    Headers of Text, read by headers;
    MultiHeaders of Vec<String>, read by lists;
}

impl Headers {
    /// The value of a header, by its name in whatever case.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get_ignore_case(name).map(Text::as_str)
    }

    /// Sets a header, and returns the value it had.
    pub fn insert(&mut self, name: impl Into<Text>, value: impl Into<String>) -> Option<Text> {
        self.set(name.into(), value.into().into())
    }

    /// Adds a value to a header: after a comma if it has one. That is how HTTP repeats every header but `Set-Cookie`, for
    /// which answers have `cookies` or [`MultiHeaders`].
    pub fn append(&mut self, name: impl Into<Text>, value: impl Into<String>) {
        let (name, value) = (name.into(), value.into());
        match self.key(&name).and_then(|key| self.0.get_mut(&key)) {
            Some(values) => *values = format!("{values}, {value}").into(),
            None => drop(self.0.insert(name, value.into())),
        }
    }
}

impl MultiHeaders {
    /// The first value of a header, by its name in whatever case.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.get_all(name).first().map(String::as_str)
    }

    /// All values of a header, by its name in whatever case. Empty if it is not there.
    pub fn get_all(&self, name: &str) -> &[String] {
        self.0.get_ignore_case(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// Sets a header to this one value, and returns the values it had.
    pub fn insert(&mut self, name: impl Into<Text>, value: impl Into<String>) -> Option<Vec<String>> {
        self.set(name.into(), vec![value.into()])
    }

    /// Adds a value to a header.
    pub fn append(&mut self, name: impl Into<Text>, value: impl Into<String>) {
        let (name, value) = (name.into(), value.into());
        match self.key(&name).and_then(|key| self.0.get_mut(&key)) {
            Some(values) => values.push(value),
            None => drop(self.0.insert(name, vec![value])),
        }
    }
}

#[cfg(feature = "http")]
mod convert {
    use http::{HeaderMap, HeaderName, HeaderValue};

    use super::{Headers, MultiHeaders};

    /// Values of the same name are joined by commas. Bytes that are not UTF-8 become `\u{fffd}`.
    impl From<&HeaderMap> for Headers {
        fn from(map: &HeaderMap) -> Self {
            map.iter().map(|(name, value)| (name.as_str(), text(value))).collect()
        }
    }

    /// Bytes that are not UTF-8 become `\u{fffd}`.
    impl From<&HeaderMap> for MultiHeaders {
        fn from(map: &HeaderMap) -> Self {
            map.iter().map(|(name, value)| (name.as_str(), text(value))).collect()
        }
    }

    impl From<HeaderMap> for Headers {
        fn from(map: HeaderMap) -> Self {
            Self::from(&map)
        }
    }

    impl From<HeaderMap> for MultiHeaders {
        fn from(map: HeaderMap) -> Self {
            Self::from(&map)
        }
    }

    fn text(value: &HeaderValue) -> String {
        String::from_utf8_lossy(value.as_bytes()).into_owned()
    }

    /// Fails at the first name or value that HTTP does not allow.
    impl TryFrom<&Headers> for HeaderMap {
        type Error = http::Error;

        fn try_from(headers: &Headers) -> Result<Self, http::Error> {
            pairs(headers.iter().map(|(name, value)| (name, value.as_str())))
        }
    }

    /// Fails at the first name or value that HTTP does not allow.
    impl TryFrom<&MultiHeaders> for HeaderMap {
        type Error = http::Error;

        fn try_from(headers: &MultiHeaders) -> Result<Self, http::Error> {
            let values = |(name, values)| {
                let values: &Vec<String> = values;
                values.iter().map(move |value| (name, value.as_str()))
            };
            pairs(headers.iter().flat_map(values))
        }
    }

    fn pairs<'a>(headers: impl Iterator<Item = (&'a str, &'a str)>) -> Result<HeaderMap, http::Error> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            let name = HeaderName::from_bytes(name.as_bytes())?;
            map.append(name, HeaderValue::from_bytes(value.as_bytes())?);
        }
        Ok(map)
    }
}
