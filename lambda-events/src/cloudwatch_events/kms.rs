//! AWS KMS: keys that are rotated, or deleted.
//!
//! <https://docs.aws.amazon.com/kms/latest/developerguide/kms-events.html>

event! {
    /// `KMS CMK Rotation`, `KMS Imported Key Material Expiration` and `KMS CMK Deletion`: something happened to
    /// a key.
    #[serde(rename_all = "kebab-case")]
    pub struct CMKEvent {
        /// Id of the key: a UUID.
        required pub key_id: String,
    }
}
