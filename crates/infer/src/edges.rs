//! What a piece of inferred code relied on, gathered while it is inferred, and its form on the heap.

use tintype_runtime::Context;
use tintype_runtime::objects::*;
use tintype_runtime::worlds;

/// Facts about the world, each once.
#[derive(Default)]
pub(crate) struct Edges {
    queries: Vec<(Value, Vec<u64>)>,
    bindings: Vec<(Gc<Binding>, Option<Value>)>,
    codes: Vec<Gc<Code>>,
}

impl Edges {
    /// A dispatch query found exactly these methods.
    pub fn dispatch(&mut self, signature: Value, sites: Vec<u64>) {
        if self.queries.iter().any(|(known, _)| *known == signature) {
            return;
        }
        self.queries.push((signature, sites));
    }

    /// A global was read: its constant value, or that it is not constant.
    pub fn binding(&mut self, binding: Gc<Binding>, value: Option<Value>) {
        if !self.bindings.iter().any(|(known, _)| *known == binding) {
            self.bindings.push((binding, value));
        }
    }

    /// The return type or body of other code was used.
    pub fn code(&mut self, code: Gc<Code>) {
        if !self.codes.contains(&code) {
            self.codes.push(code);
        }
    }

    /// Takes over what inlined or constant-propagated code relied on.
    pub fn absorb(&mut self, other: Edges) {
        for (signature, sites) in other.queries {
            if !self.queries.iter().any(|(known, _)| *known == signature) {
                self.queries.push((signature, sites));
            }
        }
        for (binding, value) in other.bindings {
            self.binding(binding, value);
        }
        for code in other.codes {
            self.code(code);
        }
    }

    /// As objects, for [`Code::edges`].
    pub fn store(&self, cx: &Context) -> Gc<SimpleVector> {
        let queries = self
            .queries
            .iter()
            .map(|(signature, sites)| worlds::edges::dispatch_edge(cx, *signature, sites, &[]).erase());
        let bindings =
            self.bindings.iter().map(|(binding, value)| worlds::edges::binding_edge(cx, *binding, *value).erase());
        let codes = (!self.codes.is_empty()).then(|| worlds::edges::code_edge(cx, &self.codes).erase());
        let all: Vec<Value> = queries.chain(bindings).chain(codes).collect();
        cx.svec(&all)
    }
}
