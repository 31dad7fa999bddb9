//! Docstrings: `"text" definition` keeps the text under the definition's name, `@doc name` looks it up.
//!
//! What keeps the texts is `document!` of the base library. Texts before the fields of a struct are kept with the
//! struct's own; where that has none, they are passed over.

use crate::LowerInput;
use crate::host::{MacroModule, global_ref};
use tintype_syntax::{Node, NodeKind, Span};

/// `@doc text definition`: the text is kept, then the definition evaluated. A mere name or signature is not evaluated.
pub(crate) fn documented(text: &Node, definition: &Node, span: Span, input: &mut LowerInput<'_>) -> Node {
    let is_mere_name = matches!(definition.as_expr(), Some(("call" | "where" | "::" | ".", _)) | None);
    let rest = if is_mere_name { Node { kind: NodeKind::Nothing, span } } else { definition.clone() };
    // The base library's first files come before the function that keeps texts.
    let Some((owner, name)) = subject(definition).filter(|_| input.host.is_user_macro("document!", MacroModule::Base))
    else {
        return rest;
    };
    let owner = owner.unwrap_or_else(|| Node::expr("#module", vec![], span));
    let name = Node { kind: NodeKind::Quote(Box::new(Node::symbol(&name, span))), span };
    let mut keep = vec![global_ref(MacroModule::Base, "document!", span), owner, name, text.clone()];
    for (field, text) in field_texts(definition) {
        keep.push(Node { kind: NodeKind::Quote(Box::new(Node::symbol(&field, span))), span });
        keep.push(text);
    }
    let keep = Node::expr("call", keep, span);
    let head = if definition.is_expr("module") { "toplevel" } else { "block" };
    Node::expr(head, vec![keep, rest], span)
}

/// The fields of a struct with the texts that stand before them.
fn field_texts(definition: &Node) -> Vec<(String, Node)> {
    let Some((head, args)) = definition.as_expr() else { return Vec::new() };
    let body = match (head, args) {
        ("struct", [_, _, body]) => body,
        // `@kwdef struct`.
        ("macrocall", [_, .., inner]) => return field_texts(inner),
        _ => return Vec::new(),
    };
    let Some((_, items)) = body.as_expr() else { return Vec::new() };
    let items: Vec<&Node> = items.iter().filter(|item| !matches!(item.kind, NodeKind::Line(_))).collect();
    let is_text = |node: &Node| matches!(node.kind, NodeKind::String(_)) || node.is_expr("string");
    let documented = items.windows(2).filter(|pair| is_text(pair[0]));
    documented.filter_map(|pair| Some((field_name(pair[1])?, pair[0].clone()))).collect()
}

fn field_name(field: &Node) -> Option<String> {
    match field.as_expr() {
        None => field.as_symbol().map(str::to_owned),
        Some(("::" | "const" | "=", [inner, ..])) => field_name(inner),
        _ => None,
    }
}

/// `@doc thing`: the text kept for a name.
pub(crate) fn lookup(thing: &Node, span: Span) -> Node {
    let (owner, name) = subject(thing).unwrap_or((None, String::new()));
    let owner = owner.unwrap_or_else(|| Node::expr("#module", vec![], span));
    let name = Node { kind: NodeKind::Quote(Box::new(Node::symbol(&name, span))), span };
    Node::expr("call", vec![global_ref(MacroModule::Base, "documentation", span), owner, name], span)
}

/// What a definition defines: its name, and the module if that is written too.
fn subject(node: &Node) -> Option<(Option<Node>, String)> {
    if let Some(name) = node.as_symbol() {
        return Some((None, name.to_owned()));
    }
    if let Some((_, name)) = crate::host::as_global_ref(node) {
        return Some((None, name.to_owned()));
    }
    match node.as_expr()? {
        (".", [owner, Node { kind: NodeKind::Quote(name), .. }]) => {
            Some((Some(owner.clone()), name.as_symbol()?.into()))
        }
        ("macro", [signature, ..]) => subject(signature).map(|(owner, name)| (owner, format!("@{name}"))),
        ("struct" | "module", [_, name, ..]) => subject(name),
        ("macrocall", [name, _]) => subject(name),
        ("macrocall", [_, .., definition]) => subject(definition),
        // The text of a method of objects belongs to their type.
        ("call", [callee, ..]) => match callee.as_expr() {
            Some(("::", [.., ty])) => subject(ty),
            _ => subject(callee),
        },
        (
            "function" | "=" | "where" | "::" | "curly" | "<:" | "const" | "global" | "abstract" | "primitive"
            | "escape" | "tuple",
            [inner, ..],
        ) => subject(inner),
        _ => None,
    }
}
