//! Amazon Athena: user-defined functions of SQL. Synchronous.
//!
//! Rows come and go as Apache Arrow, which a crate for it reads: [`AthenaRecords::schema`] is a schema message of its IPC
//! format, [`AthenaRecords::records`] a record batch message. Before a query, Athena asks whether the function is there.
//!
//! ```
//! use lambda_events::{Error, athena::{AthenaUdfEvent, AthenaUdfResponse}};
//!
//! async fn handle(event: AthenaUdfEvent) -> Result<AthenaUdfResponse, Error> {
//!     match event {
//!         AthenaUdfEvent::Ping(ping) => Ok(ping.pong().into()),
//!         AthenaUdfEvent::Call(call) => {
//!             // Every row as it is. A real function makes new records of these.
//!             let records = call.input_records.clone();
//!             Ok(call.respond(records).into())
//!         }
//!     }
//! }
//! ```
//!
//! <https://docs.aws.amazon.com/athena/latest/ug/querying-udf.html>. The form of the events is that of the Athena Query
//! Federation SDK, <https://github.com/awslabs/aws-athena-query-federation>.

use serde::{Deserialize, Deserializer, Serialize, de};
use serde_json::Value;

use crate::encodings::{Base64Data, Map, Text};

event! {
    /// Athena asks whether the function is there.
    #[serde(rename_all = "camelCase")]
    pub struct AthenaPingRequest {
        /// `PingRequest`.
        #[serde(rename = "@type")]
        pub type_: Text,
        /// Who runs the query.
        pub identity: Option<AthenaIdentity>,
        /// Name of the catalog.
        pub catalog_name: String,
        /// Id of the query.
        required pub query_id: String,
    }

    /// The function is there.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct AthenaPingResponse {
        /// `PingResponse`.
        #[serde(rename = "@type")]
        pub type_: Text,
        /// Name of the catalog, from the event.
        pub catalog_name: String,
        /// Id of the query, from the event.
        pub query_id: String,
        /// What kind of function it is: `athena_udf`.
        pub source_type: String,
        /// The version of the protocol that the function speaks.
        #[serde(default)]
        pub capabilities: u32,
    }

    /// Athena calls a function for many rows.
    #[serde(rename_all = "camelCase")]
    pub struct AthenaUdfRequest {
        /// `UserDefinedFunctionRequest`.
        #[serde(rename = "@type")]
        pub type_: Text,
        /// Who runs the query.
        pub identity: Option<AthenaIdentity>,
        /// The arguments: a row per call.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub input_records: AthenaRecords,
        /// What the function returns: a schema of one column.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub output_schema: AthenaSchema,
        /// Name of the function, in lower case.
        required pub method_name: String,
        /// `SCALAR`.
        pub function_type: Text,
    }

    /// What a function returns for many rows.
    #[serde(rename_all = "camelCase")]
    pub struct AthenaUdfResult {
        /// `UserDefinedFunctionResponse`.
        #[serde(rename = "@type")]
        pub type_: Text,
        /// What it returns: as many rows as the event has, in their order.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub records: AthenaRecords,
        /// Name of the function, from the event.
        required pub method_name: String,
    }

    /// Rows, as Apache Arrow.
    #[serde(rename_all = "camelCase")]
    pub struct AthenaRecords {
        /// Id of the allocator of the rows: a UUID. Any will do.
        pub a_id: String,
        /// The schema, a message of Arrow's IPC format. Base64 in the event.
        #[serde(default)]
        pub schema: Base64Data,
        /// The rows, a message of Arrow's IPC format. Base64 in the event.
        #[serde(default)]
        pub records: Base64Data,
    }

    /// A schema, as Apache Arrow.
    #[serde(rename_all = "camelCase")]
    pub struct AthenaSchema {
        /// The schema, a message of Arrow's IPC format. Base64 in the event.
        #[serde(default)]
        pub schema: Base64Data,
    }

    /// Who runs a query.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct AthenaIdentity {
        /// `UNKNOWN`. Absent in new events.
        pub id: Option<String>,
        /// `UNKNOWN`. Absent in new events.
        pub principal: Option<String>,
        /// Id of the account.
        pub account: Option<String>,
        /// ARN of the user or role.
        pub arn: Option<String>,
        /// Tags of the caller.
        pub tags: Map<String>,
        /// Groups of the caller.
        pub groups: Option<Vec<String>>,
        /// Tags for configuration. Absent in old events.
        pub config_options: Map<Value>,
    }
}

/// What Athena wants.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum AthenaUdfEvent {
    /// To know whether the function is there.
    Ping(AthenaPingRequest),
    /// What the function returns.
    Call(AthenaUdfRequest),
}

/// They are told apart by their `@type`.
impl<'de> Deserialize<'de> for AthenaUdfEvent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let event = Value::deserialize(deserializer)?;
        let read = match event.get("@type").and_then(Value::as_str) {
            Some("PingRequest") => serde_json::from_value(event).map(Self::Ping),
            _ => serde_json::from_value(event).map(Self::Call),
        };
        read.map_err(de::Error::custom)
    }
}

/// The answer to either.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum AthenaUdfResponse {
    /// The function is there.
    Ping(AthenaPingResponse),
    /// What the function returns.
    Call(AthenaUdfResult),
}

impl From<AthenaPingResponse> for AthenaUdfResponse {
    fn from(response: AthenaPingResponse) -> Self {
        Self::Ping(response)
    }
}

impl From<AthenaUdfResult> for AthenaUdfResponse {
    fn from(result: AthenaUdfResult) -> Self {
        Self::Call(result)
    }
}

impl AthenaPingRequest {
    /// The answer that the function is there.
    pub fn pong(&self) -> AthenaPingResponse {
        AthenaPingResponse {
            type_: "PingResponse".into(),
            catalog_name: self.catalog_name.clone(),
            query_id: self.query_id.clone(),
            source_type: "athena_udf".to_owned(),
            capabilities: 23,
            ..Default::default()
        }
    }
}

impl AthenaUdfRequest {
    /// The answer with these rows: as many as the event has, in their order.
    pub fn respond(&self, records: AthenaRecords) -> AthenaUdfResult {
        AthenaUdfResult {
            type_: "UserDefinedFunctionResponse".into(),
            records,
            method_name: self.method_name.clone(),
            ..Default::default()
        }
    }
}
