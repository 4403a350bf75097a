//! Amazon DocumentDB: batches of changes of a change stream, polled in their order. An error makes Lambda send the batch again;
//! what the function returns is ignored.
//!
//! ```
//! use lambda_events::{Error, documentdb::{DocumentDbEvent, OperationType}};
//!
//! async fn handle(event: DocumentDbEvent) -> Result<(), Error> {
//!     for change in event.changes() {
//!         if change.operation_type == OperationType::Insert {
//!             println!("{:?}", change.full_document);
//!         }
//!     }
//!     Ok(())
//! }
//! ```
//!
//! Documents are in MongoDB's extended JSON, where an id is `{"$oid": "…"}` and a long number `{"$numberLong": "…"}`.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/with-documentdb.html>,
//! <https://www.mongodb.com/docs/manual/reference/change-events/>

use serde_json::Value;

use crate::encodings::{Map, Text};

/// A document, or a part of one: values by name.
pub type AnyDocument = Map<Value>;

event! {
    /// A batch of changes.
    #[serde(rename_all = "camelCase")]
    pub struct DocumentDbEvent {
        /// ARN of the cluster.
        pub event_source_arn: String,
        /// The changes.
        required pub events: Vec<DocumentDbInnerEvent>,
        /// `aws:docdb`.
        pub event_source: Text,
    }

    /// A change, as the event has it.
    pub struct DocumentDbInnerEvent {
        /// The change itself.
        pub event: ChangeEvent,
    }

    /// A change to a document, a collection or a database.
    #[serde(rename_all = "camelCase")]
    pub struct ChangeEvent {
        /// Where a change stream can go on after it.
        #[serde(rename = "_id")]
        pub id: DocumentId,
        /// What was done.
        pub operation_type: OperationType,
        /// When it was done. Absent in some events.
        pub cluster_time: Option<Timestamp>,
        /// Where it was done. Absent when the stream became invalid.
        pub ns: Option<DatabaseCollection>,
        /// The document, by its `_id`, which may be of any type. Absent unless it was done to a document.
        pub document_key: Map<Value>,
        /// The document, of an insertion and a replacement; of an update if the event source mapping asks for it. Absent of
        /// anything else.
        pub full_document: Option<AnyDocument>,
        /// What was changed. Absent unless it is an update.
        pub update_description: Option<UpdateDescription>,
        /// Where a collection was moved to. Absent unless it is a renaming.
        pub to: Option<DatabaseCollection>,
        /// Number of the transaction. Absent outside of one.
        pub txn_number: Option<Value>,
        /// Session of the transaction. Absent outside of one.
        #[serde(rename = "lsid")]
        pub ls_id: Option<AnyDocument>,
    }

    /// Where a change stream can go on.
    #[derive(Eq)]
    pub struct DocumentId {
        /// The token, in hexadecimal.
        #[serde(rename = "_data")]
        pub data: String,
    }

    /// When something was done, as MongoDB writes it.
    #[derive(Eq)]
    pub struct Timestamp {
        /// The time, and a number for what was done in the same second.
        #[serde(rename = "$timestamp")]
        pub timestamp: InnerTimestamp,
    }

    /// A second, and a number within it.
    #[derive(Eq)]
    pub struct InnerTimestamp {
        /// Seconds since 1970.
        pub t: u64,
        /// Order of what was done in the same second.
        pub i: u64,
    }

    /// A collection of a database.
    #[derive(Eq)]
    pub struct DatabaseCollection {
        /// The database.
        pub db: String,
        /// The collection. Absent if it is about the database.
        pub coll: Option<String>,
    }

    /// What an update changed.
    #[serde(rename_all = "camelCase")]
    pub struct UpdateDescription {
        /// Fields that were set, by their paths.
        pub updated_fields: Map<Value>,
        /// Paths of fields that were removed.
        pub removed_fields: Vec<String>,
        /// Arrays that became shorter. Absent in some events.
        pub truncated_arrays: Option<Vec<UpdateTruncate>>,
    }

    /// An array that became shorter.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct UpdateTruncate {
        /// Its path.
        pub field: String,
        /// How many elements are left.
        pub new_size: u64,
    }
}

open_enum! {
    /// What was done.
    pub enum OperationType {
        /// A document is new.
        Insert = "insert",
        /// Fields of a document were changed.
        Update = "update",
        /// A document was replaced by another.
        Replace = "replace",
        /// A document was removed.
        Delete = "delete",
        /// A collection was removed.
        Drop = "drop",
        /// A database was removed.
        DropDatabase = "dropDatabase",
        /// A collection was moved.
        Rename = "rename",
        /// The stream ends.
        Invalidate = "invalidate",
    }
}

impl DocumentDbEvent {
    /// The changes, in their order.
    pub fn changes(&self) -> impl Iterator<Item = &ChangeEvent> {
        self.events.iter().map(|event| &event.event)
    }
}
