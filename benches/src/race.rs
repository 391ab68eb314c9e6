//! Times several ways to do one thing in turns, so that whatever else the machine does falls on all
//! of them alike.

use std::time::{Duration, Instant};

/// How long one turn of the fastest way is to take: long for the clock, short for the scheduler.
const TURN: Duration = Duration::from_millis(2);

/// A way to do the thing that is timed; says whether it worked.
pub type Way<'a> = &'a dyn Fn() -> bool;

/// What a race of `N` ways found out. The first is the one that the others are compared with.
pub struct Times<const N: usize> {
    rounds: Vec<[f64; N]>,
}

/// Times the ways in turns. `None` if one of them does not work.
#[must_use]
pub fn race<const N: usize>(ways: [Way<'_>; N], rounds: usize) -> Option<Times<N>> {
    let mut repeats = 1;
    loop {
        let mut shortest = Duration::MAX;
        for way in ways {
            shortest = shortest.min(turn(way, repeats)?);
        }
        if shortest >= TURN {
            break;
        }
        repeats *= 2;
    }
    let mut times = Vec::with_capacity(rounds);
    for round in 0..rounds {
        let mut each = [0.0; N];
        // Each round begins with another way: none of them always follows the same one.
        for at in (0..N).map(|at| (at + round) % N) {
            each[at] = turn(ways[at], repeats)?.as_secs_f64() / f64::from(repeats);
        }
        times.push(each);
    }
    Some(Times { rounds: times })
}

fn turn(way: Way<'_>, repeats: u32) -> Option<Duration> {
    let start = Instant::now();
    let worked = (0..repeats).all(|_| way());
    worked.then(|| start.elapsed())
}

impl<const N: usize> Times<N> {
    /// The median time of one way, in microseconds.
    #[must_use]
    pub fn micros(&self, way: usize) -> f64 {
        median(self.rounds.iter().map(|each| each[way] * 1e6).collect())
    }

    /// How many times as long as the way `other` the first one takes: the median over all rounds.
    #[must_use]
    pub fn ratio(&self, other: usize) -> f64 {
        median(
            self.rounds
                .iter()
                .map(|each| each[0] / each[other])
                .collect(),
        )
    }
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compares_with_the_first_way() {
        let times = Times {
            rounds: vec![[2.0, 1.0], [9.0, 3.0], [4.0, 1.0]],
        };
        assert!((times.ratio(1) - 3.0).abs() < 1e-9);
        assert!((times.micros(0) - 4e6).abs() < 1e-3);
    }

    #[test]
    fn a_way_that_does_not_work_has_no_time() {
        assert!(race([&|| true, &|| false], 1).is_none());
    }
}
