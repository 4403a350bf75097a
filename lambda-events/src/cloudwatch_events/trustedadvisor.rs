//! AWS Trusted Advisor: checks that were made.
//!
//! <https://docs.aws.amazon.com/awssupport/latest/user/cloudwatch-events-ta.html>

use crate::encodings::Map;

event! {
    /// `Trusted Advisor Check Item Refresh Notification`: a check was made.
    #[serde(rename_all = "kebab-case")]
    pub struct CheckItemRefreshNotification {
        /// Name of the check.
        required pub check_name: String,
        /// What it found, by the headings of its table.
        pub check_item_detail: Map<Option<String>>,
        /// `OK`, `WARN` or `ERROR`.
        pub status: String,
        /// ARN of what was checked.
        #[serde(rename = "resource_id")]
        pub resource_id: String,
        /// Id of the finding.
        pub uuid: String,
    }
}
