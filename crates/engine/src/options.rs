//! What a user can choose when an engine starts, and the environment variables that say it.

use std::path::PathBuf;

/// How much is compiled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CompileMode {
    /// What is called is compiled at its first call.
    #[default]
    Yes,
    /// Only code from images runs natively; the rest is interpreted.
    No,
    /// Nothing runs natively that need not.
    Min,
    /// Everything is compiled before it is called.
    All,
}

/// Where traces go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TraceTarget {
    /// Standard error.
    Stderr,
    /// A file, appended to.
    File(PathBuf),
}

/// When the whole of an image file is checked against its checksum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum VerifyMode {
    /// When the file is seen for the first time.
    #[default]
    Auto,
    /// At every start.
    Always,
    /// Not at all; header and tables are checked all the same.
    Never,
}

/// Where image heaps are mapped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ImageAddress {
    /// At the addresses they were built for, if those are free.
    #[default]
    Preferred,
    /// Elsewhere: all images, or those with these names. For tests of relocation.
    Other(Vec<String>),
}

/// What a user can choose when an engine starts.
#[derive(Clone, Debug)]
pub struct Options {
    /// The image to start from; none: the base library is evaluated from its source.
    pub image: Option<PathBuf>,
    /// The CPU the JIT compiles for, in the target grammar; none: the host.
    pub cpu_target: Option<String>,
    /// Optimisation level, 0 to 3.
    pub optimize: u8,
    /// How much is compiled.
    pub compile: CompileMode,
    /// Bytes of heap the collector aims at.
    pub heap_size_hint: Option<u64>,
    /// Collect at every so many allocations; 0: when it is due.
    pub gc_stress: u32,
    /// Overrides `@inbounds`: always check, or never.
    pub check_bounds: Option<bool>,
    /// Where each compiled method is written as a `precompile` statement.
    pub trace_compile: Option<TraceTarget>,
    /// Whether each such line begins with the time its compilation took.
    pub trace_compile_timing: bool,
    /// Where invalidations are written, with their causes.
    pub trace_invalidations: Option<PathBuf>,
    /// When image files are checked.
    pub verify: VerifyMode,
    /// Tells on standard error which image target was chosen and why.
    pub verbose: bool,
    /// Host CPU features to hide, as `-avx2,-fma`.
    pub hidden_features: Option<String>,
    /// Where image heaps go.
    pub image_address: ImageAddress,
    /// Print how long each part of the start took.
    pub start_timings: bool,
    /// Methods of functions with these names are interpreted, whoever calls them; a name that ends in `*` means all that
    /// begin so. For tests of what passes between interpreted and compiled frames.
    pub interpret: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            image: None,
            cpu_target: None,
            optimize: 2,
            compile: CompileMode::Yes,
            heap_size_hint: None,
            gc_stress: 0,
            check_bounds: None,
            trace_compile: None,
            trace_compile_timing: false,
            trace_invalidations: None,
            verify: VerifyMode::Auto,
            verbose: false,
            hidden_features: None,
            image_address: ImageAddress::Preferred,
            start_timings: false,
            interpret: Vec::new(),
        }
    }
}

impl Options {
    /// The defaults as the environment changes them:
    ///
    /// - `TINTYPE_CPU_FEATURES`: host features to hide;
    /// - `TINTYPE_IMAGE_ADDRESS`: `other`, or `other:NAME,NAME`, maps image heaps elsewhere;
    /// - `TINTYPE_GC_STRESS`: `1` collects at every allocation, `1000` at every thousandth;
    /// - `TINTYPE_INTERPRET`: names of functions that are never compiled, as `f,g,h_*`.
    ///
    /// `TINTYPE_SYSIMAGE`, `TINTYPE_CPU_TARGET` and the image builder's variables are read where they are used.
    pub fn from_environment() -> Options {
        let image_address = match std::env::var("TINTYPE_IMAGE_ADDRESS").as_deref() {
            Ok("other") => ImageAddress::Other(Vec::new()),
            Ok(value) => match value.strip_prefix("other:") {
                Some(names) => ImageAddress::Other(names.split(',').map(str::to_owned).collect()),
                None => ImageAddress::Preferred,
            },
            Err(_) => ImageAddress::Preferred,
        };
        Options {
            hidden_features: std::env::var("TINTYPE_CPU_FEATURES").ok().filter(|value| !value.is_empty()),
            gc_stress: std::env::var("TINTYPE_GC_STRESS").ok().and_then(|value| value.parse().ok()).unwrap_or(0),
            image_address,
            interpret: std::env::var("TINTYPE_INTERPRET").map_or_else(|_| Vec::new(), |names| list(&names)),
            ..Options::default()
        }
    }
}

/// The names in a comma-separated list.
fn list(names: &str) -> Vec<String> {
    names.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}
