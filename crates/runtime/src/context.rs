//! `Shared`, what an engine's contexts have in common, and `Context`, one world: the first argument everywhere.
//!
//! An engine shares the heap, symbols, types and code. A context has its own modules, bindings, method tables and world
//! counter, all reached from one heap object, [`World`]. Rust-side state here is caches and the task.

use crate::errors::{Outcome, Thrown};
use crate::evaluation::Evaluation;
use crate::exceptions::frames::NativePosition;
use crate::objects::*;
use crate::stack_bounds::stack_limit;
use crate::task::{MutatorAt128, STACK_RESERVE, Task};
use crate::worlds::invalidation_log::InvalidationLog;
use std::cell::{Cell, RefCell};
use std::io;
use std::rc::Rc;
use tintype_heap::{Heap, HeapConfig, Mutator, Roots, ScannedRange, ValueStack, heap_object, native_stack_base};

/// What all contexts of an engine share.
pub struct Shared {
    /// The heap.
    pub heap: Heap,
    well_known: Roots<WellKnown>,
    /// Types whose declaration was not complete when they were instantiated; completed with it.
    pub(crate) incomplete_types: tintype_heap::GcVec<Gc<DataType>>,
    /// Tables of attached images, probed after the engine's own, in the order of attachment.
    pub(crate) images: tintype_heap::GcVec<Gc<EngineTables>>,
    next_binding_number: Cell<u32>,
    next_object_id: Cell<u64>,
}

impl Shared {
    /// Reserves a heap. The well-known objects are made with the first context, or come from an image.
    pub fn new(config: HeapConfig) -> io::Result<Rc<Shared>> {
        let heap = Heap::new(config)?;
        Ok(Rc::new(Shared {
            well_known: Roots::new(&heap, None),
            incomplete_types: tintype_heap::GcVec::new(&heap),
            images: tintype_heap::GcVec::new(&heap),
            next_binding_number: Cell::new(0),
            next_object_id: Cell::new(0),
            heap,
        }))
    }

    /// The well-known objects, if there are any yet.
    pub fn well_known(&self) -> Option<Gc<WellKnown>> {
        self.well_known.get()
    }

    /// Installs the well-known objects of boot or of a system image.
    pub(crate) fn set_well_known(&self, well_known: Gc<WellKnown>) {
        self.well_known.set(Some(well_known));
    }

    /// A number for a new binding.
    pub(crate) fn take_binding_number(&self) -> u32 {
        let number = self.next_binding_number.get();
        self.next_binding_number.set(number + 1);
        number
    }

    /// Sees to it that new binding numbers are at least `least`, because an image uses those below.
    pub(crate) fn reserve_binding_numbers(&self, least: u32) {
        self.next_binding_number.set(self.next_binding_number.get().max(least));
    }

    /// One more than the greatest binding number in use.
    pub fn n_binding_numbers(&self) -> u32 {
        self.next_binding_number.get()
    }
}

heap_object! {
    /// The persistent part of a context: everything that is not shared with other contexts of its engine.
    pub struct World {
        /// The current world age; raised with each change that compiled code may notice.
        pub counter: Cell<u64>,
        /// `Core`.
        pub core: Field<Module>,
        /// `Base`; null until there is one.
        pub base: Field<Module>,
        /// `Main`.
        pub main: Field<Module>,
        /// Method tables by key, see `crate::dispatch::tables`.
        pub method_tables: Gc<StructuralTable>,
        /// Methods by site; of several with one site the one defined last is first among equals to adoption.
        pub methods: Gc<StructuralTable>,
        /// All modules by site.
        pub modules: Gc<StructuralTable>,
        /// Values the language's own libraries keep per context (`atexit` hooks, standard streams), by symbol.
        pub registry: Gc<StructuralTable>,
        /// One more than the greatest binding number in use when this was stored.
        pub n_binding_numbers: Cell<u64>,
        /// The world counter when this was stored; 0: it never was.
        pub stored_counter: Cell<u64>,
    }
}

// SAFETY: boot gives this kind only to the type made from `World`'s description.
unsafe impl Kinded for World {
    const KIND: Kind = Kind::World;
}

/// How method bodies run. Installed by the crate's own interpreter and by the engine.
#[derive(Clone, Copy)]
pub struct Execution {
    /// Interprets a method instance; `arguments[0]` is the function.
    pub interpret: fn(&Context, Gc<MethodInstance>, &[Value]) -> Outcome,
    /// Calls the built-in function with this number; arguments without the function.
    pub builtin: fn(&Context, u32, &[Value]) -> Outcome,
    /// Evaluates the primitive operation with this number.
    pub intrinsic: fn(&Context, u32, &[Value]) -> Outcome,
}

/// Inference, which this crate does not do itself: a type of all that calling the function with arguments of the types in
/// the tuple type can return.
pub type ReturnType = fn(&Context, function: Value, argument_types: Value) -> Outcome;

/// Native compilation, which this crate does not do itself.
pub trait Compiler {
    /// Code for `method_instance` in the current world, compiled if the policy says so. `None`: interpret it.
    fn compile(&self, cx: &Context, method_instance: Gc<MethodInstance>) -> Outcome<Option<Gc<CodeInstance>>>;

    /// The address of the boxed entry of native code.
    fn boxed_entry(&self, cx: &Context, code_instance: Gc<CodeInstance>) -> Option<usize>;

    /// The address of the specialised entry of native code, if there is one; for calls from other images.
    fn specialized_entry(&self, cx: &Context, code: Gc<Code>) -> Option<usize>;

    /// Calls compiled code through the entry trampoline; `arguments[0]` is the function.
    fn call(&self, cx: &Context, code_instance: Gc<CodeInstance>, arguments: &[Value]) -> Outcome;

    /// Shows the frames of compiled code on the context's stack, innermost first, as frame pointer and return address,
    /// until `visit` says no.
    fn visit_frames(&self, cx: &Context, visit: &mut dyn FnMut(usize, usize) -> bool);

    /// The source positions of a return address, innermost inlined call first; none if nothing is known of it.
    fn positions(&self, pc: usize) -> Vec<NativePosition>;
}

/// A world in which programs run.
pub struct Context {
    shared: Rc<Shared>,
    task: Box<Task>,
    well_known: Cell<Option<Gc<WellKnown>>>,
    world: Roots<World>,
    world_now: Cell<Option<Gc<World>>>,
    slots: ValueStack,
    /// The same table as an image stores it, while nothing was added to it.
    stored_slots: Cell<Option<Gc<SimpleVector>>>,
    execution: Cell<Option<Execution>>,
    compiler: RefCell<Option<Rc<dyn Compiler>>>,
    return_type: Cell<Option<ReturnType>>,
    evaluation: RefCell<Option<Rc<dyn Evaluation>>>,
    pub(crate) call_cache: crate::dispatch::CallCache,
    pub(crate) query_cache: crate::dispatch::QueryCache,
    /// Hash of the source text being evaluated (file and top-level expression): part of the sites of what it defines.
    pub source_site: Cell<u64>,
    /// Warnings for the user that nobody has printed yet.
    pub warnings: RefCell<Vec<String>>,
    /// Whether bounds are checked always or never, whatever `@inbounds` says.
    pub check_bounds: Cell<Option<bool>>,
    /// What was invalidated, while logging is on.
    pub invalidations: InvalidationLog,
    /// The world in which code was last found not to hold, by the code's address: only a cache.
    pub(crate) failed_code: RefCell<rustc_hash::FxHashMap<usize, u64>>,
    /// What interpreted frames live in.
    pub(crate) interpreter: crate::interpret::State,
    /// Standard output and the clock.
    pub output: crate::builtins::output::Output,
    /// The engine's own, for helpers it supplies; null until set.
    pub embedder: Cell<*const std::ffi::c_void>,
    _task_scan: ScannedRange,
}

/// How many globals a context can have.
const MAX_BINDINGS: usize = 1 << 22;

impl Context {
    /// A context with a fresh world: `Core` with its types, and an empty `Main`.
    pub fn new(shared: &Rc<Shared>) -> io::Result<Context> {
        let cx = Context::bare(shared)?;
        if shared.well_known().is_none() {
            crate::boot::make_well_known(&cx);
        }
        crate::boot::make_world(&cx);
        Ok(cx)
    }

    /// A context without a world, for boot and for images.
    pub(crate) fn bare(shared: &Rc<Shared>) -> io::Result<Context> {
        let heap = &shared.heap;
        let stack_base = native_stack_base();
        // SAFETY: the mutator is part of a boxed task that the context owns and never moves out of; it is dropped with
        // the box. The stack is the calling thread's own.
        let mutator = unsafe { Mutator::new(heap, stack_base) };
        let limit = stack_limit(stack_base);
        let task = Box::new(Task::new(MutatorAt128(mutator), limit));
        let slots = ValueStack::new(heap, MAX_BINDINGS)?;
        // SAFETY: the task is boxed and lives as long as the context, which drops the scan with it.
        let task_scan = unsafe { ScannedRange::new(heap, (&raw const *task).addr(), size_of::<Task>()) };
        Ok(Context {
            well_known: Cell::new(shared.well_known()),
            world: Roots::new(heap, None),
            world_now: Cell::new(None),
            slots,
            stored_slots: Cell::new(None),
            execution: Cell::new(None),
            compiler: RefCell::new(None),
            return_type: Cell::new(None),
            evaluation: RefCell::new(None),
            call_cache: crate::dispatch::CallCache::new(heap),
            query_cache: crate::dispatch::QueryCache::new(heap),
            check_bounds: Cell::new(None),
            invalidations: InvalidationLog::new(heap),
            failed_code: RefCell::default(),
            source_site: Cell::new(0),
            warnings: RefCell::default(),
            interpreter: crate::interpret::State::new(heap)?,
            output: crate::builtins::output::Output::new(),
            embedder: Cell::new(std::ptr::null()),
            _task_scan: task_scan,
            task,
            shared: shared.clone(),
        })
    }

    /// What the contexts of the engine share.
    #[inline(always)]
    pub fn shared(&self) -> &Rc<Shared> {
        &self.shared
    }

    /// The heap.
    #[inline(always)]
    pub fn heap(&self) -> &Heap {
        &self.shared.heap
    }

    /// The current task's mutator.
    #[inline(always)]
    pub fn mutator(&self) -> &Mutator {
        &self.task.mutator.0
    }

    /// The current task.
    #[inline(always)]
    pub fn task(&self) -> &Task {
        &self.task
    }

    /// The well-known types and values.
    #[inline(always)]
    #[track_caller]
    pub fn well_known(&self) -> &WellKnown {
        match &self.well_known.get() {
            // SAFETY: the object is rooted by `Shared`, which the context keeps alive, and is never replaced.
            Some(well_known) => unsafe { &*well_known.as_ptr() },
            None => panic!("the well-known objects are not made yet"),
        }
    }

    pub(crate) fn set_well_known(&self, well_known: Gc<WellKnown>) {
        self.shared.set_well_known(well_known);
        self.well_known.set(Some(well_known));
    }

    /// The persistent part of this context.
    #[inline(always)]
    #[track_caller]
    pub fn world(&self) -> Gc<World> {
        self.world_now.get().expect("the context has its world")
    }

    pub(crate) fn set_world(&self, world: Gc<World>) {
        self.world.set(Some(world));
        self.world_now.set(Some(world));
        self.task.world_age.set(world.counter.get());
    }

    /// The newest world age.
    #[inline]
    pub fn world_counter(&self) -> u64 {
        self.world().counter.get()
    }

    /// The world age calls are dispatched in.
    #[inline(always)]
    pub fn world_age(&self) -> u64 {
        self.task.world_age.get()
    }

    /// Goes to the newest world, as top-level code does before each expression.
    pub fn enter_newest_world(&self) {
        self.task.world_age.set(self.world_counter());
    }

    /// `nothing`.
    #[inline(always)]
    pub fn nothing(&self) -> Value {
        self.well_known().nothing()
    }

    /// A number no object of this engine has had as its identity.
    pub fn next_object_id(&self) -> u64 {
        let next = self.shared.next_object_id.get() + 1;
        self.shared.next_object_id.set(next);
        next
    }

    /// The decoded body and the literal pool of a method instance, if its method has a body. That of an `@generated`
    /// method is made when first asked for.
    ///
    /// # Errors
    /// What the generator throws.
    pub fn body_of(&self, instance: Gc<MethodInstance>) -> Outcome<Option<(Rc<tintype_hir::Body>, Gc<SimpleVector>)>> {
        let Some(method) = instance.method else { return Ok(None) };
        let (Some(source), Some(literals)) = (method.source, method.literals.get()) else { return Ok(None) };
        if !method.has(method_flags::GENERATED) {
            return Ok(Some((self.interpreter.decoded(source), literals)));
        }
        let made = match instance.generated.get() {
            Some(made) => made,
            None => {
                let evaluation = self.evaluation();
                let evaluation = evaluation.ok_or_else(|| self.error("no generator can run in this context"))?;
                let (source, literals) = evaluation.generate(self, instance)?;
                let made = self.svec(&[source.erase(), literals.erase()]);
                self.write(instance, &instance.generated, Some(made));
                made
            }
        };
        Ok(Some((self.interpreter.decoded(made.at(0).expect()), made.at(1).expect())))
    }

    /// What the body of an `@generated` method gives for an instance: the code, as an expression.
    ///
    /// # Errors
    /// What the generator throws.
    pub fn run_generator(&self, instance: Gc<MethodInstance>) -> Outcome {
        crate::interpret::run_generator(self, instance)
    }

    /// The declared body of a method, decoded, if it has one; of an `@generated` method that is the generator.
    pub fn decoded_body(&self, method: Gc<Method>) -> Option<Rc<tintype_hir::Body>> {
        method.source.map(|source| self.interpreter.decoded(source))
    }

    /// Installs the functions that run bodies.
    pub fn set_execution(&self, execution: Execution) {
        self.execution.set(Some(execution));
    }

    /// The functions that run bodies. An error value is thrown if none were installed.
    pub fn execution(&self) -> Outcome<Execution> {
        match self.execution.get() {
            Some(execution) => Ok(execution),
            None => Err(self.error("no interpreter is installed in this context")),
        }
    }

    /// Installs inference.
    pub fn set_return_type(&self, return_type: ReturnType) {
        self.return_type.set(Some(return_type));
    }

    /// Inference, if installed.
    pub fn return_type(&self) -> Option<ReturnType> {
        self.return_type.get()
    }

    /// Installs native compilation.
    pub fn set_compiler(&self, compiler: Option<Rc<dyn Compiler>>) {
        *self.compiler.borrow_mut() = compiler;
    }

    /// Native compilation, if installed.
    pub fn compiler(&self) -> Option<Rc<dyn Compiler>> {
        self.compiler.borrow().clone()
    }

    /// Installs what reads and evaluates syntax.
    pub fn set_evaluation(&self, evaluation: Option<Rc<dyn Evaluation>>) {
        *self.evaluation.borrow_mut() = evaluation;
    }

    /// What reads and evaluates syntax, if installed.
    pub fn evaluation(&self) -> Option<Rc<dyn Evaluation>> {
        self.evaluation.borrow().clone()
    }

    /// Stores into a field of a heap object, with the write barrier.
    #[inline(always)]
    pub fn write<O, T>(&self, owner: Gc<O>, field: &Field<T>, value: Option<Gc<T>>) {
        self.mutator().write(owner, field, value);
    }

    /// Throws `StackOverflowError` if the native stack is nearly used up. For recursive Rust code.
    #[inline(always)]
    pub fn check_stack(&self) -> Outcome<()> {
        if self.stack_left(0) { Ok(()) } else { Err(self.throw_stack_overflow()) }
    }

    /// Whether even the reserve of the native stack is half used up. For recursive Rust code that cannot throw: who calls
    /// it has checked the stack, so it may go some levels deep before it must give up, and what is not deep (hashes and
    /// comparisons of ordinary types) is always answered right.
    #[inline(always)]
    pub fn stack_is_low(&self) -> bool {
        !self.stack_left(STACK_RESERVE / 2)
    }

    /// Whether the stack pointer is not below the limit by more than `extra`.
    #[inline(always)]
    fn stack_left(&self, extra: usize) -> bool {
        let here = 0_u8;
        (&raw const here).addr() >= self.task.true_stack_limit.get().saturating_sub(extra)
    }

    /// Throws the one `StackOverflowError()`.
    #[cold]
    pub fn throw_stack_overflow(&self) -> Thrown {
        self.throw(self.well_known().stack_overflow_exception())
    }

    /// The binding with this engine-wide number, if this context has it.
    pub fn slot(&self, number: u32) -> Option<Gc<Binding>> {
        let number = number as usize;
        if let Some(stored) = self.stored_slots.get() {
            return stored.tail().get(number)?.get().map(|value| value.expect());
        }
        if number < self.slots.top() { self.slots.get(number).map(|value| value.expect()) } else { None }
    }

    /// Uses a table of bindings by number as an image stores it, in place, until the first new binding.
    pub fn use_stored_slots(&self, stored: Gc<SimpleVector>) {
        assert_eq!(self.slots.top(), 0, "bindings were entered already");
        self.stored_slots.set(Some(stored));
        self.task.context_slots.set(stored.tail_ptr().cast());
    }

    /// The bindings by number, as an image stores them; numbers this context does not have are null.
    pub fn slots_to_store(&self) -> Gc<SimpleVector> {
        let n = self.shared.n_binding_numbers();
        let vector = self.new_empty_svec(n as usize);
        for number in 0..n {
            self.svec_set(vector, number as usize, self.slot(number).map(Gc::erase));
        }
        vector
    }

    /// Enters a binding at its number.
    pub(crate) fn set_slot(&self, binding: Gc<Binding>) {
        if let Some(stored) = self.stored_slots.take() {
            let stored_bindings = stored.tail().iter().filter_map(Field::get);
            stored_bindings.for_each(|binding| self.set_slot(binding.expect()));
        }
        let number = binding.number as usize;
        let top = self.slots.top();
        if number >= top {
            let pushed = self.slots.push_frame(number + 1 - top);
            pushed.unwrap_or_else(|_| panic!("more than {MAX_BINDINGS} global bindings"));
            self.task.context_slots.set(self.slots.slot(0).cast_const().cast());
        }
        self.slots.set(number, Some(binding.erase()));
    }
}
