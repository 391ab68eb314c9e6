//! Comparing traffic with the spec: the samples of the docs as exchanges, in bytes of bodies.

use std::borrow::Cow;
use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use slate_codegen::dialect::Dialect;
use slate_codegen::manifest::Manifest;
use slate_codegen::names::Names;
use slate_codegen::observe::{Exchange, Observer};
use slate_codegen::sample::Format;
use slate_codegen::{Settings, read_docs, slate};

fn observe(criterion: &mut Criterion) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let yaml = std::fs::read_to_string(root.join("spec/dialect.yaml")).unwrap_or_default();
    let manifest = Manifest::new("api-sdk");
    let settings = Settings {
        layout: manifest.layout("spec"),
        manifest,
        dialect: Dialect::parse("spec/dialect.yaml", &yaml)
            .unwrap_or_else(|error| panic!("{error}")),
        overrides: Vec::new(),
        names: Names::default(),
        version: "0.1.0".to_owned(),
    };
    let texts = slate::load(&root.join("spec/slate")).unwrap_or_else(|error| panic!("{error}"));
    let reading = read_docs(&texts, &settings).unwrap_or_else(|error| panic!("{error}"));
    let spec = &reading.inferred.spec;
    let mut group = criterion.benchmark_group("observe");
    group.bench_function("new", |bencher| {
        bencher.iter(|| Observer::new(black_box(spec), &settings.dialect));
    });
    for format in [Format::Json, Format::Xml] {
        let exchanges: Vec<Exchange<'_>> = spec
            .entities
            .iter()
            .flat_map(|entity| &entity.operations)
            .flat_map(|operation| {
                let contents = reading.inferred.contents.get(&operation.id);
                contents
                    .into_iter()
                    .flatten()
                    .map(move |content| (operation, content))
            })
            .filter(|(_, content)| content.format == format && !content.fragment)
            .filter_map(|(operation, content)| {
                Some(Exchange {
                    method: Cow::Borrowed(&operation.method),
                    url: Cow::Owned(format!("https://eu.api.example.com{}", operation.path)),
                    status: 200,
                    response_body: Cow::Borrowed(content.verbatim.as_ref()?.as_bytes()),
                    ..Exchange::default()
                })
            })
            .collect();
        let bytes: usize = exchanges.iter().map(|one| one.response_body.len()).sum();
        group.throughput(Throughput::Bytes(bytes as u64));
        let mut observer = Observer::new(spec, &settings.dialect);
        group.bench_function(format!("{format:?}").to_lowercase(), |bencher| {
            bencher.iter(|| {
                for exchange in &exchanges {
                    observer.exchange(black_box(exchange));
                }
            });
        });
    }
    group.finish();
}

criterion_group!(benches, observe);
criterion_main!(benches);
