//! A function with everything a life can have, which tells a listener what it goes through.
//!
//! `LAMBDA_EMULATOR_EVENT='{"do": "echo", "with": 1}' cargo run -p e2e --bin lifecycle-function`
//!
//! | Variable | |
//! |---|---|
//! | `NOTES` | where to say what happens, one line each; nowhere by default |
//! | `INIT` | `ok` (default), `error`, `panic`, `overrun`, or a number of milliseconds that it takes |
//! | `HOOKS` | with `none` there is no shutdown hook; with `bad` one panics and one never ends; with `before_fails`, `after_fails` or `after_overruns` one of SnapStart does |
//! | `SPAWN` | set: a shutdown handler beside a plain runtime, and nothing of the above |
//! | `RESOURCES` | set: two SnapStart resources of a plain runtime, and no hooks; with `fails` the second fails before the snapshot |
//! | `THREADS` | set: `run_concurrent` on a multi-thread runtime |

use std::io::Write;
use std::net::TcpStream;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use lambda_rt::{BoxFuture, Context, Error, Init, LambdaEvent, Lifecycle, Runtime, SnapStartResource};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::time::sleep;

/// What handlers and hooks share.
struct State {
    notes: Option<Mutex<TcpStream>>,
}

impl State {
    fn new(listener: Option<String>) -> Result<Self, Error> {
        Ok(Self { notes: listener.map(TcpStream::connect).transpose()?.map(Mutex::new) })
    }

    fn note(&self, what: &str) {
        if let Some(notes) = &self.notes {
            let mut notes = notes.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            // Whoever listened may have heard enough.
            let _ = writeln!(notes, "{what}");
        }
    }
}

#[derive(Deserialize)]
#[serde(tag = "do", content = "with", rename_all = "snake_case")]
enum Task {
    /// Answers with what it is given, and with the ids that are known of the invocation.
    Echo(Value),
    /// Waits this many milliseconds.
    Sleep(u64),
    /// Answers, and then works for this many milliseconds.
    Defer(u64),
    /// Panics.
    Panic,
    /// Ends the process by a signal: in the handler, in deferred work, or some time after the answer.
    Crash(When),
}

#[derive(Clone, Copy, Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
enum When {
    Handling,
    Deferring,
    Idle,
}

async fn handler(state: &'static State, event: LambdaEvent<Task>) -> Result<Value, Error> {
    state.note(&format!("handling {}", event.context.request_id));
    match event.payload {
        Task::Echo(value) => {
            sleep(Duration::from_millis(5)).await;
            let current = Context::current().map(|context| context.request_id);
            return Ok(
                json!({ "echo": value, "current": current, "trace": std::env::var("_X_AMZN_TRACE_ID").ok() }),
            );
        }
        Task::Sleep(millis) => sleep(Duration::from_millis(millis)).await,
        Task::Defer(millis) => event.context.defer(async move {
            state.note("deferred begun");
            sleep(Duration::from_millis(millis)).await;
            state.note("deferred done");
        }),
        Task::Panic => panic!("told to"),
        Task::Crash(When::Handling) => std::process::abort(),
        Task::Crash(When::Deferring) => event.context.defer(crash()),
        Task::Crash(When::Idle) => drop(tokio::spawn(async {
            sleep(Duration::from_millis(100)).await;
            std::process::abort()
        })),
    }
    Ok(Value::from("done"))
}

/// It has the type of work that ends, as deferred work must.
async fn crash() {
    std::process::abort()
}

async fn start(init: &'static Init) -> Result<State, Error> {
    let state = State::new(init.env_optional("NOTES")?)?;
    state.note("init begun");
    match init.env_or("INIT", "ok".to_owned())?.as_str() {
        "ok" => {}
        "error" => return Err("the init failed".into()),
        "panic" => panic!("the init panicked"),
        "overrun" => sleep(Duration::from_secs(3600)).await,
        millis => sleep(Duration::from_millis(millis.parse()?)).await,
    }
    state.note("init done");
    Ok(state)
}

fn life(hooks: &str) -> Lifecycle<'static, State> {
    let life = Runtime::init(start)
        .init_budget(Duration::from_secs(2))
        .before_snapshot(async |state: &State| state.note("before snapshot 1"))
        .before_snapshot(async |state: &State| state.note("before snapshot 2"))
        .after_restore(async |state: &State| state.note("after restore 1"))
        .after_restore(async |state: &State| state.note("after restore 2"))
        .on_thaw(async |state: &State, thaw| state.note(&format!("slept {} ms", thaw.slept.as_millis())));
    match hooks {
        "none" => life,
        "bad" => with_shutdown(life)
            .on_shutdown(async |_: &State, _| std::future::pending::<()>().await)
            .on_shutdown(async |_: &State, shutdown| assert!(shutdown.remaining_time().is_zero(), "told to")),
        "before_fails" => life.before_snapshot(async |_: &State| Err::<(), Error>("still writing".into())),
        "after_fails" => life.after_restore(async |_: &State| Err::<(), Error>("no entropy".into())),
        "after_overruns" => life.after_restore(async |_: &State| std::future::pending::<()>().await),
        _ => with_shutdown(life),
    }
}

fn with_shutdown(life: Lifecycle<'static, State>) -> Lifecycle<'static, State> {
    life.on_shutdown(async |state: &State, shutdown| {
        state.note(&format!("shutdown 1 {:?}", shutdown.reason()))
    })
    .on_shutdown(async |state: &State, _| state.note("shutdown 2"))
}

/// Says what it is told of.
struct Resource {
    state: &'static State,
    number: u32,
    fails: bool,
}

impl SnapStartResource for Resource {
    fn before_snapshot(&self) -> BoxFuture<'_, Result<(), Error>> {
        Box::pin(async {
            self.state.note(&format!("before snapshot {}", self.number));
            if self.fails { Err("still writing".into()) } else { Ok(()) }
        })
    }

    fn after_restore(&self) -> BoxFuture<'_, Result<(), Error>> {
        Box::pin(async {
            self.state.note(&format!("after restore {}", self.number));
            Ok(())
        })
    }
}

async fn with_resources(kind: &str) -> Result<(), Error> {
    let state: &State = Box::leak(Box::new(State::new(std::env::var("NOTES").ok())?));
    let resource = |number, fails| Arc::new(Resource { state, number, fails });
    Runtime::new(async |event| handler(state, event).await)
        .register_snapstart_resource(resource(1, false))
        .register_snapstart_resource(resource(2, kind == "fails"))
        .run()
        .await
}

fn main() -> Result<(), Error> {
    lambda_rt::tracing::init_default_subscriber();
    let life = life(&std::env::var("HOOKS").unwrap_or_default());
    lambda_rt::block_on(async move {
        if std::env::var_os("SPAWN").is_some() {
            lambda_rt::spawn_graceful_shutdown_handler(|| async { lambda_rt::tracing::info!("goodbye") })
                .await;
            return lambda_rt::run(async |event: LambdaEvent<Value>| Ok::<_, Error>(event.payload)).await;
        }
        if let Ok(kind) = std::env::var("RESOURCES") {
            return with_resources(&kind).await;
        }
        match std::env::var_os("THREADS") {
            Some(_) => life.run_concurrent(handler).await,
            None => life.run(handler).await,
        }
    })
}
