//! Amazon DynamoDB Streams: batches of changes to the items of a table, polled in their order.
//!
//! An error makes Lambda send the batch again; with `ReportBatchItemFailures` in the event source mapping, it goes on at the
//! first record that failed. [`Event::try_each`] finds it.
//!
//! ```
//! use lambda_events::{BatchResponse, Error, dynamodb::Event};
//!
//! #[derive(serde::Deserialize)]
//! struct Order {
//!     id: u64,
//!     notes: Option<String>,
//! }
//!
//! async fn handle(event: Event) -> Result<BatchResponse, Error> {
//!     event
//!         .try_each(async |record| {
//!             if let Some(order) = record.new_item::<Order>()? {
//!                 println!("{} is {}", order.id, order.notes.as_deref().unwrap_or("without notes"));
//!             }
//!             Ok::<_, Error>(())
//!         })
//!         .await
//! }
//! ```
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html>

mod attributes;
mod from_item;

pub use self::{
    attributes::{AttributeValue, Item},
    from_item::{AttributeError, from_attribute, from_item},
};
pub use crate::{
    batch::{BatchItemFailure as DynamoDbBatchItemFailure, BatchResponse as DynamoDbEventResponse},
    time_window::TimeWindowEventResponse,
};

use std::{fmt, time::SystemTime};

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{
    BatchResponse, Error,
    batch::until_failure,
    encodings::{Map, SecondTimestamp, Text},
    time_window::Window,
};

event! {
    /// A batch of changes, of one shard of a stream.
    #[serde(rename_all = "camelCase")]
    pub struct Event {
        /// The changes, 1 to 10,000. Those of one item are in their order.
        #[serde(rename = "Records")]
        required pub records: Vec<EventRecord>,
    }

    /// A batch of changes in a tumbling window.
    ///
    /// `S` is the state that your function carries from one invocation of a window to the next: any JSON object.
    #[serde(rename_all = "camelCase", bound(serialize = "S: Serialize", deserialize = "S: DeserializeOwned + Default"))]
    pub struct TimeWindowEvent<S = Map<Value>> {
        /// The changes. Empty in a last invocation that only ends the window.
        #[serde(rename = "Records")]
        required pub records: Vec<EventRecord>,
        /// From when to when the window is.
        pub window: Window,
        /// What the invocation before returned. The default in the first one of a window.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub state: S,
        /// The shard.
        pub shard_id: String,
        /// ARN of the stream.
        #[serde(rename = "eventSourceARN")]
        pub event_source_arn: String,
        /// Nothing comes after this invocation: the result of the window can be stored.
        pub is_final_invoke_for_window: bool,
        /// The window was ended before its time, because the state would have grown too large.
        pub is_window_terminated_early: bool,
    }

    /// A change to an item, and where it is from.
    #[serde(rename_all = "camelCase")]
    pub struct EventRecord {
        /// Region of the table: `us-east-1`.
        pub aws_region: Text,
        /// The change itself.
        #[serde(rename = "dynamodb")]
        pub change: StreamRecord,
        /// An id of the change: 32 hexadecimal digits.
        #[serde(rename = "eventID")]
        pub event_id: String,
        /// What was done to the item.
        pub event_name: OperationType,
        /// `aws:dynamodb`.
        pub event_source: Text,
        /// Version of this structure: `1.1`. Empty in records that come by way of a Kinesis stream, which do not have it.
        #[serde(skip_serializing_if = "crate::de::is_default")]
        pub event_version: Text,
        /// ARN of the stream. Absent in records that come by way of a Kinesis stream.
        #[serde(rename = "eventSourceARN")]
        pub event_source_arn: Option<String>,
        /// Who changed the item. Absent unless it was the service: an item whose time to live is over.
        pub user_identity: Option<UserIdentity>,
        /// `application/json`. Absent unless the record comes by way of a Kinesis stream.
        pub record_format: Option<String>,
        /// The table. Absent unless the record comes by way of a Kinesis stream.
        pub table_name: Option<String>,
    }

    /// Who changed an item.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct UserIdentity {
        /// `Service`.
        #[serde(rename = "type", alias = "Type")]
        pub type_: String,
        /// `dynamodb.amazonaws.com`.
        #[serde(alias = "PrincipalId")]
        pub principal_id: String,
    }

    /// A change to an item.
    #[serde(rename_all = "PascalCase")]
    pub struct StreamRecord {
        /// When the change was made, in whole seconds. Absent in some records. Those that come by way of a Kinesis stream have
        /// milliseconds or microseconds here: [`EventRecord::creation_time`] tells them apart.
        pub approximate_creation_date_time: Option<SecondTimestamp>,
        /// What the time is in. Absent unless the record comes by way of a Kinesis stream, and in older ones of those, whose times
        /// are in milliseconds.
        pub approximate_creation_date_time_precision: Option<TimePrecision>,
        /// The primary key of the item.
        pub keys: Map<AttributeValue>,
        /// The item after the change. Absent if the item was removed, or the stream does not have it.
        pub new_image: Map<AttributeValue>,
        /// The item before the change. Absent if the item is new, or the stream does not have it.
        pub old_image: Map<AttributeValue>,
        /// Place in the shard: a decimal number of 21 to 40 digits. Absent in records that come by way of a Kinesis stream.
        pub sequence_number: Option<Text>,
        /// Size of the record, in bytes.
        pub size_bytes: u64,
        /// What the stream has of an item. Absent in records that come by way of a Kinesis stream.
        pub stream_view_type: Option<StreamViewType>,
    }
}

open_enum! {
    /// What was done to an item.
    pub enum OperationType {
        /// It is new.
        Insert = "INSERT",
        /// At least one attribute was changed.
        Modify = "MODIFY",
        /// It was removed.
        Remove = "REMOVE",
    }

    /// What a stream has of an item that was changed.
    pub enum StreamViewType {
        /// The item after the change.
        NewImage = "NEW_IMAGE",
        /// The item before the change.
        OldImage = "OLD_IMAGE",
        /// The item before and after the change.
        NewAndOldImages = "NEW_AND_OLD_IMAGES",
        /// The primary key only.
        KeysOnly = "KEYS_ONLY",
    }

    /// What the time of a record is in that comes by way of a Kinesis stream.
    pub enum TimePrecision {
        /// Milliseconds since 1970.
        Millisecond = "MILLISECOND",
        /// Microseconds since 1970.
        Microsecond = "MICROSECOND",
    }

    /// The state of a stream.
    pub enum StreamStatus {
        /// It is being set up.
        Enabling = "ENABLING",
        /// It works.
        Enabled = "ENABLED",
        /// It is being taken down.
        Disabling = "DISABLING",
        /// It does not take changes.
        Disabled = "DISABLED",
    }

    /// Where in a shard reading begins.
    pub enum SharedIteratorType {
        /// At the oldest record that is there.
        TrimHorizon = "TRIM_HORIZON",
        /// After the newest.
        Latest = "LATEST",
        /// At a sequence number.
        AtSequenceNumber = "AT_SEQUENCE_NUMBER",
        /// After a sequence number.
        AfterSequenceNumber = "AFTER_SEQUENCE_NUMBER",
    }

    /// The part that an attribute has in the primary key.
    pub enum KeyType {
        /// The partition key.
        Hash = "HASH",
        /// The sort key.
        Range = "RANGE",
    }
}

impl Event {
    /// Handles one change after the other until one fails, and answers with that one, so that Lambda goes on with it.
    ///
    /// A panic counts as a failure. Changes after the first failure are not tried: they come again, and their order holds.
    ///
    /// What failed and why is an error event with the feature `tracing`; without it, say so in `handle`.
    ///
    /// # Errors
    ///
    /// Fails if the first change did, with a [`BatchError`](crate::BatchError): nothing was handled. Lambda then counts an
    /// error, and sends the batch again even without `ReportBatchItemFailures`.
    ///
    /// # Cancel safety
    ///
    /// Dropped, it has handled some changes, and nothing tells which.
    pub async fn try_each<E: fmt::Display>(
        &self,
        handle: impl AsyncFnMut(&EventRecord) -> Result<(), E>,
    ) -> Result<BatchResponse, Error> {
        let sequence_number =
            |record: &EventRecord| record.change.sequence_number.as_deref().unwrap_or_default().to_owned();
        until_failure(&self.records, sequence_number, handle).await
    }
}

impl EventRecord {
    /// When the change was made, whichever way the record came. `None` if it does not say.
    ///
    /// The time is in seconds, but in a record that comes by way of a Kinesis stream in milliseconds or microseconds.
    pub fn creation_time(&self) -> Option<SystemTime> {
        let time = self.change.approximate_creation_date_time?;
        let parts = match self.change.approximate_creation_date_time_precision {
            Some(TimePrecision::Microsecond) => 1e6,
            None if self.record_format.is_none() => 1.0,
            _ => 1e3,
        };
        Some(SecondTimestamp::from_secs(time.as_secs() / parts).to_system_time())
    }

    /// The primary key, as a `T`.
    ///
    /// # Errors
    ///
    /// Fails if it is not a `T`. The error names the attribute.
    pub fn keys<T: DeserializeOwned>(&self) -> Result<T, AttributeError> {
        from_item(&self.change.keys)
    }

    /// The item after the change, as a `T`. `None` if the event does not have it.
    ///
    /// # Errors
    ///
    /// Fails if it is not a `T`. The error names the attribute.
    pub fn new_item<T: DeserializeOwned>(&self) -> Result<Option<T>, AttributeError> {
        image(&self.change.new_image)
    }

    /// The item before the change, as a `T`. `None` if the event does not have it.
    ///
    /// # Errors
    ///
    /// Fails if it is not a `T`. The error names the attribute.
    pub fn old_item<T: DeserializeOwned>(&self) -> Result<Option<T>, AttributeError> {
        image(&self.change.old_image)
    }

    /// Whether the service removed the item because its time to live was over.
    pub fn is_expired(&self) -> bool {
        let service =
            |user: &UserIdentity| user.type_ == "Service" && user.principal_id == "dynamodb.amazonaws.com";
        self.event_name == OperationType::Remove && self.user_identity.as_ref().is_some_and(service)
    }
}

fn image<T: DeserializeOwned>(image: &Item) -> Result<Option<T>, AttributeError> {
    if image.is_empty() { Ok(None) } else { from_item(image).map(Some) }
}
