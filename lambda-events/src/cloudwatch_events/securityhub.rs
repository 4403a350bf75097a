//! AWS Security Hub: findings of all services, and custom actions on them.
//!
//! <https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-cwe-event-formats.html>

use serde_json::Value;

use crate::encodings::{Map, Rfc3339Timestamp};

event! {
    /// `Security Hub Findings - Imported`: findings are new or have changed. One per event.
    #[serde(rename_all = "camelCase")]
    pub struct FindingsImported {
        /// The findings.
        required pub findings: Vec<Finding>,
    }

    /// `Security Hub Findings - Custom Action`: somebody has chosen findings, and an action for them.
    #[serde(rename_all = "camelCase")]
    pub struct FindingsCustomAction {
        /// Name of the action.
        required pub action_name: String,
        /// What it is for, in words.
        pub action_description: String,
        /// The findings.
        required pub findings: Vec<Finding>,
    }

    /// `Security Hub Insight Results`: somebody has chosen results of an insight, and an action for them.
    #[serde(rename_all = "camelCase")]
    pub struct InsightResults {
        /// Name of the action.
        pub action_name: String,
        /// What it is for, in words.
        pub action_description: String,
        /// ARN of the insight.
        required pub insight_arn: String,
        /// Name of the insight.
        pub insight_name: String,
        /// `custom`, or who made the insight.
        pub result_type: String,
        /// How many findings there are, by what they are grouped by: one object per result.
        pub insight_results: Vec<Map<Value>>,
    }

    /// A finding, in the format of Security Hub: ASFF, version 2018-10-08. What it is about in detail, as the network or the
    /// process, is kept with the feature `catch-all-fields` only.
    ///
    /// <https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-format-syntax.html>
    #[serde(rename_all = "PascalCase")]
    pub struct Finding {
        /// `2018-10-08`.
        pub schema_version: String,
        /// Id of the finding, unique for its product.
        required pub id: String,
        /// ARN of what found it.
        pub product_arn: String,
        /// Name of what found it: `Inspector`. Absent from older findings.
        pub product_name: Option<String>,
        /// Who makes what found it: `AWS`. Absent from older findings.
        pub company_name: Option<String>,
        /// Region of what found it. Absent from older findings.
        pub region: Option<String>,
        /// Id of the rule that found it.
        pub generator_id: String,
        /// Account of the finding, 12 digits.
        pub aws_account_id: String,
        /// Name of the account. Absent from older findings.
        pub aws_account_name: Option<String>,
        /// What it is: `Software and Configuration Checks/Vulnerabilities/CVE`. Absent where a rule says it.
        pub types: Option<Vec<String>>,
        /// When it was found first. Absent where what found it does not say.
        pub first_observed_at: Option<Rfc3339Timestamp>,
        /// When it was found last. Absent where what found it does not say.
        pub last_observed_at: Option<Rfc3339Timestamp>,
        /// When it was written down.
        #[serde(default)]
        pub created_at: Rfc3339Timestamp,
        /// When it was changed.
        #[serde(default)]
        pub updated_at: Rfc3339Timestamp,
        /// When Security Hub got it. Absent from older findings.
        pub processed_at: Option<Rfc3339Timestamp>,
        /// How serious it is.
        pub severity: Option<Severity>,
        /// How certain it is, from 0 to 100. Absent where what found it does not say.
        pub confidence: Option<f64>,
        /// How important what it is about is, from 0 to 100. Absent where nobody says.
        pub criticality: Option<f64>,
        /// What it is, in a line of up to 256 characters.
        pub title: String,
        /// What it is, in up to 1,024 characters.
        pub description: String,
        /// What to do. Absent where what found it does not say.
        pub remediation: Option<Remediation>,
        /// Address of it where it was found. Absent where there is none.
        pub source_url: Option<String>,
        /// What else there is to say about it. Absent if nothing.
        pub product_fields: Map<String>,
        /// What users say about it. Absent if nothing.
        pub user_defined_fields: Map<String>,
        /// What it is about.
        pub resources: Vec<Resource>,
        /// How a check went. Only of a check.
        pub compliance: Option<Compliance>,
        /// Vulnerabilities of packages. Absent if it is about none.
        pub vulnerabilities: Option<Vec<Value>>,
        /// `NEW`, `NOTIFIED`, `RESOLVED`: superseded by [`workflow`](Self::workflow). Absent from some findings.
        pub workflow_state: Option<String>,
        /// How far the work on it is. Absent from older findings.
        pub workflow: Option<Workflow>,
        /// `ACTIVE` or `ARCHIVED`. Absent from older findings.
        pub record_state: Option<String>,
        /// What a user wrote: text, by whom, when. Absent if nobody did.
        pub note: Option<Value>,
        /// Severity and so on as what found it said. Absent from older findings.
        pub finding_provider_fields: Option<Value>,
        /// Whether it is only a sample. Absent if it is not.
        pub sample: Option<bool>,
    }

    /// How serious a finding is.
    #[serde(rename_all = "PascalCase")]
    pub struct Severity {
        /// `INFORMATIONAL`, `LOW`, `MEDIUM`, `HIGH` or `CRITICAL`. Absent from older findings.
        pub label: Option<String>,
        /// The same, from 0 to 100. Absent from newer findings.
        pub normalized: Option<f64>,
        /// The same, as what found it has it. Absent where it does not say.
        pub original: Option<String>,
        /// The same, as a number of what found it. Absent from newer findings.
        pub product: Option<f64>,
    }

    /// What to do.
    #[serde(rename_all = "PascalCase")]
    pub struct Remediation {
        /// What is recommended. Absent if nothing.
        pub recommendation: Option<Recommendation>,
    }

    /// What is recommended.
    #[serde(rename_all = "PascalCase")]
    pub struct Recommendation {
        /// In words. Absent where there are none.
        pub text: Option<String>,
        /// Where to read about it. Absent where there is nothing to read.
        pub url: Option<String>,
    }

    /// What a finding is about.
    #[serde(rename_all = "PascalCase")]
    pub struct Resource {
        /// Type of it: `AwsS3Bucket`.
        #[serde(rename = "Type")]
        pub type_: String,
        /// ARN or id of it.
        pub id: String,
        /// `aws`, `aws-cn`, `aws-us-gov`. Absent from older findings.
        pub partition: Option<String>,
        /// Region of it. Absent if it has none.
        pub region: Option<String>,
        /// Tags of it. Absent if it has none.
        pub tags: Map<String>,
        /// More about it, by its type. Absent where there is no more.
        pub details: Map<Value>,
    }

    /// How a check went.
    #[serde(rename_all = "PascalCase")]
    pub struct Compliance {
        /// `PASSED`, `WARNING`, `FAILED` or `NOT_AVAILABLE`.
        pub status: Option<String>,
        /// Requirements that the check belongs to. Absent if it belongs to none.
        pub related_requirements: Option<Vec<String>>,
        /// Id of the control: `S3.1`. Absent from older findings.
        pub security_control_id: Option<String>,
        /// Standards that the control belongs to: `StandardsId`. Absent from older findings.
        pub associated_standards: Option<Vec<Value>>,
        /// Why it has this status: `ReasonCode`, `Description`. Absent if there is no reason.
        pub status_reasons: Option<Vec<Value>>,
    }

    /// How far the work on a finding is.
    #[serde(rename_all = "PascalCase")]
    pub struct Workflow {
        /// `NEW`, `NOTIFIED`, `RESOLVED` or `SUPPRESSED`.
        pub status: String,
    }
}
