//! The process is stopped, a proxy between it and a server forgets its connections, the process goes on.

mod cut;
mod proxy;
mod server;

use std::time::Duration;

use e2e::program;
use lambda_emulator::{Bootstrap, Emulator, Invoke};
use serde_json::Value;

use proxy::{Manner, Proxy};
use server::Server;

/// A function, and the way to its server.
struct Scene {
    emulator: Emulator,
    proxy: Proxy,
    server: Server,
}

impl Scene {
    async fn set(protocol: &str, idle_limit: Duration) -> Self {
        Self::with(protocol, idle_limit, |function| function).await
    }

    async fn with(protocol: &str, idle_limit: Duration, more: impl FnOnce(Bootstrap) -> Bootstrap) -> Self {
        let server = Server::over_tls(protocol, "ok").await;
        let proxy = Proxy::start(server.port).await;
        let function = Bootstrap::new(program("client-function"))
            .env("URL", format!("https://127.0.0.1:{}/", proxy.port))
            .env("CA", server.authority.display().to_string())
            .env("IDLE_LIMIT_MS", idle_limit.as_millis().to_string());
        let builder = Emulator::builder().timeout(Duration::from_secs(10)).bootstrap(more(function));
        Self { emulator: builder.start().await.unwrap(), proxy, server }
    }

    async fn call(&self, client: &str) -> Value {
        let answer = self.emulator.invoke(Invoke::new(format!("{client:?}"))).await;
        serde_json::from_slice(&answer.payload).unwrap()
    }

    /// Stops the function for at least `time`, in which the proxy forgets.
    async fn freeze(&self, time: Duration, manner: Manner) {
        self.emulator.freeze().await;
        self.proxy.forget(manner);
        tokio::time::sleep(time).await;
    }
}

const LONG: Duration = Duration::from_secs(60);
const SHORT: Duration = Duration::from_millis(30);

/// Frozen for longer than the idle limit: dead connections are not tried, so it does not matter how they are dead.
async fn all_succeed_after_long_freezes(protocol: &str, version: &str, manner: Manner) {
    let scene = Scene::set(protocol, SHORT).await;
    for freezes in 0..100 {
        let told = scene.call("keep-alive").await;
        assert_eq!(told["answer"], format!("{version} ok"));
        assert_eq!((&told["evicted"], &told["retried"]), (&freezes.into(), &0.into()));
        scene.freeze(2 * SHORT, manner).await;
    }
    assert_eq!(scene.server.served().len(), 100);
}

/// Frozen for less than that: they are, and the request is sent again.
async fn all_succeed_after_short_freezes(protocol: &str, version: &str) {
    let scene = Scene::set(protocol, LONG).await;
    for freezes in 0..100 {
        let told = scene.call("keep-alive").await;
        assert_eq!(told["answer"], format!("{version} ok"));
        assert_eq!(told["retried"], freezes);
        scene.freeze(Duration::ZERO, Manner::Resets).await;
    }
    assert_eq!(scene.server.served().len(), 100);
}

#[tokio::test]
async fn over_http_1_all_first_calls_after_100_freezes_succeed() {
    all_succeed_after_long_freezes("http/1.1", "HTTP/1.1", Manner::Swallows).await;
    all_succeed_after_short_freezes("http/1.1", "HTTP/1.1").await;
}

#[tokio::test]
async fn over_http_2_all_first_calls_after_100_freezes_succeed() {
    all_succeed_after_long_freezes("h2", "HTTP/2.0", Manner::Swallows).await;
    all_succeed_after_short_freezes("h2", "HTTP/2.0").await;
}

#[tokio::test]
async fn a_plain_client_fails_with_each_connection_that_is_reset() {
    for protocol in ["http/1.1", "h2"] {
        let scene = Scene::set(protocol, LONG).await;
        scene.call("plain").await;
        let mut failed = 0;
        for _ in 0..100 {
            scene.freeze(Duration::ZERO, Manner::Resets).await;
            failed += u32::from(scene.call("plain").await["answer"]["error"].is_string());
            // The next one opens a new connection.
            scene.call("plain").await;
        }
        assert_eq!(failed, 100, "{protocol}");
    }
}

#[tokio::test]
async fn a_plain_client_hangs_with_each_connection_that_is_silent() {
    for protocol in ["http/1.1", "h2"] {
        let scene = Scene::set(protocol, LONG).await;
        for _ in 0..10 {
            // Over HTTP/2 the dead connection would be taken again, and again.
            assert!(scene.call("plain, made anew").await["answer"].is_string(), "{protocol}");
            scene.freeze(Duration::ZERO, Manner::Swallows).await;
            assert_eq!(scene.call("plain, hurried").await["answer"]["timeout"], true, "{protocol}");
        }
    }
}

#[tokio::test]
async fn a_connection_that_a_freeze_has_cost_is_opened_again_before_anybody_asks() {
    let scene = Scene::with("h2", SHORT, |function| function.env("PREWARM", "true")).await;
    let opened = async |lives| {
        while scene.server.count("HEAD /") < lives {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    let three_lives = async {
        for lives in 1..4 {
            loop {
                scene.call("none").await;
                // An answer that was on its way in the freeze makes its connection one that has just been used: it is not
                // opened again, and another freeze is needed to see that.
                if tokio::time::timeout(Duration::from_millis(500), opened(lives)).await.is_ok() {
                    break;
                }
                scene.freeze(2 * SHORT, Manner::Swallows).await;
            }
            scene.freeze(2 * SHORT, Manner::Swallows).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), three_lives).await.expect("a connection in each life");
    let served = scene.server.served();
    assert!(served.iter().all(|request| request == "HEAD / "), "{served:?}");
}
