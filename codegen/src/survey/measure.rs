//! How much of a documentation a dialect reads.

use super::draft::Draft;
use crate::diagnostics::Code;
use crate::read::facts::ParamRow;

/// What is found although nothing is lost by it.
const HARMLESS: [Code; 4] = [
    Code::PageWithoutOperation,
    Code::UnusedSample,
    Code::RepairedSample,
    Code::DuplicateParameter,
];

/// How much of a documentation is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measure {
    /// Operations.
    pub operations: usize,
    /// Operations whose call can be read.
    pub complete: usize,
    /// Different calls among them.
    pub calls: usize,
    /// Operations whose method is said.
    pub methods: usize,
    /// Rows of tables of parameters.
    pub rows: usize,
    /// What is known of these parameters: types, descriptions, whether they have to be there, and so on.
    pub details: usize,
    /// Samples with a content that can be read.
    pub samples: usize,
    /// Findings about what is lost or guessed.
    pub findings: usize,
}

impl Measure {
    /// Measures what was read.
    pub(super) fn of(draft: &Draft) -> Self {
        let calls = draft.calls();
        let rows = || {
            let tables = draft.operations().flat_map(|operation| &operation.tables);
            tables.flat_map(|table| &table.rows)
        };
        let samples = draft.operations().flat_map(|operation| &operation.samples);
        let findings = draft.diagnostics.iter();
        Self {
            operations: draft.operations().count(),
            complete: calls.values().sum(),
            calls: calls.len(),
            methods: calls
                .iter()
                .filter(|(call, _)| !call.starts_with('/'))
                .map(|(_, count)| count)
                .sum(),
            rows: rows().count(),
            details: rows().map(details).sum(),
            samples: samples.filter(|sample| sample.parsed.is_some()).count(),
            findings: findings
                .filter(|finding| !HARMLESS.contains(&finding.code))
                .count(),
        }
    }

    /// How many more calls are read.
    pub(super) fn calls_gained(&self, other: &Self) -> usize {
        self.calls.saturating_sub(other.calls)
    }

    /// True where nothing is lost against another reading, and something is gained.
    pub(super) fn betters(&self, other: &Self) -> bool {
        let gains = [
            (self.calls, other.calls),
            (self.methods, other.methods),
            (self.rows, other.rows),
            (self.details, other.details),
            (self.samples, other.samples),
        ];
        // Operations without a call that can be read, and such with the call of another one, are no gain.
        let doubtful = |measure: &Self| measure.operations - measure.calls.min(measure.operations);
        let kept = gains.iter().all(|(now, before)| now >= before);
        let gained = gains.iter().any(|(now, before)| now > before);
        kept && doubtful(self) <= doubtful(other) && (gained || self.findings < other.findings)
    }
}

/// How many things are known of a parameter.
fn details(row: &ParamRow) -> usize {
    let known = [
        row.stated.is_some(),
        row.place.is_some(),
        row.written.is_some(),
        !row.doc.is_empty(),
        !row.values.is_empty(),
        row.default.is_some(),
    ];
    known.into_iter().filter(|known| *known).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_loses_something_is_no_gain() {
        let before = Measure {
            operations: 3,
            complete: 3,
            calls: 3,
            rows: 10,
            ..Measure::default()
        };
        let with = |change: fn(&mut Measure)| {
            let mut after = before;
            change(&mut after);
            after.betters(&before)
        };
        assert!(!with(|_| ()));
        assert!(with(|after| after.rows += 1));
        assert!(!with(|after| {
            after.rows += 5;
            after.calls -= 1;
        }));
        // A fourth operation that calls what another one calls.
        assert!(!with(|after| {
            after.operations += 1;
            after.rows += 5;
        }));
    }
}
