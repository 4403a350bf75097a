//! Connections that are opened before a request wants them: in the init, and again after a freeze.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::task::JoinHandle;

use super::registry::{Registered, pools};
use crate::log;

/// What a prewarmed connection may take. Init has ten seconds in all.
const LIMIT: Duration = Duration::from_secs(1);

/// The attempt to open a connection; what went wrong, in words.
pub(crate) type Attempt = Pin<Box<dyn Future<Output = Result<(), String>> + Send>>;

/// The URLs of connections that are opened again once a freeze has cost them.
static AGAIN: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// A connection that is being opened, from [`Init::prewarm`](crate::Init::prewarm). Nothing is lost by dropping this.
#[derive(Clone, Debug)]
pub struct Prewarm {
    /// `None` where it is not known.
    url: Option<String>,
}

impl Prewarm {
    pub(crate) fn of(url: Option<String>) -> Self {
        Self { url }
    }

    /// Opens it again whenever connections had been idle for too long when an event arrives, beside the decoding of the event and
    /// whatever the handler does before its first request.
    ///
    /// The handler is not kept waiting: on a current-thread runtime the connection goes on being opened while the handler waits
    /// for something. Worth its `HEAD` request, or `GET` to AWS, where nearly every event leads to a request, and not as the very
    /// first thing.
    ///
    /// # Examples
    ///
    /// ```
    /// # #[cfg(feature = "client")]
    /// # async fn start(init: &lambda_rt::Init) -> Result<(), lambda_rt::Error> {
    /// let http = lambda_rt::client::Client::new();
    /// init.prewarm("https://api.example.com").again_on_thaw();
    /// # Ok(())
    /// # }
    /// ```
    pub fn again_on_thaw(self) {
        let Some(url) = self.url else { return };
        let mut again = urls();
        if !again.contains(&url) {
            again.push(url);
        }
    }
}

fn urls() -> MutexGuard<'static, Vec<String>> {
    AGAIN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Opens a connection to `url` in every pool that is made for it, in a task of its own. Whether it succeeds is logged, at debug
/// level.
pub(crate) fn prewarm(url: &str) -> Vec<JoinHandle<()>> {
    let begun = begin(pools(), url);
    if begun.is_empty() {
        log::debug(format_args!("{url} is not prewarmed: no client has been made yet"));
    }
    begun
}

/// Opens in `pools`, which have lost their connections, those that are wanted again. Whether there are any.
pub(super) fn again(pools: Vec<Arc<dyn Registered>>) -> bool {
    // No lock is taken in an invocation that needs none.
    !pools.is_empty() && urls().iter().fold(false, |any, url| any | !begin(pools.clone(), url).is_empty())
}

fn begin(pools: Vec<Arc<dyn Registered>>, url: &str) -> Vec<JoinHandle<()>> {
    let attempts = pools.into_iter().filter_map(|pool| pool.prewarm(url));
    attempts.map(|attempt| tokio::spawn(watched(attempt, url.to_owned()))).collect()
}

async fn watched(attempt: Attempt, url: String) {
    match tokio::time::timeout(LIMIT, attempt).await {
        Ok(Ok(())) => log::debug(format_args!("prewarmed a connection to {url}")),
        Ok(Err(error)) => log::debug(format_args!("no connection to {url} was prewarmed: {error}")),
        Err(_) => {
            log::debug(format_args!("no connection to {url} was prewarmed within {} ms", LIMIT.as_millis()))
        }
    }
}

/// Connections that an init has begun to open.
#[derive(Clone, Default)]
pub(crate) struct Prewarming(Arc<Mutex<Vec<JoinHandle<()>>>>);

impl Prewarming {
    pub(crate) fn add(&self, begun: Vec<JoinHandle<()>>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(begun);
    }

    /// Waits until each is open or given up: the time of the init is there to be used, and the first request is to find them.
    pub(crate) async fn done(&self) {
        let begun = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        for attempt in begun {
            // A panic has been reported by its hook.
            let _ = attempt.await;
        }
    }
}

impl fmt::Debug for Prewarming {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Prewarming").finish_non_exhaustive()
    }
}
