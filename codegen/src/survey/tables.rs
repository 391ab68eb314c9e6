//! What stands above tables that nobody reads, and what stands at the head of their columns?

use std::collections::{BTreeMap, HashMap, HashSet};

use super::clue::{Clue, Tally, in_quotes, times};
use super::draft::Draft;
use super::yaml;
use crate::diagnostics::Code;
use crate::dialect::{Column, Dialect};
use crate::read::presence;
use crate::slate::block::{BlockKind, Table};
use crate::slate::source::Span;
use crate::text::{bare, plain};

/// So many different headings with the same last word are named by that word.
const FAMILY: usize = 3;

/// How words of headings begin, and what tables below them are about.
const ABOUT: [(&str, &str); 14] = [
    ("respon", "response"),
    ("return", "response"),
    ("output", "response"),
    ("results", "response"),
    ("header", "header"),
    ("quer", "query"),
    ("filter", "query"),
    ("path", "path"),
    ("body", "body"),
    ("payload", "body"),
    ("arg", "request"),
    ("param", "request"),
    ("input", "request"),
    ("option", "request"),
];

/// What is known of a heading above tables that no rule knows.
#[derive(Default)]
struct Titled {
    /// Tables that say of each row of which type it is, or whether it has to be there.
    detailed: usize,
    /// Tables in sections of operations.
    called: usize,
    /// Tables in sections of operations that only read.
    reading: usize,
}

/// Headings above tables that no rule knows.
pub fn headings(draft: &Draft) -> Vec<Clue> {
    let unused = draft.found(&[Code::UnusedTable, Code::MisplacedHeading]);
    let reading = reading(draft);
    let mut titles: Tally<Titled> = Tally::default();
    let mut families: BTreeMap<String, (HashSet<String>, Titled)> = BTreeMap::new();
    let mut last = None;
    for under in draft.blocks() {
        last = Some(under.block.span)
            .filter(|span| reading.contains_key(span))
            .or(last);
        let BlockKind::Table(table) = &under.block.kind else {
            continue;
        };
        let free = unused.contains(&table.place()) && !under.title.is_empty();
        if !free || draft.dialect.heading(under.title).is_some() {
            continue;
        }
        let title = under.title.to_lowercase();
        let title = title.trim_matches([':', ' ']).to_owned();
        let reads = last.is_some_and(|span| reading[&span]);
        let see = |titled: &mut Titled| {
            titled.detailed += usize::from(is_detailed(table, draft));
            titled.called += usize::from(under.called);
            titled.reading += usize::from(under.called && reads);
        };
        see(titles.add(&title));
        if let Some(word) = title
            .rsplit(' ')
            .next()
            .filter(|word| word.chars().count() > 3)
        {
            let family = families.entry(word.to_owned()).or_default();
            family.0.insert(title.clone());
            see(&mut family.1);
        }
    }
    let families = families
        .into_iter()
        .filter(|(_, (titles, _))| titles.len() >= FAMILY);
    let mut out: Vec<Clue> = families
        .filter(|(_, (_, titled))| titled.called >= FAMILY)
        .map(|(word, (_, titled))| heading(&word, &word, titled.called, &titled))
        .collect();
    out.sort_by_key(|clue| std::cmp::Reverse(clue.count));
    let all = titles.sorted().into_iter();
    out.extend(
        all.map(|(title, count, titled)| heading(&format!("={title}"), &title, count, &titled)),
    );
    out
}

/// Whether the operations that begin at these places only read.
fn reading(draft: &Draft) -> HashMap<Span, bool> {
    let all = draft.operations();
    all.map(|operation| {
        let urls = operation
            .urls
            .iter()
            .filter_map(|(_, said)| draft.url(&said.text)?.method);
        let stated = operation
            .method
            .as_ref()
            .map(|said| bare(&said.text).to_uppercase());
        let method = stated.or_else(|| urls.clone().next());
        (
            operation.span,
            method.is_some_and(|method| method == "GET" || method == "DELETE"),
        )
    })
    .collect()
}

fn is_detailed(table: &Table, draft: &Draft) -> bool {
    let cells = table.header.iter().flat_map(|row| &row.cells);
    let mut columns = cells.filter_map(|cell| draft.dialect.column(&bare(&cell.text)));
    columns.any(|(column, _)| {
        matches!(
            column,
            Column::Type | Column::Required | Column::Optional | Column::Default
        )
    })
}

fn heading(phrase: &str, words: &str, count: usize, titled: &Titled) -> Clue {
    let mut all = words.split(|c: char| !c.is_alphanumeric());
    let about = all.find_map(|word| ABOUT.iter().find(|(start, _)| word.starts_with(start)));
    // What is said of an object in operations that only read is what they answer.
    let answers = titled.reading * 4 > titled.called * 3;
    let is = match about {
        Some((_, is)) => is,
        None if answers => "response",
        None => "request",
    };
    let of_operations = titled.called * 2 >= count && count > 0;
    let likely = of_operations && (about.is_some() || titled.detailed * 2 >= count);
    let tables = times(count, "table stands", "tables stand");
    let place = if of_operations {
        ""
    } else {
        " outside of operations"
    };
    Clue::listed(
        &["add", "headings"],
        likely.then(|| format!("{{is: {is}, any: [{}]}}", yaml::scalar(phrase))),
        count,
        format!("{tables}{place} below {}", in_quotes(words)),
    )
}

/// Columns that no list knows.
pub fn columns(draft: &Draft) -> Vec<Clue> {
    let read = draft.parameter_rows();
    let unused = draft.found(&[Code::UnusedTable]);
    let mut tally: Tally<Vec<String>> = Tally::default();
    for (table, _) in draft.tables() {
        if !is_of_parameters(table, &read) && !unused.contains(&table.place()) {
            continue;
        }
        let header = table.header.iter().flat_map(|row| &row.cells);
        for (at, cell) in header.enumerate() {
            let text = bare(&cell.text).to_lowercase();
            let text = text.trim_matches(['*', '?', ':', ' ']);
            let known =
                draft.dialect.column(text).is_some() || draft.dialect.code_column(text).is_some();
            if known || text.is_empty() || text.split_whitespace().count() > 4 {
                continue;
            }
            let cells = table.rows.iter().filter_map(|row| row.cells.get(at));
            let cells = cells
                .map(|cell| plain(&cell.text))
                .filter(|text| !text.is_empty());
            tally.add(text).extend(cells);
        }
    }
    let all = tally.sorted().into_iter();
    all.map(|(header, count, cells)| {
        let holds = holds(&header, &cells, &draft.dialect);
        let mut key = vec!["add", "columns"];
        key.extend(holds);
        let tables = times(count, "table has", "tables have");
        let item = holds.map(|_| yaml::scalar(&header));
        Clue::listed(
            &key,
            item,
            count,
            format!("{tables} a column {}", in_quotes(&header)),
        )
    })
    .collect()
}

fn is_of_parameters(table: &Table, read: &HashSet<Span>) -> bool {
    table.rows.iter().any(|row| read.contains(&row.span))
}

/// What a column holds, going by its header and its cells.
fn holds(header: &str, cells: &[String], dialect: &Dialect) -> Option<&'static str> {
    let most = |fits: &dyn Fn(&str) -> bool| {
        let count = cells.iter().filter(|cell| fits(cell)).count();
        count > 0 && count * 3 >= cells.len() * 2
    };
    let says = |words: &[&str]| words.iter().any(|word| header.contains(word));
    if says(&["default"]) {
        return Some("default");
    }
    if says(&["example", "sample"]) {
        return Some("ignored");
    }
    if most(&|cell| presence::of_cell(cell, &dialect.presence).is_some()) {
        let demands = says(&["requ", "mand", "must", "oblig", "need", "compuls"]);
        let frees = says(&["optional"]);
        let word = |cell: &str| {
            let word = cell.to_lowercase();
            let words = dialect
                .presence
                .required
                .iter()
                .chain(&dialect.presence.optional);
            words.clone().any(|known| *known == word)
        };
        return if frees {
            Some("optional")
        } else {
            (demands || most(&word)).then_some("required")
        };
    }
    if most(&|cell| dialect.place(cell).is_some()) {
        return Some("place");
    }
    if most(&|cell| dialect.written_type(cell).is_some_and(|(_, guess)| !guess)) {
        return Some("type");
    }
    let described = dialect.columns.get(&Column::Description).is_some();
    let prose = most(&|cell| cell.split_whitespace().count() > 2);
    (described && prose).then_some("description")
}
