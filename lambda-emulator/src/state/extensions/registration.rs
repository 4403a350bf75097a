//! Who may register, for what, and in which words the others are refused.

use bytes::Bytes;
use serde_json::Value;

use super::{Extension, Extensions, MOST, Stage};
use crate::state::refusal::Refusal;

/// What an extension posts to register.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Registration {
    /// `Lambda-Extension-Name`; for an external extension the name of its file.
    pub(crate) name: String,
    pub(crate) body: Bytes,
    /// The identifier it is given, should it be taken.
    pub(crate) id: String,
}

/// What it registers for.
#[derive(Clone, Copy, Debug, Default)]
struct Events {
    invoke: bool,
    shutdown: bool,
}

impl Extensions {
    /// Checks in the order of the service. Events are judged before anything else, so that a wrong one costs nothing but the
    /// answer.
    pub(in crate::state) fn register(
        &mut self,
        registration: Registration,
        closed: bool,
    ) -> Result<(), Refusal> {
        if registration.name.is_empty() {
            return Err(Refusal::empty_extension_name());
        }
        let known = self.known.iter().position(|one| one.name == registration.name);
        let external = known.is_some_and(|at| self.known[at].external);
        let events = events(&registration.body, external, self.invocations)?;
        match known {
            Some(at) if external => self.register_external(at, registration, events),
            known => self.register_internal(known, registration, events, closed),
        }
    }

    fn register_external(
        &mut self,
        at: usize,
        registration: Registration,
        events: Events,
    ) -> Result<(), Refusal> {
        let one = &mut self.known[at];
        if one.stage != Stage::Started {
            return Err(Refusal::invalid_extension_state(one.stage.name(), "Registered", &one.name));
        }
        one.stage = Stage::Registered;
        one.id = registration.id;
        (one.invoke, one.shutdown) = (events.invoke, events.shutdown);
        Ok(())
    }

    fn register_internal(
        &mut self,
        known: Option<usize>,
        registration: Registration,
        events: Events,
        closed: bool,
    ) -> Result<(), Refusal> {
        if closed {
            return Err(Refusal::registration_closed());
        }
        if known.is_some() {
            return Err(Refusal::extension_name_taken());
        }
        if self.known.len() >= MOST {
            return Err(Refusal::too_many_extensions());
        }
        self.known.push(Extension {
            name: registration.name,
            id: registration.id,
            external: false,
            invoke: events.invoke,
            shutdown: false,
            stage: Stage::Registered,
            poll: None,
            pending: None,
            process: false,
        });
        Ok(())
    }
}

/// `{"events":[…]}`, where the list may be missing.
fn events(body: &[u8], external: bool, invocations: bool) -> Result<Events, Refusal> {
    let body: Value = serde_json::from_slice(body)
        .map_err(|error| Refusal::invalid_request_format(&format!("the body is not JSON: {error}")))?;
    if !body.is_object() {
        return Err(Refusal::invalid_request_format("the body is not a JSON object"));
    }
    if body["configurationKeys"].as_array().is_some_and(|keys| !keys.is_empty()) {
        let text = "configurationKeys are deprecated; use environment variables instead";
        return Err(Refusal::invalid_request_format(text));
    }
    let names = match &body["events"] {
        Value::Null => return Ok(Events::default()),
        Value::Array(names) => names.iter().map(Value::as_str).collect::<Option<Vec<_>>>(),
        _ => None,
    };
    let names = names.ok_or_else(|| Refusal::invalid_request_format("events is not a list of strings"))?;
    let mut events = Events::default();
    for name in names {
        match name {
            "INVOKE" if invocations => events.invoke = true,
            "SHUTDOWN" if external => events.shutdown = true,
            "SHUTDOWN" => {
                let text = "SHUTDOWN: ShutdownEventNotSupportedForInternalExtension";
                return Err(Refusal::invalid_event_type(text.to_owned()));
            }
            other => return Err(Refusal::invalid_event_type(format!("{other}: ErrorInvalidEventType"))),
        }
    }
    Ok(events)
}
