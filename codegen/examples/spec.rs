//! Prints the spec of a documentation folder as JSON.
fn main() {
    let folder = std::env::args().nth(1).unwrap();
    let dialect = capillary_codegen::dialect::Dialect::parse("dialect.yaml", &std::fs::read_to_string("/work/main/spec/dialect.yaml").unwrap()).unwrap();
    let texts = capillary_codegen::slate::load(std::path::Path::new(&folder)).unwrap();
    let reading = capillary_codegen::read_docs(&texts, &dialect).unwrap();
    for (code, n) in reading.diagnostics.counts() { eprintln!("{} {n}", code.id()); }
    if std::env::args().nth(2).is_some() {
        for r in reading.diagnostics.report(&reading.sources) { eprintln!("{}: {}:{}:{} {} -> {}", r.code, r.place.file, r.place.line, r.place.column, r.message, r.action); }
    }
    println!("{}", serde_json::to_string_pretty(&reading.inferred.spec).unwrap());
}
