use std::{
    fmt,
    num::{ParseFloatError, ParseIntError},
    str::FromStr,
    time::SystemTime,
};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{nanos, rfc3339, system_time};
use crate::de::Number;

/// A point in time that is a number of milliseconds since 1970 in the event.
///
/// The same number as a string is read too, and so is the text of an [`Rfc3339Timestamp`](super::Rfc3339Timestamp): samples have them.
///
/// ```
/// use lambda_events::encodings::MillisecondTimestamp;
///
/// let sent: MillisecondTimestamp = serde_json::from_str("1545082649183")?;
/// assert_eq!(sent.as_millis(), 1_545_082_649_183);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct MillisecondTimestamp(i64);

impl MillisecondTimestamp {
    /// So many milliseconds after the start of 1970 in UTC, or before it.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since the start of 1970 in UTC.
    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// The same for the standard library.
    pub fn to_system_time(self) -> SystemTime {
        system_time(i128::from(self.0) * 1_000_000)
    }

    /// The same for `chrono`. `None` outside of what it can hold.
    #[cfg(feature = "chrono")]
    pub fn to_chrono(self) -> Option<chrono::DateTime<chrono::Utc>> {
        chrono::DateTime::from_timestamp_millis(self.0)
    }

    /// The same for `jiff`.
    ///
    /// # Errors
    ///
    /// Fails outside of what it can hold.
    #[cfg(feature = "jiff")]
    pub fn to_jiff(self) -> Result<jiff::Timestamp, jiff::Error> {
        jiff::Timestamp::from_millisecond(self.0)
    }
}

impl From<SystemTime> for MillisecondTimestamp {
    fn from(time: SystemTime) -> Self {
        Self(i64::try_from(nanos(time) / 1_000_000).unwrap_or(i64::MAX))
    }
}

impl fmt::Display for MillisecondTimestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl FromStr for MillisecondTimestamp {
    type Err = ParseIntError;

    fn from_str(text: &str) -> Result<Self, ParseIntError> {
        text.parse().map(Self)
    }
}

/// A point in time that is a number of seconds since 1970 in the event, with or without a fraction.
///
/// The same number as a string is read too, and so is the text of an [`Rfc3339Timestamp`](super::Rfc3339Timestamp): samples have them.
///
/// ```
/// use lambda_events::encodings::SecondTimestamp;
///
/// let arrived: SecondTimestamp = serde_json::from_str("1545084650.987")?;
/// assert_eq!(arrived.as_millis(), 1_545_084_650_987);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct SecondTimestamp(f64);

impl SecondTimestamp {
    /// So many seconds after the start of 1970 in UTC, or before it.
    pub const fn from_secs(secs: f64) -> Self {
        Self(secs)
    }

    /// Seconds since the start of 1970 in UTC.
    pub const fn as_secs(self) -> f64 {
        self.0
    }

    /// Milliseconds since the start of 1970 in UTC, rounded.
    pub fn as_millis(self) -> i64 {
        (self.0 * 1e3).round() as i64
    }

    /// The same for the standard library, rounded to microseconds: a `f64` holds no more of today's times.
    pub fn to_system_time(self) -> SystemTime {
        system_time(self.nanos())
    }

    /// The same for `chrono`. `None` outside of what it can hold.
    #[cfg(feature = "chrono")]
    pub fn to_chrono(self) -> Option<chrono::DateTime<chrono::Utc>> {
        chrono::DateTime::from_timestamp_micros((self.0 * 1e6).round() as i64)
    }

    /// The same for `jiff`.
    ///
    /// # Errors
    ///
    /// Fails outside of what it can hold.
    #[cfg(feature = "jiff")]
    pub fn to_jiff(self) -> Result<jiff::Timestamp, jiff::Error> {
        jiff::Timestamp::from_nanosecond(self.nanos())
    }

    fn nanos(self) -> i128 {
        (self.0 * 1e6).round() as i128 * 1_000
    }
}

impl From<SystemTime> for SecondTimestamp {
    fn from(time: SystemTime) -> Self {
        Self((nanos(time) / 1_000) as f64 / 1e6)
    }
}

impl fmt::Display for SecondTimestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl FromStr for SecondTimestamp {
    type Err = ParseFloatError;

    fn from_str(text: &str) -> Result<Self, ParseFloatError> {
        text.parse().map(Self)
    }
}

impl Serialize for SecondTimestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Whole numbers are written without a fraction, as services do: also those that are really microseconds.
        if self.0.fract() == 0.0 && self.0.abs() < 9e15 {
            serializer.serialize_i64(self.0 as i64)
        } else {
            serializer.serialize_f64(self.0)
        }
    }
}

impl<'de> Deserialize<'de> for MillisecondTimestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::de::number(deserializer)
    }
}

impl Number for MillisecondTimestamp {
    const EXPECTED: &'static str = "a time in milliseconds since 1970";

    fn from_signed(value: i64) -> Option<Self> {
        Some(Self(value))
    }

    fn from_unsigned(value: u64) -> Option<Self> {
        value.try_into().ok().map(Self)
    }

    fn from_float(value: f64) -> Option<Self> {
        value.is_finite().then_some(Self(value.round() as i64))
    }

    fn from_bool(_: bool) -> Option<Self> {
        None
    }

    fn from_text(text: &str) -> Option<Self> {
        let millis =
            || rfc3339::nanos(text.as_bytes()).and_then(|nanos| nanos.div_euclid(1_000_000).try_into().ok());
        let float = || text.parse().ok().and_then(Self::from_float);
        text.parse().ok().or_else(millis).map(Self).or_else(float)
    }
}

impl<'de> Deserialize<'de> for SecondTimestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::de::number(deserializer)
    }
}

impl Number for SecondTimestamp {
    const EXPECTED: &'static str = "a time in seconds since 1970";

    fn from_signed(value: i64) -> Option<Self> {
        Some(Self(value as f64))
    }

    fn from_unsigned(value: u64) -> Option<Self> {
        Some(Self(value as f64))
    }

    fn from_float(value: f64) -> Option<Self> {
        Some(Self(value))
    }

    fn from_bool(_: bool) -> Option<Self> {
        None
    }

    fn from_text(text: &str) -> Option<Self> {
        let secs = || rfc3339::nanos(text.as_bytes()).map(|nanos| nanos as f64 / 1e9);
        text.parse().ok().filter(|secs: &f64| secs.is_finite()).or_else(secs).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::*;

    #[test]
    fn a_fraction_of_a_second_is_a_fraction_of_a_second() {
        let time: SecondTimestamp = serde_json::from_str("1480642020.5").unwrap();
        assert_eq!(time.as_millis(), 1_480_642_020_500);
        assert_eq!(time.to_system_time(), UNIX_EPOCH + Duration::from_millis(1_480_642_020_500));
        assert_eq!(serde_json::to_string(&time).unwrap(), "1480642020.5");
        assert_eq!(serde_json::to_string(&SecondTimestamp::from_secs(1e9)).unwrap(), "1000000000");
    }

    #[test]
    fn times_of_the_standard_library_and_ours_are_the_same() {
        let time = UNIX_EPOCH + Duration::from_millis(1_545_082_649_183);
        assert_eq!(MillisecondTimestamp::from(time).to_system_time(), time);
        assert_eq!(SecondTimestamp::from(time).to_system_time(), time);
        assert_eq!(
            MillisecondTimestamp::from_millis(-1).to_system_time(),
            UNIX_EPOCH - Duration::from_millis(1)
        );
        assert_eq!(MillisecondTimestamp::from_millis(i64::MAX).as_millis(), i64::MAX);
    }
}
