//! Credentials for a function that was restored from a snapshot: the developer's own where the emulator has them.
//!
//! Source: AWS SDKs and Tools reference guide, "Container credential provider".

use std::time::{Duration, SystemTime};

use hyper::HeaderMap;
use hyper::header::AUTHORIZATION;

use super::reply::{self, Reply};
use crate::rfc3339;
use crate::shell::Shell;

pub(crate) const PATH: &str = "/2021-04-23/credentials";

/// How long the function may believe them to be good.
const LIFETIME: Duration = Duration::from_secs(6 * 60 * 60);

pub(super) fn get(headers: &HeaderMap, shell: &Shell) -> Reply {
    // The token as it is, without a scheme before it.
    let shown = headers.get(AUTHORIZATION).map(|value| value.as_bytes());
    if shown != Some(shell.settings().credentials_token.as_bytes()) {
        return reply::text(404, "cannot get credentials for the provided token");
    }
    let own = |name: &str, otherwise: &str| {
        let value = std::env::var(name).ok().filter(|value| !value.is_empty());
        value.unwrap_or_else(|| otherwise.to_owned())
    };
    let document = serde_json::json!({
        "AccessKeyId": own("AWS_ACCESS_KEY_ID", "local"),
        "SecretAccessKey": own("AWS_SECRET_ACCESS_KEY", "local"),
        "Token": own("AWS_SESSION_TOKEN", ""),
        "Expiration": rfc3339::text(SystemTime::now() + LIFETIME),
    });
    reply::json(200, document.to_string())
}
