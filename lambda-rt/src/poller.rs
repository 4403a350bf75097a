//! The loop: next, call, report, and what was left for after. It holds at most one invocation and answers each exactly once.

use std::future::poll_fn;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use tower_service::Service;

use crate::api::client::Client;
use crate::config::Config;
use crate::context::{Context, Current, Deferred};
use crate::environment::TraceVariable;
use crate::error::RuntimeError;
use crate::failure::Failure;
use crate::invocation::Invocation;
use crate::launch::Launch;
#[cfg(feature = "streaming")]
use crate::layers::Limit;
#[cfg(feature = "streaming")]
use crate::reply::Streamed;
use crate::reply::{Content, LARGEST_REPLY, Reply};
#[cfg(feature = "streaming")]
use crate::streaming::Producer;
use crate::{log, panic};

/// One poller and the service it calls.
#[derive(Debug)]
pub(crate) struct Poller<S, P> {
    client: Client,
    service: S,
    config: Arc<Config>,
    /// `None` where several invocations share the process.
    trace: Option<TraceVariable>,
    current: Current,
    deferred: Deferred,
    margin: Option<Duration>,
    pause: P,
    activity: Arc<Activity>,
}

/// What happens around the wait between two invocations, during which the environment may be frozen.
pub(crate) trait Pause {
    /// The last answer is out, and the next poll follows.
    fn begins(&mut self);
    /// An invocation has arrived, and its handler follows.
    async fn ended(&mut self);
}

/// Nothing happens.
impl Pause for () {
    fn begins(&mut self) {}
    async fn ended(&mut self) {}
}

/// What the pollers of a process are at, and whether they are to go on.
#[derive(Debug, Default)]
pub(crate) struct Activity {
    stopping: AtomicBool,
    handling: AtomicUsize,
}

#[cfg_attr(not(feature = "graceful-shutdown"), expect(dead_code, reason = "only a shutdown asks"))]
impl Activity {
    /// Keeps pollers from polling again.
    pub(crate) fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }

    /// Whether no invocation is between its arrival and the end of what it deferred.
    pub(crate) fn is_idle(&self) -> bool {
        self.handling.load(Ordering::Relaxed) == 0
    }
}

/// An invocation under way, for as long as it lives.
struct Handling<'a>(&'a Activity);

impl<'a> Handling<'a> {
    fn begin(activity: &'a Activity) -> Self {
        activity.handling.fetch_add(1, Ordering::Relaxed);
        Self(activity)
    }
}

impl Drop for Handling<'_> {
    fn drop(&mut self) {
        self.0.handling.fetch_sub(1, Ordering::Relaxed);
    }
}

impl<S, P> Poller<S, P>
where
    S: Service<Invocation, Response = Reply, Error = Failure>,
    P: Pause,
{
    pub(crate) fn new(
        launch: &Launch,
        client: Client,
        service: S,
        margin: Option<Duration>,
        pause: P,
        activity: &Arc<Activity>,
    ) -> Self {
        Self {
            client,
            service,
            config: Arc::clone(&launch.config),
            trace: (!launch.managed).then(TraceVariable::default),
            current: Current::default(),
            deferred: Deferred::shared(),
            margin,
            pause,
            activity: Arc::clone(activity),
        }
    }

    /// Polls until it is told to stop, or until something happens that cannot be survived.
    pub(crate) async fn run(mut self) -> Result<(), RuntimeError> {
        let activity = Arc::clone(&self.activity);
        while !activity.is_stopping() {
            self.pause.begins();
            let invocation = self.client.next().await?;
            let _handling = Handling::begin(&activity);
            #[cfg(any(feature = "aws", feature = "client"))]
            crate::keep_alive::thawed().await;
            self.pause.ended().await;
            self.handle(invocation).await?;
        }
        Ok(())
    }

    async fn handle(&mut self, mut invocation: Invocation) -> Result<(), RuntimeError> {
        invocation.context.env_config = Arc::clone(&self.config);
        invocation.context.deferred = self.deferred.clone();
        self.current.assign(&invocation.context);
        if let Some(trace) = &mut self.trace {
            trace.publish(invocation.context.xray_trace_id.as_deref());
        }
        if self.trace.is_some() {
            panic::owe_answer(self.current.context());
        }
        let answer = self.current.scope(call(&mut self.service, invocation)).await;
        panic::owe_nothing();
        match answer.and_then(within_limit) {
            Ok(reply) => match reply.into_content() {
                Content::Buffered(reply) => self.client.respond(self.current.context(), &reply).await?,
                // Boxed, as is the next: a rare path should not make the usual one's future larger.
                #[cfg(feature = "streaming")]
                Content::Streamed(streamed) => Box::pin(self.stream(*streamed)).await?,
            },
            Err(failure) => Box::pin(fail(&mut self.client, self.current.context(), &failure)).await?,
        }
        if let Some(finish) = self.deferred.waiting() {
            let end = self.margin.and_then(|margin| Some(self.current.context().deadline()? - margin));
            finish(&self.deferred, &self.current, end).await;
        }
        Ok(())
    }
}

#[cfg(feature = "streaming")]
impl<S, P> Poller<S, P> {
    /// Answers with a stream, which is still work of the invocation: under its context, within its deadline.
    async fn stream(&mut self, streamed: Streamed) -> Result<(), RuntimeError> {
        let context = Arc::clone(self.current.context());
        let limit = self.margin.and_then(|margin| Limit::of(context.deadline()?, margin));
        let content_type = streamed.content_type;
        let mut producer = Producer::new(streamed, limit);
        if self.trace.is_some() {
            panic::owe_answer(&context);
        }
        let client = &mut self.client;
        let streaming = async {
            match producer.begin().await {
                Ok(first) => client.stream(&context, content_type, &first, &mut producer).await,
                Err(failure) => {
                    producer.stop().await;
                    fail(client, &context, &failure).await
                }
            }
        };
        #[cfg(feature = "tracing")]
        let streaming = tracing::Instrument::instrument(streaming, crate::layers::span(&context));
        let told = self.current.scope(streaming).await;
        panic::owe_nothing();
        told
    }
}

/// Tells the log and the service that an invocation failed.
async fn fail(client: &mut Client, context: &Context, failure: &Failure) -> Result<(), RuntimeError> {
    log::error(&context.request_id, format_args!("the invocation failed: {failure}"));
    client.fail(context, failure).await
}

/// Calls the service once it is ready.
async fn call<S>(service: &mut S, invocation: Invocation) -> Result<Reply, Failure>
where
    S: Service<Invocation, Response = Reply, Error = Failure>,
{
    poll_fn(|cx| service.poll_ready(cx)).await?;
    service.call(invocation).await
}

/// Catches an answer that the service would refuse while the caller can still be told why.
fn within_limit(reply: Reply) -> Result<Reply, Failure> {
    // A stream has no size yet.
    let size = reply.body().map_or(0, bytes::Bytes::len);
    if size <= LARGEST_REPLY {
        return Ok(reply);
    }
    Err(Failure::of_runtime(
        "Function.ResponseSizeTooLarge",
        format!(
            "Response payload size ({size} bytes) exceeded maximum allowed payload size ({LARGEST_REPLY} bytes). \
             Return less, stream the answer (`StreamResponse`, `http::run_with_streaming_response`), or put the data into S3 \
             and return where it is."
        ),
    ))
}
