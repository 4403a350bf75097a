//! Agents for Amazon Bedrock: action groups. Synchronous.
//!
//! An action group is described by an OpenAPI schema, whose operations have a path and a method, or by functions, which have
//! a name. [`AgentEvent::action`] tells which; [`AgentEvent::respond`] answers either.
//!
//! ```
//! use lambda_events::{
//!     Error,
//!     bedrock_agent_runtime::{AgentAction, AgentEvent, AgentResponse},
//! };
//!
//! async fn handle(event: AgentEvent) -> Result<AgentResponse, Error> {
//!     match event.action() {
//!         AgentAction::Api { path: "/weather", .. } | AgentAction::Function("weather") => {
//!             let city = event.parameter("city").unwrap_or("nowhere");
//!             Ok(event.respond(format!("It rains in {city}.")))
//!         }
//!         _ => Ok(event.fail("no such action")),
//!     }
//! }
//! ```
//!
//! <https://docs.aws.amazon.com/bedrock/latest/userguide/agents-lambda.html>

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{
    PayloadError,
    encodings::{Map, Text},
};

event! {
    /// Something that an agent wants done.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct AgentEvent {
        /// Version of the event: `1.0`.
        pub message_version: Text,
        /// The agent.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub agent: Agent,
        /// What the user said.
        pub input_text: String,
        /// Id of the conversation.
        pub session_id: String,
        /// Name of the action group.
        required pub action_group: String,
        /// The path of the operation: `/weather/{city}`. Absent of a function.
        pub api_path: Option<String>,
        /// Method of the operation: `GET`. Absent of a function.
        pub http_method: Option<String>,
        /// Name of the function. Absent of an operation.
        pub function: Option<String>,
        /// Parameters of the operation or the function. Absent without any.
        pub parameters: Option<Vec<Parameter>>,
        /// The body of the operation. Absent without one, and of a function.
        pub request_body: Option<RequestBody>,
        /// What the conversation remembers.
        pub session_attributes: Map<String>,
        /// What the agent is told for this turn.
        pub prompt_session_attributes: Map<String>,
    }

    /// An agent.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct Agent {
        /// Its name.
        pub name: String,
        /// Its id.
        pub id: String,
        /// Id of the alias that was called.
        pub alias: String,
        /// Its version: `DRAFT`, `1`.
        pub version: String,
    }

    /// A parameter.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct Parameter {
        /// Its name.
        pub name: String,
        /// Its type: `string`, `number`, `integer`, `boolean`, `array`.
        pub r#type: String,
        /// Its value, as text whatever its type.
        pub value: String,
    }

    /// The body of an operation.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct RequestBody {
        /// What is in it, by its media type: `application/json`.
        pub content: Map<Content>,
    }

    /// What is in a body.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct Content {
        /// The properties.
        pub properties: Vec<Property>,
    }

    /// The answer to an agent.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct AgentResponse {
        /// Version of the answer: `1.0`.
        pub message_version: Text,
        /// What came of the action.
        required pub response: AgentActionResponse,
        /// What the conversation remembers from now on. Absent, what it remembered is kept.
        pub session_attributes: Map<String>,
        /// What the agent is told for the rest of this turn.
        pub prompt_session_attributes: Map<String>,
        /// How knowledge bases are asked from now on.
        pub knowledge_bases_configuration: Option<Vec<Value>>,
    }

    /// What came of an action.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct AgentActionResponse {
        /// Name of the action group, from the event.
        pub action_group: String,
        /// The path of the operation, from the event. Absent of a function.
        pub api_path: Option<String>,
        /// Method of the operation, from the event. Absent of a function.
        pub http_method: Option<String>,
        /// Status code of HTTP: 200. Absent of a function.
        pub http_status_code: Option<u16>,
        /// What the operation answers, by its media type: `application/json`. Absent of a function.
        pub response_body: Map<AgentResponseBody>,
        /// Name of the function, from the event. Absent of an operation.
        pub function: Option<String>,
        /// What the function answers. Absent of an operation.
        pub function_response: Option<AgentFunctionResponse>,
    }

    /// What a function answers.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct AgentFunctionResponse {
        /// Absent if all is well.
        pub response_state: Option<AgentResponseState>,
        /// The answer, under `TEXT`.
        pub response_body: Map<AgentResponseBody>,
    }

    /// An answer.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct AgentResponseBody {
        /// The answer: text, or JSON as text. Up to 25 KiB.
        pub body: String,
    }
}

open_enum! {
    /// That a function did not do what it should.
    pub enum AgentResponseState {
        /// It failed, and so does the turn of the conversation: a `DependencyFailedException`.
        Failure = "FAILURE",
        /// The agent should try something else.
        Reprompt = "REPROMPT",
    }
}

/// A property of a body looks like a parameter.
pub type Property = Parameter;

/// What an agent wants done.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum AgentAction<'a> {
    /// An operation of an OpenAPI schema.
    Api {
        /// The path of the operation, with its parameters: `/weather/{city}`.
        path: &'a str,
        /// Method of the operation: `GET`.
        method: &'a str,
    },
    /// A function of this name.
    Function(&'a str),
}

impl AgentEvent {
    /// What is to be done.
    pub fn action(&self) -> AgentAction<'_> {
        match &self.function {
            Some(function) => AgentAction::Function(function),
            None => AgentAction::Api {
                path: self.api_path.as_deref().unwrap_or_default(),
                method: self.http_method.as_deref().unwrap_or_default(),
            },
        }
    }

    /// The value of a parameter, as text.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        value(self.parameters.as_deref()?, name)
    }

    /// The value of a property of the body, as text.
    pub fn property(&self, name: &str) -> Option<&str> {
        let content = self.request_body.as_ref()?.content.values();
        content.into_iter().find_map(|content| value(&content.properties, name))
    }

    /// Parameters and properties, as one value. Numbers, booleans and lists are what their type says they are.
    ///
    /// # Errors
    ///
    /// Fails if they are not what a `T` is made of: [`PayloadError::is_json`].
    pub fn arguments<T: DeserializeOwned>(&self) -> Result<T, PayloadError> {
        let body = self.request_body.iter().flat_map(|body| body.content.values());
        let properties = body.flat_map(|content| &content.properties);
        let all = self.parameters.iter().flatten().chain(properties);
        let arguments = all.map(|argument| (argument.name.clone(), argument.typed())).collect();
        serde_json::from_value(Value::Object(arguments)).map_err(PayloadError::json)
    }

    /// The answer with this text, or this JSON as text.
    pub fn respond(&self, body: impl Into<String>) -> AgentResponse {
        self.answer(200, None, body.into())
    }

    /// The answer with the JSON of a value.
    ///
    /// # Errors
    ///
    /// Fails if the value cannot be written as JSON.
    pub fn respond_json<T: Serialize + ?Sized>(&self, value: &T) -> Result<AgentResponse, serde_json::Error> {
        Ok(self.respond(serde_json::to_string(value)?))
    }

    /// The answer that it went wrong, and why: a status 500, or the state `FAILURE`.
    pub fn fail(&self, reason: impl Into<String>) -> AgentResponse {
        self.answer(500, Some(AgentResponseState::Failure), reason.into())
    }

    /// The answer that the agent should try something else, and why: a status 400, or the state `REPROMPT`.
    pub fn reprompt(&self, reason: impl Into<String>) -> AgentResponse {
        self.answer(400, Some(AgentResponseState::Reprompt), reason.into())
    }

    fn answer(&self, status: u16, state: Option<AgentResponseState>, body: String) -> AgentResponse {
        let body = AgentResponseBody { body, ..Default::default() };
        let mut response =
            AgentActionResponse { action_group: self.action_group.clone(), ..Default::default() };
        match self.action() {
            AgentAction::Function(function) => {
                response.function = Some(function.to_owned());
                response.function_response = Some(AgentFunctionResponse {
                    response_state: state,
                    response_body: Map::from([("TEXT", body)]),
                    ..Default::default()
                });
            }
            AgentAction::Api { path, method } => {
                response.api_path = Some(path.to_owned());
                response.http_method = Some(method.to_owned());
                response.http_status_code = Some(status);
                response.response_body = Map::from([("application/json", body)]);
            }
        }
        AgentResponse { message_version: "1.0".into(), response, ..Default::default() }
    }
}

impl Parameter {
    /// The value, of the type that the schema gives it. Text that is not of that type stays text.
    pub fn typed(&self) -> Value {
        let is = |value: &Value| match self.r#type.as_str() {
            "number" | "integer" => value.is_number(),
            "boolean" => value.is_boolean(),
            "array" => value.is_array(),
            "object" => value.is_object(),
            _ => false,
        };
        let text = || Value::String(self.value.clone());
        serde_json::from_str(&self.value).ok().filter(is).unwrap_or_else(text)
    }
}

impl AgentResponse {
    /// The same answer, by which the conversation remembers this.
    #[must_use]
    pub fn with_session_attribute(mut self, name: impl Into<Text>, value: impl Into<String>) -> Self {
        self.session_attributes.insert(name, value.into());
        self
    }

    /// The same answer, by which the agent is told this for the rest of the turn.
    #[must_use]
    pub fn with_prompt_session_attribute(mut self, name: impl Into<Text>, value: impl Into<String>) -> Self {
        self.prompt_session_attributes.insert(name, value.into());
        self
    }
}

fn value<'a>(parameters: &'a [Parameter], name: &str) -> Option<&'a str> {
    parameters.iter().find(|parameter| parameter.name == name).map(|parameter| parameter.value.as_str())
}
