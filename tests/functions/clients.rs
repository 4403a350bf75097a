//! Calls `URL` once for each event, with the client that the event names, and says how that went.

use std::sync::Arc;
use std::time::Duration;

use lambda_rt::client::{Client, reqwest};
use lambda_rt::{Error, Init, LambdaEvent, Runtime};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use serde_json::{Value, json};

struct Clients {
    url: String,
    keep_alive: Client,
    plain: reqwest::Client,
}

async fn start(init: &Init) -> Result<Clients, Error> {
    let tls = tls(&init.env::<String>("CA")?)?;
    let plain = reqwest::Client::builder().no_proxy().tls_backend_preconfigured(tls.clone()).build()?;
    let keep_alive = Client::builder()
        .idle_limit(Duration::from_millis(init.env("IDLE_LIMIT_MS")?))
        .configure(move |reqwest| reqwest.tls_backend_preconfigured(tls.clone()))
        .build()?;
    Ok(Clients { url: init.env("URL")?, keep_alive, plain })
}

async fn call(clients: &Clients, event: LambdaEvent<String>) -> Result<Value, Error> {
    let answer = match event.payload.as_str() {
        "plain" => clients.plain.get(&clients.url).send().await,
        _ => clients.keep_alive.get(&clients.url).send().await,
    };
    let answer = match answer {
        Ok(answer) => json!(format!("{:?} {}", answer.version(), answer.text().await?)),
        Err(error) => json!({ "error": error.to_string() }),
    };
    let connections = clients.keep_alive.connections();
    Ok(json!({ "answer": answer, "evicted": connections.evicted, "retried": connections.retried }))
}

/// Trusts one authority.
fn tls(pem: &str) -> Result<rustls::ClientConfig, Error> {
    let mut roots = rustls::RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(pem)?)?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config =
        rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    let mut config = config.with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    Runtime::init(start).run(call).await
}
