//! A TCP proxy that forgets its connections, as a NAT gateway does: without a word, until somebody uses one.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

pub(super) struct Proxy {
    pub(super) port: u16,
    /// Connections of an earlier one are forgotten.
    epoch: Arc<AtomicUsize>,
}

impl Proxy {
    pub(super) async fn start(server: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let epoch = Arc::<AtomicUsize>::default();
        let current = Arc::clone(&epoch);
        tokio::spawn(async move {
            loop {
                let (client, _) = listener.accept().await.unwrap();
                tokio::spawn(relay(client, server, Arc::clone(&current)));
            }
        });
        Self { port, epoch }
    }

    pub(super) fn forget(&self) {
        self.epoch.fetch_add(1, Ordering::SeqCst);
    }
}

async fn relay(mut client: TcpStream, server: u16, epoch: Arc<AtomicUsize>) -> std::io::Result<()> {
    let mine = epoch.load(Ordering::SeqCst);
    let mut server = TcpStream::connect(("127.0.0.1", server)).await?;
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let (mut up, mut down) = ([0; 4096], [0; 4096]);
    loop {
        tokio::select! {
            read = client.read(&mut up) => match read? {
                0 => return Ok(()),
                read if epoch.load(Ordering::SeqCst) == mine => server.write_all(&up[..read]).await?,
                _ => {
                    #[expect(deprecated, reason = "a linger of zero does not block, and is how a reset is made")]
                    return client.set_linger(Some(Duration::ZERO));
                }
            },
            read = server.read(&mut down) => match read? {
                0 => return Ok(()),
                read => client.write_all(&down[..read]).await?,
            },
        }
    }
}
