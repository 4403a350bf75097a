//! What people read when their handler is not one. `TRYBUILD=overwrite cargo test --test ui` stores new messages.

#[test]
fn a_wrong_handler_gets_a_message_that_says_what_is_wrong() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
