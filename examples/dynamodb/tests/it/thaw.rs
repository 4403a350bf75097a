//! The process is stopped, a proxy between it and the endpoint forgets its connections, the process goes on: the first call
//! succeeds, where that of a client as the SDK makes it hangs or fails.

use std::time::Duration;

use serde_json::Value;

use crate::proxy::Manner;
use crate::scene::Scene;

const LONG: Duration = Duration::from_secs(60);
const SHORT: Duration = Duration::from_millis(30);

impl Scene {
    /// Stops the function for at least `time`, in which the proxy forgets.
    async fn freeze(&self, time: Duration, manner: Manner) {
        self.emulator.freeze().await;
        self.proxy.forget(manner);
        tokio::time::sleep(time).await;
    }
}

/// Frozen for longer than the idle limit: dead connections are not tried, so it does not matter how they are dead.
async fn all_succeed_after_long_freezes(protocol: &str) {
    let scene = Scene::set(protocol, SHORT).await;
    for freezes in 0..100 {
        let told = scene.call("keep-alive", "Ada").await;
        assert_eq!(told["error"], Value::Null);
        assert_eq!((&told["evicted"], &told["retried"]), (&freezes.into(), &0.into()));
        scene.freeze(2 * SHORT, Manner::Swallows).await;
    }
    assert_eq!(scene.server.served().len(), 100);
}

/// Frozen for less than that: they are, and the call is sent again.
async fn all_succeed_after_short_freezes(protocol: &str) {
    let scene = Scene::set(protocol, LONG).await;
    for freezes in 0..100 {
        let told = scene.call("keep-alive", "Ada").await;
        assert_eq!(told["error"], Value::Null);
        assert_eq!(told["retried"], freezes);
        scene.freeze(Duration::ZERO, Manner::Resets).await;
    }
    assert_eq!(scene.server.served().len(), 100);
}

#[tokio::test]
async fn over_http_1_all_first_calls_after_100_long_freezes_succeed() {
    all_succeed_after_long_freezes("http/1.1").await;
}

#[tokio::test]
async fn over_http_1_all_first_calls_after_100_short_freezes_succeed() {
    all_succeed_after_short_freezes("http/1.1").await;
}

#[tokio::test]
async fn over_http_2_all_first_calls_after_100_long_freezes_succeed() {
    all_succeed_after_long_freezes("h2").await;
}

#[tokio::test]
async fn over_http_2_all_first_calls_after_100_short_freezes_succeed() {
    all_succeed_after_short_freezes("h2").await;
}

#[tokio::test]
async fn a_plain_client_hangs_with_each_connection_that_is_silent() {
    for protocol in ["http/1.1", "h2"] {
        let scene = Scene::set(protocol, LONG).await;
        for _ in 0..10 {
            // Over HTTP/2 the dead connection would be taken again, and again.
            assert_eq!(scene.call("plain, made anew", "Ada").await["error"], Value::Null, "{protocol}");
            scene.freeze(Duration::ZERO, Manner::Swallows).await;
            assert_eq!(scene.call_in_a_hurry("plain").await["hung"], true, "{protocol}");
        }
        assert_eq!(scene.server.served().len(), 10, "{protocol}");
    }
}

#[tokio::test]
async fn a_client_that_aws_config_configures_can_borrow_the_connections() {
    let scene = Scene::set("http/1.1", SHORT).await;
    for freezes in 0..3 {
        let told = scene.call("borrowing", "Ada").await;
        assert_eq!((&told["error"], &told["evicted"]), (&Value::Null, &freezes.into()));
        scene.freeze(2 * SHORT, Manner::Swallows).await;
    }
}
