//! Parts of a reading that tests look at.

use slate_codegen::Reading;
use slate_codegen::spec::{Basis, Operation};

pub fn first(reading: &Reading) -> &Operation {
    &reading.inferred.spec.entities[0].operations[0]
}

/// The type of a field below the answer of the first operation, and what it rests on.
pub fn answer(reading: &Reading, path: &str) -> (String, Option<Basis>) {
    let entity = &reading.inferred.spec.entities[0];
    let mut here = first(reading).response.clone().unwrap();
    let mut basis = None;
    for key in path.split('.') {
        let inner = here.trim_start_matches("list<").trim_end_matches('>');
        let fields = entity.types[inner].fields.as_ref().unwrap();
        let field = fields.iter().find(|field| field.name == key);
        let field = field.unwrap_or_else(|| panic!("no {key} in {inner}"));
        here.clone_from(&field.ty);
        basis = field.basis.get("type").copied();
    }
    (here, basis)
}
