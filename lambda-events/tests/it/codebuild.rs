use lambda_events::codebuild::*;

use crate::cases::decode;

#[test]
fn states_phases_and_times_are_typed() {
    let event: CodeBuildEvent = decode("codebuild/phase-change-full.json");
    let detail = &event.detail;
    assert_eq!(detail.completed_phase, Some(CodeBuildPhaseType::Build));
    assert_eq!(detail.completed_phase_status, Some(CodeBuildPhaseStatus::Failed));
    assert_eq!(detail.completed_phase_duration, Some(63));
    assert_eq!(detail.completed_phase_start.as_ref().unwrap().as_millis().unwrap(), 1_779_118_887_000);
    let phases = &detail.additional_information.phases;
    assert_eq!((phases.len(), phases[2].duration, &phases[7].end_time), (8, Some(19), &None));
}

#[test]
fn numbers_with_a_fraction_narrow_spaces_and_phases_of_the_future_are_read() {
    let event: CodeBuildEvent = decode("codebuild/in-progress-floats.json");
    let info = &event.detail.additional_information;
    assert_eq!((info.timeout, info.queued_timeout, info.build_number), (45, Some(240), Some(31)));
    assert_eq!(info.build_start_time.to_rfc3339().as_str(), "2026-06-03T08:14:12Z");
    assert_eq!(info.phases[1].phase_status, Some(CodeBuildPhaseStatus::ClientError));
    assert_eq!(info.phases[2].phase_type, "ASLEEP");
}
