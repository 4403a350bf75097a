//! SnapStart: the way through the snapshot, from which many environments are restored.

use std::time::Duration;

use super::hooks::{self, Hooks};
use crate::api::client::Client;
use crate::error::RuntimeError;
use crate::failure::Failure;
use crate::log;

/// What Lambda gives a restore and the hooks after it.
///
/// Source: AWS Lambda developer guide, "Lambda SnapStart runtime hooks".
const RESTORE: Duration = Duration::from_secs(10);
/// Enough to report the failure to an endpoint on the same machine.
const MARGIN: Duration = Duration::from_millis(200);

/// What is to be done on either side of the snapshot.
pub(super) struct Snapshot<'a, T: 'static> {
    pub(super) before: Hooks<'a, T, ()>,
    pub(super) after: Hooks<'a, T, ()>,
}

impl<T> Snapshot<'_, T> {
    /// Runs the hooks before the snapshot, last registered first; waits to be restored; runs the hooks after it.
    ///
    /// # Errors
    ///
    /// [`is_init`](RuntimeError::is_init) when a hook failed, once that has been reported; the errors of [`wait`] otherwise.
    pub(super) async fn pass(&self, client: &mut Client, state: &'static T) -> Result<(), RuntimeError> {
        for hook in self.before.iter().rev() {
            if let Err(failure) = hooks::call(hook, state, ()).await {
                let failure = failure.with_category("Runtime.BeforeSnapshotError");
                let message = format!("a hook before the snapshot failed: {failure}");
                log::error("", format_args!("{message}"));
                client.fail_init(&failure).await?;
                return Err(RuntimeError::init(message));
            }
        }
        wait(client).await?;
        let restored = tokio::time::timeout(RESTORE - MARGIN, self.after_restore(state)).await;
        let failure = match restored {
            Ok(Ok(())) => return Ok(()),
            Ok(Err(failure)) => failure.with_category("Runtime.AfterRestoreError"),
            Err(_) => Failure::of_runtime(
                "Runtime.AfterRestoreError",
                "the hooks after the restore were cancelled shortly before Lambda's limit of 10 s; do less in them",
            ),
        };
        let message = format!("a hook after the restore failed: {failure}");
        log::error("", format_args!("{message}"));
        client.fail_restore(&failure).await?;
        Err(RuntimeError::init(message))
    }

    async fn after_restore(&self, state: &'static T) -> Result<(), Failure> {
        for hook in &self.after {
            hooks::call(hook, state, ()).await?;
        }
        Ok(())
    }
}

/// Waits to be restored. No connection to the Runtime API outlives it.
///
/// # Errors
///
/// [`is_unreachable`](RuntimeError::is_unreachable) and [`is_service`](RuntimeError::is_service). They are reported as an init
/// error first, as far as that is possible.
pub(crate) async fn wait(client: &mut Client) -> Result<(), RuntimeError> {
    #[cfg(any(feature = "aws", feature = "client"))]
    crate::keep_alive::before_snapshot();
    let Err(error) = client.restored().await else { return Ok(()) };
    if error.is_service() {
        let failure = Failure::of_runtime("Runtime.RestoreError", error.to_string());
        client.fail_init(&failure).await?;
    }
    Err(error)
}
