//! What the intermediate spec of the project's own docs promises: it is read back as it was written, its names lead
//! somewhere, and no row of a table is lost.

use crate::support::settings;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::LazyLock;

use serde_json::Value;
use settings::{in_workspace, settings};
use slate_codegen::slate::{self, Texts};
use slate_codegen::spec::{Entity, In, Required, Source, Spec, from_files, schema, to_files};
use slate_codegen::{InputError, Reading, files, read_docs};

static TEXTS: LazyLock<Texts> = LazyLock::new(|| slate::load(&in_workspace("spec/slate")).unwrap());
static READING: LazyLock<Reading> = LazyLock::new(|| read_docs(&TEXTS, &settings()).unwrap());

fn spec() -> &'static Spec {
    &READING.inferred.spec
}

#[test]
fn the_spec_is_read_back_as_it_was_written() {
    let files = to_files(spec()).unwrap();
    assert_eq!(files.len(), spec().entities.len() + 1);
    let read = |name: &str| {
        files
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, text)| text.clone())
            .ok_or_else(|| InputError::new(name))
    };
    let back = from_files(read).unwrap();
    assert_eq!(back.api, spec().api);
    for (back, entity) in back.entities.iter().zip(&spec().entities) {
        assert_eq!(back, entity);
    }
    assert_eq!(&back, spec());
    assert_eq!(to_files(&back).unwrap(), files);
}

#[test]
fn the_same_docs_give_the_same_files() {
    let settings = settings();
    let one = files(&READING, &settings).unwrap_or_else(|error| panic!("{error}"));
    let two = files(&read_docs(&TEXTS, &settings).unwrap(), &settings)
        .unwrap_or_else(|error| panic!("{error}"));
    assert!(one.len() > 100, "{} files", one.len());
    for (one, two) in one.iter().zip(&two) {
        assert!(one == two, "{} is not the same twice", one.path);
    }
    assert_eq!(one.len(), two.len());
}

/// The part of JSON Schema that `schema.json` uses; a keyword it does not know is a failure.
struct Schema {
    root: Value,
    seen: std::cell::RefCell<BTreeSet<String>>,
}

impl Schema {
    fn errors(&self, schema: &Value, value: &Value, at: &str, out: &mut Vec<String>) {
        let Some(schema) = schema.as_object() else {
            if schema != &Value::Bool(true) {
                out.push(format!("{at}: nothing is allowed"));
            }
            return;
        };
        for (keyword, rule) in schema {
            match keyword.as_str() {
                "$schema"
                | "title"
                | "description"
                | "$defs"
                | "default"
                | "format"
                | "required"
                | "properties"
                | "additionalProperties" => {}
                "$ref" => {
                    let name = rule
                        .as_str()
                        .and_then(|name| name.strip_prefix("#/$defs/"))
                        .unwrap();
                    self.seen.borrow_mut().insert(name.to_owned());
                    self.errors(&self.root["$defs"][name], value, at, out);
                }
                "type" => {
                    let names: Vec<&str> = rule.as_array().map_or_else(
                        || vec![rule.as_str().unwrap()],
                        |list| list.iter().filter_map(Value::as_str).collect(),
                    );
                    if !names.iter().any(|name| is(name, value)) {
                        out.push(format!("{at}: {value} is no {names:?}"));
                    }
                }
                "enum" => {
                    if !rule.as_array().unwrap().contains(value) {
                        out.push(format!("{at}: {value} is not one of {rule}"));
                    }
                }
                "const" => {
                    if rule != value {
                        out.push(format!("{at}: {value} is not {rule}"));
                    }
                }
                "minimum" => {
                    if value
                        .as_i64()
                        .is_some_and(|value| value < rule.as_i64().unwrap_or(0))
                    {
                        out.push(format!("{at}: {value} is below {rule}"));
                    }
                }
                "maximum" => {
                    if value
                        .as_i64()
                        .is_some_and(|value| value > rule.as_i64().unwrap_or(i64::MAX))
                    {
                        out.push(format!("{at}: {value} is above {rule}"));
                    }
                }
                "items" => {
                    for (number, item) in value.as_array().into_iter().flatten().enumerate() {
                        self.errors(rule, item, &format!("{at}[{number}]"), out);
                    }
                }
                "anyOf" | "oneOf" => {
                    let tried: Vec<Vec<String>> = rule
                        .as_array()
                        .unwrap()
                        .iter()
                        .map(|schema| {
                            let mut errors = Vec::new();
                            self.errors(schema, value, at, &mut errors);
                            errors
                        })
                        .collect();
                    if !tried.iter().any(Vec::is_empty) {
                        out.extend(tried.into_iter().min_by_key(Vec::len).unwrap_or_default());
                    }
                }
                other => panic!("this test does not know the keyword {other}"),
            }
        }
        self.object(schema, value, at, out);
    }

    fn object(
        &self,
        schema: &serde_json::Map<String, Value>,
        value: &Value,
        at: &str,
        out: &mut Vec<String>,
    ) {
        let Some(object) = value.as_object() else {
            return;
        };
        for key in schema
            .get("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
        {
            if !object.contains_key(key) {
                out.push(format!("{at}: {key} is missing"));
            }
        }
        let known = schema.get("properties").and_then(Value::as_object);
        for (key, member) in object {
            match (
                known.and_then(|known| known.get(key)),
                schema.get("additionalProperties"),
            ) {
                (Some(rule), _) | (None, Some(rule)) => {
                    self.errors(rule, member, &format!("{at}.{key}"), out);
                }
                // A key that the schema does not describe is one that an editor does not complete.
                (None, None) if known.is_some() => {
                    out.push(format!("{at}: {key} is not described"));
                }
                (None, None) => {}
            }
        }
    }

    fn of(&self, name: &str, value: &Value) -> Vec<String> {
        let mut out = Vec::new();
        self.errors(&self.root["$defs"][name], value, name, &mut out);
        out
    }
}

fn is(name: &str, value: &Value) -> bool {
    match name {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    }
}

#[test]
fn the_files_fit_the_schema_and_wrong_ones_do_not() {
    let schema = Schema {
        root: serde_json::from_str(&schema().unwrap()).unwrap(),
        seen: std::cell::RefCell::default(),
    };
    let parsed: Vec<(String, Value)> = to_files(spec())
        .unwrap()
        .into_iter()
        .map(|(name, yaml)| (name, serde_yaml::from_str(&yaml).unwrap()))
        .collect();
    for (name, value) in &parsed {
        let errors = schema.of(if name == "api.yaml" { "Api" } else { "Entity" }, value);
        assert!(errors.is_empty(), "{name}: {errors:?}");
    }
    let all: BTreeSet<String> = schema.root["$defs"]
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect();
    let used: BTreeSet<String> = schema
        .seen
        .borrow()
        .iter()
        .cloned()
        .chain(["Api".to_owned(), "Entity".to_owned()])
        .collect();
    let spare: Vec<&String> = all
        .difference(&used)
        .filter(|name| !matches!(name.as_str(), "Rule" | "Alternative" | "Docs" | "Encoding"))
        .collect();
    assert!(
        spare.is_empty(),
        "the schema describes what no file has: {spare:?}"
    );

    let (_, right) = parsed
        .iter()
        .find(|(name, _)| name == "customer.yaml")
        .unwrap();
    for (pointer, wrong, why) in [
        ("/operations/0/method", Value::Null, "is no"),
        ("/operations/0/effect", "raed".into(), "raed"),
        ("/operations/0/source/line", (-1).into(), "below"),
        ("/operations/0/params/0/in", "cookie".into(), "cookie"),
        ("/operations/0/params/0/required", "maybe".into(), "maybe"),
        ("/operations/0/params/0/required", "one_of".into(), ""),
        ("/operations/0/samples/0/state", "good".into(), "good"),
        ("/operations/0/formats/0", "yaml".into(), "yaml"),
        ("/codes/0/kind", "fatal".into(), "fatal"),
        ("/codes/0/code", "1000".into(), "is no"),
    ] {
        let mut value = right.clone();
        *value
            .pointer_mut(pointer)
            .unwrap_or_else(|| panic!("there is no {pointer}")) = wrong;
        let errors = schema.of("Entity", &value);
        if why.is_empty() {
            assert!(errors.is_empty(), "{pointer}: {errors:?}");
        } else {
            assert!(
                errors.iter().any(|error| error.contains(why)),
                "{pointer}: {errors:?}"
            );
        }
    }
    let mut value = right.clone();
    value["operations"][0]
        .as_object_mut()
        .unwrap()
        .shift_remove("path");
    value["operations"][0]["pfad"] = "/x".into();
    let errors = schema.of("Entity", &value);
    assert!(
        errors.iter().any(|error| error.contains("path is missing"))
            && errors
                .iter()
                .any(|error| error.contains("pfad is not described")),
        "{errors:?}"
    );
    assert!(!schema.of("Api", right).is_empty() && !schema.of("Entity", &parsed[0].1).is_empty());
}

#[test]
fn ids_and_names_are_unique() {
    let mut ids = HashSet::new();
    for entity in &spec().entities {
        for operation in &entity.operations {
            assert!(
                ids.insert(operation.id.as_str()),
                "{} stands for two operations",
                operation.id
            );
            assert!(
                operation.id.starts_with(&format!("{}.", entity.entity)),
                "{} is in {}",
                operation.id,
                entity.entity
            );
            assert!(
                !operation.path.contains(['?', ' ', '`', '<']) && operation.path.starts_with('/'),
                "{}: {}",
                operation.id,
                operation.path
            );
            assert!(
                spec().api.hosts.contains_key(&operation.host),
                "{}: there is no host {}",
                operation.id,
                operation.host
            );
        }
        let mut codes = HashSet::new();
        let mut names = HashSet::new();
        for code in &entity.codes {
            assert!(
                codes.insert(code.code),
                "{}: {} stands there twice",
                entity.entity,
                code.code
            );
            assert!(
                names.insert(code.name.as_str()),
                "{}: {} is the name of two codes",
                entity.entity,
                code.name
            );
            assert!(
                syn::parse_str::<syn::Ident>(&code.name).is_ok(),
                "{:?} is no name",
                code.name
            );
        }
    }
    assert!(ids.len() > 100, "{} operations", ids.len());
}

/// The name of an object type, without `list` and `map`.
fn inner(ty: &str) -> &str {
    let mut ty = ty;
    while let Some(item) = ty.strip_prefix("list<").or_else(|| ty.strip_prefix("map<")) {
        ty = item.strip_suffix('>').unwrap_or(item);
    }
    ty
}

const PLAIN: &[&str] = &[
    "string", "integer", "number", "boolean", "datetime", "date", "any",
];

#[test]
fn every_type_is_known_and_every_known_type_is_used() {
    for entity in &spec().entities {
        let mut used: Vec<&str> = Vec::new();
        for operation in &entity.operations {
            used.extend(
                operation
                    .request
                    .as_deref()
                    .into_iter()
                    .chain(operation.response.as_deref()),
            );
            used.extend(operation.params.iter().map(|param| inner(&param.ty)));
        }
        for (name, def) in &entity.types {
            assert!(
                def.fields.is_some() != def.values.is_some(),
                "{name} is neither an object nor an enumeration"
            );
            used.extend(def.fields.iter().flatten().map(|field| inner(&field.ty)));
            let fields: Vec<&str> = def
                .fields
                .iter()
                .flatten()
                .map(|field| field.name.as_str())
                .collect();
            assert_eq!(
                fields.iter().collect::<HashSet<_>>().len(),
                fields.len(),
                "{name} has a field twice: {fields:?}"
            );
        }
        for name in &used {
            assert!(
                PLAIN.contains(name) || entity.types.contains_key(*name),
                "{}: there is no type {name}",
                entity.entity
            );
        }
        for name in entity.types.keys() {
            assert!(
                used.contains(&name.as_str()),
                "{}: nothing uses {name}",
                entity.entity
            );
        }
    }
}

/// Follows `root.customer[].mobile` from a type on.
fn resolve(entity: &Entity, start: &str, at: &str) -> Result<(), String> {
    let mut ty = start.to_owned();
    let mut rest = at;
    // A body may itself be a list.
    if let Some(tail) = rest.strip_prefix("[]") {
        ty = ty
            .strip_prefix("list<")
            .and_then(|item| item.strip_suffix('>'))
            .ok_or(format!("{ty} is no list"))?
            .to_owned();
        rest = tail.strip_prefix('.').unwrap_or(tail);
    }
    while !rest.is_empty() {
        let def = entity
            .types
            .get(&ty)
            .ok_or_else(|| format!("{ty} has no fields, {rest} is left"))?;
        // Names may hold dots: the longest that fits is meant.
        let field = def
            .fields
            .iter()
            .flatten()
            .filter(|field| {
                rest.strip_prefix(field.name.as_str())
                    .is_some_and(|tail| tail.is_empty() || tail.starts_with(['.', '[']))
            })
            .max_by_key(|field| field.name.len())
            .ok_or_else(|| format!("{ty} has no field for {rest}"))?;
        rest = &rest[field.name.len()..];
        ty.clone_from(&field.ty);
        while let Some(tail) = rest.strip_prefix("[]") {
            ty = ty
                .strip_prefix("list<")
                .and_then(|item| item.strip_suffix('>'))
                .ok_or(format!("{} is no list", field.name))?
                .to_owned();
            rest = tail;
        }
        if ty.starts_with("list<") {
            return Err(format!(
                "{} is a list, and {at} does not say so",
                field.name
            ));
        }
        rest = rest.strip_prefix('.').unwrap_or(rest);
    }
    Ok(())
}

#[test]
fn every_body_parameter_stands_in_the_tree() {
    let mut count = 0;
    let mut lost = Vec::new();
    for entity in &spec().entities {
        for operation in &entity.operations {
            for param in operation
                .params
                .iter()
                .filter(|param| param.place == In::Body)
            {
                count += 1;
                let request = operation
                    .request
                    .as_deref()
                    .unwrap_or_else(|| panic!("{} has a body parameter and no body", operation.id));
                let at = param
                    .at
                    .as_deref()
                    .unwrap_or_else(|| panic!("{}: {} has no place", operation.id, param.name));
                lost.extend(
                    resolve(entity, request, at)
                        .err()
                        .map(|error| format!("{}: {at}: {error}", operation.id)),
                );
            }
        }
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
    assert!(count > 300, "{count} body parameters");
}

#[test]
fn path_parameters_are_in_the_path_and_groups_in_the_operation() {
    let mut wrong = Vec::new();
    for operation in spec().entities.iter().flat_map(|entity| &entity.operations) {
        let declared: Vec<&str> = operation
            .params
            .iter()
            .filter(|param| param.place == In::Path)
            .map(|param| param.name.as_str())
            .collect();
        for segment in operation.path.split('/') {
            if let Some(name) = segment
                .strip_prefix('{')
                .and_then(|rest| rest.strip_suffix('}'))
            {
                assert!(
                    declared.contains(&name),
                    "{}: {segment} is no parameter",
                    operation.id
                );
            }
        }
        for name in declared {
            assert!(
                operation.path.contains(&format!("{{{name}}}")),
                "{}: {name} is not in {}",
                operation.id,
                operation.path
            );
        }
        for param in &operation.params {
            let known = |name: &&String| operation.params.iter().any(|other| other.name == **name);
            // An optional parameter may have a group, too: then at most one of it is sent.
            let fine = (param.required != Required::OneOf || !param.group.is_empty())
                && param.group.iter().all(|name| known(&name))
                && (param.group.is_empty() || param.group.contains(&param.name));
            if !fine {
                wrong.push(format!(
                    "{}: {} is {:?} with {:?}",
                    operation.id, param.name, param.required, param.group
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_source_is_a_line_of_the_docs() {
    fn walk(value: &Value, out: &mut Vec<Source>) {
        match value {
            Value::Object(map)
                if map.len() == 2 && map.contains_key("file") && map.contains_key("line") =>
            {
                out.push(serde_json::from_value(value.clone()).unwrap());
            }
            Value::Object(map) => map.values().for_each(|value| walk(value, out)),
            Value::Array(list) => list.iter().for_each(|value| walk(value, out)),
            _ => {}
        }
    }
    let mut sources = Vec::new();
    walk(&serde_json::to_value(spec()).unwrap(), &mut sources);
    assert!(sources.len() > 3000, "{} sources", sources.len());
    let mut blank = BTreeSet::new();
    for source in sources {
        let (_, file) = READING
            .sources
            .files()
            .find(|(_, file)| file.path == source.file)
            .unwrap_or_else(|| panic!("there is no {}", source.file));
        let line = file.line(
            (source.line as usize)
                .checked_sub(1)
                .unwrap_or_else(|| panic!("{} has no line 0", source.file)),
        );
        if line.trim().is_empty() {
            blank.insert(format!("{}:{}", source.file, source.line));
        }
    }
    assert!(blank.is_empty(), "sources are blank lines: {blank:?}");
}

/// A row of a table, as a reader sees it who knows no more of Markdown than that tables have pipes.
struct Row {
    file: String,
    line: u32,
    text: String,
    heading: String,
    header: String,
    in_operation: bool,
}

/// All rows below a header and a line of dashes, outside of code.
fn rows() -> Vec<Row> {
    let mut out = Vec::new();
    for (path, bytes) in TEXTS
        .0
        .iter()
        .filter(|(path, _)| path.starts_with("includes/"))
    {
        let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n");
        let lines: Vec<&str> = text.split('\n').collect();
        let mut heading = String::new();
        let mut in_operation = false;
        let mut header: Option<String> = None;
        let mut code = false;
        for (number, line) in lines.iter().enumerate() {
            let trimmed = line.trim();
            if let Some(language) = trimmed.strip_prefix("```") {
                // A fence with a language opens, whatever was open before.
                code = !language.is_empty() || !code;
                continue;
            }
            if trimmed.starts_with("##") && trimmed.trim_start_matches('#').starts_with([' ', '\t'])
            {
                code = false;
                header = None;
                heading = trimmed.trim_start_matches('#').trim().to_lowercase();
                in_operation |=
                    heading.contains("resource info") || heading.contains("request url");
                continue;
            }
            if code {
                continue;
            }
            let dashes = |line: &str| {
                line.contains("---")
                    && line
                        .chars()
                        .all(|c| matches!(c, '-' | '|' | ':' | ' ' | '\t'))
            };
            if dashes(trimmed) && trimmed.contains('|') {
                header = number
                    .checked_sub(1)
                    .map(|above| lines[above].to_lowercase());
            } else if !trimmed.contains('|') || trimmed.starts_with("<aside") {
                header = None;
            } else if let Some(header) = &header {
                out.push(Row {
                    file: path.clone(),
                    line: u32::try_from(number + 1).unwrap(),
                    text: trimmed.to_owned(),
                    heading: heading.clone(),
                    header: header.clone(),
                    in_operation,
                });
            }
        }
    }
    out
}

/// Lines of parameters and of codes, and lines that a finding is about.
fn accounted() -> BTreeMap<String, BTreeSet<u32>> {
    let mut out: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
    let mut add = |source: &Source| {
        out.entry(source.file.clone())
            .or_default()
            .insert(source.line);
    };
    for entity in &spec().entities {
        for operation in &entity.operations {
            operation
                .params
                .iter()
                .flat_map(|param| std::iter::once(&param.source).chain(&param.also))
                .for_each(&mut add);
        }
        entity
            .types
            .values()
            .flat_map(|def| def.fields.iter().flatten())
            .flat_map(|field| &field.source)
            .for_each(&mut add);
        entity
            .codes
            .iter()
            .flat_map(|code| &code.source)
            .for_each(&mut add);
    }
    spec()
        .api
        .codes
        .iter()
        .flat_map(|code| &code.source)
        .for_each(&mut add);
    for finding in READING.diagnostics.report(&READING.sources) {
        out.entry(finding.place.file)
            .or_default()
            .insert(finding.place.line);
    }
    out
}

fn missing(kind: &str, fits: impl Fn(&Row) -> bool, at_least: usize) {
    let accounted = accounted();
    let rows: Vec<Row> = rows().into_iter().filter(fits).collect();
    assert!(rows.len() >= at_least, "only {} {kind}", rows.len());
    let lost: Vec<String> = rows
        .iter()
        .filter(|row| {
            !accounted
                .get(&row.file)
                .is_some_and(|lines| lines.contains(&row.line))
        })
        .map(|row| {
            format!(
                "{}:{}: {} (under {:?})",
                row.file, row.line, row.text, row.heading
            )
        })
        .collect();
    assert!(
        lost.is_empty(),
        "{} of {} {kind} are neither in the spec nor named by a finding:\n{}",
        lost.len(),
        rows.len(),
        lost.join("\n")
    );
}

fn first_cell(row: &str) -> String {
    row.trim_start_matches('|')
        .split('|')
        .next()
        .unwrap_or_default()
        .trim()
        .trim_matches(['*', '`'])
        .to_lowercase()
}

#[test]
fn no_row_of_a_parameter_table_is_lost() {
    let names = [
        "parameter",
        "parameters",
        "attribute",
        "attributes",
        "field",
        "header",
    ];
    missing(
        "parameter rows",
        |row| {
            row.in_operation
                && names.contains(&first_cell(&row.header).as_str())
                && !row.heading.contains("resource info")
        },
        900,
    );
}

#[test]
fn no_row_of_a_code_table_is_lost() {
    missing(
        "code rows",
        |row| {
            first_cell(&row.header) == "code"
                && (row.heading.contains("code") || row.heading.contains("error"))
        },
        400,
    );
}

#[test]
fn no_sample_is_lost() {
    let mut known: BTreeSet<(String, u32)> = spec()
        .entities
        .iter()
        .flat_map(|entity| &entity.operations)
        .flat_map(|operation| &operation.samples)
        .map(|sample| (sample.source.file.clone(), sample.source.line))
        .collect();
    known.extend(
        READING
            .diagnostics
            .report(&READING.sources)
            .into_iter()
            .map(|finding| (finding.place.file, finding.place.line)),
    );
    let mut count = 0;
    for (path, bytes) in TEXTS
        .0
        .iter()
        .filter(|(path, _)| path.starts_with("includes/"))
    {
        let text = String::from_utf8_lossy(bytes).into_owned();
        for (number, line) in text.lines().enumerate() {
            if line
                .trim()
                .strip_prefix("```")
                .is_some_and(|language| !language.trim().is_empty())
            {
                count += 1;
                let line = u32::try_from(number + 1).unwrap();
                assert!(
                    known.contains(&(path.clone(), line)),
                    "{path}:{line} is neither in the spec nor named by a finding"
                );
            }
        }
    }
    assert!(count > 400, "{count} samples");
}
