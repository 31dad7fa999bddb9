//! The prompt: reads an input, evaluates it, shows its value, until the input ends.
//!
//! On a terminal lines are edited and remembered; from a pipe they are taken as they come, without a prompt. What an
//! input means, and how values and errors print, is the engine's business.

mod help;
mod lines;
mod terminal;

use tintype_engine::Program;

use crate::failure::Failure;

/// One input after the other.
trait Input {
    /// The next input: complete, or what there is at the end. `None`: the user has left.
    fn next(&mut self) -> Result<Option<String>, Failure>;
}

/// Runs the prompt until the user leaves it; the status of the process.
pub fn run(program: &Program, is_quiet: bool) -> Result<i32, Failure> {
    program.set_interactive();
    if terminal::is_one() {
        let mut input = terminal::Terminal::new()?;
        if !is_quiet {
            crate::failure::print(&format!(
                "{}Type ? and a name for help, exit() or Ctrl-D to leave.\n\n",
                crate::help::version()
            ))?;
        }
        answer_all(program, &mut input, true)?;
        input.remember()?;
    } else {
        answer_all(program, &mut lines::Lines::default(), false)?;
    }
    Ok(0)
}

/// With `spaced`, an empty line sets each answer apart from the next prompt.
fn answer_all(program: &Program, input: &mut dyn Input, spaced: bool) -> Result<(), Failure> {
    let mut number = 0;
    while let Some(text) = input.next()? {
        number += 1;
        let text = text.trim_end();
        let answered = match text.trim_start().chars().next() {
            None => continue,
            Some('?') => program.answer(&help::question(text), "help"),
            Some(';') => Err(tintype_engine::Failure::Uncaught("shell mode is not supported yet".to_owned())),
            Some(']') => Err(tintype_engine::Failure::Uncaught("package mode is not supported yet".to_owned())),
            Some(_) => program.answer(text, &format!("REPL[{number}]")),
        };
        if let Err(failure) = answered {
            eprintln!("{}", failure.to_string().trim_end());
        }
        if spaced {
            println!();
        }
    }
    Ok(())
}
