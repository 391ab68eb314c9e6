//! What an answer says of each of its items, in the order in which they were sent.

use crate::item_error::ItemError;
use crate::order::Order;
use crate::reply::Head;
use crate::verdict::Judge;
use crate::wire::{Extra, Misfit};

/// What an answer says of its items, without their values: it is the same for all types.
pub(crate) struct Outcomes {
    pub(crate) operation: &'static str,
    /// In the order in which they were sent.
    pub(crate) parts: Vec<Part>,
    /// What the values have to change places with, to stand in that order.
    pub(crate) swaps: Vec<(usize, usize)>,
    pub(crate) head: Head,
    pub(crate) sent: Option<usize>,
    pub(crate) in_order: bool,
    pub(crate) changes: bool,
    pub(crate) extra: Extra,
}

/// What an answer says of one item.
pub(crate) struct Part {
    pub(crate) index: usize,
    pub(crate) error: Option<ItemError<u32>>,
    pub(crate) misfits: Vec<Misfit>,
}

/// Why an item is not accepted: by the place at which it was sent, and that at which it came.
type WhyNot<'e> = dyn Fn(usize, usize, &[Misfit]) -> Option<ItemError<u32>> + 'e;

impl Outcomes {
    /// Of the misfits of each item, in the order in which they came. `error` says why the item that was sent as `index`,
    /// and came at a place, is not accepted.
    pub(crate) fn new(
        judge: &Judge,
        misfits: Vec<Vec<Misfit>>,
        error: &WhyNot<'_>,
        head: Head,
        (sent, order): (Option<usize>, Order),
        extra: Extra,
    ) -> Self {
        let in_order = order != Order::Unknown;
        let moved = matches!(order, Order::Moved(_));
        let places = match order {
            Order::Moved(places) => places,
            Order::AsSent | Order::Unknown => (0..misfits.len()).collect(),
        };
        let came = places.into_iter().zip(misfits).enumerate();
        let mut parts: Vec<Part> = came
            .map(|(at, (index, misfits))| Part {
                index,
                error: error(index, at, &misfits),
                misfits,
            })
            .collect();
        let mut swaps = Vec::new();
        if moved {
            let mut wanted: Vec<usize> = (0..parts.len()).collect();
            wanted.sort_by_key(|at| parts[*at].index);
            swaps = self::swaps(&wanted);
            for (one, other) in &swaps {
                parts.swap(*one, *other);
            }
        }
        Self {
            operation: judge.operation,
            parts,
            swaps,
            head,
            sent,
            in_order,
            changes: judge.changes,
            extra,
        }
    }

    pub(crate) fn set_misfits(&mut self, misfits: Vec<Misfit>) {
        self.head.misfits = misfits;
    }

    pub(crate) fn len(&self) -> usize {
        self.parts.len()
    }

    /// Whether nothing speaks against any of them.
    pub(crate) fn are_accepted(&self) -> bool {
        self.parts.iter().all(|part| part.error.is_none())
    }
}

/// The changes of places that bring a list into an order: the place of each in the list as it is.
fn swaps(wanted: &[usize]) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    // Which one stands at a place now, and where each one stands.
    let mut standing: Vec<usize> = (0..wanted.len()).collect();
    let mut place = standing.clone();
    for (to, &one) in wanted.iter().enumerate() {
        let from = place[one];
        if from != to {
            out.push((to, from));
            standing.swap(to, from);
            place[standing[from]] = from;
            place[one] = to;
        }
    }
    out
}
