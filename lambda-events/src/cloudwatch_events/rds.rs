//! Amazon RDS and Aurora: something happened to an instance, a cluster, a snapshot or a group.
//!
//! <https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-cloud-watch-events.html>

use crate::encodings::{Map, Rfc3339Timestamp};

event! {
    /// Something happened: `RDS DB Instance Event`, `RDS DB Cluster Event` and the like.
    #[serde(rename_all = "PascalCase")]
    pub struct Event {
        /// What kind of thing happened: `failover`, `backup`. May be none.
        pub event_categories: Vec<String>,
        /// What it happened to: `DB_INSTANCE`, `CLUSTER`, `SNAPSHOT`.
        pub source_type: String,
        /// ARN of what it happened to.
        pub source_arn: String,
        /// When, RFC 3339.
        pub date: Rfc3339Timestamp,
        /// Name of what it happened to.
        required pub source_identifier: String,
        /// What happened, in a sentence.
        pub message: String,
        /// What happened: `RDS-EVENT-0049`.
        #[serde(rename = "EventID")]
        pub event_id: String,
        /// Tags of what it happened to. Absent in some events.
        pub tags: Map<String>,
    }
}
