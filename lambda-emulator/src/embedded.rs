//! The local Lambda inside a function that was started with `cargo run`.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::oneshot;

use crate::builder::Builder;
use crate::emulator::Emulator;
use crate::error::Error;
use crate::front::Front;
use crate::invoke::{Invoke, Invoked};

const PORT: &str = "LAMBDA_EMULATOR_PORT";
const HOST: &str = "LAMBDA_EMULATOR_HOST";
const TIMEOUT: &str = "LAMBDA_EMULATOR_TIMEOUT";
const EVENT: &str = "LAMBDA_EMULATOR_EVENT";
const CONCURRENCY: &str = "LAMBDA_EMULATOR_CONCURRENCY";
const FRONT: &str = "LAMBDA_EMULATOR_FRONT";
const BANDWIDTH: &str = "LAMBDA_EMULATOR_LIMIT_BANDWIDTH";
const SNAPSTART: &str = "LAMBDA_EMULATOR_SNAPSTART";

/// Where the embedded local Lambda listens and what it tells the function.
#[derive(Clone, Debug)]
pub struct EmbeddedOptions {
    builder: Builder,
    event: Option<String>,
}

impl EmbeddedOptions {
    /// Reads the environment.
    ///
    /// | Variable | Default |
    /// |---|---|
    /// | `LAMBDA_EMULATOR_PORT` | 9000, or with `LAMBDA_EMULATOR_EVENT` 0, which takes any free port |
    /// | `LAMBDA_EMULATOR_HOST` | 127.0.0.1 |
    /// | `LAMBDA_EMULATOR_TIMEOUT` | 900 seconds, time enough to sit in a debugger |
    /// | `LAMBDA_EMULATOR_EVENT` | none; with it, the function is invoked once, its answer printed, and the process ended |
    /// | `LAMBDA_EMULATOR_CONCURRENCY` | none; with it, the function is a managed instance and finds it in `AWS_LAMBDA_MAX_CONCURRENCY` |
    /// | `LAMBDA_EMULATOR_FRONT` | none; with `function-url` or `api-gateway-v2`, HTTP requests become events, see [`Front`](crate::Front) |
    /// | `LAMBDA_EMULATOR_LIMIT_BANDWIDTH` | `false`; with `true`, streams pass as the service lets them, see [`Builder::limited_bandwidth`] |
    /// | `LAMBDA_EMULATOR_SNAPSTART` | `false`; with `true`, the first invocation restores the function from its snapshot |
    /// | `AWS_LAMBDA_FUNCTION_NAME` | the name of the executable |
    /// | `AWS_LAMBDA_FUNCTION_MEMORY_SIZE` | 128 |
    /// | `AWS_REGION` | us-east-1 |
    ///
    /// Keys that the process was started with stay where they are, with SnapStart too: a process cannot be denied its own
    /// environment.
    ///
    /// # Errors
    ///
    /// [`is_config`](Error::is_config) when one of them cannot be read, or when there is a concurrency and SnapStart, too.
    pub fn from_env() -> Result<Self, Error> {
        Self::from_variables(&|name| std::env::var_os(name).map(|value| value.to_string_lossy().into_owned()))
    }

    fn from_variables(variable: &dyn Fn(&str) -> Option<String>) -> Result<Self, Error> {
        let host =
            parsed(variable, HOST, IpAddr::V4(Ipv4Addr::LOCALHOST), "an IP address such as 127.0.0.1")?;
        let event = variable(EVENT);
        // Nobody needs to find a function that is invoked once and ends; so many may run side by side.
        let usual_port = if event.is_some() { 0 } else { 9000 };
        let port = parsed(variable, PORT, usual_port, "a port from 0 to 65535")?;
        let timeout = parsed(variable, TIMEOUT, 900, "a number of seconds")?;
        let memory = parsed(variable, "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", 128, "a number of megabytes")?;
        let concurrency: Option<NonZeroU32> = match variable(CONCURRENCY) {
            None => None,
            Some(_) => Some(parsed(variable, CONCURRENCY, NonZeroU32::MIN, "a number from 1")?),
        };
        let snapstart = parsed(variable, SNAPSTART, false, "true or false")?;
        if snapstart && concurrency.is_some() {
            let expected = "false, as a managed instance has no snapshots";
            return Err(Error::variable(SNAPSTART, "true", expected));
        }
        let text = |name| variable(name).filter(|value| !value.is_empty());
        let mut builder = Emulator::builder()
            .without_history()
            .bind(SocketAddr::new(host, port))
            .timeout(Duration::from_secs(timeout))
            .memory_mb(memory)
            .function_name(text("AWS_LAMBDA_FUNCTION_NAME").unwrap_or_else(executable))
            .region(text("AWS_REGION").unwrap_or_else(|| "us-east-1".to_owned()));
        if let Some(concurrency) = concurrency {
            builder = builder.max_concurrency(concurrency.get());
        }
        if variable(FRONT).is_some() {
            let expected = "function-url or api-gateway-v2";
            builder = builder.front(parsed(variable, FRONT, Front::FunctionUrl, expected)?);
        }
        if parsed(variable, BANDWIDTH, false, "true or false")? {
            builder = builder.limited_bandwidth();
        }
        if snapstart {
            builder = builder.initialization_type("snap-start");
        }
        Ok(Self { builder, event })
    }
}

/// A running embedded local Lambda, on a thread of its own so that a handler which blocks cannot stall it.
/// Dropping it ends the thread.
#[derive(Debug)]
pub struct Embedded {
    address: SocketAddr,
    environment: Vec<(String, String)>,
    /// HTTP requests are invocations.
    front: bool,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Embedded {
    /// Starts it and waits until it listens.
    ///
    /// # Errors
    ///
    /// [`is_address_in_use`](Error::is_address_in_use) when the port is taken; the text names the variable to change.
    pub fn start(options: EmbeddedOptions) -> Result<Self, Error> {
        let (stop, stopped) = oneshot::channel();
        let once = options.event.clone();
        let front = options.builder.has_front();
        let (report, started) = mpsc::channel();
        let run = move || {
            let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
                Ok(runtime) => runtime,
                Err(error) => return drop(report.send(Err(Error::thread(error)))),
            };
            runtime.block_on(async {
                match options.builder.start().await {
                    Ok(emulator) => {
                        let _ = report.send(Ok((emulator.addr(), emulator.environment())));
                        if let Some(event) = once {
                            end_with(emulator.invoke(Invoke::new(event)).await);
                        }
                        let _ = stopped.await;
                    }
                    Err(error) => drop(report.send(Err(error.chosen_by(PORT)))),
                }
            });
        };
        let thread = std::thread::Builder::new().name("lambda-emulator".to_owned()).spawn(run);
        let thread = thread.map_err(Error::thread)?;
        let gone = || Error::thread(std::io::Error::other("it ended before it reported"));
        let (address, environment) = started.recv().map_err(|_| gone())??;
        Ok(Self { address, environment, front, stop: Some(stop), thread: Some(thread) })
    }

    /// `host:port` of its Runtime API.
    pub fn runtime_api(&self) -> String {
        self.address.to_string()
    }

    /// Where to invoke the function.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// The reserved variables a function sees.
    pub fn environment(&self) -> &[(String, String)] {
        &self.environment
    }

    /// What to tell whoever started the function: where it is, and how to invoke it.
    pub fn banner(&self) -> String {
        let url = self.url();
        if self.front {
            return format!(
                "This function answers HTTP at {url}\n\n    curl -N {url}\n\n\
                 Press Ctrl-C to stop it. {PORT} chooses another port.\n"
            );
        }
        format!(
            "This function is running in a local Lambda at {url}\n\n    curl {url} -d '{{\"name\": \"world\"}}'\n\n\
             Press Ctrl-C to stop it. {PORT} chooses another port.\n"
        )
    }
}

impl Drop for Embedded {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Prints what a single invocation came to, and ends the process: 0 for an answer, 1 for a function error.
fn end_with(invoked: Invoked) -> ! {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(&invoked.payload).and_then(|()| out.write_all(b"\n")).and_then(|()| out.flush());
    std::process::exit(i32::from(invoked.error_type.is_some()))
}

fn parsed<T: std::str::FromStr>(
    variable: &dyn Fn(&str) -> Option<String>,
    name: &'static str,
    default: T,
    expected: &'static str,
) -> Result<T, Error> {
    match variable(name) {
        None => Ok(default),
        Some(value) => value.trim().parse().map_err(|_| Error::variable(name, &value, expected)),
    }
}

fn executable() -> String {
    let path = std::env::current_exe().ok();
    let name = path.as_deref().and_then(|path| path.file_stem());
    name.map_or_else(|| "function".to_owned(), |name| name.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(port: &str) -> Result<EmbeddedOptions, Error> {
        EmbeddedOptions::from_variables(&|name| (name == PORT).then(|| port.to_owned()))
    }

    #[test]
    fn a_taken_port_is_an_error_that_names_the_variable_to_change() {
        let first = Embedded::start(options("0").unwrap()).unwrap();
        let taken = first.address.port().to_string();
        let error = Embedded::start(options(&taken).unwrap()).unwrap_err();
        assert!(error.is_address_in_use());
        assert!(error.to_string().contains(&taken) && error.to_string().contains(PORT), "{error}");
    }

    #[test]
    fn a_port_that_is_no_number_is_an_error_that_names_the_value() {
        let error = options("http").unwrap_err();
        assert!(error.is_config());
        assert_eq!(error.to_string(), "LAMBDA_EMULATOR_PORT is \"http\"; it must be a port from 0 to 65535");
    }

    fn with(variables: &[(&str, &str)]) -> Result<Vec<(String, String)>, Error> {
        let value = |name: &str| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        };
        let options = EmbeddedOptions::from_variables(&|name| {
            value(name).or_else(|| (name == PORT).then(|| "0".to_owned()))
        });
        Ok(Embedded::start(options?)?.environment().to_vec())
    }

    #[test]
    fn a_concurrency_and_snap_start_show_in_the_environment() {
        for (name, value, shown, expected) in [
            (CONCURRENCY, "4", "AWS_LAMBDA_MAX_CONCURRENCY", "4"),
            (CONCURRENCY, "1", "AWS_LAMBDA_INITIALIZATION_TYPE", "lambda-managed-instances"),
            (SNAPSTART, "true", "AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start"),
            (SNAPSTART, "false", "AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"),
        ] {
            let environment = with(&[(name, value)]).unwrap();
            assert!(environment.contains(&(shown.to_owned(), expected.to_owned())), "{name}={value}");
        }
    }

    #[test]
    fn a_concurrency_that_cannot_be_is_an_error_that_names_the_variable() {
        for wrong in ["0", "", "-1", "many"] {
            let error = with(&[(CONCURRENCY, wrong)]).unwrap_err();
            assert!(error.is_config() && error.to_string().contains(CONCURRENCY), "{error}");
        }
        let error = with(&[(CONCURRENCY, "2"), (SNAPSTART, "true")]).unwrap_err();
        assert!(error.is_config() && error.to_string().contains(SNAPSTART), "{error}");
    }

    #[test]
    fn a_limit_of_the_bandwidth_is_true_or_false_and_anything_else_an_error() {
        for fine in ["true", "false"] {
            with(&[(BANDWIDTH, fine)]).unwrap();
        }
        let error = with(&[(BANDWIDTH, "2 MB")]).unwrap_err();
        assert!(error.is_config() && error.to_string().contains(BANDWIDTH), "{error}");
    }

    #[test]
    fn the_banner_can_be_pasted_into_a_shell() {
        let embedded = Embedded::start(options("0").unwrap()).unwrap();
        let curl = format!("curl http://{}/ -d '{{\"name\": \"world\"}}'", embedded.runtime_api());
        assert!(embedded.banner().contains(&curl), "{}", embedded.banner());
    }
}
