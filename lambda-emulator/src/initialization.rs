//! How an environment comes about.

use std::time::Duration;

use crate::error::Error;

/// The value of `AWS_LAMBDA_INITIALIZATION_TYPE`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Initialization {
    /// The first invocation waits for it.
    OnDemand,
    /// It is there before anybody invokes.
    Provisioned,
    /// A snapshot of it is there before anybody invokes.
    SnapStart,
}

impl Initialization {
    pub(crate) fn parse(name: &str) -> Result<Self, Error> {
        let all = [Self::OnDemand, Self::Provisioned, Self::SnapStart];
        all.into_iter().find(|one| one.name() == name).ok_or_else(|| {
            let expected = "on-demand, provisioned-concurrency or snap-start";
            Error::variable("the initialization type", name, expected)
        })
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::OnDemand => "on-demand",
            Self::Provisioned => "provisioned-concurrency",
            Self::SnapStart => "snap-start",
        }
    }

    pub(crate) fn is_snap_start(self) -> bool {
        self == Self::SnapStart
    }

    /// Whether the init is over before the first invocation.
    pub(crate) fn is_ahead(self) -> bool {
        self != Self::OnDemand
    }

    /// The time of the init phase. Source: AWS Lambda developer guide, "Understanding the Lambda execution environment
    /// lifecycle".
    pub(crate) fn init_limit(self, timeout: Duration) -> Duration {
        match self.is_ahead() {
            true => timeout.clamp(Duration::from_secs(130), Duration::from_secs(900)),
            false => Duration::from_secs(10),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_init_ahead_of_invocations_has_130_seconds_or_the_functions_timeout() {
        let limit = |kind: Initialization, timeout| kind.init_limit(Duration::from_secs(timeout)).as_secs();
        assert_eq!(limit(Initialization::OnDemand, 600), 10);
        for kind in [Initialization::Provisioned, Initialization::SnapStart] {
            assert_eq!([3, 130, 600, 900].map(|timeout| limit(kind, timeout)), [130, 130, 600, 900]);
        }
    }

    #[test]
    fn a_type_that_is_unknown_is_an_error_that_names_it() {
        assert_eq!(Initialization::parse("snap-start").unwrap(), Initialization::SnapStart);
        let error = Initialization::parse("SnapStart").unwrap_err();
        assert!(error.is_config() && error.to_string().contains("\"SnapStart\""), "{error}");
    }
}
