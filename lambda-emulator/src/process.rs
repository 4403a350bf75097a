//! A bootstrap as a process: started with the function's environment, killed with all it has started.

use std::ffi::{OsStr, OsString};
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::sync::Arc;

use rustix::process::{Pid, Signal, kill_process_group};

use crate::shell::Shell;
use crate::state::{Exit, Input};

/// The program that is the function.
///
/// # Examples
///
/// ```
/// use lambda_emulator::Bootstrap;
///
/// let bootstrap = Bootstrap::new("target/debug/hello").env("TABLE", "orders");
/// # let _ = bootstrap;
/// ```
#[derive(Clone, Debug)]
pub struct Bootstrap {
    program: PathBuf,
    arguments: Vec<OsString>,
    environment: Vec<(String, String)>,
}

impl Bootstrap {
    /// A program without arguments.
    pub fn new(program: impl Into<PathBuf>) -> Self {
        Self { program: program.into(), arguments: Vec::new(), environment: Vec::new() }
    }

    /// Adds an argument.
    #[must_use]
    pub fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.arguments.push(argument.as_ref().to_owned());
        self
    }

    /// Sets a variable of the customer's. What Lambda reserves is not overridden.
    #[must_use]
    pub fn env(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.environment.push((name.into(), value.into()));
        self
    }
}

/// A running bootstrap and the group of processes it leads.
#[derive(Debug)]
pub(crate) struct Process {
    group: Pid,
}

impl Process {
    /// Starts the bootstrap; its end is told to the machine, also the end of one that could not start.
    pub(crate) fn start(shell: &Arc<Shell>) -> Option<Self> {
        let bootstrap = shell.settings().command.as_ref()?;
        let mut command = tokio::process::Command::new(&bootstrap.program);
        command
            .args(&bootstrap.arguments)
            .envs(bootstrap.environment.iter().map(|(name, value)| (name, value)))
            .envs(shell.settings().environment())
            .process_group(0)
            .kill_on_drop(true);
        let child = command.spawn();
        let group = child.as_ref().ok().and_then(|child| Pid::from_raw(i32::try_from(child.id()?).ok()?));
        let shell = Arc::downgrade(shell);
        tokio::spawn(async move {
            let exit = match child {
                Ok(mut child) => match child.wait().await {
                    Ok(status) => match (status.code(), status.signal()) {
                        (Some(code), _) => Exit::Status(code),
                        (None, signal) => Exit::Signal(signal.unwrap_or_default()),
                    },
                    Err(_) => Exit::Status(-1),
                },
                Err(_) => Exit::NotStarted,
            };
            if let Some(shell) = shell.upgrade() {
                shell.input(Input::Exited(exit));
            }
        });
        group.map(|group| Self { group })
    }

    /// Kills the group. One that has ended by itself is no error.
    pub(crate) fn kill(&self) {
        let _ = kill_process_group(self.group, Signal::KILL);
    }
}
