use super::*;

fn records(recorder: &mut Recorder, milestones: &[Milestone]) -> Vec<Value> {
    records_of(recorder, milestones, &Settings::default())
}

fn records_of(recorder: &mut Recorder, milestones: &[Milestone], settings: &Settings) -> Vec<Value> {
    let records = milestones.iter().flat_map(|milestone| recorder.records(milestone, settings, Some(31)));
    let encoded = records.map(|record| record.encoded(crate::telemetry::subscription::Schema::V20220701));
    encoded.map(|record| serde_json::from_slice(&record).unwrap()).collect()
}

fn types(records: &[Value]) -> Vec<&str> {
    records.iter().map(|record| record["type"].as_str().unwrap().trim_start_matches("platform.")).collect()
}

fn started(id: &str, trace_id: Option<&str>) -> Milestone {
    Milestone::Started { request_id: id.to_owned(), tenant_id: None, trace_id: trace_id.map(str::to_owned) }
}

const INIT: Milestone = Milestone::InitStarted(InitPhase::Init);

#[test]
fn case_96_a_cold_invocation_is_told_in_the_documented_order() {
    let mut recorder = Recorder::default();
    let report = Report { name: "a".to_owned(), state: "Ready", events: vec!["INVOKE"], error_type: None };
    let sampled = "Root=1-a-b;Parent=c;Sampled=1";
    let records = records(
        &mut recorder,
        &[
            INIT,
            Milestone::RuntimeInitialised(Status::Success),
            Milestone::InitEnded(Status::Success, vec![report]),
            started("a", Some(sampled)),
            Milestone::Answered { status: Status::Success, bytes: 7 },
            Milestone::RuntimeDone(Status::Success),
            Milestone::Ended(Status::Success),
        ],
    );
    let expected =
        ["initStart", "initRuntimeDone", "extension", "initReport", "start", "runtimeDone", "report"];
    assert_eq!(types(&records), expected);
    let of = |at: usize| &records[at]["record"];
    assert_eq!(of(2), &json!({"name": "a", "state": "Ready", "events": ["INVOKE"]}));
    for at in 4..7 {
        assert_eq!(of(at)["requestId"], "a");
        assert_eq!(of(at)["tracing"], json!({"type": "X-Amzn-Trace-Id", "value": sampled}));
    }
    let names = |record: &Value| -> Vec<String> {
        let spans = record["spans"].as_array().unwrap().iter();
        spans.map(|span| span["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(of(5)), ["responseLatency", "responseDuration", "runtimeOverhead"]);
    assert_eq!((&of(5)["status"], &of(5)["metrics"]["producedBytes"]), (&json!("success"), &json!(7)));
    assert_eq!(names(of(6)), ["extensionOverhead"]);
    assert_eq!(of(6)["metrics"]["maxMemoryUsedMB"], 31);
    assert!(of(6)["metrics"]["initDurationMs"].is_number());
}

#[test]
fn an_end_that_is_told_twice_is_recorded_once_and_what_was_left_out_is_made_up_for() {
    let mut recorder = Recorder::default();
    let failed = Status::Error("Runtime.ExitError".to_owned());
    let crashed = records(
        &mut recorder,
        &[
            INIT,
            Milestone::InitEnded(failed.clone(), Vec::new()),
            Milestone::InitEnded(Status::Success, Vec::new()),
            started("a", Some("Root=1-a-b;Sampled=0")),
            Milestone::Ended(failed),
            Milestone::Ended(Status::Success),
        ],
    );
    assert_eq!(
        types(&crashed),
        ["initStart", "initRuntimeDone", "initReport", "start", "runtimeDone", "report"]
    );
    for at in [1, 2, 4, 5] {
        assert_eq!(crashed[at]["record"]["status"], "error");
        assert_eq!(crashed[at]["record"]["errorType"], "Runtime.ExitError");
    }
    assert!(crashed[3]["record"].get("tracing").is_none(), "what is not sampled is not told");
}

#[test]
fn case_97_managed_invocations_have_a_start_and_a_report_each_and_nothing_else() {
    let mut recorder = Recorder::default();
    let settings = Settings {
        initialization: crate::initialization::Initialization::Managed(std::num::NonZeroU32::MIN),
        ..Settings::default()
    };
    let handled = |id: &str, status| Milestone::Handled { request_id: id.to_owned(), status };
    let records = records_of(
        &mut recorder,
        &[
            started("a", None),
            started("b", None),
            handled("b", Status::Success),
            handled("a", Status::Timeout),
            handled("a", Status::Success),
        ],
        &settings,
    );
    assert_eq!(types(&records), ["start", "start", "report", "report"]);
    assert!(records[0]["record"]["functionArn"].is_string());
    let report = &records[2]["record"];
    assert_eq!((&report["requestId"], &report["status"]), (&json!("b"), &json!("success")));
    assert_eq!(report["metrics"].as_object().unwrap().keys().collect::<Vec<_>>(), ["durationMs"]);
    let spans: Vec<_> = report["spans"].as_array().unwrap().iter().map(|span| &span["name"]).collect();
    assert_eq!(spans, ["responseLatency", "responseDuration"]);
    assert_eq!(records[3]["record"]["status"], "timeout");
}

#[test]
fn a_restore_is_told_and_goes_into_the_report_in_place_of_the_init() {
    let mut recorder = Recorder::default();
    let records = records(
        &mut recorder,
        &[
            INIT,
            Milestone::InitEnded(Status::Success, Vec::new()),
            Milestone::RestoreStarted,
            Milestone::Restored(Status::Success),
            started("a", None),
            Milestone::Ended(Status::Success),
        ],
    );
    assert_eq!(types(&records)[3..6], ["restoreStart", "restoreRuntimeDone", "restoreReport"]);
    let metrics = &records.last().unwrap()["record"]["metrics"];
    assert!(metrics["restoreDurationMs"].is_number() && metrics.get("initDurationMs").is_none());
}

#[test]
fn case_24_telemetry_has_the_category_of_an_error() {
    let mut recorder = Recorder::default();
    let error = Status::of("Function.MyErr");
    let records = records(
        &mut recorder,
        &[
            started("a", None),
            Milestone::Answered { status: error, bytes: 2 },
            Milestone::RuntimeDone(Status::Success),
            Milestone::Ended(Status::Success),
        ],
    );
    for record in &records[1..] {
        assert_eq!(record["record"]["status"], "error");
        assert_eq!(record["record"]["errorType"], "Function.MyErr");
    }
}
