//! AWS Glue: jobs, crawlers and the catalog.
//!
//! <https://docs.aws.amazon.com/glue/latest/dg/automating-awsglue-with-cloudwatch-events.html>

event! {
    /// `Glue Job State Change`: a run of a job is in another state.
    #[serde(rename_all = "camelCase")]
    pub struct JobRunStateChange {
        /// The job.
        required pub job_name: String,
        /// How serious it is: `INFO`, `WARN`, `ERROR`, `CRITICAL`.
        pub severity: String,
        /// `SUCCEEDED`, `FAILED`, `TIMEOUT` or `STOPPED`.
        pub state: String,
        /// Id of the run: `jr_` and so on.
        pub job_run_id: String,
        /// What happened, in a sentence.
        pub message: String,
    }

    /// `Glue Crawler State Change`, of a crawler that starts.
    #[serde(rename_all = "camelCase")]
    pub struct CrawlerStarted {
        /// Account that it happened in: 12 digits.
        pub account_id: String,
        /// The crawler.
        required pub crawler_name: String,
        /// When it started, as the service writes it.
        pub start_time: String,
        /// `Started`.
        pub state: String,
        /// What happened, in a sentence.
        pub message: String,
    }

    /// `Glue Crawler State Change`, of a crawler that is done. Numbers are text.
    #[serde(rename_all = "camelCase")]
    pub struct CrawlerSucceeded {
        /// How many tables are new.
        pub tables_created: String,
        /// What it warns of: `N/A` for nothing.
        pub warning_message: String,
        /// How many partitions were changed.
        pub partitions_updated: String,
        /// How many tables were changed.
        pub tables_updated: String,
        /// What happened, in a sentence.
        pub message: String,
        /// How many partitions were removed.
        pub partitions_deleted: String,
        /// Account that it happened in: 12 digits.
        pub account_id: String,
        /// How long it ran, in seconds.
        #[serde(rename = "runningTime (sec)")]
        pub running_time_sec: String,
        /// How many tables were removed.
        pub tables_deleted: String,
        /// The crawler.
        required pub crawler_name: String,
        /// When it was done, RFC 3339.
        pub completion_date: String,
        /// `Succeeded`.
        pub state: String,
        /// How many partitions are new.
        pub partitions_created: String,
        /// URL of its log lines.
        pub cloud_watch_log_link: String,
    }

    /// `Glue Crawler State Change`, of a crawler that failed.
    #[serde(rename_all = "camelCase")]
    pub struct CrawlerFailed {
        /// The crawler.
        required pub crawler_name: String,
        /// What went wrong.
        pub error_message: String,
        /// Account that it happened in: 12 digits.
        pub account_id: String,
        /// URL of its log lines.
        pub cloud_watch_log_link: String,
        /// `Failed`.
        pub state: String,
        /// What happened, in a sentence.
        pub message: String,
    }

    /// `Glue Job Run Status`: a run takes longer than it should.
    #[serde(rename_all = "camelCase")]
    pub struct JobRunStatus {
        /// The job.
        required pub job_name: String,
        /// How serious it is: `INFO`, `WARN`, `ERROR`, `CRITICAL`.
        pub severity: String,
        /// What it is told for. Absent in some events.
        pub notification_condition: Option<NotificationCondition>,
        /// `STARTING`, `RUNNING` or `STOPPING`.
        pub state: String,
        /// Id of the run: `jr_` and so on.
        pub job_run_id: String,
        /// What happened, in a sentence.
        pub message: String,
        /// When it started, RFC 3339.
        pub started_on: String,
    }

    /// When it is told that a run takes long.
    #[serde(rename_all = "PascalCase")]
    pub struct NotificationCondition {
        /// After so many minutes.
        #[serde(default)]
        pub notify_delay_after: f64,
    }

    /// `Glue Data Catalog Table State Change`: a table was changed.
    #[serde(rename_all = "camelCase")]
    pub struct DataCatalogTableStateChange {
        /// The database.
        required pub database_name: String,
        /// Partitions that were changed. Absent if none were.
        pub changed_partitions: Option<Vec<String>>,
        /// `CreatePartition`, `UpdateTable` and so on.
        pub type_of_change: String,
        /// The table.
        pub table_name: String,
    }

    /// `Glue Data Catalog Database State Change`: a database was changed.
    #[serde(rename_all = "camelCase")]
    pub struct DataCatalogDatabaseStateChange {
        /// The database.
        required pub database_name: String,
        /// `CreateTable`, `DeleteTable` and so on.
        pub type_of_change: String,
        /// Tables that were changed.
        pub changed_tables: Vec<String>,
    }
}
