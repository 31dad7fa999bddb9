//! Floating-point functions without an instruction on some target, and the elementary functions.

use super::TaskRef;
use crate::elementary;

macro_rules! functions {
    ($($name:ident($($arg:ident),*) $function:expr;)*) => { $(
        pub(super) extern "C" fn $name(_task: TaskRef, $($arg: f64),*) -> f64 {
            $function
        }
    )* };
}

functions! {
    floor(x) x.floor();
    ceil(x) x.ceil();
    trunc(x) x.trunc();
    nearest(x) x.round_ties_even();
    fma(x, y, z) x.mul_add(y, z);
    fma32(x, y, z) f64::from((x as f32).mul_add(y as f32, z as f32));
    frem(x, y) libm::fmod(x, y);
    sin(x) libm::sin(x);
    cos(x) libm::cos(x);
    tan(x) libm::tan(x);
    asin(x) libm::asin(x);
    acos(x) libm::acos(x);
    atan(x) libm::atan(x);
    sinh(x) elementary::sinh(x);
    cosh(x) elementary::cosh(x);
    tanh(x) libm::tanh(x);
    exp(x) elementary::exp(x);
    exp2(x) elementary::exp2(x);
    log(x) elementary::log(x);
    log2(x) elementary::log2(x);
    log10(x) elementary::log10(x);
    cbrt(x) libm::cbrt(x);
    asinh(x) libm::asinh(x);
    acosh(x) libm::acosh(x);
    atanh(x) libm::atanh(x);
    exp10(x) elementary::exp10(x);
    expm1(x) elementary::expm1(x);
    log1p(x) libm::log1p(x);
    pow(x, y) elementary::pow(x, y);
    hypot(x, y) elementary::hypot(x, y);
    atan2(y, x) elementary::atan2(y, x);
}
