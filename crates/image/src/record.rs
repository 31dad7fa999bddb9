//! Remembering which files were verified.
//!
//! A record is an empty file whose name is the identity and checksum of the verified file, so that asking costs one
//! system call. It trusts the file system: who can forge a file's change time can also replace the program.

use std::fs;
use std::path::{Path, PathBuf};

use crate::FileIdentity;

/// A directory of records.
#[derive(Clone, Debug)]
pub struct VerifiedRecords {
    directory: PathBuf,
}

impl VerifiedRecords {
    /// Records in this directory; it is made when the first is entered.
    #[must_use]
    pub fn new(directory: impl Into<PathBuf>) -> Self {
        Self { directory: directory.into() }
    }

    /// Records in the user's cache folder: below `xdg_cache_home`, the value of `XDG_CACHE_HOME`, if it is absolute,
    /// else below `.cache` in `home`, the value of `HOME`; `None` if there is neither.
    #[must_use]
    pub fn in_cache_of(xdg_cache_home: Option<&Path>, home: Option<&Path>) -> Option<Self> {
        let xdg = xdg_cache_home.filter(|path| path.is_absolute()).map(Path::to_owned);
        let cache = xdg.or_else(|| home.filter(|path| path.is_absolute()).map(|home| home.join(".cache")))?;
        Some(Self::new(cache.join("tintype").join("verified")))
    }

    /// Whether a file of this identity was found to have this checksum.
    #[must_use]
    pub fn contains(&self, identity: FileIdentity, checksum: u64) -> bool {
        self.directory.join(record_name(identity, checksum)).exists()
    }

    /// Records that a file of this identity was found to have this checksum, and forgets what was recorded of the
    /// file's earlier content. Failing is silent: the file is then verified again next time.
    pub fn insert(&self, identity: FileIdentity, checksum: u64) {
        let name = record_name(identity, checksum);
        if fs::create_dir_all(&self.directory).is_err() || fs::write(self.directory.join(&name), []).is_err() {
            return;
        }
        let prefix = file_prefix(identity);
        for entry in fs::read_dir(&self.directory).into_iter().flatten().flatten() {
            let other = entry.file_name();
            if other.to_str().is_some_and(|other| other.starts_with(&prefix) && other != name) {
                // Another process may have removed it first; either way it is gone.
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

fn file_prefix(identity: FileIdentity) -> String {
    format!("{:x}-{:x}-", identity.device, identity.inode)
}

fn record_name(identity: FileIdentity, checksum: u64) -> String {
    let FileIdentity { size, changed: (seconds, nanoseconds), .. } = identity;
    format!("{}{size:x}-{seconds:x}-{nanoseconds:x}-{checksum:016x}", file_prefix(identity))
}
