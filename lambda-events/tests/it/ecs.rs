use lambda_events::ecs::{EcsContainerInstanceEvent, EcsServiceEvent};

use crate::cases::decode;

#[test]
fn what_a_container_instance_has_is_typed() {
    let event: EcsContainerInstanceEvent = decode("ecs/container-instance-full.json");
    let [cpu, _, ports, udp] = event.detail.registered_resources.as_slice() else { panic!("four kinds") };
    assert_eq!((cpu.name.as_str(), cpu.integer_value), ("CPU", Some(4096)));
    assert_eq!(ports.string_set_value.as_ref().unwrap().len(), 3);
    assert_eq!(udp.string_set_value.as_deref(), Some([].as_slice()));
    let versions = event.detail.version_info.unwrap();
    assert_eq!(versions.agent_version.as_deref(), Some("1.89.2"));
}

#[test]
fn a_service_says_what_it_reached() {
    let event: EcsServiceEvent = decode("ecs/service-minimal.json");
    assert_eq!(event.detail.event_name, "SERVICE_STEADY_STATE");
}
