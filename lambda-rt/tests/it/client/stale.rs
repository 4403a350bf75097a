//! Connections that died while nobody used them.

use std::time::Duration;

use lambda_rt::client::{Body, Client, Error, Method, RequestBuilder, reqwest};

use super::peer::{ANSWER, Peer};

const LIMIT: Duration = Duration::from_millis(20);

fn client() -> Client {
    Client::builder().build().unwrap()
}

async fn get(client: &Client, peer: &Peer) -> Result<String, Error> {
    client.get(peer.url()).send().await?.text().await
}

#[tokio::test]
async fn a_connection_is_kept_and_counted() {
    let (peer, client) = (Peer::start().await, client());
    for _ in 0..3 {
        assert_eq!(get(&client, &peer).await.unwrap(), "ok");
    }
    let connections = client.connections();
    assert_eq!((connections.opened, connections.reused), (1, 2));
    assert_eq!((connections.evicted, connections.retried), (0, 0));
}

#[tokio::test]
async fn what_was_idle_beyond_the_limit_is_not_used_again() {
    let peer = Peer::start().await;
    let client = Client::builder().idle_limit(LIMIT).build().unwrap();
    for _ in 0..100 {
        assert_eq!(get(&client, &peer).await.unwrap(), "ok");
        peer.forget();
        tokio::time::sleep(LIMIT + Duration::from_millis(1)).await;
    }
    let connections = client.connections();
    assert_eq!((connections.opened, connections.retried), (100, 0));
    // Runtimes of other tests in this process may see a thaw, and then drop the last one too.
    assert!(connections.evicted >= 99, "{connections:?}");
    assert!(peer.lost().is_empty());
}

#[tokio::test]
async fn a_plain_client_fails_on_every_forgotten_connection() {
    let (peer, plain) = (Peer::start().await, reqwest::Client::builder().no_proxy());
    let plain = plain.tls_backend_preconfigured(tls()).build().unwrap();
    let mut failed = 0;
    for _ in 0..100 {
        peer.forget();
        failed += u32::from(plain.get(peer.url()).send().await.is_err());
        // The one after it opens a new one.
        plain.get(peer.url()).send().await.unwrap().text().await.unwrap();
    }
    assert_eq!(failed, 99, "all but the first, which found no connection");
}

fn tls() -> rustls::ClientConfig {
    let builder =
        rustls::ClientConfig::builder_with_provider(rustls::crypto::ring::default_provider().into());
    let builder = builder.with_safe_default_protocol_versions().unwrap();
    builder.with_root_certificates(rustls::RootCertStore::empty()).with_no_client_auth()
}

#[tokio::test]
async fn what_dies_within_the_limit_is_sent_again_at_once() {
    let (peer, client) = (Peer::start().await, client());
    for _ in 0..100 {
        peer.forget();
        assert_eq!(get(&client, &peer).await.unwrap(), "ok");
    }
    assert_eq!((client.connections().retried, client.connections().opened), (99, 100));
    assert_eq!((peer.served().len(), peer.lost().len()), (100, 99));
}

#[tokio::test]
async fn of_several_dead_connections_only_one_is_tried() {
    let (peer, client) = (Peer::start().await, client());
    let together = || async {
        let [a, b, c] = [(); 3].map(|()| get(&client, &peer));
        let (a, b, c) = tokio::join!(a, b, c);
        for answer in [a, b, c] {
            assert_eq!(answer.unwrap(), "ok");
        }
    };
    together().await;
    assert_eq!(client.connections().opened, 3);
    peer.forget();
    assert_eq!(get(&client, &peer).await.unwrap(), "ok");
    together().await;
    assert_eq!(peer.lost().len(), 1);
}

#[tokio::test]
async fn what_is_not_safe_to_send_twice_is_sent_once() {
    let (peer, client) = (Peer::start().await, client());
    for method in [Method::POST, Method::PATCH] {
        get(&client, &peer).await.unwrap();
        peer.forget();
        let error = client.request(method, peer.url()).body("order").send().await.unwrap_err();
        assert!(error.to_string().contains(&peer.url()), "{error}");
    }
    assert_eq!(peer.lost().len(), 2);
    assert!(!peer.served().iter().any(|request| request.contains("order")));
    assert_eq!(client.connections().retried, 0);
}

#[tokio::test]
async fn a_post_whose_sender_says_so_is_sent_again_with_its_body() {
    let (peer, client) = (Peer::start().await, client());
    get(&client, &peer).await.unwrap();
    peer.forget();
    let answer = client.post(peer.url()).body("order").repeatable().send().await.unwrap();
    assert_eq!(answer.text().await.unwrap(), "ok");
    let (served, lost) = (peer.served(), peer.lost());
    assert!(served.last().unwrap().ends_with("order") && lost.last().unwrap().ends_with("order"));
}

#[tokio::test]
async fn a_request_on_a_new_connection_is_not_sent_again() {
    let (peer, client) = (Peer::start().await, client());
    let breaker = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", breaker.local_addr().unwrap());
    let (sent, accepted) = tokio::join!(client.get(&url).send(), async {
        let (mut stream, _) = breaker.accept().await.unwrap();
        let mut buffer = [0; 1024];
        assert_ne!(tokio::io::AsyncReadExt::read(&mut stream, &mut buffer).await.unwrap(), 0);
        drop(stream);
        tokio::time::timeout(Duration::from_millis(50), breaker.accept()).await
    });
    assert!(sent.unwrap_err().is_request());
    assert!(accepted.is_err(), "there was a second connection");
    get(&client, &peer).await.unwrap();
}

/// A peer that cuts at every byte of an answer: a request that must not be sent twice never is, and one that may succeeds as long
/// as no head of an answer had arrived.
#[tokio::test]
async fn an_answer_cut_at_any_byte_never_repeats_what_is_not_repeatable() {
    let head = ANSWER.len() - "ok".len();
    for cut in 0..ANSWER.len() {
        let (peer, client) = (Peer::start().await, client());
        let once_forgotten = async |request: RequestBuilder| {
            get(&client, &peer).await.unwrap();
            peer.forget();
            peer.last_words(&ANSWER[..cut]);
            let answer = request.send().await?;
            answer.text().await
        };
        once_forgotten(client.post(peer.url()).body("unsafe")).await.unwrap_err();
        assert_eq!(count(&peer, "unsafe"), 1, "cut at {cut}");
        let result = once_forgotten(client.put(peer.url()).body("safe-by-method")).await;
        assert_eq!(
            (result.is_ok(), count(&peer, "safe-by-method")),
            (cut < head, 1 + usize::from(cut < head)),
            "cut at {cut}"
        );
        let result = once_forgotten(client.post(peer.url()).repeatable().body("safe-by-word")).await;
        assert_eq!(
            (result.is_ok(), count(&peer, "safe-by-word")),
            (cut < head, 1 + usize::from(cut < head)),
            "cut at {cut}"
        );
    }
}

/// How often a request with `body` has arrived.
fn count(peer: &Peer, body: &str) -> usize {
    [peer.served(), peer.lost()].concat().iter().filter(|request| request.ends_with(body)).count()
}

#[tokio::test]
async fn a_prewarmed_connection_is_the_one_that_the_first_request_uses() {
    let (peer, client) = (Peer::start().await, client());
    client.prewarm(peer.url()).await.unwrap();
    assert_eq!(get(&client, &peer).await.unwrap(), "ok");
    assert_eq!((client.connections().opened, client.connections().reused), (1, 1));
    assert!(peer.served()[0].starts_with("HEAD / "));
}

#[tokio::test]
async fn clients_with_the_default_settings_share_their_connections() {
    let peer = Peer::start().await;
    get(&Client::new(), &peer).await.unwrap();
    let before = Client::default().connections();
    get(&Client::new(), &peer).await.unwrap();
    assert_eq!(Client::new().connections().reused, before.reused + 1);
    let request = Client::new().get(peer.url()).body(Body::from("x")).build().unwrap();
    assert_eq!(Client::new().execute(request).await.unwrap().status(), 200);
}
