//! The loop over statements.

use super::activation::{Activation, Owner};
use super::frame::{Frame, TryRegion};
use super::{Arguments, globals};
use crate::context::Context;
use crate::dispatch;
use crate::errors::{Outcome, Thrown};
use crate::exceptions::stack;
use crate::objects::*;
use crate::values::{boxes, structs};
use tintype_hir::{Body, Op, Operand};

/// What a statement leads to.
enum Next {
    /// The statement after it; its result.
    Value(Value),
    /// Another statement.
    Jump(u32),
    /// The end.
    Return(Value),
}

/// Runs a body with these arguments (the called object first, if it has parameters).
pub(super) fn run(
    cx: &Context,
    body: &Body,
    literals: Gc<SimpleVector>,
    static_params: Gc<SimpleVector>,
    module: Gc<Module>,
    owner: Owner,
    arguments: &[Value],
) -> Outcome {
    let activation = Activation::new(body, owner);
    let _linked = activation.link(&cx.interpreter);
    cx.check_stack()?;
    cx.poll()?;
    let mut frame = Frame::new(cx, body, literals, static_params, module)?;
    enter(cx, &frame, body, arguments);
    let mut statement = 0;
    loop {
        activation.statement.set(statement as u32);
        match step(cx, &mut frame, body, statement) {
            Ok(Next::Value(value)) => {
                frame.set_result(statement, value);
                statement += 1;
            }
            Ok(Next::Jump(target)) => {
                let target = target as usize;
                let interrupted = if target <= statement { cx.poll().err() } else { None };
                statement = match interrupted {
                    None => target,
                    Some(thrown) => catch(cx, &mut frame, thrown)?,
                };
            }
            Ok(Next::Return(value)) => return Ok(value),
            Err(thrown) => statement = catch(cx, &mut frame, thrown)?,
        }
    }
}

/// Puts the arguments into the parameters' slots.
fn enter(cx: &Context, frame: &Frame, body: &Body, arguments: &[Value]) {
    let n_params = body.n_params as usize;
    let n_plain = if body.is_vararg { n_params - 1 } else { n_params };
    assert!(arguments.len() >= n_plain, "{} takes {n_params} arguments, found {}", body.name, arguments.len());
    for (slot, &argument) in arguments[..n_plain].iter().enumerate() {
        frame.set_slot(slot as u32, Some(argument));
    }
    if body.is_vararg {
        let rest = structs::new_tuple(cx, &arguments[n_plain..]);
        frame.set_slot(n_plain as u32, Some(rest));
    }
}

/// Goes to the innermost handler, or passes the exception on.
fn catch(cx: &Context, frame: &mut Frame, thrown: Thrown) -> Outcome<usize> {
    let Some(region) = frame.regions.pop() else { return Err(thrown) };
    let (exception, trace) = cx.take_exception_and_trace(thrown);
    stack::truncate_exceptions(cx, region.n_exceptions);
    stack::push_exception(cx, exception, trace);
    Ok(region.handler as usize)
}

fn step(cx: &Context, frame: &mut Frame, body: &Body, statement: usize) -> Outcome<Next> {
    let nothing = cx.nothing();
    let value = match &body.statements[statement].op {
        Op::Copy(operand) => frame.operand(*operand),
        Op::GetSlot(slot) => match frame.slot(*slot) {
            Some(value) => value,
            None => return Err(cx.throw_undef_var(cx.symbol(&body.slots[*slot as usize].name))),
        },
        Op::SetSlot(slot, operand) => {
            let value = frame.operand(*operand);
            frame.set_slot(*slot, Some(value));
            value
        }
        Op::SlotDefined(slot) => cx.box_bool(frame.slot(*slot).is_some()),
        Op::ClearSlot(slot) => {
            frame.set_slot(*slot, None);
            nothing
        }
        Op::GetGlobal(literal) => globals::read(cx, frame.literal(*literal))?,
        Op::SetGlobal(literal, operand) => globals::assign(cx, frame.literal(*literal), frame.operand(*operand))?,
        Op::GlobalDefined(literal) => cx.box_bool(globals::is_defined(cx, frame.literal(*literal))),
        Op::Call(operands) => {
            // Each call of top-level code sees what those before it defined.
            if body.n_params == 0 {
                cx.enter_newest_world();
            }
            cx.apply(&frame.operands(operands))?
        }
        Op::New(operands) => {
            let values = frame.operands(operands);
            structs::new_checked(cx, values[0], &values[1..])?
        }
        Op::SplatNew(ty, tuple) => splat_new(cx, frame.operand(*ty), frame.operand(*tuple))?,
        Op::Goto(target) => return Ok(Next::Jump(*target)),
        Op::GotoIfNot(condition, target) => return branch(cx, frame, *condition, *target),
        Op::Return(operand) => return Ok(Next::Return(frame.operand(*operand))),
        Op::EnterTry(handler) => {
            frame.regions.push(TryRegion { handler: *handler, n_exceptions: stack::n_exceptions(cx) });
            nothing
        }
        Op::LeaveTry(n) => {
            let kept = frame.regions.len() - *n as usize;
            frame.regions.truncate(kept);
            nothing
        }
        Op::CurrentException => stack::current_exception(cx).unwrap_or(nothing),
        Op::BoundsCheck => cx.box_bool(cx.check_bounds.get() != Some(false)),
        Op::PopException => {
            stack::pop_exception(cx);
            nothing
        }
        Op::DeclareConst(literal, operand) => {
            globals::declare_const(cx, frame.literal(*literal), frame.operand(*operand))?;
            nothing
        }
        Op::DeclareGlobal(literal) => {
            globals::declare(cx, frame.literal(*literal))?;
            nothing
        }
        Op::DefineFunction(literal) => globals::define_function(cx, frame.literal(*literal))?,
        Op::DefineMethod(signature, literal) => {
            let method = globals::define_method(cx, frame.module, frame.operand(*signature), frame.literal(*literal))?;
            // Top-level code (alone in having no parameter for the function) sees what it defined at once: the closure
            // of a comprehension is called by the very statement that defines it.
            if body.n_params == 0 {
                cx.enter_newest_world();
            }
            method
        }
        Op::Invoke(literal, operands) => {
            let target = frame.literal(*literal).expect::<MethodInstance>();
            dispatch::run_instance(cx, target, &frame.operands(operands))?
        }
        Op::Intrinsic(number, operands) => crate::intrinsics::apply(cx, *number, &frame.operands(operands))?,
        Op::Builtin(number, operands) => crate::builtins::apply(cx, *number, &frame.operands(operands))?,
    };
    Ok(Next::Value(value))
}

fn branch(cx: &Context, frame: &Frame, condition: Operand, target: u32) -> Outcome<Next> {
    let value = frame.operand(condition);
    match boxes::unbox_bool(cx, value) {
        Some(true) => Ok(Next::Value(value)),
        Some(false) => Ok(Next::Jump(target)),
        None => Err(cx.throw_type_error("if", "", cx.well_known().bool().erase(), value)),
    }
}

pub(crate) fn splat_new(cx: &Context, ty: Value, tuple: Value) -> Outcome {
    if !tuple.type_of().is_tuple() {
        return Err(cx.throw_type_error("new", "", cx.well_known().any_tuple().erase(), tuple));
    }
    let mut fields = Arguments::new(cx);
    for i in 0..tuple.type_of().n_fields() {
        let field = structs::get_field(cx, tuple, i);
        fields.push(field.unwrap_or_else(|| panic!("a tuple without its element {i}")))?;
    }
    structs::new_checked(cx, ty, fields.as_slice())
}
