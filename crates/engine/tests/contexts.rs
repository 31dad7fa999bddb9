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

/// Calls whose callee is found when they run, through one site, warm in the first context before the second runs it.
const DISPATCHED: &str = r#"
abstract type Shape end
struct Square <: Shape; side::Int64; end
struct Oblong <: Shape; a::Int64; b::Int64; end
area(s::Square) = s.side^2
area(s::Oblong) = s.a * s.b
function areas(shapes, n)
    sum = 0
    for k in 1:n, s in shapes
        sum += area(s)
    end
    return sum
end
shapes = Any[Square(2), Oblong(2, 3), Square(1)]
areas(shapes, 1000) == 11000 || error(areas(shapes, 1000))
"#;

#[test]
fn a_redefinition_in_one_context_is_not_called_from_another() {
    let engine = Engine::start(Options::default()).expect("the engine starts");
    let first = engine.new_context().expect("a context");
    let second = engine.new_context().expect("a second context");
    for program in [&first, &second] {
        run(program, DISPATCHED).expect("the program runs");
    }
    run(&first, "area(s::Square) = -1").expect("a method is replaced");
    run(&first, "areas(shapes, 10) == 40 || error(areas(shapes, 10))").expect("the first calls its new method");
    run(&second, "areas(shapes, 10) == 110 || error(areas(shapes, 10))").expect("the second calls its own");
    run(&second, "area(s::Oblong) = 0").expect("another is replaced in the second");
    run(&second, "areas(shapes, 10) == 50 || error(areas(shapes, 10))").expect("the second calls its new method");
    run(&first, "areas(shapes, 10) == 40 || error(areas(shapes, 10))").expect("the first still calls what it called");
}
