//! Who wins over whom.

use super::{Claim, Decision, Witness};

/// A rule of precedence. The first that finds a value decides.
#[derive(Debug, PartialEq, Eq)]
pub struct Step {
    /// What it is called.
    pub name: &'static str,
    /// What it says.
    pub text: &'static str,
    rule: Rule,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    /// Of the witnesses that speak for themselves more say one thing than all others together.
    Majority,
    /// The best witness; of several values that it names the one that others speak for, else the first.
    Best,
}

/// The whole of it, in order.
pub const STEPS: &[Step] = &[
    Step {
        name: "majority",
        text: "two witnesses that say the same win over one that does not",
        rule: Rule::Majority,
    },
    Step {
        name: "best witness",
        text: "what is stated wins over what is shown, and of several values the one that others speak for",
        rule: Rule::Best,
    },
];

/// Decides on one fact. Nothing without claims.
#[must_use]
pub fn decide(claims: &[Claim]) -> Option<Decision> {
    STEPS.iter().find_map(|step| {
        let value = match step.rule {
            Rule::Majority => majority(claims),
            Rule::Best => best(claims),
        }?;
        let (witnesses, losers): (Vec<Claim>, Vec<Claim>) = claims
            .iter()
            .cloned()
            .partition(|claim| claim.says == value);
        let basis = witnesses.iter().map(|claim| claim.by.basis()).min()?;
        Some(Decision {
            value,
            basis,
            step,
            witnesses,
            losers,
        })
    })
}

/// Witnesses that speak for themselves: a habit is none, and what is seen in one body is a sign only.
fn speaks(by: Witness) -> bool {
    !matches!(by, Witness::Body | Witness::Habit)
}

fn majority(claims: &[Claim]) -> Option<String> {
    let mut said: Vec<(Witness, &str)> = claims
        .iter()
        .filter(|claim| speaks(claim.by))
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

fn best(claims: &[Claim]) -> Option<String> {
    let first = claims.iter().map(|claim| claim.by).min()?;
    // That something is usual speaks for nothing.
    let known = claims.iter().filter(|claim| claim.by != Witness::Habit);
    let support = |value: &str| known.clone().filter(|claim| claim.says == value).count();
    let own = claims.iter().filter(|claim| claim.by == first);
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
        let decision = decide(&claims).unwrap();
        assert_eq!(
            decision.witnesses.len() + decision.losers.len(),
            claims.len()
        );
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
        assert_eq!(decide(&[]), None);
    }
}
