//! `using` and `import`: names and modules of other modules made visible.

use tintype_runtime::objects::*;
use tintype_runtime::{Context, Thrown, modules};
use tintype_syntax::Node;

use crate::source::Source;
use crate::toplevel::{Evaluated, Evaluator, Stop, unsupported};

impl Evaluator<'_> {
    /// `using A, B.C`, `using A: x, y`, `import A: x as z`, ...
    pub(crate) fn import(&mut self, module: Gc<Module>, source: &Source, is_using: bool, paths: &[Node]) -> Evaluated {
        let cx = self.cx;
        for path in paths {
            if let Some((":", [from, names @ ..])) = path.as_expr() {
                let from = self.module_at_path(module, source, from)?;
                for item in names {
                    let (name, alias) =
                        imported_name(item).ok_or_else(|| unsupported(source, "this form of `import`", item.span))?;
                    modules::import_name(cx, module, from, cx.symbol(name), cx.symbol(alias), !is_using)?;
                }
                continue;
            }
            if is_using {
                let used = self.module_at_path(module, source, path)?;
                modules::use_module(cx, module, used);
                if let Some(name) = last_name(path) {
                    bind_module(cx, module, name, used)?;
                }
                continue;
            }
            self.import_one(module, source, path)?;
        }
        Ok(cx.nothing())
    }

    /// `import A`, `import A.f`, `import A as B`.
    fn import_one(&mut self, module: Gc<Module>, source: &Source, path: &Node) -> Result<(), Stop> {
        let cx = self.cx;
        let (path, alias) = match path.as_expr() {
            Some(("as", [path, alias])) => (path, alias.as_symbol()),
            _ => (path, None),
        };
        let Some((".", parts)) = path.as_expr() else {
            return Err(unsupported(source, "this form of `import`", path.span));
        };
        let name = last_name(path).ok_or_else(|| unsupported(source, "this form of `import`", path.span))?;
        let shown = alias.unwrap_or(name);
        let leading = parts.iter().take_while(|part| part.as_symbol() == Some(".")).count();
        if parts.len() - leading == 1 && leading == 0 {
            let found = self.module_at_path(module, source, path)?;
            return Ok(bind_module(cx, module, shown, found)?);
        }
        let parent = Node::expr(".", parts[..parts.len() - 1].to_vec(), path.span);
        let from = if parts.len() - leading == 1 {
            self.relative(module, leading)
        } else {
            self.module_at_path(module, source, &parent)?
        };
        modules::import_name(cx, module, from, cx.symbol(name), cx.symbol(shown), true)?;
        Ok(())
    }

    /// The module `n` dots mean.
    fn relative(&self, module: Gc<Module>, n: usize) -> Gc<Module> {
        (1..n).fold(module, |at, _| at.parent.get().unwrap_or(at))
    }

    /// A library that comes with the program, loaded if it is not yet.
    fn library(&mut self, name: &str) -> Result<Option<Gc<Module>>, Stop> {
        let cx = self.cx;
        match modules::module_at(cx, modules::root_site(cx.symbol(name))) {
            Some(module) => Ok(Some(module)),
            None => self.session.load_library(cx, name),
        }
    }

    fn module_at_path(&mut self, module: Gc<Module>, source: &Source, path: &Node) -> Result<Gc<Module>, Stop> {
        let cx = self.cx;
        let Some((".", parts)) = path.as_expr() else { return Err(unsupported(source, "this module path", path.span)) };
        let names: Vec<&str> = parts.iter().filter_map(Node::as_symbol).collect();
        let leading = names.iter().take_while(|name| **name == ".").count();
        let mut at = self.relative(module, leading);
        for (index, name) in names[leading..].iter().enumerate() {
            let symbol = cx.symbol(name);
            let found = match (leading, index, *name) {
                (0, 0, "Base") => cx.world().base.get(),
                (0, 0, "Core") => cx.world().core.get(),
                (0, 0, "Main") => cx.world().main.get(),
                _ => modules::global(cx, at, symbol).and_then(|value| value.get::<Module>()),
            };
            let found = match found {
                None if leading == 0 && index == 0 => self.library(name)?,
                found => found,
            };
            let Some(found) = found else {
                if leading > 0 || index > 0 {
                    return Err(cx.throw_undef_var(symbol).into());
                }
                let text = format!("package {name} is not found: only modules of the program itself can be loaded yet");
                return Err(cx.argument_error(&text).into());
            };
            at = found;
        }
        Ok(at)
    }
}

/// The name an item of an import list has there and here.
fn imported_name(item: &Node) -> Option<(&str, &str)> {
    match item.as_expr() {
        Some(("as", [path, alias])) => Some((last_name(path)?, alias.as_symbol()?)),
        Some((".", _)) => last_name(item).map(|name| (name, name)),
        _ => None,
    }
}

fn last_name(path: &Node) -> Option<&str> {
    match path.as_expr() {
        Some((".", parts)) => parts.last().and_then(Node::as_symbol),
        _ => None,
    }
}

/// Makes a module visible by name, unless the name means it already.
fn bind_module(cx: &Context, module: Gc<Module>, name: &str, found: Gc<Module>) -> Result<(), Thrown> {
    let symbol = cx.symbol(name);
    if modules::global(cx, module, symbol) == Some(found.erase()) {
        return Ok(());
    }
    modules::declare_const(cx, module, symbol, found.erase())
}
