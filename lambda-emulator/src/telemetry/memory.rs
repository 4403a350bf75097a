//! How much memory a process has used.

/// The most memory that a process has held at once, in MB, where the system tells. `None` asks for this process.
pub(crate) fn peak_mb(pid: Option<u32>) -> Option<u64> {
    let process = pid.map_or_else(|| "self".to_owned(), |pid| pid.to_string());
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = peak.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes.div_ceil(1024))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    #[test]
    fn this_process_has_used_some_memory() {
        assert!(super::peak_mb(None).unwrap() > 0);
        assert_eq!(super::peak_mb(Some(u32::MAX)), None);
    }
}
