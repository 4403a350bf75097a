//! AWS Server Migration Service, which is no more.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event.html>

event! {
    /// `Server Migration Job State Change`: a job is in another state.
    #[serde(rename_all = "kebab-case")]
    pub struct JobStateChange {
        /// The state that it is in now.
        pub state: String,
        /// Id of the run.
        required pub replication_run_id: String,
        /// Id of the job.
        pub replication_job_id: String,
        /// Id of the image. Absent before there is one.
        pub ami_id: Option<String>,
        /// Version of this structure.
        pub version: String,
    }
}
