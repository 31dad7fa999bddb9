//! Inference of many method instances together: recursion, what is known already, and the record of what was found.
//!
//! A session runs with collection deferred, so that lattice elements may lie in ordinary memory. Method instances that
//! call each other are solved by iteration: a call of an instance that is being inferred has the result found for it so
//! far. The outermost instance of the cycle, its head, is analysed in rounds until a round changes the result of no member;
//! each member is analysed once a round, beginning with what the round before found for it, so that cycles within
//! cycles do not multiply their rounds. What is found meanwhile is provisional (`crate::provisional`).

use std::marker::PhantomData;
use std::rc::Rc;

use rustc_hash::FxHashMap;
use tintype_heap::NoCollect;
use tintype_hir::Body;
use tintype_runtime::dispatch::{self, Match};
use tintype_runtime::objects::*;
use tintype_runtime::{Context, Outcome, types, worlds};

use crate::analyse::analyse;
use crate::edges::Edges;
use crate::lattice::{Lattice, type_depth};
use crate::optimize;
use crate::provisional::{Provisional, Question};
use crate::record;
use crate::unit::{Unit, is_shareable};

/// Inference nests no deeper than this many method instances; deeper calls are left to dispatch.
const MAX_NESTING: usize = 120;
/// One method may be under inference this often at once, for growing argument types.
const MAX_SAME_METHOD: usize = 12;
/// A result that still changes after this many rounds of its cycle is widened to `Any`.
const MAX_ROUNDS: usize = 6;
/// Constants are propagated into bodies of at most this many statements.
const MAX_CONSTANT_BODY: usize = 60;
/// ... and this many levels deep.
const MAX_CONSTANT_NESTING: usize = 6;

/// What is known of a method instance's results within a session.
#[derive(Clone)]
struct Found {
    result: Lattice,
    code: Option<Gc<Code>>,
}

struct Active {
    instance: Gc<MethodInstance>,
    result: Lattice,
    /// The outermost active entry whose provisional result this one used.
    depends_on: usize,
    edges: Edges,
    is_constant_run: bool,
}

/// The result of a member of a cycle that is solved, and the code of the cycle's head, which relies on all that the
/// members rely on.
struct Settled {
    result: Lattice,
    head: Gc<Code>,
}

/// Inference of a group of method instances.
pub struct Session<'a> {
    _no_collect: NoCollect,
    context: PhantomData<&'a Context>,
    found: FxHashMap<Gc<MethodInstance>, Found>,
    constant_runs: FxHashMap<Question, Lattice>,
    settled: FxHashMap<Gc<MethodInstance>, Settled>,
    provisional: Provisional,
    /// How often the result of a cycle's member changed.
    changes: usize,
    active: Vec<Active>,
    outside: Edges,
}

/// Infers a method instance in the newest world and records the code. `None` where the method has no body.
///
/// # Errors
/// `StackOverflowError`; nothing else is thrown.
pub fn infer(cx: &Context, instance: Gc<MethodInstance>) -> Outcome<Option<Gc<Code>>> {
    if let Some(code) = known_code(cx, instance) {
        return Ok(Some(code));
    }
    let mut session = Session::new(cx);
    let found = session.infer_instance(cx, instance)?;
    Ok(found.code)
}

/// Code of the instance that is valid now: its own, or what another context or an image has and that holds here.
fn known_code(cx: &Context, instance: Gc<MethodInstance>) -> Option<Gc<Code>> {
    let valid = dispatch::valid_code(instance, cx.world_counter());
    valid.or_else(|| worlds::adopt_any(cx, instance)).map(|code_instance| code_instance.code)
}

impl<'a> Session<'a> {
    /// A session in which nothing is known but what the context knows.
    pub fn new(cx: &'a Context) -> Session<'a> {
        Session {
            _no_collect: cx.heap().no_collect(),
            context: PhantomData,
            found: FxHashMap::default(),
            constant_runs: FxHashMap::default(),
            settled: FxHashMap::default(),
            provisional: Provisional::default(),
            changes: 0,
            active: Vec::new(),
            outside: Edges::default(),
        }
    }

    /// The facts the body under inference relies on.
    pub(crate) fn edges(&mut self) -> &mut Edges {
        self.active.last_mut().map_or(&mut self.outside, |active| &mut active.edges)
    }

    /// The result of a matched method on arguments.
    pub(crate) fn result_of_match(&mut self, cx: &Context, found: &Match, args: &[Lattice]) -> Outcome<Lattice> {
        if !can_be_inferred(found) || self.is_too_deep(found.method, found.spec_types) {
            return Ok(Lattice::any(cx));
        }
        let instance = crate::calls::instance_of_match(cx, found);
        self.result_of_instance(cx, instance, args)
    }

    fn is_too_deep(&self, method: Gc<Method>, spec_types: Value) -> bool {
        if self.active.len() > MAX_NESTING || type_depth(spec_types) > 9 {
            return true;
        }
        let same = self
            .active
            .iter()
            .filter(|active| active.instance.method == Some(method) && !active.is_constant_run)
            .count();
        same > MAX_SAME_METHOD
    }

    /// The result of a method instance on arguments, better than its own where some are constants.
    pub(crate) fn result_of_instance(
        &mut self,
        cx: &Context,
        instance: Gc<MethodInstance>,
        args: &[Lattice],
    ) -> Outcome<Lattice> {
        let own = match self.settled.get(&instance) {
            Some(settled) => Found { result: settled.result.clone(), code: Some(settled.head) },
            None => self.infer_instance(cx, instance)?,
        };
        if let Some(code) = own.code {
            self.edges().code(code);
        }
        if matches!(own.result, Lattice::Bottom | Lattice::Const(_)) {
            return Ok(own.result);
        }
        match self.constant_result(cx, instance, args)? {
            Some(better) if better.is_below(cx, &own.result) => Ok(better),
            _ => Ok(own.result),
        }
    }

    fn infer_instance(&mut self, cx: &Context, instance: Gc<MethodInstance>) -> Outcome<Found> {
        if let Some(found) = self.found.get(&instance) {
            return Ok(found.clone());
        }
        if let Some(code) = known_code(cx, instance) {
            let found = Found { result: recorded_result(cx, code), code: Some(code) };
            self.found.insert(instance, found.clone());
            return Ok(found);
        }
        if let Some(at) = self.active.iter().position(|active| active.instance == instance && !active.is_constant_run) {
            self.depend_on(at);
            return Ok(Found { result: self.active[at].result.clone(), code: None });
        }
        if let Some((result, depends_on)) = self.provisional.fresh(&(instance, None)) {
            self.depend_on(depends_on);
            return Ok(Found { result, code: None });
        }
        self.infer_new(cx, instance)
    }

    /// A cycle: everything from the entry on depends on what is found for it.
    fn depend_on(&mut self, entry: usize) {
        for active in &mut self.active[entry..] {
            active.depends_on = active.depends_on.min(entry);
        }
    }

    fn infer_new(&mut self, cx: &Context, instance: Gc<MethodInstance>) -> Outcome<Found> {
        let Some(unit) = unit_of(cx, instance) else {
            return Ok(Found { result: Lattice::any(cx), code: None });
        };
        let at = self.active.len();
        let n_provisional = self.provisional.len();
        let (result, rounds) = self.provisional.stale(&(instance, None)).unwrap_or((Lattice::Bottom, 0));
        self.active.push(Active { instance, result, depends_on: at, edges: Edges::default(), is_constant_run: false });
        let outcome = self.solve(cx, &unit, at, rounds, n_provisional);
        let active = self.active.pop().expect("the entry pushed above");
        outcome?;
        let result = active.result;
        if active.depends_on < at {
            // Part of a larger cycle: provisional. Its facts are facts of the cycle.
            let outer = &mut self.active[at - 1];
            outer.depends_on = outer.depends_on.min(active.depends_on);
            outer.edges.absorb(active.edges);
            self.provisional.hand_over(n_provisional, at, active.depends_on);
            self.provisional.insert((instance, None), result.clone(), active.depends_on);
            return Ok(Found { result, code: None });
        }
        let members = self.provisional.solved(n_provisional);
        let code = self.record(cx, instance, unit, &result, active.edges)?;
        for (member, result) in members {
            self.settled.insert(member, Settled { result, head: code });
        }
        let found = Found { result, code: Some(code) };
        self.found.insert(instance, found.clone());
        Ok(found)
    }

    /// Analyses a body: once where it is a member of a larger cycle, whose head asks again; else until no result in its
    /// own cycle changes. `rounds` is in how many rounds of the larger cycle it was analysed before.
    fn solve(&mut self, cx: &Context, unit: &Unit, at: usize, rounds: usize, n_provisional: usize) -> Outcome<()> {
        for round in rounds.. {
            let changes = self.changes;
            self.provisional.make_stale(n_provisional);
            let facts = analyse(cx, self, unit)?;
            let active = &mut self.active[at];
            if !facts.returned.is_below(cx, &active.result) {
                let is_too_long = round >= MAX_ROUNDS;
                active.result = if is_too_long { Lattice::any(cx) } else { active.result.join(cx, &facts.returned) };
                self.changes += 1;
            }
            if self.changes == changes || self.active[at].depends_on < at {
                return Ok(());
            }
        }
        unreachable!("rounds end: a result that changes too often is `Any`, which does not change")
    }

    /// Makes the code object, and fills it with the optimised body.
    ///
    /// The object is there before the body is optimised: other members of a cycle, which optimisation may infer, name it in
    /// their edges.
    fn record(
        &mut self,
        cx: &Context,
        instance: Gc<MethodInstance>,
        unit: Unit,
        result: &Lattice,
        edges: Edges,
    ) -> Outcome<Gc<Code>> {
        let code = record::new_code(cx, instance, result);
        self.found.insert(instance, Found { result: result.clone(), code: Some(code) });
        // Facts found while optimising belong to the code as well.
        let depends_on = self.active.len();
        self.active.push(Active { instance, result: result.clone(), depends_on, edges, is_constant_run: true });
        let optimized = optimize::optimize(cx, self, unit);
        let active = self.active.pop().expect("the entry pushed above");
        record::fill(cx, code, &optimized?, active.edges.store(cx));
        worlds::register_code(cx, code);
        worlds::link(cx, code, instance);
        Ok(code)
    }

    /// Code of an instance that is complete, inferred if need be.
    pub(crate) fn code_of(&mut self, cx: &Context, instance: Gc<MethodInstance>) -> Outcome<Option<Gc<Code>>> {
        Ok(self.infer_instance(cx, instance)?.code)
    }

    /// The result with constant arguments propagated, if that may help.
    fn constant_result(
        &mut self,
        cx: &Context,
        instance: Gc<MethodInstance>,
        args: &[Lattice],
    ) -> Outcome<Option<Lattice>> {
        let nested = self.active.iter().filter(|active| active.is_constant_run).count();
        if nested >= MAX_CONSTANT_NESTING || self.active.iter().any(|active| active.instance == instance) {
            return Ok(None);
        }
        let tells_more = args.iter().skip(1).any(|arg| match arg {
            Lattice::Const(value) => {
                is_shareable(cx, *value) && value.type_of().instance.get().is_none() && !value.is_type()
            }
            Lattice::Partial(..) => true,
            _ => false,
        });
        let Some(mut unit) =
            unit_of(cx, instance).filter(|unit| tells_more && unit.body.statements.len() <= MAX_CONSTANT_BODY)
        else {
            return Ok(None);
        };
        let key = constant_key(args).map(|key| (instance, Some(key)));
        if let Some(known) = key.as_ref().and_then(|key| self.constant_runs.get(key)) {
            return Ok(Some(known.clone()));
        }
        if let Some((known, depends_on)) = key.as_ref().and_then(|key| self.provisional.fresh(key)) {
            self.depend_on(depends_on);
            return Ok(Some(known));
        }
        unit.params = parameters(cx, &unit.body, args);
        let at = self.active.len();
        self.active.push(Active {
            instance,
            result: Lattice::any(cx),
            depends_on: at,
            edges: Edges::default(),
            is_constant_run: true,
        });
        let facts = analyse(cx, self, &unit);
        let active = self.active.pop().expect("the entry pushed above");
        if active.depends_on < at
            && let Some(outer) = self.active.last_mut()
        {
            outer.depends_on = outer.depends_on.min(active.depends_on);
        }
        self.edges().absorb(active.edges);
        let result = facts?.returned;
        match key {
            Some(key) if active.depends_on >= at => {
                self.constant_runs.insert(key, result.clone());
            }
            Some(key) => self.provisional.insert(key, result.clone(), active.depends_on),
            None => {}
        }
        Ok(Some(result))
    }
}

/// Constants of a call, where all that is known of it is constants and plain types.
fn constant_key(args: &[Lattice]) -> Option<Vec<Value>> {
    args.iter()
        .map(|arg| match arg {
            Lattice::Const(value) => Some(*value),
            Lattice::Type(ty) => Some(*ty),
            _ => None,
        })
        .collect()
}

/// Whether a matched method has a body to look at. A generator runs for exact types only.
pub(crate) fn can_be_inferred(found: &Match) -> bool {
    let is_exact = || found.spec_types.get::<DataType>().is_some_and(|types| types.has(flags::DISPATCH_TUPLE));
    found.method.source.is_some() && (!found.method.has(method_flags::GENERATED) || is_exact())
}

/// The unit of a method instance: its body with what its signature says of the parameters.
pub(crate) fn unit_of(cx: &Context, instance: Gc<MethodInstance>) -> Option<Unit> {
    let method = instance.method?;
    let (body, literals): (Rc<Body>, _) = match cx.body_of(instance) {
        Ok(body) => body?,
        Err(thrown) => {
            // The call itself throws it again.
            cx.take_exception(thrown);
            return None;
        }
    };
    let literals = literals.values().collect();
    let static_params = exact_static_params(method, instance.spec_types, instance.static_params);
    let params = signature_parameters(cx, instance.spec_types, &body);
    let mut unit = Unit::new((*body).clone(), literals, static_params, params);
    unit.module = Some(method.module);
    Some(unit)
}

/// The values of the static parameters; the signature's own variable where one is not determined.
///
/// Matching an abstract type gives a bound for a variable, not its value. A value is exact where the variable occurs in
/// the declared type of an argument whose own type is concrete, or one given type.
pub(crate) fn exact_static_params(method: Gc<Method>, spec_types: Value, found: Gc<SimpleVector>) -> Vec<Value> {
    let declared = types::unwrap_union_all(method.signature).get::<DataType>();
    let spec = types::unwrap_union_all(spec_types).get::<DataType>();
    let mut values = Vec::new();
    let mut at = method.signature;
    while let View::All(all) = at.view() {
        let is_exact = declared.zip(spec).is_some_and(|(declared, spec)| determines(declared, spec, all.variable));
        let value = if is_exact { found.values().nth(values.len()) } else { None };
        values.push(value.unwrap_or(all.variable.erase()));
        at = all.body;
    }
    values
}

fn determines(declared: Gc<DataType>, spec: Gc<DataType>, variable: Gc<TypeVar>) -> bool {
    let n = declared.n_params();
    (0..n).any(|i| {
        let is_mentioned = types::occurs_free(declared.param(i), variable);
        let given = spec.params().get(i).and_then(Field::get).and_then(|ty| ty.get::<DataType>());
        is_mentioned && given.is_some_and(|ty| ty.is_concrete() && !ty.is_type_type() || is_one_type(ty))
    })
}

/// Whether a type is `Type{T}` of one given `T`.
fn is_one_type(ty: Gc<DataType>) -> bool {
    ty.is_type_type() && !ty.has_free_variables()
}

/// What a specialised signature says of the parameters. One that takes arguments of unknown number makes the vararg
/// parameter a tuple of unknown length.
fn signature_parameters(cx: &Context, spec_types: Value, body: &Body) -> Vec<Lattice> {
    let spec = types::unwrap_union_all(spec_types).get::<DataType>().expect("a signature is a tuple type");
    let (fixed, rest) = types::tuples::tuple_parts(&spec);
    let widen = |ty: Value| {
        if types::has_free_variables(ty) { upper_bound(cx, ty, spec_types) } else { ty }
    };
    let mut args: Vec<Lattice> = fixed.iter().map(|field| Lattice::of_type(cx, widen(field.unwrap()))).collect();
    let Some(rest) = rest else { return parameters(cx, body, &args) };
    let n_plain = body.n_params as usize - usize::from(body.is_vararg);
    let element = rest.element.map_or(cx.well_known().any().erase(), widen);
    while args.len() < n_plain {
        args.push(Lattice::of_type(cx, element));
    }
    if body.is_vararg {
        let mut elements: Vec<Value> = args[n_plain..].iter().map(|arg| arg.widen(cx)).collect();
        elements.push(cx.new_vararg(Some(element), None).erase());
        args.truncate(n_plain);
        args.push(Lattice::Type(types::tuple_type(cx, &elements)));
    }
    args
}

/// A type without the variables of the signature it stands in.
fn upper_bound(cx: &Context, ty: Value, signature: Value) -> Value {
    let mut wrapped = ty;
    let mut variables = Vec::new();
    let mut at = signature;
    while let View::All(all) = at.view() {
        variables.push(all.variable);
        at = all.body;
    }
    for variable in variables.into_iter().rev() {
        wrapped = types::union_all(cx, variable, wrapped);
    }
    match wrapped.view() {
        View::All(all) if all.body == all.variable.erase() => all.variable.upper,
        _ => wrapped,
    }
}

/// Parameters from arguments: a vararg parameter is a tuple of the rest.
pub(crate) fn parameters(cx: &Context, body: &Body, args: &[Lattice]) -> Vec<Lattice> {
    let n_params = body.n_params as usize;
    if !body.is_vararg {
        return args.iter().take(n_params).cloned().collect();
    }
    let (plain, rest) = args.split_at((n_params - 1).min(args.len()));
    let mut params = plain.to_vec();
    params.push(crate::builtins::tuple(cx, rest));
    params
}

fn recorded_result(cx: &Context, code: Gc<Code>) -> Lattice {
    if code.has(code_flags::CONSTANT)
        && let Some(value) = code.const_result.get()
    {
        return Lattice::Const(value);
    }
    code.return_type.get().map_or(Lattice::any(cx), |ty| Lattice::of_type(cx, ty))
}
