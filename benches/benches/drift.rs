//! Makes calls through memory: what it costs that somebody is told how answers differ from the documentation.

use capillary_benches::call::EXCHANGES;
use capillary_benches::drift::Listening;
use criterion::{Criterion, criterion_group, criterion_main};

fn drift(criterion: &mut Criterion) {
    for exchange in &EXCHANGES {
        let ways = Listening::new(exchange).expect("three clients");
        let mut group = criterion.benchmark_group(format!("drift/{}", exchange.name));
        group.bench_function("nobody", |bench| bench.iter(|| assert!(ways.nobody())));
        group.bench_function("listener", |bench| bench.iter(|| assert!(ways.listener())));
        group.bench_function("absent", |bench| bench.iter(|| assert!(ways.absent())));
        group.finish();
    }
}

criterion_group!(benches, drift);
criterion_main!(benches);
