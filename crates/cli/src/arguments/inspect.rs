//! `tintype inspect`.

use std::ffi::OsString;
use std::path::PathBuf;

use lexopt::{Arg, Parser};

use super::run::argument_name;
use super::{Command, Usage};
use crate::help::Topic;

/// Which image is shown, and what of it.
#[derive(Debug)]
pub struct InspectArguments {
    /// The image.
    pub image: PathBuf,
    /// What is shown besides the summary; all that is short if empty.
    pub views: Vec<View>,
    /// Compare the whole with its checksum and walk the heap segment.
    pub verify: bool,
    /// Print JSON.
    pub json: bool,
    /// Where parents are looked for first.
    pub parents: Vec<PathBuf>,
}

/// A part of an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// CPU targets, and which one this machine would use.
    Targets,
    /// Functions, shards and versions for targets.
    Functions,
    /// The heap segment.
    Heap,
    /// What the code relied on.
    Edges,
}

/// Reads what follows `inspect`.
pub fn parse(arguments: impl Iterator<Item = OsString>) -> Result<Command, Usage> {
    let mut parser = Parser::from_args(arguments);
    let mut image = None;
    let mut inspect =
        InspectArguments { image: PathBuf::new(), views: Vec::new(), verify: false, json: false, parents: Vec::new() };
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("help") | Arg::Short('h') => return Ok(Command::Help(Topic::Inspect)),
            Arg::Long("targets") => inspect.views.push(View::Targets),
            Arg::Long("functions") => inspect.views.push(View::Functions),
            Arg::Long("heap") => inspect.views.push(View::Heap),
            Arg::Long("edges") => inspect.views.push(View::Edges),
            Arg::Long("verify") => inspect.verify = true,
            Arg::Long("json") => inspect.json = true,
            Arg::Long("parent") => inspect.parents.push(parser.value()?.into()),
            Arg::Value(value) if image.is_none() => image = Some(PathBuf::from(value)),
            Arg::Value(value) => {
                return Err(Usage::mistake(format_args!("inspect: one image at a time, found `{}`", value.display())));
            }
            other => return Err(Usage::mistake(format_args!("inspect: unknown option `{}`", argument_name(&other)))),
        }
    }
    inspect.image = image.ok_or_else(|| Usage::mistake("inspect: give an image"))?;
    Ok(Command::Inspect(inspect))
}
