//! Inputs from a pipe or a file: line by line, several where an expression needs them.

use std::io::{self, BufRead};

use tintype_engine::is_incomplete;

use super::Input;
use crate::failure::Failure;

/// Standard input.
#[derive(Default)]
pub struct Lines {
    text: String,
}

impl Input for Lines {
    fn next(&mut self) -> Result<Option<String>, Failure> {
        self.text.clear();
        loop {
            let read = io::stdin().lock().read_line(&mut self.text).map_err(Failure::new)?;
            if read == 0 {
                return Ok(Some(std::mem::take(&mut self.text)).filter(|text| !text.is_empty()));
            }
            if !is_incomplete(&self.text) {
                return Ok(Some(std::mem::take(&mut self.text)));
            }
        }
    }
}
