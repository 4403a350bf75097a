//! Futures of results that run at once in one task until all are done or one has failed.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

/// A tuple of two to six futures of results, for [`Init::together`](crate::Init::together).
pub trait Together {
    /// What they make: a tuple in the same order.
    type Output;
    /// What one of them may fail with.
    type Error;

    /// Drives all of them.
    #[doc(hidden)]
    fn together(self) -> impl Future<Output = Result<Self::Output, Self::Error>>;
}

macro_rules! tuple {
    ($($future:ident $made:ident $value:ident),+) => {
        impl<Failed, $($future, $made),+> Together for ($($future,)+)
        where
            $($future: Future<Output = Result<$made, Failed>>),+
        {
            type Output = ($($made,)+);
            type Error = Failed;

            async fn together(self) -> Result<Self::Output, Failed> {
                #[allow(non_snake_case, reason = "a future has the name of its type parameter")]
                let ($($future,)+) = self;
                $(
                    #[allow(non_snake_case, reason = "a future has the name of its type parameter")]
                    let mut $future = pin!($future);
                    let mut $value = None;
                )+
                poll_fn(|cx| {
                    let mut pending = false;
                    $(
                        if $value.is_none() {
                            match $future.as_mut().poll(cx) {
                                Poll::Ready(Ok(made)) => $value = Some(made),
                                Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
                                Poll::Pending => pending = true,
                            }
                        }
                    )+
                    if pending {
                        return Poll::Pending;
                    }
                    match ($($value.take(),)+) {
                        ($(Some($value),)+) => Poll::Ready(Ok(($($value,)+))),
                        // Unreachable: nothing is pending, so everything is made.
                        _ => Poll::Pending,
                    }
                })
                .await
            }
        }
    };
}

tuple!(A MadeA a, B MadeB b);
tuple!(A MadeA a, B MadeB b, C MadeC c);
tuple!(A MadeA a, B MadeB b, C MadeC c, D MadeD d);
tuple!(A MadeA a, B MadeB b, C MadeC c, D MadeD d, E MadeE e);
tuple!(A MadeA a, B MadeB b, C MadeC c, D MadeD d, E MadeE e, F MadeF f);

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::{Instant, sleep};

    use super::*;

    async fn after(ms: u64, made: Result<u64, &'static str>) -> Result<u64, &'static str> {
        sleep(Duration::from_millis(ms)).await;
        made
    }

    #[tokio::test(start_paused = true)]
    async fn three_take_as_long_as_the_longest_and_the_first_error_ends_all() {
        let started = Instant::now();
        assert_eq!((after(30, Ok(1)), after(10, Ok(2)), after(20, Ok(3))).together().await, Ok((1, 2, 3)));
        assert_eq!(started.elapsed().as_millis(), 30);
        assert_eq!((after(30, Ok(1)), after(10, Err("no"))).together().await, Err("no"));
        assert_eq!(started.elapsed().as_millis(), 40);
    }
}
