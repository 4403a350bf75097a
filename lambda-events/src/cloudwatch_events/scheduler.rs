//! Amazon EventBridge Scheduler. A schedule without an input of its own sends an envelope whose detail is the
//! text `{}`.
//!
//! <https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html>

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::encodings::Rfc3339Timestamp;

/// `Scheduled Event`: the detail of a schedule, of Scheduler and of rules. Empty; which schedule it is, is among the resources.
///
/// A rule sends an object, Scheduler the text of one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ScheduledEvent {
    /// `{}`, as Scheduler writes it. Absent of a rule.
    pub text: Option<String>,
    /// Members that this crate does not know, by name. Only with the feature `catch-all-fields`; without it they are dropped.
    #[cfg(feature = "catch-all-fields")]
    pub other: serde_json::Map<String, serde_json::Value>,
}

impl Serialize for ScheduledEvent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[cfg(feature = "catch-all-fields")]
        let members = &self.other;
        #[cfg(not(feature = "catch-all-fields"))]
        let members = serde_json::Map::new();
        match &self.text {
            Some(text) => serializer.serialize_str(text),
            None => members.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for ScheduledEvent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScheduledVisitor)
    }
}

struct ScheduledVisitor;

impl<'de> de::Visitor<'de> for ScheduledVisitor {
    type Value = ScheduledEvent;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object, or the text of one")
    }

    fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<ScheduledEvent, A::Error> {
        let members = de::value::MapAccessDeserializer::new(map);
        #[cfg(feature = "catch-all-fields")]
        return Ok(ScheduledEvent { text: None, other: Deserialize::deserialize(members)? });
        #[cfg(not(feature = "catch-all-fields"))]
        de::IgnoredAny::deserialize(members).map(|_| ScheduledEvent { text: None })
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<ScheduledEvent, E> {
        Ok(ScheduledEvent { text: Some(text.to_owned()), ..Default::default() })
    }
}

event! {
    /// An input that names the schedule by the words that Scheduler replaces. Write it as the input of the
    /// schedule: `{"scheduleArn": "<aws.scheduler.schedule-arn>", …}`.
    #[serde(rename_all = "camelCase")]
    pub struct ContextInput {
        /// ARN of the schedule, for `<aws.scheduler.schedule-arn>`.
        required pub schedule_arn: String,
        /// When it should happen, for `<aws.scheduler.scheduled-time>`. Absent unless the input has it.
        pub scheduled_time: Option<Rfc3339Timestamp>,
        /// Id of this time, for `<aws.scheduler.execution-id>`. Absent unless the input has it.
        pub execution_id: Option<String>,
        /// Which try it is, in decimal, for `<aws.scheduler.attempt-number>`. Absent unless the input has it.
        pub attempt_number: Option<String>,
    }
}
