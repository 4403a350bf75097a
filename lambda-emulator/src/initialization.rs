//! How an environment comes about.

use std::num::NonZeroU32;
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
    /// It handles many events at once, and is there before anybody invokes.
    Managed(NonZeroU32),
}

impl Initialization {
    /// Of what a builder was told.
    pub(crate) fn of(name: Option<&str>, max_concurrency: Option<u32>) -> Result<Self, Error> {
        if let Some(number) = max_concurrency {
            let number = NonZeroU32::new(number);
            let number = number.ok_or_else(|| Error::variable("the concurrency", "0", "at least 1"))?;
            let managed = Self::Managed(number);
            return match name {
                Some(name) if name != managed.name() => {
                    let expected = "lambda-managed-instances, as there is a maximum of concurrency";
                    Err(Error::variable("the initialization type", name, expected))
                }
                _ => Ok(managed),
            };
        }
        let Some(name) = name else { return Ok(Self::OnDemand) };
        let all = [Self::OnDemand, Self::Provisioned, Self::SnapStart];
        all.into_iter().find(|one| one.name() == name).ok_or_else(|| {
            let expected = "on-demand, provisioned-concurrency or snap-start; max_concurrency makes it \
                            lambda-managed-instances";
            Error::variable("the initialization type", name, expected)
        })
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::OnDemand => "on-demand",
            Self::Provisioned => "provisioned-concurrency",
            Self::SnapStart => "snap-start",
            Self::Managed(_) => "lambda-managed-instances",
        }
    }

    pub(crate) fn is_snap_start(self) -> bool {
        self == Self::SnapStart
    }

    /// How many events at once, where that can be more than one.
    pub(crate) fn max_concurrency(self) -> Option<NonZeroU32> {
        if let Self::Managed(number) = self { Some(number) } else { None }
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
        let managed = Initialization::Managed(NonZeroU32::MIN);
        for kind in [Initialization::Provisioned, Initialization::SnapStart, managed] {
            assert_eq!([3, 130, 600, 900].map(|timeout| limit(kind, timeout)), [130, 130, 600, 900]);
        }
    }

    #[test]
    fn a_type_that_is_unknown_is_an_error_that_names_it() {
        assert_eq!(Initialization::of(Some("snap-start"), None).unwrap(), Initialization::SnapStart);
        let error = Initialization::of(Some("SnapStart"), None).unwrap_err();
        assert!(error.is_config() && error.to_string().contains("\"SnapStart\""), "{error}");
    }

    #[test]
    fn a_maximum_of_concurrency_goes_with_one_type_only() {
        let name = |name, concurrency| Initialization::of(name, concurrency).map(Initialization::name);
        assert_eq!(name(None, Some(1)).unwrap(), "lambda-managed-instances");
        assert_eq!(name(Some("lambda-managed-instances"), Some(8)).unwrap(), "lambda-managed-instances");
        for (kind, concurrency) in
            [(None, Some(0)), (Some("snap-start"), Some(8)), (Some("lambda-managed-instances"), None)]
        {
            assert!(name(kind, concurrency).unwrap_err().is_config(), "{kind:?} with {concurrency:?}");
        }
    }
}
