//! The control flow of a body: blocks in the order they are translated, and the try region of every statement.
//!
//! Blocks come in reverse postorder with handlers after the regions they belong to, so that whoever fills a block has
//! seen all its predecessors but those of back edges.

use tintype_hir::{Body, Op};

/// A try region: an [`Op::EnterTry`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Region {
    /// The region around it.
    pub parent: Option<usize>,
    /// The statement of its handler.
    pub handler: usize,
}

/// A run of statements that is entered at its first only.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BlockRange {
    pub start: usize,
    pub end: usize,
}

/// See the module's text.
pub(crate) struct Flow {
    /// The reachable blocks, in the order of translation.
    pub order: Vec<BlockRange>,
    /// How many blocks lead to the block that starts at a statement, handler edges included.
    pub n_predecessors: Vec<u32>,
    /// The innermost region of each statement, as it is before the statement.
    pub region: Vec<Option<usize>>,
    /// All regions.
    pub regions: Vec<Region>,
    /// The region an [`Op::EnterTry`] opens.
    pub opened: Vec<Option<usize>>,
    /// Which statements start a handler.
    pub is_handler: Vec<bool>,
}

impl Flow {
    pub fn compute(body: &Body) -> Flow {
        let n = body.statements.len();
        let starts = block_starts(body);
        let mut flow = Flow {
            order: Vec::new(),
            n_predecessors: vec![0; n],
            region: vec![None; n],
            regions: Vec::new(),
            opened: vec![None; n],
            is_handler: vec![false; n],
        };
        flow.find_regions(body);
        flow.find_order(body, &starts);
        flow
    }

    fn find_regions(&mut self, body: &Body) {
        let mut seen = vec![false; body.statements.len()];
        let mut work = vec![(0, None)];
        while let Some((at, region)) = work.pop() {
            if std::mem::replace(&mut seen[at], true) {
                continue;
            }
            self.region[at] = region;
            let op = &body.statements[at].op;
            let mut after = region;
            match op {
                Op::EnterTry(handler) => {
                    self.is_handler[*handler as usize] = true;
                    self.regions.push(Region { parent: region, handler: *handler as usize });
                    after = Some(self.regions.len() - 1);
                    self.opened[at] = after;
                    work.push((*handler as usize, region));
                }
                Op::LeaveTry(count) => {
                    for _ in 0..*count {
                        after = after.and_then(|inner| self.regions[inner].parent);
                    }
                }
                Op::Goto(to) | Op::GotoIfNot(_, to) => work.push((*to as usize, region)),
                _ => {}
            }
            if op.falls_through() {
                work.push((at + 1, after));
            }
        }
    }

    fn find_order(&mut self, body: &Body, starts: &[bool]) {
        let n = body.statements.len();
        let end_of = |start: usize| (start + 1..n).find(|&at| starts[at]).unwrap_or(n);
        let mut seen = vec![false; n];
        let mut postorder = Vec::new();
        let mut stack = vec![(0, false)];
        while let Some((start, done)) = stack.pop() {
            let end = end_of(start);
            if done {
                postorder.push(BlockRange { start, end });
                continue;
            }
            if std::mem::replace(&mut seen[start], true) {
                continue;
            }
            stack.push((start, true));
            // What is pushed last is visited first, and so comes last in the order: targets, that is handlers too.
            let successors = successors(body, end - 1);
            for &next in &successors {
                self.n_predecessors[next] += 1;
            }
            stack.extend(successors.into_iter().filter(|&next| !seen[next]).map(|next| (next, false)));
        }
        postorder.reverse();
        self.order = postorder;
    }
}

/// Where control goes after the last statement of a block; the next statement first.
pub(crate) fn successors(body: &Body, last: usize) -> Vec<usize> {
    body.statements[last].op.successors(last as u32).map(|next| next as usize).collect()
}

fn block_starts(body: &Body) -> Vec<bool> {
    let mut starts = vec![false; body.statements.len() + 1];
    starts[0] = true;
    for (at, statement) in body.statements.iter().enumerate() {
        if let Some(to) = statement.op.target() {
            starts[to as usize] = true;
        }
        if matches!(statement.op, Op::Goto(_) | Op::GotoIfNot(..) | Op::Return(_) | Op::EnterTry(_) | Op::LeaveTry(_)) {
            starts[at + 1] = true;
        }
    }
    starts
}
