//! Types and subtyping, modules, method tables, worlds, code instances, builtins, interpreter, publication protocol.
