//! AWS Systems Manager: automations, commands, compliance, maintenance windows, parameters and associations.
//!
//! <https://docs.aws.amazon.com/systems-manager/latest/userguide/reference-eventbridge-events.html>

use serde_json::Value;

use crate::encodings::Map;

event! {
    /// `EC2 Automation Step Status-change Notification`: a step of an automation has another status.
    #[serde(rename_all = "PascalCase")]
    pub struct EC2AutomationStepStatusChange {
        /// Id of the automation: a UUID.
        required pub execution_id: String,
        /// The document.
        pub definition: String,
        /// Version of the document.
        #[serde(default)]
        pub definition_version: f64,
        /// The status that it has now.
        pub status: String,
        /// When it ended. Absent before.
        pub end_time: Option<String>,
        /// When it started, as the service writes it.
        pub start_time: String,
        /// How long it took, in seconds.
        #[serde(default)]
        pub time: f64,
        /// The step.
        pub step_name: String,
        /// What it does: `aws:runCommand`.
        pub action: String,
    }

    /// `EC2 Automation Execution Status-change Notification`: an automation has another status.
    #[serde(rename_all = "PascalCase")]
    pub struct EC2AutomationExecutionStatusChange {
        /// Id of the automation: a UUID.
        required pub execution_id: String,
        /// The document.
        pub definition: String,
        /// Version of the document.
        #[serde(default)]
        pub definition_version: f64,
        /// The status that it has now.
        pub status: String,
        /// When it started, as the service writes it.
        pub start_time: String,
        /// When it ended. Absent before.
        pub end_time: Option<String>,
        /// How long it took, in seconds.
        #[serde(default)]
        pub time: f64,
        /// ARN of who started it.
        pub executed_by: String,
    }

    /// `Calendar State Change`: a change calendar opens or closes.
    #[serde(rename_all = "camelCase")]
    pub struct StateChange {
        /// `OPEN` or `CLOSED`.
        required pub state: String,
        /// When it did, RFC 3339.
        pub at_time: String,
        /// When it will do the opposite, RFC 3339. Absent if that is not known.
        pub next_transition_time: Option<String>,
    }

    /// `Configuration Compliance State Change`: something is as it should be, or no longer is.
    #[serde(rename_all = "kebab-case")]
    pub struct ConfigurationComplianceStateChange {
        /// When it was last looked at. Absent in some events.
        pub last_runtime: Option<String>,
        /// `compliant` or `non_compliant`.
        required pub compliance_status: String,
        /// `managed-instance`.
        pub resource_type: String,
        /// Id of the instance.
        pub resource_id: String,
        /// `Patch`, `Association` and so on.
        pub compliance_type: String,
        /// The baseline. Absent unless it is about patches.
        pub patch_baseline_id: Option<String>,
        /// How serious it is. Absent in some events.
        pub severity: Option<String>,
    }

    /// `Maintenance Window Target Registration Notification`: a target was added or removed.
    #[serde(rename_all = "kebab-case")]
    pub struct MaintenanceWindowTargetRegistration {
        /// Id of the target: a UUID.
        required pub window_target_id: String,
        /// Id of the maintenance window: `mw-` and so on.
        pub window_id: String,
        /// `REGISTERED` or `DEREGISTERED`.
        pub status: String,
    }

    /// `Maintenance Window Execution State-change Notification`: a window is in another state.
    #[serde(rename_all = "kebab-case")]
    pub struct MaintenanceWindowExecutionStateChange {
        /// When it started, as the service writes it.
        pub start_time: String,
        /// When it ended. Absent before.
        pub end_time: Option<String>,
        /// Id of the maintenance window: `mw-` and so on.
        required pub window_id: String,
        /// Id of the execution of the window.
        pub window_execution_id: String,
        /// The status that it has now.
        pub status: String,
    }

    /// `Maintenance Window Task Execution State-change Notification`: a task is in another state.
    #[serde(rename_all = "kebab-case")]
    pub struct MaintenanceWindowTaskExecutionStateChange {
        /// When it started, as the service writes it.
        pub start_time: String,
        /// Id of the execution of the task.
        required pub task_execution_id: String,
        /// When it ended. Absent before.
        pub end_time: Option<String>,
        /// Id of the maintenance window: `mw-` and so on.
        pub window_id: String,
        /// Id of the execution of the window.
        pub window_execution_id: String,
        /// The status that it has now.
        pub status: String,
    }

    /// `Maintenance Window Task Target Invocation State-change Notification`: a task on a target is in another
    /// state.
    #[serde(rename_all = "kebab-case")]
    pub struct MaintenanceWindowTaskTargetInvocationStateChange {
        /// When it started, as the service writes it.
        pub start_time: String,
        /// When it ended. Absent before.
        pub end_time: Option<String>,
        /// Id of the maintenance window: `mw-` and so on.
        pub window_id: String,
        /// Id of the execution of the window.
        pub window_execution_id: String,
        /// Id of the execution of the task.
        required pub task_execution_id: String,
        /// Id of the target: a UUID.
        pub window_target_id: String,
        /// The status that it has now.
        pub status: String,
        /// What the target's owner wrote. Absent if that is nothing.
        pub owner_information: Option<String>,
    }

    /// `Maintenance Window State-change Notification`: a window was switched on or off.
    #[serde(rename_all = "kebab-case")]
    pub struct MaintenanceWindowStateChange {
        /// Id of the maintenance window: `mw-` and so on.
        required pub window_id: String,
        /// `ENABLED` or `DISABLED`.
        pub status: String,
    }

    /// `Parameter Store Change`: a parameter was changed.
    #[serde(rename_all = "camelCase")]
    pub struct ParameterStoreStateChange {
        /// `Create`, `Update`, `Delete` or `LabelParameterVersion`.
        required pub operation: String,
        /// Its name.
        pub name: String,
        /// `String`, `StringList` or `SecureString`.
        #[serde(rename = "type")]
        pub type_: String,
        /// What its owner wrote about it. Absent if that is nothing.
        pub description: Option<String>,
    }

    /// `EC2 Command Status-change Notification`: a command has another status.
    #[serde(rename_all = "kebab-case")]
    pub struct EC2CommandStatusChange {
        /// Id of the command: a UUID.
        required pub command_id: String,
        /// The document of Systems Manager.
        pub document_name: String,
        /// When it is given up, RFC 3339.
        pub expire_after: String,
        /// Parameters of the document, by name.
        pub parameters: Map<Value>,
        /// When it was asked for, as the service writes it.
        pub requested_date_time: String,
        /// The status that it has now.
        pub status: String,
    }

    /// `EC2 Command Invocation Status-change Notification`: a command on an instance has another status.
    #[serde(rename_all = "kebab-case")]
    pub struct EC2CommandInvocationStatusChange {
        /// Id of the command: a UUID.
        required pub command_id: String,
        /// The document of Systems Manager.
        pub document_name: String,
        /// Id of the instance: `i-` and so on.
        pub instance_id: String,
        /// When it was asked for, as the service writes it.
        pub requested_date_time: String,
        /// The status that it has now.
        pub status: String,
    }

    /// `EC2 State Manager Association State Change`: an association is in another state.
    #[serde(rename_all = "kebab-case")]
    pub struct EC2StateManagerAssociationStateChange {
        /// Id of the association: a UUID.
        required pub association_id: String,
        /// The document of Systems Manager.
        pub document_name: String,
        /// Version of the association.
        pub association_version: String,
        /// Version of the document.
        pub document_version: String,
        /// What it is for, as text.
        pub targets: String,
        /// When it was made, as the service writes it.
        pub creation_date: String,
        /// When it last worked.
        pub last_successful_execution_date: String,
        /// When it was last tried.
        pub last_execution_date: String,
        /// When it was last changed.
        pub last_updated_date: String,
        /// The status that it has now.
        pub status: String,
        /// How many instances have each status: JSON in a string.
        pub association_status_aggregated_count: String,
        /// When it happens: `cron(0 */30 * * * ? *)`.
        pub schedule_expression: String,
        /// Version of this structure.
        pub association_cwe_version: String,
    }

    /// `EC2 State Manager Instance Association State Change`: an association on an instance is in another
    /// state.
    #[serde(rename_all = "kebab-case")]
    pub struct EC2StateManagerInstanceAssociationStateChange {
        /// Id of the association: a UUID.
        required pub association_id: String,
        /// Id of the instance: `i-` and so on.
        pub instance_id: String,
        /// The document of Systems Manager.
        pub document_name: String,
        /// Version of the document.
        pub document_version: String,
        /// What it is for, as text.
        pub targets: String,
        /// When it was made, as the service writes it.
        pub creation_date: String,
        /// When it last worked.
        pub last_successful_execution_date: String,
        /// When it was last tried.
        pub last_execution_date: String,
        /// The status that it has now.
        pub status: String,
        /// The status, in more words.
        pub detailed_status: String,
        /// What went wrong. Empty if nothing did.
        pub error_code: String,
        /// How it ended, in a sentence.
        pub execution_summary: String,
        /// Where its output is.
        pub output_url: String,
        /// Version of this structure.
        pub instance_association_cwe_version: String,
    }
}
