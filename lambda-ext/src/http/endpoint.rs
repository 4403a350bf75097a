//! Where Lambda listens.

use crate::error::ExtensionError;

const VARIABLE: &str = "AWS_LAMBDA_RUNTIME_API";

/// `host:port` of the Runtime, Extensions and Telemetry APIs, and what precedes their paths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Endpoint {
    pub(crate) authority: String,
    /// Empty on Lambda; local emulators that serve several functions put their own path before the API's.
    pub(crate) prefix: String,
}

impl Endpoint {
    pub(crate) fn from_env() -> Result<Self, ExtensionError> {
        match std::env::var(VARIABLE) {
            Ok(value) if !value.is_empty() => Self::parse(&value),
            _ => Err(ExtensionError::config(format!(
                "{VARIABLE} is not set, so there is no Lambda to register with; an extension is started by Lambda or by \
                 an emulator, which set it"
            ))),
        }
    }

    pub(crate) fn parse(value: &str) -> Result<Self, ExtensionError> {
        let rest = value.strip_prefix("http://").unwrap_or(value);
        let (authority, path) = match rest.find('/') {
            Some(slash) => rest.split_at(slash),
            None => (rest, ""),
        };
        let port = authority.rsplit_once(':').filter(|(host, _)| !host.is_empty());
        let port = port.and_then(|(_, port)| port.parse::<u16>().ok());
        // What is sent in a request line must not be able to end it.
        let legal = value.bytes().all(|byte| byte.is_ascii_graphic());
        if port.is_none() || !legal {
            let text = format!(
                "{VARIABLE} is {value:?}; it must be host:port, such as 127.0.0.1:9001, without a scheme other than http"
            );
            return Err(ExtensionError::config(text));
        }
        let prefix = path.trim_end_matches('/').to_owned();
        Ok(Self { authority: authority.to_owned(), prefix })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_ports_and_prefixes_are_taken_apart() {
        for (value, authority, prefix) in [
            ("127.0.0.1:9001", "127.0.0.1:9001", ""),
            ("http://[::1]:9001/", "[::1]:9001", ""),
            ("http://127.0.0.1:9001/.rt/orders", "127.0.0.1:9001", "/.rt/orders"),
        ] {
            let endpoint = Endpoint::parse(value).unwrap();
            assert_eq!((endpoint.authority.as_str(), endpoint.prefix.as_str()), (authority, prefix));
        }
    }

    #[test]
    fn what_is_no_host_and_port_is_an_error_that_quotes_it() {
        for value in ["", "localhost", "https://x:1", ":9001", "a:b", "a:70000", "a:1/\r\nx", "a:1/ b"] {
            let error = Endpoint::parse(value).unwrap_err();
            assert!(error.is_config() && error.to_string().contains(&format!("{value:?}")), "{error}");
        }
    }
}
