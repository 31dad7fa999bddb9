//! Running checks side by side, and counting what came of them.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// How many checks passed and failed; failures are printed as they happen.
#[derive(Default)]
pub struct Summary {
    /// Number that passed.
    pub passed: usize,
    /// Number that failed.
    pub failed: usize,
    names: Vec<String>,
}

impl Summary {
    /// Counts a check; prints the problem if there is one.
    pub fn record(&mut self, name: &str, result: Result<(), String>) {
        match result {
            Ok(()) => self.passed += 1,
            Err(problem) => self.fail(name, &problem),
        }
    }

    /// Counts and prints a failure.
    pub fn fail(&mut self, name: &str, problem: &str) {
        println!("FAILED {name}\n  {}", problem.trim_end().replace('\n', "\n  "));
        self.failed += 1;
        self.names.push(name.to_owned());
    }

    /// Prints the failures' names again, and the last line.
    pub fn close(&self, elapsed: Duration) {
        if !self.names.is_empty() {
            println!("\nfailures:");
            for name in &self.names {
                println!("  {name}");
            }
        }
        println!("\n{:.0} s", elapsed.as_secs_f64());
        println!("{} passed, {} failed", self.passed, self.failed);
    }
}

/// A check with a name. Its error is what a person needs to see.
pub struct Job<'a> {
    /// What is checked.
    pub name: String,
    check: Box<dyn Fn() -> anyhow::Result<()> + Send + Sync + 'a>,
}

impl<'a> Job<'a> {
    /// A job that passes if `check` gives no error.
    pub fn new(name: impl Into<String>, check: impl Fn() -> anyhow::Result<()> + Send + Sync + 'a) -> Self {
        Self { name: name.into(), check: Box::new(check) }
    }
}

/// Runs jobs on as many threads as the machine has, and counts them in their order.
pub fn run(jobs: &[Job<'_>], summary: &mut Summary) {
    let results: Vec<Mutex<Option<anyhow::Result<()>>>> = jobs.iter().map(|_| Mutex::new(None)).collect();
    let next = AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((job, result)) = pick(jobs, &results, &next) {
                    let outcome = (job.check)();
                    *result.lock().unwrap_or_else(|poisoned| poisoned.into_inner()) = Some(outcome);
                }
            });
        }
    });
    for (job, result) in jobs.iter().zip(results) {
        let outcome = result.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner());
        let outcome = outcome.unwrap_or_else(|| Err(anyhow::anyhow!("the check did not finish")));
        summary.record(&job.name, outcome.map_err(|error| format!("{error:#}")));
    }
}

fn pick<'j, 'a, R>(jobs: &'j [Job<'a>], results: &'j [R], next: &AtomicUsize) -> Option<(&'j Job<'a>, &'j R)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    jobs.get(index).zip(results.get(index))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_job_is_run_once_and_counted() {
        let runs = AtomicUsize::new(0);
        let jobs: Vec<Job<'_>> = (0..20)
            .map(|index| {
                let runs = &runs;
                Job::new(format!("job {index}"), move || {
                    runs.fetch_add(1, Ordering::Relaxed);
                    anyhow::ensure!(index % 5 != 0, "no multiple of five");
                    Ok(())
                })
            })
            .collect();
        let mut summary = Summary::default();
        run(&jobs, &mut summary);
        assert_eq!((runs.load(Ordering::Relaxed), summary.passed, summary.failed), (20, 16, 4));
    }
}
