//! Link settings of the `tintype` executable, so that starting it costs little more than starting a C program. They are
//! made here and not by compiler flags for the whole build, because libraries, build scripts and procedural macros must
//! stay position independent.
//!
//! - It has a fixed address: a position-independent executable of this size has 3,300 to 15,000 relative relocations,
//!   which dirty up to 50 pages before `main`; with a fixed address some 70 are left, one for each function of libc.
//! - The unwinder is linked in: finding and mapping `libgcc_s.so` takes 0.1 ms of 1.09 (C's hello: 0.94).

use std::path::{Path, PathBuf};
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let var = |name: &str| std::env::var(name).unwrap_or_default();
    if var("CARGO_CFG_TARGET_OS") != "linux" || var("CARGO_CFG_TARGET_ENV") != "gnu" {
        return;
    }
    println!("cargo::rustc-link-arg-bins=-no-pie");
    if var("HOST") == var("TARGET") && has_static_unwinder() {
        link_unwinder_statically(&PathBuf::from(var("OUT_DIR")));
    }
}

/// The standard library asks for `-lgcc_s`; a linker script of that name, found first, sends the request to the static
/// libraries instead.
fn link_unwinder_statically(folder: &Path) {
    let script = "GROUP ( -lgcc_eh -lgcc )\n";
    match std::fs::write(folder.join("libgcc_s.so"), script) {
        Ok(()) => println!("cargo::rustc-link-search=native={}", folder.display()),
        Err(error) => println!("cargo::warning=the unwinder stays a shared library: {error}"),
    }
}

/// Whether the C compiler that links has the static unwinder; without it, the shared one serves.
fn has_static_unwinder() -> bool {
    let answer = Command::new("cc").arg("-print-file-name=libgcc_eh.a").output();
    answer.is_ok_and(|output| Path::new(String::from_utf8_lossy(&output.stdout).trim()).is_absolute())
}
