//! Built-in functions: which are done inline, and when. The others are called by number.

use tintype_hir::TypeRef;
use tintype_ir::instruction::{IntCond, MemFlags};
use tintype_ir::types::Type;
use tintype_runtime::builtins::Builtin;
use tintype_runtime::objects::*;
use tintype_runtime::{helpers, layout_consts};

use crate::function::{ColdAction, Translator, Val};
use crate::representation::Repr;

impl Translator<'_, '_, '_> {
    /// A call of the built-in function with this number. `ty` is what inference knows of the result.
    pub fn builtin(&mut self, number: u16, arguments: &[Val], ty: TypeRef) -> Val {
        let builtin = Builtin::from_number(number).unwrap_or_else(|| panic!("there is no built-in function {number}"));
        let info = builtin.info();
        let enough = arguments.len() >= usize::from(info.min_args);
        let not_too_many = info.max_args == u8::MAX || arguments.len() <= usize::from(info.max_args);
        let inlined = if enough && not_too_many { self.inline_builtin(builtin, arguments, ty) } else { None };
        inlined.unwrap_or_else(|| self.call_builtin(number, arguments))
    }

    fn inline_builtin(&mut self, builtin: Builtin, arguments: &[Val], ty: TypeRef) -> Option<Val> {
        match builtin {
            Builtin::Egal => Some(self.egal(&arguments[0], &arguments[1])),
            Builtin::TypeOf => Some(self.type_of_value(&arguments[0])),
            Builtin::Isa => {
                let ty = arguments[1].known().filter(|ty| ty.is_type())?;
                Some(self.isa(&arguments[0], ty))
            }
            Builtin::TypeAssert => {
                let ty = arguments[1].known().filter(|ty| ty.is_type())?;
                Some(self.type_assert(&arguments[0], ty))
            }
            Builtin::IfElse => {
                let condition = self.scalar(&arguments[0], self.cx.well_known().bool())?;
                Some(self.if_else(condition, &arguments[1], &arguments[2], ty))
            }
            Builtin::GetField => Some(self.get_field(arguments)),
            Builtin::SetField => Some(self.set_field(arguments)),
            Builtin::Tuple => Some(self.make_tuple(arguments)),
            Builtin::NFields => {
                let ty = self.dynamic_type(&arguments[0])?.expect::<DataType>();
                Some(Val::constant(self.cx.box_int64(ty.n_fields() as i64)))
            }
            Builtin::Throw => {
                let exception = self.object(&arguments[0]);
                self.helper(helpers::THROW, &[exception]);
                self.never_here();
                Some(Val::never())
            }
            Builtin::ArrayRef => self.array_ref(arguments),
            Builtin::ArraySet => self.array_set(arguments),
            Builtin::ArraySize => self.array_size(arguments),
            Builtin::ArrayLength => self.array_length(arguments),
            Builtin::NewArray => self.new_array(arguments),
            Builtin::ArrayGrowEnd => self.array_grow_end(arguments),
            Builtin::ArrayDelEnd => self.array_resize(helpers::ARRAY_DELETE_END, arguments),
            Builtin::StringLength => self.string_length(arguments),
            Builtin::StringByte => self.string_byte(arguments),
            Builtin::StringConcat if arguments.len() == 2 => self.string_concat(arguments),
            _ => self.elementary_function(builtin, arguments),
        }
    }

    fn is_string(&self, val: &Val) -> bool {
        self.type_of(val) == self.cx.well_known().string().erase()
    }

    fn string_length(&mut self, arguments: &[Val]) -> Option<Val> {
        if !self.is_string(&arguments[0]) {
            return None;
        }
        let string = self.object(&arguments[0]);
        let flags = self.string_flags();
        let length = self.b.load(Type::I64, flags, string, layout_consts::STRING_LENGTH);
        Some(self.int64(length))
    }

    /// Strings never change.
    fn string_flags(&mut self) -> MemFlags {
        let region = self.m.region("string");
        MemFlags { invariant: true, region: Some(region) }
    }

    fn string_byte(&mut self, arguments: &[Val]) -> Option<Val> {
        if !self.is_string(&arguments[0]) {
            return None;
        }
        let index = self.scalar(&arguments[1], self.cx.well_known().int64())?;
        let string = self.object(&arguments[0]);
        let flags = self.string_flags();
        let length = self.b.load(Type::I64, flags, string, layout_consts::STRING_LENGTH);
        let index = self.b.iadd_imm(index, -1);
        let outside = self.b.icmp(IntCond::Uge, index, length);
        self.fail_if(outside, ColdAction::Builtin(Builtin::StringByte.number(), arguments.to_vec()));
        // Between index 0 and the length the address stays inside the string, which is used until the load.
        let start = self.b.bitcast(Type::I64, string);
        let address = self.b.iadd(start, index);
        let byte = self.b.load(Type::I8, flags, address, layout_consts::STRING_BYTES);
        let ty = self.cx.well_known().uint8().erase();
        Some(Val::new(self.m.reprs.of_type(self.cx, ty), smallvec::smallvec![byte]))
    }

    fn string_concat(&mut self, arguments: &[Val]) -> Option<Val> {
        if !self.is_string(&arguments[0]) || !self.is_string(&arguments[1]) {
            return None;
        }
        let (a, b) = (self.object(&arguments[0]), self.object(&arguments[1]));
        let both = self.helper(helpers::STRING_CONCAT, &[a, b])[0];
        Some(Val::object(self.cx.well_known().string().erase(), both))
    }

    /// Functions of doubles that are helpers of their own.
    fn elementary_function(&mut self, builtin: Builtin, arguments: &[Val]) -> Option<Val> {
        let helper = match builtin {
            Builtin::Frem => helpers::FREM,
            Builtin::Pow => helpers::POW,
            Builtin::Hypot => helpers::HYPOT,
            Builtin::Atan2 => helpers::ATAN2,
            Builtin::Sin => helpers::SIN,
            Builtin::Cos => helpers::COS,
            Builtin::Tan => helpers::TAN,
            Builtin::Asin => helpers::ASIN,
            Builtin::Acos => helpers::ACOS,
            Builtin::Atan => helpers::ATAN,
            Builtin::Sinh => helpers::SINH,
            Builtin::Cosh => helpers::COSH,
            Builtin::Tanh => helpers::TANH,
            Builtin::Exp => helpers::EXP,
            Builtin::Exp2 => helpers::EXP2,
            Builtin::Log => helpers::LOG,
            Builtin::Log2 => helpers::LOG2,
            Builtin::Log10 => helpers::LOG10,
            Builtin::Cbrt => helpers::CBRT,
            Builtin::Asinh => helpers::ASINH,
            Builtin::Acosh => helpers::ACOSH,
            Builtin::Atanh => helpers::ATANH,
            Builtin::Exp10 => helpers::EXP10,
            Builtin::Expm1 => helpers::EXPM1,
            Builtin::Log1p => helpers::LOG1P,
            _ => return None,
        };
        let float64 = self.cx.well_known().float64();
        let regs: Option<Vec<_>> = arguments.iter().map(|argument| self.scalar(argument, float64)).collect();
        let results = self.helper(helper, &regs?);
        let repr: Repr = self.m.reprs.of_type(self.cx, float64.erase());
        Some(Val::new(repr, results))
    }
}
