//! What samples show of a message, JSON and XML merged.

use indexmap::IndexMap;

use super::value::{Look, Scalar, is_placeholder, look_of_text};
use crate::claims::{Basis, Witness};
use crate::dialect::Wire;
use crate::sample::{Format, Tree};
use crate::slate::source::Span;

/// How many distinct values are kept.
const VALUES: usize = 24;

/// How many places are kept where a value is shown.
const SEEN: usize = 8;

/// What a sample shows in a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// What it is: a type of the spec, or `text`, `digits`, `placeholder`, `null`, `empty text`,
    /// `empty list`, `empty object`.
    pub says: &'static str,
    /// How the sample is written.
    pub format: Format,
    /// The key.
    pub span: Span,
    /// True where another message shows it.
    pub lent: bool,
}

impl Seen {
    /// Who shows it.
    pub fn by(&self) -> Witness {
        match self.format {
            _ if self.lent => Witness::Elsewhere,
            Format::Json => Witness::Json,
            Format::Xml => Witness::Xml,
            Format::Url => Witness::SampleUrl,
        }
    }
}

/// Everything the samples show in one place of a message.
#[derive(Clone, Debug, Default)]
pub struct Shape {
    /// Members, where it is an object.
    pub fields: IndexMap<String, Shape>,
    /// True where a list, or several of it, were seen.
    pub list: bool,
    /// Who says so first, and where.
    pub listed: Option<(Witness, Span)>,
    /// Values, where it is a scalar.
    pub scalars: Vec<Scalar>,
    /// A value was seen that stands in no list.
    pub single: bool,
    /// `null`, `""`, `[]` or `{}` was seen.
    pub empty: bool,
    /// `""` was seen in JSON: of all that is empty, only this says that it is text.
    pub empty_text: bool,
    /// `[]` was seen in JSON.
    pub empty_list: bool,
    /// A list of lists was seen.
    pub nested: bool,
    /// A list of values and of objects was seen.
    pub mixed: bool,
    /// `{}` was seen in JSON.
    pub empty_object: bool,
    /// Places.
    pub spans: Vec<Span>,
    /// What samples show there.
    pub seen: Vec<Seen>,
    /// Remarks beside it.
    pub remarks: Vec<String>,
    /// True where documentation put it here and no sample shows it.
    pub documented_only: bool,
    /// What it rests on that it stands here.
    pub basis: Basis,
}

impl Shape {
    /// What stands outside of a body: a text, whatever it says.
    #[must_use]
    pub fn outside() -> Self {
        Self {
            empty_text: true,
            ..Self::default()
        }
    }

    /// Adds a text that stands outside of a body.
    pub fn show_text(&mut self, text: &str, span: Span) {
        // As URLs write blanks.
        let text = &text.replace("%20", " ");
        let text = match look_of_text(&text.replace('+', " ")) {
            Look::Datetime => text.replace('+', " "),
            _ => text.clone(),
        };
        let text = text.as_str();
        if self.seen.len() < SEEN {
            let tree = Tree::Text(text.to_owned());
            self.seen.push(Seen {
                says: word(&tree, Format::Url),
                format: Format::Url,
                span,
                lent: false,
            });
        }
        self.scalar(Scalar::Text(text.to_owned()));
    }

    /// True where nothing but emptiness was seen.
    #[must_use]
    pub fn is_bare(&self) -> bool {
        self.fields.is_empty() && self.scalars.is_empty()
    }

    /// Removes remarks that are never filled.
    pub fn drop_empty_remarks(&mut self, wire: &Wire) {
        self.fields
            .retain(|key, field| !(wire.empty_remarks.contains(key) && field.is_bare()));
        for field in self.fields.values_mut() {
            field.drop_empty_remarks(wire);
        }
    }

    /// Whether a field has this name, wherever it stands.
    #[must_use]
    pub fn holds(&self, name: &str) -> bool {
        let mut fields = self.fields.iter();
        fields.any(|(key, field)| key.eq_ignore_ascii_case(name) || field.holds(name))
    }

    /// The shape below a path of keys.
    #[must_use]
    pub fn get(&self, path: &[String]) -> Option<&Shape> {
        path.iter()
            .try_fold(self, |shape, key| shape.fields.get(key))
    }

    /// The shape below a path of keys.
    pub fn get_mut(&mut self, path: &[String]) -> Option<&mut Shape> {
        path.iter()
            .try_fold(self, |shape, key| shape.fields.get_mut(key))
    }

    /// A field that no sample shows: documentation says that there is one, and where it stands rests on something else.
    #[must_use]
    pub fn documented(basis: Basis) -> Self {
        Self {
            documented_only: true,
            empty: true,
            basis,
            ..Self::default()
        }
    }

    /// Makes a list of it, if it is none: this says that there may be several.
    pub fn make_list(&mut self, by: Witness, span: Span) {
        if !self.list {
            self.list = true;
            self.listed = Some((by, span));
        }
    }

    /// Where it is first seen that there may be several.
    #[must_use]
    pub fn list_place(&self) -> Option<Span> {
        let listed = self.listed.map(|(_, span)| span);
        listed.or_else(|| self.spans.first().copied())
    }

    /// What each member of an object is, where all have numbers for names: such a name says which thing it is.
    #[must_use]
    pub fn each(&self) -> Option<Shape> {
        let number =
            |key: &String| !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_digit());
        let mut members = self.fields.iter();
        let numbered = !self.fields.is_empty()
            && members.all(|(key, field)| number(key) && !field.documented_only);
        numbered.then(|| {
            let mut each = Shape::default();
            self.fields.values().for_each(|member| each.join(member));
            each
        })
    }

    /// Adds what another place shows, as if it were shown here.
    fn join(&mut self, other: &Shape) {
        for (key, field) in &other.fields {
            self.fields.entry(key.clone()).or_default().join(field);
        }
        for scalar in &other.scalars {
            self.scalar(scalar.clone());
        }
        self.list |= other.list;
        self.listed = self.listed.or(other.listed);
        self.single |= other.single;
        self.empty |= other.empty;
        self.empty_text |= other.empty_text;
        self.empty_list |= other.empty_list;
        self.nested |= other.nested;
        self.mixed |= other.mixed;
        self.empty_object |= other.empty_object;
        let room = SEEN.saturating_sub(self.seen.len());
        self.seen.extend(other.seen.iter().take(room));
        if self.spans.len() < 4 {
            self.spans.extend(other.spans.iter().take(1));
        }
        self.remarks.extend(other.remarks.iter().cloned());
    }

    /// Makes a field of an object that is there, if it has none of this name: documentation says that there is one.
    pub fn document(&mut self, path: &[String]) {
        let Some((name, object)) = path.split_last() else {
            return;
        };
        if let Some(object) = self.get_mut(object) {
            object
                .fields
                .entry(name.clone())
                .or_insert_with(|| Shape::documented(Basis::Assumed));
        }
    }

    /// Adds what a sample shows. `base` is the offset of the sample in its file.
    pub fn add(&mut self, tree: &Tree, format: Format, file: u16, base: usize, wire: &Wire) {
        match tree {
            Tree::Null => self.empty = true,
            Tree::Bool(value) => self.scalar(Scalar::Bool(*value)),
            Tree::Number(text) => self.scalar(Scalar::Number(text.clone())),
            Tree::Text(text) if text.is_empty() => {
                self.empty = true;
                self.empty_text |= format == Format::Json;
            }
            Tree::Text(text) => self.scalar(Scalar::Text(text.clone())),
            Tree::List(items) if items.is_empty() => {
                self.empty = true;
                self.empty_list = true;
            }
            Tree::List(items) => {
                self.list = true;
                let has = |kind: fn(&Tree) -> bool| items.iter().any(kind);
                self.nested |= has(|item| matches!(item, Tree::List(_)));
                self.mixed |= has(|item| matches!(item, Tree::Object(_))) && has(is_value);
                let single = self.single;
                for item in items {
                    self.add(item, format, file, base, wire);
                }
                self.single = single;
            }
            Tree::Object(members) => {
                self.empty |= members.is_empty();
                self.empty_object |= members.is_empty();
                for (at, member) in members.iter().enumerate() {
                    if wire.remarks.contains(&member.key) {
                        continue;
                    }
                    // What XML has as an attribute, a conversion to JSON wrote with a dash.
                    let key = member
                        .key
                        .strip_prefix('-')
                        .map_or_else(|| member.key.clone(), |name| format!("@{name}"));
                    let field = self.fields.entry(key).or_default();
                    let repeated = members[..at].iter().any(|other| other.key == member.key);
                    field.list |= repeated && format == Format::Xml;
                    let span = Span::new(file, base + member.at.start, base + member.at.end);
                    if field.spans.len() < 4 {
                        field.spans.push(span);
                    }
                    if field.seen.len() < SEEN {
                        let says = word(&member.value, format);
                        field.seen.push(Seen {
                            says,
                            format,
                            span,
                            lent: false,
                        });
                    }
                    field.remarks.extend(member.remark.clone());
                    let several = members.iter().filter(|other| other.key == member.key);
                    let single = several.count() == 1 || field.single;
                    field.add(&member.value, format, file, base, wire);
                    field.single &= single;
                    if field.list && field.listed.is_none() {
                        let by = match format {
                            Format::Xml => Witness::Xml,
                            Format::Json | Format::Url => Witness::Json,
                        };
                        field.listed = Some((by, span));
                    }
                }
            }
        }
    }

    fn scalar(&mut self, scalar: Scalar) {
        self.single = true;
        if self.scalars.len() < VALUES && !self.scalars.contains(&scalar) {
            self.scalars.push(scalar);
        }
    }
}

fn is_value(tree: &Tree) -> bool {
    matches!(tree, Tree::Text(_) | Tree::Number(_) | Tree::Bool(_)) && !tree.is_empty()
}

/// What a value of a sample is. Of texts, and of everything in XML, what it looks like.
fn word(tree: &Tree, format: Format) -> &'static str {
    match tree {
        Tree::Null => "null",
        Tree::Bool(_) => "boolean",
        Tree::Number(text) if text.contains(['.', 'e', 'E']) => "number",
        Tree::Number(_) => "integer",
        Tree::Text(text) if text.is_empty() && format == Format::Xml => "empty element",
        Tree::Text(text) if text.is_empty() => "empty text",
        Tree::Text(text) if is_placeholder(text) => "placeholder",
        Tree::Text(text) => match look_of_text(text) {
            Look::Bool => "truth value",
            Look::Integer | Look::Number => "digits",
            Look::Date => "date",
            Look::Datetime => "datetime",
            Look::Text => "text",
        },
        Tree::List(items) => items
            .first()
            .map_or("empty list", |item| word(item, format)),
        Tree::Object(members) if members.is_empty() => "empty object",
        Tree::Object(_) => "object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::infer::canonical::{align, canonical, wrap_lists};
    use crate::sample;

    fn wire() -> Wire {
        Wire {
            item: "element".into(),
            roots: vec!["root".into(), "response".into()],
            request_root: "root".into(),
            response_root: "response".into(),
            ..Wire::default()
        }
    }

    fn document(text: &str) -> Tree {
        canonical(&sample::parse(text).unwrap().documents[0], &wire())
    }

    #[test]
    fn leftovers_of_conversions_go() {
        let tree =
            document("<root><root><redeem><element><a>1</a></element></redeem></root></root>");
        let items = tree.get("root").unwrap().get("redeem").unwrap();
        assert!(
            matches!(items, Tree::List(items) if items.len() == 1 && items[0].get("a").is_some())
        );
        let tree = document("<root><response><status>1</status></response></root>");
        assert!(tree.get("response").is_some());
    }

    #[test]
    fn one_format_lacks_the_document_element() {
        let mut documents = [
            document("<response><status><code>1</code></status></response>"),
            document(r#"{"status": {"code": 1}}"#),
        ];
        assert_eq!(align(&mut documents, &wire()), [1]);
        assert!(
            documents[1]
                .get("response")
                .unwrap()
                .get("status")
                .is_some()
        );
    }

    #[test]
    fn a_list_without_its_wrapper_gets_it() {
        let mut documents = [
            document("<r><coupons><coupon><a>1</a></coupon></coupons></r>"),
            document(r#"{"r": {"coupons": [{"a": 1}, {"a": 2}]}}"#),
        ];
        assert_eq!(wrap_lists(&mut documents), [1]);
        assert!(
            matches!(documents[1].get("r").unwrap().get("coupons").unwrap().get("coupon"), Some(Tree::List(items)) if items.len() == 2)
        );
    }

    #[test]
    fn several_make_a_list() {
        let mut shape = Shape::default();
        for text in [
            "<r><c><a>1</a></c><c><a>2</a></c></r>",
            r#"{"r": {"c": {"a": "x", "b": []}}}"#,
        ] {
            let parsed = sample::parse(text).unwrap();
            shape.add(&parsed.documents[0], parsed.format, 0, 0, &wire());
        }
        let c = &shape.fields["r"].fields["c"];
        assert!(c.list);
        assert_eq!(c.fields["a"].scalars.len(), 3);
        assert!(c.fields["b"].is_bare() && c.fields["b"].empty_list);
    }
}
