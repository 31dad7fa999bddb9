//! Functions that are never compiled because the user said so by name.
//!
//! With them a test puts an interpreted frame between two compiled ones. A method that may be inlined disappears into its
//! caller all the same: tests say `@noinline`.

use tintype_runtime::objects::*;

/// The names, and how they begin.
pub(crate) struct Interpreted {
    names: Box<[String]>,
}

impl Interpreted {
    /// From a list of names; one that ends in `*` means all that begin so.
    pub fn new(names: &[String]) -> Interpreted {
        Interpreted { names: names.into() }
    }

    /// Whether this method is to be interpreted.
    pub fn holds(&self, instance: Gc<MethodInstance>) -> bool {
        // Nearly always there are none, and this is asked for each method that is compiled.
        if self.names.is_empty() {
            return false;
        }
        let Some(method) = instance.method else { return false };
        let name = method.name.as_str();
        self.names.iter().any(|pattern| match pattern.strip_suffix('*') {
            Some(start) => name.starts_with(start),
            None => name == pattern,
        })
    }
}
