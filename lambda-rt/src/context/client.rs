//! What callers say about themselves: text from outside, read as leniently as it can be.

use std::collections::HashMap;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

/// The `ClientContext` of an invocation: whatever JSON object the caller chose to send.
///
/// The documented keys are `client`, `env` and `custom`; each may be missing or `null`, and `custom` may hold any JSON.
///
/// Source: AWS Lambda API reference, `Invoke`, header `X-Amz-Client-Context`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct ClientContext {
    /// The mobile application that calls.
    #[serde(deserialize_with = "null_is_default")]
    pub client: ClientApplication,
    /// Values the application defines; any JSON.
    #[serde(deserialize_with = "null_is_default")]
    pub custom: Map<String, Value>,
    /// What the mobile SDK says about the device; `env` on the wire. Values that are not text keep their JSON form.
    #[serde(rename = "env", deserialize_with = "texts")]
    pub environment: HashMap<String, String>,
}

/// The mobile application in a [`ClientContext`]. Every field is absent unless the application sent it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
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
#[serde(default)]
#[non_exhaustive]
pub struct CognitoIdentity {
    /// The authenticated identity; `cognitoIdentityId` on the wire.
    #[serde(rename = "cognitoIdentityId", deserialize_with = "null_is_default")]
    pub identity_id: String,
    /// The identity pool that authorised the invocation; `cognitoIdentityPoolId` on the wire.
    #[serde(rename = "cognitoIdentityPoolId", deserialize_with = "null_is_default")]
    pub identity_pool_id: String,
}

fn null_is_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

fn texts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<HashMap<String, String>, D::Error> {
    let values: Map<String, Value> = null_is_default(deserializer)?;
    let text = |value| match value {
        Value::String(text) => text,
        other => other.to_string(),
    };
    Ok(values.into_iter().map(|(key, value)| (key, text(value))).collect())
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
