//! The extensions of an environment: who may register, who has polled, and who is waited for.
//!
//! Source: AWS Lambda developer guide, "Using the Lambda Extensions API to create extensions", and AWS's own Runtime
//! Interface Emulator for the order of its checks.

mod registration;
#[cfg(test)]
mod tests;

use super::error_type;
use super::event::{Call, Invocation, Moment, Notice, Reason};
use super::milestone::Report;
use super::refusal::Refusal;
use crate::telemetry::Subscription;

pub(crate) use registration::Registration;

/// Extensions of both kinds that one environment takes.
pub(crate) const MOST: usize = 10;

/// An extension that the environment knows before it registers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct External {
    pub(crate) name: String,
    /// Whether this environment starts its process; otherwise somebody else does.
    pub(crate) launched: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Stage {
    /// Known and not yet registered.
    Started,
    Registered,
    /// It waits for an event, or would if its connection were still there.
    Ready,
    /// It has an event.
    Running,
    InitError(String),
    ExitError(String),
    /// Its process has ended.
    Exited,
}

impl Stage {
    /// The state's name in refusals and in `platform.extension`.
    fn name(&self) -> &'static str {
        match self {
            Self::Started => "Started",
            Self::Registered => "Registered",
            Self::Ready => "Ready",
            Self::Running => "Running",
            Self::InitError(_) => "InitError",
            Self::ExitError(_) => "ExitError",
            Self::Exited => "Exited",
        }
    }

    fn has_failed(&self) -> bool {
        matches!(self, Self::InitError(_) | Self::ExitError(_) | Self::Exited)
    }
}

#[derive(Clone, Debug)]
struct Extension {
    name: String,
    /// Its identifier; empty until it has registered.
    id: String,
    external: bool,
    invoke: bool,
    shutdown: bool,
    stage: Stage,
    /// The exchange in which it waits.
    poll: Option<Call>,
    /// An event that came while it was not waiting.
    pending: Option<Notice>,
    /// Whether a process of ours is there.
    process: bool,
}

impl Extension {
    /// Gives it an event now, or at its next poll.
    fn notify(&mut self, notice: Notice) -> Option<(Call, Notice)> {
        self.stage = Stage::Running;
        match self.poll.take() {
            Some(call) => Some((call, notice)),
            None => {
                self.pending = Some(notice);
                None
            }
        }
    }
}

/// What a dismissal comes to.
#[derive(Debug, Default)]
pub(super) struct Dismissal {
    /// The events to deliver at once.
    pub(super) told: Vec<(Call, Notice)>,
    /// The processes that are not told, and end at once.
    pub(super) killed: Vec<String>,
    /// Whether anybody is told, now or at the next poll, and given time.
    pub(super) waits: bool,
}

/// All extensions of one environment.
#[derive(Clone, Debug)]
pub(crate) struct Extensions {
    externals: Vec<External>,
    known: Vec<Extension>,
    /// Whether they may hear of invocations.
    invocations: bool,
}

impl Extensions {
    pub(crate) fn new(externals: Vec<External>) -> Self {
        let mut extensions = Self { externals, known: Vec::new(), invocations: true };
        extensions.reset();
        extensions
    }

    /// Those of a managed instance hear of its end only.
    pub(super) fn without_invocations(mut self) -> Self {
        self.invocations = false;
        self
    }

    /// Forgets everybody but the externals, which have yet to register.
    pub(super) fn reset(&mut self) {
        let fresh = |external: &External| Extension {
            name: external.name.clone(),
            id: String::new(),
            external: true,
            invoke: false,
            shutdown: false,
            stage: Stage::Started,
            poll: None,
            pending: None,
            process: false,
        };
        self.known = self.externals.iter().map(fresh).collect();
    }

    /// Takes notice that the processes have been started; says whether there are any.
    pub(super) fn launch(&mut self) -> bool {
        for external in &self.externals {
            if let Some(known) = self.known.iter_mut().find(|known| known.name == external.name) {
                known.process = external.launched;
            }
        }
        self.has_processes()
    }

    /// Whether there are more than an environment takes.
    pub(super) fn are_too_many(&self) -> bool {
        self.externals.len() > MOST
    }

    /// Whether every external has registered, so that the runtime may start.
    pub(super) fn all_registered(&self) -> bool {
        self.known.iter().all(|one| one.stage != Stage::Started)
    }

    /// Whether anybody has registered.
    pub(super) fn any_registered(&self) -> bool {
        self.known.iter().any(|one| one.stage != Stage::Started)
    }

    /// Whether nobody is waited for: all have registered and polled, and none is busy with an event. Who has failed is
    /// waited for no longer.
    pub(super) fn are_idle(&self) -> bool {
        self.known.iter().all(|one| one.stage == Stage::Ready || one.stage.has_failed())
    }

    /// An extension polls. It is given at once what came while it was away.
    pub(super) fn polled(&mut self, call: Call, id: Option<&str>) -> Result<Option<Notice>, Refusal> {
        let one = self.find(id)?;
        if one.stage.has_failed() || one.poll.is_some() {
            return Err(Refusal::invalid_extension_state(one.stage.name(), "Ready", &one.name));
        }
        if let Some(notice) = one.pending.take() {
            one.stage = Stage::Running;
            return Ok(Some(notice));
        }
        one.stage = Stage::Ready;
        one.poll = Some(call);
        Ok(None)
    }

    /// The connection of a poll is gone; the extension may poll again.
    pub(super) fn poll_gone(&mut self, call: Call) {
        for one in &mut self.known {
            one.poll = one.poll.take_if(|poll| *poll != call);
        }
    }

    /// An extension says that it fails. The first time, its name and the type that the service keeps.
    pub(super) fn failed(
        &mut self,
        id: Option<&str>,
        moment: Moment,
        kind: Option<&str>,
    ) -> Result<Option<(String, String)>, Refusal> {
        let one = self.find(id)?;
        let Some(kind) = kind.filter(|kind| !kind.is_empty()) else {
            return Err(Refusal::missing_extension_header());
        };
        let (legal, failed) = match moment {
            Moment::Init => {
                let failed =
                    Stage::InitError(error_type::validated_of_extension(kind, "Extension.InitError"));
                (one.stage == Stage::Registered, failed)
            }
            Moment::Exit => {
                let failed =
                    Stage::ExitError(error_type::validated_of_extension(kind, "Extension.ExitError"));
                (matches!(one.stage, Stage::Registered | Stage::Ready | Stage::Running), failed)
            }
        };
        if one.stage.name() == failed.name() {
            return Ok(None);
        }
        if !legal {
            return Err(Refusal::invalid_extension_state(one.stage.name(), failed.name(), &one.name));
        }
        one.stage = failed;
        one.pending = None;
        Ok(match &one.stage {
            Stage::InitError(kind) | Stage::ExitError(kind) => Some((one.name.clone(), kind.clone())),
            _ => None,
        })
    }

    /// Who subscribes to telemetry, and to what: after the init nobody, however good the subscription.
    pub(super) fn subscribed(
        &mut self,
        id: Option<&str>,
        closed: bool,
        subscription: Result<Subscription, String>,
    ) -> Result<(String, Subscription), Refusal> {
        let name = self.find(id)?.name.clone();
        match subscription {
            _ if closed => Err(Refusal::subscription_closed()),
            Err(mistakes) => Err(Refusal::invalid_subscription(mistakes)),
            Ok(subscription) => Ok((name, subscription)),
        }
    }

    /// Tells the subscribers of an invocation.
    pub(super) fn invoke(&mut self, invocation: &Invocation) -> Vec<(Call, Notice)> {
        let subscribers = self.known.iter_mut().filter(|one| one.invoke && one.stage == Stage::Ready);
        subscribers.filter_map(|one| one.notify(Notice::Invoke(invocation.clone()))).collect()
    }

    /// No longer waits for those who are busy.
    pub(super) fn forgive(&mut self) {
        for one in self.known.iter_mut().filter(|one| one.stage == Stage::Running) {
            one.stage = Stage::Ready;
            one.pending = None;
        }
    }

    /// Says goodbye: externals that asked for it are told why, the others end at once.
    pub(super) fn dismiss(&mut self, why: Reason) -> Dismissal {
        let mut dismissal = Dismissal::default();
        for one in self.known.iter_mut().filter(|one| one.external) {
            let registered = one.stage != Stage::Started && !one.stage.has_failed();
            if one.shutdown && registered {
                dismissal.told.extend(one.notify(Notice::Shutdown(why)));
                dismissal.waits = true;
            } else if one.process {
                dismissal.killed.push(one.name.clone());
            }
        }
        dismissal
    }

    /// The process of an extension ended. Says whether there was one.
    pub(super) fn exited(&mut self, name: &str) -> bool {
        let Some(one) = self.known.iter_mut().find(|one| one.external && one.name == name) else {
            return false;
        };
        if !std::mem::take(&mut one.process) {
            return false;
        }
        one.poll = None;
        one.pending = None;
        one.stage = Stage::Exited;
        true
    }

    pub(super) fn has_processes(&self) -> bool {
        self.known.iter().any(|one| one.process)
    }

    /// The extensions whose processes are there.
    pub(super) fn processes(&self) -> Vec<String> {
        self.known.iter().filter(|one| one.process).map(|one| one.name.clone()).collect()
    }

    /// Forgets internal extensions that wait no longer: those of a runtime that is gone.
    pub(super) fn forget_gone(&mut self) {
        self.known.retain(|one| one.external || one.poll.is_some() || one.stage == Stage::Registered);
    }

    /// How everybody is, for telemetry.
    pub(super) fn reports(&self) -> Vec<Report> {
        let report = |one: &Extension| Report {
            name: one.name.clone(),
            state: one.stage.name(),
            events: [(one.invoke, "INVOKE"), (one.shutdown, "SHUTDOWN")]
                .into_iter()
                .filter_map(|(wanted, event)| wanted.then_some(event))
                .collect(),
            error_type: match &one.stage {
                Stage::InitError(kind) | Stage::ExitError(kind) => Some(kind.clone()),
                _ => None,
            },
        };
        self.known.iter().map(report).collect()
    }

    fn find(&mut self, id: Option<&str>) -> Result<&mut Extension, Refusal> {
        let id = id.filter(|id| !id.is_empty()).ok_or_else(Refusal::missing_extension_identifier)?;
        if !is_uuid(id) {
            return Err(Refusal::invalid_extension_identifier());
        }
        let found = self.known.iter_mut().find(|one| one.id.eq_ignore_ascii_case(id));
        found.ok_or_else(|| Refusal::unknown_extension_identifier(id))
    }
}

fn is_uuid(text: &str) -> bool {
    let lengths = text.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12]) && text.bytes().all(|b| b == b'-' || b.is_ascii_hexdigit())
}
