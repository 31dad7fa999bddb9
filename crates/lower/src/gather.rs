//! What a scope declares and assigns: one walk over its trees that stops at inner scopes and functions.

use crate::tree::{Callee, Kind, Tree};
use rustc_hash::FxHashSet;
use tintype_syntax::{Name, Span};

/// The names of a scope, each list in order of first occurrence.
#[derive(Default)]
pub(crate) struct Declarations {
    pub locals: Vec<Name>,
    pub typed: Vec<(Name, Tree)>,
    pub globals: Vec<Name>,
    /// Assigned, or the name of a function defined here.
    pub assigned: Vec<(Name, Span)>,
    /// Assigned in another way than by a function definition.
    pub reassigned: FxHashSet<Name>,
    pub has_labels: bool,
    seen: FxHashSet<Name>,
}

/// Collects the declarations of a scope from its body.
pub(crate) fn gather(body: &mut Tree) -> Declarations {
    let mut found = Declarations::default();
    walk(body, &mut found);
    found
}

fn walk(tree: &mut Tree, found: &mut Declarations) {
    match &tree.kind {
        Kind::Local(name) => found.locals.push(name.clone()),
        Kind::LocalTyped(name, ty) => found.typed.push((name.clone(), (**ty).clone())),
        Kind::GlobalDecl(names) => found.globals.extend(names.iter().cloned()),
        Kind::Assign(target, _) => {
            if let Kind::Name(name) = &target.kind {
                found.reassigned.insert(name.clone());
                found.assign(name.clone(), target.span);
            }
        }
        Kind::Function(def) => {
            if let Callee::Named(Tree { kind: Kind::Name(name), span }) = &def.callee {
                found.assign(name.clone(), *span);
            }
        }
        Kind::Label(_) => found.has_labels = true,
        Kind::Scope(_) => return,
        _ => {}
    }
    tree.for_each_child_mut(&mut |child| walk(child, found));
}

impl Declarations {
    fn assign(&mut self, name: Name, span: Span) {
        if self.seen.insert(name.clone()) {
            self.assigned.push((name, span));
        }
    }
}
