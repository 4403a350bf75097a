//! Amazon GuardDuty: something suspicious.
//!
//! <https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html>

use serde_json::Value;

use crate::encodings::Rfc3339Timestamp;

event! {
    /// `GuardDuty Finding`: something suspicious, once and then again while it lasts.
    #[serde(rename_all = "camelCase")]
    pub struct Finding {
        /// Version of this structure: `2.0`.
        pub schema_version: String,
        /// Account that it happened in: 12 digits.
        pub account_id: String,
        /// Region that it happened in.
        pub region: String,
        /// `aws`, `aws-cn` and so on.
        pub partition: String,
        /// Id of the finding.
        required pub id: String,
        /// Its ARN.
        pub arn: String,
        /// What it is: `UnauthorizedAccess:EC2/SSHBruteForce`.
        #[serde(rename = "type")]
        pub type_: String,
        /// What it is about: `resourceType` and details that depend on it.
        #[serde(default)]
        pub resource: Value,
        /// What was seen.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub service: FindingService,
        /// How serious it is: from 1 to 10.
        #[serde(default)]
        pub severity: f64,
        /// What it is, in a line.
        pub title: String,
        /// What it is, in a sentence.
        pub description: String,
        /// When it was found. Absent in some events.
        pub created_at: Option<Rfc3339Timestamp>,
        /// When it was last seen. Absent in some events.
        pub updated_at: Option<Rfc3339Timestamp>,
        /// How sure it is. Absent in most events.
        pub confidence: Option<f64>,
        /// ARN of the attack that it is a part of. Absent if it is of none.
        pub associated_attack_sequence_arn: Option<String>,
    }

    /// What was seen.
    #[serde(rename_all = "camelCase")]
    pub struct FindingService {
        /// `guardduty`.
        pub service_name: String,
        /// Id of the detector.
        pub detector_id: String,
        /// What was done: `actionType` and details that depend on it. Absent in some events.
        pub action: Option<Value>,
        /// Lists of threats that it is on. Absent if it is on none.
        pub evidence: Option<Value>,
        /// When it was first seen. Absent in some events.
        pub event_first_seen: Option<Rfc3339Timestamp>,
        /// When it was last seen. Absent in some events.
        pub event_last_seen: Option<Rfc3339Timestamp>,
        /// Whether somebody has put it away.
        #[serde(default)]
        pub archived: bool,
        /// How often it was seen.
        #[serde(default)]
        pub count: u64,
        /// Whether it is `TARGET` or `ACTOR`. Absent in some events.
        pub resource_role: Option<String>,
        /// More about it. Absent in some events.
        pub additional_info: Option<Value>,
        /// `USEFUL` or `NOT_USEFUL`. Absent unless somebody said so.
        pub user_feedback: Option<String>,
        /// What of GuardDuty found it. Absent in old events.
        pub feature_name: Option<String>,
        /// The process, and what it was about. Absent unless the runtime was watched.
        pub runtime_details: Option<Value>,
        /// What a scan of volumes found. Absent unless there was one.
        pub ebs_volume_scan_details: Option<Value>,
        /// What a scan for malware found. Absent unless there was one.
        pub malware_scan_details: Option<Value>,
        /// What is unusual, or the attack that it is. Absent in most events.
        pub detection: Option<Value>,
    }
}
