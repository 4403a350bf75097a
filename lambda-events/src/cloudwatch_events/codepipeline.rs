//! AWS CodePipeline: pipelines, stages and actions that change their state.
//!
//! <https://docs.aws.amazon.com/codepipeline/latest/userguide/detect-state-changes-cloudwatch-events.html>

use serde_json::Value;

event! {
    /// `CodePipeline Pipeline Execution State Change`: an execution is in another state.
    #[serde(rename_all = "kebab-case")]
    pub struct PipelineExecutionStateChange {
        /// Name of the pipeline.
        required pub pipeline: String,
        /// Version of the pipeline: a number, or text in old events.
        #[serde(default)]
        pub version: Value,
        /// `STARTED`, `SUCCEEDED`, `FAILED`, `SUPERSEDED` and so on.
        pub state: String,
        /// Id of the execution of the pipeline: a UUID.
        required pub execution_id: String,
        /// When it started, RFC 3339. Absent in old events.
        pub start_time: Option<String>,
        /// Which try it is. Absent in old events.
        pub pipeline_execution_attempt: Option<Value>,
        /// What started it. Absent unless it has just started.
        pub execution_trigger: Option<Value>,
        /// What went wrong. Absent unless something did.
        pub execution_result: Option<ExecutionResult>,
    }

    /// `CodePipeline Stage Execution State Change`: a stage is in another state.
    #[serde(rename_all = "kebab-case")]
    pub struct StageExecutionStateChange {
        /// Name of the pipeline.
        required pub pipeline: String,
        /// Version of the pipeline: a number, or text in old events.
        #[serde(default)]
        pub version: Value,
        /// Id of the execution of the pipeline: a UUID.
        required pub execution_id: String,
        /// Name of the stage.
        pub stage: String,
        /// `STARTED`, `SUCCEEDED`, `FAILED`, `RESUMED` and so on.
        pub state: String,
        /// When it started, RFC 3339. Absent in old events.
        pub start_time: Option<String>,
        /// Which try it is. Absent in old events.
        pub pipeline_execution_attempt: Option<Value>,
    }

    /// `CodePipeline Action Execution State Change`: an action is in another state.
    #[serde(rename_all = "kebab-case")]
    pub struct ActionExecutionStateChange {
        /// Name of the pipeline.
        required pub pipeline: String,
        /// Version of the pipeline: a number, or text in old events.
        #[serde(default)]
        pub version: Value,
        /// Id of the execution of the pipeline: a UUID.
        required pub execution_id: String,
        /// Name of the stage.
        pub stage: String,
        /// Name of the action.
        pub action: String,
        /// `STARTED`, `SUCCEEDED`, `FAILED` or `ABANDONED`.
        pub state: String,
        /// Region that it happened in.
        pub region: String,
        /// What the action does.
        #[serde(rename = "type", default, deserialize_with = "crate::de::null_as_default")]
        pub type_field: ActionExecutionStateChangeType,
        /// When it started, RFC 3339. Absent in old events.
        pub start_time: Option<String>,
        /// Id of the action's execution: a UUID. Absent in old events.
        pub action_execution_id: Option<String>,
        /// What it got. Absent in old events.
        pub input_artifacts: Option<Vec<Value>>,
        /// What it made. Absent in old events.
        pub output_artifacts: Option<Vec<Value>>,
        /// Which try it is. Absent in old events.
        pub pipeline_execution_attempt: Option<Value>,
        /// What it said, or what went wrong. Absent before it ends.
        pub execution_result: Option<ExecutionResult>,
    }

    /// What an action does.
    #[serde(rename_all = "camelCase")]
    pub struct ActionExecutionStateChangeType {
        /// `AWS`, `ThirdParty` or `Custom`.
        pub owner: String,
        /// `Source`, `Build`, `Deploy` and so on.
        pub category: String,
        /// The service: `CodeDeploy`.
        pub provider: String,
        /// Version of the action: a number, or text.
        #[serde(default)]
        pub version: Value,
    }

    /// What an execution said, or what went wrong.
    #[serde(rename_all = "kebab-case")]
    pub struct ExecutionResult {
        /// Id of the execution for the service that did it. Absent in some events.
        pub external_execution_id: Option<String>,
        /// What it said. Absent in some events.
        pub external_execution_summary: Option<String>,
        /// The state that it is in for the service. Absent in some events.
        pub external_execution_state: Option<String>,
        /// Where to read about it. Absent in some events.
        pub external_execution_url: Option<String>,
        /// What went wrong. Absent if nothing did.
        pub error_code: Option<String>,
    }
}
