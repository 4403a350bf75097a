//! Amazon Macie Classic, which is no more: alerts.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event.html>

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::encodings::Map;

/// `Macie Alert` of buckets that were looked for.
pub type BucketScanAlert = Alert<BucketScanSummary>;

/// `Macie Alert` of a bucket that everybody can write to.
pub type BucketWritableAlert = Alert<BucketWritableSummary>;

/// `Macie Alert` of a bucket with what should not be in it.
pub type BucketContainsHighRiskObjectAlert = Alert<BucketContainsHighRiskObjectSummary>;

event! {
    /// `Macie Alert`: something was found. `T` is what, which depends on the kind.
    #[serde(rename_all = "camelCase", bound(deserialize = "T: DeserializeOwned"))]
    pub struct Alert<T = Value> {
        /// `ALERT_CREATED` or `ALERT_UPDATED`.
        #[serde(rename = "notification-type")]
        required pub notification_type: String,
        /// Its name.
        pub name: String,
        /// Tags.
        pub tags: Vec<String>,
        /// Where to read about it.
        pub url: String,
        /// ARN of the alert.
        #[serde(rename = "alert-arn")]
        pub alert_arn: String,
        /// How serious it is: from 1 to 10.
        #[serde(rename = "risk-score", default)]
        pub risk_score: i64,
        /// What found it.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub trigger: Trigger,
        /// When it was found, RFC 3339.
        #[serde(rename = "created-at")]
        pub created_at: String,
        /// Who did it.
        pub actor: String,
        /// What was found.
        pub summary: T,
    }

    /// `Macie Alert`, of one that was changed.
    #[serde(rename_all = "camelCase")]
    pub struct AlertUpdated {
        /// `ALERT_CREATED` or `ALERT_UPDATED`.
        #[serde(rename = "notification-type")]
        required pub notification_type: String,
        /// Its name.
        pub name: String,
        /// Tags.
        pub tags: Vec<String>,
        /// Where to read about it.
        pub url: String,
        /// ARN of the alert.
        #[serde(rename = "alert-arn")]
        pub alert_arn: String,
        /// How serious it is: from 1 to 10.
        #[serde(rename = "risk-score", default)]
        pub risk_score: i64,
        /// When it was found, RFC 3339.
        #[serde(rename = "created-at")]
        pub created_at: String,
        /// Who did it.
        pub actor: String,
        /// What found it.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub trigger: UpdatedTrigger,
    }

    /// What found something.
    #[serde(rename_all = "kebab-case")]
    pub struct Trigger {
        /// ARN of the rule.
        pub rule_arn: String,
        /// `basic`.
        pub alert_type: String,
        /// When the rule was made, RFC 3339.
        pub created_at: String,
        /// What it is, in a sentence.
        pub description: String,
        /// How serious it is: from 1 to 10.
        #[serde(default)]
        pub risk: i64,
    }

    /// What found something that was changed.
    #[serde(rename_all = "kebab-case")]
    pub struct UpdatedTrigger {
        /// `predictive`.
        pub alert_type: String,
        /// What is unusual, by name.
        pub features: Map<FeatureInfo>,
    }

    /// Something that is unusual.
    #[serde(rename_all = "snake_case")]
    pub struct FeatureInfo {
        /// Its name.
        pub name: String,
        /// What it is, in a sentence.
        pub description: String,
        /// What it is, in sentences.
        pub narrative: String,
        /// Whether it is unusual now.
        #[serde(default)]
        pub anomalous: bool,
        /// How much more than usual it is.
        #[serde(default)]
        pub multiplier: f64,
        /// When it was unusual, RFC 3339.
        pub excession_times: Vec<String>,
        /// How serious it is: from 1 to 10.
        #[serde(default)]
        pub risk: i64,
    }

    /// Buckets that were looked for.
    #[serde(rename_all = "PascalCase")]
    pub struct BucketScanSummary {
        /// What it is, in a sentence.
        pub description: String,
        /// How often, by address.
        #[serde(rename = "IP")]
        pub ip: Map<i64>,
        /// How often, by time.
        #[serde(rename = "Time Range")]
        pub time_range: Vec<TimeRange>,
        /// ARN of who did it.
        #[serde(rename = "Source ARN")]
        pub source_arn: String,
        /// How many records there are.
        #[serde(rename = "Record Count", default)]
        pub record_count: i64,
        /// How often, by region.
        pub location: Map<i64>,
        /// How many events there are.
        #[serde(rename = "Event Count", default)]
        pub event_count: i64,
        /// How often, by what was called.
        pub events: Map<ActionInfo>,
        /// How often, by account.
        #[serde(rename = "recipientAccountId")]
        pub recipient_account_id: Map<i64>,
    }

    /// How often something was done in a time.
    #[serde(rename_all = "camelCase")]
    pub struct TimeRange {
        /// How often.
        #[serde(default)]
        pub count: i64,
        /// From when, RFC 3339.
        pub start: String,
        /// To when, RFC 3339.
        pub end: String,
    }

    /// How often something was called.
    #[serde(rename_all = "camelCase")]
    pub struct ActionInfo {
        /// How often.
        #[serde(default)]
        pub count: i64,
        /// How often, by provider.
        #[serde(rename = "ISP")]
        pub isp: Map<i64>,
        /// How often it failed, by why. Absent if it did not.
        #[serde(alias = "Error Code")]
        pub error_code: Map<i64>,
    }

    /// A bucket that everybody can write to.
    #[serde(rename_all = "PascalCase")]
    pub struct BucketWritableSummary {
        /// What it is, in a sentence.
        pub description: String,
        /// How often, by bucket.
        pub bucket: Map<i64>,
        /// How many records there are.
        #[serde(rename = "Record Count", default)]
        pub record_count: i64,
        /// Who may what, by bucket.
        #[serde(rename = "ACL")]
        pub acl: Map<Vec<AclEntry>>,
        /// How many events there are.
        #[serde(rename = "Event Count", default)]
        pub event_count: i64,
        /// How often, by time.
        pub timestamps: Map<i64>,
    }

    /// Who may what in a bucket.
    #[serde(rename_all = "PascalCase")]
    pub struct AclEntry {
        /// The owner. Absent in some events.
        pub owner: Option<Owner>,
        /// Who else may what.
        pub grants: Vec<Grant>,
    }

    /// The owner of a bucket.
    #[serde(rename_all = "PascalCase")]
    pub struct Owner {
        /// Its name. Absent in most regions.
        pub display_name: Option<String>,
        /// Its id.
        #[serde(rename = "ID")]
        pub id: String,
    }

    /// What somebody may.
    #[serde(rename_all = "PascalCase")]
    pub struct Grant {
        /// Who.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub grantee: Grantee,
        /// What: `WRITE`.
        pub permission: String,
    }

    /// Who may do something.
    #[serde(rename_all = "camelCase")]
    pub struct Grantee {
        /// `Group` or `CanonicalUser`.
        #[serde(rename = "type")]
        pub type_: String,
        /// The group. Absent of a user.
        #[serde(rename = "URI")]
        pub uri: Option<String>,
    }

    /// A bucket with what should not be in it.
    #[serde(rename_all = "PascalCase")]
    pub struct BucketContainsHighRiskObjectSummary {
        /// What it is, in a sentence.
        pub description: String,
        /// How often, by object.
        pub object: Map<i64>,
        /// How many records there are.
        #[serde(rename = "Record Count", default)]
        pub record_count: i64,
        /// How often, by what it is about.
        pub themes: Map<i64>,
        /// How many events there are.
        #[serde(rename = "Event Count", default)]
        pub event_count: i64,
        /// How often, by risk.
        #[serde(rename = "DLP risk")]
        pub dlp_risk: Map<i64>,
        /// How often, by owner.
        pub owner: Map<i64>,
        /// How often, by time.
        pub timestamps: Map<i64>,
    }
}
