//! What the user is told of an exception nobody caught.

use tintype_runtime::exceptions::stack;
use tintype_runtime::objects::*;
use tintype_runtime::values::structs;
use tintype_runtime::{Context, Thrown, modules};

use crate::failure::Failure;
use crate::host::load_error;
use crate::toplevel::Place;

/// What stands for the file in the text of `-e`.
pub(crate) const COMMAND_LINE: &str = "none";

/// Takes the exception that left the outermost code. The text has its backtrace, and the exceptions it arose from.
pub(crate) fn failure(cx: &Context, thrown: Thrown, place: Option<Place>) -> Failure {
    let (exception, trace) = cx.take_exception_and_trace(thrown);
    let interrupted = exception == cx.well_known().interrupt_instance();
    let exception = match place {
        // What the command line gives is no file that is loaded.
        Some(place) if place.file != COMMAND_LINE => load_error(cx, exception, &place.file, place.line),
        _ => exception,
    };
    let text = text(cx, exception, trace);
    stack::truncate_exceptions(cx, 0);
    cx.output.flush();
    if interrupted { Failure::Interrupted(text) } else { Failure::Uncaught(text) }
}

/// What the base library writes for the exceptions; without one, or when writing throws, the type's name.
fn text(cx: &Context, exception: Value, trace: Value) -> String {
    let exceptions = stack::vector(cx, Some((exception, trace)));
    let Some(base) = cx.world().base.get() else { return plain_text(cx, exception) };
    cx.enter_newest_world();
    let show = modules::get_global(cx, base, cx.symbol("uncaught_text"));
    match show.and_then(|show| cx.call(show, &[exceptions.erase()])) {
        Ok(text) => {
            text.get::<JlString>().map_or_else(|| plain_text(cx, exception), |text| text.to_text().into_owned())
        }
        Err(thrown) => {
            cx.take_exception(thrown);
            plain_text(cx, exception)
        }
    }
}

/// An exception without the base library's help: its type's name, and its message if it has one.
fn plain_text(cx: &Context, exception: Value) -> String {
    let ty = exception.type_of();
    let name = ty.name.name.as_str();
    let fields = (0..ty.n_fields()).filter_map(|i| structs::get_field(cx, exception, i));
    let texts = fields.map(|field| match (field.get::<JlString>(), field.get::<Symbol>()) {
        (Some(text), _) => text.to_text().into_owned(),
        (_, Some(symbol)) => symbol.as_str().to_owned(),
        _ => tintype_runtime::show::types::type_text(cx, field.type_of().erase()),
    });
    format!("{name}: {}", texts.collect::<Vec<_>>().join(", "))
}
