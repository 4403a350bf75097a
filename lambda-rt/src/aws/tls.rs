//! What AWS clients encrypt with, and whom they trust.

use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use super::environment::variable;
use crate::log;

/// The roots of Amazon Trust Services: Amazon Root CA 1 to 4, and Starfield Services Root Certificate Authority - G2.
///
/// Source: Amazon Trust Services, "Repository".
#[cfg(not(feature = "native-roots"))]
const AMAZON: &[u8] = include_bytes!("roots.pem");

pub(super) fn provider() -> Provider {
    #[cfg(feature = "aws-lc")]
    let mode = CryptoMode::AwsLc;
    #[cfg(not(feature = "aws-lc"))]
    let mode = CryptoMode::Ring;
    Provider::rustls(mode)
}

pub(super) fn context() -> TlsContext {
    let trusted = bundle().map_or_else(usual, |pem| TrustStore::empty().with_pem_certificate(pem));
    TlsContext::builder().with_trust_store(trusted).build().unwrap_or_default()
}

#[cfg(feature = "native-roots")]
fn usual() -> TrustStore {
    TrustStore::default()
}

#[cfg(not(feature = "native-roots"))]
fn usual() -> TrustStore {
    TrustStore::empty().with_pem_certificate(AMAZON)
}

/// The authorities of `AWS_CA_BUNDLE`. The SDK panics over what it cannot read, so that is found out here.
fn bundle() -> Option<Vec<u8>> {
    let path = variable("AWS_CA_BUNDLE")?;
    let ignored = |why: &dyn std::fmt::Display| {
        log::warn("", format_args!("AWS_CA_BUNDLE is {path:?}, and is ignored: {why}"));
        None
    };
    let pem = match std::fs::read(&path) {
        Ok(pem) => pem,
        Err(error) => return ignored(&error),
    };
    match authorities(&pem) {
        Ok(0) => ignored(&"it has no certificate in PEM"),
        Ok(_) => Some(pem),
        Err(error) => ignored(&error),
    }
}

/// How many authorities there are.
fn authorities(pem: &[u8]) -> Result<usize, String> {
    let mut roots = rustls::RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(pem) {
        let certificate = certificate.map_err(|error| error.to_string())?;
        roots.add(certificate).map_err(|error| error.to_string())?;
    }
    Ok(roots.len())
}

#[cfg(all(test, not(feature = "native-roots")))]
mod tests {
    use super::*;

    #[test]
    fn all_roots_of_amazon_can_be_used() {
        assert_eq!(authorities(AMAZON), Ok(5));
    }

    #[cfg(feature = "client")]
    #[test]
    fn each_of_them_is_trusted_by_mozilla_too() {
        let mut roots = rustls::RootCertStore::empty();
        CertificateDer::pem_slice_iter(AMAZON).for_each(|root| roots.add(root.unwrap()).unwrap());
        for root in &roots.roots {
            let known = webpki_roots::TLS_SERVER_ROOTS.iter().any(|known| {
                known.subject == root.subject && known.subject_public_key_info == root.subject_public_key_info
            });
            assert!(known, "{root:?}");
        }
    }

    #[test]
    fn what_is_no_certificate_is_told_apart_from_none() {
        assert_eq!(authorities(b"no certificate"), Ok(0));
        assert!(authorities(b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n").is_err());
    }
}
