//! A small evaluator of lowered bodies: integers, strings, tuples, vectors, structs, closures, exceptions, and dispatch
//! by number of arguments and the simplest types. Just enough that a program's output says whether lowering kept its
//! meaning; it is no model of the language's types.

use super::{TestHost, statements};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use tintype_hir::{Body, Literal, Lowered, ModuleRef, Op, Operand, verify};
use tintype_lower::{LowerInput, lower_toplevel};

#[derive(Clone)]
pub enum V {
    Nothing,
    Bool(bool),
    Int(i64),
    Float(f64),
    Str(Rc<str>),
    Sym(Rc<str>),
    Tuple(Rc<Vec<V>>),
    Named(Rc<Vec<V>>, Rc<Vec<V>>),
    NamedType(Rc<Vec<V>>),
    List(Rc<RefCell<Vec<V>>>),
    Object(Rc<str>, Rc<RefCell<BTreeMap<String, V>>>),
    /// A type, a function or a builtin, by name.
    Name(Rc<str>),
    TypeVar,
    Expr(Rc<str>, Rc<Vec<V>>),
}

type Outcome = Result<V, V>;

struct Method {
    callee: String,
    types: Vec<V>,
    code: Rc<Lowered>,
}

#[derive(Default)]
pub struct Evaluator {
    pub host: TestHost,
    pub out: String,
    globals: BTreeMap<String, V>,
    methods: Vec<Method>,
    fields: BTreeMap<String, Vec<V>>,
    field_types: BTreeMap<String, Vec<V>>,
    exceptions: Vec<V>,
}

/// Runs a program and gives what it printed; an uncaught exception is the last line.
pub fn run(source: &str) -> String {
    let mut evaluator = Evaluator::default();
    evaluator.run(source);
    evaluator.out
}

impl Evaluator {
    pub fn run(&mut self, source: &str) {
        for node in statements(source) {
            let line_of = |_| 1;
            let mut input = LowerInput { file: "t.jl", line_of: &line_of, host: &mut self.host, interactive: false };
            let lowered = match lower_toplevel(&node, &mut input) {
                Ok(lowered) => Rc::new(lowered),
                Err(errors) => {
                    self.out.push_str(&format!("syntax: {}\n", errors[0].message));
                    return;
                }
            };
            check(&lowered);
            if let Err(thrown) = self.body(&lowered, Vec::new()) {
                self.out.push_str(&format!("ERROR: {}\n", show(&thrown)));
                return;
            }
            assert!(self.exceptions.is_empty(), "exceptions left over");
            self.host.globals = self.globals.keys().cloned().collect();
        }
    }

    fn body(&mut self, code: &Rc<Lowered>, mut args: Vec<V>) -> Outcome {
        let body = &code.body;
        let n_params = body.n_params as usize;
        if body.is_vararg {
            let rest = args.split_off(n_params - 1);
            args.push(V::Tuple(rest.into()));
        }
        let mut slots: Vec<Option<V>> = args.into_iter().map(Some).collect();
        slots.resize(body.slots.len(), None);
        let mut results = vec![V::Nothing; body.statements.len()];
        let mut handlers: Vec<(u32, usize)> = Vec::new();
        let mut at = 0usize;
        for _ in 0..200_000 {
            match self.step(code, body, at, &mut slots, &results, &mut handlers) {
                Ok(Step::Value(value)) => {
                    results[at] = value;
                    at += 1;
                }
                Ok(Step::Jump(to)) => at = to as usize,
                Ok(Step::Return(value)) => return Ok(value),
                Err(thrown) => match handlers.pop() {
                    Some((handler, height)) => {
                        self.exceptions.truncate(height);
                        self.exceptions.push(thrown);
                        at = handler as usize;
                    }
                    None => return Err(thrown),
                },
            }
        }
        Err(V::Str("too many steps".into()))
    }

    fn step(
        &mut self,
        code: &Rc<Lowered>,
        body: &Body,
        at: usize,
        slots: &mut [Option<V>],
        results: &[V],
        handlers: &mut Vec<(u32, usize)>,
    ) -> Result<Step, V> {
        let literals = &code.literals;
        let get = |operand: &Operand| match operand {
            Operand::Result(i) => results[*i as usize].clone(),
            Operand::Literal(i) => literal(&literals[*i as usize]),
            Operand::StaticParam(_) => V::TypeVar,
        };
        let global = |id: &u32| match &literals[*id as usize] {
            Literal::Global(module, name) => (module.clone(), name.to_string()),
            other => panic!("not a global: {other}"),
        };
        let values = |operands: &[Operand]| operands.iter().map(get).collect::<Vec<V>>();
        Ok(Step::Value(match &body.statements[at].op {
            Op::Copy(a) => get(a),
            Op::GetSlot(s) => match &slots[*s as usize] {
                Some(value) => value.clone(),
                None => {
                    let info = &body.slots[*s as usize];
                    assert!(info.maybe_undefined, "{} is undefined but not marked so\n{body}", info.name);
                    return Err(V::Str(format!("UndefVarError {}", info.name).into()));
                }
            },
            Op::SetSlot(s, a) => {
                assert!(body.slots[*s as usize].assigned);
                slots[*s as usize] = Some(get(a));
                get(a)
            }
            Op::SlotDefined(s) => V::Bool(slots[*s as usize].is_some()),
            Op::ClearSlot(s) => {
                slots[*s as usize] = None;
                V::Nothing
            }
            Op::GetGlobal(id) => {
                let (module, name) = global(id);
                self.global(&module, &name)?
            }
            Op::SetGlobal(id, a) | Op::DeclareConst(id, a) => {
                self.globals.insert(global(id).1, get(a));
                get(a)
            }
            Op::GlobalDefined(id) => V::Bool(self.globals.contains_key(&global(id).1)),
            Op::DeclareGlobal(_) => V::Nothing,
            Op::DefineFunction(id) => {
                let name = global(id).1;
                let function = V::Name(name.as_str().into());
                self.globals.entry(name).or_insert(function).clone()
            }
            Op::DefineMethod(signature, id) => {
                let Literal::Method(method) = &literals[*id as usize] else { panic!("not a method") };
                self.define(get(signature), Rc::new((**method).clone()));
                V::Nothing
            }
            Op::Call(args) => {
                let mut args = values(args);
                let callee = args.remove(0);
                self.call(callee, args)?
            }
            Op::New(args) => {
                let mut args = values(args);
                let ty = args.remove(0);
                self.new_object(ty, args)
            }
            Op::SplatNew(ty, args) => {
                let args = elements(&get(args));
                match get(ty) {
                    V::NamedType(names) => V::Named(names, args.into()),
                    ty => self.new_object(ty, args),
                }
            }
            Op::Goto(to) => return Ok(Step::Jump(*to)),
            Op::GotoIfNot(a, to) => match get(a) {
                V::Bool(true) => V::Nothing,
                V::Bool(false) => return Ok(Step::Jump(*to)),
                _ => return Err(V::Str("TypeError: non-boolean used in boolean context".into())),
            },
            Op::Return(a) => return Ok(Step::Return(get(a))),
            Op::EnterTry(handler) => {
                handlers.push((*handler, self.exceptions.len()));
                V::Nothing
            }
            Op::LeaveTry(n) => {
                handlers.truncate(handlers.len() - *n as usize);
                V::Nothing
            }
            Op::CurrentException => self.exceptions.last().expect("handling an exception").clone(),
            Op::BoundsCheck => V::Bool(true),
            Op::PopException => self.exceptions.pop().expect("handling an exception"),
            Op::Invoke(..) | Op::Intrinsic(..) | Op::Builtin(..) => panic!("lowering makes none of these"),
        }))
    }

    fn global(&self, module: &ModuleRef, name: &str) -> Outcome {
        let own = (*module == ModuleRef::Current).then(|| self.globals.get(name)).flatten();
        match own {
            Some(value) => Ok(value.clone()),
            None if *module == ModuleRef::Current && name.starts_with("undefined") => {
                Err(V::Str(format!("UndefVarError {name}").into()))
            }
            None => Ok(V::Name(name.into())),
        }
    }

    fn define(&mut self, signature: V, code: Rc<Lowered>) {
        let parts = elements(&signature);
        let mut types = elements(&parts[0]);
        let callee = show(&types.remove(0));
        self.methods.retain(|m| {
            m.callee != callee
                || m.types.iter().map(show).collect::<Vec<_>>() != types.iter().map(show).collect::<Vec<_>>()
        });
        self.methods.push(Method { callee, types, code });
    }

    fn new_object(&mut self, ty: V, args: Vec<V>) -> V {
        let name: Rc<str> = show(&ty).into();
        if matches!(&*name, "UndefVarError" | "UndefKeywordError") {
            return V::Str(format!("{name} {}", show(&args[0])).into());
        }
        let contents = || vec![V::Str("contents".into())];
        let names = self.fields.get(&*name).cloned().unwrap_or_else(contents);
        let fields = names.iter().map(show).zip(args).collect();
        V::Object(name, Rc::new(RefCell::new(fields)))
    }

    pub fn call(&mut self, callee: V, args: Vec<V>) -> Outcome {
        let key = match &callee {
            V::Object(ty, _) => ty.to_string(),
            V::Name(name) if self.fields.contains_key(&**name) => format!("Type{{{name}}}"),
            other => show(other),
        };
        if let Some(code) = self.dispatch(&key, &args) {
            let mut all = vec![callee];
            all.extend(args);
            return self.body(&code, all);
        }
        if self.methods.iter().any(|m| m.callee == key) || matches!(callee, V::Object(..)) {
            return Err(V::Str(format!("MethodError {key}").into()));
        }
        self.builtin(&key, args)
    }

    fn dispatch(&self, key: &str, args: &[V]) -> Option<Rc<Lowered>> {
        let mut best: Option<(usize, &Method)> = None;
        for method in self.methods.iter().filter(|m| m.callee == key) {
            let fixed = method.types.len() - usize::from(method.code.body.is_vararg);
            let fits = if method.code.body.is_vararg { args.len() >= fixed } else { args.len() == fixed };
            if !fits || !args.iter().zip(&method.types[..fixed]).all(|(a, t)| isa(a, t)) {
                continue;
            }
            let score = method.types[..fixed].iter().filter(|t| !matches!(show(t).as_str(), "Any")).count() * 2
                + usize::from(!method.code.body.is_vararg);
            if best.as_ref().is_none_or(|(known, _)| score >= *known) {
                best = Some((score, method));
            }
        }
        best.map(|(_, method)| method.code.clone())
    }

    fn map(&mut self, f: &V, items: Vec<V>) -> Result<Vec<V>, V> {
        items.into_iter().map(|item| self.call(f.clone(), vec![item])).collect()
    }

    fn builtin(&mut self, name: &str, args: Vec<V>) -> Outcome {
        let arg = |i: usize| args.get(i).cloned().unwrap_or(V::Nothing);
        let list = |items: Vec<V>| V::List(Rc::new(RefCell::new(items)));
        Ok(match name {
            "+" | "-" | "*" | "/" | "%" | "<" | ">" | "<=" | ">=" | "==" | "!=" | "&" | "^" => arithmetic(name, &args)?,
            "!" | "not_int" => V::Bool(matches!(arg(0), V::Bool(false))),
            "===" => V::Bool(show(&arg(0)) == show(&arg(1))),
            "println" | "print" => {
                let text: String = args.iter().map(show).collect();
                self.out.push_str(&text);
                if name == "println" {
                    self.out.push('\n');
                }
                V::Nothing
            }
            "string" => V::Str(args.iter().map(show).collect::<String>().into()),
            "repr" => arg(0),
            "throw" => return Err(arg(0)),
            "error" => return Err(V::Str(show(&arg(0)).into())),
            "rethrow" | "_rethrow" => return Err(self.exceptions.last().expect("handling an exception").clone()),
            "AssertionError" => V::Str(format!("{name} {}", show(&arg(0))).into()),
            "kwerr" => return Err(V::Str("unsupported keyword".into())),
            "tuple" | "svec" => V::Tuple(args.into()),
            "vect" => list(args),
            "_typevar" => V::TypeVar,
            "_unionall" => arg(1),
            "apply_type" => match (show(&arg(0)).as_str(), arg(1)) {
                ("NamedTuple", V::Tuple(names)) => V::NamedType(names),
                ("Val", n) => V::Tuple(vec![V::Name("Val".into()), n].into()),
                _ => arg(0),
            },
            "(Val, 2)" => V::Int(2),
            "(Val, 3)" => V::Int(3),
            "literal_pow" => arithmetic("^", &args[1..])?,
            "Typeof" | "typeof" => match arg(0) {
                V::Object(ty, _) => V::Name(ty),
                V::Name(ty) if self.fields.contains_key(&*ty) => V::Name(format!("Type{{{ty}}}").into()),
                other => other,
            },
            "_structtype" => {
                self.fields.insert(show(&arg(1)), elements(&arg(3)));
                V::Name(show(&arg(1)).into())
            }
            "_abstracttype" => V::Name(show(&arg(1)).into()),
            "_setsuper!" | "set_binding_type!" => V::Nothing,
            "_typebody!" => {
                self.field_types.insert(show(&arg(0)), elements(&arg(1)));
                V::Nothing
            }
            "_equiv_typedef" => V::Bool(true),
            "fieldtype" => {
                let V::Int(i) = arg(1) else { panic!("fieldtype") };
                self.field_types[&show(&arg(0))][i as usize - 1].clone()
            }
            "convert" | "typeassert" => match (name, show(&arg(0)).as_str(), arg(1)) {
                ("convert", "Float64", V::Int(i)) => V::Float(i as f64),
                ("convert", _, value) => value,
                _ => arg(0),
            },
            "isa" => V::Bool(isa(&arg(0), &arg(1))),
            "isdefined" => V::Bool(field(&arg(0), &arg(1)).is_some()),
            "getfield" | "getproperty" | "getindex" | "dotview" => match field(&arg(0), &arg(1)) {
                Some(value) => value,
                None => return Err(V::Str(format!("no field {} of {}", show(&arg(1)), show(&arg(0))).into())),
            },
            "setfield!" | "setproperty!" => {
                let V::Object(_, fields) = arg(0) else { panic!("setfield! of {}", show(&arg(0))) };
                fields.borrow_mut().insert(show(&arg(1)), arg(2));
                arg(2)
            }
            "setindex!" => {
                let (V::List(items), V::Int(i)) = (arg(0), arg(2)) else { panic!("setindex!") };
                items.borrow_mut()[i as usize - 1] = arg(1);
                arg(0)
            }
            "lastindex" | "length" => V::Int(elements(&arg(0)).len() as i64),
            "firstindex" => V::Int(1),
            "push!" => {
                let V::List(items) = arg(0) else { panic!("push!") };
                items.borrow_mut().push(arg(1));
                arg(0)
            }
            ":" => {
                let (V::Int(a), V::Int(b)) = (arg(0), arg(1)) else { panic!("range") };
                V::Tuple((a..=b).map(V::Int).collect::<Vec<_>>().into())
            }
            "iterate" | "indexed_iterate" => {
                let items = elements(&arg(0));
                let at = match (name, arg(1)) {
                    ("iterate", V::Int(at)) => at as usize,
                    ("iterate", _) => 0,
                    (_, V::Int(i)) => i as usize - 1,
                    _ => panic!("bad state"),
                };
                match items.get(at) {
                    Some(item) => V::Tuple(vec![item.clone(), V::Int(at as i64 + 1)].into()),
                    None if name == "iterate" => V::Nothing,
                    None => return Err(V::Str("BoundsError".into())),
                }
            }
            "rest" => {
                let at = if let V::Int(at) = arg(1) { at as usize } else { 0 };
                V::Tuple(elements(&arg(0)).split_off(at).into())
            }
            "split_rest" => {
                let (V::Int(n), at) = (arg(1), if let V::Int(at) = arg(2) { at as usize } else { 0 }) else { panic!() };
                let mut middle = elements(&arg(0)).split_off(at);
                let last = middle.split_off(middle.len() - n as usize);
                V::Tuple(vec![V::Tuple(middle.into()), V::Tuple(last.into())].into())
            }
            "_apply_iterate" => {
                let all = args[2..].iter().flat_map(elements).collect();
                return self.call(arg(1), all);
            }
            "identity" | "collect" | "materialize" | "pairs" => arg(args.len() - 1),
            "Generator" => {
                let items = self.map(&arg(0), elements(&arg(1)))?;
                list(items)
            }
            "Filter" => {
                let items = elements(&arg(1));
                let keep = self.map(&arg(0), items.clone())?;
                list(items.into_iter().zip(keep).filter(|(_, k)| matches!(k, V::Bool(true))).map(|(v, _)| v).collect())
            }
            "Flatten" => list(elements(&arg(0)).iter().flat_map(elements).collect()),
            "product" => {
                let (a, b) = (elements(&arg(0)), elements(&arg(1)));
                let pair = |x: &V, y: &V| V::Tuple(vec![x.clone(), y.clone()].into());
                list(b.iter().flat_map(|y| a.iter().map(move |x| pair(x, y))).collect())
            }
            "map" => {
                let items = self.map(&arg(0), elements(&arg(1)))?;
                list(items)
            }
            "broadcasted" => {
                let length = args[1..].iter().filter(|a| matches!(a, V::List(_))).map(|a| elements(a).len()).max();
                let mut out = Vec::new();
                for i in 0..length.unwrap_or(1) {
                    let row =
                        args[1..].iter().map(|a| if let V::List(l) = a { l.borrow()[i].clone() } else { a.clone() });
                    out.push(self.call(arg(0), row.collect())?);
                }
                if length.is_some() { list(out) } else { out.remove(0) }
            }
            "materialize!" => {
                let V::List(items) = arg(0) else { panic!("materialize!") };
                *items.borrow_mut() = elements(&arg(1));
                arg(0)
            }
            "keys" => match arg(0) {
                V::Named(names, _) => V::Tuple(names),
                _ => panic!("keys"),
            },
            "diff_names" | "structdiff" => difference(&arg(0), &arg(1)),
            "isempty" => V::Bool(elements(&arg(0)).is_empty()),
            "merge" => {
                let (V::Named(an, av), V::Named(bn, bv)) = (arg(0), arg(1)) else { panic!("merge") };
                let kept = an.iter().zip(&*av).filter(|(n, _)| !bn.iter().any(|m| show(m) == show(n)));
                let all = kept.chain(bn.iter().zip(&*bv)).map(|(n, v)| (n.clone(), v.clone()));
                let (names, values): (Vec<V>, Vec<V>) = all.unzip();
                V::Named(names.into(), values.into())
            }
            "_expr" => V::Expr(show(&arg(0)).into(), args[1..].to_vec().into()),
            "QuoteNode" => arg(0),
            _ => return Err(V::Str(format!("MethodError {name}").into())),
        })
    }
}

enum Step {
    Value(V),
    Jump(u32),
    Return(V),
}

fn check(lowered: &Lowered) {
    if let Err(error) = verify(&lowered.body, lowered.literals.len()) {
        panic!("{error}\n{lowered}");
    }
    let bytes = tintype_hir::encode(&lowered.body);
    assert_eq!(tintype_hir::decode(&bytes).as_ref(), Ok(&lowered.body));
    for literal in &lowered.literals {
        if let Literal::Method(inner) = literal {
            check(inner);
        }
    }
}

fn literal(literal: &Literal) -> V {
    match literal {
        Literal::Bool(b) => V::Bool(*b),
        Literal::Int64(i) => V::Int(*i),
        Literal::Float64(bits) => V::Float(f64::from_bits(*bits)),
        Literal::String(bytes) => V::Str(String::from_utf8_lossy(bytes).into()),
        Literal::Symbol(name) => V::Sym((**name).into()),
        Literal::Quote(inner) => self::literal(inner),
        Literal::Nothing | Literal::Module(_) | Literal::LineNumber(..) => V::Nothing,
        other => panic!("literal {other}"),
    }
}

fn elements(value: &V) -> Vec<V> {
    match value {
        V::Tuple(items) => items.to_vec(),
        V::List(items) => items.borrow().clone(),
        V::Named(_, values) => values.to_vec(),
        other => vec![other.clone()],
    }
}

fn field(object: &V, key: &V) -> Option<V> {
    match (object, key) {
        (V::Object(_, fields), _) => fields.borrow().get(&show(key)).cloned(),
        (V::Named(names, values), V::Sym(_)) => {
            names.iter().position(|n| show(n) == show(key)).map(|i| values[i].clone())
        }
        (V::Tuple(_) | V::List(_) | V::Named(..), V::Int(i)) => elements(object).get(*i as usize - 1).cloned(),
        _ => None,
    }
}

fn difference(a: &V, b: &V) -> V {
    let known: Vec<String> = match b {
        V::NamedType(names) | V::Tuple(names) => names.iter().map(show).collect(),
        _ => Vec::new(),
    };
    match a {
        V::Named(names, values) => {
            let kept = names.iter().zip(&**values).filter(|(n, _)| !known.contains(&show(n)));
            let (names, values): (Vec<V>, Vec<V>) = kept.map(|(n, v)| (n.clone(), v.clone())).unzip();
            V::Named(names.into(), values.into())
        }
        _ => V::Tuple(elements(a).into_iter().filter(|n| !known.contains(&show(n))).collect::<Vec<_>>().into()),
    }
}

fn isa(value: &V, ty: &V) -> bool {
    match (show(ty).as_str(), value) {
        ("Int", v) => matches!(v, V::Int(_)),
        ("String", v) => matches!(v, V::Str(_)),
        ("Float64", v) => matches!(v, V::Float(_)),
        ("NamedTuple", v) => matches!(v, V::Named(..)),
        (name, V::Object(ty, _)) if name.starts_with(|c: char| c.is_uppercase()) && name != "Any" => **ty == *name,
        _ => true,
    }
}

fn arithmetic(name: &str, args: &[V]) -> Outcome {
    if let [V::Float(_), _] | [_, V::Float(_)] = args {
        let float = |v: &V| match v {
            V::Float(x) => *x,
            V::Int(i) => *i as f64,
            _ => f64::NAN,
        };
        let (a, b) = (float(&args[0]), float(&args[1]));
        return Ok(V::Float(if name == "+" { a + b } else { a * b }));
    }
    let mut ints = args.iter().map(|v| match v {
        V::Int(i) => Ok(*i),
        V::Bool(b) => Ok(i64::from(*b)),
        _ => Err(V::Str(format!("MethodError {name}").into())),
    });
    let first = ints.next().expect("an operand")?;
    let Some(second) = ints.next() else { return Ok(V::Int(if name == "-" { -first } else { first })) };
    let second = second?;
    let result = match name {
        "+" => first + second,
        "-" => first - second,
        "*" => first * second,
        "%" | "/" if second == 0 => return Err(V::Str("DivideError".into())),
        "/" => first / second,
        "%" => first % second,
        "^" => first.pow(second as u32),
        "&" => return Ok(V::Bool(first & second == 1)),
        "<" => return Ok(V::Bool(first < second)),
        ">" => return Ok(V::Bool(first > second)),
        "<=" => return Ok(V::Bool(first <= second)),
        ">=" => return Ok(V::Bool(first >= second)),
        "==" => return Ok(V::Bool(first == second)),
        _ => return Ok(V::Bool(first != second)),
    };
    match ints.next() {
        Some(third) => arithmetic(name, &[V::Int(result), V::Int(third?)]),
        None => Ok(V::Int(result)),
    }
}

/// Text of a value.
pub fn show(value: &V) -> String {
    let list = |items: &[V]| items.iter().map(show).collect::<Vec<_>>().join(", ");
    match value {
        V::Nothing => "nothing".into(),
        V::Bool(b) => b.to_string(),
        V::Int(i) => i.to_string(),
        V::Float(x) => format!("{x:?}"),
        V::Str(s) | V::Sym(s) | V::Name(s) => s.to_string(),
        V::Tuple(items) => format!("({})", list(items)),
        V::Named(names, values) => {
            let pairs: Vec<_> =
                names.iter().zip(&**values).map(|(n, v)| format!("{} = {}", show(n), show(v))).collect();
            format!("({})", pairs.join(", "))
        }
        V::NamedType(names) => format!("NamedTuple({})", list(names)),
        V::List(items) => format!("[{}]", list(&items.borrow())),
        V::Object(ty, _) => format!("{ty}()"),
        V::TypeVar => "Any".into(),
        V::Expr(head, args) => format!("(:{head} {})", list(args)),
    }
}
