//! Outside Lambda: a local one in debug builds, an error that says what to do in release builds.

use crate::api::endpoint::{Endpoint, VARIABLE};
use crate::error::RuntimeError;

/// A running local Lambda; dropping it stops it.
#[cfg(all(feature = "local", debug_assertions))]
pub(crate) type Local = lambda_emulator::Embedded;

/// There is none in this build.
#[cfg(not(all(feature = "local", debug_assertions)))]
pub(crate) type Local = std::convert::Infallible;

/// Starts a local Lambda, gives the process the variables a function has, and prints how to invoke it.
///
/// # Errors
///
/// [`is_local`](RuntimeError::is_local) when it cannot start.
#[cfg(all(feature = "local", debug_assertions))]
pub(crate) fn start() -> Result<(Endpoint, Local), RuntimeError> {
    let local = lambda_emulator::EmbeddedOptions::from_env()
        .and_then(lambda_emulator::Embedded::start)
        .map_err(|error| {
            RuntimeError::local(format!("{VARIABLE} is not set, and the local Lambda cannot start: {error}"))
        })?;
    for (name, value) in local.environment() {
        crate::environment::set_if_absent(name, value);
    }
    crate::log::write(&local.banner());
    Ok((Endpoint::parse(&local.runtime_api())?, local))
}

/// Says what is missing.
///
/// # Errors
///
/// Always [`is_config`](RuntimeError::is_config).
#[cfg(not(all(feature = "local", debug_assertions)))]
pub(crate) fn start() -> Result<(Endpoint, Local), RuntimeError> {
    let local = if cfg!(feature = "local") {
        "use a debug build (`cargo run`), which brings a local Lambda"
    } else {
        "enable the feature `local` of lambda-rt and use a debug build, which brings a local Lambda"
    };
    Err(RuntimeError::config(format!(
        "{VARIABLE} is not set, so this is not running in Lambda. To run the function on this machine, {local}; or set \
         {VARIABLE} to the host:port of a Runtime API"
    )))
}
