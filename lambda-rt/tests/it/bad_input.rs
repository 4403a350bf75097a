//! Bytes that no service should send, and variables that nobody should set.

use super::support::{Log, Server, echo, event};

#[tokio::test(start_paused = true)]
async fn header_values_that_are_not_utf8_are_absent_named_in_a_warning_and_the_event_is_handled() {
    let server = Server::start().await;
    let log = Log::capture();
    server
        .serves(echo(), async {
            let mut peer = server.accept().await;
            for name in [
                "Trace-Id",
                "Client-Context",
                "Cognito-Identity",
                "Aws-Tenant-Id",
                "Invocation-Id",
                "Deadline-Ms",
            ] {
                peer.polled().await;
                peer.send(b"HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: 1\r\n").await;
                peer.send(format!("Lambda-Runtime-{name}: ").as_bytes()).await;
                peer.send(b"\xff\xfe\r\nContent-Length: 1\r\n\r\n7").await;
                assert_eq!(peer.answered().await.body, b"7", "{name}");
                let name = format!("the header lambda-runtime-{}", name.to_ascii_lowercase());
                log.has_line(&["WARN", &name, "it is treated as absent", "requestId=\"1\""]);
            }
        })
        .await;
}

#[tokio::test(start_paused = true)]
async fn headers_of_32_kib_are_read() {
    let server = Server::start().await;
    server
        .serves(echo(), async {
            let mut peer = server.accept().await;
            peer.deliver_with("1", "1", &format!("X-Long: {}\r\n", "v".repeat(32 * 1024))).await;
            assert_eq!(peer.answered().await.body, b"1");
            peer.deliver_with("2", "2", &"X-Many: v\r\n".repeat(1000)).await;
            assert_eq!(peer.answered().await.body, b"2");
        })
        .await;
}

#[tokio::test(start_paused = true)]
async fn a_chunked_event_is_read_however_it_is_split() {
    let server = Server::start().await;
    server
        .serves(echo(), async {
            let mut peer = server.accept().await;
            let whole = "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: 1\r\nTransfer-Encoding: chunked\r\n\r\n\
                         3;x=y\r\n[1,\r\n2\r\n2]\r\n0\r\nX-Trailer: t\r\n\r\n";
            for cut in 1..whole.len() {
                peer.polled().await;
                peer.send(&whole.as_bytes()[..cut]).await;
                tokio::task::yield_now().await;
                peer.send(&whole.as_bytes()[cut..]).await;
                assert_eq!(peer.answered().await.body, b"[1,2]", "cut at {cut}");
            }
        })
        .await;
}

#[tokio::test(start_paused = true)]
async fn connection_close_after_every_reply_costs_connections_and_nothing_else() {
    let server = Server::start().await;
    server
        .serves(echo(), async {
            for id in 0..20 {
                let mut peer = server.accept().await;
                peer.polled().await;
                peer.send(event(&id.to_string(), "1", "Connection: close\r\n").as_bytes()).await;
                drop(peer);
                let mut peer = server.accept().await;
                assert_eq!(peer.request().await.body, b"1");
                peer.send(b"HTTP/1.1 202 Accepted\r\nConnection: close\r\n\r\n").await;
            }
        })
        .await;
}

#[tokio::test(start_paused = true)]
async fn a_body_that_ends_with_the_connection_is_an_event() {
    let server = Server::start().await;
    server
        .serves(echo(), async {
            let mut peer = server.accept().await;
            peer.polled().await;
            peer.send(b"HTTP/1.0 200 OK\r\nLambda-Runtime-Aws-Request-Id: 1\r\n\r\n[1]").await;
            drop(peer);
            assert_eq!(server.accept().await.answered().await.body, b"[1]");
        })
        .await;
}

#[tokio::test(start_paused = true)]
async fn bytes_beyond_a_response_do_not_become_the_next_one() {
    let server = Server::start().await;
    server
        .serves(echo(), async {
            let mut peer = server.accept().await;
            peer.polled().await;
            let smuggled = event("evil", "666", "");
            peer.send((event("1", "1", "") + &smuggled).as_bytes()).await;
            let mut peer = server.accept().await;
            assert_eq!(peer.answered().await.line, "POST /2018-06-01/runtime/invocation/1/response HTTP/1.1");
            peer.echoes("2").await;
        })
        .await;
}

#[tokio::test(start_paused = true)]
async fn interim_responses_are_skipped() {
    let server = Server::start().await;
    server
        .serves(echo(), async {
            let mut peer = server.accept().await;
            peer.polled().await;
            peer.send(b"HTTP/1.1 100 Continue\r\nLambda-Runtime-Aws-Request-Id: evil\r\n\r\nHTTP/1.1 103 Early\r\n\r\n").await;
            peer.send(event("1", "1", "").as_bytes()).await;
            assert!(peer.answered().await.line.contains("/1/response"));
        })
        .await;
}

#[tokio::test(start_paused = true)]
async fn an_event_that_claims_a_length_of_exabytes_is_refused_without_reserving_it() {
    let server = Server::start().await;
    server
        .serves(echo(), async {
            let mut peer = server.accept().await;
            peer.polled().await;
            peer.send(b"HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: 1\r\nContent-Length: 999999999999999999\r\n\r\n").await;
            server.accept().await.echoes("2").await;
        })
        .await;
}

#[tokio::test]
async fn a_bad_endpoint_is_an_error_that_names_its_value() {
    for value in ["", "http://127.0.0.1:9001", "127.0.0.1:9001/2018-06-01", "127.0.0.1:port"] {
        let error = echo().endpoint(value).run().await.unwrap_err();
        let error = lambda_rt::RuntimeError::of(&error).unwrap();
        assert!(error.is_config() && error.to_string().contains(&format!("{value:?}")), "{error}");
    }
}
