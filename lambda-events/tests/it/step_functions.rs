use lambda_events::step_functions::{ContextObject, ErrorOutput, MapBatch, TaskEvent};
use serde_json::{Value, json};

use crate::cases::decode;

#[test]
fn a_token_is_found_by_each_of_its_names() {
    for name in ["TaskToken", "taskToken", "token", "Token"] {
        let event: TaskEvent = serde_json::from_value(json!({(name): "t", "input": {"a": 1}})).unwrap();
        assert_eq!((event.task_token.as_str(), &event.input), ("t", &json!({"a": 1})));
    }
    let only: TaskEvent<Option<u8>> = serde_json::from_value(json!({"TaskToken": "t"})).unwrap();
    assert_eq!(only.input, None);
    let error = serde_json::from_value::<TaskEvent>(json!({"Input": 1})).unwrap_err();
    assert!(error.to_string().contains("`TaskToken`"), "{error}");
}

#[test]
fn the_context_tells_of_execution_state_and_task() {
    let context: ContextObject = decode("step_functions/context.json");
    assert_eq!(context.state.unwrap().retry_count, 3);
    assert_eq!(context.execution.redrive_count, Some(1));
    assert!(context.task.unwrap().token.starts_with("WJLm"));
    assert_eq!(context.map.unwrap().item.unwrap().value, Some(json!({"tea": "Assam"})));
}

#[test]
fn the_cause_of_an_error_is_json_if_a_function_failed() {
    let error: ErrorOutput = decode("step_functions/error.json");
    assert_eq!(error.cause_json::<Value>().unwrap()["errorType"], "OutOfTea");
    let error: ErrorOutput = decode("step_functions/error-plain-cause.json");
    assert!(error.cause_json::<Value>().unwrap_err().is_json());
    assert!(ErrorOutput::default().cause_json::<Value>().unwrap_err().is_absent());
}

#[test]
fn items_of_a_batch_have_a_type_of_your_own() {
    #[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
    struct Item {
        tea: String,
    }
    let batch: MapBatch<Item> = decode("step_functions/batch.json");
    assert_eq!(batch.items[1].tea, "Keemun");
    assert_eq!(batch.batch_input.unwrap()["shop"], "harbour");
}
