//! An operation between its samples and its types.

use super::endpoint::{self, Endpoint};
use super::kind::Evidence;
use super::message::{self, Content};
use super::place::{self, Copies, Wanted};
use super::shape::Shape;
use super::stage::Stage;
use super::words::singular;
use super::yes_no::flag;
use crate::claims::Witness;
use crate::dialect::{Dialect, HeadingKind, WrittenType};
use crate::read::facts::{ApiFacts, OperationFacts, PageFacts, Role};
use crate::slate::source::Span;

/// An operation between its samples and its types.
pub struct Work<'a> {
    /// What its section states.
    pub facts: &'a OperationFacts,
    /// How it is reached.
    pub endpoint: Endpoint,
    /// What the request samples show.
    pub request: Shape,
    /// What the response samples show.
    pub response: Shape,
    /// Contents of its samples.
    pub contents: Vec<Content>,
}

impl Work<'_> {
    /// Names that the tables of the request, and of the answer, state to be no objects.
    #[must_use]
    pub fn documented_scalars(&self) -> [Vec<String>; 2] {
        let names = |answer: bool| {
            self.facts
                .tables
                .iter()
                .filter(|table| (table.kind == HeadingKind::Response) == answer)
                .flat_map(|table| &table.rows)
                .filter(|row| row.written.is_some_and(WrittenType::is_value))
                .flat_map(|row| row.names.clone())
                .collect()
        };
        [names(false), names(true)]
    }

    /// Takes in what this operation shows and states of names.
    pub fn testify(&self, evidence: &mut Evidence) {
        for table in &self.facts.tables {
            for row in &table.rows {
                evidence.row(row, table.kind == HeadingKind::Response);
            }
        }
        evidence.shape(&self.request);
        evidence.shape(&self.response);
    }

    /// Notes where the rows of this operation stand.
    pub fn note_places(&self, copies: &mut Copies, dialect: &Dialect) {
        for answer in [false, true] {
            let rows: Vec<Wanted> = self
                .facts
                .tables
                .iter()
                .filter(|table| (table.kind == HeadingKind::Response) == answer)
                .flat_map(|table| &table.rows)
                .filter(|row| row.names.len() == 1 && row.preset.is_none())
                .map(|row| {
                    let shape = if answer {
                        &self.response
                    } else {
                        &self.request
                    };
                    let shown = shape.holds(&row.names[0]);
                    Wanted::of(&row.names[0], row, shown)
                })
                .collect();
            copies.note(
                answer,
                &rows,
                if answer {
                    &self.response
                } else {
                    &self.request
                },
                &dialect.wire,
            );
        }
    }
}

/// An operation whose section shows no answer has that of another one of the same call.
pub fn lend_answers(mut works: Vec<Work<'_>>) -> Vec<Work<'_>> {
    for at in 0..works.len() {
        let documents = works[at]
            .facts
            .tables
            .iter()
            .any(|table| table.kind == HeadingKind::Response);
        if !works[at].response.fields.is_empty() || !documents {
            continue;
        }
        let lender = works.iter().position(|other| {
            other.endpoint.path == works[at].endpoint.path
                && other.endpoint.method == works[at].endpoint.method
                && !other.response.fields.is_empty()
        });
        if let Some(lender) = lender {
            works[at].response = works[lender].response.clone();
        }
    }
    works
}

/// Reads endpoints and samples of all operations of a page.
pub fn works<'a>(page: &'a PageFacts, api: &ApiFacts, stage: &mut Stage<'_>) -> Vec<Work<'a>> {
    let endpoints = endpoint::endpoints(page, api, stage);
    let dialect = stage.dialect;
    page.operations
        .iter()
        .zip(endpoints)
        .filter_map(|(facts, endpoint)| {
            let endpoint = endpoint?;
            let (mut request, mut contents) = message::merge(facts, Role::Request, stage);
            let (mut response, answers) = message::merge(facts, Role::Response, stage);
            contents.extend(answers);
            let batch = facts.batch.as_ref();
            let batch = batch.filter(|said| flag(Some(&said.text)) == Some(true));
            if let Some(said) = batch {
                request = several(request, dialect, true, said.span);
                response = several(response, dialect, false, said.span);
            }
            Some(Work {
                facts,
                endpoint,
                request,
                response,
                contents,
            })
        })
        .collect()
}

/// An operation on several items has lists of them: below the document element in requests, and where a plural holds
/// its singular in answers.
fn several(mut shape: Shape, dialect: &Dialect, request: bool, said: Span) -> Shape {
    let subject = place::subject(&shape, &dialect.wire);
    if let Some((last, above @ [.., wrapper])) = subject.split_last() {
        let plural = wrapper != last && singular(wrapper) == *last;
        let below_root = request && above.len() == 1 && above[0] == dialect.wire.request_root;
        if (plural || below_root)
            && let Some(items) = shape.get_mut(&subject)
        {
            items.make_list(Witness::Cell, said);
        }
    }
    if request {
        return shape;
    }
    // Beside other members of the answer, too.
    for root in shape.fields.values_mut() {
        for (wrapper, items) in &mut root.fields {
            for (key, item) in &mut items.fields {
                if singular(wrapper) == *key && wrapper != key && !item.fields.is_empty() {
                    item.make_list(Witness::Cell, said);
                }
            }
        }
    }
    shape
}
