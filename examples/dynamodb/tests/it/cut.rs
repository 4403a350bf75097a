//! An endpoint that cuts its answer at every byte: a call that its client does not repeat is never sent twice, and one that
//! it does succeeds.

use std::time::Duration;

use serde_json::Value;

use crate::proxy::Manner;
use crate::scene::Scene;

impl Scene {
    /// Whether a call succeeds on a kept connection that ends after so many bytes of the answer.
    async fn cut(&self, after: usize, client: &str, name: &str) -> bool {
        assert_eq!(self.call("keep-alive", "first").await["error"], Value::Null);
        self.proxy.forget(Manner::CutsAfter(after));
        self.call(client, name).await["error"].is_null()
    }
}

/// From an answer that is cut before its first byte to one that is whole.
async fn nothing_unsafe_is_sent_twice(protocol: &str) {
    let scene = Scene::set(protocol, Duration::from_secs(60)).await;
    let mut repeated = 0;
    for after in 0.. {
        let name = format!("once {after}.");
        let succeeded = scene.cut(after, "no retries", &name).await;
        assert_eq!(scene.server.count(&name), 1, "cut after {after}");

        let name = format!("again {after}.");
        assert!(scene.cut(after, "keep-alive", &name).await, "cut after {after}");
        let count = scene.server.count(&name);
        assert!(count == 1 || count == 2, "cut after {after}: {count} times");
        repeated += usize::from(count == 2);
        if succeeded && count == 1 {
            assert!(repeated > 20, "an answer was cut {repeated} times");
            return;
        }
    }
}

#[tokio::test]
async fn over_http_1_nothing_unsafe_is_sent_twice_wherever_the_answer_is_cut() {
    nothing_unsafe_is_sent_twice("http/1.1").await;
}

#[tokio::test]
async fn over_http_2_nothing_unsafe_is_sent_twice_wherever_the_answer_is_cut() {
    nothing_unsafe_is_sent_twice("h2").await;
}
