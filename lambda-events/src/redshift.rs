//! Amazon Redshift: functions of SQL that are a function of Lambda.
//!
//! Synchronous, a batch of rows at a time, from every slice of the cluster at once. An answer of failure fails the statement.
//!
//! ```
//! use lambda_events::{Error, redshift::{RedshiftUdfRequest, RedshiftUdfResponse}};
//!
//! async fn handle(request: RedshiftUdfRequest) -> Result<RedshiftUdfResponse, Error> {
//!     // f_add(int, int)
//!     let sums = request.arguments.iter().map(|row| match row.as_slice() {
//!         [a, b] => Some(a.as_i64()? + b.as_i64()?),
//!         _ => None,
//!     });
//!     Ok(RedshiftUdfResponse::success(sums))
//! }
//! ```
//!
//! <https://docs.aws.amazon.com/redshift/latest/dg/udf-creating-a-lambda-sql-udf.html>

use serde_json::Value;

event! {
    /// Rows that a function of SQL is applied to.
    #[serde(rename_all = "snake_case")]
    pub struct RedshiftUdfRequest {
        /// Id of the request, a UUID.
        pub request_id: String,
        /// ARN of the cluster or the workgroup.
        pub cluster: String,
        /// Name of the user.
        pub user: String,
        /// Name of the database.
        pub database: String,
        /// Name of the function of SQL, with its schema and types: `public.f_add(integer, integer)`.
        required pub external_function: String,
        /// Id of the query.
        #[serde(default)]
        pub query_id: u64,
        /// How many rows there are.
        #[serde(default)]
        pub num_records: u64,
        /// The arguments, a list for each row. `null` is that of SQL.
        required pub arguments: Vec<Vec<Value>>,
    }

    /// What a function of SQL makes of rows.
    #[serde(rename_all = "snake_case")]
    pub struct RedshiftUdfResponse {
        /// Whether it went well. If not, the statement fails.
        pub success: bool,
        /// Why it did not go well. Absent if it did.
        pub error_msg: Option<String>,
        /// How many results there are: as many as rows.
        pub num_records: u64,
        /// The results, one for each row, in their order. `null` is that of SQL.
        pub results: Vec<Value>,
    }
}

impl RedshiftUdfResponse {
    /// The results, one for each row, in their order. `None` is `NULL`.
    pub fn success<T: Into<Value>>(results: impl IntoIterator<Item = Option<T>>) -> Self {
        let results: Vec<Value> =
            results.into_iter().map(|result| result.map_or(Value::Null, Into::into)).collect();
        Self { success: true, num_records: results.len() as u64, results, ..Default::default() }
    }

    /// It did not go well, and what the user is told.
    pub fn failure(message: impl Into<String>) -> Self {
        Self { error_msg: Some(message.into()), ..Default::default() }
    }
}
