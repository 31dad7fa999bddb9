//! Floating-point functions without an instruction on some target, and the elementary functions.

use super::TaskRef;

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
    sinh(x) libm::sinh(x);
    cosh(x) libm::cosh(x);
    tanh(x) libm::tanh(x);
    exp(x) libm::exp(x);
    exp2(x) libm::exp2(x);
    log(x) libm::log(x);
    log2(x) libm::log2(x);
    log10(x) libm::log10(x);
    cbrt(x) libm::cbrt(x);
    pow(x, y) libm::pow(x, y);
    hypot(x, y) libm::hypot(x, y);
    atan2(y, x) libm::atan2(y, x);
}
