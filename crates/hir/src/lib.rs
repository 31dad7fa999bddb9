//! Method bodies as lowered and as inferred, and their compact encoding.
