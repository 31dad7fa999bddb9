//! The base library's sources, inside the program: what the system image is built from, and what a context that starts
//! without an image evaluates.

use std::borrow::Cow;
use std::path::Path;

macro_rules! sources {
    ($($name:literal)*) => {
        /// Every file, by its name below `base/`.
        pub(crate) const SOURCES: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../../base/", $name)))),*];
    };
}

sources! {
    "Base.jl" "exports.jl" "constructors.jl" "essentials.jl" "promotion.jl" "operators.jl" "integers.jl" "checked.jl"
    "floats.jl" "rounding.jl" "math.jl" "numbers.jl" "rational.jl" "angles.jl" "irrationals.jl" "complex.jl"
    "characters.jl" "tuples.jl" "reflection.jl" "errors.jl" "ranges.jl" "twice_precision.jl" "float_ranges.jl" "arrays.jl"
    "abstractarrays.jl" "cartesian.jl" "bitarrays.jl" "indexing.jl" "concatenation.jl"
    "iterators.jl" "namedtuples.jl" "reductions.jl" "hashing.jl" "dict.jl" "iddict.jl" "sets.jl" "sorting.jl" "broadcast.jl"
    "matrices.jl" "strings.jl" "substrings.jl" "search.jl" "io.jl" "iobuffer.jl" "iocontext.jl" "show.jl"
    "show_collections.jl" "missing.jl" "copying.jl" "parse.jl" "methods.jl" "methoderrors.jl" "expressions.jl" "meta.jl"
    "macros.jl" "viewmacros.jl" "kwdef.jl" "enums.jl" "timing.jl" "logging.jl" "show_display.jl" "show_operators.jl"
    "show_expressions.jl" "show_blocks.jl" "show_dump.jl" "docs.jl" "versions.jl"
    "exceptions.jl" "stacktraces.jl" "client.jl"
    "stdlib/Printf.jl" "stdlib/Test.jl" "stdlib/InteractiveUtils.jl"
}

/// What the names of base files begin with.
pub(crate) const PREFIX: &str = "base/";

/// Names a folder whose files stand for those inside the program: for work on the base library without building it in.
const FOLDER_VARIABLE: &str = "TINTYPE_BASE_SOURCES";

/// The text of a base file: the one inside the program, or that of the folder `TINTYPE_BASE_SOURCES` names.
pub(crate) fn source(path: &str) -> Option<Cow<'static, str>> {
    let name = path.strip_prefix(PREFIX)?;
    if let Some(folder) = std::env::var_os(FOLDER_VARIABLE) {
        return std::fs::read_to_string(Path::new(&folder).join(name)).ok().map(Cow::Owned);
    }
    SOURCES.iter().find(|(known, _)| *known == name).map(|(_, text)| Cow::Borrowed(*text))
}

/// A hash of all sources: an image of the base library is stale when it differs.
pub fn source_hash() -> u64 {
    let mut hash = xxhash_rust::xxh3::Xxh3::new();
    for (name, text) in SOURCES {
        hash.update(name.as_bytes());
        hash.update(&[0]);
        hash.update(text.as_bytes());
        hash.update(&[0]);
    }
    hash.digest()
}
