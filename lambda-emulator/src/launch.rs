//! Which external extensions there are to start.

use std::io;
use std::path::Path;

use crate::settings::ExternalExtension;

/// Everything in the directory that is no directory itself, in the order of the names.
pub(crate) fn executables(directory: &Path) -> io::Result<Vec<ExternalExtension>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(directory)? {
        let file = entry?.path();
        // A link counts as what it leads to.
        if file.is_dir() {
            continue;
        }
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        found.push(ExternalExtension { name, file: Some(std::path::absolute(&file)?) });
    }
    found.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(found)
}
