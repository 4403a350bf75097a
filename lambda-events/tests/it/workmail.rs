use lambda_events::workmail::*;
use serde_json::json;

use crate::cases::decode;

#[test]
fn the_way_of_an_email_and_its_addresses_are_typed() {
    let event: WorkMailEvent = decode("workmail/full.json");
    assert_eq!(event.flow_direction, WorkMailFlowDirection::Inbound);
    assert_eq!(event.envelope.recipients[1].address, "nora@example.com");
    let event: WorkMailEvent = decode("workmail/outbound-truncated.json");
    assert!(event.truncated && event.sender.is_none());
}

#[test]
fn actions_for_some_come_before_those_for_all() {
    let response = WorkMailResponse::deliver()
        .with_action_for(["emil@example.com"], WorkMailAction::bounce("Emil has left the shop."));
    assert_eq!(response, decode("workmail/response-some.json"));
    assert_eq!(
        serde_json::to_value(WorkMailResponse::drop()).unwrap(),
        json!({"actions": [{"allRecipients": true, "action": {"type": "DROP"}}]})
    );
}
