//! Writing a new body from an old one, statement by statement.
//!
//! Old statements are named by their old numbers while the new list is written: a use may stand before its definition's
//! new number is known. Numbers from [`NEW`] on name statements and labels of the new list. At the end all are resolved.

use tintype_hir::{LineInfo, Op, Operand, Statement};

use crate::unit::Unit;

/// Numbers from here on are of the new list.
const NEW: u32 = 1 << 30;

/// A place in the new list to jump to.
#[derive(Clone, Copy)]
pub(super) struct Label(u32);

/// A body being written.
pub(super) struct Rebuild {
    pub unit: Unit,
    statements: Vec<Statement>,
    /// For each old statement, where its code begins, and what its result is now.
    starts: Vec<u32>,
    results: Vec<Option<Operand>>,
    labels: Vec<u32>,
    line: u32,
}

impl Rebuild {
    /// Starts over the statements of `unit`, whose other parts are kept.
    pub fn new(unit: &Unit) -> Rebuild {
        let mut unit = unit.clone();
        let n = unit.body.statements.len();
        unit.body.statements = Vec::new();
        Rebuild {
            unit,
            statements: Vec::with_capacity(n + n / 2),
            starts: Vec::with_capacity(n),
            results: Vec::with_capacity(n),
            labels: Vec::new(),
            line: 0,
        }
    }

    /// The next old statement begins; `line` is its line.
    pub fn begin(&mut self, line: u32) {
        self.starts.push(self.statements.len() as u32);
        self.results.push(None);
        self.line = line;
    }

    /// The old statement begun last has this result.
    pub fn result(&mut self, operand: Operand) {
        *self.results.last_mut().expect("a statement was begun") = Some(operand);
    }

    /// Adds a statement; its result as an operand.
    pub fn push(&mut self, op: Op) -> Operand {
        self.push_at(op, self.line)
    }

    /// Adds a statement of a line of its own.
    pub fn push_at(&mut self, op: Op, line: u32) -> Operand {
        self.statements.push(Statement { op, line });
        Operand::Result(NEW + self.statements.len() as u32 - 1)
    }

    /// The line of the old statement begun last.
    pub fn line(&self) -> u32 {
        self.line
    }

    /// Adds a line entry.
    pub fn add_line(&mut self, line: LineInfo) -> u32 {
        self.unit.body.lines.push(line);
        self.unit.body.lines.len() as u32 - 1
    }

    /// A label to be placed later.
    pub fn label(&mut self) -> Label {
        self.labels.push(u32::MAX);
        Label(self.labels.len() as u32 - 1)
    }

    /// Places a label at the next statement.
    pub fn place(&mut self, label: Label) {
        self.labels[label.0 as usize] = self.statements.len() as u32;
    }

    /// A label as a jump target.
    pub fn target(&self, label: Label) -> u32 {
        NEW + label.0
    }

    /// The statement added last.
    pub fn last_op(&self) -> Option<&Op> {
        self.statements.last().map(|statement| &statement.op)
    }

    /// How many statements there are.
    pub fn len(&self) -> usize {
        self.statements.len()
    }

    /// The finished unit.
    pub fn finish(mut self) -> Unit {
        let n = self.statements.len() as u32;
        for statement in &mut self.statements {
            statement.op.map_operands(|operand| resolve(operand, &self.results, &self.starts));
            if let Some(target) = statement.op.target_mut() {
                let place =
                    if *target >= NEW { self.labels[(*target - NEW) as usize] } else { self.starts[*target as usize] };
                assert!(place <= n, "a jump has no target");
                *target = place;
            }
        }
        // A label at the very end is one nothing reaches; jumps still need a statement to name.
        let needs_end = self.statements.iter().any(|statement| {
            let mut op = statement.op.clone();
            op.target_mut().is_some_and(|target| *target == n)
        });
        let falls_off = self.statements.last().is_none_or(|last| last.op.falls_through());
        if needs_end || falls_off {
            self.statements.push(Statement { op: Op::Goto(n), line: 0 });
        }
        self.unit.body.statements = self.statements;
        self.unit
    }
}

fn resolve(mut operand: Operand, results: &[Option<Operand>], starts: &[u32]) -> Operand {
    // An old result may have become another old result; chains are short.
    for _ in 0..results.len() + 1 {
        let Operand::Result(number) = operand else { return operand };
        if number >= NEW {
            return Operand::Result(number - NEW);
        }
        operand = match results[number as usize] {
            Some(mapped) => mapped,
            None => return Operand::Result(starts[number as usize]),
        };
    }
    panic!("results of statements are defined by each other")
}
