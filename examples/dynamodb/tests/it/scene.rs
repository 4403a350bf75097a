//! The function of `tests/functions`, and the way to its endpoint.

use std::path::{Path, PathBuf};
use std::time::Duration;

use lambda_emulator::{Bootstrap, Emulator, Invoke};
use serde_json::{Value, json};

use crate::proxy::Proxy;
use crate::server::Server;

pub struct Scene {
    pub emulator: Emulator,
    pub proxy: Proxy,
    pub server: Server,
}

impl Scene {
    /// An endpoint that speaks `protocol`, and a function that keeps idle connections for `idle_limit`.
    pub async fn set(protocol: &str, idle_limit: Duration) -> Self {
        let server = Server::over_tls(protocol, "{}").await;
        let proxy = Proxy::start(server.port).await;
        let function = Bootstrap::new(program())
            .env("AWS_REGION", "us-east-1")
            .env("AWS_ACCESS_KEY_ID", "local")
            .env("AWS_SECRET_ACCESS_KEY", "local")
            .env("AWS_ENDPOINT_URL", format!("https://127.0.0.1:{}", proxy.port))
            .env("AWS_CA_BUNDLE", server.authority.display().to_string())
            .env("IDLE_LIMIT_MS", idle_limit.as_millis().to_string());
        let builder = Emulator::builder().timeout(Duration::from_secs(20)).bootstrap(function);
        Self { emulator: builder.start().await.unwrap(), proxy, server }
    }

    pub async fn call(&self, client: &str, name: &str) -> Value {
        self.invoke(&json!({ "client": client, "name": name })).await
    }

    /// A call that is given up after a tenth of a second.
    pub async fn call_in_a_hurry(&self, client: &str) -> Value {
        self.invoke(&json!({ "client": client, "name": "Ada", "patience_ms": 100 })).await
    }

    async fn invoke(&self, event: &Value) -> Value {
        let answer = self.emulator.invoke(Invoke::new(event.to_string())).await;
        let told: Value = serde_json::from_slice(&answer.payload).unwrap();
        assert!(told.get("hung").is_some(), "{told}");
        told
    }
}

/// Cargo names programs to tests, and examples lie beside them.
fn program() -> PathBuf {
    Path::new(env!("CARGO_BIN_EXE_dynamodb")).parent().unwrap().join("examples/clients")
}
