//! Bodies of `@generated` methods: the generator's expression becomes a body with the method's parameters.

use tintype_hir::{Literal, Lowered};
use tintype_lower::{MacroModule, global_ref};
use tintype_runtime::objects::*;
use tintype_runtime::{Outcome, interpret};
use tintype_syntax::{Node, Span};

use crate::toplevel::{Evaluator, Stop};

impl Evaluator<'_> {
    /// Runs the generator of an instance's method and lowers what it gives: the encoded body and its literal pool.
    pub fn generated_body(&mut self, instance: Gc<MethodInstance>) -> Result<(Gc<Bytes>, Gc<SimpleVector>), Stop> {
        let cx = self.cx;
        let method = instance.method.expect("a generator belongs to a method");
        let expression = cx.run_generator(instance)?;
        let source = self.source_of(expression);
        let code = self.node_of(method.module, &source, expression)?;
        let definition = definition_around(method, code);
        let before = cx.source_site.replace(method.site);
        let lowered = self.lowered(method.module, &source, &definition);
        cx.source_site.set(before);
        let mut body = method_of(lowered?).ok_or_else(|| {
            cx.error(
                "The function body AST defined by this @generated function is not pure. This likely means it contains a \
                 closure, a comprehension or a generator.",
            )
        })?;
        name_after(method, &mut body);
        let _guard = cx.heap().no_collect();
        let code = interpret::materialize(cx, method.module, &body, &|index| self.spliced_value(index));
        Ok((cx.new_bytes(&tintype_hir::encode(&code.body)), code.literals))
    }
}

/// `function (self::Tuple{static...})(params...) where {static...} code end`: the declared type only keeps lowering from
/// dropping static parameters no argument mentions.
fn definition_around(method: Gc<Method>, code: Node) -> Node {
    let span = Span::default();
    let names = method.param_names.map_or_else(Vec::new, |names| {
        names.values().map(|name| Node::symbol(name.expect::<Symbol>().as_str(), span)).collect()
    });
    let n_params = method.n_params as usize;
    let (params, statics) = names.split_at(n_params.min(names.len()));
    let mut used = vec![global_ref(MacroModule::Core, "Tuple", span)];
    used.extend_from_slice(statics);
    let itself = params.first().cloned().unwrap_or_else(|| Node::symbol("#self#", span));
    let mut call = vec![Node::expr("::", vec![itself, Node::expr("curly", used, span)], span)];
    call.extend(params.iter().skip(1).cloned());
    if method.is_vararg()
        && let Some(last) = call.pop()
    {
        call.push(Node::expr("...", vec![last], span));
    }
    let mut head = Node::expr("call", call, span);
    if !statics.is_empty() {
        let mut parts = vec![head];
        parts.extend_from_slice(statics);
        head = Node::expr("where", parts, span);
    }
    Node::expr("function", vec![head, Node::expr("block", vec![code], span)], span)
}

/// Lets backtraces name the method; what has no place of its own stands where the method does.
fn name_after(method: Gc<Method>, lowered: &mut Lowered) {
    let name: std::sync::Arc<str> = method.name.as_str().into();
    for line in &mut lowered.body.lines {
        line.function = name.clone();
        if &*line.file == "none" {
            line.file = method.file.as_str().into();
            line.line = method.line;
        }
    }
    lowered.body.name = name;
}

/// The one method of a definition; none if there are more, which closures inside it are.
fn method_of(definition: Lowered) -> Option<Lowered> {
    let methods = definition.literals.into_iter().filter_map(|literal| match literal {
        Literal::Method(method) => Some(*method),
        _ => None,
    });
    let mut methods: Vec<Lowered> = methods.collect();
    if methods.len() == 1 { methods.pop() } else { None }
}

/// What the run-time system asks for: see [`Evaluator::generated_body`].
pub(crate) fn generate(
    evaluator: &mut Evaluator<'_>,
    instance: Gc<MethodInstance>,
) -> Outcome<(Gc<Bytes>, Gc<SimpleVector>)> {
    let made = evaluator.generated_body(instance);
    made.map_err(|stop| evaluator.thrown_from_eval(stop))
}
