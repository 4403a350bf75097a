use lambda_events::clientvpn::*;
use serde_json::json;

use crate::cases::decode;

#[test]
fn the_answer_is_of_the_schema_of_the_request() {
    let request: ClientVpnConnectionHandlerRequest = decode("clientvpn/go-request.json");
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
    let request: ClientVpnConnectionHandlerRequest = decode("clientvpn/v3.json");
    assert_eq!(request.groups.as_deref(), Some("a,b"));
    assert_eq!(ClientVpnConnectionHandlerResponse::allow(&request), decode("clientvpn/response-v3.json"));
}
