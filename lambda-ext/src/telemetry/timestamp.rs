//! The time of a record.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::{Serialize, Serializer};

/// A point in time, as telemetry writes it: `2026-01-31T23:59:59.123Z`, UTC. `Display` and serde write it so too.
///
/// The methods are named as those of chrono's `DateTime<Utc>`, which `lambda_extension` has in this place.
///
/// # Examples
///
/// ```
/// use lambda_ext::Timestamp;
///
/// let time = Timestamp::parse("2026-01-31T23:59:59.123Z").expect("it is well formed");
/// assert_eq!(time.timestamp_millis(), 1_769_903_999_123);
/// assert_eq!(time.to_string(), "2026-01-31T23:59:59.123Z");
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    /// Nanoseconds since 1970: enough until 2554.
    nanos: u64,
}

impl Timestamp {
    /// 1970-01-01T00:00:00Z: the time of a record that tells none.
    pub const UNIX_EPOCH: Self = Self { nanos: 0 };

    /// Reads RFC 3339: a date, a time, a fraction of up to nine digits that count, and `Z` or an offset. `None` if it is
    /// something else, or before 1970.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let (head, rest) = bytes.split_at_checked(19)?;
        let separators = [(4, b'-'), (7, b'-'), (13, b':'), (16, b':')];
        if separators.iter().any(|&(at, separator)| head[at] != separator) || !b"Tt ".contains(&head[10]) {
            return None;
        }
        let number = |from: usize, to: usize| digits(&head[from..to]);
        let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
        let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
        // 60 is a leap second, which becomes the first of the next minute.
        if !(1..=12).contains(&month) || !(1..=31).contains(&day) || hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        let (fraction, zone) = fraction(rest)?;
        let seconds =
            i64::try_from(days(year, month, day)? * 86_400 + hour * 3600 + minute * 60 + second).ok()?;
        let seconds = u64::try_from(seconds.checked_sub(offset(zone)?)?).ok()?;
        Some(Self { nanos: seconds.checked_mul(1_000_000_000)?.checked_add(fraction)? })
    }

    /// Seconds since 1970.
    pub fn timestamp(self) -> i64 {
        self.since_1970(1_000_000_000)
    }

    /// Milliseconds since 1970.
    pub fn timestamp_millis(self) -> i64 {
        self.since_1970(1_000_000)
    }

    /// Microseconds since 1970.
    pub fn timestamp_micros(self) -> i64 {
        self.since_1970(1_000)
    }

    /// Nanoseconds since 1970, up to the year 2262.
    pub fn timestamp_nanos_opt(self) -> Option<i64> {
        i64::try_from(self.nanos).ok()
    }

    /// As `Display` writes it.
    pub fn to_rfc3339(self) -> String {
        self.to_string()
    }

    fn since_1970(self, unit: u64) -> i64 {
        i64::try_from(self.nanos / unit).expect("a part of u64::MAX nanoseconds fits into i64")
    }
}

impl From<Timestamp> for SystemTime {
    fn from(time: Timestamp) -> Self {
        UNIX_EPOCH + Duration::from_nanos(time.nanos)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.nanos / 1_000_000_000;
        let (year, month, day) = civil(seconds / 86_400);
        let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")?;
        let nanos = self.nanos % 1_000_000_000;
        match nanos % 1_000_000 {
            0 => write!(f, ".{:03}Z", nanos / 1_000_000),
            _ => write!(f, ".{nanos:09}Z"),
        }
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl Visitor<'_> for Text {
            type Value = Timestamp;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a time such as 2026-01-31T23:59:59.123Z")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Timestamp, E> {
                Timestamp::parse(text).ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))
            }
        }
        deserializer.deserialize_str(Text)
    }
}

fn digits(bytes: &[u8]) -> Option<u64> {
    bytes.iter().try_fold(0, |number, byte| match byte {
        b'0'..=b'9' => Some(number * 10 + u64::from(byte - b'0')),
        _ => None,
    })
}

/// Nanoseconds, and what follows them. Digits beyond the ninth are cut off.
fn fraction(rest: &[u8]) -> Option<(u64, &[u8])> {
    let Some(fraction) = rest.strip_prefix(b".") else { return Some((0, rest)) };
    let length = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let counted = &fraction[..length.min(9)];
    let scale = 10_u64.pow(9 - u32::try_from(counted.len()).ok()?);
    (length > 0).then_some((digits(counted)? * scale, &fraction[length..]))
}

/// Seconds east of Greenwich.
fn offset(zone: &[u8]) -> Option<i64> {
    match zone {
        b"Z" | b"z" => Some(0),
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            let seconds = digits(&[*h1, *h2])? * 3600 + digits(&[*m1, *m2])? * 60;
            let seconds = i64::try_from(seconds).ok()?;
            Some(if *sign == b'-' { -seconds } else { seconds })
        }
        _ => None,
    }
}

/// Days since 1970-01-01 in the Gregorian calendar. Years are counted from March, so that the leap day is the last of
/// its year; 400 such years are 146,097 days.
fn days(year: u64, month: u64, day: u64) -> Option<u64> {
    let year = if month <= 2 { year.checked_sub(1)? } else { year };
    let from_march = (month + 9) % 12;
    let day_of_year = (153 * from_march + 2) / 5 + day - 1;
    let (era, year_of_era) = (year / 400, year % 400);
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    (era * 146_097 + day_of_era).checked_sub(719_468)
}

/// The inverse of [`days`].
fn civil(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    (era * 400 + year_of_era + u64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_times_are_read_as_people_write_them() {
        for (text, millis) in [
            ("1970-01-01T00:00:00.000Z", 0),
            ("2000-02-29T00:00:00.001Z", 951_782_400_001),
            ("2024-02-29T23:59:59Z", 1_709_251_199_000),
            ("2100-03-01T00:00:00.000Z", 4_107_542_400_000),
            ("2026-01-01T01:30:00.5+01:30", 1_767_225_600_500),
            ("2025-12-31 23:00:00-01:00", 1_767_225_600_000),
        ] {
            assert_eq!(Timestamp::parse(text).map(Timestamp::timestamp_millis), Some(millis), "{text}");
        }
        let exact = Timestamp::parse("2026-01-01T00:00:00.1234567891Z").unwrap();
        assert_eq!(exact.to_string(), "2026-01-01T00:00:00.123456789Z");
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in [
            "",
            "now",
            "2026-01-01",
            "2026-01-01T00:00:00",
            "2026-13-01T00:00:00Z",
            "2026-01-01T24:00:00Z",
            "2026-01-01T00:00:00.Z",
            "2026-01-01T00:00:00ZZ",
            "1969-12-31T23:59:59Z",
            "0000-01-01T00:00:00Z",
            "9999-01-01T00:00:00Z",
            "2026-01-01T00:00:00+1:00",
            "2026-01-0\u{e9}T00:00:0",
        ] {
            assert_eq!(Timestamp::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(nanos in any::<u64>()) {
            let time = Timestamp { nanos };
            prop_assert_eq!(Timestamp::parse(&time.to_string()), Some(time));
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,40}") {
            let _ = Timestamp::parse(&text);
        }
    }
}
