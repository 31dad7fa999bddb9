//! Type definitions and `where`, as calls of `Core`'s builtins.

use super::Emitter;
use crate::diagnostic::Result;
use crate::tree::{Module, Tree, TypeDef, TypeDefKind, Where};
use tintype_hir::{Literal, ModuleRef, Op, Operand};
use tintype_syntax::Name;

impl Emitter<'_> {
    pub fn where_(&mut self, w: Where) -> Result<Operand> {
        let typevar = self.typevar(&w.name, w.lower, w.upper)?;
        self.b().temps.insert(w.temp, typevar);
        let body = self.value(w.body)?;
        Ok(self.b().call_core("_unionall", &[typevar, body]))
    }

    /// Makes the type, gives it its supertype and fields, and binds it, unless an equivalent one is bound.
    pub fn type_def(&mut self, def: TypeDef) -> Result<Operand> {
        let typevars = self.typevars(def.params)?;
        let params = self.b().call_core("svec", &typevars);
        let module = self.b().literal(Literal::Module(ModuleRef::Current));
        let name = self.b().symbol(&def.name);
        let mut field_types = None;
        let ty = match def.kind {
            TypeDefKind::Abstract => self.b().call_core("_abstracttype", &[module, name, params]),
            TypeDefKind::Primitive(bits) => {
                let bits = self.value(bits)?;
                self.b().call_core("_primitivetype", &[module, name, params, bits])
            }
            TypeDefKind::Struct { mutable, fields, n_initialized } => {
                let (names, attributes) = self.fields(&fields);
                let mutable = self.b().literal(Literal::Bool(mutable));
                let count = self.b().literal(Literal::Int64(i64::from(n_initialized)));
                field_types = Some(fields.into_iter().map(|(_, ty, _)| ty).collect());
                self.b().call_core("_structtype", &[module, name, params, names, attributes, mutable, count])
            }
        };
        // The supertype and the fields may mention the type itself.
        self.b().temps.insert(def.temp, ty);
        let super_type = match def.super_type {
            Some(tree) => self.value(tree)?,
            None => self.b().global(&Module::Core, "Any"),
        };
        self.b().call_core("_setsuper!", &[ty, super_type]);
        if let Some(field_types) = field_types {
            self.type_body(ty, field_types)?;
        }
        self.bind_type(&def.name, ty);
        Ok(self.nothing())
    }

    /// Vectors of the fields' names and of their attributes, as pairs of number and symbol.
    fn fields(&mut self, fields: &[(Name, Option<Tree>, Option<&'static str>)]) -> (Operand, Operand) {
        let names: Vec<Operand> = fields.iter().map(|(name, ..)| self.b().symbol(name)).collect();
        let mut attributes = Vec::new();
        for (i, (_, _, attribute)) in fields.iter().enumerate() {
            if let Some(attribute) = attribute {
                attributes.push(self.b().literal(Literal::Int64(i as i64 + 1)));
                attributes.push(self.b().symbol(attribute));
            }
        }
        (self.b().call_core("svec", &names), self.b().call_core("svec", &attributes))
    }

    fn type_body(&mut self, ty: Operand, field_types: Vec<Option<Tree>>) -> Result<()> {
        let mut types = Vec::new();
        for field in field_types {
            types.push(match field {
                Some(tree) => self.value(tree)?,
                None => self.b().global(&Module::Core, "Any"),
            });
        }
        let types = self.b().call_core("svec", &types);
        self.b().call_core("_typebody!", &[ty, types]);
        Ok(())
    }

    fn bind_type(&mut self, name: &str, ty: Operand) {
        let (new, end) = (self.b().new_label(), self.b().new_label());
        let global = self.b().global_id(&Module::Current, name);
        let defined = self.b().push(Op::GlobalDefined(global));
        self.b().goto_if_not(defined, new);
        let old = self.b().push(Op::GetGlobal(global));
        let same = self.b().call_core("_equiv_typedef", &[old, ty]);
        self.b().goto_if_not(same, new);
        self.b().goto(end);
        self.b().bind(new);
        self.b().push(Op::DeclareConst(global, ty));
        self.b().bind(end);
    }
}
