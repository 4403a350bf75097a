//! The process is stopped, a proxy between it and a server forgets its connections, the process goes on.

mod proxy;
mod server;

use std::time::Duration;

use e2e::program;
use lambda_emulator::{Bootstrap, Emulator, Invoke};
use serde_json::Value;

use proxy::Proxy;
use server::Server;

/// A function, and the way to its server.
struct Scene {
    emulator: Emulator,
    proxy: Proxy,
    server: Server,
}

impl Scene {
    async fn set(protocol: &str, idle_limit: Duration) -> Self {
        let server = Server::start(protocol).await;
        let proxy = Proxy::start(server.port).await;
        let function = Bootstrap::new(program("client-function"))
            .env("URL", format!("https://127.0.0.1:{}/", proxy.port))
            .env("CA", server.authority.display().to_string())
            .env("IDLE_LIMIT_MS", idle_limit.as_millis().to_string());
        let builder = Emulator::builder().timeout(Duration::from_secs(10)).bootstrap(function);
        Self { emulator: builder.start().await.unwrap(), proxy, server }
    }

    async fn call(&self, client: &str) -> Value {
        let answer = self.emulator.invoke(Invoke::new(format!("{client:?}"))).await;
        serde_json::from_slice(&answer.payload).unwrap()
    }

    /// Stops the function for at least `time`, in which the proxy forgets.
    async fn freeze(&self, time: Duration) {
        self.emulator.freeze().await;
        self.proxy.forget();
        tokio::time::sleep(time).await;
    }
}

const LONG: Duration = Duration::from_secs(60);
const SHORT: Duration = Duration::from_millis(30);

async fn all_succeed(protocol: &str, version: &str) {
    // Frozen for longer than the idle limit: dead connections are not tried.
    let scene = Scene::set(protocol, SHORT).await;
    for freezes in 0..100 {
        let told = scene.call("keep-alive").await;
        assert_eq!(told["answer"], format!("{version} ok"));
        assert_eq!((&told["evicted"], &told["retried"]), (&freezes.into(), &0.into()));
        scene.freeze(2 * SHORT).await;
    }
    // For less than that: they are, and the request is sent again.
    let scene = Scene::set(protocol, LONG).await;
    for freezes in 0..100 {
        let told = scene.call("keep-alive").await;
        assert_eq!(told["answer"], format!("{version} ok"));
        assert_eq!(told["retried"], freezes);
        scene.freeze(Duration::ZERO).await;
    }
    assert_eq!(scene.server.served(), 100);
}

#[tokio::test]
async fn over_http_1_all_first_calls_after_100_freezes_succeed() {
    all_succeed("http/1.1", "HTTP/1.1").await;
}

#[tokio::test]
async fn over_http_2_all_first_calls_after_100_freezes_succeed() {
    all_succeed("h2", "HTTP/2.0").await;
}

#[tokio::test]
async fn a_plain_client_fails_with_each_of_them() {
    for protocol in ["http/1.1", "h2"] {
        let scene = Scene::set(protocol, LONG).await;
        scene.call("plain").await;
        let mut failed = 0;
        for _ in 0..100 {
            scene.freeze(Duration::ZERO).await;
            failed += u32::from(scene.call("plain").await["answer"]["error"].is_string());
            // The next one opens a new connection.
            scene.call("plain").await;
        }
        assert_eq!(failed, 100, "{protocol}");
    }
}
