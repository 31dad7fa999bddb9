//! Runs a file in a fresh engine: the smallest embedding.

fn main() {
    let path = std::env::args().nth(1).expect("a file");
    let args: Vec<String> = std::env::args().skip(2).collect();
    let mut options = tintype_engine::Options::from_environment();
    if std::env::var_os("INTERPRET").is_some() {
        options.compile = tintype_engine::CompileMode::Min;
    }
    let engine = tintype_engine::Engine::start(options).unwrap_or_else(|error| panic!("{error}"));
    let program = engine.new_context().unwrap_or_else(|error| panic!("{error}"));
    match program.run_file(std::path::Path::new(&path), &args) {
        Ok(status) => std::process::exit(status),
        Err(failure) => {
            eprintln!("{failure}");
            std::process::exit(1);
        }
    }
}
