use crate::encodings::Map;

event! {
    /// A change of a dataset of Cognito Sync: version 2, `SyncTrigger`.
    ///
    /// The answer is the event, with the values of [`dataset_records`](Self::dataset_records) to be stored.
    /// <https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-events.html>
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct CognitoEvent {
        /// Name of the dataset.
        pub dataset_name: String,
        /// The records that changed, by key.
        required pub dataset_records: Map<CognitoDatasetRecord>,
        /// `SyncTrigger`.
        pub event_type: String,
        /// Id of the identity in the pool.
        pub identity_id: String,
        /// Id of the identity pool.
        pub identity_pool_id: String,
        /// Region of the identity pool: `us-east-1`.
        pub region: String,
        /// Version of the event: 2.
        pub version: i64,
    }

    /// A record of a dataset.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct CognitoDatasetRecord {
        /// The value that the device wants to store. Absent when the record is removed.
        pub new_value: Option<String>,
        /// The value before. Absent when the record is new.
        pub old_value: Option<String>,
        /// `replace` or `remove`.
        pub op: String,
    }
}
