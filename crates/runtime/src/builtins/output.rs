//! Output, the clock, and leaving the program.
//!
//! Text for standard output is gathered and written in large pieces: when the buffer is full, before anything goes to
//! standard error, and at exit. On a terminal every line is written at once.

use std::cell::RefCell;
use std::io::{IsTerminal, Read, Write};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use crate::context::Context;
use crate::errors::Outcome;
use crate::objects::*;
use crate::values::boxes;

const BUFFER_BYTES: usize = 32 * 1024;

/// A context's standard output and clock.
pub struct Output {
    buffer: RefCell<Vec<u8>>,
    start: Instant,
}

impl Output {
    /// An empty buffer; the clock starts now.
    pub(crate) fn new() -> Output {
        Output { buffer: RefCell::new(Vec::new()), start: Instant::now() }
    }

    /// Adds bytes to standard output.
    pub fn write(&self, bytes: &[u8]) {
        let mut buffer = self.buffer.borrow_mut();
        buffer.extend_from_slice(bytes);
        if buffer.len() >= BUFFER_BYTES || bytes.contains(&b'\n') && std::io::stdout().is_terminal() {
            write_out(&mut buffer);
        }
    }

    /// Writes what is gathered.
    pub fn flush(&self) {
        write_out(&mut self.buffer.borrow_mut());
    }
}

/// A reader that went away is no error of the program's: what it did not want is dropped.
fn write_out(buffer: &mut Vec<u8>) {
    let mut stdout = std::io::stdout().lock();
    let _ = stdout.write_all(buffer).and_then(|()| stdout.flush());
    buffer.clear();
}

impl Drop for Output {
    fn drop(&mut self) {
        self.flush();
    }
}

fn descriptor(cx: &Context, value: Value) -> Outcome<i64> {
    let number = boxes::as_int64(cx, value).filter(|number| *number == 1 || *number == 2);
    number.ok_or_else(|| cx.argument_error("only standard output and standard error can be written to"))
}

/// `_write(descriptor, string)`.
pub(super) fn write(cx: &Context, arguments: &[Value]) -> Outcome {
    let Some(string) = arguments[1].get::<JlString>() else {
        return Err(cx.throw_type_error("write", "", cx.well_known().string().erase(), arguments[1]));
    };
    if descriptor(cx, arguments[0])? == 1 {
        cx.output.write(string.bytes());
    } else {
        cx.output.flush();
        let _ = std::io::stderr().write_all(string.bytes());
    }
    Ok(cx.nothing())
}

pub(super) fn flush(cx: &Context, arguments: &[Value]) -> Outcome {
    if descriptor(cx, arguments[0])? == 1 {
        cx.output.flush();
    }
    Ok(cx.nothing())
}

/// `_read_input()`: the next bytes of standard input as a string, which is empty at its end.
pub(super) fn read_input(cx: &Context, _arguments: &[Value]) -> Outcome {
    cx.output.flush();
    let mut bytes = [0; 8192];
    match std::io::stdin().read(&mut bytes) {
        Ok(n) => Ok(cx.new_string(&bytes[..n]).erase()),
        Err(error) => Err(cx.argument_error(&format!("reading standard input: {error}"))),
    }
}

/// `_exit(status)`: writes what is gathered and ends the process.
pub(super) fn exit(cx: &Context, arguments: &[Value]) -> Outcome {
    cx.output.flush();
    let status = boxes::as_int64(cx, arguments[0]).unwrap_or(1);
    std::process::exit(status as i32)
}

/// Nanoseconds since the context was made.
pub(super) fn time_ns(cx: &Context, _arguments: &[Value]) -> Outcome {
    Ok(cx.box_uint64(cx.output.start.elapsed().as_nanos() as u64))
}

/// Seconds since 1970.
pub(super) fn time(cx: &Context, _arguments: &[Value]) -> Outcome {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Ok(cx.box_float64(elapsed.as_secs_f64()))
}
