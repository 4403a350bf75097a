//! State that is made when it is first needed.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use tokio::sync::OnceCell;

type Making<T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send>>;

/// A value that the first invocation that needs it makes, and all later ones share.
///
/// It keeps the init short where not every event needs everything. An attempt that fails is forgotten: the next
/// invocation tries again. Invocations that run at once wait for one attempt together.
///
/// # Examples
///
/// ```
/// use lambda_rt::{Error, Lazy};
///
/// struct Shop { catalogue: Lazy<Vec<String>> }
///
/// async fn load() -> Result<Vec<String>, Error> { Ok(vec!["tea".to_owned()]) }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Error> {
/// let shop = Shop { catalogue: Lazy::new(load) };
/// assert_eq!(shop.catalogue.get().await?.len(), 1);
/// # Ok(())
/// # }
/// ```
pub struct Lazy<T, E = crate::Error> {
    cell: OnceCell<T>,
    make: Box<dyn Fn() -> Making<T, E> + Send + Sync>,
}

impl<T, E> Lazy<T, E> {
    /// A value that `make` makes.
    pub fn new<F>(make: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<T, E>> + Send + 'static,
    {
        Self { cell: OnceCell::new(), make: Box::new(move || Box::pin(make())) }
    }

    /// The value, made now if it is not yet.
    ///
    /// # Errors
    ///
    /// Whatever making it failed with.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future drops the attempt; whoever waits with it, or comes next, makes another.
    pub async fn get(&self) -> Result<&T, E> {
        self.cell.get_or_try_init(|| (self.make)()).await
    }

    /// The value, if it is made.
    pub fn get_if_made(&self) -> Option<&T> {
        self.cell.get()
    }
}

impl<T: fmt::Debug, E> fmt::Debug for Lazy<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Lazy").field(&self.cell.get()).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[tokio::test]
    async fn an_attempt_that_fails_is_forgotten_and_one_that_succeeds_is_the_last() {
        let attempts = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&attempts);
        let lazy: Lazy<usize, &str> = Lazy::new(move || {
            let attempt = counted.fetch_add(1, Ordering::Relaxed);
            async move { if attempt == 0 { Err("not yet") } else { Ok(attempt) } }
        });
        assert_eq!(lazy.get().await, Err("not yet"));
        assert!(lazy.get_if_made().is_none());
        let (one, two) = (lazy.get().await, lazy.get().await);
        assert_eq!((one, two, attempts.load(Ordering::Relaxed)), (Ok(&1), Ok(&1), 2));
    }
}
