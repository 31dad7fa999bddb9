//! The SSA IR: entities, builder, text format, verifier, interpreter, and the description of an embedder's runtime.
