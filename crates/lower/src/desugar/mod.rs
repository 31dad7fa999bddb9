//! Surface tree to core form: every piece of syntax becomes calls, blocks, scopes and methods.
//!
//! One method per head, grouped by theme in the files of this folder. Macro calls are gone when this runs. Names stay
//! names; [`crate::resolve`] finds out what they mean.

mod arrays;
mod assignments;
mod blocks;
mod broadcast;
mod calls;
mod comprehensions;
mod control;
mod declarations;
mod functions;
mod indexing;
mod keywords;
mod quote;
mod signatures;
mod structs;

use crate::diagnostic::{Result, error, unsupported};
use crate::host::{MacroHost, MacroModule, as_global_ref, as_host_value};
use crate::tree::{Kind, Module, TempId, Tree};
use tintype_hir::Literal;
use tintype_syntax::{Name, Node, NodeKind, Span};

/// Deeper nesting than this is an error, so that recursion over trees stays within a thread's stack.
pub(crate) const MAX_DEPTH: u32 = 600;

/// Functions within functions, each of which costs several frames in every pass.
const MAX_FUNCTION_DEPTH: u32 = 100;

/// State of desugaring one top-level expression.
pub(crate) struct Desugar<'a> {
    pub file: &'a str,
    pub host: &'a mut dyn MacroHost,
    fresh: u32,
    pub temps: u32,
    depth: u32,
    /// What `end` and `begin` mean, innermost last.
    index_contexts: Vec<indexing::IndexContext>,
    /// Inside a `struct` body: what `new` makes.
    new_context: Option<structs::NewContext>,
    /// How many function bodies we are inside.
    function_depth: u32,
    /// The line statements stand on, for function definitions without one of their own.
    line: u32,
}

impl<'a> Desugar<'a> {
    pub fn new(file: &'a str, host: &'a mut dyn MacroHost, line: u32) -> Self {
        Desugar {
            file,
            host,
            fresh: 0,
            temps: 0,
            depth: 0,
            index_contexts: Vec::new(),
            new_context: None,
            function_depth: 0,
            line,
        }
    }

    /// A variable name the source cannot contain, different from all others of this expression.
    pub fn fresh_name(&mut self, stem: &str) -> Name {
        self.fresh += 1;
        format!("#{stem}#{}", self.fresh).into()
    }

    fn new_temp(&mut self) -> TempId {
        self.temps += 1;
        self.temps - 1
    }

    /// Something to evaluate first, and a tree that may then be used any number of times for its value.
    fn hold(&mut self, value: Tree, before: &mut Vec<Tree>) -> Tree {
        if value.is_constant() {
            return value;
        }
        let span = value.span;
        let temp = Tree::temp(self.new_temp(), span);
        before.push(Tree::assign(temp.clone(), value, span));
        temp
    }

    /// The expression's core form.
    pub fn expr(&mut self, node: &Node) -> Result<Tree> {
        if self.depth >= MAX_DEPTH {
            return error("expression nested too deeply", node.span);
        }
        self.depth += 1;
        let result = self.expr_inner(node);
        self.depth -= 1;
        result
    }

    /// Fails where so many parts of one node, which lowering nests in one another, would be too deep.
    fn check_links(&self, n: usize, span: Span) -> Result<()> {
        if n > MAX_DEPTH as usize { error("expression nested too deeply", span) } else { Ok(()) }
    }

    pub fn exprs(&mut self, nodes: &[Node]) -> Result<Vec<Tree>> {
        nodes.iter().map(|node| self.expr(node)).collect()
    }

    fn expr_inner(&mut self, node: &Node) -> Result<Tree> {
        let span = node.span;
        let literal = match &node.kind {
            NodeKind::Symbol(name) => return self.symbol(name, span),
            NodeKind::Expr(head, args) => return self.compound(head, args, node),
            NodeKind::Line(line) => {
                self.line = *line;
                return Ok(Tree::new(Kind::Line(*line), span));
            }
            NodeKind::Quote(inner) => return Ok(Tree::literal(self.quoted_literal(inner), span)),
            atom => self.atom(atom),
        };
        Ok(Tree::literal(literal, span))
    }

    /// The value of a self-evaluating node.
    fn atom(&self, kind: &NodeKind) -> Literal {
        match kind {
            NodeKind::Integer(i) => Literal::Int64(*i),
            NodeKind::Integer128(i) => Literal::Int128(*i),
            NodeKind::Unsigned(u, bits) => Literal::Unsigned(*u, *bits),
            NodeKind::Float64(x) => Literal::Float64(x.to_bits()),
            NodeKind::Float32(x) => Literal::Float32(x.to_bits()),
            NodeKind::Char(c) => Literal::Char(*c),
            NodeKind::String(bytes) => Literal::String((**bytes).into()),
            NodeKind::Bool(b) => Literal::Bool(*b),
            NodeKind::Nothing => Literal::Nothing,
            NodeKind::Symbol(name) => Literal::Symbol((**name).into()),
            NodeKind::Line(line) => Literal::LineNumber(*line, self.file.into()),
            NodeKind::Quote(_) | NodeKind::Expr(..) => unreachable!("not an atom: {kind:?}"),
        }
    }

    fn symbol(&mut self, name: &Name, span: Span) -> Result<Tree> {
        match &**name {
            "end" | "begin" if !self.index_contexts.is_empty() => Ok(self.index_bound(name, span)),
            "end" => error("unexpected `end`", span),
            "_" => error("all-underscore identifier used as rvalue", span),
            dotted if is_dotted_operator(dotted) => self.dotted_operator(dotted, span),
            underscores if underscores.bytes().all(|b| b == b'_') => {
                error("all-underscore identifier used as rvalue", span)
            }
            _ => Ok(Tree::name(name.clone(), span)),
        }
    }

    fn compound(&mut self, head: &str, args: &[Node], node: &Node) -> Result<Tree> {
        let span = node.span;
        match head {
            "call" => self.call(args, span),
            "block" => self.block(args, span),
            "=" | "const" | "local" | "global" | "::" if head != "::" || args.len() == 2 => match head {
                "=" => self.assignment(&args[0], &args[1], span),
                "::" => self.type_assertion(&args[0], &args[1], span),
                _ => self.declaration(head, args, span),
            },
            "." => self.dot(args, span),
            "ref" => self.getindex(args, span),
            "curly" => self.curly(args, span),
            "tuple" => self.tuple(args, span),
            "vect" => self.vect(args, span),
            "hcat" | "vcat" | "typed_hcat" | "typed_vcat" | "ncat" | "typed_ncat" => {
                self.concatenation(head, args, span)
            }
            "if" | "elseif" => self.if_expr(args, span),
            "&&" => self.and_expr(args, span),
            "||" => self.or_expr(args, span),
            "comparison" => self.comparison(args, span),
            "while" => self.while_loop(args, span),
            "for" => self.for_loop(args, span),
            "break" => Ok(Tree::new(Kind::Break, span)),
            "continue" => Ok(Tree::new(Kind::Continue, span)),
            "return" => self.return_expr(args, span),
            "let" => self.let_expr(args, span),
            "try" => self.try_expr(args, span),
            "function" => self.function(args, span),
            "->" => self.arrow(&args[0], &args[1], span),
            "do" => self.do_block(args, span),
            "macro" => self.macro_definition(args, span),
            "where" => self.where_expr(args, span),
            "<:" | ">:" => self.subtype_expr(head, args, span),
            "'" => Ok(Tree::call_base("adjoint", vec![self.expr(&args[0])?], span)),
            "string" => Ok(Tree::call_base("string", self.exprs(args)?, span)),
            "quote" => self.quote(&args[0], span),
            "inert" => Ok(Tree::literal(self.quoted_literal(&args[0]), span)),
            "generator" | "flatten" => self.generator(head, args, span),
            "comprehension" | "typed_comprehension" => self.comprehension(head, args, span),
            "struct" => self.struct_definition(args, span),
            "abstract" => self.abstract_definition(args, span),
            "primitive" => self.primitive_definition(args, span),
            "symbolicgoto" | "symboliclabel" => self.goto_or_label(head, args, span),
            "isdefined" => Ok(Tree::new(Kind::IsDefined(Box::new(self.expr(&args[0])?)), span)),
            "globalref" | "#host" => self.host_node(node),
            "#module" => Ok(Tree::literal(Literal::Module(tintype_hir::ModuleRef::Current), span)),
            "meta" | "inbounds" | "loopinfo" | "aliasscope" | "popaliasscope" => Ok(Tree::nothing(span)),
            "boundscheck" => Ok(Tree::new(Kind::BoundsCheck, span)),
            "#inbounds" => {
                let temp = Tree::new(Kind::Temp(self.new_temp()), span);
                let value = self.expr(&args[0])?;
                let items = vec![
                    Tree::new(Kind::Inbounds(true), span),
                    Tree::assign(temp.clone(), value, span),
                    Tree::new(Kind::Inbounds(false), span),
                    temp,
                ];
                Ok(Tree::new(Kind::Block(items), span))
            }
            "toplevel" => self.block(args, span),
            "=>" => {
                Ok(Tree::call(vec![Tree::name("=>".into(), span), self.expr(&args[0])?, self.expr(&args[1])?], span))
            }
            "-->" => {
                Ok(Tree::call(vec![Tree::name("-->".into(), span), self.expr(&args[0])?, self.expr(&args[1])?], span))
            }
            ".&&" | ".||" => self.broadcast_node(node),
            ".=" => self.broadcast_assignment(&args[0], &args[1], span),
            "..." => error("`...` expression outside call", span),
            "kw" => error("unexpected keyword argument", span),
            "parameters" => error("unexpected semicolon", span),
            "$" => error("`$` expression outside quote", span),
            "&" => error("invalid syntax & in expression", span),
            "::" => error("invalid `::` syntax", span),
            "import" | "using" | "export" | "public" if self.function_depth == 0 => self.evaluated_apart(node),
            "module" | "import" | "using" | "export" | "public" => {
                error(format!("\"{head}\" expression not at top level"), span)
            }
            "error" | "incomplete" => error("invalid syntax", span),
            "macrocall" => error("macro call left after expansion", span),
            _ if head.ends_with('=') => self.op_assignment(head, &args[0], &args[1], span),
            _ if is_operator(head) => self.operator_head(head, args, span),
            _ => unsupported(&format!("`{head}` expression"), span),
        }
    }

    /// `if x; using A; end`: what only the module can do is handed to `Core.eval`.
    fn evaluated_apart(&mut self, node: &Node) -> Result<Tree> {
        let span = node.span;
        let module = Tree::literal(Literal::Module(tintype_hir::ModuleRef::Current), span);
        let expression = self.quote(node, span)?;
        Ok(Tree::call_core("eval", vec![module, expression], span))
    }

    /// Heads that are operators written as syntax (`x → y` is a call, but a few heads survive macros).
    fn operator_head(&mut self, head: &str, args: &[Node], span: Span) -> Result<Tree> {
        let mut call = vec![Tree::name(head.into(), span)];
        call.extend(self.exprs(args)?);
        Ok(Tree::call(call, span))
    }

    fn host_node(&mut self, node: &Node) -> Result<Tree> {
        if let Some(index) = as_host_value(node) {
            return Ok(Tree::literal(Literal::Host(index), node.span));
        }
        match as_global_ref(node) {
            Some((module, name)) => Ok(Tree::new(Kind::Global(core_module(module), name.into()), node.span)),
            None => error("malformed reference to a global", node.span),
        }
    }
}

/// The core form's name for a module of macro expansion.
pub(crate) fn core_module(module: MacroModule) -> Module {
    match module {
        MacroModule::Current => Module::Current,
        MacroModule::Core => Module::Core,
        MacroModule::Base => Module::Base,
        MacroModule::Host(index) => Module::Host(index),
    }
}

/// Whether the name is an operator with a broadcasting dot: `.+`, but not `..` or `...`.
pub(crate) fn is_dotted_operator(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next() == Some('.') && chars.next().is_some_and(|c| c != '.' && !c.is_alphanumeric() && c != '_')
}

fn is_operator(name: &str) -> bool {
    name.chars().next().is_some_and(|c| !c.is_alphanumeric() && c != '_' && c != '#' && c != '@')
}
