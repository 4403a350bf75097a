//! What the function sees of itself.

use lambda_emulator::Emulator;

#[tokio::test]
async fn the_reserved_variables_are_all_there() {
    let builder = Emulator::builder().function_name("orders").memory_mb(512).region("eu-west-1");
    let emulator = builder.start().await.unwrap();
    let environment = emulator.environment();
    let value = |name: &str| {
        let found = environment.iter().find(|(known, _)| known == name);
        found.unwrap_or_else(|| panic!("{name} is missing")).1.clone()
    };
    assert_eq!(value("AWS_LAMBDA_RUNTIME_API"), emulator.runtime_api());
    assert_eq!(value("AWS_LAMBDA_FUNCTION_NAME"), "orders");
    assert_eq!(value("AWS_LAMBDA_FUNCTION_VERSION"), "$LATEST");
    assert_eq!(value("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"), "512");
    assert_eq!((value("AWS_REGION"), value("AWS_DEFAULT_REGION")), ("eu-west-1".into(), "eu-west-1".into()));
    assert_eq!(value("AWS_LAMBDA_INITIALIZATION_TYPE"), "on-demand");
    assert_eq!(value("AWS_LAMBDA_LOG_GROUP_NAME"), "/aws/lambda/orders");
    for name in ["AWS_LAMBDA_LOG_STREAM_NAME", "_HANDLER", "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR"] {
        assert!(!value(name).is_empty());
    }
}
