//! Static init: what it makes, and every way in which it does not.

use std::time::{Duration, SystemTime};

use lambda_rt::{Error, Init, InitializationType, LambdaEvent, Lifecycle, Runtime};
use tokio::time::{Instant, sleep};

use super::support::{Log, Server};

struct Shop {
    table: &'static str,
}

async fn handler(shop: &Shop, event: LambdaEvent<u32>) -> Result<String, Error> {
    Ok(format!("{} x {}", event.payload, shop.table))
}

/// The init error that is posted instead of a poll.
async fn reported(server: &Server, init: Lifecycle<'_, Shop>) -> (String, String, lambda_rt::RuntimeError) {
    let mut posted = None;
    let run = init.endpoint(server.endpoint()).run(handler);
    let error = Server::ends_run(run, async {
        let request = server.accept().await.answered().await;
        assert_eq!(request.line, "POST /2018-06-01/runtime/init/error HTTP/1.1");
        assert_eq!(request.header("lambda-runtime-invocation-id"), None);
        posted = Some((
            request.header("lambda-runtime-function-error-type").unwrap().to_owned(),
            request.json()["errorMessage"].as_str().unwrap().to_owned(),
        ));
    })
    .await;
    let (category, message) = posted.unwrap();
    (category, message, error)
}

#[tokio::test(start_paused = true)]
async fn what_the_init_makes_is_lent_to_every_invocation_and_made_once() {
    let server = Server::start().await;
    let made = std::cell::Cell::new(0);
    let log = Log::capture();
    let run = Runtime::init(async |init: &Init| {
        made.set(made.get() + 1);
        assert_eq!(init.initialization_type(), &InitializationType::OnDemand);
        assert!(init.remaining_time().unwrap() <= Duration::from_secs(10));
        assert_eq!(init.timings().first_poll, None);
        Ok(Shop { table: "tables" })
    })
    .endpoint(server.endpoint())
    .run(handler);
    server
        .serves_run(run, async {
            let mut peer = server.accept().await;
            for id in ["1", "2"] {
                peer.deliver(id, "3").await;
                assert_eq!(peer.answered().await.body, b"\"3 x tables\"");
            }
        })
        .await;
    assert_eq!(made.get(), 1);
    log.has_line(&["DEBUG", "the init began", "ms after the process", "ms until the first poll"]);
}

#[tokio::test(start_paused = true)]
async fn case_35_an_error_of_the_init_is_reported_with_its_type_and_ends_the_run() {
    let server = Server::start().await;
    let init =
        Runtime::init(async |init: &Init| Ok(Shop { table: init.env::<String>("NO_SUCH_TABLE")?.leak() }));
    let (category, message, error) = reported(&server, init).await;
    assert_eq!(category, "Function.VariableError");
    assert_eq!(message, "the environment variable NO_SUCH_TABLE is not set; expected: String");
    assert!(error.is_init() && error.to_string().contains(&message), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_panic_of_the_init_is_reported_with_its_place_and_ends_the_run() {
    let server = Server::start().await;
    let init = Runtime::init(async |_: &Init| -> Result<Shop, Error> {
        tokio::task::yield_now().await;
        panic!("no table")
    });
    let (category, message, error) = reported(&server, init).await;
    assert_eq!(category, "Function.Panic");
    assert!(message.contains("tests/it/init.rs:") && message.ends_with("no table"), "{message}");
    assert!(error.is_init());
}

#[tokio::test(start_paused = true)]
async fn an_init_about_to_overrun_is_cancelled_and_reported_while_there_is_time() {
    for (budget, allowed) in [(None, 9_800), (Some(60), 59_800)] {
        let server = Server::start().await;
        let started = Instant::now();
        let mut init = Runtime::init(async |_: &Init| {
            sleep(Duration::from_secs(3600)).await;
            Ok(Shop { table: "" })
        });
        if let Some(seconds) = budget {
            init = init.init_budget(Duration::from_secs(seconds));
        }
        let (category, message, error) = reported(&server, init).await;
        assert_eq!(category, "Runtime.InitTimeout");
        assert!(message.contains("shortly before Lambda would have ended it"), "{message}");
        assert!(error.is_init());
        let waited = started.elapsed().as_millis();
        // The budget runs by the wall clock, which this test does not stop.
        assert!((allowed - 2_000..=allowed).contains(&waited), "{waited}");
    }
}

#[tokio::test(start_paused = true)]
async fn things_started_together_take_as_long_as_the_longest_and_one_error_ends_the_init() {
    async fn after(ms: u64, made: Result<u32, Error>) -> Result<u32, Error> {
        sleep(Duration::from_millis(ms)).await;
        made
    }
    let server = Server::start().await;
    let started = Instant::now();
    let init = Runtime::init(async |init: &Init| {
        let (one, two) = init.together((after(500, Ok(1)), after(400, Ok(2)))).await?;
        assert_eq!((one, two, started.elapsed().as_millis()), (1, 2, 500));
        init.together((after(3_000, Ok(1)), after(10, Err("no peer".into())))).await?;
        Ok(Shop { table: "" })
    });
    let (_, message, _) = reported(&server, init).await;
    assert_eq!((message.as_str(), started.elapsed().as_millis()), ("no peer", 510));
}

#[tokio::test(start_paused = true)]
async fn state_made_at_the_first_invocation_is_made_once_and_a_failed_attempt_fails_only_its_invocation() {
    let server = Server::start().await;
    let run = Runtime::init(async |_: &Init| {
        let attempts = std::sync::atomic::AtomicU32::new(0);
        Ok(lambda_rt::Lazy::<u32>::new(move || {
            let attempt = attempts.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            async move { if attempt == 0 { Err("not yet".into()) } else { Ok(attempt) } }
        }))
    })
    .endpoint(server.endpoint())
    .run(async |lazy, _: LambdaEvent<u32>| lazy.get().await.copied());
    server
        .serves_run(run, async {
            let mut peer = server.accept().await;
            peer.deliver("1", "0").await;
            assert_eq!(peer.answered().await.error_for("1").1, "not yet");
            for id in ["2", "3"] {
                peer.deliver(id, "0").await;
                assert_eq!(peer.answered().await.body, b"1");
            }
        })
        .await;
}

#[tokio::test(start_paused = true)]
async fn timings_are_there_for_whoever_keeps_the_init() {
    struct Kept(&'static Init);
    let server = Server::start().await;
    let run = Runtime::init(async |init: &'static Init| Ok(Kept(init))).endpoint(server.endpoint()).run(
        async |kept: &Kept, _: LambdaEvent<u32>| {
            let timings = kept.0.timings();
            let polled = timings.first_poll.unwrap();
            Ok::<_, Error>(
                timings.process_started <= timings.init_started
                    && timings.init_started <= polled
                    && polled <= SystemTime::now(),
            )
        },
    );
    server
        .serves_run(run, async {
            let mut peer = server.accept().await;
            peer.deliver("1", "0").await;
            assert_eq!(peer.answered().await.body, b"true");
        })
        .await;
}
