//! Functions with keyword arguments, by Julia 1.10's scheme.
//!
//! A definition makes three kinds of method: the body, `#f#k(keywords..., f, arguments...)`, a function of its own; for
//! each number of arguments a method of `f` that calls the body with every default; and a method
//! `Core.kwcall(named_tuple, f, arguments...)` that takes the keywords apart. When `f` is a closure, all of them reach
//! what it captured through their parameter that holds `f`.

use super::Desugar;
use super::functions::{Target, function_tree, passed};
use super::signatures::{Arg, Keyword, Signature, mentions, type_var_name};
use crate::diagnostic::Result;
use crate::tree::{Kind, Method, Module, Param, ParamType, Tree};
use tintype_syntax::{Name, Node, Span};

const KEYWORDS: &str = "#keywords#";

impl Desugar<'_> {
    pub fn keyword_methods(&mut self, signature: &Signature, target: Target, body: &Node, span: Span) -> Result<Tree> {
        let number = self.host.unique_number();
        let helper: Name = format!("#{}#{number}", target.display.trim_start_matches('#')).into();
        let mut methods = vec![self.keyword_body(signature, &target, &helper, body)?];
        let args = &signature.args;
        let required = args.iter().take_while(|a| a.default.is_none() && !a.splat).count();
        let optional = args.iter().filter(|a| a.default.is_some()).count();
        for given in required..=required + optional {
            let is_full = given == required + optional;
            let given = if is_full { args.len() } else { given };
            let (given, filled) = args.split_at(given);
            methods.push(self.without_keywords(signature, &target, &helper, given, filled, span)?);
            methods.push(self.keyword_sorter(signature, &target, &helper, given, filled, span)?);
        }
        Ok(function_tree(target.callee, methods, vec![helper], span))
    }

    /// `#f#k(keywords..., f, arguments...)`.
    fn keyword_body(&mut self, signature: &Signature, target: &Target, helper: &Name, body: &Node) -> Result<Method> {
        let (mut lambda, prologue) = self.lambda(target, &signature.args)?;
        let keywords = signature.keywords.iter().map(|k| k.name.clone()).chain(signature.keyword_rest.clone());
        let leading = std::iter::once(Name::from("#body#")).chain(keywords);
        let leading: Vec<Param> = leading.map(|name| Param { name, no_specialize: false }).collect();
        let n_leading = leading.len();
        lambda.params.splice(0..0, leading);
        lambda.name = (**helper).into();
        lambda.body = self.function_body(body, prologue, signature.return_type.as_ref())?;
        self.body_meta(body, &mut lambda);
        let mut method = self.method(target, &signature.args, &[], lambda)?;
        let helper = Tree::new(Kind::Global(Module::Current, helper.clone()), body.span);
        let mut types = vec![ParamType::TypeOf(helper)];
        for keyword in &signature.keywords {
            types.push(match &keyword.ty {
                Some(ty) => ParamType::Given(self.expr(ty)?),
                None => ParamType::Any,
            });
        }
        types.resize(n_leading, ParamType::Any);
        method.types.splice(0..0, types);
        let mut mentioned: Vec<&Node> = signature.args.iter().filter_map(|a| a.ty.as_ref()).collect();
        mentioned.extend(signature.keywords.iter().filter_map(|k| k.ty.as_ref()));
        if !matches!(target.self_type, ParamType::Callee) {
            mentioned.extend(&signature.vars);
        }
        method.typevars = self.used_type_vars(&signature.vars, &mentioned)?;
        Ok(method)
    }

    /// `f(arguments...)`: every keyword has its default.
    fn without_keywords(
        &mut self,
        signature: &Signature,
        target: &Target,
        helper: &Name,
        given: &[Arg],
        filled: &[Arg],
        span: Span,
    ) -> Result<Method> {
        let (mut lambda, _) = self.lambda(target, given)?;
        let mut items = Vec::new();
        let mut positional = arguments_passed(given);
        self.fill_defaults(filled, &mut items, &mut positional)?;
        self.function_depth += 1;
        let mut call = Vec::new();
        for keyword in &signature.keywords {
            let value = self.keyword_default(keyword, span)?;
            let name = Tree::name(keyword.name.clone(), span);
            items.push(super::control::local_of(&name));
            items.push(Tree::assign(name.clone(), value, span));
            call.push((name, false));
        }
        self.function_depth -= 1;
        if signature.keyword_rest.is_some() {
            let empty = self.named_tuple_of(Vec::new(), Vec::new(), span);
            call.push((Tree::call_base("pairs", vec![empty], span), false));
        }
        call.push((Tree::name(target.self_name.clone(), span), false));
        call.extend(positional);
        let helper = Tree::new(Kind::Global(Module::Current, helper.clone()), span);
        items.push(self.apply(helper, call, span));
        lambda.body = Tree::block(items, span);
        self.method(target, given, &signature.vars, lambda)
    }

    fn keyword_default(&mut self, keyword: &Keyword, span: Span) -> Result<Tree> {
        match &keyword.default {
            Some(default) => self.expr(default),
            None => {
                let missing = Tree::new(
                    Kind::New(vec![Tree::core("UndefKeywordError", span), Tree::symbol(&keyword.name, span)]),
                    span,
                );
                Ok(Tree::call_core("throw", vec![missing], span))
            }
        }
    }

    /// `Core.kwcall(keywords, f, arguments...)`.
    fn keyword_sorter(
        &mut self,
        signature: &Signature,
        target: &Target,
        helper: &Name,
        given: &[Arg],
        filled: &[Arg],
        span: Span,
    ) -> Result<Method> {
        let (mut lambda, _) = self.lambda(target, given)?;
        let mut items = Vec::new();
        // Nothing reads the first parameter: its name lists the keywords for reflection and messages.
        let rest = signature.keyword_rest.iter().map(|name| format!("{name}..."));
        let names = signature.keywords.iter().map(|keyword| keyword.name.to_string()).chain(rest);
        let own = format!("#kwcall#{}", names.collect::<Vec<_>>().join(" "));
        let leading = [&*own, KEYWORDS].map(|name| Param { name: name.into(), no_specialize: false });
        lambda.params.splice(0..0, leading);
        lambda.name = "kwcall".into();
        let mut positional = arguments_passed(given);
        self.fill_defaults(filled, &mut items, &mut positional)?;
        let keywords = Tree::name(KEYWORDS.into(), span);
        let mut call = Vec::new();
        let unbound = unbound_names(signature);
        self.function_depth += 1;
        for keyword in &signature.keywords {
            let value = self.keyword_value(keyword, &keywords, &unbound, span)?;
            let name = Tree::name(keyword.name.clone(), span);
            items.push(super::control::local_of(&name));
            items.push(Tree::assign(name.clone(), value, span));
            call.push((name, false));
        }
        self.function_depth -= 1;
        self.remaining_keywords(signature, &keywords, target, given, &mut items, &mut call, span);
        call.push((Tree::name(target.self_name.clone(), span), false));
        call.extend(positional);
        let helper = Tree::new(Kind::Global(Module::Current, helper.clone()), span);
        items.push(self.apply(helper, call, span));
        lambda.body = Tree::block(items, span);
        let mut method = self.method(target, given, &signature.vars, lambda)?;
        let leading = [ParamType::TypeOf(Tree::core("kwcall", span)), ParamType::Given(Tree::core("NamedTuple", span))];
        method.types.splice(0..0, leading);
        Ok(method)
    }

    /// One keyword's value: given and of the declared type, or the default.
    fn keyword_value(&mut self, keyword: &Keyword, keywords: &Tree, unbound: &[Name], span: Span) -> Result<Tree> {
        let key = Tree::symbol(&keyword.name, span);
        let given = Tree::call_core("isdefined", vec![keywords.clone(), key.clone()], span);
        let mut items = Vec::new();
        let value = self.hold(Tree::call_core("getfield", vec![keywords.clone(), key.clone()], span), &mut items);
        match &keyword.ty {
            // A static parameter that only keywords mention is bound by the body, not here.
            Some(ty) if !unbound.iter().any(|name| mentions(ty, name)) => {
                let ty = self.expr(ty)?;
                let ty = self.hold(ty, &mut items);
                let ok = Tree::call_core("isa", vec![value.clone(), ty.clone()], span);
                let context = Tree::symbol("keyword argument", span);
                let wrong =
                    Tree::new(Kind::New(vec![Tree::core("TypeError", span), context, key, ty, value.clone()]), span);
                let wrong = Tree::call_core("throw", vec![wrong], span);
                items.push(Tree::if_(ok, value, wrong, span));
            }
            _ => items.push(value),
        }
        let default = self.keyword_default(keyword, span)?;
        Ok(Tree::if_(given, Tree::block(items, span), default, span))
    }

    /// Collects the keywords that are not named, or rejects them.
    #[expect(clippy::too_many_arguments, reason = "one step of keyword_sorter, which has all of these at hand")]
    fn remaining_keywords(
        &mut self,
        signature: &Signature,
        keywords: &Tree,
        target: &Target,
        given: &[Arg],
        items: &mut Vec<Tree>,
        call: &mut Vec<(Tree, bool)>,
        span: Span,
    ) {
        let names = signature.keywords.iter().map(|k| Tree::symbol(&k.name, span)).collect();
        let names = Tree::call_core("tuple", names, span);
        if signature.keyword_rest.is_some() {
            let known = Tree::call_core("apply_type", vec![Tree::core("NamedTuple", span), names], span);
            let rest = if signature.keywords.is_empty() {
                keywords.clone()
            } else {
                Tree::call_base("structdiff", vec![keywords.clone(), known], span)
            };
            call.push((Tree::call_base("pairs", vec![rest], span), false));
            return;
        }
        let given_names = Tree::call_base("keys", vec![keywords.clone()], span);
        let unknown = Tree::call_base("diff_names", vec![given_names, names], span);
        let none = Tree::call_base("isempty", vec![unknown], span);
        let mut report = vec![(keywords.clone(), false), (Tree::name(target.self_name.clone(), span), false)];
        report.extend(arguments_passed(given));
        let report = self.apply(Tree::base("kwerr", span), report, span);
        items.push(Tree::if_(none, Tree::nothing(span), report, span));
    }
}

fn arguments_passed(given: &[Arg]) -> Vec<(Tree, bool)> {
    given.iter().map(|a| (passed(a), a.splat)).collect()
}

/// Type variables that no positional argument's type mentions.
fn unbound_names(signature: &Signature) -> Vec<Name> {
    let types: Vec<&Node> = signature.args.iter().filter_map(|a| a.ty.as_ref()).collect();
    let names = signature.vars.iter().filter_map(type_var_name);
    names.filter(|name| !types.iter().any(|ty| mentions(ty, name))).collect()
}
