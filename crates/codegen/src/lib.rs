//! IR to machine code records for one CPU target.
