//! Syntax trees to method bodies: scopes, closures, desugaring, macro expansion through a host.
