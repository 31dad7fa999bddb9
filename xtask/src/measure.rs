//! Timing commands from outside: starting, first output, end.

use std::io::Read;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};

/// One start of a command.
#[derive(Clone, Copy)]
pub struct Start {
    /// Until the first byte of its output could be read.
    pub first_output: Duration,
    /// Until it had ended.
    pub total: Duration,
}

/// Starts a command, waits for its first output, then for its end.
pub fn start(command: &mut Command) -> anyhow::Result<Start> {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let before = Instant::now();
    let mut child = command.spawn().with_context(|| format!("starting {}", command.get_program().display()))?;
    let mut stdout = child.stdout.take().context("standard output is a pipe")?;
    let mut buffer = [0_u8; 4096];
    let mut count = stdout.read(&mut buffer)?;
    let first_output = before.elapsed();
    while count > 0 {
        count = stdout.read(&mut buffer)?;
    }
    let status = child.wait()?;
    let total = before.elapsed();
    ensure!(status.success(), "{} failed ({status})", command.get_program().display());
    Ok(Start { first_output, total })
}

/// Starts several commands in turn, `rounds` times or until `budget` is spent (three times at least), so that whatever
/// else the machine does falls on all alike. Gives the median of each.
pub fn alternate(commands: &mut [Command], rounds: usize, budget: Duration) -> anyhow::Result<Vec<Start>> {
    let mut starts = vec![Vec::new(); commands.len()];
    let before = Instant::now();
    for round in 0..rounds {
        if round >= 3 && before.elapsed() > budget {
            break;
        }
        for (command, starts) in commands.iter_mut().zip(&mut starts) {
            starts.push(start(command)?);
        }
    }
    let of = |starts: &[Start], field: fn(&Start) -> Duration| median(starts.iter().map(field).collect());
    Ok(starts
        .iter()
        .map(|starts| Start {
            first_output: of(starts, |start| start.first_output),
            total: of(starts, |start| start.total),
        })
        .collect())
}

/// The middle of an odd number of values, the upper middle of an even one.
///
/// # Panics
/// When there is no value.
pub fn median<T: PartialOrd + Copy>(mut values: Vec<T>) -> T {
    values.sort_by(|a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
    values[values.len() / 2]
}

/// A duration in milliseconds, as text.
pub fn milliseconds(duration: Duration) -> String {
    format!("{:.2} ms", duration.as_secs_f64() * 1e3)
}

#[cfg(test)]
mod tests {
    #[test]
    fn medians_ignore_outliers() {
        assert_eq!(super::median(vec![3, 1, 900]), 3);
        assert_eq!(super::median(vec![2.0, 1.0]), 2.0);
    }
}
