//! `--trace-compile`: each compiled method as a `precompile` statement.

use std::cell::RefCell;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::time::Duration;

use tintype_runtime::Context;
use tintype_runtime::objects::*;
use tintype_runtime::show::types::type_source;

use crate::failure::StartError;
use crate::options::{Options, TraceTarget};

/// Where statements go.
pub(super) struct Trace {
    target: RefCell<Option<Target>>,
    timing: bool,
}

enum Target {
    Stderr,
    File(File),
}

impl Trace {
    /// Opens what the options name.
    ///
    /// # Errors
    /// The file cannot be opened.
    pub fn new(options: &Options) -> Result<Trace, StartError> {
        let target = match &options.trace_compile {
            None => None,
            Some(TraceTarget::Stderr) => Some(Target::Stderr),
            Some(TraceTarget::File(path)) => {
                let file = OpenOptions::new().create(true).append(true).open(path);
                let file = file.map_err(|error| {
                    let text = format!("cannot open precompile statement file \"{}\": {error}", path.display());
                    StartError::Memory(std::io::Error::other(text))
                });
                Some(Target::File(file?))
            }
        };
        Ok(Trace { target: RefCell::new(target), timing: options.trace_compile_timing })
    }

    /// Whether anything is written.
    pub fn is_on(&self) -> bool {
        self.target.borrow().is_some()
    }

    /// Writes the statement of a method instance that was compiled.
    pub fn compiled(&self, cx: &Context, instance: Gc<MethodInstance>, took: Duration) {
        let mut target = self.target.borrow_mut();
        let Some(target) = &mut *target else { return };
        let comment = if self.timing { format!("#= {:8.1} ms =# ", took.as_secs_f64() * 1e3) } else { String::new() };
        let line = format!("{comment}precompile({})\n", type_source(cx, instance.spec_types));
        // A trace that cannot be written is the world's trouble, not the program's.
        let _ = match target {
            Target::Stderr => std::io::stderr().write_all(line.as_bytes()),
            Target::File(file) => file.write_all(line.as_bytes()).and_then(|()| file.flush()),
        };
    }
}
