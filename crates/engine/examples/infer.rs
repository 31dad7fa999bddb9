//! Shows what inference makes of one method: `infer FILE FUNCTION TYPE...`.

use tintype_runtime::objects::*;
use tintype_runtime::{dispatch, modules, types};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let engine = tintype_engine::Engine::start(tintype_engine::Options::from_environment()).expect("starts");
    let program = engine.new_context().unwrap_or_else(|error| panic!("{error}"));
    program.evaluate_file(std::path::Path::new(&args[0])).unwrap_or_else(|error| panic!("{error}"));
    let cx = program.context();
    let main = cx.world().main.unwrap();
    let named = |name: &str| modules::global(cx, main, cx.symbol(name)).unwrap_or_else(|| panic!("no {name}"));
    let mut signature = vec![dispatch::type_of_argument(cx, named(&args[1]))];
    for name in &args[2..] {
        signature.push(match name.split_once('{') {
            Some((of, param)) => {
                types::apply_type(cx, named(of), &[named(param.trim_end_matches('}'))]).expect("a type")
            }
            None => named(name),
        });
    }
    let signature = types::tuple_type(cx, &signature);
    let instance = dispatch::precompile_instance(cx, signature).expect("no throw").expect("a method");
    let start = std::time::Instant::now();
    let code = tintype_infer::infer(cx, instance).expect("no throw").expect("code");
    println!("inferred in {:?}", start.elapsed());
    let typed = tintype_hir::decode_typed(code.inferred.get().expect("a body").tail()).expect("decodes");
    let literals = code.literals.get().expect("literals");
    println!("{}", typed.body);
    for (index, known) in typed.statement_types.iter().enumerate() {
        println!("  %{index} :: {known:?}");
    }
    println!("  slots {:?}", typed.slot_types);
    for (index, literal) in literals.values().enumerate() {
        let shown = match literal.get::<MethodInstance>() {
            Some(instance) => {
                let method = instance.method.expect("a method");
                format!("{} {}", method.name.as_str(), tintype_runtime::show::types::type_text(cx, instance.spec_types))
            }
            None if literal.is_type() => tintype_runtime::show::types::type_text(cx, literal),
            None => format!("a {}", tintype_runtime::show::types::type_text(cx, literal.type_of().erase())),
        };
        println!("  literal {index}: {shown}");
    }
    println!("returns {}", tintype_runtime::show::types::type_text(cx, code.return_type.get().expect("a type")));
}
