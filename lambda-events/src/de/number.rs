//! Numbers and booleans, and what services and hand-written samples make of them: `"7"`, `7.0`, `"true"`.

use std::{fmt, marker::PhantomData};

use serde::{Deserializer, de};

/// What can be read leniently.
pub(crate) trait Number: Sized {
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
                text.parse().ok()
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
        text.parse().ok()
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
        self.checked(T::from_text(text.trim()), de::Unexpected::Str(text))
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
