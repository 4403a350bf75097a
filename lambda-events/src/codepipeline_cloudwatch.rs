//! AWS CodePipeline: pipelines, stages and actions that change their state, by way of EventBridge.
//!
//! Asynchronous: what the function returns is not read. A job for a function is a
//! `codepipeline_job::CodePipelineJobEvent`.
//!
//! ```
//! use lambda_events::codepipeline_cloudwatch::{CodePipelineCloudWatchEvent, CodePipelineState};
//!
//! fn has_failed(event: &CodePipelineCloudWatchEvent) -> bool {
//!     event.detail.state == CodePipelineState::Failed
//! }
//! ```
//!
//! <https://docs.aws.amazon.com/codepipeline/latest/userguide/detect-state-changes-cloudwatch-events.html>

use serde_json::Value;

use crate::{encodings::Rfc3339Timestamp, eventbridge::EventBridgeEvent};

open_enum! {
    /// State of a pipeline, a stage or an action.
    pub enum CodePipelineState {
        /// It has started.
        Started = "STARTED",
        /// It succeeded.
        Succeeded = "SUCCEEDED",
        /// It failed.
        Failed = "FAILED",
        /// It goes on, after a failure.
        Resumed = "RESUMED",
        /// It was canceled.
        Canceled = "CANCELED",
        /// It is being stopped.
        Stopping = "STOPPING",
        /// It was stopped.
        Stopped = "STOPPED",
        /// A newer execution has overtaken it.
        Superseded = "SUPERSEDED",
        /// Nothing waits for it any more.
        Abandoned = "ABANDONED",
    }
}

/// State of a stage.
pub type CodePipelineStageState = CodePipelineState;
/// State of an action.
pub type CodePipelineActionState = CodePipelineState;

/// A pipeline, a stage or an action has changed: `CodePipeline Pipeline Execution State Change`,
/// `CodePipeline Stage Execution State Change` or `CodePipeline Action Execution State Change`.
pub type CodePipelineCloudWatchEvent = EventBridgeEvent<CodePipelineEventDetail>;

/// The same, by its newer name.
pub type CodePipelineEventBridgeEvent = CodePipelineCloudWatchEvent;

event! {
    /// A pipeline, a stage or an action that has changed.
    #[serde(rename_all = "kebab-case")]
    pub struct CodePipelineEventDetail {
        /// Name of the pipeline.
        required pub pipeline: String,
        /// Version of the pipeline, from 1 on.
        #[serde(default)]
        pub version: i64,
        /// Id of the execution, a UUID.
        pub execution_id: String,
        /// Name of the stage. Absent of a pipeline.
        pub stage: Option<String>,
        /// Name of the action. Only of an action.
        pub action: Option<String>,
        /// State of the pipeline, the stage or the action.
        #[serde(default)]
        pub state: CodePipelineState,
        /// Region of the action. Only of an action.
        pub region: Option<String>,
        /// Type of the action. Only of an action.
        #[serde(rename = "type")]
        pub type_: Option<CodePipelineEventDetailType>,
        /// What the action made of it. Only of an action that has ended.
        pub execution_result: Option<CodePipelineEventDetailExecutionResult>,
        /// When it started. Absent from older events.
        pub start_time: Option<Rfc3339Timestamp>,
        /// Id of the execution of the action, a UUID. Only of an action, and absent from older events.
        pub action_execution_id: Option<String>,
        /// What the action got. Only of an action, and absent from older events.
        pub input_artifacts: Option<Vec<Value>>,
        /// What the action made. Only of an action, and absent from older events.
        pub output_artifacts: Option<Vec<Value>>,
        /// Which try it is, from 1 on. Absent from older events.
        pub pipeline_execution_attempt: Option<i64>,
        /// What started the pipeline: `trigger-type`, `trigger-detail`. Absent from older events.
        pub execution_trigger: Option<Value>,
    }

    /// Type of an action.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct CodePipelineEventDetailType {
        /// Who it is of: `AWS`, `Custom`, `ThirdParty`.
        pub owner: String,
        /// What it does: `Source`, `Build`, `Test`, `Deploy`, `Approval`, `Invoke`.
        pub category: String,
        /// What it does it with: `CodeDeploy`.
        pub provider: String,
        /// Version of it.
        #[serde(default)]
        pub version: i64,
    }

    /// What an action made of it.
    #[derive(Eq)]
    #[serde(rename_all = "kebab-case")]
    pub struct CodePipelineEventDetailExecutionResult {
        /// Address of the execution where it happened. Absent where there is none.
        pub external_execution_url: Option<String>,
        /// What happened, in words. Absent where there are none.
        pub external_execution_summary: Option<String>,
        /// Id of the execution where it happened. Absent where there is none.
        pub external_execution_id: Option<String>,
        /// State of the execution where it happened. Absent where there is none.
        pub external_execution_state: Option<String>,
        /// Why it failed: `JobFailed`. Only of one that failed.
        pub error_code: Option<String>,
    }
}
