use lambda_events::clientvpn::*;
use serde_json::json;

use crate::cases::decode;

#[test]
fn the_answer_is_of_the_schema_of_the_request() {
    let request: ClientVpnConnectionHandlerRequest = decode("clientvpn/request-v1-minimal.json");
    let response = ClientVpnConnectionHandlerResponse::deny(&request, "no");
    assert_eq!(
        serde_json::to_value(response.with_posture_compliance_statuses(["old"])).unwrap(),
        json!({
            "allow": false,
            "error-msg-on-failed-posture-compliance": "no",
            "posture-compliance-statuses": ["old"],
            "schema-version": "v1",
        })
    );
    let request: ClientVpnConnectionHandlerRequest = decode("clientvpn/request-v3-full.json");
    assert_eq!(request.groups.as_deref(), Some("warehouse,buyers"));
    assert_eq!(
        ClientVpnConnectionHandlerResponse::allow(&request),
        decode("clientvpn/response-v3-minimal.json")
    );
}
