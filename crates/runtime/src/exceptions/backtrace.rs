//! Backtraces: where the program is, as numbers that cost little to take.
//!
//! A trace is a list of words, innermost frame first. A word is a return address of compiled code, or, with its highest
//! bit set, the statement at which an interpreted body stands, or the line of top-level code. A trace that has
//! interpreted frames is a simple vector: the words, then for each such frame what it runs (a method instance; for
//! top-level code the file). Names and lines are looked up when somebody wants to read them: `super::frames`.

use smallvec::SmallVec;

use crate::context::Context;
use crate::interpret::{ActivationView, Owner};
use crate::objects::*;

/// Frames beyond these are left out, as in the language we follow.
const MAX_FRAMES: usize = 80_000;
/// Marks an interpreted frame.
pub(super) const INTERPRETED: u64 = 1 << 63;

/// The frames that are being gathered.
#[derive(Default)]
struct Gathered {
    words: SmallVec<[u64; 128]>,
    owners: SmallVec<[Value; 32]>,
}

/// Where the program is now.
pub fn capture(cx: &Context) -> Value {
    // What is gathered lies in memory that is not scanned, until it is put together.
    let _guard = cx.heap().no_collect();
    let mut gathered = Gathered::default();
    let mut activations = cx.interpreter.activations().peekable();
    if let Some(compiler) = cx.compiler() {
        compiler.visit_frames(cx, &mut |fp, pc| {
            // The stack grows downwards: what is further in lies lower.
            while let Some(activation) = activations.next_if(|activation| activation.address < fp) {
                gathered.interpreted(cx, &activation);
            }
            gathered.words.push(pc as u64);
            gathered.words.len() < MAX_FRAMES
        });
    }
    for activation in activations {
        if gathered.words.len() >= MAX_FRAMES {
            break;
        }
        gathered.interpreted(cx, &activation);
    }
    let words = cx.words(&gathered.words).erase();
    if gathered.owners.is_empty() {
        return words;
    }
    let trace = cx.new_empty_svec(gathered.owners.len() + 1);
    for (index, value) in std::iter::once(words).chain(gathered.owners).enumerate() {
        cx.svec_set(trace, index, Some(value));
    }
    trace.erase()
}

impl Gathered {
    fn interpreted(&mut self, cx: &Context, activation: &ActivationView<'_>) {
        match activation.owner {
            Owner::Method(instance) => {
                self.words.push(INTERPRETED | u64::from(activation.statement));
                self.owners.push(instance.erase());
            }
            // Nothing keeps the body of top-level code, so its line is looked up now.
            Owner::TopLevel => {
                let statement = &activation.body.statements[activation.statement as usize];
                let line = &activation.body.lines[statement.line as usize];
                self.words.push(INTERPRETED | u64::from(line.line));
                self.owners.push(cx.symbol(&line.file).erase());
            }
        }
    }
}

/// The words of a trace, and what its interpreted frames run.
pub(super) fn parts(trace: Value) -> Option<(Gc<Words>, Option<Gc<SimpleVector>>)> {
    if let Some(words) = trace.get::<Words>() {
        return Some((words, None));
    }
    let vector = trace.get::<SimpleVector>()?;
    let words = vector.tail().first()?.get()?.get::<Words>()?;
    Some((words, Some(vector)))
}
