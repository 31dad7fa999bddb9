//! The lock file of concurrent builders.
//!
//! A lock is held on an open file, so the kernel releases it however the holder ends. The file stands beside the image
//! and is removed by its holder; who waited for a file that was removed meanwhile notices and starts over.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::ImageError;
use crate::write::split;

/// The right to build one image; given back when dropped.
#[derive(Debug)]
pub struct BuildLock {
    /// Held for its lock, which closing releases.
    _file: File,
    path: PathBuf,
}

impl BuildLock {
    /// Waits until no other builder of the image at `path` is left.
    ///
    /// # Errors
    /// When the lock file cannot be made.
    pub fn acquire(path: &Path) -> Result<Self, ImageError> {
        Self::take(path, |file| file.lock().map(|()| true))?.ok_or_else(|| locked(path))
    }

    /// Takes the lock if it is free.
    ///
    /// # Errors
    /// [`ImageError::Locked`] when another builder holds it; otherwise when the lock file cannot be made.
    pub fn try_acquire(path: &Path) -> Result<Self, ImageError> {
        let try_lock = |file: &File| match file.try_lock() {
            Ok(()) => Ok(true),
            Err(TryLockError::WouldBlock) => Ok(false),
            Err(TryLockError::Error(error)) => Err(error),
        };
        Self::take(path, try_lock)?.ok_or_else(|| locked(path))
    }

    fn take(path: &Path, lock: impl Fn(&File) -> std::io::Result<bool>) -> Result<Option<Self>, ImageError> {
        let path = lock_path(path)?;
        let failed = || ImageError::io("take the lock of the build");
        loop {
            let file = OpenOptions::new().write(true).create(true).truncate(false).open(&path).map_err(failed())?;
            if !lock(&file).map_err(failed())? {
                return Ok(None);
            }
            let held = file.metadata().map_err(failed())?;
            // The holder before may have removed the file; then its name is free, or another file's.
            let is_current =
                fs::metadata(&path).is_ok_and(|named| (named.dev(), named.ino()) == (held.dev(), held.ino()));
            if is_current {
                return Ok(Some(Self { _file: file, path }));
            }
        }
    }
}

impl Drop for BuildLock {
    fn drop(&mut self) {
        // Removed before it is released, so that whoever takes the lock afterwards sees that the name is gone. If
        // removing fails the file stays, unlocked, and does no harm.
        let _ = fs::remove_file(&self.path);
    }
}

fn lock_path(path: &Path) -> Result<PathBuf, ImageError> {
    let (directory, name) = split(path)?;
    Ok(directory.join(format!(".{name}.lock")))
}

fn locked(path: &Path) -> ImageError {
    let lock = lock_path(path).map_or_else(|_| String::new(), |path| path.display().to_string());
    ImageError::Locked { lock }
}
