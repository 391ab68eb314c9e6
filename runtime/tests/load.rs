//! Many calls at a time against a server that fails now and then: every answer is accounted for.

#![cfg(feature = "mock")]

use crate::support;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use slate_runtime::mock::{Documented, Server};
use slate_runtime::wire::Map;
use slate_runtime::{Client, ErrorKind, RetryPolicy};
use support::thing::{READ, Thing, WRITE};
use tokio::sync::Semaphore;

const ANSWER: &str = r#"{"response":{"status":{"success":"true","code":"200"},"things":{"thing":[{"count":"3","item_status":{"success":"true"}}]}}}"#;

static OPERATIONS: &[Documented] = &[
    Documented {
        operation: &READ,
        alternatives: &[],
        body: false,
        query: &["number"],
        values: &[],
        batch: false,
        item_status: "item_status",
        json: Some(ANSWER),
        xml: None,
        request: &[],
        answer: || None,
        list: true,
    },
    Documented {
        operation: &WRITE,
        alternatives: &[],
        body: true,
        query: &["number"],
        values: &[],
        batch: true,
        item_status: "item_status",
        json: Some(ANSWER),
        xml: None,
        request: &[],
        answer: || None,
        list: true,
    },
];

const CALLS: usize = 2000;

/// What became of a call.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    Accepted,
    Refused,
    Failed { unknown: bool },
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_is_accounted_for() {
    let server = Server::start(OPERATIONS, &support::SERVICE).unwrap();
    server.faults(7, 0.05);
    let policy = RetryPolicy::default().base(Duration::from_millis(2));
    let client: Client = server
        .builder::<Client>()
        .attempt_timeout(Duration::from_secs(2))
        .retry(policy)
        .retry_budget(u32::MAX)
        .build()
        .unwrap();
    let places = Arc::new(Semaphore::new(64));
    let mut calls = tokio::task::JoinSet::new();
    for number in 0..CALLS {
        let place = Arc::clone(&places).acquire_owned().await.unwrap();
        let client = client.clone();
        calls.spawn(async move {
            let writes = number % 2 == 0;
            let mut call = client.call(if writes { &WRITE } else { &READ });
            call.query("number", &number);
            if writes {
                call.body(Map::from_iter([("name", number.to_string())]));
            }
            let outcome = call.batch::<Thing, u32>().await;
            drop(place);
            (number, outcome)
        });
    }
    let mut outcomes = BTreeMap::new();
    let mut totals: BTreeMap<(bool, Outcome), usize> = BTreeMap::new();
    while let Some(done) = calls.join_next().await {
        let (number, outcome) = done.unwrap();
        let (outcome, attempts) = match outcome {
            Ok(batch) if batch.is_success() => (Outcome::Accepted, None),
            Ok(_) => (Outcome::Refused, None),
            Err(error) => {
                assert_ne!(error.kind(), ErrorKind::InvalidRequest, "{error}");
                let unknown = error.maybe_executed();
                (Outcome::Failed { unknown }, Some(error.attempts()))
            }
        };
        assert!(outcomes.insert(number, attempts).is_none());
        *totals.entry((number % 2 == 0, outcome)).or_default() += 1;
    }
    assert_eq!(outcomes.len(), CALLS);

    let mut arrived: BTreeMap<usize, usize> = BTreeMap::new();
    for seen in server.seen() {
        let number = seen.parameter("number").unwrap().parse().unwrap();
        *arrived.entry(number).or_default() += 1;
    }
    for (number, attempts) in &outcomes {
        let times = arrived.get(number).copied().unwrap_or_default();
        if number % 2 == 0 {
            assert_eq!(times, 1, "write {number} arrived {times} times");
        }
        if let Some(attempts) = attempts {
            assert_eq!(times, usize::try_from(*attempts).unwrap(), "call {number}");
        }
    }
    let faults: usize = server.faulted().iter().map(|(_, count)| count).sum();
    let requests: usize = arrived.values().sum();
    assert_eq!(requests, server.seen().len());
    // Five in a hundred, give or take what chance does with two thousand.
    assert!((60..=160).contains(&faults), "{faults} of {requests}");
    // Every write that a fault met ended as an error or with a refused item; reads were tried again.
    let of = |writes, outcome| totals.get(&(writes, outcome)).copied().unwrap_or_default();
    assert!(
        of(true, Outcome::Failed { unknown: true }) > 0,
        "{totals:?}"
    );
    assert_eq!(
        of(false, Outcome::Failed { unknown: true }),
        0,
        "{totals:?}"
    );
    assert!(of(false, Outcome::Accepted) > 980, "{totals:?}");
}
