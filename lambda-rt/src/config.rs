//! The function's configuration: every environment variable the runtime reads, read once.

use crate::api::endpoint::{self, Endpoint};
use crate::error::RuntimeError;

/// Set on managed instances only: how many invocations the environment takes at once.
const CONCURRENCY: &str = "AWS_LAMBDA_MAX_CONCURRENCY";
/// The service gives no environment more invocations at once than this; a larger number is a mistake.
const MOST_POLLERS: usize = 10_000;

/// What the environment says about the function. Nothing but the endpoint is needed to run, so all of it may be absent.
///
/// Source: AWS Lambda developer guide, "Defined runtime environment variables".
///
/// # Examples
///
/// ```
/// let config = lambda_rt::Config::default();
/// assert_eq!(config.memory, None);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Config {
    /// The function's name (`AWS_LAMBDA_FUNCTION_NAME`); empty when unset.
    pub function_name: String,
    /// Memory in MB (`AWS_LAMBDA_FUNCTION_MEMORY_SIZE`).
    pub memory: Option<u32>,
    /// The version, a number or `$LATEST` (`AWS_LAMBDA_FUNCTION_VERSION`).
    pub version: Option<String>,
    /// The CloudWatch log group (`AWS_LAMBDA_LOG_GROUP_NAME`); unset under SnapStart.
    pub log_group: Option<String>,
    /// The CloudWatch log stream (`AWS_LAMBDA_LOG_STREAM_NAME`); unset under SnapStart.
    pub log_stream: Option<String>,
}

/// Where to poll, and how: what only the runtime needs to know.
#[derive(Debug)]
pub(crate) struct Environment {
    pub(crate) config: Config,
    /// `None` outside Lambda.
    pub(crate) endpoint: Option<Endpoint>,
    pub(crate) initialization_type: InitializationType,
    /// `AWS_LAMBDA_MAX_CONCURRENCY`, which only managed instances set.
    pub(crate) concurrency: Option<usize>,
    /// The value of that variable, if it is none that can be used.
    pub(crate) bad_concurrency: Option<String>,
}

/// How Lambda came to start this environment (`AWS_LAMBDA_INITIALIZATION_TYPE`).
///
/// Source: AWS Lambda developer guide, "Defined runtime environment variables".
///
/// # Examples
///
/// ```
/// use lambda_rt::InitializationType;
///
/// let found: InitializationType = "provisioned-concurrency".into();
/// assert_eq!(found, InitializationType::ProvisionedConcurrency);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum InitializationType {
    /// For an invocation that waits, or in reserve for one: `on-demand`, and whatever is said when nothing is.
    #[default]
    OnDemand,
    /// Ahead of time, as configured: `provisioned-concurrency`.
    ProvisionedConcurrency,
    /// To take a snapshot from which environments are restored: `snap-start`.
    SnapStart,
    /// On an instance of the account's own, for many invocations at once: `lambda-managed-instances`.
    ManagedInstances,
    /// A type newer than this crate.
    Other(String),
}

impl From<&str> for InitializationType {
    fn from(text: &str) -> Self {
        match text {
            "" | "on-demand" => Self::OnDemand,
            "provisioned-concurrency" => Self::ProvisionedConcurrency,
            "snap-start" => Self::SnapStart,
            "lambda-managed-instances" => Self::ManagedInstances,
            other => Self::Other(other.to_owned()),
        }
    }
}

impl Config {
    /// Reads the configuration from the process environment.
    ///
    /// # Examples
    ///
    /// ```
    /// let config = lambda_rt::Config::from_env();
    /// println!("{} with {:?} MB", config.function_name, config.memory);
    /// ```
    pub fn from_env() -> Self {
        Self::from_variables(&|name| std::env::var(name).ok())
    }

    fn from_variables(variable: &dyn Fn(&str) -> Option<String>) -> Self {
        let text = |name| variable(name).filter(|value| !value.is_empty());
        Self {
            function_name: text("AWS_LAMBDA_FUNCTION_NAME").unwrap_or_default(),
            memory: text("AWS_LAMBDA_FUNCTION_MEMORY_SIZE").and_then(|mb| mb.parse().ok()),
            version: text("AWS_LAMBDA_FUNCTION_VERSION"),
            log_group: text("AWS_LAMBDA_LOG_GROUP_NAME"),
            log_stream: text("AWS_LAMBDA_LOG_STREAM_NAME"),
        }
    }
}

impl Environment {
    /// Reads the process environment.
    ///
    /// # Errors
    ///
    /// [`is_config`](RuntimeError::is_config) when `AWS_LAMBDA_RUNTIME_API` is set to something that is no endpoint.
    pub(crate) fn read() -> Result<Self, RuntimeError> {
        Self::from_variables(&|name| std::env::var_os(name).map(|value| value.to_string_lossy().into_owned()))
    }

    fn from_variables(variable: &dyn Fn(&str) -> Option<String>) -> Result<Self, RuntimeError> {
        let concurrency = variable(CONCURRENCY);
        let usable = concurrency.as_deref().and_then(usable_concurrency);
        Ok(Self {
            config: Config::from_variables(variable),
            endpoint: variable(endpoint::VARIABLE).map(|value| Endpoint::parse(&value)).transpose()?,
            initialization_type: variable("AWS_LAMBDA_INITIALIZATION_TYPE").as_deref().unwrap_or("").into(),
            bad_concurrency: concurrency.as_ref().filter(|_| usable.is_none()).cloned(),
            concurrency: usable,
        })
    }
}

/// How many invocations at once the environment asks for; `None` where it does not, or not with a usable number.
pub(crate) fn concurrency() -> Option<usize> {
    usable_concurrency(&std::env::var(CONCURRENCY).ok()?)
}

fn usable_concurrency(text: &str) -> Option<usize> {
    text.trim().parse().ok().filter(|count| (1..=MOST_POLLERS).contains(count))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<Environment, RuntimeError> {
        Environment::from_variables(&|name| {
            let found = variables.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn an_empty_environment_is_no_error_and_no_lambda() {
        let environment = read(&[]).unwrap();
        assert_eq!(environment.config, Config::default());
        assert!(environment.endpoint.is_none() && environment.concurrency.is_none());
        assert_eq!(environment.initialization_type, InitializationType::OnDemand);
    }

    #[test]
    fn a_concurrency_that_is_no_count_is_kept_for_the_warning_that_names_it() {
        for value in ["0", "", "-1", "many", "1e3", "99999999999999999999", "10001"] {
            let environment = read(&[("AWS_LAMBDA_MAX_CONCURRENCY", value)]).unwrap();
            assert_eq!(environment.concurrency, None, "{value}");
            assert_eq!(environment.bad_concurrency.as_deref(), Some(value));
        }
        for (value, count) in [("1", 1), ("32", 32), (" 8 ", 8)] {
            let environment = read(&[("AWS_LAMBDA_MAX_CONCURRENCY", value)]).unwrap();
            assert_eq!((environment.concurrency, environment.bad_concurrency), (Some(count), None));
        }
    }

    #[test]
    fn an_initialization_type_that_is_not_known_is_kept() {
        let environment = read(&[("AWS_LAMBDA_INITIALIZATION_TYPE", "teleported")]).unwrap();
        assert_eq!(environment.initialization_type, InitializationType::Other("teleported".to_owned()));
    }

    #[test]
    fn memory_that_is_no_number_is_absent() {
        let environment =
            read(&[("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "lots"), ("AWS_LAMBDA_FUNCTION_NAME", "f")]).unwrap();
        assert_eq!((environment.config.memory, &*environment.config.function_name), (None, "f"));
    }

    #[test]
    fn a_bad_endpoint_is_an_error_that_names_variable_and_value() {
        for value in ["", "http://127.0.0.1:9001", "127.0.0.1:9001/next"] {
            let error = read(&[(endpoint::VARIABLE, value)]).unwrap_err();
            assert!(error.is_config());
            let text = error.to_string();
            assert!(text.contains(endpoint::VARIABLE) && text.contains(&format!("{value:?}")), "{text}");
        }
    }
}
