//! The loop: next, call, report. It holds at most one invocation and answers each exactly once.

use std::convert::Infallible;
use std::future::poll_fn;
use std::sync::Arc;

use tower_service::Service;

use crate::api::client::{Client, Identity};
use crate::config::Config;
use crate::environment::TraceVariable;
use crate::error::RuntimeError;
use crate::failure::Failure;
use crate::invocation::Invocation;
use crate::reply::{LARGEST_REPLY, Reply};
use crate::{log, panic};

/// One poller and the service it calls.
#[derive(Debug)]
pub(crate) struct Poller<S> {
    pub(crate) client: Client,
    pub(crate) service: S,
    pub(crate) config: Arc<Config>,
    /// `None` where several invocations share the process.
    pub(crate) trace: Option<TraceVariable>,
    pub(crate) identity: Identity,
}

impl<S> Poller<S>
where
    S: Service<Invocation, Response = Reply, Error = Failure>,
{
    /// Polls until something happens that cannot be survived.
    pub(crate) async fn run(mut self) -> Result<Infallible, RuntimeError> {
        self.start().await?;
        loop {
            let invocation = self.client.next().await?;
            self.handle(invocation).await?;
        }
    }

    /// Waits for the service to be ready, so that a start that fails is reported as one.
    async fn start(&mut self) -> Result<(), RuntimeError> {
        panic::owe_init(self.client.endpoint());
        let ready = poll_fn(|cx| self.service.poll_ready(cx)).await;
        if let Err(failure) = ready {
            log::error("", format_args!("the function cannot start: {failure}"));
            self.client.fail_init(&failure).await?;
            return Err(RuntimeError::init(format!("the function cannot start: {failure}")));
        }
        panic::owe_nothing();
        Ok(())
    }

    async fn handle(&mut self, mut invocation: Invocation) -> Result<(), RuntimeError> {
        invocation.context.env_config = Arc::clone(&self.config);
        self.identity.assign(&invocation.context);
        if let Some(trace) = &mut self.trace {
            trace.publish(invocation.context.xray_trace_id.as_deref());
        }
        panic::owe_answer(&self.identity);
        let answer = self.call(invocation).await;
        panic::owe_nothing();
        match answer.and_then(within_limit) {
            Ok(reply) => self.client.respond(&self.identity, &reply).await,
            Err(failure) => {
                log::error(&self.identity.request_id, format_args!("the invocation failed: {failure}"));
                self.client.fail(&self.identity, &failure).await
            }
        }
    }

    async fn call(&mut self, invocation: Invocation) -> Result<Reply, Failure> {
        poll_fn(|cx| self.service.poll_ready(cx)).await?;
        self.service.call(invocation).await
    }
}

/// Catches an answer that the service would refuse while the caller can still be told why.
fn within_limit(reply: Reply) -> Result<Reply, Failure> {
    let size = reply.body().len();
    if size <= LARGEST_REPLY {
        return Ok(reply);
    }
    Err(Failure::of_runtime(
        "Function.ResponseSizeTooLarge",
        format!(
            "Response payload size ({size} bytes) exceeded maximum allowed payload size ({LARGEST_REPLY} bytes). \
             Return less, or put the data into S3 and return where it is."
        ),
    ))
}
