//! Which variables need a box, and which may be read undefined.
//!
//! One walk over each function in evaluation order keeps the set of variables that are surely assigned. A captured
//! variable can be copied into the closure if it is surely assigned there and nothing assigns it afterwards: not later in
//! order, not in a next round of a loop around the capture (inside the variable's scope), and not from an inner
//! function. Everything else captured lives in a `Core.Box`. A function with labels is judged without order.

use crate::resolve::{LambdaInfo, Resolved};
use crate::tree::{Callee, FunctionDef, Kind, LambdaId, Loop, Tree, Try, VarId};
use rustc_hash::{FxHashMap, FxHashSet};
use tintype_hir::Literal;

/// Sets `boxed`, `maybe_undefined`, `captured_undefined` of every variable and `creates` of every definition.
pub(crate) fn analyse(tree: &mut Tree, resolved: &mut Resolved) {
    for var in &mut resolved.vars {
        var.boxed = var.captured && var.assigned_inside;
    }
    let mut flow = Flow::new(resolved, 0);
    flow.tree(tree);
}

/// The variables surely assigned at a point; `None` where control does not come.
type State = Option<FxHashSet<VarId>>;

struct Flow<'a> {
    resolved: &'a mut Resolved,
    lambda: LambdaId,
    state: State,
    /// States at `break`s of open loops, with whether the loop is a target.
    breaks: Vec<(bool, Vec<State>)>,
    /// Number of each open loop.
    loops: Vec<u32>,
    next_loop: u32,
    /// The number of loops open where a variable's scope begins.
    depth_of: FxHashMap<VarId, usize>,
    captured: FxHashSet<VarId>,
    assigned_in_loop: FxHashSet<(VarId, u32)>,
}

impl<'a> Flow<'a> {
    fn new(resolved: &'a mut Resolved, lambda: LambdaId) -> Self {
        let LambdaInfo { params, .. } = &resolved.lambdas[lambda as usize];
        let state = Some(params.iter().copied().collect());
        Flow {
            resolved,
            lambda,
            state,
            breaks: Vec::new(),
            loops: Vec::new(),
            next_loop: 0,
            depth_of: FxHashMap::default(),
            captured: FxHashSet::default(),
            assigned_in_loop: FxHashSet::default(),
        }
    }

    fn has_labels(&self) -> bool {
        self.resolved.lambdas[self.lambda as usize].has_labels
    }

    fn surely_assigned(&self, var: VarId) -> bool {
        self.state.as_ref().is_none_or(|state| state.contains(&var)) && (!self.has_labels() || self.is_param(var))
    }

    fn is_param(&self, var: VarId) -> bool {
        self.resolved.vars[var as usize].is_param
    }

    fn tree(&mut self, tree: &mut Tree) {
        match &mut tree.kind {
            Kind::Var(var) => self.read(*var),
            Kind::IsDefined(inner) => {
                if let Kind::Var(var) = inner.kind
                    && !self.surely_assigned(var)
                {
                    self.resolved.vars[var as usize].maybe_undefined = true;
                }
            }
            Kind::Assign(target, value) => {
                self.tree(value);
                if let Kind::Var(var) = target.kind {
                    self.assign(var);
                }
            }
            Kind::Scope(scope) => {
                for var in &scope.vars {
                    self.depth_of.insert(*var, self.loops.len());
                    if let Some(state) = &mut self.state {
                        state.remove(var);
                    }
                }
                self.tree(&mut scope.body);
            }
            Kind::If(cond, then, otherwise) => {
                self.tree(cond);
                let before = self.state.clone();
                self.tree(then);
                let after_then = std::mem::replace(&mut self.state, before);
                self.tree(otherwise);
                self.state = meet(after_then, self.state.take());
            }
            Kind::Loop(l) => self.loop_(l),
            Kind::Break => {
                let state = self.state.take();
                if let Some((_, states)) = self.breaks.iter_mut().rev().find(|(target, _)| *target) {
                    states.push(state);
                }
            }
            Kind::Continue | Kind::Goto(_) => self.state = None,
            Kind::Label(_) => self.state = Some(FxHashSet::default()),
            Kind::Return(value) => {
                self.tree(value);
                self.state = None;
            }
            Kind::Try(t) => self.try_(t),
            Kind::Function(def) => self.function(def),
            _ => tree.for_each_child_mut(&mut |child| self.tree(child)),
        }
    }

    fn read(&mut self, var: VarId) {
        if self.resolved.vars[var as usize].owner == self.lambda && !self.surely_assigned(var) {
            self.resolved.vars[var as usize].maybe_undefined = true;
        }
    }

    /// The outermost open loop inside the variable's scope.
    fn loop_around(&self, var: VarId) -> Option<u32> {
        let depth = self.depth_of.get(&var).copied().unwrap_or(0);
        self.loops.get(depth).copied()
    }

    fn assign(&mut self, var: VarId) {
        if self.resolved.vars[var as usize].owner != self.lambda {
            return;
        }
        if self.captured.contains(&var) || (self.has_labels() && self.resolved.vars[var as usize].captured) {
            self.resolved.vars[var as usize].boxed = true;
        }
        if let Some(id) = self.loop_around(var) {
            self.assigned_in_loop.insert((var, id));
        }
        if let Some(state) = &mut self.state {
            state.insert(var);
        }
    }

    fn capture(&mut self, var: VarId) {
        if self.resolved.vars[var as usize].owner != self.lambda {
            return;
        }
        let again = self.loop_around(var).is_some_and(|id| self.assigned_in_loop.contains(&(var, id)));
        let sure = self.surely_assigned(var);
        self.captured.insert(var);
        let info = &mut self.resolved.vars[var as usize];
        info.boxed |= again || !sure;
        info.captured_undefined |= !sure;
    }

    fn function(&mut self, def: &mut FunctionDef) {
        if let Callee::Value(value) = &mut def.callee {
            self.tree(value);
        }
        if let Some(group) = def.group {
            let captures = self.resolved.groups[group as usize].captures.clone();
            captures.into_iter().for_each(|var| self.capture(var));
            if let Some(var) = self.resolved.groups[group as usize].callee {
                let same = self.resolved.vars[var as usize].group == Some(group);
                def.creates = !(same && self.surely_assigned(var) && self.state.is_some());
                if def.creates {
                    self.assign(var);
                }
            }
        }
        for method in &mut def.methods {
            let mut inner = Flow::new(self.resolved, method.lambda.id);
            inner.tree(&mut method.lambda.body);
        }
    }

    fn loop_(&mut self, l: &mut Loop) {
        let forever = !l.rotate && matches!(l.cond.kind, Kind::Literal(Literal::Bool(true)));
        self.loops.push(self.next_loop);
        self.next_loop += 1;
        self.breaks.push((l.break_target, Vec::new()));
        self.tree(&mut l.cond);
        let exit = if forever { None } else { self.state.clone() };
        self.tree(&mut l.body);
        if let Some(step) = &mut l.step {
            // After `continue` only what the top of the body assigns is sure; what a step reads is that.
            self.state = self.state.take().or_else(|| exit.clone());
            self.tree(step);
        }
        self.loops.pop();
        let (_, states) = self.breaks.pop().unwrap_or_default();
        self.state = states.into_iter().fold(exit, meet);
    }

    fn try_(&mut self, t: &mut Try) {
        let before = self.state.clone();
        self.tree(&mut t.body);
        if let Some(else_) = &mut t.else_ {
            self.tree(else_);
        }
        if let Some(catch) = &mut t.catch {
            let after = std::mem::replace(&mut self.state, before.clone());
            self.tree(catch);
            self.state = meet(after, self.state.take());
        }
        if let Some(finally) = &mut t.finally {
            let after = std::mem::replace(&mut self.state, before);
            self.tree(finally);
            let finished = self.state.take();
            self.state = match (after, finished) {
                (Some(after), Some(finished)) => Some(after.union(&finished).copied().collect()),
                _ => None,
            };
        }
    }
}

/// What is sure on both ways to a point.
fn meet(a: State, b: State) -> State {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.intersection(&b).copied().collect()),
        (a, b) => a.or(b),
    }
}
