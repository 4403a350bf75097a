//! Counts one visit for each event, with the client that the event names, and says how that went.

use std::sync::Mutex;
use std::time::Duration;

use aws_config::BehaviorVersion;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::Builder;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::error::DisplayErrorContext;
use aws_sdk_dynamodb::types::AttributeValue;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore};
use lambda_rt::{Error, Init, LambdaEvent, Runtime, aws};
use serde::{Deserialize, Serialize};

struct Clients {
    keep_alive: Client,
    no_retries: Client,
    /// Configured by `aws_config`, over our connections.
    borrowing: Client,
    /// As the SDK's own documentation makes it.
    plain: Mutex<Client>,
    authority: Vec<u8>,
}

#[derive(Deserialize)]
struct Visit {
    client: String,
    name: String,
    /// What the call may take, when it would take for ever.
    patience_ms: Option<u64>,
}

#[derive(Serialize)]
struct Told {
    error: Option<String>,
    hung: bool,
    evicted: u64,
    retried: u64,
}

async fn start(init: &Init) -> Result<Clients, Error> {
    let idle_limit = Duration::from_millis(init.env("IDLE_LIMIT_MS")?);
    let aws = aws::builder().idle_limit(idle_limit).load(init).await;
    let no_retries = Builder::from(&aws).retry_config(RetryConfig::disabled()).build();
    let http = aws.http_client().ok_or("a configuration without an HTTP client")?;
    let borrowing = aws_config::defaults(BehaviorVersion::latest()).http_client(http).load().await;
    let authority = std::fs::read(init.env::<String>("AWS_CA_BUNDLE")?)?;
    Ok(Clients {
        keep_alive: Client::new(&aws),
        no_retries: Client::from_conf(no_retries),
        borrowing: Client::new(&borrowing),
        plain: Mutex::new(plain(&authority).await?),
        authority,
    })
}

/// Region, credentials and endpoint are those of the environment here too. Only the authority is of the test.
async fn plain(authority: &[u8]) -> Result<Client, Error> {
    let trusted = TrustStore::empty().with_pem_certificate(authority);
    let http = aws_smithy_http_client::Builder::new()
        .tls_provider(Provider::rustls(CryptoMode::Ring))
        .tls_context(TlsContext::builder().with_trust_store(trusted).build()?)
        .build_https();
    Ok(Client::new(&aws_config::defaults(BehaviorVersion::latest()).http_client(http).load().await))
}

async fn visit(clients: &Clients, event: LambdaEvent<Visit>) -> Result<Told, Error> {
    let Visit { client, name, patience_ms } = event.payload;
    if client == "plain, made anew" {
        let anew = plain(&clients.authority).await?;
        *clients.plain.lock().map_err(|_| "a call has panicked")? = anew;
    }
    let client = match &*client {
        "keep-alive" => clients.keep_alive.clone(),
        "no retries" => clients.no_retries.clone(),
        "borrowing" => clients.borrowing.clone(),
        _ => clients.plain.lock().map_err(|_| "a call has panicked")?.clone(),
    };
    let call = client
        .update_item()
        .table_name("visits")
        .key("name", AttributeValue::S(name))
        .update_expression("ADD visits :one")
        .expression_attribute_values(":one", AttributeValue::N("1".to_owned()))
        .send();
    let patience = patience_ms.map_or(Duration::MAX, Duration::from_millis);
    let (error, hung) = match tokio::time::timeout(patience, call).await {
        Ok(Ok(_)) => (None, false),
        Ok(Err(error)) => (Some(DisplayErrorContext(error).to_string()), false),
        Err(_) => (None, true),
    };
    let connections = aws::connections();
    Ok(Told { error, hung, evicted: connections.evicted, retried: connections.retried })
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    Runtime::init(start).run(visit).await
}
