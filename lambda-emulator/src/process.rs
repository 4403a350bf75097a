//! Bootstraps and extensions as processes: started with their environments, killed with all they have started.

use std::ffi::{OsStr, OsString};
use std::io;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::sync::Arc;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};
use tokio::process::{Child, Command};
use tokio::time::timeout;

use crate::output;
use crate::settings;
use crate::shell::Shell;
use crate::state::{Exit, Input};
use crate::telemetry::Type;

/// The last words of a process are read this long after its end; what still holds its output then has left its group.
const LAST_WORDS: Duration = Duration::from_millis(100);

/// The program that is the function.
///
/// It inherits the emulator's environment, with what Lambda reserves set or taken away; its output goes where the
/// emulator's goes, and to extensions that subscribe to telemetry. Its input is empty.
///
/// With `AWS_LAMBDA_LOG_FORMAT` set to `JSON`, here or in the emulator's environment, telemetry has its lines as objects.
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

    /// Sets a variable of the customer's, which extensions see too. One that Lambda reserves is ignored.
    #[must_use]
    pub fn env(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.environment.push((name.into(), value.into()));
        self
    }

    /// The last value that a variable of the customer's was set to.
    pub(crate) fn variable(&self, name: &str) -> Option<&str> {
        let found = self.environment.iter().rev().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// A running process and the group of processes it leads.
#[derive(Debug)]
pub(crate) struct Process {
    group: Pid,
}

impl Process {
    /// Starts the bootstrap; its end is told to the machine, also the end of one that could not start.
    pub(crate) fn start(shell: &Arc<Shell>) -> Option<Self> {
        let bootstrap = shell.settings().command.as_ref()?;
        let mut command = Command::new(&bootstrap.program);
        command.args(&bootstrap.arguments);
        set_environment(&mut command, bootstrap, shell);
        let program = bootstrap.program.clone();
        let input = move |ended: io::Result<ExitStatus>| {
            Input::Exited(ended.map_or_else(
                |error| match error.kind() {
                    io::ErrorKind::NotFound => Exit::NotStarted(format!("[{}]", program.display())),
                    _ => Exit::NotStarted(format!("[{}]: {error}", program.display())),
                },
                exit,
            ))
        };
        Self::spawn(command, shell, Type::Function, input)
    }

    /// Starts an external extension, without arguments; its end is told to the machine as well.
    pub(crate) fn start_extension(shell: &Arc<Shell>, name: &str, file: &Path) -> Option<Self> {
        let bootstrap = shell.settings().command.as_ref()?;
        let mut command = Command::new(file);
        set_environment(&mut command, bootstrap, shell);
        let inherited = std::env::vars_os().map(|(name, _)| name);
        let set: Vec<_> = command.as_std().get_envs().map(|(name, _)| name.to_owned()).collect();
        for name in inherited.chain(set).filter(|name| settings::is_hidden_from_extensions(name)) {
            command.env_remove(name);
        }
        let name = name.to_owned();
        let input = move |ended: io::Result<ExitStatus>| {
            let failed = |error: io::Error| match error.kind() {
                io::ErrorKind::PermissionDenied => Exit::NotStarted("PermissionDenied".to_owned()),
                _ => Exit::NotStarted(error.to_string()),
            };
            Input::ExtensionExited(name, ended.map_or_else(failed, exit))
        };
        Self::spawn(command, shell, Type::Extension, input)
    }

    fn spawn(
        mut command: Command,
        shell: &Arc<Shell>,
        source: Type,
        input: impl FnOnce(io::Result<ExitStatus>) -> Input + Send + 'static,
    ) -> Option<Self> {
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let child = command.process_group(0).kill_on_drop(true).spawn();
        let group = child.as_ref().ok().and_then(|child| Pid::from_raw(i32::try_from(child.id()?).ok()?));
        let shell = Arc::downgrade(shell);
        tokio::spawn(async move {
            let ended = match child {
                Ok(mut child) => {
                    let copied = output::copy(&mut child, &shell, source);
                    let ended = ended(&mut child).await;
                    // An environment ends with its first process: what that one left behind goes too.
                    group.into_iter().for_each(|group| signal(group, Signal::KILL));
                    let _ = timeout(LAST_WORDS, copied.finished()).await;
                    Ok(ended)
                }
                Err(error) => Err(error),
            };
            if let Some(shell) = shell.upgrade() {
                shell.input(input(ended));
            }
        });
        group.map(|group| Self { group })
    }

    /// The process's id.
    pub(crate) fn id(&self) -> u32 {
        self.group.as_raw_nonzero().get().unsigned_abs()
    }

    /// Asks the group to end.
    pub(crate) fn terminate(&self) {
        signal(self.group, Signal::TERM);
    }

    /// Kills the group.
    pub(crate) fn kill(&self) {
        signal(self.group, Signal::KILL);
    }

    /// Stops the group where it is.
    pub(crate) fn freeze(&self) {
        signal(self.group, Signal::STOP);
    }

    /// Lets the group go on.
    pub(crate) fn thaw(&self) {
        signal(self.group, Signal::CONT);
    }
}

fn set_environment(command: &mut Command, bootstrap: &Bootstrap, shell: &Shell) {
    command.envs(bootstrap.environment.iter().map(|(name, value)| (name, value)));
    for name in shell.settings().withheld() {
        command.env_remove(name);
    }
    command.envs(shell.settings().environment());
}

/// Waiting fails only for a process that somebody else has waited for.
async fn ended(child: &mut Child) -> ExitStatus {
    child.wait().await.unwrap_or_else(|_| ExitStatus::from_raw(-1))
}

fn exit(status: ExitStatus) -> Exit {
    match (status.code(), status.signal()) {
        (Some(code), _) => Exit::Status(code),
        (None, signal) => Exit::Signal(signal.unwrap_or_default()),
    }
}

/// A group that has ended by itself is no error.
fn signal(group: Pid, signal: Signal) {
    let _ = kill_process_group(group, signal);
}
