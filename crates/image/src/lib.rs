//! The image file: container, shard tables and heap segments; writing and verification.
