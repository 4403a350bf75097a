//! AWS Secrets Manager: rotation of a secret.
//!
//! Invoked asynchronously, four times per rotation: once for each [step](SecretRotationStep). An error has Secrets Manager try
//! the rotation again; what the function returns is not read.
//!
//! ```
//! use lambda_events::{Error, secretsmanager::{SecretRotationStep, SecretsManagerSecretRotationEvent}};
//!
//! async fn handle(event: SecretsManagerSecretRotationEvent) -> Result<(), Error> {
//!     match event.step {
//!         SecretRotationStep::CreateSecret => println!("new version {}", event.client_request_token),
//!         SecretRotationStep::SetSecret | SecretRotationStep::TestSecret | SecretRotationStep::FinishSecret => {}
//!         SecretRotationStep::Unknown(step) => return Err(format!("no such step: {step}").into()),
//!     }
//!     Ok(())
//! }
//! ```
//!
//! <https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html>

open_enum! {
    /// Steps of a rotation, in their order.
    pub enum SecretRotationStep {
        /// Make a new version of the secret, labelled `AWSPENDING`.
        CreateSecret = "createSecret",
        /// Have the service that it is for accept it.
        SetSecret = "setSecret",
        /// Try it.
        TestSecret = "testSecret",
        /// Label it `AWSCURRENT`.
        FinishSecret = "finishSecret",
    }
}

secret_event! {
    /// A step of a rotation.
    #[derive(Eq)]
    #[serde(rename_all = "PascalCase")]
    pub struct SecretsManagerSecretRotationEvent {
        /// Which step.
        required pub step: SecretRotationStep,
        /// ARN of the secret.
        required pub secret_id: String,
        /// Id of the new version of the secret, a UUID.
        pub client_request_token: String,
        /// What calls of Secrets Manager have to carry that change the secret, if the rotation is by another account's role. Absent
        /// from older events.
        pub rotation_token: Option<String>,
    }
    secrets: rotation_token
}
