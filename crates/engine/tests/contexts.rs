//! Two contexts of one engine: they share types and code, and see nothing of each other's globals.

use tintype_engine::{Engine, Options, Program};

/// A program with a global of its own, a type, and enough calls to be compiled.
const PROGRAM: &str = r#"
struct Account
    owner::String
    balance::Int64
end
total = 0
function add!(account::Account, amount)
    global total += amount
    return Account(account.owner, account.balance + amount)
end
function run(n)
    account = Account("anna", 0)
    for i in 1:n
        account = add!(account, i)
    end
    return account.balance
end
result = string(run(100), " ", total, " ", [x * x for x in 1:3])
result == "5050 5050 [1, 4, 9]" || error("found ", result)
"#;

fn run(program: &Program, text: &str) -> Result<i32, String> {
    program.run_text(text, &[]).map_err(|failure| failure.to_string())
}

#[test]
fn the_second_context_compiles_nothing() {
    let engine = Engine::start(Options::default()).expect("the engine starts");
    let first = engine.new_context().expect("a context");
    run(&first, PROGRAM).expect("the program runs");
    let compiled = engine.compile_count();
    assert!(compiled > 0, "the first context compiled something");
    let second = engine.new_context().expect("a second context");
    run(&second, PROGRAM).expect("the program runs again");
    assert_eq!(engine.compile_count(), compiled, "the second context compiled methods of its own");
}

#[test]
fn neither_context_sees_the_other_s_globals() {
    let engine = Engine::start(Options::default()).expect("the engine starts");
    let first = engine.new_context().expect("a context");
    let second = engine.new_context().expect("a second context");
    run(&first, PROGRAM).expect("the program runs");
    run(&first, "total = 7; mine = 1").expect("globals are assigned");
    run(&second, PROGRAM).expect("the second has totals of its own");
    run(&second, "total == 5050 || error(total)").expect("the first's assignment is not seen");
    let unseen = run(&second, "mine").expect_err("a global of the first context");
    assert!(unseen.contains("mine"), "{unseen}");
    run(&first, "total == 7 || error(total)").expect("the second's run changed nothing here");
}

#[test]
fn both_contexts_have_one_type() {
    let engine = Engine::start(Options::default()).expect("the engine starts");
    let first = engine.new_context().expect("a context");
    let second = engine.new_context().expect("a second context");
    for program in [&first, &second] {
        run(program, PROGRAM).expect("the program runs");
    }
    let account = |program: &Program| {
        let cx = program.context();
        let main = cx.world().main.get().expect("a context has Main");
        tintype_runtime::modules::global(cx, main, cx.symbol("Account")).expect("the type is bound").addr()
    };
    assert_eq!(account(&first), account(&second));
}
