//! AWS IoT Button: clicks.
//!
//! Asynchronous: what the function returns is not read.
//!
//! ```
//! use lambda_events::iot_button::IoTButtonEvent;
//!
//! fn is_urgent(event: &IoTButtonEvent) -> bool {
//!     event.click_type == "LONG"
//! }
//! ```
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/services-iot.html>

event! {
    /// A click.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct IoTButtonEvent {
        /// Serial number of the button.
        required pub serial_number: String,
        /// `SINGLE`, `DOUBLE` or `LONG`.
        pub click_type: String,
        /// Voltage of the battery, with its unit: `2000 mV`.
        pub battery_voltage: String,
    }
}

impl IoTButtonEvent {
    /// Voltage of the battery in millivolts. None if it is not written as documented.
    pub fn battery_millivolts(&self) -> Option<u32> {
        self.battery_voltage.trim().strip_suffix("mV")?.trim_end().parse().ok()
    }
}
