//! Reads the same replies in XML with the SDK, beside JSON and beside the events of the XML alone.

use capillary_benches::{CASES, floor};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

fn xml(criterion: &mut Criterion) {
    for case in &CASES {
        let json = case.json.as_bytes();
        let xml = case.xml();
        let mut group = criterion.benchmark_group(format!("xml/{}", case.name));
        group.throughput(Throughput::Bytes(xml.len() as u64));
        group.bench_function("sdk", |bench| bench.iter(|| assert!(case.sdk(&xml))));
        group.bench_function("events", |bench| {
            bench.iter(|| assert!(floor::events(&xml)));
        });
        group.throughput(Throughput::Bytes(json.len() as u64));
        group.bench_function("json", |bench| bench.iter(|| assert!(case.sdk(json))));
        group.finish();
    }
}

criterion_group!(benches, xml);
criterion_main!(benches);
