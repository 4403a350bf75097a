//! Where the environment says that credentials are fetched, and what is shown there.
//!
//! Lambda says it under SnapStart; the other variables are those of containers elsewhere.
//!
//! Source: AWS SDKs and tools reference guide, "Container credential provider".

use std::fmt;
use std::net::IpAddr;

use aws_credential_types::provider::error::CredentialsError;

use super::environment::variable;

pub(super) const FULL_URI: &str = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
const RELATIVE_URI: &str = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
pub(super) const TOKEN: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
const TOKEN_FILE: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";

/// The host that a relative URI is of.
const ECS: &str = "http://169.254.170.2";

/// An endpoint, and the variable that names it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) uri: String,
    variable: &'static str,
}

impl Place {
    pub(super) fn of_environment() -> Option<Self> {
        Self::named(variable(RELATIVE_URI), variable(FULL_URI))
    }

    pub(super) fn named(relative: Option<String>, full: Option<String>) -> Option<Self> {
        let relative = relative.map(|path| Self { uri: format!("{ECS}{path}"), variable: RELATIVE_URI });
        relative.or_else(|| Some(Self { uri: full?, variable: FULL_URI }))
    }

    /// The token to show there, if there is one. A file is read each time, because what is in it changes.
    ///
    /// # Errors
    ///
    /// When the endpoint is not one to trust with a token, or the token cannot be read.
    pub(super) fn token(&self) -> Result<Option<String>, CredentialsError> {
        let wrong = |what: String| Err(CredentialsError::invalid_configuration(what));
        if !is_trusted(&self.uri) {
            return wrong(format!(
                "{} leads to {:?}: credentials are fetched by https, or by http from this machine",
                self.variable, self.uri
            ));
        }
        let Some(path) = variable(TOKEN_FILE) else { return Ok(variable(TOKEN)) };
        match std::fs::read_to_string(&path) {
            Ok(token) => Ok(Some(token.trim_end().to_owned())),
            Err(error) => wrong(format!("{TOKEN_FILE} is {path:?}, which cannot be read: {error}")),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.uri, self.variable)
    }
}

/// A token that the network can read is everybody's. Lambda's own endpoint is on this machine.
fn is_trusted(uri: &str) -> bool {
    let Ok(uri) = uri.parse::<::http::Uri>() else { return false };
    let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
    match uri.scheme_str() {
        Some("https") => true,
        Some("http") => host == "localhost" || host.parse::<IpAddr>().is_ok_and(is_local),
        _ => false,
    }
}

/// Loopback, and the link-local addresses under which an execution environment finds its own services.
fn is_local(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_loopback() || address.is_link_local(),
        IpAddr::V6(address) => {
            address.is_loopback() || address.is_unique_local() || address.is_unicast_link_local()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_goes_by_http_to_this_machine_only() {
        for uri in [
            "http://127.0.0.1:9001/2021-04-23/credentials",
            "http://localhost/",
            "http://[::1]:80/",
            "http://169.254.100.1:9001/",
            "https://example.com/",
        ] {
            assert!(is_trusted(uri), "{uri}");
        }
        for uri in ["http://example.com/", "http://10.0.0.1/", "ftp://127.0.0.1/", "127.0.0.1:9001", ""] {
            assert!(!is_trusted(uri), "{uri}");
        }
    }

    #[test]
    fn a_relative_uri_is_of_the_container_service_and_comes_first() {
        let text = |text: &str| Some(text.to_owned());
        let named = Place::named(text("/v2/credentials"), text("http://localhost/")).unwrap();
        assert_eq!(
            named.to_string(),
            "http://169.254.170.2/v2/credentials (AWS_CONTAINER_CREDENTIALS_RELATIVE_URI)"
        );
        assert!(is_trusted(&named.uri));
        let full = Place::named(None, text("http://localhost/")).unwrap();
        assert_eq!((&*full.uri, full.variable), ("http://localhost/", FULL_URI));
        assert_eq!(Place::named(None, None), None);
    }

    #[test]
    fn a_relative_uri_leads_nowhere_else() {
        for path in ["@example.com/", ".example.com/", ":80@example.com"] {
            let place = Place::named(Some(path.to_owned()), None).unwrap();
            assert!(place.token().is_err(), "{place}");
        }
    }
}
