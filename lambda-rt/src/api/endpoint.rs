//! Where the Runtime API listens: the value of `AWS_LAMBDA_RUNTIME_API`, checked before the first connection.

use std::fmt;
use std::net::SocketAddr;

use crate::error::RuntimeError;

/// The variable that names the endpoint.
pub(crate) const VARIABLE: &str = "AWS_LAMBDA_RUNTIME_API";

/// Where `cargo lambda watch` puts one function's Runtime API beside the others', on one port.
const CARGO_LAMBDA: &str = "/.rt/";

/// `host:port` without scheme or path, as Lambda hands it out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Endpoint {
    /// The `Host` header.
    authority: String,
    /// Goes before every path; empty but under `cargo lambda watch`.
    prefix: String,
    host: String,
    port: u16,
    /// Known without asking a resolver when the host is an address, as it is on Lambda.
    address: Option<SocketAddr>,
}

impl Endpoint {
    /// Parses `host`, `host:port` or `[v6]:port`. The port is 80 when absent.
    ///
    /// Of the forms with a scheme and a path, the one that `cargo lambda watch` sets is understood:
    /// `http://host:port/.rt/function`.
    pub(crate) fn parse(value: &str) -> Result<Self, RuntimeError> {
        let watched = value.strip_prefix("http://").and_then(|rest| rest.split_once(CARGO_LAMBDA));
        if let Some((authority, function)) = watched
            && !function.is_empty()
            && function.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'%'))
        {
            let prefix = format!("{CARGO_LAMBDA}{function}");
            return Ok(Self { prefix, ..Self::parse_authority(authority)? });
        }
        Self::parse_authority(value)
    }

    fn parse_authority(value: &str) -> Result<Self, RuntimeError> {
        let bad = |why: &str| {
            RuntimeError::config(format!(
                "{VARIABLE} is {value:?}, {why}; it must be host:port, such as 127.0.0.1:9001"
            ))
        };
        if value.trim().is_empty() {
            return Err(bad("which is empty"));
        }
        if value.contains("://") {
            return Err(bad("which has a scheme"));
        }
        if value.contains(['/', '?', '#']) {
            return Err(bad("which has a path"));
        }
        if value.contains('@') {
            return Err(bad("which has a user name"));
        }
        if value.bytes().any(|b| !b.is_ascii_graphic()) {
            return Err(bad("which has spaces or characters outside ASCII"));
        }
        let (host, port) = match value.strip_prefix('[') {
            Some(rest) => {
                let (host, after) =
                    rest.split_once(']').ok_or_else(|| bad("which opens a bracket and never closes it"))?;
                let port = match after {
                    "" => None,
                    _ => {
                        Some(after.strip_prefix(':').ok_or_else(|| bad("which has text after the bracket"))?)
                    }
                };
                (host, port)
            }
            None => match value.split_once(':') {
                Some((_, port)) if port.contains(':') => {
                    return Err(bad("an IPv6 address without brackets"));
                }
                Some((host, port)) => (host, Some(port)),
                None => (value, None),
            },
        };
        if host.is_empty() {
            return Err(bad("which has no host"));
        }
        let port = match port {
            None => 80,
            Some(text) => text
                .parse::<u16>()
                .ok()
                .filter(|port| *port != 0)
                .ok_or_else(|| bad("whose port is not a number from 1 to 65535"))?,
        };
        Ok(Self {
            authority: value.to_owned(),
            prefix: String::new(),
            host: host.to_owned(),
            port,
            address: host.parse().ok().map(|ip| SocketAddr::new(ip, port)),
        })
    }

    pub(crate) fn authority(&self) -> &str {
        &self.authority
    }

    /// What goes before every path.
    pub(crate) fn prefix(&self) -> &str {
        &self.prefix
    }

    pub(crate) fn host(&self) -> &str {
        &self.host
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// The address, when no resolver is needed to know it.
    pub(crate) fn address(&self) -> Option<SocketAddr> {
        self.address
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.authority)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(value: &str) -> String {
        let error = Endpoint::parse(value).unwrap_err();
        assert!(error.is_config());
        error.to_string()
    }

    #[test]
    fn every_bad_endpoint_is_refused_with_its_value_and_the_reason() {
        for (value, reason) in [
            ("", "empty"),
            ("  ", "empty"),
            ("http://127.0.0.1:9001", "scheme"),
            ("127.0.0.1:9001/2018-06-01", "path"),
            ("user@host:1", "user name"),
            ("127.0.0.1:", "port"),
            ("127.0.0.1:0", "port"),
            ("127.0.0.1:99999", "port"),
            ("127.0.0.1:http", "port"),
            (":9001", "no host"),
            ("::1:9001", "brackets"),
            ("[::1", "never closes"),
            ("[::1]9001", "after the bracket"),
            ("a b:1", "spaces"),
        ] {
            let message = refusal(value);
            assert!(message.contains(&format!("{value:?}")), "{message}");
            assert!(message.contains(reason), "{value:?}: {message}");
        }
    }

    #[test]
    fn the_form_that_cargo_lambda_watch_sets_is_understood() {
        let endpoint = Endpoint::parse("http://127.0.0.1:9000/.rt/hello").unwrap();
        assert_eq!((endpoint.authority(), endpoint.prefix()), ("127.0.0.1:9000", "/.rt/hello"));
        for value in
            ["http://127.0.0.1:9000/.rt/", "http://127.0.0.1:9000/.rt/a/b", "https://127.0.0.1:9000/.rt/a"]
        {
            assert!(refusal(value).contains("scheme"));
        }
    }

    #[test]
    fn hosts_and_addresses_are_accepted_and_the_port_defaults_to_80() {
        let endpoint = Endpoint::parse("169.254.100.1:9001").unwrap();
        assert_eq!(endpoint.address(), Some("169.254.100.1:9001".parse().unwrap()));
        let endpoint = Endpoint::parse("sandbox.localdomain").unwrap();
        assert_eq!((endpoint.host(), endpoint.port(), endpoint.address()), ("sandbox.localdomain", 80, None));
        assert_eq!(Endpoint::parse("[::1]:7").unwrap().address(), Some("[::1]:7".parse().unwrap()));
    }
}
