//! AWS IoT 1-Click: clicks on buttons. The service ended in December 2024.
//!
//! Asynchronous: what the function returns is not read.
//!
//! ```
//! use lambda_events::iot_1_click::IoTOneClickEvent;
//!
//! fn place(event: &IoTOneClickEvent) -> &str {
//!     &event.placement_info.placement_name
//! }
//! ```
//!
//! <https://docs.aws.amazon.com/iot-1-click/latest/developerguide/1click-programming.html>

use serde_json::Value;

use crate::encodings::{Map, Rfc3339Timestamp};

event! {
    /// A click on a device.
    #[serde(rename_all = "camelCase")]
    pub struct IoTOneClickEvent {
        /// What the device reports.
        required pub device_event: IoTOneClickDeviceEvent,
        /// Which device it is.
        required pub device_info: IoTOneClickDeviceInfo,
        /// Where the device is.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub placement_info: IoTOneClickPlacementInfo,
    }

    /// What a device reports.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct IoTOneClickDeviceEvent {
        /// The click.
        required pub button_clicked: IoTOneClickButtonClicked,
    }

    /// A click.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct IoTOneClickButtonClicked {
        /// `SINGLE`, `DOUBLE` or `LONG`.
        pub click_type: String,
        /// When it was reported.
        #[serde(default)]
        pub reported_time: Rfc3339Timestamp,
        /// What else the button says of itself: its `version`. Absent in old samples.
        pub additional_info: Map<Value>,
    }

    /// Which device it is.
    #[serde(rename_all = "camelCase")]
    pub struct IoTOneClickDeviceInfo {
        /// Attributes of the device.
        pub attributes: Map<String>,
        /// Type of the device: `button`.
        pub type_: String,
        /// Id of the device, its serial number.
        pub device_id: String,
        /// How much of the device's life is left, in percent.
        #[serde(default)]
        pub remaining_life: f64,
    }

    /// Where a device is.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct IoTOneClickPlacementInfo {
        /// Name of the project.
        pub project_name: String,
        /// Name of the place.
        pub placement_name: String,
        /// Attributes of the place.
        pub attributes: Map<String>,
        /// Ids of the devices of the place, by what they are for.
        pub devices: Map<String>,
    }
}
