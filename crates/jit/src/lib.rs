//! Compiles into the running process: code memory, linking, unwinding tables.
