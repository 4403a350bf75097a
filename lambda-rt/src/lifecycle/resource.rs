//! SnapStart resources: objects that are told of the snapshot, for a runtime without a state of its own.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use super::hooks::{Hook, untold};
use super::snapshot::{Snapshot, wait};
use crate::api::client::Client;
use crate::error::{Error, RuntimeError};

/// A boxed future, as object-safe traits return it.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Something that does not survive a snapshot as it is: connections, credentials, whatever must be unique.
///
/// [`Runtime::register_snapstart_resource`](crate::Runtime::register_snapstart_resource) takes it. Register foundations first:
/// `before_snapshot` runs in reverse order of registration, `after_restore` in order. Functions that begin with
/// [`Runtime::init`](crate::Runtime::init) have hooks for the same, which are closures.
///
/// Source: AWS Lambda developer guide, "Lambda SnapStart runtime hooks".
///
/// # Examples
///
/// ```
/// use lambda_rt::{BoxFuture, Error, SnapStartResource};
///
/// struct Pool;
///
/// impl SnapStartResource for Pool {
///     fn before_snapshot(&self) -> BoxFuture<'_, Result<(), Error>> {
///         Box::pin(async { Ok(()) }) // closes its connections
///     }
/// }
/// ```
pub trait SnapStartResource: Send + Sync {
    /// Called before a snapshot is taken. Nothing happens by default.
    ///
    /// # Errors
    ///
    /// What it fails with is reported as an init error of the type `Runtime.BeforeSnapshotError`, and ends the process.
    fn before_snapshot(&self) -> BoxFuture<'_, Result<(), Error>> {
        Box::pin(std::future::ready(Ok(())))
    }

    /// Called in each environment restored from the snapshot, before its first event. Nothing happens by default. All
    /// resources have ten seconds together.
    ///
    /// # Errors
    ///
    /// What it fails with is reported as `Runtime.AfterRestoreError`, and ends the process.
    fn after_restore(&self) -> BoxFuture<'_, Result<(), Error>> {
        Box::pin(std::future::ready(Ok(())))
    }
}

/// The resources of a runtime, in the order of their registration.
#[derive(Default)]
pub(crate) struct Resources {
    held: Vec<Arc<dyn SnapStartResource>>,
    /// Found here by the runtime, so that the program of a function which registers none does not contain it.
    pass: Option<Pass>,
}

/// [`pass`], boxed.
type Pass = for<'a> fn(
    &'a [Arc<dyn SnapStartResource>],
    &'a mut Client,
) -> Pin<Box<dyn Future<Output = Result<(), RuntimeError>> + 'a>>;

impl Resources {
    pub(crate) fn register(&mut self, resource: Arc<dyn SnapStartResource>) {
        self.held.push(resource);
        self.pass = Some(|held, client| Box::pin(pass(held, client)));
    }

    /// The way through the snapshot, with the hooks there are.
    pub(crate) async fn pass(&self, client: &mut Client) -> Result<(), RuntimeError> {
        match self.pass {
            Some(pass) => pass(&self.held, client).await,
            None => wait(client).await,
        }
    }
}

async fn pass(held: &[Arc<dyn SnapStartResource>], client: &mut Client) -> Result<(), RuntimeError> {
    let hook = |run: fn(&dyn SnapStartResource) -> BoxFuture<'_, Result<(), Error>>| {
        move |resource: &Arc<dyn SnapStartResource>| -> Hook<'static, (), ()> {
            let resource = Arc::clone(resource);
            untold(async move |()| run(&*resource).await)
        }
    };
    let before = held.iter().map(hook(|resource| resource.before_snapshot())).collect();
    let after = held.iter().map(hook(|resource| resource.after_restore())).collect();
    Snapshot { before, after }.pass(client, &()).await
}
