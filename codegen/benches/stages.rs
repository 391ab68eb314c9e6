//! Reading, inferring and emitting, apart and together, on the docs the SDK is generated from.

use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use slate_codegen::diagnostics::Diagnostics;
use slate_codegen::dialect::Dialect;
use slate_codegen::emit::{self, Formatted};
use slate_codegen::infer::Inferred;
use slate_codegen::manifest::Manifest;
use slate_codegen::names::{Names, Registry};
use slate_codegen::read::facts::Facts;
use slate_codegen::slate::source::Sources;
use slate_codegen::slate::{self, Texts};
use slate_codegen::{Settings, files, files_with, infer, read, read_docs, spec};

fn settings(root: &Path) -> Settings {
    let yaml = std::fs::read_to_string(root.join("spec/dialect.yaml")).unwrap_or_default();
    let manifest = Manifest::new("api-sdk");
    Settings {
        layout: manifest.layout("spec"),
        manifest,
        dialect: Dialect::parse("spec/dialect.yaml", &yaml)
            .unwrap_or_else(|error| panic!("{error}")),
        overrides: Vec::new(),
        names: Names::default(),
        version: "0.1.0".to_owned(),
    }
}

/// From text to facts.
fn read(texts: &Texts, settings: &Settings) -> (Sources, Diagnostics, Facts) {
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    let document = slate::parse(
        texts,
        &slate::Layout::default(),
        &mut sources,
        &mut diagnostics,
    )
    .unwrap_or_else(|error| panic!("{error}"));
    let facts = read::read(&document, &settings.dialect, &mut diagnostics);
    (sources, diagnostics, facts)
}

fn stages(criterion: &mut Criterion) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let settings = settings(&root);
    let texts = slate::load(&root.join("spec/slate")).unwrap_or_else(|error| panic!("{error}"));
    let (sources, _, facts) = read(&texts, &settings);
    let infer = || -> Inferred {
        infer::infer(
            &facts,
            &settings.dialect,
            &sources,
            &mut Diagnostics::default(),
        )
    };
    let inferred = Names::default().settle(infer());

    let mut group = criterion.benchmark_group("gen");
    group.sample_size(20);
    group.measurement_time(Duration::from_secs(10));
    group.bench_function("read", |bencher| {
        bencher.iter(|| read(black_box(&texts), &settings));
    });
    group.bench_function("infer", |bencher| bencher.iter(infer));
    group.bench_function("emit", |bencher| {
        bencher.iter(|| {
            emit::emit(
                black_box(&inferred.spec),
                &inferred.contents,
                &settings,
                &Registry::new(Names::default(), &settings.version),
                &Formatted::default(),
            )
            .unwrap_or_else(|error| panic!("{error}"))
        });
    });
    group.bench_function("whole", |bencher| {
        bencher.iter(|| {
            let reading =
                read_docs(black_box(&texts), &settings).unwrap_or_else(|error| panic!("{error}"));
            files(&reading, &settings).unwrap_or_else(|error| panic!("{error}"))
        });
    });
    // Only the ratio to `whole` says something: what a run costs that finds all its Rust formatted.
    let reading = read_docs(&texts, &settings).unwrap_or_else(|error| panic!("{error}"));
    let written = |formatted: &Formatted| {
        let spec = spec::to_files(&reading.inferred.spec).unwrap_or_else(|error| panic!("{error}"));
        files_with(&reading, &settings, spec, formatted).unwrap_or_else(|error| panic!("{error}"))
    };
    let first = Formatted::default();
    written(&first);
    let known = Formatted::new(first.into_used().0.into_iter().collect());
    group.bench_function("write", |bencher| {
        bencher.iter(|| written(&Formatted::default()));
    });
    group.bench_function("write_formatted", |bencher| {
        bencher.iter(|| written(black_box(&known)));
    });
    group.finish();
}

criterion_group!(benches, stages);
criterion_main!(benches);
