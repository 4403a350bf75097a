use lambda_events::bedrock_agent_runtime::{AgentAction, AgentEvent};
use serde_json::{Value, json};

use crate::cases::decode;

/// `aws_lambda_events` refused functions.
#[test]
fn operations_and_functions_are_told_apart() {
    let api: AgentEvent = decode("bedrock_agent_runtime/api.json");
    assert_eq!(api.action(), AgentAction::Api { path: "/shops/{shop}/orders", method: "POST" });
    assert_eq!(
        (api.parameter("shop"), api.property("count"), api.parameter("x")),
        (Some("7"), Some("2"), None)
    );
    let function: AgentEvent = decode("bedrock_agent_runtime/function.json");
    assert_eq!(function.action(), AgentAction::Function("delivery"));
}

#[test]
fn arguments_are_of_the_types_of_the_schema() {
    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Order {
        shop: String,
        count: u32,
        weight: f64,
        gift: bool,
        teas: Vec<String>,
    }
    let event: AgentEvent = decode("bedrock_agent_runtime/api.json");
    let order: Order = event.arguments().unwrap();
    assert_eq!(
        order,
        Order { shop: "7".into(), count: 2, weight: 0.25, gift: true, teas: vec!["sencha".into()] }
    );
    assert!(
        decode::<AgentEvent>("bedrock_agent_runtime/function.json")
            .arguments::<Order>()
            .unwrap_err()
            .is_json()
    );
}

#[test]
fn the_answer_has_the_form_of_what_was_asked() {
    let api: AgentEvent = decode("bedrock_agent_runtime/api.json");
    assert_eq!(
        serde_json::to_value(
            api.respond_json(&json!({"ok": true})).unwrap().with_session_attribute("a", "c")
        )
        .unwrap(),
        json!({
            "messageVersion": "1.0",
            "response": {
                "actionGroup": "orders", "apiPath": "/shops/{shop}/orders", "httpMethod": "POST", "httpStatusCode": 200,
                "responseBody": {"application/json": {"body": "{\"ok\":true}"}},
            },
            "sessionAttributes": {"a": "c"},
        })
    );
    assert_eq!(serde_json::to_value(api.fail("broken")).unwrap()["response"]["httpStatusCode"], 500);
    let function: AgentEvent = decode("bedrock_agent_runtime/function.json");
    let reprompt = serde_json::to_value(function.reprompt("which warehouse?")).unwrap();
    assert_eq!(reprompt, decode::<Value>("bedrock_agent_runtime/function-response.json"));
    let answer = serde_json::to_value(function.respond("on Tuesday")).unwrap();
    assert_eq!(
        answer["response"]["functionResponse"],
        json!({"responseBody": {"TEXT": {"body": "on Tuesday"}}})
    );
}
