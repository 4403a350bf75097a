use lambda_events::lex::{LexEvent, LexResponse, LexV2Event, LexV2Message};
use serde_json::{Value, json};

use crate::cases::decode;

/// `aws_lambda_events` read an event of version 2 as an empty one of version 1.
#[test]
fn an_event_of_the_other_version_is_refused() {
    let error = serde_json::from_value::<LexEvent>(decode("lex/v2-full.json")).unwrap_err();
    assert!(error.to_string().contains("`currentIntent`"), "{error}");
    let error = serde_json::from_value::<LexV2Event>(decode("lex/v1-full.json")).unwrap_err();
    assert!(error.to_string().contains("`sessionState`"), "{error}");
}

#[test]
fn slots_have_values_lists_and_parts() {
    let event: LexV2Event = decode("lex/v2-full.json");
    let slots = &event.interpretations[0].intent.slots;
    let teas = slots["Teas"].as_ref().unwrap().values.as_ref().unwrap();
    assert_eq!(teas.iter().filter_map(|slot| slot.text()).collect::<Vec<_>>(), ["sencha", "assam"]);
    let address = slots["Address"].as_ref().unwrap();
    assert_eq!(address.sub_slots["City"].as_ref().unwrap().text(), Some("Berlin"));
    assert!(address.sub_slots["Street"].is_none());
    let event: LexV2Event = decode("lex/v2-fulfillment.json");
    assert_eq!(event.slot("Tea"), Some("Sencha"));
    assert_eq!(event.slot("none"), None);
}

#[test]
fn an_answer_keeps_the_state_and_says_what_is_next() {
    let event: LexV2Event = decode("lex/v2-fulfillment.json");
    let answer = event
        .elicit_slot("Cups")
        .with_message(LexV2Message::text("How many cups?"))
        .with_session_attribute("asked", "1");
    let written = serde_json::to_value(&answer).unwrap();
    assert_eq!(
        written["sessionState"]["dialogAction"],
        json!({"type": "ElicitSlot", "slotToElicit": "Cups"})
    );
    assert_eq!(
        written["sessionState"]["intent"],
        decode::<Value>("lex/v2-fulfillment.json")["sessionState"]["intent"]
    );
    assert_eq!(written["sessionState"]["sessionAttributes"], json!({"asked": "1"}));
    assert_eq!(written["messages"], json!([{"contentType": "PlainText", "content": "How many cups?"}]));
    let closed = serde_json::to_value(event.close(true)).unwrap();
    assert_eq!(closed["sessionState"]["intent"]["state"], "Fulfilled");
    assert_eq!(closed["sessionState"]["dialogAction"], json!({"type": "Close"}));
    let asked = serde_json::to_value(event.elicit_intent(LexV2Message::text("What?"))).unwrap();
    assert_eq!(asked["sessionState"].get("intent"), None);
    assert_eq!(
        serde_json::to_value(event.delegate()).unwrap()["sessionState"]["dialogAction"]["type"],
        "Delegate"
    );
}

#[test]
fn version_1_is_answered_too() {
    let event: LexEvent = decode("lex/v1-numbers.json");
    assert_eq!(event.current_intent.slot("tea"), Some("assam"));
    assert_eq!(event.current_intent.slots["cups"], json!(3));
    assert_eq!(
        serde_json::to_value(LexResponse::close(&event, true, "Brewed.")).unwrap(),
        json!({
            "sessionAttributes": {},
            "dialogAction": {
                "type": "Close", "fulfillmentState": "Fulfilled",
                "message": {"contentType": "PlainText", "content": "Brewed."},
            },
        })
    );
    let asked = serde_json::to_value(LexResponse::elicit_slot(&event, "when")).unwrap();
    assert_eq!(asked["dialogAction"]["slotToElicit"], "when");
    assert_eq!(asked["dialogAction"]["slots"]["cups"], 3);
}
