use std::{error, fmt, time::SystemTime};

use serde::{Deserialize, Deserializer, Serialize};

use super::system_time;

/// A point in time that is text in the event: RFC 3339, or ISO 8601 as AWS writes it.
///
/// The text is kept and written as it was. Asking for the time reads it: `2019-01-02T12:45:07.000Z`, with `+00:00` or `+0000`
/// in place of the `Z`, with a space in place of the `T`. Without an offset it is UTC.
///
/// ```
/// use lambda_events::encodings::Rfc3339Timestamp;
///
/// let time: Rfc3339Timestamp = serde_json::from_str(r#""2019-01-02T12:45:07.000Z""#)?;
/// assert_eq!(time.as_str(), "2019-01-02T12:45:07.000Z");
/// assert_eq!(time.as_millis()?, 1_546_433_107_000);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Rfc3339Timestamp(String);

impl Rfc3339Timestamp {
    /// The text of the event. Empty if it was `null`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Milliseconds since the start of 1970 in UTC.
    ///
    /// # Errors
    ///
    /// Fails if the text is not a time.
    pub fn as_millis(&self) -> Result<i64, TimestampError> {
        Ok((self.nanos()?.div_euclid(1_000_000)) as i64)
    }

    /// The time for the standard library.
    ///
    /// # Errors
    ///
    /// As [`Rfc3339Timestamp::as_millis`].
    pub fn to_system_time(&self) -> Result<SystemTime, TimestampError> {
        self.nanos().map(system_time)
    }

    /// The time for `chrono`.
    ///
    /// # Errors
    ///
    /// As [`Rfc3339Timestamp::as_millis`].
    #[cfg(feature = "chrono")]
    pub fn to_chrono(&self) -> Result<chrono::DateTime<chrono::Utc>, TimestampError> {
        let nanos = self.nanos()?;
        let secs = nanos.div_euclid(1_000_000_000) as i64;
        chrono::DateTime::from_timestamp(secs, nanos.rem_euclid(1_000_000_000) as u32)
            .ok_or_else(|| self.error())
    }

    /// The time for `jiff`.
    ///
    /// # Errors
    ///
    /// As [`Rfc3339Timestamp::as_millis`].
    #[cfg(feature = "jiff")]
    pub fn to_jiff(&self) -> Result<jiff::Timestamp, TimestampError> {
        jiff::Timestamp::from_nanosecond(self.nanos()?).map_err(|_| self.error())
    }

    fn nanos(&self) -> Result<i128, TimestampError> {
        nanos(self.0.as_bytes()).ok_or_else(|| self.error())
    }

    fn error(&self) -> TimestampError {
        TimestampError { text: self.0.clone() }
    }
}

impl From<&str> for Rfc3339Timestamp {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for Rfc3339Timestamp {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Display for Rfc3339Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl<'de> Deserialize<'de> for Rfc3339Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::de::string(deserializer)
    }
}

/// Text that is not a time.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TimestampError {
    text: String,
}

impl fmt::Display for TimestampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a time as in 2019-01-02T12:45:07.000Z", self.text)
    }
}

impl error::Error for TimestampError {}

/// Nanoseconds from 1970 to the time that a text says.
pub(super) fn nanos(text: &[u8]) -> Option<i128> {
    let (date, rest) = text.split_at_checked(10)?;
    let (time, mut rest) = rest.split_at_checked(9)?;
    if date[4] != b'-'
        || date[7] != b'-'
        || !matches!(time[0], b'T' | b't' | b' ')
        || time[3] != b':'
        || time[6] != b':'
    {
        return None;
    }
    let (year, month, day) = (digits(&date[..4])?, digits(&date[5..7])?, digits(&date[8..])?);
    let (hour, minute, second) = (digits(&time[1..3])?, digits(&time[4..6])?, digits(&time[7..])?);
    if !(1..=12).contains(&month)
        || !(1..=days_of(year, month)).contains(&day)
        || hour > 23
        || minute > 59
        || second > 60
    {
        return None;
    }

    let mut nanos = 0;
    if let Some(fraction) = rest.strip_prefix(b".") {
        let len = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let kept = len.min(9);
        nanos = digits(&fraction[..kept])? * 10_i64.pow(9 - u32::try_from(kept).ok()?);
        rest = &fraction[len..];
    }
    let secs = days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second - offset(rest)?;
    Some(i128::from(secs) * 1_000_000_000 + i128::from(nanos))
}

/// Seconds east of Greenwich: nothing, `Z`, `+hh:mm` or `+hhmm`.
fn offset(text: &[u8]) -> Option<i64> {
    let (sign, text) = match text {
        [] | b"Z" | b"z" => return Some(0),
        [b'+', text @ ..] => (1, text),
        [b'-', text @ ..] => (-1, text),
        _ => return None,
    };
    let (hours, minutes) = match text {
        [h @ .., b':', m1, m2] if h.len() == 2 => (digits(h)?, digits(&[*m1, *m2])?),
        [h1, h2, m1, m2] => (digits(&[*h1, *h2])?, digits(&[*m1, *m2])?),
        [h1, h2] => (digits(&[*h1, *h2])?, 0),
        _ => return None,
    };
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3_600 + minutes * 60))
}

fn digits(text: &[u8]) -> Option<i64> {
    if text.is_empty() {
        return None;
    }
    text.iter().try_fold(0, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + i64::from(byte - b'0')))
}

fn days_of(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01 to a date. Years are counted from March, so that the leap day is the last of its year.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_a_time_in_every_form_that_services_write() {
        for (text, millis) in [
            ("1970-01-01T00:00:00Z", 0),
            ("1970-01-01T00:00:00.000Z", 0),
            ("2019-01-02T12:45:07.123456789Z", 1_546_433_107_123),
            ("2019-01-02 12:45:07", 1_546_433_107_000),
            ("2019-01-02T13:45:07+01:00", 1_546_433_107_000),
            ("2019-01-02T12:45:07.000+0000", 1_546_433_107_000),
            ("2000-02-29T23:59:59-00:30", 951_870_599_000),
            ("1969-12-31T23:59:59.5Z", -500),
        ] {
            assert_eq!(Rfc3339Timestamp::from(text).as_millis(), Ok(millis), "{text}");
        }
    }

    #[test]
    fn text_that_is_no_time_is_kept_and_refused_when_asked() {
        for text in [
            "",
            "yesterday",
            "2019-13-02T12:45:07Z",
            "2019-02-29T12:45:07Z",
            "2019-01-02T12:45:07Zulu",
            "2019-01-02",
        ] {
            let time: Rfc3339Timestamp = serde_json::from_value(text.into()).unwrap();
            assert!(time.to_system_time().is_err(), "{text}");
            assert_eq!(serde_json::to_value(&time).unwrap(), text);
        }
    }
}
