//! How the connections of a function end before it wants them to. Those of extensions, and of callers, are left alone.

use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::watch;

/// What a function asks for: events, credentials, and where it runs.
const OF_THE_FUNCTION: [&str; 3] = ["/2018-06-01/", "/2021-04-23/", "/2026-01-15/"];

/// What becomes of the function's connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    /// They are reset, as none survives a snapshot. The one that brings the news of the restore is closed behind it.
    Restore,
    /// They are reset.
    Reset,
    /// They stay open, and nothing that is sent over them is ever read or answered.
    Abandon,
}

/// The word that goes to all connections at once.
#[derive(Debug)]
pub(crate) struct Cuts {
    last: watch::Sender<Cut>,
}

impl Cuts {
    pub(crate) fn new() -> Self {
        Self { last: watch::Sender::new(Cut::Reset) }
    }

    pub(crate) fn cut(&self, cut: Cut) {
        self.last.send_replace(cut);
    }

    /// For a connection that is accepted now.
    pub(crate) fn heed(&self) -> Heed {
        Heed {
            cuts: self.last.subscribe(),
            function: AtomicBool::new(false),
            restore: AtomicBool::new(false),
        }
    }
}

/// One connection's ear for them, and what it has to know of itself.
#[derive(Debug)]
pub(crate) struct Heed {
    cuts: watch::Receiver<Cut>,
    /// The peer is the function.
    function: AtomicBool,
    /// A `restore/next` was asked over it.
    restore: AtomicBool,
}

impl Heed {
    /// Takes notice of what is asked over the connection.
    pub(crate) fn asked(&self, path: &str) {
        if OF_THE_FUNCTION.iter().any(|prefix| path.starts_with(prefix)) {
            self.function.store(true, Ordering::Relaxed);
        }
        self.restore.store(path == "/2018-06-01/runtime/restore/next", Ordering::Relaxed);
    }

    /// Takes notice of the answer. Whether it is the last that goes over the connection.
    pub(crate) fn answered(&self, status: u16) -> bool {
        let restored = self.restore.load(Ordering::Relaxed) && status == 200;
        self.restore.store(restored, Ordering::Relaxed);
        restored
    }

    /// Waits until the connection is cut.
    pub(crate) async fn cut(&self) -> Cut {
        let mut cuts = self.cuts.clone();
        loop {
            if cuts.changed().await.is_err() {
                // The emulator ends, and its connections with it.
                std::future::pending::<()>().await;
            }
            let cut = *cuts.borrow_and_update();
            let brings_the_news = cut == Cut::Restore && self.restore.load(Ordering::Relaxed);
            if self.function.load(Ordering::Relaxed) && !brings_the_news {
                return cut;
            }
        }
    }
}
