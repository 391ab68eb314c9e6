//! Long lists, sent a part at a time, and what to send again.

use crate::support;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use slate_runtime::{Batch, Chunked, Chunks, Client, Error};
use support::thing::{Thing, WRITE};
use support::{Act, Seen, Server, answer};

/// Answers for each item that was sent, and refuses those that are multiples of ten.
fn things(seen: &Seen) -> Act {
    let body = seen.body.trim_start_matches(r#"{"root":{"thing":["#);
    let sent = body.trim_end_matches("]}}").split(',');
    let items: Vec<String> = sent
        .map(|text| {
            let number: i64 = text.parse().unwrap();
            let success = number % 10 != 0;
            format!(r#"{{"count":{number},"item_status":{{"success":{success},"code":1001}}}}"#)
        })
        .collect();
    answer(
        201,
        &format!(
            r#"{{"response":{{"status":{{"success":true,"code":201}},"things":{{"thing":[{}]}}}}}}"#,
            items.join(",")
        ),
    )
}

async fn send(client: Client, numbers: Vec<i64>) -> Result<Batch<Thing, u32>, Error> {
    let mut call = client.call(&WRITE);
    call.body(slate_runtime::wire::Encode::encode(&numbers));
    call.batch().await
}

#[tokio::test]
async fn order_is_kept_and_indices_are_those_of_the_list() {
    let server = Server::start(Act::By(Arc::new(|seen: &Seen| {
        // The first parts take longest, so that the last ones overtake them.
        std::thread::sleep(Duration::from_millis(if seen.body.contains("[1,") {
            60
        } else {
            1
        }));
        things(seen)
    })))
    .await;
    let told = Arc::new(Mutex::new(Vec::new()));
    let tell = Arc::clone(&told);
    let outcome: Chunked<Thing, u32> = Chunks::of(4)
        .concurrency(3)
        .progress(move |done, of| tell.lock().unwrap().push((done, of)))
        .send(1..=25, |part| send(server.client(), part))
        .await;
    let mut next = 0;
    for chunk in outcome.chunks() {
        assert_eq!(chunk.first(), next);
        for item in chunk.outcome().unwrap() {
            assert_eq!(item.index(), next);
            assert_eq!(item.value().count, Some(i64::try_from(next).unwrap() + 1));
            if let Err(error) = item.result() {
                assert_eq!(error.index(), next);
            }
            next += 1;
        }
    }
    assert_eq!((next, outcome.chunks().len()), (25, 7));
    assert_eq!(outcome.refused(), [9, 19]);
    assert!(outcome.unknown().is_empty() && !outcome.is_success());
    let told = told.lock().unwrap();
    assert_eq!((told.len(), told.last()), (7, Some(&(25, 25))));
}

#[tokio::test]
async fn no_more_calls_at_a_time_than_asked_for() {
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let server = Server::start(Act::By(Arc::new(things))).await;
    let client = server.client();
    let _ = Chunks::of(1)
        .concurrency(5)
        .send(1..=40, |part| {
            let (client, now, most) = (client.clone(), now.clone(), most.clone());
            async move {
                most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                let outcome = send(client, part).await;
                now.fetch_sub(1, Ordering::SeqCst);
                outcome
            }
        })
        .await;
    assert_eq!(most.load(Ordering::SeqCst), 5);
    assert_eq!(server.seen().len(), 40);
}

#[tokio::test]
async fn what_may_have_been_executed_is_not_to_be_sent_again() {
    // The second call is cut off, the third is refused as a whole.
    let server = Server::scripted(|connection| match connection {
        1 => Act::HangUp,
        2 => answer(
            400,
            r#"{"response":{"status":{"success":false,"code":400}}}"#,
        ),
        _ => Act::By(Arc::new(things)),
    })
    .await;
    let client = server.client();
    let outcome = Chunks::of(3)
        .send(8..=19, |part| send(client.clone(), part))
        .await;
    assert_eq!(outcome.unknown(), [3, 4, 5]);
    assert_eq!(outcome.refused(), [2, 6, 7, 8]);
}

#[tokio::test]
async fn only_what_failed_is_sent_again() {
    let server = Server::start(Act::By(Arc::new(things))).await;
    let numbers = [9, 10, 11, 20];
    let outcome = send(server.client(), numbers.to_vec()).await.unwrap();
    assert!(!outcome.is_success());
    assert_eq!(outcome.refused(), [1, 3]);
    assert_eq!(outcome.failed_of(&numbers), [10, 20]);
    let short = answer(
        200,
        r#"{"response":{"things":{"thing":[{"item_status":{"success":false}}]}}}"#,
    );
    let server = Server::start(short).await;
    let outcome = send(server.client(), numbers.to_vec()).await.unwrap();
    // One answer for four items: it does not say whose it is.
    assert!(!outcome.is_complete());
    assert!(outcome.refused().is_empty() && outcome.failed_of(&numbers).is_empty());
}
