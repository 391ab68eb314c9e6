//! Reads documented replies with the SDK, into `serde_json::Value`, and with strict types.

use capillary_benches::CASES;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

fn decode(criterion: &mut Criterion) {
    for case in &CASES {
        let body = case.json.as_bytes();
        let mut group = criterion.benchmark_group(format!("decode/{}", case.name));
        group.throughput(Throughput::Bytes(body.len() as u64));
        group.bench_function("sdk", |bench| bench.iter(|| assert!(case.sdk(body))));
        group.bench_function("value", |bench| bench.iter(|| assert!(case.value(body))));
        group.bench_function("strict", |bench| bench.iter(|| assert!(case.strict(body))));
        group.finish();
    }
}

criterion_group!(benches, decode);
criterion_main!(benches);
