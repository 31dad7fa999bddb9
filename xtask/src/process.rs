//! Running a command with a time limit, and what came of it.

use std::io::Read;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context;

/// What a command did.
pub struct Outcome {
    /// How it ended.
    pub status: ExitStatus,
    /// What it printed.
    pub stdout: String,
    /// What it printed to standard error.
    pub stderr: String,
    /// Whether it was ended because it took too long.
    pub timed_out: bool,
    /// The most memory it was seen to have resident, in KiB; looked at now and then, so an estimate from below.
    pub peak_kib: u64,
}

/// Runs a command to its end, or kills it after `limit`.
pub fn run(command: &mut Command, limit: Duration) -> anyhow::Result<Outcome> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("starting {}", command.get_program().display()))?;
    let stdout = child.stdout.take().context("standard output is a pipe")?;
    let stderr = child.stderr.take().context("standard error is a pipe")?;
    std::thread::scope(|scope| {
        let stdout = scope.spawn(move || read(stdout));
        let stderr = scope.spawn(move || read(stderr));
        let (status, timed_out, peak_kib) = wait(&mut child, limit)?;
        let text = |reader: std::thread::ScopedJoinHandle<'_, String>| reader.join().unwrap_or_default();
        Ok(Outcome { status, stdout: text(stdout), stderr: text(stderr), timed_out, peak_kib })
    })
}

fn read(mut pipe: impl Read) -> String {
    let mut bytes = Vec::new();
    // What was read before an error is still worth showing.
    let _ = pipe.read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

fn wait(child: &mut Child, limit: Duration) -> anyhow::Result<(ExitStatus, bool, u64)> {
    let start = Instant::now();
    let mut peak = 0;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok((status, false, peak));
        }
        peak = peak.max(resident_peak(child.id()));
        if start.elapsed() > limit {
            child.kill()?;
            return Ok((child.wait()?, true, peak));
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// The largest resident size a process had so far, in KiB; 0 where the system does not tell.
fn resident_peak(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

impl Outcome {
    /// How it ended, in words.
    pub fn ending(&self) -> String {
        if self.timed_out {
            return "killed: it took too long".to_owned();
        }
        match (self.status.code(), self.status.signal()) {
            (Some(code), _) => format!("status {code}"),
            (None, Some(signal)) => format!("killed by signal {signal}"),
            (None, None) => "ended in an unknown way".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str, limit: Duration) -> Outcome {
        run(Command::new("sh").args(["-c", script]), limit).unwrap()
    }

    #[test]
    fn output_status_and_signals_are_reported() {
        let outcome = shell("echo out; echo err >&2; exit 3", Duration::from_secs(20));
        assert_eq!((outcome.stdout.as_str(), outcome.stderr.as_str()), ("out\n", "err\n"));
        assert_eq!(outcome.ending(), "status 3");
        assert_eq!(shell("kill -SEGV $$", Duration::from_secs(20)).ending(), "killed by signal 11");
    }

    #[test]
    fn a_command_that_takes_too_long_is_killed() {
        // `exec`, so that no child of the shell keeps the pipes open.
        let outcome = shell("exec sleep 30", Duration::from_millis(50));
        assert!(outcome.timed_out);
        assert_eq!(outcome.ending(), "killed: it took too long");
    }
}
