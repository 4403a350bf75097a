//! Numbers and booleans, and what services and hand-written samples make of them: `"7"`, `7.0`, `1e3`, `"true"`, `""`.

use std::{fmt, marker::PhantomData};

use serde::{Deserializer, de};

/// What can be read leniently. The default is what `null` and the empty string stand for.
pub(crate) trait Number: Default {
    const EXPECTED: &'static str;
    fn from_signed(value: i64) -> Option<Self>;
    fn from_unsigned(value: u64) -> Option<Self>;
    fn from_float(value: f64) -> Option<Self>;
    fn from_bool(value: bool) -> Option<Self>;
    fn from_text(text: &str) -> Option<Self>;
}

macro_rules! integers {
    ($($type:ty),+) => {$(
        impl Number for $type {
            const EXPECTED: &'static str = concat!("a number (", stringify!($type), ")");

            fn from_signed(value: i64) -> Option<Self> {
                value.try_into().ok()
            }

            fn from_unsigned(value: u64) -> Option<Self> {
                value.try_into().ok()
            }

            fn from_float(value: f64) -> Option<Self> {
                // Whole numbers up to 2^53 are exact in a float.
                let whole = value.fract() == 0.0 && value.abs() <= 9_007_199_254_740_992.0;
                whole.then_some(value as i64).and_then(Self::from_signed)
            }

            fn from_bool(_: bool) -> Option<Self> {
                None
            }

            fn from_text(text: &str) -> Option<Self> {
                text.parse().ok().or_else(|| Self::from_float(text.parse().ok()?))
            }
        }
    )+};
}

integers!(u8, u16, u32, u64, i32, i64);

impl Number for f64 {
    const EXPECTED: &'static str = "a number";

    fn from_signed(value: i64) -> Option<Self> {
        Some(value as Self)
    }

    fn from_unsigned(value: u64) -> Option<Self> {
        Some(value as Self)
    }

    fn from_float(value: f64) -> Option<Self> {
        Some(value)
    }

    fn from_bool(_: bool) -> Option<Self> {
        None
    }

    fn from_text(text: &str) -> Option<Self> {
        // Rust knows numbers that JSON does not.
        text.parse().ok().filter(|number: &Self| number.is_finite())
    }
}

impl Number for bool {
    const EXPECTED: &'static str = "a boolean";

    fn from_signed(_: i64) -> Option<Self> {
        None
    }

    fn from_unsigned(_: u64) -> Option<Self> {
        None
    }

    fn from_float(_: f64) -> Option<Self> {
        None
    }

    fn from_bool(value: bool) -> Option<Self> {
        Some(value)
    }

    fn from_text(text: &str) -> Option<Self> {
        if text.eq_ignore_ascii_case("true") {
            Some(true)
        } else {
            text.eq_ignore_ascii_case("false").then_some(false)
        }
    }
}

/// Reads a number. `null` and the empty string are zero, or `false`.
pub(crate) fn number<'de, D: Deserializer<'de>, T: Number>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_any(NumberVisitor(PhantomData))
}

/// The same for a field that may be absent. `null` and the empty string are `None`.
pub(crate) fn optional_number<'de, D: Deserializer<'de>, T: Number>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    deserializer.deserialize_any(OptionVisitor(PhantomData))
}

struct NumberVisitor<T>(PhantomData<T>);

impl<T: Number> NumberVisitor<T> {
    fn checked<E: de::Error>(&self, value: Option<T>, found: de::Unexpected<'_>) -> Result<T, E> {
        value.ok_or_else(|| E::invalid_value(found, &T::EXPECTED))
    }
}

impl<T: Number> de::Visitor<'_> for NumberVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<T, E> {
        self.checked(T::from_signed(value), de::Unexpected::Signed(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<T, E> {
        self.checked(T::from_unsigned(value), de::Unexpected::Unsigned(value))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<T, E> {
        self.checked(T::from_float(value), de::Unexpected::Float(value))
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<T, E> {
        self.checked(T::from_bool(value), de::Unexpected::Bool(value))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        match text.trim() {
            "" => Ok(T::default()),
            trimmed => self.checked(T::from_text(trimmed), de::Unexpected::Str(text)),
        }
    }

    fn visit_unit<E: de::Error>(self) -> Result<T, E> {
        Ok(T::default())
    }
}

/// A number that is read as [`number`] reads it, where no attribute can say so.
pub(crate) struct Lenient<T>(pub(crate) T);

impl<'de, T: Number> de::Deserialize<'de> for Lenient<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        number(deserializer).map(Self)
    }
}

impl From<Lenient<Self>> for i64 {
    fn from(Lenient(number): Lenient<Self>) -> Self {
        number
    }
}

struct OptionVisitor<T>(PhantomData<T>);

impl<T: Number> de::Visitor<'_> for OptionVisitor<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} or null", T::EXPECTED)
    }

    fn visit_unit<E: de::Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Option<T>, E> {
        NumberVisitor(PhantomData).visit_i64(value).map(Some)
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Option<T>, E> {
        NumberVisitor(PhantomData).visit_u64(value).map(Some)
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Option<T>, E> {
        NumberVisitor(PhantomData).visit_f64(value).map(Some)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Option<T>, E> {
        NumberVisitor(PhantomData).visit_bool(value).map(Some)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Option<T>, E> {
        if text.trim().is_empty() { Ok(None) } else { NumberVisitor(PhantomData).visit_str(text).map(Some) }
    }
}
