use lambda_events::controltower::{ControlTowerEvent, ServiceEventDetails};
use serde_json::json;

use crate::cases::decode;

#[test]
fn what_happened_is_typed_by_its_kind() {
    let details = |fixture: &str| decode::<ControlTowerEvent>(fixture).detail.service_event_details;
    let ServiceEventDetails::CreateManagedAccountStatus(status) =
        details("controltower/create-managed-account.json")
    else {
        panic!("another kind")
    };
    assert_eq!(status.account.account_id, "210987654321");
    assert_eq!(status.completed_timestamp.as_millis().unwrap(), 1_772_359_200_000);
    let ServiceEventDetails::PrecheckOrganizationalUnitStatus(status) =
        details("controltower/precheck-organizational-unit.json")
    else {
        panic!("another kind")
    };
    assert_eq!(status.accounts[0].failed_prechecks.as_deref().unwrap(), ["FAILED_TO_ASSUME_ROLE"]);
    let ServiceEventDetails::DisableBaselineStatus(status) = details("controltower/disable-baseline.json")
    else {
        panic!("another kind")
    };
    let parameters = status.enabled_baseline_details.parameters.unwrap();
    assert_eq!(parameters[0].value.untyped.object, "arn:x");
    assert_eq!(status.baseline_details.unwrap().baseline_version, "4.0");
}

#[test]
fn a_kind_of_the_future_is_kept() {
    let event: ControlTowerEvent = decode("controltower/something-new.json");
    assert_eq!(
        event.detail.service_event_details,
        ServiceEventDetails::Unknown(json!({"somethingNewStatus": {"what": 1}}))
    );
}
