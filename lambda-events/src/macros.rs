//! What every struct and every enum of an event has in common, said once.

/// Declares structs of an event or of an answer.
///
/// A field is written as it is typed, and its type says what happens when the service leaves it out:
///
/// | Type | Missing, or `null` | Written |
/// |---|---|---|
/// | `Option<T>` | `None`; of a number or a time, also `""` | when it is `Some` |
/// | `Map<V>`, `Headers`, `MultiHeaders` | empty and [absent](crate::encodings::Map::is_absent) | unless it is absent |
/// | `String`, `Text`, `Vec<T>`, what is a string on the wire | empty | always |
/// | `bool`, `u8` to `u64`, `i32`, `i64`, `f64` | missing is an error that names the field; `null` and `""` are 0 or `false` | always |
/// | any other | an error that names the field | always |
/// | `required` before `pub` | missing is an error; `null` is empty | always |
///
/// Numbers, booleans and times are read from strings and from floats too: `"7"` and `7.0` are 7. In a `Map<String>`, numbers
/// and booleans are read as their text.
///
/// Attributes of a field are kept, so that `#[serde(rename = "…")]` and `#[serde(default)]` work as usual. `custom` before
/// `pub` adds nothing to them: it is for `#[serde(with = "…")]` on a type of this table. Each struct gets the field `other` with
/// the feature `catch-all-fields`.
macro_rules! event {
    // The end: every field has been seen.
    (@fields { $($head:tt)* } { $($out:tt)* }) => {
        $($head)* {
            $($out)*
            /// Members that this crate does not know, by name. Only with the feature `catch-all-fields`; without it they are
            /// dropped.
            #[cfg(feature = "catch-all-fields")]
            #[serde(flatten)]
            pub other: serde_json::Map<String, serde_json::Value>,
        }
    };
    (@fields { $($head:tt)* } { $($out:tt)* } $(#[$meta:meta])* pub $name:ident: Option<u8>, $($rest:tt)*) => {
        event! { @optional { $($head)* } { $($out)* } { $(#[$meta])* } { $name: u8 } $($rest)* }
    };
    (@fields { $($head:tt)* } { $($out:tt)* } $(#[$meta:meta])* pub $name:ident: Option<u16>, $($rest:tt)*) => {
        event! { @optional { $($head)* } { $($out)* } { $(#[$meta])* } { $name: u16 } $($rest)* }
    };
    (@fields { $($head:tt)* } { $($out:tt)* } $(#[$meta:meta])* pub $name:ident: Option<u32>, $($rest:tt)*) => {
        event! { @optional { $($head)* } { $($out)* } { $(#[$meta])* } { $name: u32 } $($rest)* }
    };
    (@fields { $($head:tt)* } { $($out:tt)* } $(#[$meta:meta])* pub $name:ident: Option<u64>, $($rest:tt)*) => {
        event! { @optional { $($head)* } { $($out)* } { $(#[$meta])* } { $name: u64 } $($rest)* }
    };
    (@fields { $($head:tt)* } { $($out:tt)* } $(#[$meta:meta])* pub $name:ident: Option<i32>, $($rest:tt)*) => {
        event! { @optional { $($head)* } { $($out)* } { $(#[$meta])* } { $name: i32 } $($rest)* }
    };
    (@fields { $($head:tt)* } { $($out:tt)* } $(#[$meta:meta])* pub $name:ident: Option<i64>, $($rest:tt)*) => {
        event! { @optional { $($head)* } { $($out)* } { $(#[$meta])* } { $name: i64 } $($rest)* }
    };
    (@fields { $($head:tt)* } { $($out:tt)* } $(#[$meta:meta])* pub $name:ident: Option<f64>, $($rest:tt)*) => {
        event! { @optional { $($head)* } { $($out)* } { $(#[$meta])* } { $name: f64 } $($rest)* }
    };
    (@fields { $($head:tt)* } { $($out:tt)* } $(#[$meta:meta])* pub $name:ident: Option<bool>, $($rest:tt)*) => {
        event! { @optional { $($head)* } { $($out)* } { $(#[$meta])* } { $name: bool } $($rest)* }
    };
    (@fields { $($head:tt)* } { $($out:tt)* } $(#[$meta:meta])* pub $name:ident: Option<MillisecondTimestamp>, $($rest:tt)*) => {
        event! { @optional { $($head)* } { $($out)* } { $(#[$meta])* } { $name: MillisecondTimestamp } $($rest)* }
    };
    (@fields { $($head:tt)* } { $($out:tt)* } $(#[$meta:meta])* pub $name:ident: Option<SecondTimestamp>, $($rest:tt)*) => {
        event! { @optional { $($head)* } { $($out)* } { $(#[$meta])* } { $name: SecondTimestamp } $($rest)* }
    };
    (@optional { $($head:tt)* } { $($out:tt)* } { $(#[$meta:meta])* } { $name:ident: $type:ty } $($rest:tt)*) => {
        event! { @fields { $($head)* } { $($out)*
            $(#[$meta])*
            #[serde(
                default,
                deserialize_with = "crate::de::optional_number",
                skip_serializing_if = "Option::is_none"
            )]
            pub $name: Option<$type>,
        } $($rest)* }
    };
    (@fields { $($head:tt)* } { $($out:tt)* } $(#[$meta:meta])* pub $name:ident: Option<$type:ty>, $($rest:tt)*) => {
        event! { @fields { $($head)* } { $($out)*
            $(#[$meta])*
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub $name: Option<$type>,
        } $($rest)* }
    };
    (@fields { $($head:tt)* } { $($out:tt)* } $(#[$meta:meta])* pub $name:ident: Map<String>, $($rest:tt)*) => {
        event! { @map { $($head)* } { $($out)* } { $(#[$meta])* } { $name: String, "crate::de::scalar::scalars" } $($rest)* }
    };
    (@fields { $($head:tt)* } { $($out:tt)* } $(#[$meta:meta])* pub $name:ident: Map<Vec<String>>, $($rest:tt)*) => {
        event! { @map { $($head)* } { $($out)* } { $(#[$meta])* } { $name: Vec<String>, "crate::de::scalar::lists" } $($rest)* }
    };
    (@fields { $($head:tt)* } { $($out:tt)* } $(#[$meta:meta])* pub $name:ident: Map<i64>, $($rest:tt)*) => {
        event! { @map { $($head)* } { $($out)* } { $(#[$meta])* } { $name: i64, "crate::de::scalar::numbers" } $($rest)* }
    };
    (@map { $($head:tt)* } { $($out:tt)* } { $(#[$meta:meta])* } { $name:ident: $type:ty, $read:literal } $($rest:tt)*) => {
        event! { @fields { $($head)* } { $($out)*
            $(#[$meta])*
            #[serde(default, deserialize_with = $read, skip_serializing_if = "crate::encodings::Map::is_absent")]
            pub $name: Map<$type>,
        } $($rest)* }
    };
    (@fields { $($head:tt)* } { $($out:tt)* } $(#[$meta:meta])* pub $name:ident: Map<$type:ty>, $($rest:tt)*) => {
        event! { @fields { $($head)* } { $($out)*
            $(#[$meta])*
            #[serde(default, skip_serializing_if = "crate::encodings::Map::is_absent")]
            pub $name: Map<$type>,
        } $($rest)* }
    };
    (@fields { $($head:tt)* } { $($out:tt)* } $(#[$meta:meta])* pub $name:ident: Headers, $($rest:tt)*) => {
        event! { @fields { $($head)* } { $($out)*
            $(#[$meta])*
            #[serde(default, skip_serializing_if = "crate::encodings::Headers::is_absent")]
            pub $name: Headers,
        } $($rest)* }
    };
    (@fields { $($head:tt)* } { $($out:tt)* } $(#[$meta:meta])* pub $name:ident: MultiHeaders, $($rest:tt)*) => {
        event! { @fields { $($head)* } { $($out)*
            $(#[$meta])*
            #[serde(default, skip_serializing_if = "crate::encodings::MultiHeaders::is_absent")]
            pub $name: MultiHeaders,
        } $($rest)* }
    };
    (@fields { $($head:tt)* } { $($out:tt)* } $(#[$meta:meta])* pub $name:ident: Text, $($rest:tt)*) => {
        event! { @fields { $($head)* } { $($out)*
            $(#[$meta])*
            #[serde(default, deserialize_with = "crate::de::present_string")]
            pub $name: Text,
        } $($rest)* }
    };
    (@fields { $($head:tt)* } { $($out:tt)* } $(#[$meta:meta])* pub $name:ident: String, $($rest:tt)*) => {
        event! { @fields { $($head)* } { $($out)*
            $(#[$meta])*
            #[serde(default, deserialize_with = "crate::de::present_string")]
            pub $name: String,
        } $($rest)* }
    };
    (@fields { $($head:tt)* } { $($out:tt)* } $(#[$meta:meta])* pub $name:ident: Vec<$type:ty>, $($rest:tt)*) => {
        event! { @fields { $($head)* } { $($out)*
            $(#[$meta])*
            #[serde(default, deserialize_with = "crate::de::null_as_default")]
            pub $name: Vec<$type>,
        } $($rest)* }
    };
    (@fields { $($head:tt)* } { $($out:tt)* } $(#[$meta:meta])* pub $name:ident: bool, $($rest:tt)*) => {
        event! { @number { $($head)* } { $($out)* } { $(#[$meta])* } { $name: bool } $($rest)* }
    };
    (@fields { $($head:tt)* } { $($out:tt)* } $(#[$meta:meta])* pub $name:ident: u8, $($rest:tt)*) => {
        event! { @number { $($head)* } { $($out)* } { $(#[$meta])* } { $name: u8 } $($rest)* }
    };
    (@fields { $($head:tt)* } { $($out:tt)* } $(#[$meta:meta])* pub $name:ident: u16, $($rest:tt)*) => {
        event! { @number { $($head)* } { $($out)* } { $(#[$meta])* } { $name: u16 } $($rest)* }
    };
    (@fields { $($head:tt)* } { $($out:tt)* } $(#[$meta:meta])* pub $name:ident: u32, $($rest:tt)*) => {
        event! { @number { $($head)* } { $($out)* } { $(#[$meta])* } { $name: u32 } $($rest)* }
    };
    (@fields { $($head:tt)* } { $($out:tt)* } $(#[$meta:meta])* pub $name:ident: u64, $($rest:tt)*) => {
        event! { @number { $($head)* } { $($out)* } { $(#[$meta])* } { $name: u64 } $($rest)* }
    };
    (@fields { $($head:tt)* } { $($out:tt)* } $(#[$meta:meta])* pub $name:ident: i32, $($rest:tt)*) => {
        event! { @number { $($head)* } { $($out)* } { $(#[$meta])* } { $name: i32 } $($rest)* }
    };
    (@fields { $($head:tt)* } { $($out:tt)* } $(#[$meta:meta])* pub $name:ident: i64, $($rest:tt)*) => {
        event! { @number { $($head)* } { $($out)* } { $(#[$meta])* } { $name: i64 } $($rest)* }
    };
    (@fields { $($head:tt)* } { $($out:tt)* } $(#[$meta:meta])* pub $name:ident: f64, $($rest:tt)*) => {
        event! { @number { $($head)* } { $($out)* } { $(#[$meta])* } { $name: f64 } $($rest)* }
    };
    (@number { $($head:tt)* } { $($out:tt)* } { $(#[$meta:meta])* } { $name:ident: $type:ty } $($rest:tt)*) => {
        event! { @fields { $($head)* } { $($out)*
            $(#[$meta])*
            #[serde(deserialize_with = "crate::de::number")]
            pub $name: $type,
        } $($rest)* }
    };
    (@fields { $($head:tt)* } { $($out:tt)* } $(#[$meta:meta])* custom pub $name:ident: $type:ty, $($rest:tt)*) => {
        event! { @fields { $($head)* } { $($out)*
            $(#[$meta])*
            pub $name: $type,
        } $($rest)* }
    };
    (@fields { $($head:tt)* } { $($out:tt)* } $(#[$meta:meta])* required pub $name:ident: $type:ty, $($rest:tt)*) => {
        event! { @fields { $($head)* } { $($out)*
            $(#[$meta])*
            #[serde(deserialize_with = "crate::de::null_as_default")]
            pub $name: $type,
        } $($rest)* }
    };
    (@fields { $($head:tt)* } { $($out:tt)* } $(#[$meta:meta])* pub $name:ident: $type:ty, $($rest:tt)*) => {
        event! { @fields { $($head)* } { $($out)*
            $(#[$meta])*
            pub $name: $type,
        } $($rest)* }
    };
    // The start: one or more structs.
    ($($(#[$meta:meta])* $visibility:vis struct $name:ident $(<$($param:ident $(= $default:ty)?),+>)? { $($fields:tt)* })+) => {$(
        event! { @fields {
            #[derive(Clone, Debug, Default, PartialEq, serde::Deserialize, serde::Serialize)]
            $(#[$meta])*
            $visibility struct $name $(<$($param $(= $default)?),+>)?
        } {} $($fields)* }
    )+};
}

/// Declares a struct as [`event!`] does, some of whose fields are secrets: `Debug` shows that they are there, and not what they are.
#[allow(unused_macros, reason = "not every set of features has a secret")]
macro_rules! secret_event {
    (
        $(#[$meta:meta])*
        pub struct $name:ident { $($fields:tt)* }
        secrets: $($secret:ident),+
    ) => {
        event! { @fields {
            #[derive(Clone, Default, PartialEq, serde::Deserialize, serde::Serialize)]
            $(#[$meta])*
            pub struct $name
        } {} $($fields)* }
        secret_event! { @debug $name { $($fields)* } { $($secret)+ } }
    };
    (@debug $name:ident {
        $($(#[$meta:meta])* $(required)? $(custom)? pub $field:ident: $type:ty,)*
    } { $($secret:ident)+ }) => {
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                const SECRETS: &[&str] = &[$(stringify!($secret)),+];
                let mut shown = f.debug_struct(stringify!($name));
                $(
                    let secret = SECRETS.contains(&stringify!($field)) && !crate::de::is_default(&self.$field);
                    if secret {
                        shown.field(stringify!($field), &format_args!("[redacted]"));
                    } else {
                        shown.field(stringify!($field), &self.$field);
                    }
                )*
                #[cfg(feature = "catch-all-fields")]
                shown.field("other", &self.other);
                shown.finish()
            }
        }
    };
}

/// Declares enums whose values are strings on the wire, each open: a value that this crate does not know is
/// `Unknown(String)`, and is written as it was read.
///
/// The default, which also stands for `null`, is `Unknown` of the empty string.
#[allow(unused_macros, reason = "not every set of features has an enum")]
macro_rules! open_enum {
    ($(
        $(#[$meta:meta])*
        pub enum $name:ident { $($(#[$doc:meta])* $variant:ident = $text:literal,)+ }
    )+) => {$(
        $(#[$meta])*
        ///
        /// Open: what the service adds later is `Unknown`.
        #[derive(Clone, Debug, Eq, Hash, PartialEq)]
        pub enum $name {
            $($(#[$doc])* $variant,)+
            /// A value that this crate does not know, as it was written. Empty when there was none.
            Unknown(String),
        }

        impl $name {
            /// The value as it is on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)+
                    Self::Unknown(text) => text,
                }
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::Unknown(String::new())
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)+
                    _ => Self::Unknown(text.to_owned()),
                }
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                match text.as_str() {
                    $($text => Self::$variant,)+
                    _ => Self::Unknown(text),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.as_str() == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.as_str() == *other
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                crate::de::string(deserializer)
            }
        }
    )+};
}
