//! What is done with processes.

use std::sync::Arc;

use super::Shell;
use super::inner::Inner;
#[cfg(feature = "command")]
use crate::history::Event;
#[cfg(feature = "command")]
use crate::process::Process;
use crate::state::Action;

impl Shell {
    /// Starts, signals and kills them.
    #[cfg(feature = "command")]
    pub(super) fn supervise(self: &Arc<Self>, inner: &mut Inner, action: Action) {
        match action {
            Action::Start => {
                inner.history.push(Event::Started);
                inner.process = Process::start(self);
            }
            Action::Terminate => {
                inner.history.push(Event::Terminated);
                inner.process.iter().for_each(Process::terminate);
            }
            Action::Kill => {
                inner.history.push(Event::Killed);
                inner.process.iter().for_each(Process::kill);
            }
            Action::Freeze => {
                inner.history.push(Event::Frozen);
                inner.process.iter().chain(inner.extensions.values()).for_each(Process::freeze);
            }
            Action::Thaw => {
                inner.history.push(Event::Thawed);
                inner.process.iter().chain(inner.extensions.values()).for_each(Process::thaw);
            }
            Action::Launch => {
                for extension in &self.settings.extensions {
                    let name = extension.name.clone();
                    let Some(file) = &extension.file else { continue };
                    inner.history.push(Event::ExtensionStarted { name: name.clone() });
                    if let Some(process) = Process::start_extension(self, &name, file) {
                        inner.extensions.insert(name, process);
                    }
                }
            }
            Action::KillExtension(name) => {
                inner.extensions.get(&name).into_iter().for_each(Process::kill);
                inner.history.push(Event::ExtensionKilled { name });
            }
            _ => {}
        }
    }

    /// Without processes there is nothing to do.
    #[cfg(not(feature = "command"))]
    pub(super) fn supervise(self: &Arc<Self>, _: &mut Inner, _: Action) {}
}
