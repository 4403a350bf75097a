//! A TCP proxy that forgets its connections, as NAT gateways and firewalls do: without a word, until somebody uses one.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

pub(crate) struct Proxy {
    pub(crate) port: u16,
    fate: Arc<Mutex<Fate>>,
}

/// What becomes of a connection that was there before.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Manner {
    /// The first bytes on it are answered with a reset.
    Resets,
    /// Whatever is sent on it is lost, and never answered.
    Swallows,
    /// What is sent on it arrives; of what comes back, it ends after so many bytes.
    CutsAfter(usize),
}

#[derive(Clone, Copy, Debug)]
struct Fate {
    /// Connections of an earlier one meet it.
    epoch: usize,
    manner: Manner,
}

impl Proxy {
    pub(crate) async fn start(server: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let fate = Arc::new(Mutex::new(Fate { epoch: 0, manner: Manner::Resets }));
        let current = Arc::clone(&fate);
        tokio::spawn(async move {
            loop {
                let (client, _) = listener.accept().await.unwrap();
                tokio::spawn(relay(client, server, Arc::clone(&current)));
            }
        });
        Self { port, fate }
    }

    /// Forgets the connections there are.
    pub(crate) fn forget(&self, manner: Manner) {
        let mut fate = self.fate.lock().unwrap();
        *fate = Fate { epoch: fate.epoch + 1, manner };
    }
}

async fn relay(mut client: TcpStream, server: u16, fate: Arc<Mutex<Fate>>) -> std::io::Result<()> {
    let fate = || *fate.lock().unwrap();
    let mine = fate().epoch;
    let mut server = TcpStream::connect(("127.0.0.1", server)).await?;
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let (mut up, mut down) = ([0; 4096], [0; 4096]);
    let mut passed = 0;
    loop {
        tokio::select! {
            read = client.read(&mut up) => {
                let read = read?;
                let forgotten = (fate().epoch != mine).then(|| fate().manner);
                match forgotten {
                    _ if read == 0 => return Ok(()),
                    Some(Manner::Resets) => {
                        #[expect(deprecated, reason = "a linger of zero does not block, and is how a reset is made")]
                        return client.set_linger(Some(Duration::ZERO));
                    }
                    Some(Manner::Swallows) => {}
                    Some(Manner::CutsAfter(_)) | None => server.write_all(&up[..read]).await?,
                }
            }
            read = server.read(&mut down) => {
                let read = read?;
                match fate() {
                    _ if read == 0 => return Ok(()),
                    Fate { epoch, manner: Manner::CutsAfter(limit) } if epoch != mine => {
                        let rest = read.min(limit - passed);
                        client.write_all(&down[..rest]).await?;
                        passed += rest;
                        if passed == limit {
                            return Ok(());
                        }
                    }
                    _ => client.write_all(&down[..read]).await?,
                }
            }
        }
    }
}
