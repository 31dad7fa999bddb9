//! Type definitions and `where`, as calls of `Core`'s builtins.

use super::Emitter;
use crate::diagnostic::Result;
use crate::tree::{Module, TempId, Tree, TypeDef, TypeDefKind, Where};
use tintype_hir::{Literal, ModuleRef, Op, Operand};

impl Emitter<'_> {
    pub fn where_(&mut self, w: Where) -> Result<Operand> {
        let typevar = self.typevar(&w.name, w.lower, w.upper)?;
        self.b().temps.insert(w.temp, typevar);
        let body = self.value(w.body)?;
        Ok(self.b().call_core("UnionAll", &[typevar, body]))
    }

    /// Makes the type, gives it its supertype, and binds it; where an equivalent definition stands, keeps that one.
    pub fn type_def(&mut self, def: TypeDef) -> Result<Operand> {
        let temps: Vec<TempId> = def.params.iter().map(|p| p.temp).collect();
        let typevars = self.typevars(def.params)?;
        let params = self.b().call_core("svec", &typevars);
        let module = self.b().literal(Literal::Module(ModuleRef::Current));
        let name = self.b().symbol(&def.name);
        let mut field_types = Vec::new();
        let ty = match def.kind {
            TypeDefKind::Abstract => self.b().call_core("_abstracttype", &[module, name, params]),
            TypeDefKind::Primitive(bits) => {
                let bits = self.value(bits)?;
                self.b().call_core("_primitivetype", &[module, name, params, bits])
            }
            TypeDefKind::Struct { mutable, fields, n_initialized } => {
                let names: Vec<Operand> = fields.iter().map(|(name, ..)| self.b().symbol(name)).collect();
                let mut attributes = Vec::new();
                for (i, (_, _, attribute)) in fields.iter().enumerate() {
                    if let Some(attribute) = attribute {
                        attributes.push(self.b().literal(Literal::Int64(i as i64 + 1)));
                        attributes.push(self.b().symbol(attribute));
                    }
                }
                let names = self.b().call_core("svec", &names);
                let attributes = self.b().call_core("svec", &attributes);
                let mutable = self.b().literal(Literal::Bool(mutable));
                let count = self.b().literal(Literal::Int64(i64::from(n_initialized)));
                let make = [module, name, params, names, attributes, mutable, count];
                field_types = fields.into_iter().map(|(_, ty, _)| ty).collect();
                self.b().call_core("_structtype", &make)
            }
        };
        self.b().temps.insert(def.temp, ty);
        let super_type = match def.super_type {
            Some(tree) => self.value(tree)?,
            None => self.b().global(&Module::Core, "Any"),
        };
        self.b().call_core("_setsuper!", &[ty, super_type]);

        let (new, end) = (self.b().new_label(), self.b().new_label());
        let global = self.b().global_id(&Module::Current, &def.name);
        let defined = self.b().push(Op::GlobalDefined(global));
        self.b().goto_if_not(defined, new);
        let old = self.b().push(Op::GetGlobal(global));
        let same = self.b().call_core("_equiv_typedef", &[old, ty]);
        self.b().goto_if_not(same, new);
        self.rebind_typevars(old, &temps);
        self.type_body(old, &field_types)?;
        self.b().goto(end);

        self.b().bind(new);
        self.b().push(Op::DeclareConst(global, ty));
        for (temp, typevar) in temps.iter().zip(typevars) {
            self.b().temps.insert(*temp, typevar);
        }
        self.type_body(ty, &field_types)?;
        self.b().bind(end);
        Ok(self.nothing())
    }

    /// Field types of the definition; against a type that has its own they are checked.
    fn type_body(&mut self, ty: Operand, field_types: &[Option<Tree>]) -> Result<()> {
        let mut types = Vec::new();
        for field in field_types {
            types.push(match field {
                Some(tree) => self.value(tree.clone())?,
                None => self.b().global(&Module::Core, "Any"),
            });
        }
        let types = self.b().call_core("svec", &types);
        self.b().call_core("_typebody!", &[ty, types]);
        Ok(())
    }

    /// Lets the type variables mean those of a type that is there already.
    fn rebind_typevars(&mut self, ty: Operand, temps: &[TempId]) {
        let mut at = ty;
        for temp in temps {
            let var = self.b().symbol("var");
            let typevar = self.b().call_core("getfield", &[at, var]);
            self.b().temps.insert(*temp, typevar);
            let body = self.b().symbol("body");
            at = self.b().call_core("getfield", &[at, body]);
        }
    }
}
