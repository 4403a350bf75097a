//! Amazon S3: something happened to an object, asynchronously. Lambda tries again when the function fails; what it returns is
//! ignored.
//!
//! ```
//! use lambda_events::{Error, s3::S3Event};
//!
//! async fn handle(event: S3Event) -> Result<(), Error> {
//!     for record in &event.records {
//!         println!("{} of {} in {}", record.event_name, record.s3.object.decoded_key(), record.s3.bucket.name);
//!     }
//!     Ok(())
//! }
//! ```
//!
//! The same comes by way of SNS and SQS; by way of EventBridge, it is the module `eventbridge`'s. S3 sends a test when
//! notifications are set up: an [`S3Event`] without records.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html>

pub mod batch_job;
mod event;
pub mod object_lambda;

pub use self::event::{
    S3Bucket, S3Entity, S3Event, S3EventRecord, S3GlacierEventData, S3IntelligentTieringEventData,
    S3LifecycleEventData, S3Object, S3ReplicationEventData, S3RequestParameters, S3RestoreEventData,
    S3TestEvent, S3TransitionEventData, S3UserIdentity,
};

/// Takes the encoding of URLs off a key: `%20` and `+` are spaces. What is not an escape stays; what is not UTF-8 becomes the
/// replacement character.
fn decoded_key(key: &str) -> String {
    let mut decoded = Vec::with_capacity(key.len());
    let mut rest = key.as_bytes();
    while let [byte, tail @ ..] = rest {
        rest = tail;
        match (byte, tail) {
            (b'+', _) => decoded.push(b' '),
            (b'%', [high, low, tail @ ..]) => match (hex(*high), hex(*low)) {
                (Some(high), Some(low)) => {
                    decoded.push(high << 4 | low);
                    rest = tail;
                }
                _ => decoded.push(b'%'),
            },
            _ => decoded.push(*byte),
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::decoded_key;

    #[test]
    fn keys_lose_the_encoding_of_urls_and_nothing_else() {
        for (key, decoded) in [
            ("a/b.txt", "a/b.txt"),
            ("Happy%20Face+2.jpg", "Happy Face 2.jpg"),
            ("%C3%BC%2b", "ü+"),
            ("100%", "100%"),
            ("%4", "%4"),
            ("%zz", "%zz"),
            ("%+1", "% 1"),
            ("%FF", "\u{FFFD}"),
        ] {
            assert_eq!(decoded_key(key), decoded, "{key}");
        }
    }
}
