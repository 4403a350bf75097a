use std::{fmt, time::SystemTime};

use serde::{Deserialize, Deserializer, Serialize};

use crate::encodings::{Rfc3339Timestamp, TimestampError};

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A point in time as CodeBuild writes it: `Sep 1, 2017 4:12:29 PM`, in UTC.
///
/// The text is kept and written as it was. Asking for the time reads it; RFC 3339 is read as well.
///
/// ```
/// use lambda_events::codebuild::CodeBuildTime;
///
/// let time = CodeBuildTime::from("Sep 1, 2017 4:12:29 PM");
/// assert_eq!(time.to_rfc3339().as_str(), "2017-09-01T16:12:29Z");
/// assert_eq!(time.as_millis()?, 1_504_282_349_000);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq, Serialize)]
#[serde(transparent)]
pub struct CodeBuildTime(String);

impl CodeBuildTime {
    /// The text of the event. Empty if it was `null`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same as RFC 3339. Text that is no time stays what it is.
    pub fn to_rfc3339(&self) -> Rfc3339Timestamp {
        rewritten(&self.0).unwrap_or_else(|| self.0.clone()).into()
    }

    /// Milliseconds since the start of 1970 in UTC.
    ///
    /// # Errors
    ///
    /// Fails if the text is not a time.
    pub fn as_millis(&self) -> Result<i64, TimestampError> {
        self.to_rfc3339().as_millis()
    }

    /// The time of the standard library.
    ///
    /// # Errors
    ///
    /// As [`CodeBuildTime::as_millis`].
    pub fn to_system_time(&self) -> Result<SystemTime, TimestampError> {
        self.to_rfc3339().to_system_time()
    }
}

/// The space before `AM` and `PM` is a narrow one in some events, as newer versions of Java write it.
fn rewritten(text: &str) -> Option<String> {
    let mut words = text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty());
    let month = words.next()?;
    let month = 1 + MONTHS.iter().position(|name| *name == month)?;
    let day: u8 = words.next()?.parse().ok()?;
    let year: u16 = words.next()?.parse().ok()?;
    let mut clock = words.next()?.split(':').map(str::parse::<u8>);
    let (hour, minute, second) = (clock.next()?.ok()?, clock.next()?.ok()?, clock.next()?.ok()?);
    let hour = match words.next()? {
        "AM" if (1..=12).contains(&hour) => hour % 12,
        "PM" if (1..=12).contains(&hour) => hour % 12 + 12,
        _ => return None,
    };
    (words.next().is_none() && clock.next().is_none())
        .then(|| format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"))
}

impl From<&str> for CodeBuildTime {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for CodeBuildTime {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Display for CodeBuildTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl<'de> Deserialize<'de> for CodeBuildTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::de::string(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noon_and_midnight_are_hours_of_twelve() {
        let rfc = |text: &str| CodeBuildTime::from(text).to_rfc3339().as_str().to_owned();
        assert_eq!(rfc("Jan 31, 2026 12:00:00 AM"), "2026-01-31T00:00:00Z");
        assert_eq!(rfc("Jan 31, 2026 12:00:00 PM"), "2026-01-31T12:00:00Z");
        assert_eq!(rfc("Dec 1, 2026 11:59:59\u{202f}PM"), "2026-12-01T23:59:59Z");
        assert_eq!(rfc("2026-12-01T23:59:59Z"), "2026-12-01T23:59:59Z");
    }

    #[test]
    fn text_that_is_no_time_is_an_error_that_shows_it() {
        for text in [
            "",
            "yesterday",
            "Sep 1, 2017",
            "Foo 1, 2017 4:12:29 PM",
            "Sep 1, 2017 13:12:29 PM",
            "Sep 1, 2017 4:12 PM",
        ] {
            let error = CodeBuildTime::from(text).as_millis().unwrap_err();
            assert!(error.to_string().contains(text), "{error}");
        }
    }
}
