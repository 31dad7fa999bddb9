//! Random programs on the heap against a model in ordinary collections.
//!
//! The program allocates pairs, vectors (large ones too) and bytes, links and unlinks them, and collects; then
//! everything reachable from the roots must be as the model says.

use crate::world::{Random, World, config};
use std::collections::{HashMap, HashSet};
use tintype_heap::{GcVec, Value};

/// What the model knows of an object.
#[derive(Clone)]
enum Node {
    Pair { tag: u64, fields: [Option<usize>; 2] },
    Vector { elements: Vec<Option<usize>> },
    Bytes { content: Vec<u8> },
}

struct Program {
    world: World,
    random: Random,
    nodes: Vec<Node>,
    /// Roots in the heap and in the model, slot by slot.
    roots: GcVec<Option<Value>>,
    model_roots: Vec<Option<usize>>,
}

const N_ROOTS: u64 = 24;

impl Program {
    fn new(seed: u64, stress: bool) -> Program {
        let world = World::new(config(stress));
        let roots = GcVec::new(&world.heap);
        (0..N_ROOTS).for_each(|_| roots.push(None));
        Program { world, random: Random(seed), nodes: Vec::new(), roots, model_roots: vec![None; N_ROOTS as usize] }
    }

    /// A random root slot's object, in heap and model.
    fn pick(&mut self) -> Option<(Value, usize)> {
        let slot = self.random.below(N_ROOTS) as usize;
        Some((self.roots.get(slot)?, self.model_roots[slot]?))
    }

    fn put(&mut self, value: Value, node: Node) {
        let slot = self.random.below(N_ROOTS) as usize;
        self.nodes.push(node);
        self.roots.set(slot, Some(value));
        self.model_roots[slot] = Some(self.nodes.len() - 1);
    }

    fn step(&mut self) {
        match self.random.below(20) {
            0..=7 => {
                let (first, second) = (self.pick(), self.pick());
                let tag = self.random.next();
                let pair = self.world.pair(first.map(|f| f.0), tag, second.map(|s| s.0));
                self.put(pair.erase(), Node::Pair { tag, fields: [first.map(|f| f.1), second.map(|s| s.1)] });
            }
            8..=9 => {
                let large = self.random.below(40) == 0 && !cfg!(miri);
                let length = if large { self.random.below(20_000) } else { self.random.below(40) };
                let vector = self.world.vector(length);
                self.put(vector.erase(), Node::Vector { elements: vec![None; length as usize] });
            }
            10..=11 => {
                let length = self.random.below(300) as usize;
                let content: Vec<u8> = (0..length).map(|_| self.random.next() as u8).collect();
                let bytes = self.world.bytes(&content);
                self.put(bytes.erase(), Node::Bytes { content });
            }
            12..=17 => self.link(),
            18 => {
                let slot = self.random.below(N_ROOTS) as usize;
                self.roots.set(slot, None);
                self.model_roots[slot] = None;
            }
            _ => {
                if self.random.below(10) == 0 {
                    self.world.mutator.collect();
                }
            }
        }
    }

    /// Writes a random pointer (or null) into a random object.
    fn link(&mut self) {
        let Some((owner, owner_node)) = self.pick() else { return };
        let target = self.pick();
        let (value, target_node) = (target.map(|t| t.0), target.map(|t| t.1));
        let which = self.random.next() as usize;
        let mutator = &self.world.mutator;
        match &mut self.nodes[owner_node] {
            Node::Pair { fields, .. } => {
                // SAFETY: the model says that the object is a pair.
                let pair = unsafe { owner.cast::<crate::world::Pair>() };
                mutator.write(pair, if which.is_multiple_of(2) { &pair.first } else { &pair.second }, value);
                fields[which % 2] = target_node;
            }
            Node::Vector { elements } if !elements.is_empty() => {
                // SAFETY: the model says that the object is a vector.
                let vector = unsafe { owner.cast::<crate::world::Vector>() };
                let index = which % elements.len();
                mutator.write(vector, &vector.tail()[index], value);
                elements[index] = target_node;
            }
            Node::Vector { .. } | Node::Bytes { .. } => {}
        }
    }

    /// Walks heap and model together.
    fn verify(&self) {
        let checked = self.world.heap.check().expect("a sound heap");
        let mut seen: HashMap<usize, usize> = HashMap::new();
        let mut used = HashSet::new();
        let mut work: Vec<(Option<Value>, Option<usize>)> =
            (0..N_ROOTS as usize).map(|slot| (self.roots.get(slot), self.model_roots[slot])).collect();
        while let Some((value, node)) = work.pop() {
            let (Some(value), Some(node)) = (value, node) else {
                assert_eq!(value.is_some(), node.is_some(), "null in one and not in the other");
                continue;
            };
            if let Some(&address) = seen.get(&node) {
                assert_eq!(address, value.addr(), "one node, one object");
                continue;
            }
            seen.insert(node, value.addr());
            assert!(used.insert(value.addr()), "two nodes share the object {value:?}");
            // SAFETY: the model says what the object is; its type is checked first.
            unsafe { self.compare(value, &self.nodes[node], &mut work) };
        }
        assert!(checked.n_objects >= seen.len());
    }

    unsafe fn compare(&self, value: Value, node: &Node, work: &mut Vec<(Option<Value>, Option<usize>)>) {
        use crate::world::{BYTES, Bytes, PAIR, Pair, VECTOR, Vector};
        let ty = value.type_head();
        match node {
            Node::Pair { tag, fields } => {
                assert_eq!(ty, self.world.ty(PAIR));
                // SAFETY: the type says so.
                let pair = unsafe { value.cast::<Pair>() };
                assert_eq!(pair.tag, *tag);
                work.push((pair.first.get(), fields[0]));
                work.push((pair.second.get(), fields[1]));
            }
            Node::Vector { elements } => {
                assert_eq!(ty, self.world.ty(VECTOR));
                // SAFETY: the type says so.
                let vector = unsafe { value.cast::<Vector>() };
                assert_eq!(vector.tail().len(), elements.len());
                work.extend(vector.tail().iter().map(tintype_heap::Field::get).zip(elements.iter().copied()));
            }
            Node::Bytes { content } => {
                assert_eq!(ty, self.world.ty(BYTES));
                // SAFETY: the type says so.
                let bytes = unsafe { value.cast::<Bytes>() };
                assert_eq!((bytes.hash, bytes.tail()), (7, &content[..]));
                // SAFETY: the layout has one byte of padding.
                assert_eq!(unsafe { *bytes.tail_ptr().add(content.len()) }, 0, "the byte after the tail");
            }
        }
    }
}

fn run(seed: u64, steps: usize, stress: bool) -> Program {
    let mut program = Program::new(seed, stress);
    for step in 0..steps {
        program.step();
        if step % (steps / 8).max(1) == 0 {
            program.verify();
        }
    }
    program.world.mutator.collect();
    program.verify();
    program
}

/// How many programs are tried: what `TINTYPE_FUZZ_SEEDS` says, if anything.
fn seeds(default: u64) -> u64 {
    std::env::var("TINTYPE_FUZZ_SEEDS").ok().and_then(|seeds| seeds.parse().ok()).unwrap_or(default)
}

#[test]
fn random_programs_keep_what_is_reachable() {
    let (seeds, steps) = if cfg!(miri) { (1, 300) } else { (seeds(12), 20_000) };
    for seed in 0..seeds {
        run(seed, steps, false);
    }
}

#[test]
fn random_programs_survive_a_collection_at_every_allocation() {
    let (seeds, steps) = if cfg!(miri) { (1, 60) } else { (seeds(12) / 2, 800) };
    for seed in 100..100 + seeds {
        let program = run(seed, steps, true);
        assert!(program.world.heap.stats().collections as usize > steps / 3, "stress collects at allocations");
    }
}

#[test]
#[cfg_attr(miri, ignore = "too long")]
fn programs_collect_by_themselves_and_stay_bounded() {
    let program = run(3, 60_000, false);
    let stats = program.world.heap.stats();
    assert!(stats.collections > 2, "{stats:?}");
    assert!(stats.max_pause_ns > 0 && stats.total_pause_ns >= stats.max_pause_ns);
}
