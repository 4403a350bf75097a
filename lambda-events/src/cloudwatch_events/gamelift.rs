//! Amazon GameLift FlexMatch: players that wait for a match.
//!
//! <https://docs.aws.amazon.com/gamelift/latest/flexmatchguide/match-events.html>

use serde_json::Value;

event! {
    /// `MatchmakingSearching`: tickets came, and others are looked for.
    #[serde(rename_all = "camelCase")]
    pub struct MatchmakingSearching {
        /// The tickets of the players.
        required pub tickets: Vec<Ticket>,
        /// How long it may take, in milliseconds: a number in decimal, or `NOT_AVAILABLE`.
        #[serde(default)]
        pub estimated_wait_millis: Value,
        /// What it is: the name of this struct.
        #[serde(rename = "type")]
        pub type_: String,
        /// The session, as far as there is one. Absent in some events.
        pub game_session_info: Option<GameSessionInfo>,
        /// What the configuration gives to events. Absent if that is nothing.
        pub custom_event_data: Option<String>,
    }

    /// `PotentialMatchCreated`: there may be a match.
    #[serde(rename_all = "camelCase")]
    pub struct PotentialMatchCreated {
        /// The tickets of the players.
        required pub tickets: Vec<Ticket>,
        /// Seconds that players have to accept it. Absent if they need not.
        pub acceptance_timeout: Option<i64>,
        /// How often each rule held.
        pub rule_evaluation_metrics: Vec<RuleEvaluationMetric>,
        /// Whether players have to accept it.
        #[serde(default)]
        pub acceptance_required: bool,
        /// What it is: the name of this struct.
        #[serde(rename = "type")]
        pub type_: String,
        /// The session, as far as there is one. Absent in some events.
        pub game_session_info: Option<GameSessionInfo>,
        /// Id of the match.
        pub match_id: String,
        /// What the configuration gives to events. Absent if that is nothing.
        pub custom_event_data: Option<String>,
    }

    /// `AcceptMatch`: a player accepts a match, or does not.
    #[serde(rename_all = "camelCase")]
    pub struct AcceptMatch {
        /// The tickets of the players.
        required pub tickets: Vec<Ticket>,
        /// What it is: the name of this struct.
        #[serde(rename = "type")]
        pub type_: String,
        /// The session, as far as there is one. Absent in some events.
        pub game_session_info: Option<GameSessionInfo>,
        /// Id of the match.
        pub match_id: String,
        /// What the configuration gives to events. Absent if that is nothing.
        pub custom_event_data: Option<String>,
    }

    /// `AcceptMatchCompleted`: all have accepted a match, or not.
    #[serde(rename_all = "camelCase")]
    pub struct AcceptMatchCompleted {
        /// The tickets of the players.
        required pub tickets: Vec<Ticket>,
        /// `Accepted`, `Rejected` or `TimedOut`.
        pub acceptance: String,
        /// What it is: the name of this struct.
        #[serde(rename = "type")]
        pub type_: String,
        /// The session, as far as there is one. Absent in some events.
        pub game_session_info: Option<GameSessionInfo>,
        /// Id of the match.
        pub match_id: String,
        /// What the configuration gives to events. Absent if that is nothing.
        pub custom_event_data: Option<String>,
    }

    /// `MatchmakingSucceeded`: there is a match, and a session for it.
    #[serde(rename_all = "camelCase")]
    pub struct MatchmakingSucceeded {
        /// The tickets of the players.
        required pub tickets: Vec<Ticket>,
        /// What it is: the name of this struct.
        #[serde(rename = "type")]
        pub type_: String,
        /// The session, as far as there is one. Absent in some events.
        pub game_session_info: Option<GameSessionInfo>,
        /// Id of the match.
        pub match_id: String,
        /// What the configuration gives to events. Absent if that is nothing.
        pub custom_event_data: Option<String>,
    }

    /// `MatchmakingTimedOut`: there was no match in time.
    #[serde(rename_all = "camelCase")]
    pub struct MatchmakingTimedOut {
        /// Why: `TimedOut`.
        pub reason: String,
        /// The tickets of the players.
        required pub tickets: Vec<Ticket>,
        /// How often each rule held.
        pub rule_evaluation_metrics: Vec<RuleEvaluationMetric>,
        /// What it is: the name of this struct.
        #[serde(rename = "type")]
        pub type_: String,
        /// What happened, in a sentence.
        pub message: String,
        /// The session, as far as there is one. Absent in some events.
        pub game_session_info: Option<GameSessionInfo>,
        /// What the configuration gives to events. Absent if that is nothing.
        pub custom_event_data: Option<String>,
    }

    /// `MatchmakingCancelled`: a ticket was taken back.
    #[serde(rename_all = "camelCase")]
    pub struct MatchmakingCancelled {
        /// Why: `Cancelled`.
        pub reason: String,
        /// The tickets of the players.
        required pub tickets: Vec<Ticket>,
        /// How often each rule held.
        pub rule_evaluation_metrics: Vec<RuleEvaluationMetric>,
        /// What it is: the name of this struct.
        #[serde(rename = "type")]
        pub type_: String,
        /// What happened, in a sentence.
        pub message: String,
        /// The session, as far as there is one. Absent in some events.
        pub game_session_info: Option<GameSessionInfo>,
        /// What the configuration gives to events. Absent if that is nothing.
        pub custom_event_data: Option<String>,
    }

    /// `MatchmakingFailed`: something went wrong.
    #[serde(rename_all = "camelCase")]
    pub struct MatchmakingFailed {
        /// The tickets of the players.
        required pub tickets: Vec<Ticket>,
        /// What the configuration gives to events. Absent if that is nothing.
        pub custom_event_data: Option<String>,
        /// What it is: the name of this struct.
        #[serde(rename = "type")]
        pub type_: String,
        /// Why: `UNEXPECTED_ERROR`.
        pub reason: String,
        /// What happened, in a sentence.
        pub message: String,
        /// The session, as far as there is one. Absent in some events.
        pub game_session_info: Option<GameSessionInfo>,
        /// Id of the match. Absent if there is none.
        pub match_id: Option<String>,
    }

    /// Players that want to be in one match.
    #[serde(rename_all = "camelCase")]
    pub struct Ticket {
        /// Id of the ticket.
        pub ticket_id: String,
        /// When it came, RFC 3339.
        pub start_time: String,
        /// The players.
        pub players: Vec<Player>,
    }

    /// A player.
    #[serde(rename_all = "camelCase")]
    pub struct Player {
        /// Id of the player.
        pub player_id: String,
        /// The team. Absent before there is one.
        pub team: Option<String>,
        /// Whether the match was accepted. Absent if nobody asked.
        pub accepted: Option<bool>,
        /// Id of the player in the session. Absent before there is one.
        pub player_session_id: Option<String>,
    }

    /// The session of a match.
    #[serde(rename_all = "camelCase")]
    pub struct GameSessionInfo {
        /// The players.
        pub players: Vec<Player>,
        /// ARN of the session. Absent before there is one.
        pub game_session_arn: Option<String>,
        /// Its address. Absent before there is one.
        pub ip_address: Option<String>,
        /// Its port. Absent before there is one.
        pub port: Option<u32>,
    }

    /// How often a rule held.
    #[serde(rename_all = "camelCase")]
    pub struct RuleEvaluationMetric {
        /// The rule.
        pub rule_name: String,
        /// How often it held.
        #[serde(default)]
        pub passed_count: i64,
        /// How often it did not.
        #[serde(default)]
        pub failed_count: i64,
    }
}
