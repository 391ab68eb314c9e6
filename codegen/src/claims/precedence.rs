//! Who wins over whom, for facts of which several places speak for themselves.

use super::claim::{Claim, Decision, Step};
use super::ledger::Facet;
use super::witness::Witness;

/// Of the witnesses that speak for themselves more say one thing than all others together.
const MAJORITY: Step = Step {
    name: "majority",
    text: "two witnesses that say the same win over one that does not",
};

/// The best witness; of several values that it names the one that others speak for, else the first.
const BEST: Step = Step {
    name: "best witness",
    text: "what is stated wins over what is shown, and of several values the one that others speak for",
};

/// A rule of precedence, and how it finds a value.
type Rule = (Step, fn(Facet, &[Claim]) -> Option<String>);

/// The whole of it, in order: the first that finds a value decides.
pub const STEPS: &[Rule] = &[(MAJORITY, majority), (BEST, best)];

/// Of an override and others, the override. Of the others, in this order: for a path, the line that says how to call
/// knows better than a row, which has only the end of it.
fn rank(facet: Facet, by: Witness) -> (u8, Witness) {
    match (facet, by) {
        (_, Witness::Override) => (0, by),
        (Facet::Path | Facet::Version, Witness::RequestLine) => (1, by),
        _ => (2, by),
    }
}

/// Decides on one fact. Nothing without claims.
#[must_use]
pub fn decide(facet: Facet, claims: Vec<Claim>) -> Option<Decision> {
    let (step, value) = STEPS
        .iter()
        .find_map(|(step, rule)| Some((*step, rule(facet, &claims)?)))?;
    let speaks_for = |claim: &Claim| claim.says == value;
    Some(Decision::new(value.clone(), step, claims, speaks_for))
}

fn majority(_: Facet, claims: &[Claim]) -> Option<String> {
    if claims.iter().any(|claim| claim.by == Witness::Override) {
        return None;
    }
    let mut said: Vec<(Witness, &str)> = claims
        .iter()
        .filter(|claim| claim.by.speaks())
        .map(|claim| (claim.by, claim.says.as_str()))
        .collect();
    // One witness that repeats itself is one; one that contradicts itself is none.
    said.sort_unstable();
    said.dedup();
    let ambiguous = |by: Witness| said.iter().filter(|(other, _)| *other == by).count() > 1;
    let voices: Vec<&str> = said
        .iter()
        .filter(|(by, _)| !ambiguous(*by))
        .map(|(_, says)| *says)
        .collect();
    let count = |value: &str| voices.iter().filter(|says| **says == value).count();
    let value = voices.iter().max_by_key(|value| count(value))?;
    let (own, all) = (count(value), voices.len());
    (own >= 2 && own < all && own * 2 > all).then(|| (*value).to_owned())
}

fn best(facet: Facet, claims: &[Claim]) -> Option<String> {
    let first = claims.iter().map(|claim| rank(facet, claim.by)).min()?;
    // That something is usual speaks for nothing.
    let known = claims.iter().filter(|claim| claim.by != Witness::Habit);
    let support = |value: &str| known.clone().filter(|claim| claim.says == value).count();
    let own = claims.iter().filter(|claim| rank(facet, claim.by) == first);
    // Of equals the first is taken.
    let mut chosen: Option<&Claim> = None;
    for claim in own {
        if chosen.is_none_or(|known| support(&claim.says) > support(&known.says)) {
            chosen = Some(claim);
        }
    }
    chosen.map(|claim| claim.says.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claims::Basis;
    use crate::slate::source::Span;

    fn decided(claims: &[(Witness, &str)]) -> (String, Basis, &'static str) {
        let claims: Vec<Claim> = claims
            .iter()
            .map(|(by, says)| Claim {
                says: (*says).to_owned(),
                by: *by,
                span: Span::new(0, 0, 1),
            })
            .collect();
        let count = claims.len();
        let decision = decide(Facet::Method, claims).unwrap();
        assert_eq!(decision.witnesses.len() + decision.losers.len(), count);
        (decision.value, decision.basis, decision.step.name)
    }

    #[test]
    fn each_rule_decides_what_it_is_for() {
        use Witness::{Body, Cell, Habit, Label, RequestLine, SampleUrl};
        for (claims, value, basis, step) in [
            (&[(Cell, "a")][..], "a", Basis::Stated, "best witness"),
            (&[(Habit, "a")], "a", Basis::Assumed, "best witness"),
            (
                &[(Label, "b"), (Habit, "a")],
                "b",
                Basis::Shown,
                "best witness",
            ),
            // A cell knows better than a line, if these are all.
            (
                &[(Cell, "a"), (RequestLine, "b")],
                "a",
                Basis::Stated,
                "best witness",
            ),
            // Two against one.
            (
                &[(Cell, "a"), (RequestLine, "b"), (SampleUrl, "b")],
                "b",
                Basis::Stated,
                "majority",
            ),
            (
                &[(Cell, "a"), (SampleUrl, "b"), (Label, "b")],
                "b",
                Basis::Shown,
                "majority",
            ),
            // Bodies and habits are no witnesses against a statement.
            (
                &[(Cell, "a"), (Body, "b"), (Habit, "b")],
                "a",
                Basis::Stated,
                "best witness",
            ),
            // All agree: nobody had to be outvoted.
            (
                &[(Cell, "a"), (RequestLine, "a"), (SampleUrl, "a")],
                "a",
                Basis::Stated,
                "best witness",
            ),
            // A cell with two values: what else is known speaks for one of them.
            (
                &[(Cell, "a"), (Cell, "b"), (Body, "b")],
                "b",
                Basis::Stated,
                "best witness",
            ),
            (
                &[(Cell, "a"), (Cell, "b")],
                "a",
                Basis::Stated,
                "best witness",
            ),
            // Each for itself: the best decides.
            (
                &[(Cell, "a"), (RequestLine, "b"), (SampleUrl, "c")],
                "a",
                Basis::Stated,
                "best witness",
            ),
        ] {
            assert_eq!(
                decided(claims),
                (value.to_owned(), basis, step),
                "{claims:?}"
            );
        }
        assert_eq!(decide(Facet::Method, Vec::new()), None);
    }
}
