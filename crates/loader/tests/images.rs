//! Images are built, loaded and called.

mod common;

use common::{PROGRAM, Process, THREE_TARGETS, build, function, host, load};
use cranelift_object::object::{self, Object, ObjectSection, ObjectSymbol};
use iced_x86::{Decoder, DecoderOptions, FlowControl, Instruction, OpKind};
use tintype_codegen::pc_table::PcTable;
use tintype_image::{ImageKind, Verification, VerifyMode};
use tintype_ir::abi::RuntimeAbi;
use tintype_jit::unwind::TableBytes;
use tintype_loader::{LoadedImage, OpenOptions, open};

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
        assert_eq!(image.merged_functions().iter().filter(|address| address.is_none()).count(), 0);
    }
}

#[test]
fn two_loads_of_one_file_share_nothing_that_changes() {
    let file = build(PROGRAM, THREE_TARGETS, |_| ());
    let images: Vec<LoadedImage> = (0..3).map(|_| load(&file.path, &host("")).unwrap()).collect();
    let mut processes: Vec<Process> = images.iter().map(Process::new).collect();
    for (n, (image, process)) in images.iter().zip(&mut processes).enumerate() {
        assert_eq!(process.call(image, &file.module, "counts", &[n as i64]), Ok(42 + n as i64));
        assert_eq!(image.cells().addr() % 8, 0);
        // SAFETY: the cells are that many bytes of memory that is only used here.
        let cells = unsafe { std::slice::from_raw_parts_mut(image.cells(), image.cells_length()) };
        assert!(cells.iter().all(|byte| *byte == 0) && cells.len() == 24 * file.module.functions.len());
        cells.fill(0xff);
    }
    // Whoever unloads an image gives its mapping to the next.
    let (first, cells) = (images.into_iter().next().unwrap(), processes.remove(0));
    drop(cells);
    // SAFETY: the process that used the image is gone.
    unsafe { first.unload() };
    assert!(load(&file.path, &host("")).is_ok());
}

#[test]
fn a_file_does_not_depend_on_threads() {
    let mut files = Vec::new();
    for threads in [1, 2, 4, 8] {
        let file = build(PROGRAM, THREE_TARGETS, |request| {
            request.options.threads = threads;
            request.options.shards = Some(5);
            request.options.output_o = Some(request.options.output.with_extension("a"));
        });
        assert_eq!(file.report.shards.len(), 5);
        let archive = std::fs::read(file.path.with_extension("a")).unwrap();
        files.push((std::fs::read(&file.path).unwrap(), archive, file.report.build_id));
    }
    assert!(files.iter().all(|file| *file == files[0]));
}

#[test]
fn any_number_of_shards_answers_alike() {
    for shards in [1, 2, 7, 16] {
        let file = build(PROGRAM, THREE_TARGETS, |request| request.options.shards = Some(shards));
        for hidden in ["", "-avx2", "-avx"] {
            let image = load(&file.path, &host(hidden)).unwrap();
            assert_eq!(image.header().shard_count, shards);
            let mut process = Process::new(&image);
            for (name, args, expected) in CALLS {
                assert_eq!(process.call(&image, &file.module, name, args), Ok(expected), "{name} in {shards} shards");
            }
        }
    }
}

#[test]
fn nothing_is_left_to_the_dynamic_loader() {
    let file = build(PROGRAM, THREE_TARGETS, |request| request.kind = ImageKind::System);
    let bytes = std::fs::read(&file.path).unwrap();
    let elf = object::File::parse(&*bytes).unwrap();
    assert_eq!(elf.dynamic_relocations().map_or(0, Iterator::count), 0);
    assert!(elf.sections().all(|section| !section.name().unwrap().starts_with(".rel")));
    assert!(elf.section_by_name(".got").is_none_or(|got| got.size() == 0));
    let exported: Vec<_> = elf.dynamic_symbols().map(|symbol| symbol.name().unwrap().to_owned()).collect();
    assert_eq!(exported, ["tintype_image"]);
    assert!(elf.imports().unwrap().is_empty());
    // Versions keep their names for debuggers and profilers.
    let names: Vec<_> = elf.symbols().map(|symbol| symbol.name().unwrap().to_owned()).collect();
    for name in ["sum", "sum.1", "sum.2", "throws", "throws.1", "tintype_mv_slots", "tintype_slots"] {
        assert!(names.iter().any(|found| found == name), "{name} in {names:?}");
    }
    assert!(!names.iter().any(|name| name == "throws.2"), "nothing in it profits");
}

#[test]
fn position_tables_know_every_function() {
    for shards in [1, 4, 16] {
        let file = build(PROGRAM, THREE_TARGETS, |request| request.options.shards = Some(shards));
        let image = load(&file.path, &host("")).unwrap();
        for target in 0..3 {
            let range = image.code_range(target).unwrap();
            let table = PcTable::new(range.pc_table).unwrap();
            let mut known = 0;
            for (id, decl) in file.module.functions.iter() {
                let Some(address) = image.version_address(id.as_u32(), target) else { continue };
                let offset = (address as u64 - range.addresses.start) as u32;
                let name = if target == 0 { decl.name.clone() } else { format!("{}.{target}", decl.name) };
                assert!(table.functions().any(|(start, _, found)| (start, found) == (offset, name.as_str())), "{name}");
                known += 1;
            }
            assert_eq!(table.functions().count(), known);
            assert_eq!(file.report.versions[target], known);
        }
        assert!(image.code_range(3).is_none());
    }
}

/// The instructions of the function's version for a target.
fn disassemble(image: &LoadedImage, number: u32, target: usize) -> Vec<Instruction> {
    let address = image.version_address(number, target).unwrap() as u64;
    let range = image.code_ranges().find(|range| range.addresses.contains(&address)).unwrap();
    let table = PcTable::new(range.pc_table).unwrap();
    let offset = (address - range.addresses.start) as u32;
    let (start, end, _) = table.functions().find(|function| function.0 == offset).unwrap();
    // SAFETY: the table says that this is code of the image, which is readable and stays mapped.
    let code = unsafe { std::slice::from_raw_parts(address as *const u8, (end - start) as usize) };
    Decoder::with_ip(64, code, address, DecoderOptions::NONE).iter().collect()
}

#[test]
fn clones_call_clones_directly_and_others_through_slots() {
    let file = build(PROGRAM, THREE_TARGETS, |_| ());
    let image = load(&file.path, &host("")).unwrap();
    let number = |name| function(&file.module, name);
    let version = |name, target| image.version_address(number(name), target);
    assert!(version("loops_and_calls", 2).is_some() && version("plain", 2).is_some(), "one has a loop, one is between");
    let calls = |name, target, flow| -> Vec<Instruction> {
        let all = disassemble(&image, number(name), target).into_iter();
        all.filter(|instruction| instruction.flow_control() == flow).collect()
    };
    let direct: Vec<usize> = calls("loops_and_calls", 2, FlowControl::Call)
        .iter()
        .filter(|call| call.op0_kind() == OpKind::NearBranch64)
        .map(|call| call.near_branch_target() as usize)
        .collect();
    assert_eq!(direct, [version("sum", 2).unwrap(), version("plain", 2).unwrap()]);

    // The wrapper has no version for target 2, but what it calls has: it reads the slot, pc-relatively.
    assert_eq!(version("call.sum", 2), None);
    let (_, slot) = image.mv_slots().find(|(function, _)| *function == number("sum")).unwrap();
    let code = disassemble(&image, number("call.sum"), 1);
    let reads_slot = |i: &Instruction| i.is_ip_rel_memory_operand() && i.ip_rel_memory_address() == slot as u64;
    assert!(code.iter().any(reads_slot));
    assert!(calls("call.sum", 1, FlowControl::Call).is_empty(), "no direct call but those of stubs");
    // SAFETY: the word is one of the image's relocation slots, which stay mapped.
    assert_eq!(unsafe { slot.read() }, version("sum", 2).unwrap() as u64);
    assert_eq!(file.report.mv_slots, image.mv_slots().len());
}

#[test]
fn one_target_needs_no_slots() {
    let file = build(PROGRAM, "generic", |_| ());
    let image = load(&file.path, &host("")).unwrap();
    assert_eq!((image.mv_slots().len(), image.support().is_none()), (0, true));
    assert_eq!(Process::new(&image).call(&image, &file.module, "loops_and_calls", &[10]), Ok(285));
    let error = load(&build(PROGRAM, "haswell", |_| ()).path, &host("-avx2")).unwrap_err();
    assert!(error.to_string().starts_with("unable to find a compatible target in the image"), "{error}");
}

#[test]
fn a_system_image_brings_its_stubs() {
    let file = build(PROGRAM, THREE_TARGETS, |request| request.kind = ImageKind::System);
    let image = load(&file.path, &host("")).unwrap();
    let support = image.support().unwrap();
    assert_eq!(support.stubs.len(), RuntimeAbi::bare().helpers.len());
    let mut process = Process::new(&image);
    let map = process.runtime.code();
    map.register(support.code.addresses.clone(), TableBytes::Mapped(support.code.pc_table)).unwrap();
    let wrapper = |name: &str| image.function_address(function(&file.module, &format!("call.{name}"))).unwrap() as u64;
    let task = &raw mut *process.task;
    type Enter = unsafe extern "C" fn(*mut tintype_jit::bare::BareTask, u64, u64, *mut u128, u64, u64) -> u64;
    // SAFETY: the first word of a task is the address of its stub table; the trampoline has this signature; the code is a
    // wrapper, and the task is this thread's.
    let call = |name: &str, arg: i64| unsafe {
        task.cast::<*const u64>().write(support.stubs.as_ptr());
        let enter: Enter = std::mem::transmute(support.entry_trampoline as usize);
        let mut values = [arg as u128];
        enter(task, wrapper(name), 0, values.as_mut_ptr(), 1, 0);
        (values[0] as i64, std::mem::take(&mut (*task).pending_exception))
    };
    assert_eq!(call("loops_and_calls", 10), (285, 0));
    assert_eq!(call("catches", 41), (42, 0), "the image's own raising routine found the handler");
    assert_eq!(call("throws", 9).1, 9);
}

#[test]
fn verification_is_remembered() {
    let file = build(PROGRAM, "generic", |_| ());
    let records = tintype_image::VerifiedRecords::new(file.directory.path().join("records"));
    let host = host("");
    let options = OpenOptions { records: Some(&records), ..OpenOptions::new(&host, RuntimeAbi::bare().hash()) };
    let verification = |verify| open(&file.path, &OpenOptions { verify, ..options }).unwrap().verification();
    assert_eq!(verification(VerifyMode::Auto), Verification::Checked);
    assert_eq!(verification(VerifyMode::Auto), Verification::Remembered);
    assert_eq!(verification(VerifyMode::Always), Verification::Checked);
    assert_eq!(verification(VerifyMode::Never), Verification::Skipped);
}

#[test]
fn mistakes_in_a_request_are_named() {
    use tintype_emit::emit_image;
    let directory = tempfile::tempdir().unwrap();
    let output = directory.path().join("program.so");
    let error = |text: &str, spec: &str| emit_image(common::request(text, spec, &output)).unwrap_err().to_string();
    let leaf =
        |name: &str| format!("function %{name}() -> i64 {{\nblock0:\n    v0 = iconst.i64 1\n    return v0\n}}\n");
    assert_eq!(
        error(&(leaf("f") + &leaf("f.1")), "generic;haswell,clone_all"),
        "two functions or data would have the symbol `f.1`"
    );
    let import = "function %g() -> i64 import\nfunction %f() -> i64 {\nblock0:\n    v0 = call %g()\n    return v0\n}\n";
    assert!(error(import, "generic").contains("refers to `g`, which the module does not define"));
    let mut request = common::request(PROGRAM, "generic", &output);
    request.meta.push(request.meta[0].clone());
    assert_eq!(emit_image(request).unwrap_err().to_string(), "image request: two blobs have the name `notes`");
    assert_eq!(std::fs::read_dir(&directory).unwrap().count(), 0, "nothing is left behind");
}
