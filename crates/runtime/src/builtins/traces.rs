//! Backtraces, and the stack of exceptions, for programs.

use crate::context::Context;
use crate::errors::Outcome;
use crate::exceptions::{backtrace, frames, stack};
use crate::objects::*;
use crate::values::arrays;

/// `_backtrace()`: where the program is.
pub(super) fn backtrace(cx: &Context, _arguments: &[Value]) -> Outcome {
    Ok(backtrace::capture(cx))
}

/// `_current_exceptions()`: a vector of the exceptions being handled, outermost first, each followed by its backtrace.
pub(super) fn current_exceptions(cx: &Context, _arguments: &[Value]) -> Outcome {
    Ok(stack::vector(cx, None).erase())
}

/// `_backtrace_frames(trace)`: a vector of, for each frame, innermost first, function, signature, module, file, line and
/// whether it was inlined.
pub(super) fn frames(cx: &Context, arguments: &[Value]) -> Outcome {
    let frames = frames::frames(cx, arguments[0]);
    // The parts are only in memory that is not scanned until they are put together.
    let _guard = cx.heap().no_collect();
    let mut parts = Vec::with_capacity(6 * frames.len());
    for frame in &frames {
        let text = |text: &str| cx.new_string(text.as_bytes()).erase();
        parts.push(cx.symbol(&frame.function).erase());
        parts.push(text(&frame.signature));
        parts.push(text(&frame.module));
        parts.push(cx.symbol(&frame.file).erase());
        parts.push(cx.box_int64(i64::from(frame.line)));
        parts.push(cx.box_bool(frame.inlined));
    }
    Ok(arrays::new_vector_any(cx, &parts).erase())
}
