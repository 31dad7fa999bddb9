//! Typed method bodies to SSA IR: representation, boxing, calls, exceptions.
