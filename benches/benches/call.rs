//! Makes whole calls with the SDK, and sends the same requests with the HTTP client below it.

use capillary_benches::call::{Caller, EXCHANGES};
use criterion::{Criterion, criterion_group, criterion_main};

fn call(criterion: &mut Criterion) {
    for exchange in &EXCHANGES {
        let caller = Caller::new(exchange).expect("a server and two clients");
        let mut group = criterion.benchmark_group(format!("call/{}", exchange.name));
        group.bench_function("sdk", |bench| bench.iter(|| assert!(caller.sdk())));
        group.bench_function("bytes", |bench| bench.iter(|| assert!(caller.bytes())));
        group.bench_function("value", |bench| bench.iter(|| assert!(caller.value())));
        group.finish();
    }
}

criterion_group!(benches, call);
criterion_main!(benches);
