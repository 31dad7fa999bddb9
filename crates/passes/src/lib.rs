//! The optimisation pipeline, IR to IR.
