//! AWS Health: something that may affect what you run.
//!
//! <https://docs.aws.amazon.com/health/latest/ug/aws-health-events-eventbridge-schema.html>

use crate::encodings::Map;

event! {
    /// `AWS Health Event`: something that may affect what you run.
    #[serde(rename_all = "camelCase")]
    pub struct Event {
        /// ARN of the event.
        required pub event_arn: String,
        /// The service: `EC2`.
        pub service: String,
        /// What it is: `AWS_EC2_INSTANCE_STORE_DRIVE_PERFORMANCE_DEGRADED`.
        pub event_type_code: String,
        /// `issue`, `accountNotification`, `scheduledChange` or `investigation`.
        pub event_type_category: String,
        /// `ACCOUNT_SPECIFIC` or `PUBLIC`. Absent in old events.
        pub event_scope_code: Option<String>,
        /// Id of what was said about it. Absent in old events.
        pub communication_id: Option<String>,
        /// When it begins: `Sat, 05 Jun 2021 15:10:09 GMT`.
        pub start_time: String,
        /// When it ends, in the same format. Absent while that is not known.
        pub end_time: Option<String>,
        /// When it last changed, in the same format. Absent in old events.
        pub last_updated_time: Option<String>,
        /// `open`, `upcoming` or `closed`. Absent in old events.
        pub status_code: Option<String>,
        /// Region that it happens in. Absent in old events.
        pub event_region: Option<String>,
        /// What it is, in each language.
        pub event_description: Vec<EventDescription>,
        /// More about it, by name. Absent in old events.
        pub event_metadata: Map<String>,
        /// What it affects. Absent if it is of nothing in particular.
        pub affected_entities: Option<Vec<Entity>>,
        /// Account that it affects. Absent in old events.
        pub affected_account: Option<String>,
        /// Which part of the entities it has, in decimal. Absent in old events.
        pub page: Option<String>,
        /// How many parts there are, in decimal. Absent in old events.
        pub total_pages: Option<String>,
    }

    /// What an event is, in a language.
    #[serde(rename_all = "camelCase")]
    pub struct EventDescription {
        /// The language: `en_US`.
        pub language: String,
        /// What it is.
        pub latest_description: String,
    }

    /// Something that an event affects.
    #[serde(rename_all = "camelCase")]
    pub struct Entity {
        /// Its id or its ARN.
        pub entity_value: String,
        /// Its ARN. Absent in most events.
        pub entity_arn: Option<String>,
        /// `IMPAIRED`, `UNIMPAIRED` and so on. Absent in old events.
        pub status: Option<String>,
        /// When it last changed. Absent in old events.
        pub last_updated_time: Option<String>,
        /// Tags, by name.
        pub tags: Map<String>,
    }
}
