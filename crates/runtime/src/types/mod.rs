//! Types as values: instantiation, unions, subtyping, intersection, joins, specificity.
//!
//! A type without free variables is made once per engine (`instantiate`), so that most questions about concrete types
//! are comparisons of addresses. Everything that recurses checks the stack and ends in an error, not in a crash.

pub mod declare;
pub mod instantiate;
pub mod intersect;
pub mod join;
pub mod layout;
pub mod sieve;
pub mod specificity;
pub mod structure;
pub mod subtype;
pub mod tuples;
pub mod unions;
pub mod variables;

pub use declare::{TypeDefinition, declare_type, set_field_types, set_super};
pub use instantiate::{apply_type, field_types, instantiate, supertype, type_of_type};
pub use intersect::{intersect, intersect_with_env, is_disjoint};
pub use join::{promote_typejoin, typejoin};
pub use specificity::more_specific;
pub use subtype::{is_subtype, isa, subtype_with_env, try_subtype, type_equal};
pub use tuples::{tuple_type, tuple_type_of_concrete};
pub use unions::{union, union_components};
pub use variables::{has_free_variables, occurs_free, union_all, unwrap_union_all, wrap_like};
