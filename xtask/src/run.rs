//! `cargo xtask run [OPTIONS] FILE.jl [ARGS]`: `tintype` with these arguments, built and with its system image first.

use std::process::Command;

use anyhow::{Context, bail};

use crate::workspace::{Workspace, clean, default_targets};

/// Runs a program from the system image; its status other than 0 is an error.
pub fn run(args: &[String]) -> anyhow::Result<()> {
    let workspace = Workspace::locate()?;
    let tintype = workspace.build_tintype()?;
    let base = workspace.base_image(default_targets())?;
    let mut command = Command::new(tintype);
    let status = clean(&mut command).arg("-J").arg(base).args(args).status().context("running tintype")?;
    if !status.success() {
        bail!("the program ended with {status}");
    }
    Ok(())
}
