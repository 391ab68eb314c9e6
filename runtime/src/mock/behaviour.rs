//! What a call gets in place of the documented answer: told, or by chance.

use std::collections::BTreeMap;
use std::time::Duration;

use super::random::Random;

/// What a call gets in place of the documented answer.
#[derive(Clone)]
pub(super) struct Behaviour {
    pub(super) act: Act,
    pub(super) body: Option<(Vec<u8>, String)>,
    pub(super) retry_after: Option<String>,
    pub(super) delay: Duration,
    pub(super) cut_after: Option<usize>,
    pub(super) slow: Option<(usize, Duration)>,
    pub(super) times: usize,
    /// Members that are not to fit.
    pub(super) misfits: Vec<String>,
}

#[derive(Clone)]
pub(super) enum Act {
    /// The documented answer.
    Answer,
    /// This HTTP status.
    Status(u16),
    /// The HTTP status 200, and this code of a call that failed.
    Code(u32),
    /// No answer.
    Cut,
    /// These items refused with this code.
    RefuseItems(Vec<usize>, u32),
}

impl Behaviour {
    pub(super) fn new(act: Act) -> Self {
        Self {
            act,
            body: None,
            retry_after: None,
            delay: Duration::ZERO,
            cut_after: None,
            slow: None,
            times: 1,
            misfits: Vec::new(),
        }
    }

    /// What it is called in [`Seen::script`](super::Seen::script).
    pub(super) fn name(&self) -> &'static str {
        match self.act {
            Act::Cut => "cut",
            _ if self.cut_after.is_some() => "cut_after",
            _ if self.body.is_some() => "body",
            Act::Status(_) => "status",
            Act::Code(_) => "code",
            Act::RefuseItems(..) => "refuse_items",
            _ if !self.misfits.is_empty() => "misfit",
            Act::Answer if self.slow.is_some() => "slow",
            Act::Answer if !self.delay.is_zero() => "delay",
            Act::Answer => "answer",
        }
    }
}

/// Failures by chance, which are the same for the same seed.
pub(super) struct Faults {
    random: Random,
    share: f64,
    pub(super) done: BTreeMap<&'static str, usize>,
}

impl Faults {
    pub(super) fn new(seed: u64, share: f64) -> Self {
        Self {
            random: Random::new(seed),
            share,
            done: BTreeMap::new(),
        }
    }

    pub(super) fn next(&mut self) -> Option<Behaviour> {
        let hit = self.random.happens(self.share);
        let kind = self.random.below(7);
        if !hit {
            return None;
        }
        let mut fault = Behaviour::new(match kind {
            0 => Act::Status(500),
            1 => Act::Status(503),
            2 => Act::Status(429),
            3 => Act::Code(500),
            4 => Act::Cut,
            5 => Act::Answer,
            _ => Act::Status(502),
        });
        match kind {
            2 => fault.retry_after = Some("0".to_owned()),
            5 => fault.cut_after = Some(10),
            6 => fault.body = Some((b"<html>Bad Gateway".to_vec(), "text/html".to_owned())),
            _ => {}
        }
        *self.done.entry(fault.name()).or_default() += 1;
        Some(fault)
    }
}
