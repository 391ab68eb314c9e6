//! Tables outside of operations that describe objects: `The parcel object`, `Parcel properties`. Operations have them
//! where their samples show such an object.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::codes;
use super::columns;
use super::facts::{Facts, MembersFact, ObjectFact, OperationFacts, Role, Said};
use super::part::Part;
use super::table_rows::table_rows;
use crate::diagnostics::{Code, Diagnostics};
use crate::dialect::{Dialect, HeadingKind};
use crate::sample::Tree;
use crate::slate::block::{BlockKind, Table};
use crate::slate::source::Span;
use crate::text::{bare, link};

/// Objects that lie deeper are not looked for.
const DEEPEST: usize = 16;

/// True for a table outside of operations that may describe an object.
pub fn may_be(part: &Part<'_>, table: &Table, dialect: &Dialect) -> bool {
    let of_members = part.kind.is_none_or(|kind| {
        matches!(
            kind,
            HeadingKind::Request | HeadingKind::Body | HeadingKind::Response
        )
    });
    of_members
        && table.rows.len() > 1
        && columns::names_parameters(table, dialect)
        && !codes::lists_codes(table, dialect)
}

/// The tables of a part outside of operations that may describe objects. `index` is true for the index.
pub fn read(part: &Part<'_>, index: bool, dialect: &Dialect) -> Vec<Found> {
    let tables = part.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Table(table) if may_be(part, table, dialect) => Some(table),
        _ => None,
    });
    let found = tables.map(|table| {
        let mut findings = Diagnostics::default();
        let rows = table_rows(table, dialect, &mut findings);
        let title = Said {
            text: bare(part.title),
            span: part.span,
        };
        Found {
            object: ObjectFact {
                title,
                rows,
                span: table.place(),
            },
            findings,
            misplaced: !index && part.kind.is_some() && !part.title.is_empty(),
        }
    });
    found.collect()
}

/// A table that may describe an object.
pub struct Found {
    object: ObjectFact,
    findings: Diagnostics,
    /// Whether its heading says that it is about parameters.
    misplaced: bool,
}

/// Gives the tables to the operations whose samples show such objects. The others come back beside them, with whether
/// their headings say that they are about parameters.
pub fn assign(
    found: Vec<Found>,
    mut facts: Facts,
    dialect: &Dialect,
    diagnostics: &mut Diagnostics,
) -> (Facts, Vec<(Span, bool)>) {
    let objects = Objects::new(&found);
    let mut users: Vec<usize> = vec![0; found.len()];
    let operations = facts.pages.iter_mut().flat_map(|page| &mut page.operations);
    for operation in operations {
        let mut members = members(operation, &objects);
        members.extend(told(operation, &objects, dialect));
        let used: BTreeSet<usize> = members.iter().map(|members| members.object).collect();
        for object in used {
            users[object] += 1;
        }
        operation.members = members;
    }
    drop(objects);
    let mut others = Vec::new();
    for (found, users) in found.into_iter().zip(users) {
        if users > 0 {
            let verb = if users == 1 {
                "operation has"
            } else {
                "operations have"
            };
            diagnostics.push(
                Code::ObjectTable,
                found.object.span,
                format!("this table belongs to no operation; {users} {verb} such an object"),
                "it was read as what states the members of it",
            );
            diagnostics.append(found.findings);
        } else {
            others.push((found.object.span, found.misplaced));
        }
        facts.objects.push(found.object);
    }
    (facts, others)
}

/// The objects that tables describe.
struct Objects<'a> {
    all: Vec<Object<'a>>,
    /// Which of them have a member of a name.
    with: HashMap<&'a str, Vec<usize>>,
}

/// An object that a table describes.
struct Object<'a> {
    file: u16,
    /// The names of its own members.
    names: HashSet<&'a str>,
    /// The words of its title.
    words: BTreeSet<String>,
}

impl<'a> Objects<'a> {
    fn new(found: &'a [Found]) -> Self {
        let all: Vec<Object<'a>> = found
            .iter()
            .map(|found| Object::new(&found.object))
            .collect();
        let mut with: HashMap<&'a str, Vec<usize>> = HashMap::new();
        for (number, object) in all.iter().enumerate() {
            for name in &object.names {
                with.entry(name).or_default().push(number);
            }
        }
        Self { all, with }
    }

    /// Which of them a sample shows.
    fn best(&self, shown: &Shown<'_>) -> Option<usize> {
        let mut common: BTreeMap<usize, usize> = BTreeMap::new();
        for number in shown
            .keys
            .iter()
            .filter_map(|key| self.with.get(key))
            .flatten()
        {
            *common.entry(*number).or_insert(0) += 1;
        }
        if common.is_empty() {
            return None;
        }
        let called = words(shown.name);
        let fits = common.into_iter().filter_map(|(number, common)| {
            let fit = self.all[number].fit(common, shown, &called)?;
            Some((fit, number))
        });
        // Of equals the first.
        let best = fits.max_by_key(|(fit, number)| (*fit, std::cmp::Reverse(*number)));
        best.map(|(_, number)| number)
    }
}

impl<'a> Object<'a> {
    fn new(fact: &'a ObjectFact) -> Self {
        let own = fact.rows.iter().filter(|row| row.above.is_empty());
        Self {
            file: fact.span.file,
            names: own.flat_map(|row| &row.names).map(String::as_str).collect(),
            words: words(&fact.title.text),
        }
    }

    /// How well it is the object that a sample shows, if it can be: by the number of members that they have in common, and
    /// by what they are called.
    fn fit(&self, common: usize, shown: &Shown<'_>, called: &BTreeSet<String>) -> Option<usize> {
        let keys = shown.keys.len();
        let called = !called.is_disjoint(&self.words);
        let enough = common > 1 && common * 2 >= keys;
        // A request may have few of the members, and none but them.
        let sent = shown.role == Role::Request
            && shown.file == self.file
            && common == keys
            && (common > 1 || called);
        let whole = enough && common * 2 >= self.names.len();
        let all = self.names.len() + keys - common;
        let fit = common * 1000 / all.max(1) + if called { 250 } else { 0 };
        (whole || sent).then_some(fit)
    }
}

/// An object that a sample shows.
struct Shown<'t> {
    role: Role,
    file: u16,
    keys: HashSet<&'t str>,
    /// What it may be called: its key, or at the top the title of the operation.
    name: &'t str,
}

/// Which objects the samples of an operation show.
fn members(operation: &OperationFacts, objects: &Objects<'_>) -> Vec<MembersFact> {
    let mut out: Vec<MembersFact> = Vec::new();
    let samples = operation.samples.iter();
    for sample in samples.filter(|sample| sample.role != Role::Url && !objects.all.is_empty()) {
        let documents = sample.parsed.iter().flat_map(|parsed| &parsed.documents);
        for document in documents {
            walk(document, &mut Vec::new(), &mut |path, tree| {
                let same =
                    |members: &MembersFact| members.role == sample.role && members.path == path;
                if out.iter().any(same) {
                    return;
                }
                let keys = tree.members().iter().map(|member| member.key.as_str());
                let shown = Shown {
                    role: sample.role,
                    file: operation.span.file,
                    keys: keys.collect(),
                    name: path.last().copied().unwrap_or(&operation.title),
                };
                out.extend(objects.best(&shown).map(|object| MembersFact {
                    role: sample.role,
                    path: path.iter().map(|key| (*key).to_owned()).collect(),
                    object,
                    told: None,
                }));
            });
        }
    }
    out
}

/// The object that an operation answers with by a sentence, `Returns a [parcel](#the-parcel-object)`, or by its table of
/// codes, where nothing shows its answer.
fn told(
    operation: &OperationFacts,
    objects: &Objects<'_>,
    dialect: &Dialect,
) -> Option<MembersFact> {
    let mut samples = operation.samples.iter();
    let mut tables = operation.tables.iter();
    let shown = samples.any(|sample| sample.role == Role::Response)
        || tables.any(|table| table.kind == HeadingKind::Response);
    if shown {
        return None;
    }
    let linked = |text: &str, answers: &dyn Fn(&str) -> bool| {
        let link = link(text)?;
        let target = words(link.target.strip_prefix('#')?);
        let before = link.before.to_lowercase();
        let same = |object: &Object<'_>| !target.is_empty() && object.words == target;
        let object = objects.all.iter().position(same)?;
        let several = before.split(|c: char| !c.is_alphabetic());
        let several = several
            .into_iter()
            .any(|word| matches!(word, "list" | "array"));
        answers(&before).then_some((object, several))
    };
    let announced = |before: &str| {
        let mut words = dialect.labels.response.iter();
        words.any(|word| before.contains(word.as_str()))
    };
    let mut sentences = operation.notes.iter().map(|(_, said)| said);
    let found = sentences.find_map(|said| linked(&said.text, &announced));
    let mut cells = operation.returned.iter();
    let found = found.or_else(|| cells.find_map(|said| linked(&said.text, &|_| true)));
    found.map(|(object, several)| MembersFact {
        role: Role::Response,
        path: Vec::new(),
        object,
        told: Some(several),
    })
}

/// Shows all objects of a document, with the keys that lead to them.
fn walk<'t>(tree: &'t Tree, path: &mut Vec<&'t str>, see: &mut impl FnMut(&[&'t str], &'t Tree)) {
    match tree {
        Tree::List(items) => items.iter().for_each(|item| walk(item, path, see)),
        Tree::Object(members) if path.len() < DEEPEST => {
            see(path, tree);
            for member in members {
                path.push(&member.key);
                walk(&member.value, path, see);
                path.pop();
            }
        }
        _ => {}
    }
}

/// The words of a name, in the singular.
fn words(text: &str) -> BTreeSet<String> {
    let words = heck::ToSnakeCase::to_snake_case(text);
    let words = words.split('_').filter(|word| !word.is_empty());
    words
        .map(crate::infer::singular)
        .filter(|word| !OF_OBJECTS.contains(&word.as_str()))
        .collect()
}

/// Words of a title that name no object.
const OF_OBJECTS: [&str; 14] = [
    "a",
    "an",
    "the",
    "object",
    "property",
    "attribute",
    "field",
    "member",
    "parameter",
    "of",
    "all",
    "model",
    "resource",
    "list",
];
