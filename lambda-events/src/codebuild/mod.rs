//! AWS CodeBuild: builds that change their state or phase, by way of EventBridge.
//!
//! Asynchronous: what the function returns is not read.
//!
//! ```
//! use lambda_events::codebuild::{CodeBuildEvent, CodeBuildPhaseStatus};
//!
//! fn has_failed(event: &CodeBuildEvent) -> bool {
//!     event.detail.build_status == Some(CodeBuildPhaseStatus::Failed)
//! }
//! ```
//!
//! <https://docs.aws.amazon.com/codebuild/latest/userguide/sample-build-notifications.html>

mod time;

pub use self::time::CodeBuildTime;

use serde::Deserialize;
use serde_json::Value;

use crate::eventbridge::EventBridgeEvent;

open_enum! {
    /// How a build, or a phase of one, is doing.
    pub enum CodeBuildPhaseStatus {
        /// It failed.
        Failed = "FAILED",
        /// CodeBuild failed.
        Fault = "FAULT",
        /// It has not ended.
        InProgress = "IN_PROGRESS",
        /// It waits. Only of a phase.
        Queued = "QUEUED",
        /// It was stopped.
        Stopped = "STOPPED",
        /// It succeeded.
        Succeeded = "SUCCEEDED",
        /// It took too long.
        TimedOut = "TIMED_OUT",
        /// Something of the user's failed. Only of a phase.
        ClientError = "CLIENT_ERROR",
    }

    /// Phases of a build, in their order.
    pub enum CodeBuildPhaseType {
        /// It was submitted.
        Submitted = "SUBMITTED",
        /// It waits.
        Queued = "QUEUED",
        /// Its environment is set up.
        Provisioning = "PROVISIONING",
        /// Its source is downloaded.
        DownloadSource = "DOWNLOAD_SOURCE",
        /// Tools are installed.
        Install = "INSTALL",
        /// Commands before the build.
        PreBuild = "PRE_BUILD",
        /// The build.
        Build = "BUILD",
        /// Commands after the build.
        PostBuild = "POST_BUILD",
        /// Its output is uploaded.
        UploadArtifacts = "UPLOAD_ARTIFACTS",
        /// It is cleaned up.
        Finalizing = "FINALIZING",
        /// It has ended.
        Completed = "COMPLETED",
    }
}

/// A build has changed: `CodeBuild Build State Change` or `CodeBuild Build Phase Change`.
pub type CodeBuildEvent = EventBridgeEvent<CodeBuildEventDetail>;

event! {
    /// A build that has changed its state or its phase.
    #[serde(rename_all = "kebab-case")]
    pub struct CodeBuildEventDetail {
        /// State of the build. Only of a change of state.
        pub build_status: Option<CodeBuildPhaseStatus>,
        /// Name of the project.
        required pub project_name: String,
        /// ARN of the build.
        pub build_id: String,
        /// All about the build.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub additional_information: CodeBuildEventAdditionalInformation,
        /// The phase that it is in. Only of a change of state.
        pub current_phase: Option<CodeBuildPhaseType>,
        /// What there is to say about that phase: `[]`. Only of a change of state.
        pub current_phase_context: Option<String>,
        /// Version of the detail: `1`.
        pub version: String,
        /// How the phase went that has ended. Only of a change of phase.
        pub completed_phase_status: Option<CodeBuildPhaseStatus>,
        /// The phase that has ended. Only of a change of phase.
        pub completed_phase: Option<CodeBuildPhaseType>,
        /// What there is to say about that phase: `[: ]`. Only of a change of phase.
        pub completed_phase_context: Option<String>,
        /// How long that phase took, in seconds. Only of a change of phase.
        #[serde(rename = "completed-phase-duration-seconds")]
        pub completed_phase_duration: Option<u64>,
        /// When that phase started. Only of a change of phase.
        pub completed_phase_start: Option<CodeBuildTime>,
        /// When that phase ended. Only of a change of phase.
        pub completed_phase_end: Option<CodeBuildTime>,
    }

    /// All about a build.
    #[serde(rename_all = "kebab-case")]
    pub struct CodeBuildEventAdditionalInformation {
        /// What the build makes.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub artifact: CodeBuildArtifact,
        /// What the build runs in.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub environment: CodeBuildEnvironment,
        /// How long the build may take, in minutes.
        #[serde(rename = "timeout-in-minutes", default)]
        pub timeout: u64,
        /// How long the build may wait, in minutes. Absent from older events.
        #[serde(rename = "queued-timeout-in-minutes")]
        pub queued_timeout: Option<u64>,
        /// Whether the build has ended.
        #[serde(default)]
        pub build_complete: bool,
        /// Number of the build in the project, from 1 on. Absent from older events.
        pub build_number: Option<u64>,
        /// Who started the build: the name of a user, `codepipeline/` and the name of a pipeline.
        pub initiator: String,
        /// When the build started.
        #[serde(default)]
        pub build_start_time: CodeBuildTime,
        /// What is built.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub source: CodeBuildSource,
        /// Version of the source: a branch, a commit, an ARN. Absent for the default.
        pub source_version: Option<String>,
        /// Where the log is.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub logs: CodeBuildLogs,
        /// The phases until now, first to last.
        pub phases: Vec<CodeBuildPhase>,
        /// The network that the build is in. Absent without a VPC.
        pub network_interface: Option<Value>,
        /// Where the build keeps files for the next. Absent from older events.
        pub cache: Option<Value>,
    }

    /// What a build makes.
    #[derive(Eq)]
    #[serde(rename_all = "kebab-case")]
    pub struct CodeBuildArtifact {
        /// MD5 of it, in hexadecimal. Absent unless it is one file.
        #[serde(rename = "md5sum")]
        pub md5_sum: Option<String>,
        /// SHA-256 of it, in hexadecimal. Absent unless it is one file.
        #[serde(rename = "sha256sum")]
        pub sha256_sum: Option<String>,
        /// ARN of it in S3. Absent if the build makes nothing, empty of some pipelines.
        pub location: Option<String>,
    }

    /// What a build runs in.
    #[derive(Eq)]
    #[serde(rename_all = "kebab-case")]
    pub struct CodeBuildEnvironment {
        /// The image of it: `aws/codebuild/standard:7.0`.
        pub image: String,
        /// Whether Docker can run in it.
        #[serde(default)]
        pub privileged_mode: bool,
        /// How large it is: `BUILD_GENERAL1_SMALL`.
        pub compute_type: String,
        /// Kind of it: `LINUX_CONTAINER`.
        #[serde(rename = "type")]
        pub type_: String,
        /// How it gets at its image: `CODEBUILD`, `SERVICE_ROLE`. Absent from older events.
        pub image_pull_credentials_type: Option<String>,
        /// Variables of the environment.
        pub environment_variables: Vec<CodeBuildEnvironmentVariable>,
    }

    /// A variable of an environment.
    #[derive(Eq)]
    #[serde(rename_all = "kebab-case")]
    pub struct CodeBuildEnvironmentVariable {
        /// Its name.
        pub name: String,
        /// `PLAINTEXT`, `PARAMETER_STORE` or `SECRETS_MANAGER`. Absent from older events.
        #[serde(rename = "type")]
        pub type_: Option<String>,
        /// Its value, or the name of the parameter or secret.
        pub value: String,
    }

    /// What is built.
    #[derive(Eq)]
    #[serde(rename_all = "kebab-case")]
    pub struct CodeBuildSource {
        /// Where it is. Absent where the build gets it from a pipeline.
        pub location: Option<String>,
        /// `CODECOMMIT`, `CODEPIPELINE`, `GITHUB`, `S3`.
        #[serde(rename = "type")]
        pub type_: String,
    }

    /// Where the log of a build is.
    #[derive(Eq)]
    #[serde(rename_all = "kebab-case")]
    pub struct CodeBuildLogs {
        /// Name of the log group. Absent before there is one.
        pub group_name: Option<String>,
        /// Name of the log stream. Absent before there is one.
        pub stream_name: Option<String>,
        /// Address of it in the console. Absent before there is one.
        pub deep_link: Option<String>,
    }

    /// A phase of a build. `T1` is the type of what there is to say about it.
    #[serde(rename_all = "kebab-case", bound(deserialize = "T1: Deserialize<'de>"))]
    pub struct CodeBuildPhase<T1 = Value> {
        /// What there is to say about it: strings. Absent of the last.
        pub phase_context: Option<Vec<T1>>,
        /// When it started.
        #[serde(default)]
        pub start_time: CodeBuildTime,
        /// When it ended. Absent of the last.
        pub end_time: Option<CodeBuildTime>,
        /// How long it took, in seconds. Absent of the last.
        #[serde(rename = "duration-in-seconds")]
        pub duration: Option<u64>,
        /// Which phase it is.
        #[serde(default)]
        pub phase_type: CodeBuildPhaseType,
        /// How it went. Absent of the last.
        pub phase_status: Option<CodeBuildPhaseStatus>,
    }
}
