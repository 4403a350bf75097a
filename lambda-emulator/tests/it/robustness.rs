//! Whatever is sent, the emulator says something readable or hangs up, and serves whoever comes next.

use lambda_emulator::Emulator;

use crate::support::{Peer, emulator};

#[tokio::test]
async fn an_unknown_path_is_404_and_a_wrong_verb_405_in_json() {
    let emulator = emulator().await;
    let mut peer = Peer::of(&emulator).await;
    for (line, status) in [
        ("GET /nothing", 404),
        ("GET /2018-06-01/runtime/restore/next", 404),
        ("POST /2015-03-31/functions//invocations", 404),
        ("POST /2018-06-01/runtime/invocation/next", 405),
        ("GET /2018-06-01/runtime/invocation/a/response", 405),
        ("GET /2018-06-01/runtime/init/error", 405),
        ("DELETE /", 405),
        ("GET /2015-03-31/functions/hello/invocations", 405),
    ] {
        let answer = peer.ask(line, "", b"").await;
        assert_eq!(answer.status, status, "{line}");
        assert!(answer.json()["errorMessage"].is_string(), "{line}");
        assert_eq!(answer.header("allow").is_some(), status == 405, "{line}");
    }
    let pong = peer.ask("GET /2018-06-01/ping", "", b"").await;
    assert_eq!((pong.status, pong.text()), (200, "pong"));
}

#[tokio::test]
async fn bytes_that_are_not_http_end_their_own_connection_and_nothing_else() {
    let emulator = emulator().await;
    let long = format!("GET / HTTP/1.1\r\nx: {}\r\n\r\n", "y".repeat(1 << 20));
    for bytes in [
        "\0\u{1}\u{2}\r\n\r\n",
        "GET\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "POST / HTTP/1.1\r\ncontent-length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n",
        "POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
        &long,
    ] {
        let mut peer = Peer::of(&emulator).await;
        // The emulator may hang up before all of it is written.
        let _ = tokio::io::AsyncWriteExt::write_all(peer.stream(), bytes.as_bytes()).await;
        let answer = peer.answer().await;
        assert!(answer.is_none_or(|answer| (400..500).contains(&answer.status)), "{bytes:.40?}");
    }
    assert_eq!(Peer::of(&emulator).await.ask("GET /2018-06-01/ping", "", b"").await.status, 200);
}

#[tokio::test]
async fn a_taken_address_is_an_error_that_names_it() {
    let first = emulator().await;
    let error = Emulator::builder().bind(first.addr()).start().await.unwrap_err();
    assert!(error.is_address_in_use());
    assert!(error.to_string().contains(&first.addr().port().to_string()), "{error}");
}

#[tokio::test]
async fn dropping_the_emulator_ends_the_connections_that_wait() {
    let emulator = emulator().await;
    let mut runtime = Peer::of(&emulator).await;
    runtime.send("GET /2018-06-01/runtime/invocation/next", "", b"").await;
    emulator.until(|history| !history.is_empty()).await;
    drop(emulator);
    assert!(runtime.answer().await.is_none());
}
