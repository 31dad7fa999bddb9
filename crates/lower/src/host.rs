//! What lowering asks of whoever runs code: macro calls and questions about the module.

use tintype_syntax::{Diagnostic, Node, NodeKind, Span};

/// A module as macro expansion sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MacroModule {
    /// The module the code is evaluated in.
    Current,
    /// `Core`.
    Core,
    /// `Base`.
    Base,
    /// A module in the host's table of values.
    Host(u32),
}

/// What a macro call turned into.
#[derive(Clone, Debug)]
pub struct Expansion {
    /// The returned expression as a tree; `escape` marks the caller's parts. Values that are not syntax are
    /// [`host_value`] nodes, `GlobalRef`s are [`global_ref`] nodes.
    pub node: Node,
    /// The module whose globals the unescaped names mean: where the macro was defined.
    pub module: MacroModule,
}

/// The evaluator behind lowering. Lowering itself evaluates nothing.
pub trait MacroHost {
    /// Calls the macro. `call` is the `macrocall` node as parsed (name, line, arguments); its name is looked up in
    /// `module`. `line` is where the call stands. An error is the text to report.
    fn expand(&mut self, call: &Node, module: MacroModule, line: u32) -> Result<Expansion, String>;

    /// Whether the current module itself has a global of this name with a value; what it merely sees by `using` or from
    /// `Base` does not count. Decides whether an assignment in a loop at top level is ambiguous.
    fn is_defined_global(&mut self, name: &str) -> bool;

    /// Whether a macro of this name (`@name`), visible in `module`, must be called although lowering knows one of the
    /// same name: a macro the user defined.
    fn is_user_macro(&mut self, name: &str, module: MacroModule) -> bool;

    /// A number not given before in the current module: names of closure types and generated functions hold it.
    fn unique_number(&mut self) -> u32;

    /// Takes a warning.
    fn warn(&mut self, _warning: Diagnostic) {}
}

const HOST_VALUE: &str = "#host";

/// A node that stands for entry `index` of the host's table of values.
pub fn host_value(index: u32, span: Span) -> Node {
    let index = Node { kind: NodeKind::Integer(i64::from(index)), span };
    Node::expr(HOST_VALUE, vec![index], span)
}

/// The entry of the host's table a node stands for, if it is one.
pub fn as_host_value(node: &Node) -> Option<u32> {
    match node.as_expr() {
        Some((HOST_VALUE, [Node { kind: NodeKind::Integer(index), .. }])) => u32::try_from(*index).ok(),
        _ => None,
    }
}

/// A node that means a global of that module, whatever is local.
pub fn global_ref(module: MacroModule, name: &str, span: Span) -> Node {
    let module = match module {
        MacroModule::Current => Node::symbol("", span),
        MacroModule::Core => Node::symbol("Core", span),
        MacroModule::Base => Node::symbol("Base", span),
        MacroModule::Host(index) => Node { kind: NodeKind::Integer(i64::from(index)), span },
    };
    Node::expr("globalref", vec![module, Node::symbol(name, span)], span)
}

/// The module and name of a [`global_ref`] node.
pub fn as_global_ref(node: &Node) -> Option<(MacroModule, &str)> {
    let Some(("globalref", [module, name])) = node.as_expr() else { return None };
    let module = match &module.kind {
        NodeKind::Symbol(name) if &**name == "Core" => MacroModule::Core,
        NodeKind::Symbol(name) if &**name == "Base" => MacroModule::Base,
        NodeKind::Symbol(_) => MacroModule::Current,
        NodeKind::Integer(index) => MacroModule::Host(u32::try_from(*index).ok()?),
        _ => return None,
    };
    Some((module, name.as_symbol()?))
}
