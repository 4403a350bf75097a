//! AWS Step Functions: what states hand to functions. Synchronous.
//!
//! A task gets whatever its state says, which is a type of your own. These are the parts whose form is Step Functions' own:
//! the token of a task that is called back, the context object, the batch of a distributed map, an error that was caught.
//!
//! ```
//! use lambda_events::{Error, step_functions::TaskEvent};
//!
//! #[derive(Clone, Debug, Default, PartialEq, serde::Deserialize, serde::Serialize)]
//! struct Order {
//!     id: u32,
//! }
//!
//! // `"Payload": { "TaskToken.$": "$$.Task.Token", "Input.$": "$" }`
//! async fn handle(event: TaskEvent<Order>) -> Result<(), Error> {
//!     // Keep the token. Whoever is done with the order calls `SendTaskSuccess` with it.
//!     println!("order {} waits for {}", event.input.id, event.task_token);
//!     Ok(())
//! }
//! ```
//!
//! <https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html#connect-wait-token>,
//! <https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html>

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{
    PayloadError,
    encodings::{Rfc3339Timestamp, Text},
};

event! {
    /// The payload of a task with `.waitForTaskToken`: its token, and its input.
    ///
    /// The state names the members. The names of the documentation are read: `TaskToken`, `taskToken` or `token`, and
    /// `Input`, `input` or `Payload`.
    #[derive(Eq)]
    #[serde(bound(deserialize = "T: DeserializeOwned"))]
    pub struct TaskEvent<T = Value> {
        /// What `SendTaskSuccess`, `SendTaskFailure` and `SendTaskHeartbeat` take, up to 1,024 characters.
        #[serde(rename = "TaskToken", alias = "taskToken", alias = "token", alias = "Token")]
        required pub task_token: String,
        /// The input of the task. For a payload that is only a token, `T` is an `Option`.
        #[serde(rename = "Input", alias = "input", alias = "Payload", alias = "payload")]
        custom pub input: T,
    }

    /// The context object, `$$`: the execution, the state machine, the state.
    #[derive(Eq)]
    #[serde(rename_all = "PascalCase", bound(deserialize = "T: DeserializeOwned"))]
    pub struct ContextObject<T = Value> {
        /// The execution.
        custom pub execution: ContextExecution<T>,
        /// The state. Absent in the context of a whole execution.
        pub state: Option<ContextState>,
        /// The state machine.
        pub state_machine: Option<ContextStateMachine>,
        /// The task. Absent unless it waits for its token.
        pub task: Option<ContextTask>,
        /// The item of a map. Absent outside of one.
        pub map: Option<ContextMap>,
    }

    /// An execution of a state machine.
    #[derive(Eq)]
    #[serde(rename_all = "PascalCase", bound(deserialize = "T: DeserializeOwned"))]
    pub struct ContextExecution<T = Value> {
        /// ARN of the execution.
        pub id: String,
        /// Input of the execution.
        custom pub input: T,
        /// Name of the execution.
        pub name: String,
        /// ARN of the role of the state machine.
        pub role_arn: String,
        /// When it started.
        pub start_time: Option<Rfc3339Timestamp>,
        /// How often it was redriven. Absent if it was not.
        pub redrive_count: Option<u32>,
        /// When it was redriven last. Absent if it was not.
        pub redrive_time: Option<Rfc3339Timestamp>,
    }

    /// A state.
    #[derive(Eq)]
    #[serde(rename_all = "PascalCase")]
    pub struct ContextState {
        /// When the execution came to it.
        pub entered_time: Option<Rfc3339Timestamp>,
        /// Its name.
        pub name: String,
        /// How often it was tried again.
        #[serde(default)]
        pub retry_count: u32,
    }

    /// A state machine.
    #[derive(Eq)]
    #[serde(rename_all = "PascalCase")]
    pub struct ContextStateMachine {
        /// Its ARN.
        pub id: String,
        /// Its name.
        pub name: String,
    }

    /// A task that waits for its token.
    #[derive(Eq)]
    #[serde(rename_all = "PascalCase")]
    pub struct ContextTask {
        /// The token.
        pub token: String,
    }

    /// A map.
    #[derive(Eq)]
    #[serde(rename_all = "PascalCase")]
    pub struct ContextMap {
        /// The item.
        pub item: Option<ContextMapItem>,
    }

    /// An item of a map.
    #[derive(Eq)]
    #[serde(rename_all = "PascalCase")]
    pub struct ContextMapItem {
        /// Its place, from 0.
        #[serde(default)]
        pub index: u64,
        /// Its key, in a map over an object. Absent over a list.
        pub key: Option<String>,
        /// It.
        pub value: Option<Value>,
        /// Where it comes from: `STATE_DATA`, or a URI of Amazon S3.
        pub source: Option<String>,
    }

    /// A batch of a distributed map with an `ItemBatcher`.
    #[derive(Eq)]
    #[serde(
        rename_all = "PascalCase",
        bound(deserialize = "T: DeserializeOwned, B: DeserializeOwned")
    )]
    pub struct MapBatch<T = Value, B = Value> {
        /// What the state says for every batch. Absent if it says nothing.
        pub batch_input: Option<B>,
        /// The items.
        required pub items: Vec<T>,
    }

    /// An error that a state caught, or that a failed task ends with.
    #[derive(Eq)]
    #[serde(rename_all = "PascalCase")]
    pub struct ErrorOutput {
        /// Name of the error: `States.Timeout`, or the `errorType` of a function.
        required pub error: Text,
        /// Why. Of a function that failed, its error as JSON in a string.
        pub cause: Option<String>,
    }
}

impl ErrorOutput {
    /// What the cause says in JSON: the error of a function, with `errorMessage` and `errorType`.
    ///
    /// # Errors
    ///
    /// Fails if there is no cause, [`PayloadError::is_absent`], or it is not the JSON of a `T`: [`PayloadError::is_json`].
    pub fn cause_json<T: DeserializeOwned>(&self) -> Result<T, PayloadError> {
        let cause = self.cause.as_deref().ok_or_else(PayloadError::absent)?;
        serde_json::from_str(cause).map_err(PayloadError::json)
    }
}
