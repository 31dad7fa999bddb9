//! Every interleaving of the protocol's writers and readers, explored by a model checker on the real code. The entries
//! are numbers: a specialised entry `p` goes with `invoke` `p + INVOKE` and with the flag its parity tells.

use super::atomics::loom_atomics::Modelled;
use super::{Entry, EntryCell, Published, READY, SPECIALIZED};
use loom::sync::Arc;
use loom::thread;

const INVOKE: usize = 1000;
const UNSPECIALIZED: usize = 5000;

fn publish(cell: &EntryCell<Modelled>, specptr: usize) -> Published {
    cell.publish(specptr + INVOKE, specptr, specptr % 2 == 1)
}

/// What a reader may see: nothing, the unspecialised entry alone, or a specialised one with its own `invoke` and flag.
fn check(entry: Entry) {
    if entry.specptr == 0 {
        assert_eq!(entry.flags, 0);
        assert!(entry.invoke == 0 || entry.invoke == UNSPECIALIZED || entry.invoke > INVOKE, "{entry:?}");
        return;
    }
    assert_eq!(entry.invoke, entry.specptr + INVOKE, "invoke of one and specptr of another: {entry:?}");
    assert_eq!(entry.flags & READY, READY, "{entry:?}");
    assert_eq!(entry.flags & SPECIALIZED == SPECIALIZED, entry.specptr % 2 == 1, "{entry:?}");
}

#[test]
fn two_writers_and_a_reader() {
    loom::model(|| {
        let cell = Arc::new(EntryCell::<Modelled>::new());
        let writers: Vec<_> = [1, 2]
            .map(|specptr| {
                let cell = cell.clone();
                thread::spawn(move || publish(&cell, specptr))
            })
            .into();
        // One look, because the losing writer waits already.
        if let Some(entry) = cell.read_once() {
            check(entry);
        }
        let published: Vec<Published> = writers.into_iter().map(|writer| writer.join().expect("no panic")).collect();
        let ours = published.iter().filter(|published| **published == Published::Ours).count();
        assert_eq!(ours, 1, "exactly one writer wins");
        let entry = cell.read();
        check(entry);
        assert_eq!(published[entry.specptr - 1], Published::Ours, "the winner's code is what is seen");
    });
}

#[test]
fn an_unspecialised_entry_is_upgraded_under_a_reader() {
    loom::model(|| {
        let cell = Arc::new(EntryCell::<Modelled>::new());
        assert_eq!(cell.publish_unspecialized(UNSPECIALIZED), Published::Ours);
        let writer = {
            let cell = cell.clone();
            thread::spawn(move || publish(&cell, 3))
        };
        let entry = cell.read();
        check(entry);
        assert_ne!(entry.invoke, 0, "what was executable stays executable");
        writer.join().expect("no panic");
        assert_eq!(cell.read(), Entry { invoke: 3 + INVOKE, flags: SPECIALIZED | READY, specptr: 3 });
    });
}

#[test]
fn a_loser_returns_only_when_the_winner_is_ready() {
    loom::model(|| {
        let cell = Arc::new(EntryCell::<Modelled>::new());
        let other = {
            let cell = cell.clone();
            thread::spawn(move || publish(&cell, 1))
        };
        if publish(&cell, 2) == Published::Theirs {
            assert_eq!(cell.read(), Entry { invoke: 1 + INVOKE, flags: SPECIALIZED | READY, specptr: 1 });
        }
        other.join().expect("no panic");
    });
}

#[test]
fn an_update_keeps_the_entry_consistent() {
    loom::model(|| {
        let cell = Arc::new(EntryCell::<Modelled>::new());
        publish(&cell, 1);
        let writer = {
            let cell = cell.clone();
            thread::spawn(move || cell.update(3))
        };
        let entry = cell.read();
        assert!(entry.specptr == 1 || entry.specptr == 3);
        assert_eq!((entry.invoke, entry.flags), (1 + INVOKE, SPECIALIZED | READY));
        writer.join().expect("no panic");
        assert_eq!(cell.read().specptr, 3);
    });
}
