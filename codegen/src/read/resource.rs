//! Reads what is stated of an operation as a whole: the table with URI, method and authentication, or a list of them.

use super::columns::{has_types, lists_parameters};
use super::facts::{OperationFacts, Said};
use super::part::Part;
use super::url::METHODS;
use crate::diagnostics::{Code, Diagnostics};
use crate::dialect::{Dialect, ResourceRow};
use crate::slate::block::{Block, BlockKind, Row, Table};
use crate::text::{bare, plain};

/// A longer text is no list of methods.
const LONGEST_METHODS: usize = 64;

/// What a row states, its name, its value.
pub type Stated = (Option<ResourceRow>, String, Said);

/// Rows of the resource tables and lists of a part; what stands below a heading that is the name of such a row.
pub fn rows(part: &Part<'_>, dialect: &Dialect) -> Vec<Stated> {
    if names_method(part.title, part.blocks.first(), dialect) {
        let block = part.blocks.first();
        let said = block.and_then(|block| {
            let text = plain(text_of(&block.kind)?);
            let span = block.span;
            Some(Said { text, span })
        });
        let row = said.map(|said| (Some(ResourceRow::Method), part.title.to_owned(), said));
        return row.into_iter().collect();
    }
    part.blocks
        .iter()
        .flat_map(|block| match &block.kind {
            BlockKind::Table(table) if lists_parameters(table, dialect) => Vec::new(),
            BlockKind::Table(table) => across(table, dialect).unwrap_or_else(|| {
                let header = table.header.iter().filter(|row| is_row(row, dialect));
                let rows = header.chain(&table.rows);
                rows.filter_map(|row| cells(row, dialect)).collect()
            }),
            BlockKind::Item(text) | BlockKind::Paragraph(text) => lines(text, block, dialect),
            _ => Vec::new(),
        })
        .collect()
}

/// `### Method` above `POST`: a heading that says what the block below it is, and nothing but methods there.
pub fn names_method(title: &str, next: Option<&Block>, dialect: &Dialect) -> bool {
    let named = dialect.resource_row(&bare(title)) == Some(ResourceRow::Method);
    named
        && next
            .and_then(|next| text_of(&next.kind))
            .is_some_and(is_methods)
}

fn text_of(kind: &BlockKind) -> Option<&str> {
    match kind {
        BlockKind::Paragraph(text) | BlockKind::Item(text) => Some(text),
        BlockKind::Fence(fence) => Some(&fence.body),
        _ => None,
    }
}

/// `POST`, or `PUT or PATCH`, however it is dressed.
pub fn is_methods(text: &str) -> bool {
    if text.len() > LONGEST_METHODS {
        return false;
    }
    let text = text.to_uppercase();
    let words = text.split(|c: char| !c.is_alphanumeric());
    let mut words = words.filter(|word| !word.is_empty()).peekable();
    let fits = |word: &str| METHODS.contains(&word) || matches!(word, "OR" | "AND");
    words.peek().is_some_and(|word| METHODS.contains(word)) && words.all(fits)
}

/// `### Method` or `### Endpoint`: what a resource table says first.
pub fn names_call(title: &str, dialect: &Dialect) -> bool {
    matches!(
        dialect.resource_row(&bare(title)),
        Some(ResourceRow::Method | ResourceRow::Uri | ResourceRow::Url)
    )
}

/// A table with a row for values and its names in the header: `Method | URL`, `GET | /parcels`. With more rows it lists
/// operations; a row with one cell is a remark.
pub fn across(table: &Table, dialect: &Dialect) -> Option<Vec<Stated>> {
    let header = table.header.as_ref()?;
    let remark = |row: &&Row| row.cells.iter().skip(1).all(|cell| cell.text.is_empty());
    let mut rows = table.rows.iter().filter(|row| !remark(row));
    let (Some(row), None) = (rows.next(), rows.next()) else {
        return None;
    };
    let pairs = header.cells.iter().zip(&row.cells);
    let out: Vec<Stated> = pairs
        .map(|(name, value)| {
            let name = bare(&name.text).trim_matches('*').to_owned();
            let said = Said {
                text: plain(&value.text),
                span: value.span,
            };
            (dialect.resource_row(&name), name, said)
        })
        .collect();
    let method = out
        .iter()
        .any(|(row, _, said)| *row == Some(ResourceRow::Method) && is_methods(&said.text));
    let address = out.iter().any(|(row, _, said)| {
        matches!(row, Some(ResourceRow::Uri | ResourceRow::Url)) && said.text.contains('/')
    });
    (method && address).then_some(out)
}

fn cells(row: &Row, dialect: &Dialect) -> Option<Stated> {
    let (name, value) = (row.cells.first()?, row.cells.get(1)?);
    let name = bare(&name.text);
    let said = Said {
        text: plain(&value.text),
        span: value.span,
    };
    Some((dialect.resource_row(&name), name, said))
}

/// True for a header that is a row: the table was written without one.
fn is_row(header: &Row, dialect: &Dialect) -> bool {
    match cells(header, dialect) {
        Some((Some(ResourceRow::Uri | ResourceRow::Url), _, said)) => said.text.contains('/'),
        Some((Some(ResourceRow::Method), _, said)) => METHODS.contains(&bare(&said.text).as_str()),
        _ => false,
    }
}

/// `**URI**: `/parcel/add``: rows of a list.
fn lines(text: &str, block: &Block, dialect: &Dialect) -> Vec<Stated> {
    text.lines()
        .filter_map(|line| {
            let (name, value) = line.split_once(':')?;
            let name = bare(name.trim_matches(['*', ' ']));
            let value = value.trim_start_matches(['*', ' ']);
            let row = dialect.resource_row(&name)?;
            let short = name.split_whitespace().count() <= 3 && !value.is_empty();
            let said = Said {
                text: plain(value),
                span: block.span,
            };
            short.then_some((Some(row), name, said))
        })
        .collect()
}

/// Takes the facts of a resource table.
pub fn read(
    part: &Part<'_>,
    dialect: &Dialect,
    out: &mut OperationFacts,
    diagnostics: &mut Diagnostics,
) {
    for (row, name, value) in rows(part, dialect) {
        match row {
            Some(ResourceRow::Uri) => out.uris.push((name, value)),
            Some(ResourceRow::Url) => out.urls.push((name, value)),
            Some(ResourceRow::Method) => out.method = Some(value),
            Some(ResourceRow::Auth) => out.auth = Some(value),
            Some(ResourceRow::Batch) => out.batch = Some(value),
            Some(ResourceRow::RateLimit) => out.rate_limit = Some(value),
            Some(ResourceRow::Formats) => out.formats = Some(value),
            Some(ResourceRow::Version) => out.version = Some(value),
            Some(ResourceRow::Hosts | ResourceRow::Ignored) => {}
            None if name.is_empty() => {}
            None => diagnostics.push(
                Code::UnknownResourceRow,
                value.span,
                format!("{name:?} is not a known row of a resource table"),
                "it was left out",
            ),
        }
    }
}

/// A resource table whose heading is missing: several of its rows, and most, are those of such tables, one of them the
/// path or the method.
pub fn is_table(block: &Block, dialect: &Dialect) -> bool {
    let BlockKind::Table(table) = &block.kind else {
        return false;
    };
    if has_types(table, dialect) {
        return false;
    }
    if across(table, dialect).is_some() {
        return true;
    }
    let rows = table.header.iter().chain(&table.rows);
    let known: Vec<ResourceRow> = rows
        .filter_map(|row| {
            let name = bare(&row.cells.first()?.text);
            let value = &row.cells.get(1)?.text;
            let row = dialect.resource_row(&name)?;
            let fits = match row {
                ResourceRow::Uri | ResourceRow::Url => value.contains('/'),
                ResourceRow::Method => METHODS.contains(&bare(value).as_str()),
                _ => true,
            };
            fits.then_some(row)
        })
        .collect();
    let calls = |row: &ResourceRow| {
        matches!(
            row,
            ResourceRow::Uri | ResourceRow::Url | ResourceRow::Method
        )
    };
    known.len() > 1 && known.len() * 2 > table.rows.len() && known.iter().any(calls)
}
