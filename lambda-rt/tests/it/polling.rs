//! Rows of "What happens" about `next`.

use tokio::time::Instant;

use super::support::{Log, Server, echo, event};

#[tokio::test(start_paused = true)]
async fn case_108_an_idle_connection_that_was_closed_is_replaced_at_once() {
    let server = Server::start().await;
    server
        .serves(echo(), async {
            let mut peer = server.accept().await;
            peer.echoes("1").await;
            peer.polled().await;
            let started = Instant::now();
            drop(peer);
            server.accept().await.echoes("2").await;
            assert!(started.elapsed().as_millis() < 50, "{:?}", started.elapsed());
        })
        .await;
}

#[tokio::test(start_paused = true)]
async fn a_reset_on_next_is_retried_and_no_event_is_lost() {
    let server = Server::start().await;
    let log = Log::capture();
    server
        .serves(echo(), async {
            for id in ["1", "2", "3"] {
                let mut peer = server.accept().await;
                peer.polled().await;
                peer.reset();
                let mut peer = server.accept().await;
                peer.echoes(id).await;
                peer.polled().await;
                peer.reset();
            }
        })
        .await;
    log.has_line(&["WARN", "cannot poll the Runtime API", "reset", "trying again in"]);
}

#[tokio::test(start_paused = true)]
async fn a_body_cut_short_on_next_is_polled_again_and_delivered_whole() {
    let server = Server::start().await;
    server
        .serves(echo(), async {
            let whole = event("1", "\"still here\"", "");
            for cut in 1..whole.len() {
                let mut peer = server.accept().await;
                peer.polled().await;
                peer.send(&whole.as_bytes()[..cut]).await;
                drop(peer);
                let mut peer = server.accept().await;
                peer.echoes("1").await;
                peer.polled().await;
            }
        })
        .await;
}

#[tokio::test(start_paused = true)]
async fn bytes_that_are_not_http_are_survived() {
    let server = Server::start().await;
    server
        .serves(echo(), async {
            for garbage in [
                &b"\x16\x03\x01\x02\x00"[..],
                b"SSH-2.0-x\r\n",
                b"HTTP/1.1 abc\r\n\r\n",
                b"\r\n\r\nHTTP/9",
                &[0; 4096],
            ] {
                let mut peer = server.accept().await;
                peer.polled().await;
                peer.send(garbage).await;
                let mut peer = server.accept().await;
                peer.echoes("1").await;
                peer.polled().await;
                peer.reset();
            }
        })
        .await;
}

#[tokio::test(start_paused = true)]
async fn a_refused_connection_is_given_up_after_about_ten_seconds_with_an_error_that_names_it() {
    let server = Server::start().await;
    let endpoint = server.endpoint();
    drop(server);
    let started = Instant::now();
    let error = echo().endpoint(endpoint.clone()).run().await.unwrap_err();
    let waited = started.elapsed().as_secs();
    assert!((10..15).contains(&waited), "{waited}");
    let error = lambda_rt::RuntimeError::of(&error).unwrap();
    assert!(error.is_unreachable() && error.to_string().contains(&endpoint), "{error}");
    assert!(error.to_string().contains("refused"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn an_endpoint_that_comes_up_300_ms_late_is_waited_for() {
    let server = Server::start().await;
    let endpoint = server.endpoint();
    drop(server);
    let late = async {
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        let listener = tokio::net::TcpListener::bind(&endpoint).await.unwrap();
        Server::from_listener(listener).accept().await.echoes("1").await;
    };
    tokio::select! {
        ended = echo().endpoint(endpoint.clone()).run() => panic!("{ended:?}"),
        () = late => {}
    }
}

#[tokio::test(start_paused = true)]
async fn a_4xx_on_next_is_backed_off_and_then_ends_the_process_with_status_and_message() {
    let server = Server::start().await;
    let script = async {
        let mut peer = server.accept().await;
        let started = Instant::now();
        while started.elapsed().as_secs() < 10 {
            peer.polled().await;
            peer.refuse(403, "Forbidden", "no longer yours").await;
        }
    };
    let error = server.ends(echo(), script).await;
    assert!(error.is_service());
    assert_eq!(error.status(), Some(403));
    assert!(error.to_string().contains("Forbidden: no longer yours"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_4xx_on_next_that_passes_is_survived() {
    let server = Server::start().await;
    server
        .serves(echo(), async {
            let mut peer = server.accept().await;
            peer.polled().await;
            peer.refuse(429, "TooMany", "later").await;
            peer.echoes("1").await;
        })
        .await;
}

#[tokio::test(start_paused = true)]
async fn case_22_a_5xx_on_next_ends_the_process_promptly_with_the_services_message() {
    for status in [500, 502, 503] {
        let server = Server::start().await;
        let started = Instant::now();
        let script = async {
            let mut peer = server.accept().await;
            peer.polled().await;
            peer.refuse(status, "InternalServerError", "container error").await;
        };
        let error = server.ends(echo(), script).await;
        assert_eq!(error.status(), Some(status));
        assert!(error.to_string().contains("InternalServerError: container error"), "{error}");
        assert!(started.elapsed().as_millis() < 100);
    }
}

#[tokio::test(start_paused = true)]
async fn case_9_a_poll_that_stays_open_for_hours_is_waited_for() {
    let server = Server::start().await;
    server
        .serves(echo(), async {
            let mut peer = server.accept().await;
            peer.polled().await;
            tokio::time::sleep(std::time::Duration::from_secs(12 * 3600)).await;
            peer.send(event("1", "1", "").as_bytes()).await;
            assert_eq!(peer.answered().await.body, b"1");
        })
        .await;
}

#[tokio::test(start_paused = true)]
async fn an_empty_poll_answered_with_204_is_polled_again() {
    let server = Server::start().await;
    server
        .serves(echo(), async {
            let mut peer = server.accept().await;
            for _ in 0..100 {
                peer.polled().await;
                peer.send(b"HTTP/1.1 204 No Content\r\n\r\n").await;
            }
            peer.echoes("1").await;
        })
        .await;
}

#[tokio::test(start_paused = true)]
async fn an_event_without_a_request_id_is_logged_and_polled_past() {
    let server = Server::start().await;
    let log = Log::capture();
    server
        .serves(echo(), async {
            let mut peer = server.accept().await;
            for _ in 0..30 {
                peer.polled().await;
                peer.send(b"HTTP/1.1 200 OK\r\nLambda-Runtime-Deadline-Ms: 1\r\nContent-Length: 2\r\n\r\n{}")
                    .await;
            }
            peer.echoes("1").await;
        })
        .await;
    log.has_line(&["ERROR", "without a usable request id and cannot be answered"]);
}

#[tokio::test(start_paused = true)]
async fn two_hundred_invocations_use_one_connection() {
    let server = Server::start().await;
    server
        .serves(echo(), async {
            let mut peer = server.accept().await;
            for id in 0..200 {
                peer.echoes(&id.to_string()).await;
            }
        })
        .await;
}

#[tokio::test]
async fn a_host_name_that_does_not_resolve_is_an_error_that_names_it() {
    tokio::time::pause();
    let error = echo().endpoint("no-such-host.invalid:9001").run().await.unwrap_err();
    let error = lambda_rt::RuntimeError::of(&error).unwrap();
    assert!(error.is_unreachable() && error.to_string().contains("no-such-host.invalid:9001"), "{error}");
}
