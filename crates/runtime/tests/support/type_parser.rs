//! Reads types as written in Julia, for tables of cases: names of `Core`, `{}`, `where`, `<:` and `>:` bounds, integers
//! and symbols as parameters.

use tintype_runtime::objects::*;
use tintype_runtime::types::{apply_type, union_all};
use tintype_runtime::{Context, modules};

struct Parser<'a> {
    cx: &'a Context,
    text: &'a [u8],
    at: usize,
    scope: Vec<(String, Gc<TypeVar>)>,
}

/// The type that `text` denotes. Panics on what it cannot read.
pub fn parse(cx: &Context, text: &str) -> Value {
    // The values in scope are kept by no root.
    let _guard = cx.heap().no_collect();
    let mut parser = Parser { cx, text: text.as_bytes(), at: 0, scope: Vec::new() };
    let ty = parser.ty();
    parser.space();
    assert_eq!(parser.at, parser.text.len(), "unread text in {text}: {}", &text[parser.at..]);
    ty
}

impl Parser<'_> {
    fn space(&mut self) {
        while self.text.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
    }

    fn eat(&mut self, token: &str) -> bool {
        self.space();
        let found = self.text[self.at..].starts_with(token.as_bytes());
        if found {
            self.at += token.len();
        }
        found
    }

    fn word(&mut self) -> String {
        self.space();
        let start = self.at;
        while self.text.get(self.at).is_some_and(|c| c.is_ascii_alphanumeric() || b"_#!.\"".contains(c)) {
            self.at += 1;
        }
        String::from_utf8_lossy(&self.text[start..self.at]).into_owned()
    }

    /// `X where {T<:A, S}`: the variables are read first, since the body mentions them.
    fn ty(&mut self) -> Value {
        let start = self.at;
        self.skip_primary();
        let mut wheres = Vec::new();
        let depth = self.scope.len();
        loop {
            let before = self.at;
            self.space();
            if !self.text[self.at..].starts_with(b"where") {
                self.at = before;
                break;
            }
            self.at += 5;
            wheres.push(self.at);
            self.skip_variables();
        }
        let end = self.at;
        // The last `where` is the outermost.
        let mut bound = Vec::new();
        for &at in wheres.iter().rev() {
            self.at = at;
            bound.extend(self.variables());
        }
        self.at = start;
        let mut ty = self.primary();
        self.scope.truncate(depth);
        self.at = end;
        for &variable in bound.iter().rev() {
            ty = union_all(self.cx, variable, ty);
        }
        ty
    }

    fn skip_primary(&mut self) {
        self.space();
        let mut depth = 0;
        while let Some(&c) = self.text.get(self.at) {
            match c {
                b'{' | b'(' => depth += 1,
                b'}' | b')' if depth == 0 => return,
                b'}' | b')' => {
                    depth -= 1;
                    if depth == 0 {
                        self.at += 1;
                        return;
                    }
                }
                b',' if depth == 0 => return,
                b' ' if depth == 0 => return,
                _ => {}
            }
            self.at += 1;
        }
    }

    fn skip_variables(&mut self) {
        self.space();
        self.skip_primary_or_braces();
    }

    fn skip_primary_or_braces(&mut self) {
        // `T<:A{B}` without braces, or `{...}`.
        let braces = self.text.get(self.at) == Some(&b'{');
        let mut depth = 0;
        while let Some(&c) = self.text.get(self.at) {
            match c {
                b'{' | b'(' => depth += 1,
                b'}' | b')' if depth == 0 => return,
                b'}' | b')' => {
                    depth -= 1;
                    if depth == 0 && braces {
                        self.at += 1;
                        return;
                    }
                }
                b',' | b' ' if depth == 0 => return,
                _ => {}
            }
            self.at += 1;
        }
    }

    fn variables(&mut self) -> Vec<Gc<TypeVar>> {
        let mut list = Vec::new();
        if self.eat("{") {
            while !self.eat("}") {
                list.push(self.variable());
                self.eat(",");
            }
        } else {
            list.push(self.variable());
        }
        list
    }

    fn variable(&mut self) -> Gc<TypeVar> {
        let w = self.cx.well_known();
        let name = self.word();
        let (mut lower, mut upper) = (w.bottom(), w.any().erase());
        if self.eat("<:") {
            upper = self.ty();
        } else if self.eat(">:") {
            lower = self.ty();
        }
        let variable = self.cx.new_type_var(self.cx.symbol(&name), lower, upper);
        self.scope.push((name, variable));
        variable
    }

    fn primary(&mut self) -> Value {
        self.space();
        if self.eat("(") {
            let ty = self.ty();
            assert!(self.eat(")"), "a closing parenthesis");
            return ty;
        }
        if self.eat(":") {
            let name = self.word();
            return self.cx.symbol(&name).erase();
        }
        let name = self.word();
        if let Ok(number) = name.parse::<i64>() {
            return self.cx.box_int64(number);
        }
        let base = self.named(&name);
        if !self.eat("{") {
            return base;
        }
        let mut params = Vec::new();
        let mut bound = Vec::new();
        while !self.eat("}") {
            let w = self.cx.well_known();
            if self.eat("<:") {
                let upper = self.ty();
                let variable = self.cx.new_type_var(self.cx.symbol("_"), w.bottom(), upper);
                bound.push(variable);
                params.push(variable.erase());
            } else {
                params.push(self.ty());
            }
            self.eat(",");
        }
        let applied = apply_type(self.cx, base, &params).unwrap_or_else(|_| panic!("{name} takes these parameters"));
        bound.iter().rev().fold(applied, |body, &variable| union_all(self.cx, variable, body))
    }

    fn named(&mut self, name: &str) -> Value {
        if let Some((_, variable)) = self.scope.iter().rev().find(|(known, _)| known == name) {
            return variable.erase();
        }
        let cx = self.cx;
        let alias = |base: Value, n: i64| {
            let w = cx.well_known();
            let element = cx.new_type_var(cx.symbol("T"), w.bottom(), w.any().erase());
            let applied = apply_type(cx, base, &[element.erase(), cx.box_int64(n)]).unwrap();
            union_all(cx, element, applied)
        };
        let w = cx.well_known();
        match name {
            "Vector" => return alias(w.array().erase(), 1),
            "Matrix" => return alias(w.array().erase(), 2),
            "AbstractVector" => return alias(w.abstract_array().erase(), 1),
            "AbstractMatrix" => return alias(w.abstract_array().erase(), 2),
            _ => {}
        }
        let core = cx.world().core.get().unwrap();
        modules::global(cx, core, cx.symbol(name)).unwrap_or_else(|| panic!("{name} is no name of Core"))
    }
}
