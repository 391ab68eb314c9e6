//! What the server knows and keeps.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::behaviour::{Behaviour, Faults};
use super::documented::Documented;
use super::random::Random;
use super::seen::{Misfitted, Seen};
use crate::service::Service;

pub(super) struct State {
    operations: Vec<Documented>,
    service: &'static Service,
    port: u16,
    requests: AtomicU64,
    inner: Mutex<Inner>,
}

/// What changes.
pub(super) struct Inner {
    pub(super) seen: Vec<Seen>,
    pub(super) counts: HashMap<&'static str, usize>,
    /// Operations whose requests need not be as documented.
    pub(super) unchecked: HashSet<&'static str>,
    /// Behaviours of single operations.
    pub(super) scripts: HashMap<&'static str, VecDeque<Behaviour>>,
    /// Behaviours of whatever comes.
    pub(super) any: VecDeque<Behaviour>,
    pub(super) faults: Option<Faults>,
    /// Chance by which members of answers are made not to fit, and for which share of answers.
    pub(super) misfits: Option<(Random, f64)>,
    /// What was made not to fit.
    pub(super) misfitted: Vec<Misfitted>,
    /// Behaviours that were used up and could not do what they say.
    pub(super) no_effect: Vec<String>,
    /// Access tokens that were made, and when they end.
    pub(super) tokens: HashMap<String, Instant>,
    pub(super) token_ttl: Duration,
    tokens_made: u64,
}

impl State {
    pub(super) fn new(
        operations: &'static [Documented],
        service: &'static Service,
        port: u16,
    ) -> Self {
        let mut operations = operations.to_vec();
        // A crate may leave the operation out that makes tokens, and its clients call it all the same.
        if let Some(scheme) = service.oauth
            && !operations
                .iter()
                .any(|known| known.operation.id == scheme.operation.id)
        {
            operations.push(Documented {
                operation: scheme.operation,
                alternatives: &[],
                body: true,
                query: &[],
                values: &[],
                batch: false,
                item_status: "",
                json: None,
                xml: None,
                request: &[],
                answer: || None,
                list: false,
            });
        }
        Self {
            operations,
            service,
            port,
            requests: AtomicU64::new(0),
            inner: Mutex::new(Inner {
                seen: Vec::new(),
                counts: HashMap::new(),
                unchecked: HashSet::new(),
                scripts: HashMap::new(),
                any: VecDeque::new(),
                faults: None,
                misfits: None,
                misfitted: Vec::new(),
                no_effect: Vec::new(),
                tokens: HashMap::new(),
                token_ttl: Duration::from_secs(5 * 60),
                tokens_made: 0,
            }),
        }
    }

    pub(super) fn service(&self) -> &'static Service {
        self.service
    }

    pub(super) fn operations(&self) -> &[Documented] {
        &self.operations
    }

    /// The id of an operation, if there is one of that name.
    pub(super) fn known(&self, id: &str) -> Option<&'static str> {
        let mut ids = self.operations.iter().map(|known| known.operation.id);
        ids.find(|known| *known == id)
    }

    /// A new id for a request.
    pub(super) fn request_id(&self) -> String {
        let number = self.requests.fetch_add(1, Ordering::Relaxed);
        format!("mock-{}-{number}", self.port)
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    /// Whether a behaviour waits for calls of this operation.
    pub(super) fn is_scripted(&self, operation: &str) -> bool {
        self.scripts
            .get(operation)
            .is_some_and(|queue| !queue.is_empty())
    }

    /// The behaviour for the next call of an operation.
    pub(super) fn next(&mut self, operation: &str) -> Option<Behaviour> {
        let own = self.scripts.get_mut(operation).and_then(take);
        own.or_else(|| take(&mut self.any))
            .or_else(|| self.faults.as_mut().and_then(Faults::next))
    }

    /// Chance, if it falls on the next answer.
    pub(super) fn misfits(&mut self) -> Option<&mut Random> {
        let (random, share) = self.misfits.as_mut()?;
        random.happens(*share).then_some(random)
    }

    /// Members that were not to fit, and that an answer does not have.
    pub(super) fn say_absent(&mut self, known: &Documented, names: &[String]) {
        for name in names {
            self.no_effect.push(format!(
                "{}: misfit is for {name}, which the answer does not have with a type of its own",
                known.operation.id
            ));
        }
    }

    /// The behaviours that no call has used up, and those that had no effect.
    pub(super) fn unused(&self) -> Vec<String> {
        let waiting = |of: &str, queue: &VecDeque<Behaviour>| -> Vec<String> {
            let line = |set: &Behaviour| match set.times {
                1 => format!("{of}: {} waits for a call", set.name()),
                times => format!("{of}: {} waits for {times} calls", set.name()),
            };
            queue.iter().map(line).collect()
        };
        let mut scripts: Vec<_> = self.scripts.iter().collect();
        scripts.sort_by_key(|(id, _)| *id);
        let mut out: Vec<String> = scripts
            .into_iter()
            .flat_map(|(id, queue)| waiting(id, queue))
            .collect();
        out.extend(waiting("any operation", &self.any));
        out.extend(self.no_effect.iter().cloned());
        out
    }

    /// Makes an access token.
    pub(super) fn token(&mut self) -> String {
        self.tokens_made += 1;
        let token = format!("mock-token-{}", self.tokens_made);
        let end = Instant::now() + self.token_ttl;
        self.tokens.insert(token.clone(), end);
        token
    }

    pub(super) fn is_good(&self, token: &str) -> bool {
        self.tokens
            .get(token)
            .is_some_and(|end| Instant::now() < *end)
    }
}

fn take(queue: &mut VecDeque<Behaviour>) -> Option<Behaviour> {
    let front = queue.front_mut()?;
    if front.times > 1 {
        front.times -= 1;
        return Some(front.clone());
    }
    queue.pop_front()
}
