//! Environment variables, typed, with errors that name the variable and what it should hold.

use std::env::VarError;
use std::fmt;
use std::str::FromStr;

use crate::failure::type_name;

/// An environment variable that is missing, or does not hold what it should.
///
/// # Examples
///
/// ```
/// # async fn start(init: &lambda_rt::Init) -> Result<(), lambda_rt::Error> {
/// let error = init.env::<u16>("PORT").unwrap_err();
/// assert!(error.is_missing());
/// assert_eq!(error.to_string(), "the environment variable PORT is not set; expected: u16");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariableError {
    name: String,
    expected: String,
    /// The value and what is wrong with it; `None` when there is no value.
    wrong: Option<(String, String)>,
}

impl VariableError {
    /// The variable is not set.
    pub fn is_missing(&self) -> bool {
        self.wrong.is_none()
    }

    /// The variable's name.
    pub fn variable(&self) -> &str {
        &self.name
    }
}

impl fmt::Display for VariableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, expected, wrong } = self;
        match wrong {
            None => write!(f, "the environment variable {name} is not set; expected: {expected}"),
            Some((value, why)) => {
                write!(f, "the environment variable {name} is {value:?}; expected: {expected} ({why})")
            }
        }
    }
}

impl std::error::Error for VariableError {}

/// Reads `name` as a `T`; `Ok(None)` when it is not set.
pub(super) fn read<T>(name: &str) -> Result<Option<T>, VariableError>
where
    T: FromStr<Err: fmt::Display>,
{
    parse(name, std::env::var(name))
}

fn parse<T>(name: &str, found: Result<String, VarError>) -> Result<Option<T>, VariableError>
where
    T: FromStr<Err: fmt::Display>,
{
    let wrong =
        |value: String, why: String| VariableError { wrong: Some((value, why)), ..missing::<T>(name) };
    match found {
        Ok(value) => match value.parse() {
            Ok(parsed) => Ok(Some(parsed)),
            Err(error) => {
                let why = format!("{error}");
                Err(wrong(value, why))
            }
        },
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(value)) => {
            Err(wrong(value.to_string_lossy().into_owned(), "it is not UTF-8".to_owned()))
        }
    }
}

/// The error for a variable that must be set and is not.
pub(super) fn missing<T>(name: &str) -> VariableError {
    VariableError { name: name.to_owned(), expected: type_name::of::<T>(), wrong: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_names_the_variable_the_value_and_the_type() {
        let error = parse::<u16>("PORT", Ok("eighty".to_owned())).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the environment variable PORT is \"eighty\"; expected: u16 (invalid digit found in string)"
        );
        assert!(!error.is_missing());
        assert_eq!(error.variable(), "PORT");
        assert_eq!(parse::<u16>("PORT", Err(VarError::NotPresent)), Ok(None));
        assert_eq!(parse::<String>("TABLE", Ok(String::new())), Ok(Some(String::new())));
        let text = missing::<std::net::SocketAddr>("PEER").to_string();
        assert_eq!(text, "the environment variable PEER is not set; expected: SocketAddr");
    }

    #[cfg(unix)]
    #[test]
    fn a_value_that_is_not_utf_8_is_an_error_and_no_panic() {
        use std::os::unix::ffi::OsStringExt;
        let value = std::ffi::OsString::from_vec(vec![b'a', 0xff]);
        let error = parse::<String>("TABLE", Err(VarError::NotUnicode(value))).unwrap_err();
        assert!(error.to_string().ends_with("expected: String (it is not UTF-8)"), "{error}");
    }
}
