//! Amazon ECR: images that were scanned, pushed and deleted, by way of EventBridge.
//!
//! Asynchronous: what the function returns is not read.
//!
//! ```
//! use lambda_events::ecr_scan::EcrScanEvent;
//!
//! fn is_critical(event: &EcrScanEvent) -> bool {
//!     event.detail.finding_severity_counts.critical.is_some_and(|count| count > 0)
//! }
//! ```
//!
//! <https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-eventbridge.html>

use crate::eventbridge::EventBridgeEvent;

/// An image was scanned: `ECR Image Scan`.
pub type EcrScanEvent = EventBridgeEvent<EcrScanEventDetailType>;

/// An image was pushed or deleted, or is gone for its age: `ECR Image Action`.
pub type EcrImageActionEvent = EventBridgeEvent<EcrImageActionEventDetailType>;

event! {
    /// An image that was scanned.
    #[derive(Eq)]
    #[serde(rename_all = "kebab-case")]
    pub struct EcrScanEventDetailType {
        /// `COMPLETE` or `FAILED`.
        required pub scan_status: String,
        /// Name of the repository.
        required pub repository_name: String,
        /// How many findings there are, by severity.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub finding_severity_counts: EcrScanEventFindingSeverityCounts,
        /// Digest of the image: `sha256:` and so on.
        pub image_digest: String,
        /// Tags of the image.
        pub image_tags: Vec<String>,
    }

    /// How many findings there are, by severity. Each is absent where there is none.
    #[derive(Eq)]
    #[serde(rename_all = "SCREAMING-KEBAB-CASE")]
    pub struct EcrScanEventFindingSeverityCounts {
        /// Critical ones.
        pub critical: Option<i64>,
        /// High ones.
        pub high: Option<i64>,
        /// Medium ones.
        pub medium: Option<i64>,
        /// Low ones.
        pub low: Option<i64>,
        /// Those that are good to know.
        pub informational: Option<i64>,
        /// Those without a severity.
        pub undefined: Option<i64>,
    }

    /// What was done to an image.
    #[derive(Eq)]
    #[serde(rename_all = "kebab-case")]
    pub struct EcrImageActionEventDetailType {
        /// `SUCCESS` or `FAILURE`.
        pub result: String,
        /// Name of the repository.
        required pub repository_name: String,
        /// Digest of the image: `sha256:` and so on.
        pub image_digest: String,
        /// `PUSH` or `DELETE`.
        required pub action_type: String,
        /// Tag of the image. Absent if it has none.
        pub image_tag: Option<String>,
        /// Media type of the manifest. Absent from older events.
        pub manifest_media_type: Option<String>,
        /// Media type of the artifact. Absent from older events.
        pub artifact_media_type: Option<String>,
    }
}
