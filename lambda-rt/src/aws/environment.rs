//! What the environment says about AWS.

use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;

use aws_smithy_types::retry::{RetryConfig, RetryMode, RetrySpec};
use aws_types::origin::Origin;
use aws_types::sdk_config::Builder;
use aws_types::service_config::{LoadServiceConfig, ServiceConfigKey};

use crate::lifecycle::Init;
use crate::log;

/// The variable `name`; an empty one is as good as absent.
pub(super) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.trim().is_empty())
}

pub(super) fn region() -> Option<String> {
    variable("AWS_REGION").or_else(|| variable("AWS_DEFAULT_REGION"))
}

/// The variable `name` as a `T`; what cannot be used is warned of.
fn typed<T>(init: &Init, name: &str) -> Option<T>
where
    T: FromStr<Err: fmt::Display>,
{
    variable(name)?;
    init.env_optional(name).unwrap_or_else(|error| {
        log::warn("", format_args!("{error}; it is ignored"));
        None
    })
}

/// How calls are retried. Between tries there are 50 ms and more, rather than the second of former specifications.
pub(super) fn set_retries(init: &Init, config: &mut Builder) {
    let mode = typed(init, "AWS_RETRY_MODE").unwrap_or(RetryMode::Standard);
    let mut retries = RetryConfig::standard().with_retry_mode(mode).with_retry_spec(RetrySpec::v2_1());
    if let Some(attempts) = typed::<NonZeroU32>(init, "AWS_MAX_ATTEMPTS") {
        retries = retries.with_max_attempts(attempts.get());
        // Some services, DynamoDB among them, have a number of their own where nobody has said one.
        config.insert_origin("retry_config", Origin::shared_config());
    }
    config.set_retry_config(Some(retries));
}

/// Everything that is seldom set.
pub(super) fn set_rest(init: &Init, config: &mut Builder) {
    if let Some(url) = shared_endpoint() {
        config.set_endpoint_url(Some(url));
        config.insert_origin("endpoint_url", Origin::shared_environment_variable());
    }
    config.set_use_fips(typed::<Flag>(init, "AWS_USE_FIPS_ENDPOINT").map(|flag| flag.0));
    config.set_use_dual_stack(typed::<Flag>(init, "AWS_USE_DUALSTACK_ENDPOINT").map(|flag| flag.0));
    config.set_request_checksum_calculation(typed(init, "AWS_REQUEST_CHECKSUM_CALCULATION"));
    config.set_response_checksum_validation(typed(init, "AWS_RESPONSE_CHECKSUM_VALIDATION"));
}

/// `true` or `false`, in any case.
struct Flag(bool);

impl FromStr for Flag {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.trim() {
            text if text.eq_ignore_ascii_case("true") => Ok(Self(true)),
            text if text.eq_ignore_ascii_case("false") => Ok(Self(false)),
            _ => Err("neither true nor false"),
        }
    }
}

fn ignores_endpoints() -> bool {
    variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS").is_some_and(|value| value.eq_ignore_ascii_case("true"))
}

/// The endpoint in `name`; what is none is warned of.
fn endpoint_in(name: &str) -> Option<String> {
    let url = variable(name).filter(|_| !ignores_endpoints())?;
    if super::is_url(&url) {
        return Some(url);
    }
    log::warn(
        "",
        format_args!("{name} is {url:?}, which is no URL such as https://host:port; it is ignored"),
    );
    None
}

fn shared_endpoint() -> Option<String> {
    endpoint_in("AWS_ENDPOINT_URL")
}

/// Where a service is called, by the first part of its host name; `None` without a region.
pub(crate) fn service_url(service: &str) -> Option<String> {
    let own = endpoint_in(&specific("AWS_ENDPOINT_URL", service)).or_else(shared_endpoint);
    own.or_else(|| {
        let region = region()?;
        let china = if region.starts_with("cn-") { ".cn" } else { "" };
        Some(format!("https://{service}.{region}.amazonaws.com{china}"))
    })
}

/// Whether `url` is called with an AWS client.
pub(super) fn is_aws(url: &str) -> bool {
    let Ok(uri) = url.parse::<::http::Uri>() else { return false };
    let host = uri.host().unwrap_or_default();
    let theirs = [".amazonaws.com", ".amazonaws.com.cn", ".api.aws", ".on.aws"]
        .iter()
        .any(|domain| host.ends_with(domain));
    theirs
        || std::env::vars()
            .any(|(name, value)| name.starts_with("AWS_ENDPOINT_URL") && url.starts_with(value.as_str()))
}

/// The variable of a setting for one service, by its id: `Secrets Manager` is `SECRETS_MANAGER`.
///
/// Source: AWS SDKs and tools reference guide, "Service-specific endpoints".
fn specific(name: &str, service: &str) -> String {
    let service: String = service
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' })
        .collect();
    format!("{name}_{service}")
}

/// Settings of single services.
#[derive(Debug)]
pub(super) struct Services;

impl LoadServiceConfig for Services {
    fn load_config(&self, key: ServiceConfigKey<'_>) -> Option<String> {
        let name = specific(key.env(), key.service_id());
        if key.env() == "AWS_ENDPOINT_URL" {
            endpoint_in(&name)
        } else {
            variable(&name).or_else(|| variable(key.env()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_of_one_service_is_found_by_its_id() {
        assert_eq!(specific("AWS_ENDPOINT_URL", "DynamoDB"), "AWS_ENDPOINT_URL_DYNAMODB");
        assert_eq!(specific("AWS_ENDPOINT_URL", "Secrets Manager"), "AWS_ENDPOINT_URL_SECRETS_MANAGER");
        assert_eq!(
            specific("AWS_ENDPOINT_URL", "application-autoscaling"),
            "AWS_ENDPOINT_URL_APPLICATION_AUTOSCALING"
        );
    }

    #[test]
    fn hosts_of_aws_are_known_by_their_domain() {
        for url in [
            "https://dynamodb.us-east-1.amazonaws.com",
            "https://b.s3.cn-north-1.amazonaws.com.cn/x",
            "https://lambda.eu-west-1.api.aws/",
        ] {
            assert!(is_aws(url), "{url}");
        }
        for url in ["https://example.com", "https://amazonaws.com.example.com", "no url", ""] {
            assert!(!is_aws(url), "{url}");
        }
    }
}
