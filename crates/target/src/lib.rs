//! CPU targets: the spec grammar, feature and CPU tables, host detection, matching.
