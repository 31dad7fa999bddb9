//! Evaluating what is typed at a prompt: one input after the other, in `Main`, each value shown.
//!
//! Reading the input and its history are the caller's.

use tintype_runtime::exceptions::interrupts::{Interruptible, interruptible};
use tintype_runtime::objects::*;
use tintype_runtime::{Thrown, modules};

use crate::failure::Failure;
use crate::program::Program;
use crate::source::Source;
use crate::toplevel::{Evaluator, Stop};
use crate::uncaught;

/// Whether more text might make this an expression that ends.
pub fn is_incomplete(text: &str) -> bool {
    tintype_syntax::parse_all(text).diagnostics.first().is_some_and(|first| first.incomplete)
}

impl Program {
    /// Lets `isinteractive()` say that there is a prompt.
    pub fn set_interactive(&self) {
        self.set_base_global("at_prompt", self.context().box_bool(true));
    }

    /// Lets SIGINT interrupt what runs in the program while the result lives.
    pub fn interruptible(&self) -> Interruptible<'_> {
        interruptible(self.context())
    }

    /// Evaluates an input, sets `ans`, and shows the value unless it is `nothing` or the input ends with a semicolon.
    /// `name` stands for the input in messages.
    ///
    /// # Errors
    /// What stopped it.
    pub fn answer(&self, text: &str, name: &str) -> Result<(), Failure> {
        let cx = self.context();
        let source = Source::parse(name, text.to_owned()).map_err(|error| Failure::Syntax(error.rendered))?;
        if source.expressions.is_empty() {
            return Ok(());
        }
        let main = cx.world().main.unwrap();
        self.session().set_interactive(true);
        let value = Evaluator::new(cx, self.session()).source(main, &source);
        self.session().set_interactive(false);
        let shown = value.and_then(|value| {
            modules::set_global(cx, main, cx.symbol("ans"), value)?;
            Ok(if ends_with_semicolon(&source) { Ok(()) } else { self.show(value) }?)
        });
        let result = shown.map_err(|stop| match stop {
            Stop::Failure(failure) => failure,
            Stop::Syntax(error) => Failure::Syntax(error.rendered),
            // The prompt is where the expression starts: nothing needs to say so.
            Stop::Thrown(thrown, _) => uncaught::failure(cx, thrown, None),
        });
        cx.output.flush();
        result
    }

    fn show(&self, value: Value) -> Result<(), Thrown> {
        let cx = self.context();
        if value == cx.nothing() {
            return Ok(());
        }
        cx.enter_newest_world();
        let base = cx.world().base.get().expect("a prompt has the base library");
        let show = modules::get_global(cx, base, cx.symbol("show_at_prompt"))?;
        cx.call(show, &[value])?;
        Ok(())
    }
}

/// Whether a semicolon follows the last expression.
fn ends_with_semicolon(source: &Source) -> bool {
    let lines = source.text.lines().rev();
    let without_comment = |line: &str| line.split(" #").next().unwrap_or_default().trim_end().to_owned();
    let last = lines.map(without_comment).find(|line| !line.is_empty() && !line.starts_with('#'));
    last.is_some_and(|line| line.ends_with(';'))
}
