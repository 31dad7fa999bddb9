//! How fast the parser is: parses every source file below a folder, several times, and prints megabytes a second.
//!
//! `cargo run --release --package tintype-syntax --example parse_speed -- FOLDER`

use std::path::Path;
use std::time::Instant;

use tintype_syntax::parse_all;

/// Rounds; the fastest counts, since the others were disturbed.
const ROUNDS: usize = 5;

fn main() {
    let folder = std::env::args().nth(1).expect("usage: parse_speed FOLDER");
    let mut texts = Vec::new();
    read_below(Path::new(&folder), &mut texts);
    let bytes: usize = texts.iter().map(String::len).sum();
    let seconds = (0..ROUNDS).map(|_| time_of(&texts)).fold(f64::INFINITY, f64::min);
    let megabytes = bytes as f64 / 1e6;
    println!("parser: {} files, {megabytes:.1} MB, {:.1} MB/s", texts.len(), megabytes / seconds);
}

fn time_of(texts: &[String]) -> f64 {
    let start = Instant::now();
    for text in texts {
        std::hint::black_box(parse_all(text));
    }
    start.elapsed().as_secs_f64()
}

fn read_below(folder: &Path, texts: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry of a folder").path();
        if path.is_dir() {
            read_below(&path, texts);
        } else if path.extension().is_some_and(|extension| extension == "jl")
            && let Ok(text) = std::fs::read_to_string(&path)
        {
            texts.push(text);
        }
    }
}
