//! AWS Control Tower: lifecycle events, by way of CloudTrail and EventBridge.
//!
//! Asynchronous: what the function returns is not read.
//!
//! ```
//! use lambda_events::controltower::{ControlTowerEvent, ServiceEventDetails};
//!
//! fn new_account(event: &ControlTowerEvent) -> Option<&str> {
//!     match &event.detail.service_event_details {
//!         ServiceEventDetails::CreateManagedAccountStatus(status) => Some(&status.account.account_id),
//!         _ => None,
//!     }
//! }
//! ```
//!
//! <https://docs.aws.amazon.com/controltower/latest/userguide/lifecycle-events.html>

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{encodings::Rfc3339Timestamp, eventbridge::EventBridgeEvent};

/// A lifecycle event: `AWS Service Event via CloudTrail`, of `aws.controltower`.
pub type ControlTowerEvent = EventBridgeEvent<ControlTowerLifecycleEvent>;

/// What happened, by its kind.
///
/// Open: what the service adds later is `Unknown`, and so is what is not as documented.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum ServiceEventDetails {
    /// An account was made.
    CreateManagedAccountStatus(ManagedAccountStatus),
    /// An account was changed.
    UpdateManagedAccountStatus(ManagedAccountStatus),
    /// A control was turned on.
    EnableGuardrailStatus(GuardrailStatus),
    /// A control was turned off.
    DisableGuardrailStatus(GuardrailStatus),
    /// A landing zone was set up.
    SetupLandingZoneStatus(LandingZoneStatus),
    /// A landing zone was changed.
    UpdateLandingZoneStatus(LandingZoneStatus),
    /// An organizational unit was registered.
    RegisterOrganizationalUnitStatus(OrganizationalUnitRegistrationStatus),
    /// An organizational unit is registered no more.
    DeregisterOrganizationalUnitStatus(OrganizationalUnitRegistrationStatus),
    /// An organizational unit was looked at before it is registered.
    PrecheckOrganizationalUnitStatus(PrecheckOrganizationalUnitStatus),
    /// A baseline was turned on.
    EnableBaselineStatus(BaselineStatus),
    /// A baseline was turned on again.
    ResetEnabledBaselineStatus(BaselineStatus),
    /// A baseline was changed.
    UpdateEnabledBaselineStatus(BaselineStatus),
    /// A baseline was turned off.
    DisableBaselineStatus(BaselineStatus),
    /// Anything else: an object with one member, named as the kind.
    #[serde(untagged)]
    Unknown(Value),
}

impl Default for ServiceEventDetails {
    fn default() -> Self {
        Self::Unknown(Value::Null)
    }
}

event! {
    /// A lifecycle event as CloudTrail has it.
    #[serde(rename_all = "camelCase")]
    pub struct ControlTowerLifecycleEvent {
        /// Version of the event: `1.05`.
        pub event_version: String,
        /// Who did it.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub user_identity: UserIdentity,
        /// When it happened.
        #[serde(default)]
        pub event_time: Rfc3339Timestamp,
        /// `controltower.amazonaws.com`.
        pub event_source: String,
        /// Kind of the event: `CreateManagedAccount`.
        pub event_name: String,
        /// Region of it: `us-east-1`.
        pub aws_region: String,
        /// `AWS Internal`.
        #[serde(rename = "sourceIPAddress")]
        pub source_ip_address: String,
        /// `AWS Internal`.
        pub user_agent: String,
        /// Id of the event, a UUID.
        #[serde(rename = "eventID")]
        pub event_id: String,
        /// Whether nothing changed: `false`.
        #[serde(default)]
        pub read_only: bool,
        /// `AwsServiceEvent`.
        pub event_type: String,
        /// What happened.
        required pub service_event_details: ServiceEventDetails,
        /// Whether it is an event of management. Absent from older events.
        pub management_event: Option<bool>,
        /// Account that CloudTrail told, 12 digits. Absent from older events.
        pub recipient_account_id: Option<String>,
        /// Absent: an event of a service has none.
        pub request_parameters: Option<Value>,
        /// Absent: an event of a service has none.
        pub response_elements: Option<Value>,
        /// `Management`. Absent from older events.
        pub event_category: Option<String>,
    }

    /// Who did something.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct UserIdentity {
        /// Account, 12 digits.
        pub account_id: String,
        /// Service that did it: `AWS Internal`. Absent from some events.
        pub invoked_by: Option<String>,
    }

    /// An organizational unit.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct OrganizationalUnit {
        /// Its name.
        pub organizational_unit_name: String,
        /// Its id: `ou-` and so on.
        pub organizational_unit_id: String,
    }

    /// An account.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct Account {
        /// Its name.
        pub account_name: String,
        /// Its id, 12 digits.
        pub account_id: String,
    }

    /// A control.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct Guardrail {
        /// Its id: `AWS-GR_RDS_INSTANCE_PUBLIC_ACCESS_CHECK`.
        pub guardrail_id: String,
        /// `DETECTIVE`, `PREVENTIVE` or `PROACTIVE`.
        pub guardrail_behavior: String,
    }

    /// An account was made or changed.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct ManagedAccountStatus {
        /// The unit that it belongs to.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub organizational_unit: OrganizationalUnit,
        /// The account.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub account: Account,
        /// `SUCCEEDED` or `FAILED`.
        pub state: String,
        /// How it went, in words.
        pub message: String,
        /// When it was asked for.
        #[serde(default)]
        pub requested_timestamp: Rfc3339Timestamp,
        /// When it was done.
        #[serde(default)]
        pub completed_timestamp: Rfc3339Timestamp,
    }

    /// A control was turned on or off.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct GuardrailStatus {
        /// The units that it is for.
        pub organizational_units: Vec<OrganizationalUnit>,
        /// The controls.
        pub guardrails: Vec<Guardrail>,
        /// `SUCCEEDED` or `FAILED`.
        pub state: String,
        /// How it went, in words.
        pub message: String,
        /// When it was asked for.
        #[serde(default)]
        pub request_timestamp: Rfc3339Timestamp,
        /// When it was done.
        #[serde(default)]
        pub completed_timestamp: Rfc3339Timestamp,
    }

    /// A landing zone was set up or changed.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct LandingZoneStatus {
        /// `SUCCEEDED` or `FAILED`.
        pub state: String,
        /// How it went, in words.
        pub message: String,
        /// Id of the root of the organization: `r-` and so on.
        pub root_organizational_id: String,
        /// The units of it.
        pub organizational_units: Vec<OrganizationalUnit>,
        /// The accounts of it.
        pub accounts: Vec<Account>,
        /// When it was asked for.
        #[serde(default)]
        pub requested_timestamp: Rfc3339Timestamp,
        /// When it was done.
        #[serde(default)]
        pub completed_timestamp: Rfc3339Timestamp,
    }

    /// An organizational unit was registered, or is registered no more.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct OrganizationalUnitRegistrationStatus {
        /// `SUCCEEDED` or `FAILED`.
        pub state: String,
        /// How it went, in words.
        pub message: String,
        /// The unit.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub organizational_unit: OrganizationalUnit,
        /// When it was asked for.
        #[serde(default)]
        pub requested_timestamp: Rfc3339Timestamp,
        /// When it was done.
        #[serde(default)]
        pub completed_timestamp: Rfc3339Timestamp,
    }

    /// An organizational unit, and what speaks against it.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct PrecheckOrganizationalUnit {
        /// Its name.
        pub organizational_unit_name: String,
        /// Its id: `ou-` and so on.
        pub organizational_unit_id: String,
        /// What speaks against it: `SCP_CONFLICT`. Absent or empty if nothing does.
        pub failed_prechecks: Option<Vec<String>>,
    }

    /// An account, and what speaks against it.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct PrecheckAccount {
        /// Its name.
        pub account_name: String,
        /// Its id, 12 digits.
        pub account_id: String,
        /// What speaks against it: `FAILED_TO_ASSUME_ROLE`. Absent or empty if nothing does.
        pub failed_prechecks: Option<Vec<String>>,
    }

    /// An organizational unit was looked at before it is registered.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct PrecheckOrganizationalUnitStatus {
        /// The unit.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub organizational_unit: PrecheckOrganizationalUnit,
        /// The accounts of it that something speaks against.
        pub accounts: Vec<PrecheckAccount>,
        /// `SUCCEEDED` or `FAILED`.
        pub state: String,
        /// How it went, in words.
        pub message: String,
        /// When it was asked for.
        #[serde(default)]
        pub requested_timestamp: Rfc3339Timestamp,
        /// When it was done.
        #[serde(default)]
        pub completed_timestamp: Rfc3339Timestamp,
    }

    /// How an operation on a baseline went.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct BaselineStatusSummary {
        /// Id of the operation, a UUID.
        pub last_operation_identifier: String,
        /// `SUCCEEDED`, `FAILED` or `UNDER_CHANGE`.
        pub status: String,
    }

    /// Value of a parameter.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct BaselineParameterValue {
        /// The value.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub untyped: BaselineUntypedValue,
    }

    /// A value without a type.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct BaselineUntypedValue {
        /// The value, as text.
        pub object: String,
    }

    /// A parameter of a baseline.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct BaselineParameter {
        /// Its name.
        pub key: String,
        /// Its value.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub value: BaselineParameterValue,
    }

    /// A baseline that is turned on.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct EnabledBaselineDetails {
        /// ARN of this.
        pub arn: String,
        /// ARN of what it comes from. Absent if it was turned on itself.
        pub parent_identifier: Option<String>,
        /// ARN of the unit or account that it is for.
        pub target_identifier: String,
        /// ARN of the baseline.
        pub baseline_identifier: String,
        /// Version of the baseline: `4.0`.
        pub baseline_version: String,
        /// How the last operation on it went.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub status_summary: BaselineStatusSummary,
        /// Parameters of it. Absent or empty if there are none.
        pub parameters: Option<Vec<BaselineParameter>>,
    }

    /// A baseline was turned on or off, or changed.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct BaselineStatus {
        /// The baseline as it is.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub enabled_baseline_details: EnabledBaselineDetails,
        /// The baseline as it was. Only where it was turned off.
        pub baseline_details: Option<EnabledBaselineDetails>,
        /// When it was asked for.
        #[serde(default)]
        pub requested_timestamp: Rfc3339Timestamp,
        /// When it was done.
        #[serde(default)]
        pub completed_timestamp: Rfc3339Timestamp,
    }
}
