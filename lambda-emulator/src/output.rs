//! What processes write: copied to where the emulator itself writes, and told to telemetry line by line.

use std::sync::Weak;

use bytes::BytesMut;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::process::Child;
use tokio::task::JoinHandle;

use crate::shell::Shell;
use crate::telemetry::Type;

/// A line that is longer is told in parts.
const LONGEST_LINE: usize = 256 * 1024;

/// The copying of both outputs of a process.
#[derive(Debug)]
pub(crate) struct Copied {
    copies: Vec<JoinHandle<()>>,
}

impl Copied {
    /// Waits until everybody who could write has ended and everything is copied.
    pub(crate) async fn finished(self) {
        for copy in self.copies {
            let _ = copy.await;
        }
    }
}

/// Copies what `child` writes until it ends.
pub(crate) fn copy(child: &mut Child, shell: &Weak<Shell>, source: Type) -> Copied {
    let mut copies = Vec::new();
    if let Some(output) = child.stdout.take() {
        copies.push(tokio::spawn(lines(output, tokio::io::stdout(), shell.clone(), source)));
    }
    if let Some(output) = child.stderr.take() {
        copies.push(tokio::spawn(lines(output, tokio::io::stderr(), shell.clone(), source)));
    }
    Copied { copies }
}

async fn lines(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    shell: Weak<Shell>,
    source: Type,
) {
    let mut buffer = BytesMut::new();
    while let Ok(1..) = from.read_buf(&mut buffer).await {
        // Telemetry first: it must not wait for a terminal.
        let mut told = Vec::with_capacity(buffer.len());
        while let Some(line) = next_line(&mut buffer) {
            tell(&shell, source, &line);
            told.extend_from_slice(&line);
        }
        let _ = to.write_all(&told).await;
        let _ = to.flush().await;
    }
    if !buffer.is_empty() {
        tell(&shell, source, &buffer);
        let _ = to.write_all(&buffer).await;
        let _ = to.flush().await;
    }
}

/// Takes a line with its end, or as much of one as is told at once.
fn next_line(buffer: &mut BytesMut) -> Option<BytesMut> {
    let end = buffer.iter().position(|byte| *byte == b'\n').map(|at| at + 1);
    let end =
        end.filter(|end| *end <= LONGEST_LINE).or((buffer.len() >= LONGEST_LINE).then_some(LONGEST_LINE));
    end.map(|end| buffer.split_to(end))
}

fn tell(shell: &Weak<Shell>, source: Type, line: &[u8]) {
    let Some(shell) = shell.upgrade() else { return };
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    shell.line(source, &String::from_utf8_lossy(line));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_told_one_by_one_and_endless_ones_in_parts() {
        let mut buffer = BytesMut::from("a\n\nb");
        assert_eq!(next_line(&mut buffer).unwrap(), "a\n");
        assert_eq!(next_line(&mut buffer).unwrap(), "\n");
        assert_eq!(next_line(&mut buffer), None);
        buffer.extend_from_slice(&vec![b'b'; LONGEST_LINE]);
        assert_eq!(next_line(&mut buffer).unwrap().len(), LONGEST_LINE);
        assert_eq!((next_line(&mut buffer), &buffer[..]), (None, &b"b"[..]));
    }
}
