use lambda_events::lex::{LexEvent, LexResponse, LexV2Event, LexV2Message};
use serde_json::{Value, json};

use crate::cases::decode;

/// `aws_lambda_events` read an event of version 2 as an empty one of version 1.
#[test]
fn an_event_of_the_other_version_is_refused() {
    let error = serde_json::from_value::<LexEvent>(decode("lex/v2-full.json")).unwrap_err();
    assert!(error.to_string().contains("`currentIntent`"), "{error}");
    let error = serde_json::from_value::<LexV2Event>(decode("lex/go-event.json")).unwrap_err();
    assert!(error.to_string().contains("`sessionState`"), "{error}");
}

#[test]
fn slots_have_values_lists_and_parts() {
    let event: LexV2Event = decode("lex/v2-full.json");
    let slots = &event.interpretations[0].intent.slots;
    let toppings = slots["Toppings"].as_ref().unwrap().values.as_ref().unwrap();
    assert_eq!(toppings.iter().filter_map(|slot| slot.text()).collect::<Vec<_>>(), ["pepperoni", "olives"]);
    let address = slots["Address"].as_ref().unwrap();
    assert_eq!(address.sub_slots["City"].as_ref().unwrap().text(), Some("Rome"));
    assert!(address.sub_slots["Street"].is_none());
    let event: LexV2Event = decode("lex/sam-v2-banking-bot.json");
    assert_eq!(event.slot("accountType"), Some("Savings"));
    assert_eq!(event.slot("none"), None);
}

#[test]
fn an_answer_keeps_the_state_and_says_what_is_next() {
    let event: LexV2Event = decode("lex/sam-v2-book-hotel.json");
    let answer = event
        .elicit_slot("Nights")
        .with_message(LexV2Message::text("How many nights?"))
        .with_session_attribute("asked", "1");
    let written = serde_json::to_value(&answer).unwrap();
    assert_eq!(
        written["sessionState"]["dialogAction"],
        json!({"type": "ElicitSlot", "slotToElicit": "Nights"})
    );
    assert_eq!(
        written["sessionState"]["intent"],
        decode::<Value>("lex/sam-v2-book-hotel.json")["sessionState"]["intent"]
    );
    assert_eq!(written["sessionState"]["sessionAttributes"], json!({"asked": "1"}));
    assert_eq!(written["messages"], json!([{"contentType": "PlainText", "content": "How many nights?"}]));
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
    let event: LexEvent = decode("lex/sam-v1-book-car.json");
    assert_eq!(event.current_intent.slot("PickUpCity"), Some("Chicago"));
    assert_eq!(event.current_intent.slots["DriverAge"], json!(21));
    assert_eq!(
        serde_json::to_value(LexResponse::close(&event, true, "Booked.")).unwrap(),
        json!({
            "sessionAttributes": {},
            "dialogAction": {
                "type": "Close", "fulfillmentState": "Fulfilled",
                "message": {"contentType": "PlainText", "content": "Booked."},
            },
        })
    );
    let asked = serde_json::to_value(LexResponse::elicit_slot(&event, "CarType")).unwrap();
    assert_eq!(asked["dialogAction"]["slotToElicit"], "CarType");
    assert_eq!(asked["dialogAction"]["slots"]["DriverAge"], 21);
}
