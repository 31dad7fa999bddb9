//! `tintype inspect IMAGE`: what an image file holds, without running any of it.
//!
//! [`Facts`](facts::Facts) are gathered from the file, then written as text or JSON.

mod facts;
mod heap;
mod json;
mod memory;
mod parents;
mod tables;
mod text;

use tintype_image::{Reader, VerifyMode};

use crate::arguments::{InspectArguments, View};
use crate::failure::{self, Failure};
use facts::Facts;

/// Prints what was asked for. A file that is no image, or that `--verify` finds damaged, is a failure.
pub fn inspect(arguments: &InspectArguments) -> Result<(), Failure> {
    let at_image = |error| Failure::at(&arguments.image, error);
    let reader = Reader::open(&arguments.image).map_err(at_image)?;
    if arguments.verify {
        // The checksum comes first: it says "damaged" where reading on would name some consequence.
        tintype_image::verify(&reader, VerifyMode::Always, None).map_err(at_image)?;
    }
    let mut facts = Facts::gather(&arguments.image, &reader).map_err(at_image)?;
    if arguments.verify {
        let parents = parents::find(&arguments.image, &arguments.parents, reader.header())?;
        facts.verified = Some(heap::verify(&arguments.image, &reader, &parents)?);
    }
    if shows(arguments, View::Heap) {
        facts.heap_contents = heap::contents(&reader).map_err(at_image)?;
    }
    failure::print(&if arguments.json { json::render(&facts) } else { text::render(&facts, &arguments.views) })
}

fn shows(arguments: &InspectArguments, view: View) -> bool {
    arguments.json || arguments.views.contains(&view)
}
