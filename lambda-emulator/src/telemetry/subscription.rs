//! What an extension asks for when it subscribes.

use std::time::Duration;

use serde_json::Value;

/// A stream of telemetry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    Platform,
    Function,
    Extension,
}

impl Type {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Platform => "platform",
            Self::Function => "function",
            Self::Extension => "extension",
        }
    }
}

/// The version of the schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Schema {
    V20220701,
    V20221213,
    V20250129,
}

impl Schema {
    /// Whether log lines may be objects.
    pub(super) fn has_objects(self) -> bool {
        self != Self::V20220701
    }
}

/// Where telemetry goes; its host is always this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Destination {
    /// A batch is the body of a `POST` to this path; `host` is what the header says.
    Http { host: String, port: u16, path: String },
    /// A record is a line.
    Tcp { port: u16 },
}

/// A subscription that the service would take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Subscription {
    pub(crate) schema: Schema,
    pub(crate) types: Vec<Type>,
    pub(crate) max_items: usize,
    pub(crate) max_bytes: usize,
    pub(crate) timeout: Duration,
    pub(crate) destination: Destination,
}

impl Subscription {
    /// Reads the body of a subscription, or says everything that is wrong with it.
    pub(crate) fn parse(body: &[u8]) -> Result<Self, String> {
        let body: Value =
            serde_json::from_slice(body).map_err(|error| format!("the body is not JSON: {error}"))?;
        let mut mistakes = Vec::new();
        let destination = noted(destination(&body["destination"]), &mut mistakes);
        let types = noted(types(&body["types"]), &mut mistakes);
        let schema = noted(schema(&body["schemaVersion"]), &mut mistakes);
        let buffering = &body["buffering"];
        let mut limit = |name, default, least, most| {
            noted(limit(buffering, name, default, least, most), &mut mistakes).unwrap_or(default)
        };
        let max_items = limit("maxItems", 10_000, 1000, 10_000);
        let max_bytes = limit("maxBytes", 262_144, 262_144, 1_048_576);
        let timeout = limit("timeoutMs", 1000, 25, 30_000);
        match (destination, types, schema) {
            (Some(destination), Some(types), Some(schema)) if mistakes.is_empty() => Ok(Self {
                schema,
                types,
                max_items: usize::try_from(max_items).unwrap_or(usize::MAX),
                max_bytes: usize::try_from(max_bytes).unwrap_or(usize::MAX),
                timeout: Duration::from_millis(timeout),
                destination,
            }),
            _ => Err(mistakes.join("; ")),
        }
    }
}

fn noted<T>(part: Result<T, String>, mistakes: &mut Vec<String>) -> Option<T> {
    part.map_err(|mistake| mistakes.push(mistake)).ok()
}

fn schema(version: &Value) -> Result<Schema, String> {
    match version.as_str() {
        Some("2022-07-01") => Ok(Schema::V20220701),
        Some("2022-12-13") => Ok(Schema::V20221213),
        Some("2025-01-29") => Ok(Schema::V20250129),
        _ => Err("schemaVersion should be 2022-07-01, 2022-12-13 or 2025-01-29".to_owned()),
    }
}

fn types(types: &Value) -> Result<Vec<Type>, String> {
    let names = types.as_array().filter(|names| !names.is_empty());
    let names = names.ok_or_else(|| "types should not be empty".to_owned())?;
    let mut wanted = Vec::new();
    for name in names {
        let known = [Type::Platform, Type::Function, Type::Extension];
        let found = known.into_iter().find(|known| name.as_str() == Some(known.as_str()));
        let found = found.ok_or_else(|| format!("types should not contain {name}"))?;
        if !wanted.contains(&found) {
            wanted.push(found);
        }
    }
    Ok(wanted)
}

fn limit(buffering: &Value, name: &str, default: u64, least: u64, most: u64) -> Result<u64, String> {
    match &buffering[name] {
        Value::Null => Ok(default),
        value => value
            .as_u64()
            .filter(|value| (least..=most).contains(value))
            .ok_or_else(|| format!("{name} should be between {least} and {most}")),
    }
}

fn destination(destination: &Value) -> Result<Destination, String> {
    match destination["protocol"].as_str() {
        Some("HTTP") => http(destination["URI"].as_str().unwrap_or_default()),
        Some("TCP") => {
            let port = destination["port"].as_u64().and_then(|port| u16::try_from(port).ok());
            let port = port.filter(|port| *port > 0).ok_or("port should be between 1 and 65535")?;
            free(port).map(|port| Destination::Tcp { port })
        }
        _ => Err("destination protocol should be HTTP or TCP".to_owned()),
    }
}

fn http(uri: &str) -> Result<Destination, String> {
    if uri.is_empty() {
        return Err("URI is not provided".to_owned());
    }
    let parsed: hyper::Uri = uri.parse().map_err(|error| format!("URI {uri:?} is invalid: {error}"))?;
    if parsed.scheme_str() != Some("http") {
        return Err("URI scheme should be http".to_owned());
    }
    let host = parsed.host().unwrap_or_default();
    if !["sandbox.localdomain", "sandbox"].contains(&host) {
        return Err("URI host should be sandbox.localdomain".to_owned());
    }
    let port = free(parsed.port_u16().ok_or("URI port is not provided")?)?;
    let path = parsed.path_and_query().map_or("/", |path| path.as_str());
    Ok(Destination::Http { host: format!("{host}:{port}"), port, path: path.to_owned() })
}

/// The port of the Runtime API in the sandbox is no listener's.
fn free(port: u16) -> Result<u16, String> {
    match port {
        9001 => Err("port 9001 is reserved".to_owned()),
        port => Ok(port),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn parsed(body: &Value) -> Result<Subscription, String> {
        Subscription::parse(body.to_string().as_bytes())
    }

    #[test]
    fn case_88_a_valid_subscription_has_the_documented_defaults() {
        let body = json!({
            "schemaVersion": "2022-12-13",
            "types": ["platform", "function", "platform"],
            "destination": {"protocol": "HTTP", "URI": "http://sandbox.localdomain:4243/a/b?c=d"},
        });
        let expected = Subscription {
            schema: Schema::V20221213,
            types: vec![Type::Platform, Type::Function],
            max_items: 10_000,
            max_bytes: 262_144,
            timeout: Duration::from_secs(1),
            destination: Destination::Http {
                host: "sandbox.localdomain:4243".to_owned(),
                port: 4243,
                path: "/a/b?c=d".to_owned(),
            },
        };
        assert_eq!(parsed(&body), Ok(expected));
    }

    #[test]
    fn case_89_everything_that_is_wrong_is_said_in_one_list() {
        let body = json!({
            "schemaVersion": "2022-07-01",
            "types": [],
            "buffering": {"maxItems": 999, "maxBytes": "many", "timeoutMs": 30_001},
            "destination": {"protocol": "HTTP", "URI": "http://sandbox.localdomain"},
        });
        let text = "URI port is not provided; types should not be empty; maxItems should be between 1000 and 10000; \
                    maxBytes should be between 262144 and 1048576; timeoutMs should be between 25 and 30000";
        assert_eq!(parsed(&body), Err(text.to_owned()));
    }

    #[test]
    fn case_89_destinations_outside_the_sandbox_are_refused() {
        for (destination, mistake) in [
            (json!({"protocol": "HTTP"}), "URI is not provided"),
            (json!({"protocol": "HTTP", "URI": "https://sandbox:1"}), "URI scheme should be http"),
            (
                json!({"protocol": "HTTP", "URI": "http://example.com:1"}),
                "URI host should be sandbox.localdomain",
            ),
            (json!({"protocol": "HTTP", "URI": "http://sandbox:9001"}), "port 9001 is reserved"),
            (json!({"protocol": "TCP"}), "port should be between 1 and 65535"),
            (json!({"protocol": "TCP", "port": 65536}), "port should be between 1 and 65535"),
            (json!({"protocol": "UDP", "port": 1}), "destination protocol should be HTTP or TCP"),
            (Value::Null, "destination protocol should be HTTP or TCP"),
        ] {
            let body =
                json!({"schemaVersion": "2025-01-29", "types": ["function"], "destination": destination});
            assert_eq!(parsed(&body), Err(mistake.to_owned()), "{destination}");
        }
        assert!(Subscription::parse(b"{").unwrap_err().contains("not JSON"));
    }
}
