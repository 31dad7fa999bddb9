//! The machine stack as the collector sees it: its bounds, and registers made visible in it.
//!
//! Nothing here interprets what is on the stack.

#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
compile_error!(
    "the conservative stack scan needs the callee-saved registers of this architecture: add them to stack.rs"
);

/// Calls `scan` with the lowest address of the stack in use by the caller's frames, after the callee-saved registers
/// were written above it.
///
/// Caller-saved registers need no care: this is an ordinary call, so the compiler has saved what it still needs.
#[inline(never)]
pub(crate) fn with_registers_on_stack<R>(scan: impl FnOnce(usize) -> R) -> R {
    let registers = callee_saved();
    let lowest = std::hint::black_box(&registers).as_ptr().expose_provenance();
    let result = scan(lowest);
    std::hint::black_box(&registers);
    result
}

#[cfg(all(target_arch = "x86_64", not(miri)))]
#[inline(always)]
fn callee_saved() -> [usize; 6] {
    let mut registers = [0_usize; 6];
    // SAFETY: only reads registers and writes the six words of the local array.
    unsafe {
        std::arch::asm!(
            "mov [{to}], rbx",
            "mov [{to} + 8], rbp",
            "mov [{to} + 16], r12",
            "mov [{to} + 24], r13",
            "mov [{to} + 32], r14",
            "mov [{to} + 40], r15",
            to = in(reg) registers.as_mut_ptr(),
            options(nostack, preserves_flags),
        );
    }
    registers
}

#[cfg(all(target_arch = "aarch64", not(miri)))]
#[inline(always)]
fn callee_saved() -> [usize; 12] {
    let mut registers = [0_usize; 12];
    // SAFETY: only reads registers and writes the twelve words of the local array.
    unsafe {
        std::arch::asm!(
            "stp x19, x20, [{to}]",
            "stp x21, x22, [{to}, #16]",
            "stp x23, x24, [{to}, #32]",
            "stp x25, x26, [{to}, #48]",
            "stp x27, x28, [{to}, #64]",
            "stp x29, x30, [{to}, #80]",
            to = in(reg) registers.as_mut_ptr(),
            options(nostack, preserves_flags),
        );
    }
    registers
}

#[cfg(miri)]
fn callee_saved() -> [usize; 1] {
    [0]
}

/// The highest address of the calling thread's native stack, where its scan ends. Costs nothing on the main thread.
#[cfg(not(miri))]
pub fn native_stack_base() -> usize {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    {
        unsafe extern "C" {
            #[link_name = "__libc_stack_end"]
            static STACK_END: *const u8;
        }
        // SAFETY: both calls only return numbers.
        let is_main = unsafe { libc::gettid() == libc::getpid() };
        if is_main {
            // SAFETY: glibc sets the variable before any of our code runs and never changes it.
            return unsafe { STACK_END }.expose_provenance();
        }
    }
    thread_stack_end()
}

/// The end of the stack as the thread library records it. Slow on the main thread, where it reads /proc.
#[cfg(not(miri))]
fn thread_stack_end() -> usize {
    // SAFETY: the attribute object is initialised by pthread_getattr_np, read, and destroyed once.
    unsafe {
        let mut attributes = std::mem::zeroed();
        let status = libc::pthread_getattr_np(libc::pthread_self(), &mut attributes);
        assert_eq!(status, 0, "the thread library knows this thread's stack");
        let mut start = std::ptr::null_mut();
        let mut size = 0;
        let status = libc::pthread_attr_getstack(&attributes, &mut start, &mut size);
        assert_eq!(status, 0, "the thread library knows this thread's stack");
        libc::pthread_attr_destroy(&mut attributes);
        start.expose_provenance() + size
    }
}

/// No stack is scanned under Miri; see `collect`.
#[cfg(miri)]
pub fn native_stack_base() -> usize {
    usize::MAX & !15
}

/// A number that is different for each living thread.
#[inline]
pub(crate) fn thread_token() -> usize {
    thread_local! {
        static TOKEN: u8 = const { 0 };
    }
    TOKEN.with(|token| std::ptr::from_ref(token).addr())
}
