//! What a subscription asks for, checked against what Lambda documents before anything is sent.

use serde_json::{Value, json};

use crate::error::ExtensionError;
#[cfg(feature = "logs")]
use crate::logs::LogBuffering;

const TYPES: [&str; 3] = ["platform", "function", "extension"];
/// Taken by the Runtime API in every environment.
const RESERVED_PORT: u16 = 9001;

/// Versions of the schema of records. Fields are added from one to the next; the address stays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum SchemaVersion {
    /// The first: JSON log lines arrive as strings.
    V2022_07_01,
    /// JSON log lines arrive as objects.
    V2022_12_13,
    /// With managed instances; the only one there.
    #[default]
    V2025_01_29,
}

impl SchemaVersion {
    /// As Lambda writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::V2022_07_01 => "2022-07-01",
            Self::V2022_12_13 => "2022-12-13",
            Self::V2025_01_29 => "2025-01-29",
        }
    }
}

/// When Lambda cuts a batch: as soon as one of the three is reached.
///
/// # Examples
///
/// ```
/// use lambda_ext::{Extension, TelemetryBuffering};
///
/// let buffering = TelemetryBuffering { timeout_ms: 100, ..TelemetryBuffering::default() };
/// let extension = Extension::new().with_telemetry_buffering(buffering);
/// # let _ = extension;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TelemetryBuffering {
    /// After this many milliseconds: 25 to 30,000; 1,000 by default.
    pub timeout_ms: usize,
    /// At this many bytes: 262,144 to 1,048,576; 262,144 by default.
    pub max_bytes: usize,
    /// At this many records: 1,000 to 10,000; 10,000 by default.
    pub max_items: usize,
}

impl Default for TelemetryBuffering {
    fn default() -> Self {
        Self { timeout_ms: 1_000, max_bytes: 262_144, max_items: 10_000 }
    }
}

/// All that was set about telemetry and logs.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) types: Vec<String>,
    pub(crate) buffering: Option<TelemetryBuffering>,
    pub(crate) port: u16,
    pub(crate) schema: SchemaVersion,
    #[cfg(feature = "logs")]
    pub(crate) log_types: Vec<String>,
    #[cfg(feature = "logs")]
    pub(crate) log_buffering: Option<LogBuffering>,
    #[cfg(feature = "logs")]
    pub(crate) log_port: u16,
}

impl Default for Settings {
    fn default() -> Self {
        // An extension that logs what it is sent would be sent its own lines for ever, had it not asked for them.
        let types = || ["platform", "function"].map(str::to_owned).to_vec();
        Self {
            types: types(),
            buffering: None,
            port: 9003,
            schema: SchemaVersion::default(),
            #[cfg(feature = "logs")]
            log_types: types(),
            #[cfg(feature = "logs")]
            log_buffering: None,
            #[cfg(feature = "logs")]
            log_port: 9002,
        }
    }
}

impl Settings {
    /// Refuses what Lambda would refuse, and says which limit it is.
    pub(crate) fn check(&self) -> Result<(), ExtensionError> {
        check_types(&self.types)?;
        check_port(self.port)?;
        if let Some(TelemetryBuffering { timeout_ms, max_bytes, max_items }) = self.buffering {
            check_limit("timeout_ms", timeout_ms, 25, 30_000)?;
            check_limit("max_bytes", max_bytes, 262_144, 1_048_576)?;
            check_limit("max_items", max_items, 1_000, 10_000)?;
        }
        #[cfg(feature = "logs")]
        {
            check_types(&self.log_types)?;
            check_port(self.log_port)?;
            if let Some(LogBuffering { timeout_ms, max_bytes, max_items }) = self.log_buffering {
                check_limit("timeout_ms", timeout_ms, 25, 30_000)?;
                check_limit("max_bytes", max_bytes, 262_144, 1_048_576)?;
                check_limit("max_items", max_items, 1_000, 10_000)?;
            }
        }
        Ok(())
    }

    /// The body of the subscription to telemetry.
    pub(crate) fn telemetry(&self, uri: &str) -> Value {
        let mut body = json!({
            "schemaVersion": self.schema.as_str(),
            "types": self.types,
            "destination": { "protocol": "HTTP", "URI": uri },
        });
        if let Some(TelemetryBuffering { timeout_ms, max_bytes, max_items }) = self.buffering {
            body["buffering"] =
                json!({ "timeoutMs": timeout_ms, "maxBytes": max_bytes, "maxItems": max_items });
        }
        body
    }

    /// The body of the subscription to logs.
    #[cfg(feature = "logs")]
    pub(crate) fn logs(&self, uri: &str) -> Value {
        let mut body = json!({
            "schemaVersion": "2021-03-18",
            "types": self.log_types,
            "destination": { "protocol": "HTTP", "URI": uri },
        });
        if let Some(LogBuffering { timeout_ms, max_bytes, max_items }) = self.log_buffering {
            body["buffering"] =
                json!({ "timeoutMs": timeout_ms, "maxBytes": max_bytes, "maxItems": max_items });
        }
        body
    }
}

fn check_types(types: &[String]) -> Result<(), ExtensionError> {
    let wrong = types.iter().find(|name| !TYPES.contains(&name.as_str()));
    match wrong {
        Some(name) => Err(ExtensionError::config(format!(
            "cannot subscribe to {name:?}: there are platform, function and extension"
        ))),
        None if types.is_empty() => Err(ExtensionError::config(
            "cannot subscribe to nothing: name at least one of platform, function and extension",
        )),
        None => Ok(()),
    }
}

fn check_port(port: u16) -> Result<(), ExtensionError> {
    match port {
        RESERVED_PORT => Err(ExtensionError::config(
            "port 9001 is the Runtime API's own; listen on another one, such as 9003",
        )),
        _ => Ok(()),
    }
}

fn check_limit(name: &str, value: usize, least: usize, most: usize) -> Result<(), ExtensionError> {
    match (least..=most).contains(&value) {
        true => Ok(()),
        false => Err(ExtensionError::config(format!(
            "buffering: {name} is {value}; Lambda takes {least} to {most}"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(settings: &Settings, why: &str) {
        let error = settings.check().unwrap_err();
        assert!(error.is_config() && error.to_string().contains(why), "{error}");
    }

    #[test]
    fn every_documented_limit_is_checked_and_its_ends_are_taken() {
        let limits = [
            TelemetryBuffering { timeout_ms: 25, max_bytes: 262_144, max_items: 1_000 },
            TelemetryBuffering { timeout_ms: 30_000, max_bytes: 1_048_576, max_items: 10_000 },
        ];
        for buffering in limits {
            Settings { buffering: Some(buffering), ..Settings::default() }.check().unwrap();
        }
        let usual = TelemetryBuffering::default();
        for (buffering, why) in [
            (TelemetryBuffering { timeout_ms: 24, ..usual }, "timeout_ms is 24; Lambda takes 25 to 30000"),
            (TelemetryBuffering { timeout_ms: 30_001, ..usual }, "timeout_ms"),
            (TelemetryBuffering { max_bytes: 262_143, ..usual }, "max_bytes"),
            (TelemetryBuffering { max_bytes: 1_048_577, ..usual }, "max_bytes"),
            (TelemetryBuffering { max_items: 999, ..usual }, "max_items"),
            (TelemetryBuffering { max_items: 10_001, ..usual }, "max_items"),
        ] {
            refused(&Settings { buffering: Some(buffering), ..Settings::default() }, why);
        }
    }

    #[test]
    fn types_and_the_reserved_port_are_checked() {
        refused(&Settings { types: vec![], ..Settings::default() }, "nothing");
        refused(&Settings { types: vec!["logs".to_owned()], ..Settings::default() }, "\"logs\"");
        refused(&Settings { port: 9001, ..Settings::default() }, "9001");
    }

    #[test]
    fn the_subscription_is_what_lambda_documents() {
        for schema in [SchemaVersion::V2022_07_01, SchemaVersion::V2022_12_13, SchemaVersion::V2025_01_29] {
            let body =
                Settings { schema, ..Settings::default() }.telemetry("http://sandbox.localdomain:9003");
            assert_eq!(body["schemaVersion"], schema.as_str());
            assert_eq!(body["destination"]["URI"], "http://sandbox.localdomain:9003");
            assert_eq!(body["types"], json!(["platform", "function"]));
            assert!(body.get("buffering").is_none(), "Lambda's own defaults stand");
        }
    }
}
