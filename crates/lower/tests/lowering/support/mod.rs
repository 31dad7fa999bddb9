//! What the tests of this crate share: a host without macros, and a small evaluator of bodies.

pub mod evaluator;

use tintype_lower::{Expansion, MacroHost, MacroModule};
use tintype_syntax::{Diagnostic, Node};

/// A host that counts, knows some globals, and expands one macro by a function of the test's.
#[derive(Default)]
pub struct TestHost {
    pub numbers: u32,
    pub globals: Vec<String>,
    pub warnings: Vec<String>,
    pub macros: Vec<(&'static str, MacroFn)>,
}

/// A macro: its arguments to its result.
pub type MacroFn = fn(&[Node]) -> Node;

impl MacroHost for TestHost {
    fn expand(&mut self, call: &Node, _module: MacroModule, _line: u32) -> Result<Expansion, String> {
        let Some((_, [name, _, args @ ..])) = call.as_expr() else { return Err("malformed".into()) };
        let name = name.as_symbol().unwrap_or_default();
        match self.macros.iter().find(|(known, _)| *known == name) {
            Some((_, expand)) => Ok(Expansion { node: expand(args), module: MacroModule::Current }),
            None => Err(format!("UndefVarError: `{name}` not defined")),
        }
    }

    fn is_defined_global(&mut self, name: &str) -> bool {
        self.globals.iter().any(|known| known == name)
    }

    fn is_user_macro(&mut self, name: &str, _module: MacroModule) -> bool {
        self.macros.iter().any(|(known, _)| *known == name)
    }

    fn unique_number(&mut self) -> u32 {
        self.numbers += 1;
        self.numbers
    }

    fn warn(&mut self, warning: Diagnostic) {
        self.warnings.push(warning.message);
    }
}

/// The statements of a program, modules and lines left out.
pub fn statements(source: &str) -> Vec<Node> {
    let parsed = tintype_syntax::parse_all(source);
    assert!(parsed.diagnostics.is_empty(), "{source}: {:?}", parsed.diagnostics);
    let Some((_, items)) = parsed.node.as_expr() else { return Vec::new() };
    items.iter().filter(|n| !matches!(n.kind, tintype_syntax::NodeKind::Line(_))).cloned().collect()
}
