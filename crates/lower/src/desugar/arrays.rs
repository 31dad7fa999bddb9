//! Array literals: `[a, b]`, `[a b; c d]`, `T[...]` and higher dimensions.

use super::Desugar;
use crate::diagnostic::{Result, error};
use crate::tree::Tree;
use tintype_syntax::{Node, NodeKind, Span};

impl Desugar<'_> {
    pub fn vect(&mut self, args: &[Node], span: Span) -> Result<Tree> {
        self.no_keywords(args)?;
        let args = self.arguments(&args.iter().collect::<Vec<_>>())?;
        Ok(self.apply(Tree::base("vect", span), args, span))
    }

    fn no_keywords(&mut self, args: &[Node]) -> Result<()> {
        match args.iter().find(|a| a.is_expr("parameters") || a.is_expr("=") || a.is_expr("kw")) {
            Some(bad) if bad.is_expr("parameters") => error("unexpected semicolon in array expression", bad.span),
            Some(bad) => error("misplaced assignment statement in array expression", bad.span),
            None => Ok(()),
        }
    }

    pub fn concatenation(&mut self, head: &str, args: &[Node], span: Span) -> Result<Tree> {
        let typed = head.starts_with("typed_");
        let (ty, args) = if typed { (Some(&args[0]), &args[1..]) } else { (None, args) };
        let ty = ty.map(|node| self.expr(node)).transpose()?;
        match head.trim_start_matches("typed_") {
            "hcat" => self.concatenate("hcat", ty, None, args, span),
            "vcat" if args.iter().any(|row| row.is_expr("row")) => self.rows(ty, args, span),
            "vcat" => self.concatenate("vcat", ty, None, args, span),
            _ => self.higher(ty, args, span),
        }
    }

    fn concatenate(
        &mut self,
        name: &str,
        ty: Option<Tree>,
        shape: Option<Vec<Tree>>,
        args: &[Node],
        span: Span,
    ) -> Result<Tree> {
        self.no_keywords(args)?;
        let function = if ty.is_some() { format!("typed_{name}") } else { name.to_owned() };
        let mut all: Vec<(Tree, bool)> =
            ty.into_iter().chain(shape.into_iter().flatten()).map(|t| (t, false)).collect();
        all.extend(self.arguments(&args.iter().collect::<Vec<_>>())?);
        Ok(self.apply(Tree::base(&function, span), all, span))
    }

    /// Rows of a matrix. With a splat somewhere the lengths are known only when it runs.
    fn rows(&mut self, ty: Option<Tree>, rows: &[Node], span: Span) -> Result<Tree> {
        let row_items = |row: &Node| match row.as_expr() {
            Some(("row", items)) => items.to_vec(),
            _ => vec![row.clone()],
        };
        let rows: Vec<Vec<Node>> = rows.iter().map(row_items).collect();
        if rows.iter().flatten().any(|item| item.is_expr("...")) {
            let function = if ty.is_some() { "typed_hvcat_rows" } else { "hvcat_rows" };
            let mut all: Vec<(Tree, bool)> = ty.into_iter().map(|t| (t, false)).collect();
            for row in &rows {
                all.push((self.tuple(row, span)?, false));
            }
            return Ok(self.apply(Tree::base(function, span), all, span));
        }
        let lengths = rows.iter().map(|row| Tree::int(row.len() as i64, span)).collect();
        let lengths = Tree::call_core("tuple", lengths, span);
        let items: Vec<Node> = rows.into_iter().flatten().collect();
        self.concatenate("hvcat", ty, Some(vec![lengths]), &items, span)
    }

    /// `[a;; b]`, `[a; b;;; c; d]`: the dimension, then parts that are `nrow`s and `row`s of lower ones.
    fn higher(&mut self, ty: Option<Tree>, args: &[Node], span: Span) -> Result<Tree> {
        let Some((NodeKind::Integer(dimension), parts)) = args.split_first().map(|(d, parts)| (&d.kind, parts)) else {
            return error("malformed array expression", span);
        };
        let dimension = *dimension;
        if !parts.iter().any(|p| p.is_expr("nrow") || p.is_expr("row")) {
            return self.concatenate("hvncat", ty, Some(vec![Tree::int(dimension, span)]), parts, span);
        }
        let rows_first = has_rows(parts);
        let mut items = Vec::new();
        let mut shape = vec![Vec::new(); dimension.max(2) as usize];
        count(parts, dimension, rows_first, &mut items, &mut shape)?;
        let balanced = shape.iter().all(|level| level.windows(2).all(|w| w[0] == w[1]));
        let shape = if balanced {
            let mut sizes = Vec::new();
            let mut below = 1;
            for level in &shape {
                let size = level.first().copied().unwrap_or(below);
                sizes.push(Tree::int(size / below, span));
                below = size;
            }
            if rows_first {
                sizes.swap(0, 1);
            }
            Tree::call_core("tuple", sizes, span)
        } else {
            let levels = shape.iter().map(|level| {
                let sizes = level.iter().map(|n| Tree::int(*n, span)).collect();
                Tree::call_core("tuple", sizes, span)
            });
            Tree::call_core("tuple", levels.collect(), span)
        };
        let shape = vec![shape, Tree::bool(rows_first, span)];
        self.concatenate("hvncat", ty, Some(shape), &items, span)
    }
}

fn has_rows(parts: &[Node]) -> bool {
    parts.iter().any(|p| match p.as_expr() {
        Some(("row", _)) => true,
        Some(("nrow", inner)) => has_rows(inner),
        _ => false,
    })
}

/// Flattens nested parts and notes how many elements each part of each level has.
fn count(
    parts: &[Node],
    dimension: i64,
    rows_first: bool,
    items: &mut Vec<Node>,
    shape: &mut [Vec<i64>],
) -> Result<()> {
    let before = items.len();
    let level = |d: i64| {
        if rows_first { [1, 0].get(d as usize - 1).copied().unwrap_or(d as usize - 1) } else { d as usize - 1 }
    };
    for part in parts {
        match part.as_expr() {
            Some(("nrow", [Node { kind: NodeKind::Integer(d), .. }, inner @ ..])) => {
                count(inner, *d, rows_first, items, shape)?;
                fill(shape, level(*d) + 1, level(dimension), 0, items.len());
            }
            Some(("row", inner)) => {
                let start = items.len();
                items.extend(inner.iter().cloned());
                shape[0].push((items.len() - start) as i64);
            }
            Some(("...", _)) => {
                return error("splatting not supported in an hvncat with multiple dimensions", part.span);
            }
            _ => {
                items.push(part.clone());
                shape[0].push(1);
            }
        }
    }
    shape[level(dimension)].push((items.len() - before) as i64);
    Ok(())
}

/// Levels skipped between a part and its parent have one entry of the same size.
fn fill(shape: &mut [Vec<i64>], from: usize, to: usize, _start: usize, _end: usize) {
    for level in from..to {
        let below = shape[level - 1].last().copied();
        shape[level].extend(below);
    }
}
