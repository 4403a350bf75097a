//! An endpoint of credentials, as Lambda has one under SnapStart.

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use aws_sdk_dynamodb::primitives::{DateTime, DateTimeFormat};
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};

use crate::peer::{json, request};

pub struct Vault {
    pub url: String,
    shared: Arc<Shared>,
}

struct Shared {
    asked: Mutex<Vec<String>>,
    answer: Mutex<Answer>,
}

/// What is answered, one request to a connection.
#[derive(Clone)]
pub enum Answer {
    /// Credentials with this key, for so long from now.
    Key(&'static str, Duration),
    Bytes(Vec<u8>),
    Never,
    Reset,
}

fn credentials(key: &str, life: Duration) -> Vec<u8> {
    let end = DateTime::from(SystemTime::now() + life).fmt(DateTimeFormat::DateTime).unwrap();
    json(&format!(
        r#"{{"AccessKeyId":"{key}","SecretAccessKey":"hush","Token":"token","Expiration":"{end}"}}"#
    ))
}

impl Vault {
    pub async fn start(answer: Answer) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/credentials", listener.local_addr().unwrap());
        let shared = Arc::new(Shared { asked: Mutex::default(), answer: Mutex::new(answer) });
        let serving = Arc::clone(&shared);
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(serve(stream, Arc::clone(&serving)));
            }
        });
        Self { url, shared }
    }

    pub fn answers(&self, answer: Answer) {
        *self.shared.answer.lock().unwrap() = answer;
    }

    /// The requests that have arrived.
    pub fn asked(&self) -> Vec<String> {
        self.shared.asked.lock().unwrap().clone()
    }
}

async fn serve(mut stream: TcpStream, shared: Arc<Shared>) {
    let Some(asked) = request(&mut stream, &mut Vec::new()).await else { return };
    shared.asked.lock().unwrap().push(asked);
    let answer = shared.answer.lock().unwrap().clone();
    match answer {
        Answer::Key(key, life) => stream.write_all(&credentials(key, life)).await.unwrap(),
        Answer::Bytes(bytes) => stream.write_all(&bytes).await.unwrap(),
        Answer::Never => std::future::pending().await,
        Answer::Reset => {
            #[expect(deprecated, reason = "a linger of zero does not block, and is how a reset is made")]
            stream.set_linger(Some(Duration::ZERO)).unwrap();
        }
    }
}
