//! What lowering asks of a running program: macro calls, and questions about the module.

use tintype_lower::{Expansion, MacroHost, MacroModule};
use tintype_runtime::objects::*;
use tintype_runtime::{Context, modules};
use tintype_syntax::{Diagnostic, Node};

/// Answers for one module of a context.
pub(crate) struct Host<'a> {
    pub cx: &'a Context,
    pub module: Gc<Module>,
    /// Set when the code declared `(@main)`.
    pub declared_main: bool,
    pub warnings: Vec<Diagnostic>,
}

impl MacroHost for Host<'_> {
    fn expand(&mut self, call: &Node, _module: MacroModule, _line: u32) -> Result<Expansion, String> {
        let name = call.as_expr().and_then(|(_, args)| args.first()).and_then(Node::as_symbol).unwrap_or("a macro");
        if name == "@main" {
            self.declared_main = true;
            let name = Node::symbol("main", call.span);
            return Ok(Expansion { node: Node::expr("escape", vec![name], call.span), module: MacroModule::Base });
        }
        Err(format!("macro {name} is not supported yet"))
    }

    fn is_defined_global(&mut self, name: &str) -> bool {
        // The module's own globals alone: an exported name of a used module is not what an assignment means.
        let own = modules::find_binding(self.module, self.cx.symbol(name));
        own.is_some_and(|binding| binding.owner.get().is_none() && binding.value.get().is_some())
    }

    fn is_user_macro(&mut self, name: &str, _module: MacroModule) -> bool {
        modules::is_defined(self.cx, self.module, self.cx.symbol(name))
    }

    fn unique_number(&mut self) -> u32 {
        let number = self.module.counter.get() + 1;
        self.module.counter.set(number);
        number
    }

    fn warn(&mut self, warning: Diagnostic) {
        self.warnings.push(warning);
    }
}
