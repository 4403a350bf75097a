//! AWS CodeCommit: pushes to a repository.
//!
//! Invoked asynchronously, by a trigger of the repository. What the function returns is not read.
//!
//! ```
//! use lambda_events::code_commit::CodeCommitEvent;
//!
//! fn branches(event: &CodeCommitEvent) -> impl Iterator<Item = &str> {
//!     event.records.iter().flat_map(|record| &record.code_commit.references).filter_map(|reference| reference.branch())
//! }
//! ```
//!
//! <https://docs.aws.amazon.com/codecommit/latest/userguide/how-to-notify-lambda.html>

use crate::encodings::Rfc3339Timestamp;

/// A point in time as CodeCommit writes it: `2016-01-01T23:59:59.000+0000`.
pub type CodeCommitEventTime = Rfc3339Timestamp;

event! {
    /// Pushes to a repository.
    #[derive(Eq)]
    pub struct CodeCommitEvent {
        /// The pushes, mostly one.
        #[serde(rename = "Records")]
        required pub records: Vec<CodeCommitRecord>,
    }

    /// A push.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct CodeCommitRecord {
        /// Id of the event, a UUID.
        pub event_id: String,
        /// Version of the event: `1.0`.
        pub event_version: String,
        /// When it happened.
        #[serde(default)]
        pub event_time: CodeCommitEventTime,
        /// Name of the trigger.
        pub event_trigger_name: String,
        /// Which part of the event this is, from 1 on: a push of many references is told in parts.
        #[serde(default)]
        pub event_part_number: u64,
        /// What was pushed.
        #[serde(rename = "codecommit", default, deserialize_with = "crate::de::null_as_default")]
        pub code_commit: CodeCommitCodeCommit,
        /// `ReferenceChanges`, or `TriggerEventTest`.
        pub event_name: String,
        /// Id of the configuration of the trigger, a UUID.
        pub event_trigger_config_id: String,
        /// ARN of the repository.
        #[serde(rename = "eventSourceARN")]
        pub event_source_arn: String,
        /// ARN of who pushed.
        #[serde(rename = "userIdentityARN")]
        pub user_identity_arn: String,
        /// `aws:codecommit`.
        pub event_source: String,
        /// Region of the repository: `us-east-1`.
        pub aws_region: String,
        /// How many parts the event has.
        #[serde(default)]
        pub event_total_parts: u64,
        /// What the trigger is configured to send along. Absent if nothing.
        pub custom_data: Option<String>,
    }

    /// What was pushed.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct CodeCommitCodeCommit {
        /// The branches and tags that changed.
        pub references: Vec<CodeCommitReference>,
    }

    /// A branch or a tag that changed.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct CodeCommitReference {
        /// Id of the commit that it is at now. Of one that was deleted, that it was at.
        pub commit: String,
        /// Full name: `refs/heads/main`.
        pub ref_: String,
        /// It is new. Absent if it was there before.
        pub created: Option<bool>,
        /// It is gone. Absent if it is still there.
        pub deleted: Option<bool>,
    }
}

impl CodeCommitReference {
    /// Name of the branch. None if it is a tag.
    pub fn branch(&self) -> Option<&str> {
        self.ref_.strip_prefix("refs/heads/")
    }

    /// Name of the tag. None if it is a branch.
    pub fn tag(&self) -> Option<&str> {
        self.ref_.strip_prefix("refs/tags/")
    }
}
