//! The invocation that the running task works for.

use std::sync::Arc;

use super::Context;

tokio::task_local! {
    static CURRENT: Arc<Context>;
}

/// One poller's copy of the context it works under, kept while the handler owns the original.
///
/// It is written over from invocation to invocation, so that having it costs no allocation.
#[derive(Debug, Default)]
pub(crate) struct Current {
    context: Arc<Context>,
}

impl Current {
    /// Takes over `context`.
    pub(crate) fn assign(&mut self, context: &Context) {
        // Somebody may have kept the one before.
        if Arc::get_mut(&mut self.context).is_none() {
            self.context = Arc::default();
        }
        if let Some(own) = Arc::get_mut(&mut self.context) {
            own.assign(context);
        }
    }

    pub(crate) fn context(&self) -> &Arc<Context> {
        &self.context
    }

    /// Runs `future` as work of this invocation.
    pub(crate) fn scope<F: Future>(&self, future: F) -> impl Future<Output = F::Output> + use<F> {
        CURRENT.scope(Arc::clone(&self.context), future)
    }
}

/// The context of the invocation this thread works for at the moment.
pub(crate) fn of_thread() -> Option<Arc<Context>> {
    CURRENT.try_with(Arc::clone).ok()
}

impl Context {
    /// The context of the invocation that the running task works for, wherever in the program this is asked.
    ///
    /// It is a property of the task, so invocations that run at once never see each other's. A task spawned by a handler is
    /// a task of its own and has none: take what it needs along.
    ///
    /// # Examples
    ///
    /// ```
    /// let request_id = lambda_rt::Context::current().map(|context| context.request_id);
    /// assert_eq!(request_id, None); // outside an invocation
    /// ```
    pub fn current() -> Option<Self> {
        CURRENT.try_with(|context| Self::clone(context)).ok()
    }

    /// As `clone_from`, keeping the allocations there are.
    fn assign(&mut self, other: &Self) {
        self.request_id.clone_from(&other.request_id);
        self.invoked_function_arn.clone_from(&other.invoked_function_arn);
        assign_text(&mut self.xray_trace_id, other.xray_trace_id.as_deref());
        assign_text(&mut self.tenant_id, other.tenant_id.as_deref());
        assign_text(&mut self.invocation_id, other.invocation_id.as_deref());
        self.client_context.clone_from(&other.client_context);
        self.identity.clone_from(&other.identity);
        self.env_config.clone_from(&other.env_config);
        self.deadline = other.deadline;
        self.deferred.clone_from(&other.deferred);
    }
}

fn assign_text(own: &mut Option<String>, other: Option<&str>) {
    match (own, other) {
        (Some(own), Some(other)) => other.clone_into(own),
        (own, other) => *own = other.map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_task_sees_its_own_invocation_and_a_spawned_one_sees_none() {
        let mut current = Current::default();
        current.assign(&Context { request_id: "r-1".to_owned(), ..Context::default() });
        let (own, spawned) = current
            .scope(async {
                let spawned = tokio::spawn(async { Context::current().is_none() });
                (Context::current().unwrap().request_id, spawned.await.unwrap())
            })
            .await;
        assert_eq!((own.as_str(), spawned), ("r-1", true));
        assert!(Context::current().is_none());
    }

    #[test]
    fn the_copy_is_equal_whether_it_is_written_over_or_made_anew() {
        let context =
            Context { request_id: "r-1".to_owned(), tenant_id: Some("t".to_owned()), ..Context::default() };
        let mut current = Current::default();
        current.assign(&context);
        assert_eq!(**current.context(), context);
        let held = Arc::clone(current.context());
        current.assign(&Context::default());
        assert_eq!((&*held, &**current.context()), (&context, &Context::default()));
    }
}
