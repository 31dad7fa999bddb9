//! Decides which function is cloned for which CPU target, before partitioning.
