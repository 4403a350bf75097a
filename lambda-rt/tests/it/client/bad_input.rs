//! Endpoints that refuse, reset, or answer half: errors that name them.

use std::time::Duration;

use lambda_rt::client::{Client, ClientBuilder, Error};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

fn client() -> Client {
    Client::builder().timeout(Duration::from_millis(300)).build().unwrap()
}

/// What a request to a peer ends with that reads it, answers with these bytes, and then closes or waits.
async fn answered(bytes: &'static [u8], then_closes: bool) -> (Error, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/order", listener.local_addr().unwrap());
    let peer = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut buffer = [0; 1024];
        assert_ne!(stream.read(&mut buffer).await.unwrap(), 0);
        stream.write_all(bytes).await.unwrap();
        if !then_closes {
            std::future::pending::<()>().await;
        }
    });
    let got = async { client().get(&url).send().await?.text().await };
    let error = got.await.unwrap_err();
    peer.abort();
    (error, url)
}

#[tokio::test]
async fn whatever_an_endpoint_does_the_error_names_it() {
    for (bytes, closes, kind) in [
        (&b""[..], true, Error::is_request as fn(&Error) -> bool),
        (b"", false, Error::is_timeout),
        (b"HTTP/1.1 200", true, Error::is_request),
        (b"no http at all\r\n\r\n", true, Error::is_request),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf", true, Error::is_decode),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf", false, Error::is_timeout),
    ] {
        let (error, url) = answered(bytes, closes).await;
        let text = String::from_utf8_lossy(bytes);
        assert!(kind(&error), "{text:?}: {error:?}");
        assert_eq!(error.url().map(|url| url.as_str()), Some(&*url), "{text:?}");
        assert!(error.to_string().contains(&url), "{text:?}: {error}");
    }
}

#[tokio::test]
async fn an_endpoint_that_refuses_or_is_none_is_named() {
    let refusing = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let error = client().get(format!("http://{refusing}/")).send().await.unwrap_err();
    assert!(error.is_connect() && error.to_string().contains(&refusing.to_string()), "{error}");
    let error = client().get("no url").send().await.unwrap_err();
    assert!(error.is_builder(), "{error}");
}

#[tokio::test]
async fn an_endpoint_that_hangs_or_resets_before_it_is_trusted_is_named() {
    for resets in [false, true] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("https://{}/order", listener.local_addr().unwrap());
        let peer = tokio::spawn(async move {
            let (stream, _) = listener.accept().await.unwrap();
            if resets {
                // What has not been read makes it a reset.
                stream.readable().await.unwrap();
                drop(stream);
            }
            std::future::pending::<()>().await;
        });
        let error = client().get(&url).send().await.unwrap_err();
        assert!(if resets { error.is_connect() } else { error.is_timeout() }, "{error:?}");
        assert!(error.to_string().contains(&url), "{error}");
        peer.abort();
    }
}

#[test]
fn settings_that_cannot_be_met_are_an_error_of_the_builder() {
    let builder: ClientBuilder = Client::builder().configure(|reqwest| reqwest.user_agent("line\nbreak"));
    assert!(builder.build().unwrap_err().is_builder());
}
