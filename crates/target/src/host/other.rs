//! The twin of detection for architectures that code is not generated for.

use super::Detected;
use crate::FeatureSet;

pub(super) fn detect() -> Detected {
    Detected { features: FeatureSet::EMPTY, name: None }
}
