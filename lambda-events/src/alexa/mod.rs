//! Alexa: skills and smart homes. Synchronous.
//!
//! ```
//! use lambda_events::{Error, alexa::{AlexaSkillEvent, AlexaSkillResponse}};
//!
//! async fn handle(event: AlexaSkillEvent) -> Result<AlexaSkillResponse, Error> {
//!     Ok(match event.intent_name() {
//!         Some("RecipeIntent") => {
//!             let item = event.slot("Item").unwrap_or("nothing");
//!             AlexaSkillResponse::tell(format!("How to make {item}: mix it."))
//!         }
//!         _ => AlexaSkillResponse::ask("What would you like to make?"),
//!     })
//! }
//! ```
//!
//! A skill of your own gets [`AlexaSkillEvent`]; a smart home skill gets [`AlexaDirectiveEvent`], or, of the old version 2,
//! [`AlexaHomeDirective`].
//!
//! <https://developer.amazon.com/en-US/docs/alexa/custom-skills/request-and-response-json-reference.html>,
//! <https://developer.amazon.com/en-US/docs/alexa/smarthome/smart-home-skill-api-message-reference.html>

mod answer;
mod home;
mod skill;

pub use self::{
    answer::{AlexaCard, AlexaReprompt, AlexaResponse, AlexaSkillResponse, AlexaSpeech},
    home::{
        AlexaDirective, AlexaDirectiveEvent, AlexaEndpoint, AlexaEventResponse, AlexaHeader,
        AlexaHomeDirective,
    },
    skill::{
        AlexaApplication, AlexaAudioPlayer, AlexaContext, AlexaDevice, AlexaEntity, AlexaError, AlexaIntent,
        AlexaRequest, AlexaResolution, AlexaResolutionStatus, AlexaResolutionValue, AlexaResolutions,
        AlexaSession, AlexaSkillEvent, AlexaSlot, AlexaSystem, AlexaUser,
    },
};
