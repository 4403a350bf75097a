//! Amazon S3, by way of EventBridge: something happened to an object.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html>

use crate::encodings::Rfc3339Timestamp;

event! {
    /// `Object Created`, `Object Deleted`, `Object Restore Completed`, `Object Storage Class Changed` and the
    /// rest: what there is depends on what happened.
    #[serde(rename_all = "kebab-case")]
    pub struct ObjectEvent {
        /// Version of this structure: `0`.
        pub version: String,
        /// The bucket.
        pub bucket: Bucket,
        /// The object.
        pub object: Object,
        /// Id of the request, or what stands for it.
        pub request_id: String,
        /// Account or service that did it.
        pub requester: String,
        /// Address that the request came from. Absent if a service did it.
        pub source_ip_address: Option<String>,
        /// What was done: `PutObject`, `CopyObject`, `DeleteObject`, `Lifecycle Expiration` and so on. Absent
        /// of what has one cause.
        pub reason: Option<String>,
        /// `Permanently Deleted` or `Delete Marker Created`. Absent unless it was deleted.
        pub deletion_type: Option<String>,
        /// When the copy will be gone. Absent unless it was restored.
        pub restore_expiry_time: Option<Rfc3339Timestamp>,
        /// Storage class that it was restored from. Absent unless it was restored.
        pub source_storage_class: Option<String>,
        /// Storage class that it was moved to. Absent unless it was moved.
        pub destination_storage_class: Option<String>,
        /// Tier that it was moved to. Absent unless it was moved.
        pub destination_access_tier: Option<String>,
    }

    /// A bucket.
    #[serde(rename_all = "kebab-case")]
    pub struct Bucket {
        /// Its name.
        pub name: String,
    }

    /// An object. Its key is not encoded here.
    #[serde(rename_all = "kebab-case")]
    pub struct Object {
        /// Its key, as it is.
        pub key: String,
        /// Its size, in bytes. Absent of one that was deleted.
        pub size: Option<u64>,
        /// Its entity tag. Absent of some events.
        pub etag: Option<String>,
        /// Its version. Absent unless the bucket has versions.
        pub version_id: Option<String>,
        /// What events of the same key are ordered by, as hexadecimal numbers. Absent of some events.
        pub sequencer: Option<String>,
    }
}
