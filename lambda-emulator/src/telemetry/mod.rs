//! The Telemetry API's content: what happens becomes records, and records reach those who subscribed.
//!
//! [`subscription`] is what an extension asks for, `recorder` makes records of milestones, `delivery` brings them to a
//! `destination` in batches.
//!
//! Source: AWS Lambda developer guide, "Accessing real-time telemetry data for extensions using the Telemetry API" and
//! "Lambda Telemetry API Event schema reference".

mod delivery;
mod destination;
mod memory;
mod record;
mod recorder;
mod subscription;
mod time;

use std::time::SystemTime;

use serde_json::json;

use crate::settings::Settings;
use crate::state::milestone::Milestone;
use delivery::Queue;
use record::Record;
use recorder::Recorder;

pub(crate) use delivery::Dropped;
pub(crate) use memory::peak_mb;
pub(crate) use subscription::Subscription;
#[cfg(feature = "command")]
pub(crate) use subscription::Type;

/// The telemetry of one environment.
#[derive(Debug, Default)]
pub(crate) struct Telemetry {
    recorder: Recorder,
    subscribers: Vec<Subscriber>,
    /// What happened since the init began, for those who subscribe during it.
    backlog: Option<Vec<Record>>,
}

#[derive(Debug)]
struct Subscriber {
    name: String,
    subscription: Subscription,
    queue: Queue,
}

impl Telemetry {
    /// Makes records of what happened. `memory_mb` is the most memory that the function has used, if that is known.
    pub(crate) fn happened(&mut self, milestone: &Milestone, settings: &Settings, memory_mb: Option<u64>) {
        if let Milestone::InitStarted(_) = milestone {
            self.backlog = Some(Vec::new());
        }
        for record in self.recorder.records(milestone, settings, memory_mb) {
            self.publish(record);
        }
        match milestone {
            Milestone::InitEnded(..) => self.backlog = None,
            // Whoever is told to end still wants to hear what came last.
            Milestone::Leaving => self.subscribers.iter().for_each(|one| one.queue.flush()),
            // The queues end once they have delivered what they hold.
            Milestone::Gone => self.subscribers.clear(),
            _ => {}
        }
    }

    /// The first byte of an answer has arrived.
    pub(crate) fn answer_began(&mut self, request_id: &str) {
        self.recorder.answer_began(request_id);
    }

    /// A line that a process has written.
    #[cfg(feature = "command")]
    pub(crate) fn line(&mut self, source: Type, line: &str, json: bool) {
        self.publish(Record::line(source, line, json));
    }

    /// Lets an extension's subscription take effect. A second one of the same extension replaces the first.
    pub(crate) fn subscribe(
        &mut self,
        name: String,
        subscription: Subscription,
        dropped: impl Fn(Dropped) + Send + 'static,
    ) {
        self.subscribers.retain(|one| one.name != name);
        let queue = Queue::start(subscription.clone(), dropped);
        let types: Vec<_> = subscription.types.iter().map(|kind| kind.as_str()).collect();
        let record = json!({ "name": name, "state": "Subscribed", "types": types });
        let subscriber = Subscriber { name, subscription, queue };
        self.backlog.iter().flatten().for_each(|record| subscriber.offer(record));
        self.subscribers.push(subscriber);
        self.publish(Record::platform("platform.telemetrySubscription", SystemTime::now(), record));
    }

    fn publish(&mut self, record: Record) {
        self.subscribers.iter().for_each(|subscriber| subscriber.offer(&record));
        if let Some(backlog) = &mut self.backlog {
            backlog.push(record);
        }
    }
}

impl Subscriber {
    fn offer(&self, record: &Record) {
        if self.subscription.types.contains(&record.source) {
            self.queue.push(record.encoded(self.subscription.schema));
        }
    }
}
