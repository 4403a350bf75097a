//! What a handler's error says about itself.

use std::error::Error as StdError;

use crate::error::Error;
use crate::failure::{self, type_name};

/// How a failed invocation is described to whoever invoked the function.
///
/// A handler may fail with anything that converts into it: [`Error`] (so `?` works on every error),
/// `Box<dyn std::error::Error>`, `String`, `&str`, and with the features of the same name `anyhow::Error`, `eyre::Report` and
/// `miette::Report`. For an error type of your own, write the conversion; [`Diagnostic::from_error`] makes it one line for a
/// [`std::error::Error`].
///
/// Source: AWS Lambda developer guide, "Invocation error" of the Runtime API: both fields are the function's to choose.
///
/// # Examples
///
/// ```
/// use lambda_rt::{Diagnostic, LambdaEvent};
///
/// enum OrderError {
///     Unknown(u64),
/// }
///
/// impl From<OrderError> for Diagnostic {
///     fn from(error: OrderError) -> Diagnostic {
///         match error {
///             OrderError::Unknown(id) => Diagnostic {
///                 error_type: "OrderError".into(),
///                 error_message: format!("there is no order {id}"),
///             },
///         }
///     }
/// }
///
/// async fn handler(event: LambdaEvent<u64>) -> Result<(), OrderError> {
///     Err(OrderError::Unknown(event.payload))
/// }
/// # let _ = lambda_rt::Runtime::new(lambda_rt::service_fn(handler));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostic {
    /// The name callers see as `errorType`. Its letters also make the category `Function.<Letters>` in Lambda's telemetry.
    pub error_type: String,
    /// The text callers see as `errorMessage`.
    pub error_message: String,
}

impl Diagnostic {
    /// Describes `error` by the name of its type and its message, followed by those of its causes.
    ///
    /// # Examples
    ///
    /// ```
    /// # use lambda_rt::Diagnostic;
    /// #[derive(Debug)]
    /// struct TableMissing;
    /// # impl std::fmt::Display for TableMissing {
    /// #     fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str("no table") }
    /// # }
    /// impl std::error::Error for TableMissing {}
    ///
    /// impl From<TableMissing> for Diagnostic {
    ///     fn from(error: TableMissing) -> Self {
    ///         Diagnostic::from_error(&error)
    ///     }
    /// }
    /// assert_eq!(Diagnostic::from(TableMissing).error_type, "TableMissing");
    /// ```
    pub fn from_error<E: StdError>(error: &E) -> Self {
        Self { error_type: type_name::of::<E>(), error_message: failure::with_causes(error) }
    }
}

impl From<Error> for Diagnostic {
    fn from(error: Error) -> Self {
        Self { error_type: type_name::of_dyn(&*error), error_message: failure::with_causes(&*error) }
    }
}

/// Of a handler whose errors need not cross threads.
impl From<Box<dyn StdError>> for Diagnostic {
    fn from(error: Box<dyn StdError>) -> Self {
        Self { error_type: type_name::of_dyn(&*error), error_message: failure::with_causes(&*error) }
    }
}

impl From<String> for Diagnostic {
    fn from(error_message: String) -> Self {
        Self { error_type: type_name::UNKNOWN.to_owned(), error_message }
    }
}

impl From<&str> for Diagnostic {
    fn from(message: &str) -> Self {
        Self::from(message.to_owned())
    }
}

impl From<std::io::Error> for Diagnostic {
    fn from(error: std::io::Error) -> Self {
        Self::from_error(&error)
    }
}

impl From<serde_json::Error> for Diagnostic {
    fn from(error: serde_json::Error) -> Self {
        Self::from_error(&error)
    }
}

impl From<std::convert::Infallible> for Diagnostic {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}

#[cfg(feature = "anyhow")]
impl From<anyhow::Error> for Diagnostic {
    fn from(error: anyhow::Error) -> Self {
        Self { error_type: type_name::of_dyn(&*error), error_message: failure::with_causes(&*error) }
    }
}

#[cfg(feature = "eyre")]
impl From<eyre::Report> for Diagnostic {
    fn from(error: eyre::Report) -> Self {
        Self { error_type: type_name::of_dyn(&*error), error_message: failure::with_causes(&*error) }
    }
}

#[cfg(feature = "miette")]
impl From<miette::Report> for Diagnostic {
    fn from(error: miette::Report) -> Self {
        let code = error.code().map(|code| code.to_string());
        Self {
            error_type: code.unwrap_or_else(|| type_name::of_dyn(error.as_ref())),
            error_message: failure::with_causes(error.as_ref()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxed_text_is_its_message_and_nothing_of_the_box() {
        let diagnostic = Diagnostic::from(Error::from("boom"));
        assert_eq!((&*diagnostic.error_type, &*diagnostic.error_message), ("Error", "boom"));
    }

    #[test]
    fn an_io_error_behind_the_box_keeps_its_type() {
        let error: Error = std::io::Error::new(std::io::ErrorKind::NotFound, "no file").into();
        let diagnostic = Diagnostic::from(error);
        assert_eq!((&*diagnostic.error_type, &*diagnostic.error_message), ("io::Error", "no file"));
    }

    #[test]
    fn a_parse_error_behind_the_box_keeps_its_type() {
        let error: Error = "x".parse::<u8>().unwrap_err().into();
        assert_eq!(Diagnostic::from(error).error_type, "ParseIntError");
    }
}
