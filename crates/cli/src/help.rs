//! The help texts, and the version.

use tintype_target::Arch;

/// What a help text is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// The command.
    Run,
    /// `tintype build-image`.
    BuildImage,
    /// `tintype inspect`.
    Inspect,
}

/// The help text on a topic.
pub fn text(topic: Topic) -> &'static str {
    match topic {
        Topic::Run => RUN,
        Topic::BuildImage => BUILD_IMAGE,
        Topic::Inspect => INSPECT,
    }
}

/// The version, as `--version` prints it.
pub fn version() -> String {
    format!("tintype version {}\n", env!("CARGO_PKG_VERSION"))
}

/// The CPUs and features a target may name on this architecture.
pub fn cpus() -> String {
    Arch::current().map_or_else(String::new, tintype_target::help_text)
}

const RUN: &str = "\
Runs programs in a subset of Julia 1.10, from native images or compiled on the fly.

Usage:
  tintype [OPTIONS] FILE.jl [ARGS]     run a program
  tintype [OPTIONS] -e EXPR [ARGS]     evaluate an expression
  tintype [OPTIONS] IMAGE.so [ARGS]    start an image at its `main`
  tintype [OPTIONS]                    the prompt; from a pipe, evaluate each line
  tintype build-image ...              build an image (see `tintype build-image --help`)
  tintype inspect IMAGE.so             show what an image holds (see `tintype inspect --help`)

Options:
  -J, --sysimage FILE           start from this image (default: the base image beside the
                                executable, else TINTYPE_SYSIMAGE)
  -e, --eval EXPR               evaluate EXPR; may be given several times
  -E, --print EXPR              evaluate EXPR and show its value
  -i, --interactive             go on at the prompt when the program has ended
  -q, --quiet                   do not greet at the prompt
  -O, --optimize={0|1|2*|3}     optimization level; a bare -O is -O3
  -C, --cpu-target SPEC         compile for these CPUs; `help` lists what SPEC may name
      --compile={yes*|no|min|all}
                                yes: what is called and no image holds; no: images and the
                                interpreter; min: interpret where possible; all: eagerly
      --check-bounds={auto*|yes|no}
                                emit bounds checks as declared, always, or never
      --heap-size-hint SIZE     keep the heap near this size, as in 500M or 2G
      --verify-images={auto*|yes|no}
                                compare image files with their checksum when first seen,
                                always, or never
      --verbose                 say which images and CPU targets are used, and why
      --trace-compile {stderr|FILE}
                                print a `precompile` statement for each method compiled
      --trace-compile-timing    with the time each took
      --trace-invalidations FILE
                                list the code that became invalid, and what made it so
      --gc-stats                print the collector's figures at the end
      --start-timings           print how long each step of starting took
      --dump-expr FILE.jl       print the expressions a file is read as; evaluate nothing
  -h, --help                    print this text
  -v, --version                 print the version

Options end at the first FILE.jl, IMAGE.so or `--`; what follows is the program's.
The values marked * are the defaults.

Exit status: the program's; 1 for an uncaught exception or a file that cannot be used; 2 for a
mistake in the command line or something not supported yet; 130 after an interruption (Ctrl-C).

Environment: TINTYPE_SYSIMAGE, TINTYPE_CPU_TARGET (targets of images that are built),
TINTYPE_IMAGE_THREADS, TINTYPE_IMAGE_TIMINGS, TINTYPE_CPU_FEATURES (as in -avx2,-fma: features to
hide), TINTYPE_GC_STRESS, TINTYPE_IMAGE_ADDRESS, TINTYPE_HISTORY. docs/command-line.md describes them.
";

const BUILD_IMAGE: &str = "\
Builds a native image: the program's definitions and constants, and machine code for them.

Usage:
  tintype build-image [OPTIONS] FILE.jl -o OUT.so     an image of a program, started at its `main`
  tintype build-image [OPTIONS] --base -o OUT.so      the system image, of the base library

The top level of FILE.jl is evaluated now; its `main` is traced in another process, and what it
needed is compiled into the image.

Options:
  -o, --output OUT.so           the image to write; appears whole or not at all
  -J, --sysimage FILE           the image it builds on (default as for running)
  -C, --cpu-target SPEC         the CPUs to compile for, separated by `;`; `help` lists them
  -O, --optimize={0|1|2*|3}     optimization level
      --check-bounds={auto*|yes|no}
                                emit bounds checks as declared, always, or never
      --threads N               threads that emit code (default: half of the machine's); the
                                image is the same for any number
      --shards N                separately emitted pieces (default: by the program's size)
      --workload FILE.jl        run this program too for what it compiles; may be repeated
      --precompile-statements FILE
                                compile what these statements name; may be repeated
      --linker wild             how the image is linked; only wild so far
      --output-o FILE.a         also write an archive of the object files
      --timings                 print the seconds of each phase and shard
      --json                    print the figures as JSON
  -q, --quiet                   print nothing but errors
  -h, --help                    print this text
";

const INSPECT: &str = "\
Shows what an image holds. Nothing in it is run.

Usage:
  tintype inspect IMAGE.so [--targets] [--functions] [--heap] [--edges] [--verify] [--json]

Options:
      --targets                 the CPU targets, and which one this machine would use, and why
      --functions               shards, functions and their versions for each target
      --heap                    the heap segment: objects, references, roots
      --edges                   what the code relied on
      --verify                  compare the whole file with its checksum, and walk every object
                                of the heap segment
      --parent FILE             where to find an image it builds on (default: the images beside
                                it and TINTYPE_SYSIMAGE); may be repeated
      --json                    print JSON
  -h, --help                    print this text
";
