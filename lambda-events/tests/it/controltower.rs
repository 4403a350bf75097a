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
    assert_eq!(status.account.account_id, "444455556666");
    assert_eq!(status.completed_timestamp.as_millis().unwrap(), 1_770_107_233_000);
    let ServiceEventDetails::PrecheckOrganizationalUnitStatus(status) =
        details("controltower/precheck-organizational-unit.json")
    else {
        panic!("another kind")
    };
    assert_eq!(
        status.accounts[0].failed_prechecks.as_deref().unwrap(),
        ["STS_ENABLED", "NO_EXISTING_CONFIG"]
    );
    let ServiceEventDetails::DisableBaselineStatus(status) = details("controltower/disable-baseline.json")
    else {
        panic!("another kind")
    };
    let parameters = status.enabled_baseline_details.parameters.unwrap();
    let identity_center = "arn:aws:controltower:eu-west-3:111122223333:enabledbaseline/X9Q2VUT46X4F8AFE6";
    assert_eq!(parameters[0].value.untyped.object, identity_center);
    assert_eq!(status.baseline_details.unwrap().baseline_version, "5.0");
}

#[test]
fn a_kind_of_the_future_is_kept() {
    let event: ControlTowerEvent = decode("controltower/something-new.json");
    assert_eq!(
        event.detail.service_event_details,
        ServiceEventDetails::Unknown(json!({"somethingNewStatus": {"what": 1}}))
    );
}
