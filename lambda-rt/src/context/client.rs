//! What callers say about themselves: text from outside, read as leniently as it can be.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The `ClientContext` of an invocation: whatever JSON object the caller chose to send.
///
/// The documented keys are `client`, `env` and `custom`; each may be missing or `null`, and `custom` may hold any JSON.
///
/// Source: AWS Lambda API reference, `Invoke`, header `X-Amz-Client-Context`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Map<String, Value>")]
#[non_exhaustive]
pub struct ClientContext {
    /// The mobile application that calls.
    pub client: ClientApplication,
    /// Values the application defines; any JSON.
    pub custom: Map<String, Value>,
    /// What the mobile SDK says about the device; `env` on the wire. Values that are not text keep their JSON form.
    #[serde(rename = "env")]
    pub environment: HashMap<String, String>,
}

/// The mobile application in a [`ClientContext`]. Every field is absent unless the application sent it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Map<String, Value>")]
#[non_exhaustive]
pub struct ClientApplication {
    /// The id of this installation of the application.
    pub installation_id: Option<String>,
    /// The application's title.
    pub app_title: Option<String>,
    /// The application's version name.
    pub app_version_name: Option<String>,
    /// The application's version code.
    pub app_version_code: Option<String>,
    /// The application's package name.
    pub app_package_name: Option<String>,
}

/// The Amazon Cognito identity that authorised the caller.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Map<String, Value>")]
#[non_exhaustive]
pub struct CognitoIdentity {
    /// The authenticated identity; `cognitoIdentityId` on the wire.
    #[serde(rename = "cognitoIdentityId")]
    pub identity_id: String,
    /// The identity pool that authorised the invocation; `cognitoIdentityPoolId` on the wire.
    #[serde(rename = "cognitoIdentityPoolId")]
    pub identity_pool_id: String,
}

// They are read from a map: the code for one kind of visitor is in most functions anyway, and that of four more is not.

impl TryFrom<Map<String, Value>> for ClientContext {
    type Error = String;

    fn try_from(mut map: Map<String, Value>) -> Result<Self, String> {
        let environment = object(&mut map, "env")?.into_iter();
        Ok(Self {
            client: object(&mut map, "client")?.into(),
            custom: object(&mut map, "custom")?,
            environment: environment.filter_map(|(key, value)| Some((key, text(value)?))).collect(),
        })
    }
}

impl From<Map<String, Value>> for ClientApplication {
    fn from(mut map: Map<String, Value>) -> Self {
        let mut field = |name| text(taken(&mut map, name));
        Self {
            installation_id: field("installation_id"),
            app_title: field("app_title"),
            app_version_name: field("app_version_name"),
            app_version_code: field("app_version_code"),
            app_package_name: field("app_package_name"),
        }
    }
}

impl From<Map<String, Value>> for CognitoIdentity {
    fn from(mut map: Map<String, Value>) -> Self {
        let mut field = |name| text(taken(&mut map, name)).unwrap_or_default();
        Self { identity_id: field("cognitoIdentityId"), identity_pool_id: field("cognitoIdentityPoolId") }
    }
}

/// The value of a key, which is left with nothing; `null` where there is none.
fn taken(map: &mut Map<String, Value>, key: &str) -> Value {
    map.get_mut(key).map(Value::take).unwrap_or_default()
}

/// The object at a key; `null` and nothing are an empty one.
fn object(map: &mut Map<String, Value>, key: &str) -> Result<Map<String, Value>, String> {
    match taken(map, key) {
        Value::Object(map) => Ok(map),
        Value::Null => Ok(Map::new()),
        _ => Err(format!("`{key}` is not an object")),
    }
}

/// Text as it is and other values as JSON; `null` is nothing.
fn text(value: Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text),
        other => Some(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_object_a_caller_sends_is_read() {
        for text in [
            r#"{}"#,
            r#"{"custom":{"n":1}}"#,
            r#"{"client":null,"custom":null,"env":null}"#,
            r#"{"client":{"app_title":"ü"},"unknown":[1]}"#,
            r#"{"env":{"locale":"de","n":1}}"#,
        ] {
            serde_json::from_str::<ClientContext>(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        }
    }

    #[test]
    fn the_environment_is_found_under_its_wire_key() {
        let context: ClientContext = serde_json::from_str(r#"{"env":{"locale":"de","n":1}}"#).unwrap();
        assert_eq!((&*context.environment["locale"], &*context.environment["n"]), ("de", "1"));
    }
}
