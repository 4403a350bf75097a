//! A peer that cuts its answer at every byte: what is not safe to send twice is never sent twice.

use std::time::Duration;

use lambda_rt::client::{Client, Error, RequestBuilder};

use super::proxy::{Manner, Proxy};
use super::server::Server;

/// A client, and the way to a server that both speak one version of HTTP.
struct Scene {
    client: Client,
    proxy: Proxy,
    server: Server,
}

impl Scene {
    async fn set(http2: bool) -> Self {
        let server = Server::plain("ok").await;
        let proxy = Proxy::start(server.port).await;
        let client = Client::builder().timeout(Duration::from_secs(20));
        let client =
            client.configure(
                move |reqwest| if http2 { reqwest.http2_prior_knowledge() } else { reqwest.http1_only() },
            );
        Self { client: client.build().unwrap(), proxy, server }
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}/{path}", self.proxy.port)
    }

    /// What a request is answered, on a kept connection that ends after so many bytes of the answer.
    async fn cut(&self, after: usize, request: RequestBuilder) -> Result<String, Error> {
        self.client.get(self.url("first")).send().await?.text().await?;
        self.proxy.forget(Manner::CutsAfter(after));
        request.send().await?.text().await
    }
}

/// From an answer that is cut before its first byte to one that is whole.
async fn nothing_unsafe_is_sent_twice(http2: bool) {
    let scene = Scene::set(http2).await;
    let mut repeated = 0;
    for after in 0.. {
        let path = |kind: &str| format!("{kind}-{after}-");
        let request = scene.client.post(scene.url(&path("unsafe"))).body("order");
        let unsafe_one = scene.cut(after, request).await;
        assert_eq!(scene.server.count(&path("unsafe")), 1, "cut after {after}: {unsafe_one:?}");

        let mut whole = unsafe_one.is_ok();
        for (kind, request) in [
            ("method", scene.client.put(scene.url(&path("method")))),
            ("word", scene.client.post(scene.url(&path("word"))).repeatable()),
        ] {
            let result = scene.cut(after, request.body("order")).await;
            let count = scene.server.count(&path(kind));
            // Again if no head had arrived, and then with success; else once.
            let is_right = match &result {
                Ok(_) => count == 1 || count == 2,
                Err(error) => count == 1 && !error.is_request(),
            };
            assert!(is_right, "cut after {after}: {count} times, {result:?}");
            repeated += usize::from(count == 2);
            whole &= count == 1 && result.is_ok();
        }
        if whole {
            assert!(repeated > 20, "an answer was cut within its head {repeated} times");
            return;
        }
    }
}

#[tokio::test]
async fn over_http_1_nothing_unsafe_is_sent_twice_wherever_the_answer_is_cut() {
    nothing_unsafe_is_sent_twice(false).await;
}

#[tokio::test]
async fn over_http_2_nothing_unsafe_is_sent_twice_wherever_the_answer_is_cut() {
    nothing_unsafe_is_sent_twice(true).await;
}
