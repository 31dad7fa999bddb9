//! Images are built, loaded and called.

mod common;

use common::{PROGRAM, Process, THREE_TARGETS, build, function, host, load};

/// The calls every target answers alike, and what they answer.
const CALLS: [(&str, &[i64], i64); 5] = [
    ("sum", &[10], 45),
    ("plain", &[10], 55),
    ("loops_and_calls", &[10], 285),
    ("catches", &[41], 42),
    ("object", &[], 0),
];

#[test]
fn each_target_is_chosen_and_answers_alike() {
    let file = build(PROGRAM, THREE_TARGETS, |_| ());
    for (hidden, target) in [("", 2), ("-avx2", 1), ("-avx", 0)] {
        let image = load(&file.path, &host(hidden)).unwrap();
        assert_eq!(image.selection().index, target, "without {hidden}");
        let mut process = Process::new(&image);
        for (name, args, expected) in CALLS {
            assert_eq!(process.call(&image, &file.module, name, args), Ok(expected), "{name} for target {target}");
        }
        assert_eq!(process.call(&image, &file.module, "throws", &[7]), Err(7));
        assert_eq!(process.call(&image, &file.module, "cpu", &[0]), Ok([0, 1, 2][target]));
        assert_eq!(process.call(&image, &file.module, "counts", &[3]), Ok(45), "data is the mapping's own");
        assert_eq!(process.call(&image, &file.module, "counts", &[3]), Ok(48));
        assert_eq!(image.meta("notes").unwrap().as_deref(), Some(&b"some notes"[..]));
        assert_eq!(image.meta("nothing").unwrap(), None);
        assert!(image.function_address(function(&file.module, "sum")).is_some());
        assert_eq!(image.function_address(1000), None);
    }
}
