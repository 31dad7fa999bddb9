//! One body under construction: statements in an order that can still change, labels, slots, literals.
//!
//! A statement is named by when it was made; its place is settled at the end. So definitions can be moved in front of
//! code that was written before them, and jumps are to labels until the places are known.

use crate::resolve::{Resolved, VarInfo};
use crate::tree::{LambdaId, Module, TempId, VarId};
use rustc_hash::FxHashMap;
use tintype_hir::{Body, LineInfo, Literal, Lowered, ModuleRef, Op, Operand, SlotId, SlotInfo, Statement};
use tintype_syntax::Name;

pub(super) type LabelId = u32;

#[derive(Clone, Copy)]
enum Item {
    Statement(u32),
    Label(LabelId),
}

/// A place in a body that is being written.
pub(super) struct Mark {
    at: usize,
    hoisted: usize,
}

pub(super) struct Builder {
    pub lambda: LambdaId,
    statements: Vec<Statement>,
    order: Vec<Item>,
    literals: Vec<Literal>,
    literal_index: FxHashMap<Literal, u32>,
    slots: Vec<SlotInfo>,
    slot_of: FxHashMap<VarId, SlotId>,
    pub temps: FxHashMap<TempId, Operand>,
    lines: Vec<LineInfo>,
    line_index: FxHashMap<(u32, bool), u32>,
    line: u32,
    /// How many `@inbounds` are around what is emitted.
    inbounds: u32,
    label_used: Vec<bool>,
    /// The label of each name jumped to or placed, and whether it is placed.
    pub named_labels: FxHashMap<Name, (LabelId, bool)>,
    /// How many try regions and handlers are open where each named label stands.
    pub label_depths: FxHashMap<Name, usize>,
    /// Whether control comes to where the next statement goes.
    pub reachable: bool,
    pub control: Vec<super::control::Control>,
    /// Where definitions that must come before the current top-level statement go.
    hoist_at: usize,
    /// How many places definitions were moved by in all.
    hoisted: usize,
}

impl Builder {
    pub fn new(lambda: LambdaId, name: &str, file: &str, line: u32) -> Builder {
        Builder {
            lambda,
            statements: Vec::new(),
            order: Vec::new(),
            literals: Vec::new(),
            literal_index: FxHashMap::default(),
            slots: Vec::new(),
            slot_of: FxHashMap::default(),
            temps: FxHashMap::default(),
            lines: vec![LineInfo { function: name.into(), file: file.into(), line, inlined_at: None, inbounds: false }],
            line_index: FxHashMap::from_iter([((line, false), 0)]),
            line: 0,
            inbounds: 0,
            label_used: Vec::new(),
            named_labels: FxHashMap::default(),
            label_depths: FxHashMap::default(),
            reachable: true,
            control: Vec::new(),
            hoist_at: 0,
            hoisted: 0,
        }
    }

    /// Adds a statement; where control does not come, nothing is added.
    pub fn push(&mut self, op: Op) -> Operand {
        if !self.reachable {
            return self.literal(Literal::Nothing);
        }
        if !op.falls_through() {
            self.reachable = false;
        }
        let id = self.statements.len() as u32;
        self.statements.push(Statement { op, line: self.line });
        self.order.push(Item::Statement(id));
        Operand::Result(id)
    }

    pub fn literal_id(&mut self, literal: Literal) -> u32 {
        if let Some(id) = self.literal_index.get(&literal) {
            return *id;
        }
        let id = self.literals.len() as u32;
        self.literals.push(literal.clone());
        self.literal_index.insert(literal, id);
        id
    }

    pub fn literal(&mut self, literal: Literal) -> Operand {
        Operand::Literal(self.literal_id(literal))
    }

    pub fn global_id(&mut self, module: &Module, name: &str) -> u32 {
        let module = match module {
            Module::Current => ModuleRef::Current,
            Module::Core => ModuleRef::Core,
            Module::Base => ModuleRef::Base,
            Module::Host(index) => ModuleRef::Pool(*index),
        };
        self.literal_id(Literal::Global(module, name.into()))
    }

    pub fn global(&mut self, module: &Module, name: &str) -> Operand {
        let id = self.global_id(module, name);
        self.push(Op::GetGlobal(id))
    }

    /// A call of a function of `Core`.
    pub fn call_core(&mut self, name: &str, args: &[Operand]) -> Operand {
        let mut call = vec![self.global(&Module::Core, name)];
        call.extend_from_slice(args);
        self.push(Op::Call(call.into()))
    }

    pub fn symbol(&mut self, name: &str) -> Operand {
        self.literal(Literal::Symbol(name.into()))
    }

    pub fn new_slot(&mut self, name: &str) -> SlotId {
        self.slots.push(SlotInfo { name: name.into(), assigned: true, ..SlotInfo::default() });
        (self.slots.len() - 1) as SlotId
    }

    pub fn param_slot(&mut self, var: VarId, name: &str, no_specialize: bool) -> SlotId {
        let slot = self.slots.len() as SlotId;
        self.slots.push(SlotInfo { name: name.into(), no_specialize, ..SlotInfo::default() });
        self.slot_of.insert(var, slot);
        slot
    }

    /// The slot of a variable, made at first use.
    pub fn slot(&mut self, var: VarId, info: &VarInfo) -> SlotId {
        if let Some(slot) = self.slot_of.get(&var) {
            return *slot;
        }
        let slot = self.new_slot(&info.name);
        self.slots[slot as usize].maybe_undefined = info.maybe_undefined && !info.boxed;
        self.slot_of.insert(var, slot);
        slot
    }

    /// Gives a parameter's variable another slot, which holds its box.
    pub fn rebind(&mut self, var: VarId, slot: SlotId) {
        self.slot_of.insert(var, slot);
    }

    pub fn note_assigned(&mut self, slot: SlotId) {
        self.slots[slot as usize].assigned = true;
    }

    pub fn set_line(&mut self, line: u32) {
        let inbounds = self.inbounds != 0;
        if let Some(index) = self.line_index.get(&(line, inbounds)) {
            self.line = *index;
            return;
        }
        self.line = self.lines.len() as u32;
        let first = &self.lines[0];
        let (function, file) = (first.function.clone(), first.file.clone());
        self.lines.push(LineInfo { function, file, line, inlined_at: None, inbounds });
        self.line_index.insert((line, inbounds), self.line);
    }

    /// Code marked `@inbounds` begins or ends here.
    pub fn set_inbounds(&mut self, begins: bool) {
        self.inbounds = if begins { self.inbounds + 1 } else { self.inbounds - 1 };
        self.set_line(self.lines[self.line as usize].line);
    }

    pub fn line_mark(&self) -> u32 {
        self.line
    }

    pub fn restore_line(&mut self, mark: u32) {
        self.line = mark;
    }

    pub fn new_label(&mut self) -> LabelId {
        self.label_used.push(false);
        (self.label_used.len() - 1) as LabelId
    }

    /// Places a label here. Control comes here if it came to this point or a jump to the label was made.
    pub fn bind(&mut self, label: LabelId) {
        self.order.push(Item::Label(label));
        self.reachable |= self.label_used[label as usize];
    }

    /// Places a label that later jumps may go to.
    pub fn bind_backward(&mut self, label: LabelId) {
        self.order.push(Item::Label(label));
    }

    pub fn bind_named(&mut self, label: LabelId) {
        self.order.push(Item::Label(label));
        self.reachable = true;
    }

    fn use_label(&mut self, label: LabelId) {
        if self.reachable {
            self.label_used[label as usize] = true;
        }
    }

    pub fn goto(&mut self, label: LabelId) {
        self.use_label(label);
        self.push(Op::Goto(label));
    }

    pub fn goto_if_not(&mut self, cond: Operand, label: LabelId) {
        self.use_label(label);
        self.push(Op::GotoIfNot(cond, label));
    }

    pub fn enter_try(&mut self, handler: LabelId) {
        self.use_label(handler);
        self.push(Op::EnterTry(handler));
    }

    /// Marks the start of a top-level statement: definitions hoisted from inside it go here.
    pub fn start_statement(&mut self) {
        self.hoist_at = self.order.len();
    }

    /// The end of what is written, to be given to [`Builder::hoist`].
    pub fn mark(&self) -> Mark {
        Mark { at: self.order.len(), hoisted: self.hoisted }
    }

    /// Moves everything added since the mark in front of the current top-level statement.
    pub fn hoist(&mut self, mark: Mark) {
        // What was moved in between pushed the mark's place back.
        let start = mark.at + (self.hoisted - mark.hoisted);
        let moved = self.order.len() - start;
        self.order[self.hoist_at..].rotate_right(moved);
        self.hoist_at += moved;
        self.hoisted += moved;
    }

    /// Settles places and gives the body.
    pub fn finish(mut self, resolved: &Resolved, n_params: u32, is_vararg: bool) -> Lowered {
        let mut place = vec![0u32; self.statements.len()];
        let mut label_place = vec![0u32; self.label_used.len()];
        let mut next = 0;
        for item in &self.order {
            match item {
                Item::Statement(id) => {
                    place[*id as usize] = next;
                    next += 1;
                }
                Item::Label(label) => label_place[*label as usize] = next,
            }
        }
        let mut slots = std::mem::take(&mut self.statements).into_iter().map(Some).collect::<Vec<_>>();
        let mut statements = Vec::with_capacity(next as usize);
        for item in &self.order {
            let Item::Statement(id) = item else { continue };
            let mut statement = slots[*id as usize].take().unwrap_or_else(|| unreachable!("placed twice"));
            statement.op.map_operands(|operand| match operand {
                Operand::Result(id) => Operand::Result(place[id as usize]),
                other => other,
            });
            if let Some(target) = statement.op.target_mut() {
                *target = label_place[*target as usize];
            }
            statements.push(statement);
        }
        let info = &resolved.lambdas[self.lambda as usize];
        let body = Body {
            name: self.lines[0].function.clone(),
            n_params,
            is_vararg,
            slots: self.slots,
            static_params: info.typevars.iter().map(|(_, name)| (**name).into()).collect(),
            statements,
            lines: self.lines,
            inline: None,
            propagate_inbounds: false,
            generated: false,
        };
        Lowered { body, literals: self.literals }
    }
}
