//! Tags that were changed.
//!
//! <https://docs.aws.amazon.com/tag-editor/latest/userguide/monitoring-tag-changes.html>

use serde_json::Value;

use crate::encodings::Map;

event! {
    /// `Tag Change on Resource`: tags of a resource were changed.
    #[serde(rename_all = "kebab-case")]
    pub struct TagChangeOnResource {
        /// Names of the tags that were changed.
        required pub changed_tag_keys: Vec<String>,
        /// The service: `ec2`.
        pub service: String,
        /// Kind of the resource: `instance`.
        pub resource_type: String,
        /// How often its tags were changed: a number.
        #[serde(default)]
        pub version: Value,
        /// The same, for events that come out of order. Absent in old events.
        pub version_vector: Option<Value>,
        /// All tags, by name.
        pub tags: Map<String>,
    }
}
