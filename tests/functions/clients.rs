//! Calls `URL` once for each event, with the client that the event names, and says how that went.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use lambda_rt::client::{Client, reqwest};
use lambda_rt::{Error, Init, LambdaEvent, Runtime};
use rustls::ClientConfig;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use serde_json::{Value, json};

struct Clients {
    url: String,
    keep_alive: Client,
    tls: ClientConfig,
    plain: Mutex<reqwest::Client>,
}

/// What a plain client may take that nobody answers.
const PATIENCE: Duration = Duration::from_millis(100);

async fn start(init: &Init) -> Result<Clients, Error> {
    let tls = tls(&init.env::<String>("CA")?)?;
    let configured = tls.clone();
    let keep_alive = Client::builder()
        .idle_limit(Duration::from_millis(init.env("IDLE_LIMIT_MS")?))
        .configure(move |reqwest| reqwest.tls_backend_preconfigured(configured.clone()))
        .build()?;
    let plain = Mutex::new(plain(&tls)?);
    let url: String = init.env("URL")?;
    if init.env_or("PREWARM", false)? {
        init.prewarm(&url).again_on_thaw();
    }
    Ok(Clients { url, keep_alive, tls, plain })
}

fn plain(tls: &ClientConfig) -> Result<reqwest::Client, Error> {
    Ok(reqwest::Client::builder().no_proxy().tls_backend_preconfigured(tls.clone()).build()?)
}

async fn call(clients: &Clients, event: LambdaEvent<String>) -> Result<Value, Error> {
    if event.payload == "none" {
        return told(clients, "nobody was asked".into());
    }
    let current = || clients.plain.lock().map_err(|_| "a call has panicked").map(|plain| plain.clone());
    let answer = match event.payload.as_str() {
        "plain, made anew" => {
            *clients.plain.lock().map_err(|_| "a call has panicked")? = plain(&clients.tls)?;
            current()?.get(&clients.url).send().await
        }
        "plain" => current()?.get(&clients.url).send().await,
        "plain, hurried" => current()?.get(&clients.url).timeout(PATIENCE).send().await,
        _ => clients.keep_alive.get(&clients.url).send().await,
    };
    let answer = match answer {
        Ok(answer) => json!(format!("{:?} {}", answer.version(), answer.text().await?)),
        Err(error) => json!({ "error": error.to_string(), "timeout": error.is_timeout() }),
    };
    told(clients, answer)
}

fn told(clients: &Clients, answer: Value) -> Result<Value, Error> {
    let connections = clients.keep_alive.connections();
    Ok(json!({
        "answer": answer,
        "opened": connections.opened,
        "evicted": connections.evicted,
        "retried": connections.retried,
    }))
}

/// Trusts one authority.
fn tls(pem: &str) -> Result<ClientConfig, Error> {
    let mut roots = rustls::RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(pem)?)?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    let mut config = config.with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    Runtime::init(start).run(call).await
}
