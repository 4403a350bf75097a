//! Connections that end before the function wants them to.

use lambda_emulator::{Event, Invoke};
use tokio::io::AsyncReadExt;

use crate::support::{NEXT, Peer, emulator};

#[tokio::test]
async fn a_poll_whose_connection_is_dropped_is_reset_and_takes_no_event_with_it() {
    let emulator = emulator().await;
    let mut runtime = Peer::of(&emulator).await;
    runtime.send(&format!("GET {NEXT}"), "", b"").await;
    emulator.until(|history| history.contains(&Event::Polled)).await;
    emulator.drop_connections();
    let reset = runtime.stream().read(&mut [0]).await.unwrap_err();
    assert_eq!(reset.kind(), std::io::ErrorKind::ConnectionReset);
    let mut runtime = Peer::of(&emulator).await;
    let (invoked, ()) = tokio::join!(emulator.invoke(Invoke::new("1")), async {
        let event = runtime.next().await;
        runtime.respond(event.id(), "", b"2").await;
    });
    assert_eq!(invoked.payload, "2");
    assert_eq!(emulator.history()[..2], [Event::Polled, Event::ConnectionsReset]);
}

#[tokio::test]
async fn what_is_sent_over_an_abandoned_connection_goes_nowhere() {
    let emulator = emulator().await;
    let mut runtime = Peer::of(&emulator).await;
    let (invoked, ()) = tokio::join!(emulator.invoke(Invoke::new("1")), async {
        let event = runtime.next().await;
        emulator.abandon_connections();
        runtime.send(&format!("POST /2018-06-01/runtime/invocation/{}/response", event.id()), "", b"1").await;
        let mut other = Peer::of(&emulator).await;
        assert_eq!(other.respond(event.id(), "", b"2").await.status, 202);
        let silent = tokio::time::timeout(std::time::Duration::from_millis(50), runtime.answer()).await;
        assert!(silent.is_err(), "neither an answer nor an end");
    });
    assert_eq!(invoked.payload, "2");
    assert!(emulator.history().contains(&Event::ConnectionsAbandoned));
}
