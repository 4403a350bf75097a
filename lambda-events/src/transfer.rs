//! AWS Transfer Family: users that log in, and files that were uploaded.
//!
//! A server with a function as its identity provider asks it, synchronously, about each login:
//! [`TransferFamilyAuthorizerRequest`]. The answer says where the user's files are; an [empty](TransferFamilyAuthorizerResponse::deny)
//! one refuses.
//!
//! ```
//! use lambda_events::{Error, transfer::{TransferFamilyAuthorizerRequest, TransferFamilyAuthorizerResponse}};
//!
//! async fn handle(request: TransferFamilyAuthorizerRequest) -> Result<TransferFamilyAuthorizerResponse, Error> {
//!     Ok(match request.password.as_deref() {
//!         Some("secret") => TransferFamilyAuthorizerResponse::allow("arn:aws:iam::123456789012:role/files")
//!             .with_home_directory(format!("/files/{}", request.username)),
//!         Some(_) => TransferFamilyAuthorizerResponse::deny(),
//!         None => TransferFamilyAuthorizerResponse::allow("arn:aws:iam::123456789012:role/files")
//!             .with_public_keys(["ssh-ed25519 AAAA"]),
//!     })
//! }
//! ```
//!
//! A step of a workflow is a [`TransferFamilyWorkflowStepEvent`], asynchronous: the function says how it went by calling
//! `SendWorkflowStepState` with its token.
//!
//! <https://docs.aws.amazon.com/transfer/latest/userguide/custom-lambda-idp.html>

use serde::{Deserialize, Serialize};

use crate::encodings::Embedded;

open_enum! {
    /// How a user logs in.
    pub enum TransferFamilyProtocol {
        /// SFTP.
        Sftp = "SFTP",
        /// FTP.
        Ftp = "FTP",
        /// FTPS.
        Ftps = "FTPS",
    }

    /// What a user sees as the home directory.
    pub enum TransferFamilyHomeDirectoryType {
        /// The path as it is in the storage.
        Path = "PATH",
        /// What [`HomeDirectoryDetails`](TransferFamilyAuthorizerResponse::home_directory_details) makes up.
        Logical = "LOGICAL",
    }

    /// Where a file is.
    pub enum TransferFamilyStorageDomain {
        /// In Amazon S3.
        S3 = "S3",
        /// In Amazon EFS.
        Efs = "EFS",
    }
}

event! {
    /// Who somebody is that logs in. Without anything in it, nobody.
    #[serde(rename_all = "PascalCase")]
    pub struct TransferFamilyAuthorizerResponse {
        /// ARN of the role that reads and writes the files. Required to let the user in.
        pub role: Option<String>,
        /// Ids of the user in the file system. Required for EFS, else absent.
        pub posix_profile: Option<TransferFamilyPosixProfile>,
        /// Public keys of the user, in the format of OpenSSH. Required when there is no password.
        pub public_keys: Option<Vec<String>>,
        /// Policy, in JSON, that restricts the role to what this user may. Absent for no restriction.
        pub policy: Option<String>,
        /// What the user sees as the home directory. Absent is `PATH`.
        pub home_directory_type: Option<TransferFamilyHomeDirectoryType>,
        /// Which directories the user sees, and where they are: JSON in a string. Required with `LOGICAL`, else absent.
        pub home_directory_details: Option<Embedded<Vec<TransferFamilyHomeDirectoryMapping>>>,
        /// Directory that the user starts in: `/bucket/prefix`. With `LOGICAL` a path of that directory tree. Absent is the root.
        pub home_directory: Option<String>,
    }

    /// Ids of a user in a file system.
    #[derive(Eq)]
    #[serde(rename_all = "PascalCase")]
    pub struct TransferFamilyPosixProfile {
        /// Id of the user.
        pub uid: i64,
        /// Id of the group.
        pub gid: i64,
        /// Ids of other groups. Absent if there are none.
        pub secondary_gids: Option<Vec<i64>>,
    }

    /// A step of a workflow, on a file that was uploaded.
    ///
    /// <https://docs.aws.amazon.com/transfer/latest/userguide/custom-step-details.html>
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct TransferFamilyWorkflowStepEvent {
        /// What `SendWorkflowStepState` has to be given.
        required pub token: String,
        /// Which workflow this is, and whose upload.
        required pub service_metadata: TransferFamilyServiceMetadata,
        /// Where the file is.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub file_location: TransferFamilyFileLocation,
    }

    /// Which workflow runs, and after whose upload.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct TransferFamilyServiceMetadata {
        /// Which workflow this is.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub execution_details: TransferFamilyExecutionDetails,
        /// Whose upload it was.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub transfer_details: TransferFamilyTransferDetails,
    }

    /// Which workflow runs.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct TransferFamilyExecutionDetails {
        /// Id of the workflow: `w-0123456789abcdef0`.
        pub workflow_id: String,
        /// Id of this run of it, a UUID.
        pub execution_id: String,
    }

    /// Whose upload it was.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct TransferFamilyTransferDetails {
        /// Id of the session. Absent for AS2.
        pub session_id: Option<String>,
        /// Name of the user.
        pub user_name: String,
        /// Id of the server: `s-01234567890abcdef`.
        pub server_id: String,
    }

    /// Where a file is. Members of S3 are absent in EFS, and the other way round.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct TransferFamilyFileLocation {
        /// In what it is.
        #[serde(default)]
        pub domain: TransferFamilyStorageDomain,
        /// Name of the bucket.
        pub bucket: Option<String>,
        /// Key of the object.
        pub key: Option<String>,
        /// Entity tag of the object.
        pub e_tag: Option<String>,
        /// Version of the object. Absent unless the bucket has versions.
        pub version_id: Option<String>,
        /// Id of the file system.
        pub file_system_id: Option<String>,
        /// Path in the file system.
        pub path: Option<String>,
    }
}

secret_event! {
    /// Somebody logs in.
    ///
    /// <https://docs.aws.amazon.com/transfer/latest/userguide/custom-lambda-idp.html#event-message-structure>
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct TransferFamilyAuthorizerRequest {
        /// Name of the user.
        required pub username: String,
        /// The password. Absent, or empty, when the user logs in with a key: answer with the public keys, and the server checks
        /// them.
        pub password: Option<String>,
        /// How the user logs in.
        #[serde(default)]
        pub protocol: TransferFamilyProtocol,
        /// Id of the server: `s-01234567890abcdef`.
        required pub server_id: String,
        /// IP address of the user.
        pub source_ip: String,
    }
    secrets: password
}

/// A directory that a user sees, and where it is.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct TransferFamilyHomeDirectoryMapping {
    /// Path that the user sees: `/inbox`.
    pub entry: String,
    /// Where it is: `/bucket/prefix`, `/fs-01234567/path`.
    pub target: String,
    /// `FILE` or `DIRECTORY`. Absent is a directory.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub r#type: Option<String>,
}

impl TransferFamilyHomeDirectoryMapping {
    /// The user sees the `target` under the path `entry`.
    pub fn new(entry: impl Into<String>, target: impl Into<String>) -> Self {
        Self { entry: entry.into(), target: target.into(), r#type: None }
    }
}

impl TransferFamilyAuthorizerResponse {
    /// The user may not log in. Not an error: that would be one of the server.
    pub fn deny() -> Self {
        Self::default()
    }

    /// The user may log in, and reads and writes with the role of this ARN.
    pub fn allow(role: impl Into<String>) -> Self {
        Self { role: Some(role.into()), ..Default::default() }
    }

    /// Public keys of the user, in the format of OpenSSH: the server lets only their owner in.
    #[must_use]
    pub fn with_public_keys<S: Into<String>>(mut self, keys: impl IntoIterator<Item = S>) -> Self {
        self.public_keys = Some(keys.into_iter().map(Into::into).collect());
        self
    }

    /// Policy, in JSON, that restricts the role to what this user may.
    #[must_use]
    pub fn with_policy(mut self, policy: impl Into<String>) -> Self {
        self.policy = Some(policy.into());
        self
    }

    /// Ids of the user in a file system of EFS.
    #[must_use]
    pub fn with_posix_profile(mut self, uid: i64, gid: i64) -> Self {
        self.posix_profile = Some(TransferFamilyPosixProfile { uid, gid, ..Default::default() });
        self
    }

    /// Directory that the user starts in: `/bucket/prefix`.
    #[must_use]
    pub fn with_home_directory(mut self, path: impl Into<String>) -> Self {
        self.home_directory = Some(path.into());
        self
    }

    /// Which directories the user sees, and where they are. Makes the home directory a `LOGICAL` one.
    #[must_use]
    pub fn with_logical_directories(
        mut self,
        mappings: impl IntoIterator<Item = TransferFamilyHomeDirectoryMapping>,
    ) -> Self {
        self.home_directory_type = Some(TransferFamilyHomeDirectoryType::Logical);
        self.home_directory_details = Some(Embedded::new(mappings.into_iter().collect()));
        self
    }
}
