use serde::{Deserialize, Deserializer, de::Error as _};

use super::decoded_key;
use crate::{
    de::null_as_default,
    encodings::{Map, Rfc3339Timestamp, Text},
};

event! {
    /// What happened to objects of a bucket.
    #[serde(rename_all = "camelCase", try_from = "Wire", into = "Wire")]
    pub struct S3Event {
        /// What happened. The service sends one at a time; of a test, there is none.
        pub records: Vec<S3EventRecord>,
        /// The test that S3 sends when notifications are set up. Absent of anything else.
        pub test_event: Option<S3TestEvent>,
    }

    /// What S3 sends when notifications are set up: `s3:TestEvent`.
    #[derive(Eq)]
    #[serde(rename_all = "PascalCase")]
    pub struct S3TestEvent {
        /// `Amazon S3`.
        pub service: String,
        /// `s3:TestEvent`.
        required pub event: String,
        /// When it was sent, RFC 3339.
        pub time: Rfc3339Timestamp,
        /// Name of the bucket.
        pub bucket: String,
        /// Id of the request that set the notifications up.
        pub request_id: String,
        /// Id of the host that got the request.
        pub host_id: String,
    }

    /// Something that happened to an object.
    #[serde(rename_all = "camelCase")]
    pub struct S3EventRecord {
        /// Version of this structure: `2.1`. The number before the dot changes with what old readers cannot read.
        pub event_version: Text,
        /// `aws:s3`.
        pub event_source: Text,
        /// Region of the bucket: `us-east-1`.
        pub aws_region: Text,
        /// When the request was finished, RFC 3339 with milliseconds.
        pub event_time: Rfc3339Timestamp,
        /// What happened: `ObjectCreated:Put`. Some have `s3:` before it.
        pub event_name: String,
        /// Who did it.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub user_identity: S3UserIdentity,
        /// From where.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub request_parameters: S3RequestParameters,
        /// What AWS Support asks for: `x-amz-request-id` and `x-amz-id-2`.
        pub response_elements: Map<String>,
        /// The bucket and the object.
        pub s3: S3Entity,
        /// What was restored. Absent unless it is `ObjectRestore:Completed`.
        pub glacier_event_data: Option<S3GlacierEventData>,
        /// What was restored, in the structure of events older than 2.1. Absent of anything else.
        pub restore_event_data: Option<S3RestoreEventData>,
        /// What could not be replicated, or was late. Absent unless it is about replication.
        pub replication_event_data: Option<S3ReplicationEventData>,
        /// Where the object was moved to. Absent unless it is `IntelligentTiering`.
        pub intelligent_tiering_event_data: Option<S3IntelligentTieringEventData>,
        /// Where the object was moved to. Absent unless it is `LifecycleTransition`.
        pub lifecycle_event_data: Option<S3LifecycleEventData>,
    }

    /// Who did something.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct S3UserIdentity {
        /// Id of the user in AWS, or in Amazon's store.
        pub principal_id: String,
    }

    /// From where something was done.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct S3RequestParameters {
        /// Address that the request came from, or the name of the service that did it.
        #[serde(rename = "sourceIPAddress")]
        pub source_ip_address: String,
    }

    /// A bucket and an object in it.
    #[serde(rename_all = "camelCase")]
    pub struct S3Entity {
        /// Version of this structure: `1.0`.
        #[serde(rename = "s3SchemaVersion")]
        pub schema_version: Text,
        /// Id of the notification in the bucket's configuration.
        pub configuration_id: String,
        /// The bucket.
        pub bucket: S3Bucket,
        /// The object.
        pub object: S3Object,
    }

    /// A bucket.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct S3Bucket {
        /// Its name.
        pub name: String,
        /// Its owner.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub owner_identity: S3UserIdentity,
        /// Its ARN.
        pub arn: String,
    }

    /// An object.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct S3Object {
        /// Its key, encoded as in URLs. [`decoded_key`](Self::decoded_key) is what other APIs take.
        pub key: String,
        /// Its size, in bytes. Absent of one that was removed.
        pub size: Option<u64>,
        /// Its key without the encoding. Absent in events of S3; programs that forward them add it.
        pub url_decoded_key: Option<String>,
        /// Its version. Absent unless the bucket has versions.
        pub version_id: Option<String>,
        /// Its entity tag. Absent of one that was removed.
        pub e_tag: Option<String>,
        /// What events of the same key are ordered by, as hexadecimal numbers of whatever length. Absent in some events.
        pub sequencer: Option<String>,
    }

    /// What was restored from an archive.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct S3GlacierEventData {
        /// For how long, and to where.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub restore_event_data: S3RestoreEventData,
    }

    /// For how long, and to where, an object was restored.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct S3RestoreEventData {
        /// When the copy will be gone, RFC 3339.
        pub lifecycle_restoration_expiry_time: Rfc3339Timestamp,
        /// Storage class that it was restored from: `GLACIER`.
        pub lifecycle_restore_storage_class: String,
    }

    /// What could not be replicated, or was late.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct S3ReplicationEventData {
        /// Id of the rule.
        pub replication_rule_id: String,
        /// ARN of the bucket that it should go to.
        pub destination_bucket: String,
        /// What should be replicated: `OBJECT_PUT`.
        pub s3_operation: String,
        /// When it was asked for, RFC 3339.
        pub request_time: Rfc3339Timestamp,
        /// Why it failed: `AssumeRoleNotPermitted`. Absent if it was late.
        pub failure_reason: Option<String>,
        /// What it was late by, in minutes. Absent if it failed.
        pub threshold: Option<String>,
        /// When it was replicated in the end, RFC 3339. Absent if it failed.
        pub replication_time: Option<Rfc3339Timestamp>,
    }

    /// Where S3 Intelligent-Tiering moved an object to.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct S3IntelligentTieringEventData {
        /// `ARCHIVE_ACCESS` or `DEEP_ARCHIVE_ACCESS`.
        pub destination_access_tier: String,
    }

    /// What a rule of the bucket's lifecycle did.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct S3LifecycleEventData {
        /// Where the object was moved to.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub transition_event_data: S3TransitionEventData,
    }

    /// Where a rule of the bucket's lifecycle moved an object to.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct S3TransitionEventData {
        /// Storage class: `GLACIER`.
        pub destination_storage_class: String,
    }
}

impl S3Event {
    /// Whether it is the test that S3 sends when notifications are set up, and nothing happened.
    pub fn is_test(&self) -> bool {
        self.test_event.is_some()
    }
}

impl S3Object {
    /// The key without the encoding of URLs: `Happy%20Face.jpg` is `Happy Face.jpg`.
    pub fn decoded_key(&self) -> String {
        decoded_key(&self.key)
    }
}

event! {
    /// Either of the two, as they are on the wire.
    #[serde(rename_all = "PascalCase")]
    struct Wire {
        #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
        custom pub records: Option<Vec<S3EventRecord>>,
        pub service: Option<String>,
        #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
        custom pub event: Option<String>,
        pub time: Option<Rfc3339Timestamp>,
        pub bucket: Option<String>,
        pub request_id: Option<String>,
        pub host_id: Option<String>,
    }
}

/// Tells `null`, which is empty, from what is missing.
fn present<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    null_as_default(deserializer).map(Some)
}

impl TryFrom<Wire> for S3Event {
    type Error = serde::de::value::Error;

    fn try_from(wire: Wire) -> Result<Self, Self::Error> {
        let test_event = wire.event.map(|event| S3TestEvent {
            service: wire.service.unwrap_or_default(),
            event,
            time: wire.time.unwrap_or_default(),
            bucket: wire.bucket.unwrap_or_default(),
            request_id: wire.request_id.unwrap_or_default(),
            host_id: wire.host_id.unwrap_or_default(),
            ..S3TestEvent::default()
        });
        if wire.records.is_none() && test_event.is_none() {
            return Err(Self::Error::missing_field("Records"));
        }
        Ok(Self {
            records: wire.records.unwrap_or_default(),
            test_event,
            #[cfg(feature = "catch-all-fields")]
            other: wire.other,
        })
    }
}

impl From<S3Event> for Wire {
    fn from(event: S3Event) -> Self {
        let mut wire = Self {
            #[cfg(feature = "catch-all-fields")]
            other: event.other,
            ..Self::default()
        };
        if let Some(test) = event.test_event {
            wire.service = Some(test.service);
            wire.event = Some(test.event);
            wire.time = Some(test.time);
            wire.bucket = Some(test.bucket);
            wire.request_id = Some(test.request_id);
            wire.host_id = Some(test.host_id);
        } else {
            wire.records = Some(event.records);
        }
        wire
    }
}
