//! Amazon S3 Batch Operations: an object of a job, synchronously. The answer says what became of it.
//!
//! ```
//! use lambda_events::s3::batch_job::{S3BatchJobEvent, S3BatchJobResponse, S3BatchJobResult};
//!
//! async fn handle(event: S3BatchJobEvent) -> Result<S3BatchJobResponse, lambda_events::Error> {
//!     let results = event.tasks.iter().map(|task| match task.bucket_name() {
//!         Some(bucket) => S3BatchJobResult::succeeded(&task.task_id, format!("{} in {bucket}", task.decoded_key())),
//!         None => S3BatchJobResult::permanent_failure(&task.task_id, "no bucket"),
//!     });
//!     Ok(event.respond(results.collect()))
//! }
//! ```
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-invoke-lambda.html>

use super::decoded_key;
use crate::encodings::Map;

/// An [`S3BatchJobEvent`] of version 2.0, which has the bucket's name and the job's arguments.
pub type S3BatchJobEventV2 = S3BatchJobEvent;

event! {
    /// Objects of a job, in version 1.0 or 2.0 of this structure.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct S3BatchJobEvent {
        /// `1.0` or `2.0`.
        pub invocation_schema_version: String,
        /// Id of this invocation, which the answer repeats.
        pub invocation_id: String,
        /// The job.
        pub job: S3BatchJob,
        /// The objects. The service sends one at a time.
        required pub tasks: Vec<S3BatchJobTask>,
    }

    /// A job of S3 Batch Operations.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct S3BatchJob {
        /// Its id.
        pub id: String,
        /// What its creator gave to the function. Absent in version 1.0.
        pub user_arguments: Map<String>,
    }

    /// An object of a job.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct S3BatchJobTask {
        /// What the answer names it by.
        pub task_id: String,
        /// Its key, encoded as in URLs. [`decoded_key`](Self::decoded_key) is what other APIs take.
        pub s3_key: String,
        /// Its version. Absent unless the job's manifest has it.
        pub s3_version_id: Option<String>,
        /// ARN of the bucket. Absent in version 2.0.
        pub s3_bucket_arn: Option<String>,
        /// Name of the bucket. Absent in version 1.0.
        pub s3_bucket: Option<String>,
    }

    /// What became of the objects.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct S3BatchJobResponse {
        /// That of the event.
        pub invocation_schema_version: String,
        /// What a task without a result counts as.
        pub treat_missing_keys_as: S3BatchJobResultCode,
        /// That of the event.
        pub invocation_id: String,
        /// What became of each object.
        required pub results: Vec<S3BatchJobResult>,
    }

    /// What became of an object.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct S3BatchJobResult {
        /// The task of the event.
        pub task_id: String,
        /// How it ended.
        pub result_code: S3BatchJobResultCode,
        /// What the job's report says about it.
        pub result_string: String,
    }
}

open_enum! {
    /// How a task ended.
    pub enum S3BatchJobResultCode {
        /// As it should.
        Succeeded = "Succeeded",
        /// With a failure that may pass: it is tried again.
        TemporaryFailure = "TemporaryFailure",
        /// With a failure that will not pass.
        PermanentFailure = "PermanentFailure",
    }
}

impl S3BatchJobEvent {
    /// An answer to this event. A task without a result counts as a permanent failure; change
    /// [`treat_missing_keys_as`](S3BatchJobResponse::treat_missing_keys_as) if that is not so.
    pub fn respond(&self, results: Vec<S3BatchJobResult>) -> S3BatchJobResponse {
        S3BatchJobResponse {
            invocation_schema_version: self.invocation_schema_version.clone(),
            treat_missing_keys_as: S3BatchJobResultCode::PermanentFailure,
            invocation_id: self.invocation_id.clone(),
            results,
            ..S3BatchJobResponse::default()
        }
    }
}

impl S3BatchJobTask {
    /// The key without the encoding of URLs.
    pub fn decoded_key(&self) -> String {
        decoded_key(&self.s3_key)
    }

    /// Name of the bucket, in either version.
    pub fn bucket_name(&self) -> Option<&str> {
        let of_arn = || self.s3_bucket_arn.as_deref()?.rsplit(':').next();
        self.s3_bucket.as_deref().or_else(of_arn)
    }
}

impl S3BatchJobResult {
    /// The task ended as `result_code` says.
    pub fn new(
        task_id: impl Into<String>,
        result_code: S3BatchJobResultCode,
        result: impl Into<String>,
    ) -> Self {
        Self { task_id: task_id.into(), result_code, result_string: result.into(), ..Self::default() }
    }

    /// The task ended as it should.
    pub fn succeeded(task_id: impl Into<String>, result: impl Into<String>) -> Self {
        Self::new(task_id, S3BatchJobResultCode::Succeeded, result)
    }

    /// The task failed and is tried again.
    pub fn temporary_failure(task_id: impl Into<String>, result: impl Into<String>) -> Self {
        Self::new(task_id, S3BatchJobResultCode::TemporaryFailure, result)
    }

    /// The task failed for good.
    pub fn permanent_failure(task_id: impl Into<String>, result: impl Into<String>) -> Self {
        Self::new(task_id, S3BatchJobResultCode::PermanentFailure, result)
    }
}
