//! What a client takes from the invocation that it is used in, and from the init.

use std::time::{Duration, Instant};

use lambda_rt::client::Client;
use lambda_rt::{Error, Init, LambdaEvent, Runtime};

use super::peer::Peer;
use crate::support::{Log, Server};

const TRACE: &str = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1;Lineage=a87bd80c:1|68fd508a:5";

#[tokio::test]
async fn requests_carry_the_trace_of_their_invocation_byte_for_byte_unless_they_have_their_own() {
    let (server, peer) = (Server::start().await, Peer::start().await);
    let url = peer.url();
    let client = Client::builder().build().unwrap();
    let runtime = Runtime::new(async |event: LambdaEvent<Option<String>>| {
        let request = client.get(&url);
        let request = match event.payload {
            Some(own) => request.header("x-amzn-trace-id", own),
            None => request,
        };
        request.send().await?;
        Ok::<_, Error>(())
    });
    server
        .serves(runtime, async {
            let mut service = server.accept().await;
            for event in ["null", "\"Root=mine\""] {
                service.deliver_with("1", event, &format!("Lambda-Runtime-Trace-Id: {TRACE}\r\n")).await;
                service.answered().await;
            }
        })
        .await;
    client.get(&url).send().await.unwrap();
    let served = peer.served();
    assert!(served[0].contains(&format!("x-amzn-trace-id: {TRACE}\r\n")), "{}", served[0]);
    assert!(served[1].contains("x-amzn-trace-id: Root=mine\r\n") && !served[1].contains(TRACE));
    assert!(!served[2].contains("x-amzn-trace-id"), "outside of an invocation");
}

#[tokio::test]
async fn a_request_ends_before_its_invocation_and_names_the_url() {
    let server = Server::start().await;
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = silent.local_addr().unwrap();
    let client = Client::builder().deadline_margin(Duration::from_millis(2800)).build().unwrap();
    let runtime = Runtime::new(async |event: LambdaEvent<(String, u64)>| {
        let (scheme, own) = event.payload;
        let request = client.get(format!("{scheme}://{address}/slow")).timeout(Duration::from_millis(own));
        let error = request.send().await.unwrap_err();
        Ok::<_, Error>((error.is_timeout(), error.to_string()))
    });
    server
        .serves(runtime, async {
            let mut service = server.accept().await;
            // The deadline is in three seconds, of which the margin leaves 200 ms. The shorter of both counts.
            for (scheme, own, least) in [("http", 60_000, 150), ("https", 60_000, 150), ("http", 20, 20)] {
                let began = Instant::now();
                service.deliver("1", &format!("[{scheme:?},{own}]")).await;
                let answer = service.answered().await.json();
                // With neither limit it would take three seconds and be cancelled.
                assert!(began.elapsed() >= Duration::from_millis(least), "{scheme}: {:?}", began.elapsed());
                assert_eq!(answer[0], true);
                assert!(
                    answer[1].as_str().unwrap().contains(&format!("{scheme}://{address}/slow")),
                    "{answer}"
                );
            }
        })
        .await;
}

#[tokio::test]
async fn without_time_left_a_request_fails_at_once() {
    let server = Server::start().await;
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", silent.local_addr().unwrap());
    let client = Client::builder().deadline_margin(Duration::from_secs(60)).build().unwrap();
    let runtime = Runtime::new(async |_: LambdaEvent<()>| {
        let began = Instant::now();
        let error = client.get(&url).send().await.unwrap_err();
        Ok::<_, Error>(error.is_timeout() && began.elapsed() < Duration::from_millis(100))
    });
    server
        .serves(runtime, async {
            let mut service = server.accept().await;
            service.deliver("1", "null").await;
            assert_eq!(service.answered().await.body, b"true");
        })
        .await;
}

#[tokio::test]
async fn the_init_waits_for_prewarmed_connections_and_the_first_request_finds_one() {
    let (server, peer) = (Server::start().await, Peer::start().await);
    let (log, url) = (Log::capture(), peer.url());
    let client = Client::builder().build().unwrap();
    let nobody = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let run = Runtime::init(async |init: &Init| {
        init.prewarm(&url);
        init.prewarm(&format!("http://{nobody}/"));
        init.prewarm("no url");
        Ok(())
    });
    let run = run.endpoint(server.endpoint()).run(async |(): &(), _: LambdaEvent<()>| {
        client.get(&url).send().await?;
        Ok::<_, Error>(())
    });
    server
        .serves_run(run, async {
            let mut service = server.accept().await;
            service.polled().await;
            assert!(peer.served()[0].starts_with("HEAD / "), "it polled too early");
            let connections = client.connections();
            service.send(crate::support::event("1", "null", "").as_bytes()).await;
            service.answered().await;
            assert_eq!(client.connections().opened, connections.opened);
        })
        .await;
    log.has_line(&["DEBUG", "prewarmed a connection to", &url]);
    log.has_line(&["DEBUG", "no connection to", &nobody.to_string()]);
    log.has_line(&["DEBUG", "no connection to no url"]);
}

#[tokio::test]
async fn idle_connections_are_dropped_before_the_handler_runs() {
    let (server, peer) = (Server::start().await, Peer::start().await);
    let limit = Duration::from_millis(30);
    let client = Client::builder().idle_limit(limit).build().unwrap();
    let url = peer.url();
    let runtime = Runtime::new(async |_: LambdaEvent<()>| {
        let evicted = client.connections().evicted;
        client.get(&url).send().await?;
        Ok::<_, Error>(evicted)
    });
    server
        .serves(runtime, async {
            let mut service = server.accept().await;
            for evicted in ["0", "1", "2"] {
                service.polled().await;
                tokio::time::sleep(2 * limit).await;
                service.send(crate::support::event("1", "null", "").as_bytes()).await;
                assert_eq!(service.answered().await.body, evicted.as_bytes());
            }
        })
        .await;
    assert_eq!(client.connections().evicted, 2);
}
