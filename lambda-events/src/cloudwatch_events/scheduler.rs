//! Amazon EventBridge Scheduler. A schedule without an input of its own sends an envelope with an empty detail.
//!
//! <https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html>

use crate::encodings::Rfc3339Timestamp;

event! {
    /// `Scheduled Event`: the detail of a schedule, of Scheduler and of rules. Empty; which schedule it is, is
    /// among the resources.
    #[serde(rename_all = "camelCase")]
    pub struct ScheduledEvent {
    }

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
