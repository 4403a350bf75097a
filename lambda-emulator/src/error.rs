//! Why an emulator does not come up.

use std::fmt;
use std::io;
use std::net::SocketAddr;
#[cfg(feature = "command")]
use std::path::PathBuf;

/// Why an emulator could not start. `Display` says what to change.
///
/// # Examples
///
/// ```
/// # async fn start() {
/// let taken = "127.0.0.1:9000".parse().expect("an address");
/// if let Err(error) = lambda_emulator::Emulator::builder().bind(taken).start().await {
///     assert!(error.is_address_in_use(), "{error}");
/// }
/// # }
/// ```
#[derive(Debug)]
pub struct Error {
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Bind {
        address: SocketAddr,
        variable: Option<&'static str>,
        source: io::Error,
    },
    Variable {
        name: &'static str,
        value: String,
        expected: &'static str,
    },
    Thread(io::Error),
    #[cfg(feature = "command")]
    Extensions {
        directory: PathBuf,
        source: io::Error,
    },
}

impl Error {
    /// The address is taken by another process.
    pub fn is_address_in_use(&self) -> bool {
        matches!(&self.kind, Kind::Bind { source, .. } if source.kind() == io::ErrorKind::AddrInUse)
    }

    /// A setting or an environment variable has a value that cannot be used.
    pub fn is_config(&self) -> bool {
        matches!(self.kind, Kind::Variable { .. })
    }

    /// The directory of extensions cannot be used.
    #[cfg(feature = "command")]
    pub fn is_extensions(&self) -> bool {
        matches!(self.kind, Kind::Extensions { .. })
    }

    #[cfg(feature = "command")]
    pub(crate) fn extensions(directory: PathBuf, source: io::Error) -> Self {
        Self { kind: Kind::Extensions { directory, source } }
    }

    pub(crate) fn bind(address: SocketAddr, source: io::Error) -> Self {
        Self { kind: Kind::Bind { address, variable: None, source } }
    }

    pub(crate) fn variable(name: &'static str, value: &str, expected: &'static str) -> Self {
        Self { kind: Kind::Variable { name, value: value.to_owned(), expected } }
    }

    pub(crate) fn thread(source: io::Error) -> Self {
        Self { kind: Kind::Thread(source) }
    }

    /// Names the variable by which the address is chosen.
    pub(crate) fn chosen_by(mut self, name: &'static str) -> Self {
        if let Kind::Bind { variable, .. } = &mut self.kind {
            *variable = Some(name);
        }
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Bind { address, variable, source } => {
                let port = address.port();
                match source.kind() {
                    io::ErrorKind::AddrInUse => write!(f, "port {port} of {} is taken", address.ip())?,
                    _ => write!(f, "cannot listen on {address}: {source}")?,
                }
                match variable {
                    Some(name) => write!(f, "; set {name} to another port, or to 0 for any that is free"),
                    None => Ok(()),
                }
            }
            Kind::Variable { name, value, expected } => {
                write!(f, "{name} is {value:?}; it must be {expected}")
            }
            #[cfg(feature = "command")]
            Kind::Extensions { directory, source } => {
                write!(f, "the extensions of {} cannot be used: {source}", directory.display())
            }
            Kind::Thread(source) => write!(f, "its thread cannot start: {source}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.kind {
            Kind::Bind { source, .. } | Kind::Thread(source) => Some(source),
            #[cfg(feature = "command")]
            Kind::Extensions { source, .. } => Some(source),
            Kind::Variable { .. } => None,
        }
    }
}
