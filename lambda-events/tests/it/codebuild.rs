use lambda_events::codebuild::*;

use crate::cases::decode;

#[test]
fn states_phases_and_times_are_typed() {
    let event: CodeBuildEvent = decode("codebuild/go-phase-change.json");
    let detail = &event.detail;
    assert_eq!(detail.completed_phase, Some(CodeBuildPhaseType::Completed));
    assert_eq!(detail.completed_phase_status, Some(CodeBuildPhaseStatus::Succeeded));
    assert_eq!(detail.completed_phase_duration, Some(4));
    assert_eq!(detail.completed_phase_start.as_ref().unwrap().as_millis().unwrap(), 1_504_282_461_000);
    let phases = &detail.additional_information.phases;
    assert_eq!((phases.len(), phases[2].duration, &phases[10].end_time), (11, Some(36), &None));
}

#[test]
fn numbers_with_a_fraction_narrow_spaces_and_phases_of_the_future_are_read() {
    let event: CodeBuildEvent = decode("codebuild/in-progress-floats.json");
    let info = &event.detail.additional_information;
    assert_eq!((info.timeout, info.queued_timeout, info.build_number), (60, Some(480), Some(7)));
    assert_eq!(info.build_start_time.to_rfc3339().as_str(), "2026-03-01T09:59:59Z");
    assert_eq!(info.phases[0].phase_status, Some(CodeBuildPhaseStatus::ClientError));
    assert_eq!(info.phases[1].phase_type, "ASLEEP");
}
