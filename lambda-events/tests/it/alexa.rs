use lambda_events::alexa::{
    AlexaDirectiveEvent, AlexaHomeDirective, AlexaSkillEvent, AlexaSkillResponse, AlexaSpeech,
};
use serde_json::json;

use crate::cases::decode;

#[test]
fn an_intent_has_slots_and_what_alexa_made_of_them() {
    let event: AlexaSkillEvent = decode("alexa/skill-full.json");
    assert_eq!(
        (event.intent_name(), event.slot("Tea"), event.slot("Size")),
        (Some("OrderTeaIntent"), Some("das rauchige"), None)
    );
    assert_eq!(event.request.intent.as_ref().unwrap().slots["Tea"].resolved(), Some("Lapsang Souchong"));
    assert_eq!(event.application_id(), Some("amzn1.ask.skill.0c3e5b1a-71d4-4f0e-9b6f-2f7d5e8a9c10"));
    let ended: AlexaSkillEvent = decode("alexa/skill-ended.json");
    assert_eq!((ended.intent_name(), ended.request.reason.as_deref()), (None, Some("USER_INITIATED")));
}

#[test]
fn a_skill_tells_or_asks() {
    let told = AlexaSkillResponse::tell("bye").with_card("T", "C").with_session_attribute("n", 2);
    assert_eq!(
        serde_json::to_value(told).unwrap(),
        json!({
            "version": "1.0", "sessionAttributes": {"n": 2},
            "response": {
                "outputSpeech": {"type": "PlainText", "text": "bye"},
                "card": {"type": "Simple", "title": "T", "content": "C"},
                "shouldEndSession": true,
            },
        })
    );
    let asked = serde_json::to_value(AlexaSkillResponse::ask("what?")).unwrap();
    assert_eq!(asked["response"]["shouldEndSession"], false);
    assert_eq!(asked["response"]["reprompt"]["outputSpeech"]["text"], "what?");
    let spoken = AlexaSkillResponse::speak(AlexaSpeech::ssml("<speak/>"), true);
    assert_eq!(spoken.response.output_speech.unwrap().ssml.as_deref(), Some("<speak/>"));
}

#[test]
fn directives_of_both_versions_are_read() {
    let event: AlexaDirectiveEvent = decode("alexa/directive-full.json");
    assert_eq!(event.directive.endpoint.unwrap().endpoint_id, "kettle-2");
    let old: AlexaHomeDirective = decode("alexa/home-control.json");
    assert_eq!((old.header.name.as_str(), old.header.payload_version.as_str()), ("TurnOnRequest", "2"));
    assert!(serde_json::from_value::<AlexaDirectiveEvent>(decode("alexa/home-control.json")).is_err());
}
