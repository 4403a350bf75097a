//! The process is stopped, the endpoint forgets its connections, the process goes on: the next call succeeds.

use std::time::Duration;

use lambda_emulator::{Bootstrap, Builder, Emulator, Invoke};

use crate::peer::Peer;

fn function(peer: &Peer) -> Bootstrap {
    Bootstrap::new(env!("CARGO_BIN_EXE_dynamodb"))
        .env("TABLE", "visits")
        .env("AWS_REGION", "us-east-1")
        .env("AWS_ACCESS_KEY_ID", "local")
        .env("AWS_SECRET_ACCESS_KEY", "local")
        .env("AWS_ENDPOINT_URL_DYNAMODB", &peer.url)
        .env("AWS_CA_BUNDLE", peer.bundle.display().to_string())
}

fn lambda() -> Builder {
    Emulator::builder().timeout(Duration::from_secs(10))
}

const WELCOME: &str = r#"{"text":"Welcome, Ada","visits":7}"#;

#[tokio::test]
async fn after_each_of_100_freezes_the_first_call_succeeds_at_once() {
    let peer = Peer::start().await;
    let emulator = lambda().bootstrap(function(&peer)).start().await.unwrap();
    let mut longest = Duration::ZERO;
    for _ in 0..100 {
        let began = std::time::Instant::now();
        let answer = emulator.invoke(Invoke::new("\"Ada\"")).await;
        assert_eq!(answer.payload, WELCOME);
        longest = longest.max(began.elapsed());
        emulator.freeze().await;
        peer.forget();
    }
    // The first is the init's own, and finds its connection.
    assert_eq!((peer.served().len(), peer.lost(), peer.connections()), (100, 99, 100));
    println!("the longest of 100 took {longest:?}");
}

#[tokio::test]
async fn without_retries_a_call_that_may_not_be_repeated_is_sent_once_and_fails() {
    let peer = Peer::start().await;
    let emulator = lambda().bootstrap(function(&peer).env("AWS_MAX_ATTEMPTS", "1")).start().await.unwrap();
    for call in 0..10 {
        let answer = emulator.invoke(Invoke::new("\"Ada\"")).await;
        assert_eq!(answer.payload == WELCOME, call % 2 == 0, "{answer:?} {:?}", peer.served());
        emulator.freeze().await;
        peer.forget();
        assert_eq!(peer.served().len() + peer.lost(), call + 1);
        // A failed call took its connection with it, so the next opens another.
    }
}

#[tokio::test]
async fn the_first_call_uses_the_connection_of_the_init_and_carries_the_trace() {
    let peer = Peer::start().await;
    let emulator = lambda().bootstrap(function(&peer)).start().await.unwrap();
    let trace = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1;Lineage=a87bd80c:1|68fd508a:5";
    let answer = emulator.invoke(Invoke::new("\"Ada\"").trace_id(Some(trace.to_owned()))).await;
    assert_eq!(answer.payload, WELCOME);
    assert_eq!(peer.connections(), 1);
    let call = &peer.served()[0];
    assert!(call.contains(&format!("x-amzn-trace-id: {trace}\r\n")), "{call}");
    assert!(call.contains("/us-east-1/dynamodb/aws4_request"), "{call}");
}

#[tokio::test]
async fn events_at_once_carry_each_its_own_trace() {
    let peer = Peer::together(4).await;
    let emulator = lambda().max_concurrency(4).bootstrap(function(&peer)).start().await.unwrap();
    let trace = |n| format!("Root=1-5759e988-bd862e3fe1be46a99427279{n};Sampled=1;Lineage=1:a87bd80c:{n}");
    let traces: Vec<_> = (1..=4).map(trace).collect();
    let invoke = |name: usize| {
        emulator.invoke(Invoke::new(format!("\"guest {name}\"")).trace_id(Some(traces[name].clone())))
    };
    let answers = tokio::join!(invoke(0), invoke(1), invoke(2), invoke(3));
    for answer in [answers.0, answers.1, answers.2, answers.3] {
        assert!(answer.payload.starts_with(b"{\"text\":\"Welcome, guest"), "{answer:?}");
    }
    for call in peer.served() {
        let n = (0..4).find(|n| call.contains(&format!("guest {n}"))).unwrap();
        assert!(call.contains(&format!("x-amzn-trace-id: {}\r\n", traces[n])), "{call}");
    }
}
