//! Where the function runs.
//!
//! Source: AWS Lambda developer guide, "Using the Lambda metadata endpoint".

use hyper::HeaderMap;
use hyper::header::AUTHORIZATION;

use super::reply::{self, Reply};
use crate::shell::Shell;

pub(super) const PATH: &str = "/2026-01-15/metadata/execution-environment";

pub(super) fn get(headers: &HeaderMap, shell: &Shell) -> Reply {
    let settings = shell.settings();
    let shown = headers.get(AUTHORIZATION).and_then(|value| value.as_bytes().strip_prefix(b"Bearer "));
    if shown != Some(settings.metadata_token.as_bytes()) {
        return reply::text(401, "the token is missing or wrong");
    }
    let document = serde_json::json!({ "AvailabilityZoneID": zone_id(&settings.region) });
    let mut reply = reply::json(200, document.to_string());
    reply::set(&mut reply, "cache-control", "private, max-age=43200, immutable");
    reply
}

/// The id of the region's first zone: `use1-az1` in us-east-1.
fn zone_id(region: &str) -> String {
    let mut parts = region.split('-');
    let mut id = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part {
            "northeast" => id.push_str("ne"),
            "northwest" => id.push_str("nw"),
            "southeast" => id.push_str("se"),
            "southwest" => id.push_str("sw"),
            // `north`, `gov` and the like give their first letter; a number is one.
            _ if part.bytes().all(|byte| byte.is_ascii_digit()) => id.push_str(part),
            _ => id.extend(part.chars().next()),
        }
    }
    format!("{id}-az1")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Source: AWS documentation, "AWS Availability Zones".
    #[test]
    fn zones_are_named_after_their_region() {
        for (region, id) in [
            ("us-east-1", "use1-az1"),
            ("eu-central-1", "euc1-az1"),
            ("ap-northeast-2", "apne2-az1"),
            ("us-gov-west-1", "usgw1-az1"),
            ("ca-west-1", "caw1-az1"),
        ] {
            assert_eq!(zone_id(region), id);
        }
    }
}
