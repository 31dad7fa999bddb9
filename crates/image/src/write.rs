//! Putting a finished file in place: whole or not at all.
//!
//! The content goes to a temporary file in the same directory, which is flushed to the disk and then renamed over the
//! destination. Its first bytes, without which it is no ELF file, are written last: a writer killed before the file is
//! complete leaves one that cannot be taken for an image, under a name nobody asks for; the next writer removes it.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use crate::ImageError;

/// Number of bytes that are held back until the rest is on the disk: the ELF header.
const HELD_BACK: usize = 64;
const SUFFIX: &str = ".partial";

/// Writes `bytes` as the file at `path`, replacing what is there. A reader sees the old file or the new one, also after
/// a crash of the system. Writers that may run at once should hold a [`BuildLock`](crate::BuildLock).
///
/// # Errors
/// When the file system refuses; the old file, if there was one, is then untouched.
pub fn write_atomic(path: &Path, bytes: &[u8]) -> Result<(), ImageError> {
    let (directory, name) = split(path)?;
    remove_abandoned(directory, &name);
    let temporary = Temporary::create(directory, &name)?;
    temporary.fill(bytes).map_err(ImageError::io("write the file"))?;
    fs::rename(&temporary.path, path).map_err(ImageError::io("move the finished file to its place"))?;
    temporary.keep();
    // The rename is on the disk when the directory is.
    File::open(directory).and_then(|directory| directory.sync_all()).map_err(ImageError::io("flush the directory"))
}

/// The directory and the name of a file to be written.
pub(crate) fn split(path: &Path) -> Result<(&Path, String), ImageError> {
    let directory = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let name = path.file_name().and_then(|name| name.to_str()).ok_or_else(|| {
        let error = std::io::Error::other(format!("`{}` names no file in UTF-8", path.display()));
        ImageError::Io { action: "write the file", error }
    })?;
    Ok((directory, name.to_owned()))
}

/// Removes temporary files of this name that their writers, which no longer run, left behind.
fn remove_abandoned(directory: &Path, name: &str) {
    let prefix = format!(".{name}.");
    for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
        let file_name = entry.file_name();
        let writer = file_name.to_str().and_then(|found| {
            found.strip_prefix(&prefix)?.strip_suffix(SUFFIX)?.split('-').next()?.parse::<u32>().ok()
        });
        if writer.is_some_and(|writer| !Path::new(&format!("/proc/{writer}")).exists()) {
            // Another writer may have removed it first; either way it is gone.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// A temporary file; removed when dropped.
struct Temporary {
    file: File,
    path: PathBuf,
}

impl Temporary {
    fn create(directory: &Path, name: &str) -> Result<Self, ImageError> {
        for attempt in 0_u32.. {
            let path = directory.join(format!(".{name}.{}-{attempt}{SUFFIX}", std::process::id()));
            match OpenOptions::new().write(true).create_new(true).mode(0o755).open(&path) {
                Ok(file) => return Ok(Self { file, path }),
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(ImageError::Io { action: "create a file beside the image", error }),
            }
        }
        unreachable!("one of 2^32 names is free")
    }

    fn fill(&self, bytes: &[u8]) -> std::io::Result<()> {
        let (held_back, rest) = bytes.split_at(bytes.len().min(HELD_BACK));
        let mut file = &self.file;
        file.write_all(&[0; HELD_BACK][..held_back.len()])?;
        file.write_all(rest)?;
        file.sync_data()?;
        file.write_all_at(held_back, 0)?;
        file.sync_all()
    }

    /// Leaves the file, which has another name by now.
    fn keep(mut self) {
        self.path = PathBuf::new();
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if !self.path.as_os_str().is_empty() {
            // A failed write is reported already; the next writer tries again to remove it.
            let _ = fs::remove_file(&self.path);
        }
    }
}
