//! AWS CodePipeline: an action of a pipeline that is a function.
//!
//! Invoked asynchronously. The function says how it went by calling `PutJobSuccessResult` or `PutJobFailureResult` with the id
//! of the job; what it returns is not read, and until it calls, the action runs.
//!
//! ```
//! use lambda_events::{Error, codepipeline_job::CodePipelineJobEvent};
//!
//! #[derive(serde::Deserialize)]
//! struct Parameters {
//!     stage: String,
//! }
//!
//! fn stage(event: &CodePipelineJobEvent) -> Result<String, Error> {
//!     let parameters: Parameters = event.code_pipeline_job.data.action_configuration.configuration.user_parameters_json()?;
//!     Ok(parameters.stage)
//! }
//! ```
//!
//! <https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-invoke-lambda-function.html>

use serde::de::DeserializeOwned;

use crate::PayloadError;

event! {
    /// A job of a pipeline.
    #[derive(Eq)]
    pub struct CodePipelineJobEvent {
        /// The job.
        #[serde(rename = "CodePipeline.job")]
        required pub code_pipeline_job: CodePipelineJob,
    }

    /// A job.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct CodePipelineJob {
        /// Id of the job, a UUID.
        pub id: String,
        /// Account of the pipeline, 12 digits.
        pub account_id: String,
        /// What the job is about.
        required pub data: CodePipelineData,
    }

    /// What a job is about.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct CodePipelineData {
        /// Configuration of the action.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub action_configuration: CodePipelineActionConfiguration,
        /// What the action works on. Empty if the action has no input.
        pub input_artifacts: Vec<CodePipelineInputArtifact>,
        /// What the action has to make. Empty if the action has no output.
        #[serde(rename = "outputArtifacts")]
        pub out_put_artifacts: Vec<CodePipelineOutputArtifact>,
        /// Credentials for the bucket of the artifacts, for a short time.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub artifact_credentials: CodePipelineArtifactCredentials,
        /// What the function gave `PutJobSuccessResult` when it was not done yet. Absent the first time.
        pub continuation_token: Option<String>,
        /// Key that the artifacts are encrypted with. Absent if it is the one that AWS manages.
        pub encryption_key: Option<CodePipelineEncryptionKey>,
    }

    /// Configuration of an action.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct CodePipelineActionConfiguration {
        /// The configuration.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub configuration: CodePipelineConfiguration,
    }

    /// Configuration of an action that is a function.
    #[derive(Eq)]
    #[serde(rename_all = "PascalCase")]
    pub struct CodePipelineConfiguration {
        /// Name of the function.
        pub function_name: String,
        /// Text of the pipeline's author, up to 1,000 characters. Absent if there is none.
        pub user_parameters: Option<String>,
    }

    /// Something that an action works on.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct CodePipelineInputArtifact {
        /// Where it is.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub location: CodePipelineInputLocation,
        /// Revision: the id of a commit, of a version. Absent where there is none.
        pub revision: Option<String>,
        /// Name in the pipeline.
        pub name: String,
    }

    /// Something that an action has to make.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct CodePipelineOutputArtifact {
        /// Where it has to be put.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub location: CodePipelineInputLocation,
        /// Absent: there is none yet.
        pub revision: Option<String>,
        /// Name in the pipeline.
        pub name: String,
    }

    /// Where an artifact is.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct CodePipelineInputLocation {
        /// The place in S3.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub s3_location: CodePipelineS3Location,
        /// `S3`.
        #[serde(rename = "type")]
        pub location_type: String,
    }

    /// A place in S3.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct CodePipelineS3Location {
        /// Name of the bucket.
        pub bucket_name: String,
        /// Key of the object.
        pub object_key: String,
    }

    /// A key that artifacts are encrypted with.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct CodePipelineEncryptionKey {
        /// Id, ARN or alias of the key.
        pub id: String,
        /// `KMS`.
        pub type_: String,
    }
}

secret_event! {
    /// Credentials for the bucket of the artifacts. They are secret.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct CodePipelineArtifactCredentials {
        /// The secret access key.
        pub secret_access_key: String,
        /// The session token.
        pub session_token: String,
        /// The access key id.
        pub access_key_id: String,
        /// When they expire, in milliseconds since 1970. Absent from samples.
        pub expiration_time: Option<i64>,
    }
    secrets: secret_access_key, session_token
}

/// Where an artifact has to be put: the same as where one is.
pub type CodePipelineOutputLocation = CodePipelineInputLocation;

impl CodePipelineConfiguration {
    /// The text of the pipeline's author, as JSON of a `T`.
    ///
    /// # Errors
    ///
    /// Fails if there is none, [`PayloadError::is_absent`], or if it is not the JSON of a `T`, [`PayloadError::is_json`].
    pub fn user_parameters_json<T: DeserializeOwned>(&self) -> Result<T, PayloadError> {
        let text = self.user_parameters.as_deref().ok_or_else(PayloadError::absent)?;
        serde_json::from_str(text).map_err(PayloadError::json)
    }
}
