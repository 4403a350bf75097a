//! Names for errors that people recognise, and categories that the service keeps.

use std::any;
use std::error::Error as StdError;
use std::fmt::{self, Write};

/// The name of an error of which only the text is known.
pub(crate) const UNKNOWN: &str = "Error";

/// The short name of a type: `OrderError`, or `io::Error` where the last word alone would say nothing.
pub(crate) fn of<E: ?Sized>() -> String {
    short(any::type_name::<E>())
}

/// The name of the type behind a trait object.
///
/// The type itself is gone by then. The errors of the standard library and of serde_json are recognised; any other shows
/// the name that its `Debug` output begins with, which for derived implementations is the type or the variant.
pub(crate) fn of_dyn(error: &(dyn StdError + 'static)) -> String {
    macro_rules! known {
        ($($known:ty),* $(,)?) => {
            $(if error.is::<$known>() {
                return of::<$known>();
            })*
        };
    }
    known!(
        std::io::Error,
        fmt::Error,
        std::env::VarError,
        std::num::ParseIntError,
        std::num::ParseFloatError,
        std::num::TryFromIntError,
        std::str::Utf8Error,
        std::string::FromUtf8Error,
        std::time::SystemTimeError,
        std::net::AddrParseError,
        serde_json::Error,
        crate::RuntimeError,
        crate::VariableError,
        tokio::time::error::Elapsed,
        tokio::task::JoinError,
    );
    from_debug(error).unwrap_or_else(|| UNKNOWN.to_owned())
}

/// The identifier at the start of the `Debug` output, when it can be a type's name.
fn from_debug(error: &dyn StdError) -> Option<String> {
    /// Takes the first bytes and then refuses the rest, so that a large error is not written out for its name.
    struct Start(String);
    impl Write for Start {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0.push_str(text);
            if self.0.len() > 80 { Err(fmt::Error) } else { Ok(()) }
        }
    }
    let mut start = Start(String::new());
    let _ = write!(start, "{error:?}");
    let end = start.0.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(start.0.len());
    let (name, rest) = start.0.split_at(end);
    let names_a_type = name.starts_with(|c: char| c.is_ascii_uppercase())
        && (rest.is_empty() || rest.starts_with(" {") || rest.starts_with('('));
    names_a_type.then(|| name.to_owned())
}

fn short(full: &str) -> String {
    let base = full.split('<').next().unwrap_or(full);
    let mut words = base.rsplit("::");
    let last = words.next().unwrap_or(base).trim_start_matches(['&', '(']);
    match (last, words.next()) {
        // `std::io::error::Error` is known to everybody as `io::Error`.
        ("Error", Some("error")) => match words.next() {
            Some(module) => format!("{module}::Error"),
            None => last.to_owned(),
        },
        ("Error", Some(module)) => format!("{module}::Error"),
        _ => last.to_owned(),
    }
}

/// A category that the service keeps: it wants `Runtime.` or `Function.`, a capital letter, and then letters only.
///
/// A type that is a legal category is one; of any other the letters are kept, each word capitalised.
pub(crate) fn category(error_type: &str) -> String {
    let (prefix, name) = match error_type.split_once('.') {
        Some(("Runtime", name)) => ("Runtime.", name),
        Some(("Function", name)) => ("Function.", name),
        _ => ("Function.", error_type),
    };
    let mut out = String::from(prefix);
    let mut capital = true;
    for c in name.chars() {
        if !c.is_ascii_alphabetic() {
            capital = true;
        } else if out.len() < 120 {
            out.push(if capital { c.to_ascii_uppercase() } else { c });
            capital = false;
        }
    }
    // Two letters are the least that the service takes.
    if out.len() < prefix.len() + 2 {
        out.truncate(prefix.len());
        out.push_str(UNKNOWN);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_category_is_one_that_the_service_keeps() {
        for (name, expected) in [
            ("OrderError", "Function.OrderError"),
            ("io::Error", "Function.IoError"),
            ("Runtime.UnmarshalError", "Runtime.UnmarshalError"),
            ("Function.MyErr", "Function.MyErr"),
            ("serde_json::Error", "Function.SerdeJsonError"),
            ("unhandled", "Function.Unhandled"),
            ("a", "Function.Error"),
            ("", "Function.Error"),
            ("fehler\r\nX-Evil: 1", "Function.FehlerXEvil"),
            ("größe 404", "Function.GrE"),
        ] {
            let category = category(name);
            assert_eq!(category, expected);
            let letters = category.split_once('.').unwrap().1;
            assert!(letters.len() >= 2 && letters.starts_with(|c: char| c.is_ascii_uppercase()));
            assert!(letters.bytes().all(|b| b.is_ascii_alphabetic()));
        }
    }

    #[test]
    fn types_have_the_names_people_use() {
        assert_eq!(of::<std::num::ParseIntError>(), "ParseIntError");
        assert_eq!(of::<std::io::Error>(), "io::Error");
        assert_eq!(of::<serde_json::Error>(), "serde_json::Error");
        assert_eq!(of::<Option<std::io::Error>>(), "Option");
    }

    #[test]
    fn a_variant_names_an_error_of_unknown_type_and_quoted_text_does_not() {
        #[derive(Debug)]
        #[expect(dead_code, reason = "only its Debug output is read")]
        enum E {
            NotFound { id: u32 },
        }
        impl fmt::Display for E {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("e")
            }
        }
        impl StdError for E {}
        assert_eq!(of_dyn(&E::NotFound { id: 1 }), "NotFound");
        assert_eq!(of_dyn(&*crate::Error::from("Text (quoted)")), UNKNOWN);
    }
}
