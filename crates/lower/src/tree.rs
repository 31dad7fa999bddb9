//! The core form: what desugaring leaves of the surface tree, with few kinds of node and every scope explicit.
//!
//! Names are resolved in place ([`crate::resolve`]): `Name` becomes `Var`, `StaticParam`, `Temp` or `Global`. A temporary
//! is assigned once, on a path that dominates its uses, never crosses into another lambda and needs no slot.

use tintype_hir::Literal;
use tintype_syntax::{Name, Span};

pub(crate) type TempId = u32;
pub(crate) type VarId = u32;
pub(crate) type LambdaId = u32;

/// The module a global belongs to, before literal pools are known.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Module {
    Current,
    Core,
    Base,
    /// A module value of the macro host.
    Host(u32),
}

#[derive(Clone, Debug)]
pub(crate) struct Tree {
    pub kind: Kind,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub(crate) enum Kind {
    Literal(Literal),
    Name(Name),
    Var(VarId),
    /// A static parameter, named by the temporary that holds its type variable where the method is defined.
    StaticParam(TempId),
    Temp(TempId),
    Global(Module, Name),
    Call(Vec<Tree>),
    New(Vec<Tree>),
    SplatNew(Box<Tree>, Box<Tree>),
    /// Target (`Name`, `Var`, `Temp` or `Global`) and value; the result is the value.
    Assign(Box<Tree>, Box<Tree>),
    Block(Vec<Tree>),
    Scope(Box<Scope>),
    /// Declares a variable of the nearest scope.
    Local(Name),
    /// Declares a local whose every assignment converts.
    LocalTyped(Name, Box<Tree>),
    GlobalDecl(Vec<Name>),
    /// `const x = v`; the target is `Name` or `Global`.
    Const(Box<Tree>, Box<Tree>),
    If(Box<Tree>, Box<Tree>, Box<Tree>),
    Loop(Box<Loop>),
    Break,
    Continue,
    Try(Box<Try>),
    Exception,
    Return(Box<Tree>),
    Function(Box<FunctionDef>),
    /// Variable name, lower and upper bound, body: `body where lower <: name <: upper`.
    Where(Box<Where>),
    Label(Name),
    Goto(Name),
    IsDefined(Box<Tree>),
    Line(u32),
    /// Code marked `@inbounds` begins or ends.
    Inbounds(bool),
    /// Whether to check bounds.
    BoundsCheck,
    TypeDef(Box<TypeDef>),
}

/// A scope block.
#[derive(Clone, Debug)]
pub(crate) struct Scope {
    /// A hard scope makes new locals of what it assigns; a soft one defers to globals where Julia says so.
    pub hard: bool,
    pub body: Tree,
    /// What it declares, once resolved.
    pub vars: Vec<VarId>,
}

#[derive(Clone, Debug)]
pub(crate) struct Loop {
    pub cond: Tree,
    pub body: Tree,
    /// Runs after the body and after `continue`.
    pub step: Option<Tree>,
    /// `break` inside leaves this loop (inner loops of `for i, j` are not targets).
    pub break_target: bool,
    /// The condition says when to stop, not when to go on, and is small and free of definitions: it is tested once before
    /// the loop and again at the bottom, so that an iteration makes one jump.
    pub rotate: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Try {
    pub body: Tree,
    pub catch: Option<Tree>,
    pub else_: Option<Tree>,
    pub finally: Option<Tree>,
}

#[derive(Clone, Debug)]
pub(crate) struct Where {
    pub name: Name,
    pub lower: Option<Tree>,
    pub upper: Option<Tree>,
    pub body: Tree,
    /// The type variable, once resolved.
    pub temp: TempId,
}

#[derive(Clone, Debug)]
pub(crate) struct TypeVarDecl {
    pub name: Name,
    pub lower: Option<Tree>,
    pub upper: Option<Tree>,
    /// The temporary that holds it, once resolved.
    pub temp: TempId,
}

#[derive(Clone, Debug)]
pub(crate) struct FunctionDef {
    pub callee: Callee,
    pub methods: Vec<Method>,
    /// Generated global functions the methods belong to or call.
    pub helpers: Vec<Name>,
    /// The closure's type and captures, once resolved, when the callee is a closure.
    pub group: Option<u32>,
    /// Whether the closure object is made here; not where an earlier definition on every path has made it.
    pub creates: bool,
    /// Whether a signature mentions locals of the top-level thunk, so that methods must be added in place.
    pub uses_thunk_locals: bool,
}

/// What methods are added to.
#[derive(Clone, Debug)]
pub(crate) enum Callee {
    /// A name: `Name`, later `Var` (a closure) or `Global`.
    Named(Tree),
    /// An expression that gives the function: `Base.show`.
    Value(Tree),
    /// Objects of a type: `(p::Poly)(x)`.
    Functor,
    /// A new closure without a name.
    Anonymous(Box<str>),
}

#[derive(Clone, Debug)]
pub(crate) struct Method {
    pub typevars: Vec<TypeVarDecl>,
    /// One for every parameter, the called object's first.
    pub types: Vec<ParamType>,
    pub lambda: Lambda,
}

#[derive(Clone, Debug)]
pub(crate) enum ParamType {
    Any,
    /// The type of the callee. The parameter holds the closure when the callee is one.
    Callee,
    /// `Core.Typeof` of a value.
    TypeOf(Tree),
    Given(Tree),
}

#[derive(Clone, Debug)]
pub(crate) struct Param {
    pub name: Name,
    pub no_specialize: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Lambda {
    /// Set by resolution.
    pub id: LambdaId,
    pub name: Box<str>,
    pub params: Vec<Param>,
    pub is_vararg: bool,
    pub body: Tree,
    pub line: u32,
    pub inline: Option<bool>,
    pub propagate_inbounds: bool,
    pub generated: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct TypeDef {
    pub name: Name,
    pub params: Vec<TypeVarDecl>,
    pub super_type: Option<Tree>,
    pub kind: TypeDefKind,
    /// The temporary that holds the new type.
    pub temp: TempId,
}

#[derive(Clone, Debug)]
pub(crate) enum TypeDefKind {
    Abstract,
    Primitive(Tree),
    Struct {
        mutable: bool,
        /// Name, type, attribute (`const`, `atomic`).
        fields: Vec<(Name, Option<Tree>, Option<&'static str>)>,
        n_initialized: u32,
    },
}

impl Tree {
    pub fn new(kind: Kind, span: Span) -> Tree {
        Tree { kind, span }
    }

    pub fn literal(literal: Literal, span: Span) -> Tree {
        Tree::new(Kind::Literal(literal), span)
    }

    pub fn nothing(span: Span) -> Tree {
        Tree::literal(Literal::Nothing, span)
    }

    pub fn int(value: i64, span: Span) -> Tree {
        Tree::literal(Literal::Int64(value), span)
    }

    pub fn bool(value: bool, span: Span) -> Tree {
        Tree::literal(Literal::Bool(value), span)
    }

    pub fn symbol(name: &str, span: Span) -> Tree {
        Tree::literal(Literal::Symbol(name.into()), span)
    }

    pub fn name(name: Name, span: Span) -> Tree {
        Tree::new(Kind::Name(name), span)
    }

    pub fn base(name: &str, span: Span) -> Tree {
        Tree::new(Kind::Global(Module::Base, name.into()), span)
    }

    pub fn core(name: &str, span: Span) -> Tree {
        Tree::new(Kind::Global(Module::Core, name.into()), span)
    }

    pub fn temp(temp: TempId, span: Span) -> Tree {
        Tree::new(Kind::Temp(temp), span)
    }

    pub fn call(args: Vec<Tree>, span: Span) -> Tree {
        Tree::new(Kind::Call(args), span)
    }

    pub fn call_base(name: &str, mut args: Vec<Tree>, span: Span) -> Tree {
        args.insert(0, Tree::base(name, span));
        Tree::call(args, span)
    }

    pub fn call_core(name: &str, mut args: Vec<Tree>, span: Span) -> Tree {
        args.insert(0, Tree::core(name, span));
        Tree::call(args, span)
    }

    pub fn block(items: Vec<Tree>, span: Span) -> Tree {
        Tree::new(Kind::Block(items), span)
    }

    pub fn assign(target: Tree, value: Tree, span: Span) -> Tree {
        Tree::new(Kind::Assign(Box::new(target), Box::new(value)), span)
    }

    pub fn if_(cond: Tree, then: Tree, otherwise: Tree, span: Span) -> Tree {
        Tree::new(Kind::If(Box::new(cond), Box::new(then), Box::new(otherwise)), span)
    }

    pub fn scope(hard: bool, body: Tree, span: Span) -> Tree {
        Tree::new(Kind::Scope(Box::new(Scope { hard, body, vars: Vec::new() })), span)
    }

    pub fn return_(value: Tree, span: Span) -> Tree {
        Tree::new(Kind::Return(Box::new(value)), span)
    }

    /// Whether evaluating it twice, or later, is the same: no effect, and nothing between can change it.
    pub fn is_constant(&self) -> bool {
        matches!(self.kind, Kind::Literal(_) | Kind::Temp(_))
    }

    /// Whether it is a plain variable or constant, so that evaluating it twice in a row is harmless.
    pub fn is_simple(&self) -> bool {
        matches!(self.kind, Kind::Literal(_) | Kind::Temp(_) | Kind::Name(_) | Kind::Global(..))
    }

    /// Visits the trees directly inside this one that run in the same function: not method bodies.
    pub fn for_each_child_mut(&mut self, visit: &mut dyn FnMut(&mut Tree)) {
        match &mut self.kind {
            Kind::Literal(_)
            | Kind::Name(_)
            | Kind::Var(_)
            | Kind::StaticParam(_)
            | Kind::Temp(_)
            | Kind::Global(..)
            | Kind::Local(_)
            | Kind::GlobalDecl(_)
            | Kind::Break
            | Kind::Continue
            | Kind::Exception
            | Kind::Label(_)
            | Kind::Goto(_)
            | Kind::Line(_)
            | Kind::Inbounds(_)
            | Kind::BoundsCheck
            | Kind::Function(_)
            | Kind::TypeDef(_) => {}
            Kind::Call(items) | Kind::New(items) | Kind::Block(items) => items.iter_mut().for_each(visit),
            Kind::SplatNew(a, b) | Kind::Assign(a, b) | Kind::Const(a, b) => {
                visit(a);
                visit(b);
            }
            Kind::Scope(scope) => visit(&mut scope.body),
            Kind::LocalTyped(_, a) | Kind::Return(a) | Kind::IsDefined(a) => visit(a),
            Kind::If(a, b, c) => {
                visit(a);
                visit(b);
                visit(c);
            }
            Kind::Loop(l) => {
                visit(&mut l.cond);
                visit(&mut l.body);
                l.step.iter_mut().for_each(visit);
            }
            Kind::Try(t) => {
                visit(&mut t.body);
                t.catch.iter_mut().chain(&mut t.else_).chain(&mut t.finally).for_each(visit);
            }
            Kind::Where(w) => {
                w.lower.iter_mut().chain(&mut w.upper).for_each(&mut *visit);
                visit(&mut w.body);
            }
        }
    }
}
