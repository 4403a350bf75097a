//! A bootstrap as a process: started with the function's environment, killed with all it has started.

use std::ffi::{OsStr, OsString};
use std::io;
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Arc;

use rustix::process::{Pid, Signal, kill_process_group};

use crate::shell::Shell;
use crate::state::{Exit, Input};

/// The program that is the function.
///
/// It inherits the emulator's environment, with what Lambda reserves set or taken away; its output goes where the
/// emulator's goes, and its input is empty.
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

    /// Sets a variable of the customer's. One that Lambda reserves is ignored.
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
            .stdin(Stdio::null())
            .process_group(0)
            .kill_on_drop(true);
        for name in shell.settings().withheld() {
            command.env_remove(name);
        }
        command.envs(shell.settings().environment());
        let child = command.spawn();
        let group = child.as_ref().ok().and_then(|child| Pid::from_raw(i32::try_from(child.id()?).ok()?));
        let program = bootstrap.program.clone();
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
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    Exit::NotStarted(format!("[{}]", program.display()))
                }
                Err(error) => Exit::NotStarted(format!("[{}]: {error}", program.display())),
            };
            // A function's environment ends with its first process: what that one left behind goes too.
            if let Some(group) = group {
                kill(group);
            }
            if let Some(shell) = shell.upgrade() {
                shell.input(Input::Exited(exit));
            }
        });
        group.map(|group| Self { group })
    }

    /// Kills the group.
    pub(crate) fn kill(&self) {
        kill(self.group);
    }

    /// Stops the group where it is.
    pub(crate) fn freeze(&self) {
        send(self.group, Signal::STOP);
    }

    /// Lets the group go on.
    pub(crate) fn thaw(&self) {
        send(self.group, Signal::CONT);
    }
}

fn kill(group: Pid) {
    send(group, Signal::KILL);
}

/// A group that has ended by itself is no error.
fn send(group: Pid, signal: Signal) {
    let _ = kill_process_group(group, signal);
}
