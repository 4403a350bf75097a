//! What a function is: its name, its limits, and the environment they show in.

use std::path::PathBuf;
use std::time::Duration;

use crate::front::Front;
use crate::initialization::Initialization;
use crate::state::extensions::External;
use crate::{http, id};

/// The account in whose name everything happens.
pub(crate) const ACCOUNT: &str = "123456789012";

/// Names that Lambda reserves: a customer cannot set them, and what the emulator itself was started with does not show.
/// Credentials are reserved too; here they are the developer's own, and pass.
///
/// Source: AWS Lambda developer guide, "Defined runtime environment variables".
#[cfg(feature = "command")]
pub(crate) const RESERVED: [&str; 17] = [
    "_HANDLER",
    "_X_AMZN_TRACE_ID",
    "AWS_DEFAULT_REGION",
    "AWS_EXECUTION_ENV",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
    "AWS_LAMBDA_FUNCTION_NAME",
    "AWS_LAMBDA_FUNCTION_VERSION",
    "AWS_LAMBDA_INITIALIZATION_TYPE",
    "AWS_LAMBDA_LOG_GROUP_NAME",
    "AWS_LAMBDA_LOG_STREAM_NAME",
    "AWS_LAMBDA_MAX_CONCURRENCY",
    "AWS_LAMBDA_METADATA_API",
    "AWS_LAMBDA_METADATA_TOKEN",
    "AWS_LAMBDA_RUNTIME_API",
    "AWS_REGION",
    "LAMBDA_RUNTIME_DIR",
    "LAMBDA_TASK_ROOT",
];

/// Whether external extensions do not see this variable. Credentials and what the customer sets, they see.
///
/// Source: AWS Lambda developer guide, "Using the Lambda Extensions API to create extensions".
#[cfg(feature = "command")]
pub(crate) fn is_hidden_from_extensions(name: &std::ffi::OsStr) -> bool {
    const HIDDEN: [&str; 7] = [
        "AWS_EXECUTION_ENV",
        "AWS_LAMBDA_LOG_GROUP_NAME",
        "AWS_LAMBDA_LOG_STREAM_NAME",
        "AWS_XRAY_CONTEXT_MISSING",
        "AWS_XRAY_DAEMON_ADDRESS",
        "LAMBDA_RUNTIME_DIR",
        "LAMBDA_TASK_ROOT",
    ];
    name.to_str().is_some_and(|name| name.starts_with('_') || HIDDEN.contains(&name))
}

/// Where a developer's keys are, which a function with SnapStart does not see.
#[cfg(feature = "command")]
const KEYS: [&str; 4] = ["AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];

/// The function and what limits it.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) function_name: String,
    pub(crate) timeout: Duration,
    pub(crate) memory_mb: u32,
    pub(crate) region: String,
    pub(crate) initialization: Initialization,
    /// What a function shows to be given credentials.
    pub(crate) credentials_token: String,
    /// What it shows to be told where it runs.
    pub(crate) metadata_token: String,
    /// What turns HTTP requests into invocations, if anything does.
    pub(crate) front: Option<Front>,
    /// Streams pass at the speed of the service.
    pub(crate) limited_bandwidth: bool,
    /// How many events of its history are kept.
    pub(crate) remembered_events: usize,
    /// Extensions that count as external, in the order of their names.
    pub(crate) extensions: Vec<ExternalExtension>,
    #[cfg(feature = "command")]
    pub(crate) command: Option<crate::process::Bootstrap>,
    /// `host:port`, known once the listener is bound.
    pub(crate) runtime_api: String,
}

/// An extension that is known before it registers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ExternalExtension {
    pub(crate) name: String,
    /// What is started; without it, somebody else starts the extension.
    pub(crate) file: Option<PathBuf>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            function_name: "function".to_owned(),
            timeout: Duration::from_secs(3),
            memory_mb: 128,
            region: "us-east-1".to_owned(),
            initialization: Initialization::OnDemand,
            credentials_token: id::unique(),
            metadata_token: id::unique(),
            front: None,
            limited_bandwidth: false,
            remembered_events: 10_000,
            extensions: Vec::new(),
            #[cfg(feature = "command")]
            command: None,
            runtime_api: String::new(),
        }
    }
}

impl Settings {
    pub(crate) fn supervised(&self) -> bool {
        #[cfg(feature = "command")]
        return self.command.is_some();
        #[cfg(not(feature = "command"))]
        false
    }

    /// Whether the function logs in JSON.
    #[cfg(feature = "command")]
    pub(crate) fn logs_json(&self) -> bool {
        const FORMAT: &str = "AWS_LAMBDA_LOG_FORMAT";
        let set = self.command.as_ref().and_then(|command| command.variable(FORMAT)).map(str::to_owned);
        let format = set.or_else(|| std::env::var(FORMAT).ok());
        // A managed instance knows no other format.
        let managed = self.initialization.max_concurrency().is_some();
        managed || format.is_some_and(|format| format.eq_ignore_ascii_case("json"))
    }

    /// The external extensions, as the machine sees them.
    pub(crate) fn externals(&self) -> Vec<External> {
        let external =
            |one: &ExternalExtension| External { name: one.name.clone(), launched: one.file.is_some() };
        self.extensions.iter().map(external).collect()
    }

    pub(crate) fn handler(&self) -> &'static str {
        "bootstrap"
    }

    /// The time of the init phase.
    pub(crate) fn init_limit(&self) -> Duration {
        self.initialization.init_limit(self.timeout)
    }

    pub(crate) fn function_arn(&self) -> String {
        format!("arn:aws:lambda:{}:{ACCOUNT}:function:{}", self.region, self.function_name)
    }

    /// The reserved variables, each with the value that the function sees.
    pub(crate) fn environment(&self) -> Vec<(String, String)> {
        let name = &self.function_name;
        let pair = |name: &str, value: String| (name.to_owned(), value);
        let mut environment = vec![
            pair("AWS_LAMBDA_RUNTIME_API", self.runtime_api.clone()),
            pair("AWS_LAMBDA_FUNCTION_NAME", name.clone()),
            pair("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST".to_owned()),
            pair("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", self.memory_mb.to_string()),
            pair("AWS_LAMBDA_INITIALIZATION_TYPE", self.initialization.name().to_owned()),
            pair("AWS_LAMBDA_METADATA_API", self.runtime_api.clone()),
            pair("AWS_LAMBDA_METADATA_TOKEN", self.metadata_token.clone()),
            pair("AWS_REGION", self.region.clone()),
            pair("AWS_DEFAULT_REGION", self.region.clone()),
            pair("LAMBDA_TASK_ROOT", working_directory()),
            pair("LAMBDA_RUNTIME_DIR", "/var/runtime".to_owned()),
            pair("_HANDLER", self.handler().to_owned()),
        ];
        if let Some(concurrency) = self.initialization.max_concurrency() {
            environment.push(pair("AWS_LAMBDA_MAX_CONCURRENCY", concurrency.to_string()));
            environment.push(pair("AWS_LAMBDA_LOG_FORMAT", "JSON".to_owned()));
        }
        // A snapshot outlives keys and streams, so a function that is restored from one asks for its keys.
        if self.initialization.is_snap_start() {
            let uri = format!("http://{}{}", self.runtime_api, http::credentials::PATH);
            environment.push(pair("AWS_CONTAINER_CREDENTIALS_FULL_URI", uri));
            environment.push(pair("AWS_CONTAINER_AUTHORIZATION_TOKEN", self.credentials_token.clone()));
        } else {
            environment.push(pair("AWS_LAMBDA_LOG_GROUP_NAME", format!("/aws/lambda/{name}")));
            environment.push(pair("AWS_LAMBDA_LOG_STREAM_NAME", "$LATEST".to_owned()));
        }
        environment
    }

    /// What the function does not see of the emulator's own environment.
    #[cfg(feature = "command")]
    pub(crate) fn withheld(&self) -> impl Iterator<Item = &'static str> {
        let keys: &[_] = if self.initialization.is_snap_start() { &KEYS } else { &[] };
        RESERVED.iter().chain(keys).copied()
    }
}

/// On this machine, the function's files are where it is started.
fn working_directory() -> String {
    std::env::current_dir().map_or_else(|_| ".".to_owned(), |path| path.to_string_lossy().into_owned())
}

#[cfg(all(test, feature = "command"))]
mod tests {
    use super::*;

    #[test]
    fn everything_that_is_set_is_reserved() {
        for (name, _) in Settings::default().environment() {
            assert!(RESERVED.contains(&name.as_str()), "{name}");
        }
    }
}
