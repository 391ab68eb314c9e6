//! What each rule decides.

use super::*;
use crate::diagnostics::Diagnostics;
use crate::dialect::{Dialect, WrittenType};
use crate::infer::shape::Shape;
use crate::infer::value::Scalar;
use crate::read::facts::ParamRow;
use crate::slate::source::Span;

const SPAN: Span = Span {
    file: 0,
    start: 0,
    end: 1,
};

fn ty(name: &str, values: &[&str], written: Option<WrittenType>) -> Kind {
    let shape = Shape {
        scalars: values
            .iter()
            .map(|value| Scalar::Text((*value).to_owned()))
            .collect(),
        ..Shape::default()
    };
    let row = written.map(|written| ParamRow {
        above: Vec::new(),
        linked: Vec::new(),
        stated: None,
        place: None,
        names: vec![name.to_owned()],
        together: crate::read::facts::Names::One,
        mark: String::new(),
        preset: None,
        items: None,
        written: Some(written),
        doc: String::new(),
        values: Vec::new(),
        default: None,
        format: None,
        limit: None,
        span: SPAN,
        cells: crate::read::facts::Cells::of_line(SPAN),
    });
    ask(name, &shape, row.as_ref(), &Evidence::default())
}

fn ask(name: &str, shape: &Shape, row: Option<&ParamRow>, evidence: &Evidence) -> Kind {
    let dialect = Dialect::parse("d", include_str!("../../../../spec/dialect.yaml")).unwrap();
    let question = Question {
        name,
        shape,
        row,
        beside: &["name".to_owned()],
        inside: "",
        elsewhere: Elsewhere {
            entity: evidence,
            api: &Evidence::default(),
        },
        answer: None,
        hints: &dialect.names,
        place: Span::new(0, 0, 1),
    };
    decide(question, &mut Diagnostics::default()).kind
}

/// What an entity knows that shows these values of one field.
fn shown(name: &str, values: &[&str]) -> Evidence {
    let field = Shape {
        spans: vec![Span::new(0, 0, 1)],
        scalars: values
            .iter()
            .map(|value| Scalar::Text((*value).to_owned()))
            .collect(),
        ..Shape::default()
    };
    let mut evidence = Evidence::default();
    evidence.shape(&Shape {
        fields: [(name.to_owned(), field)].into(),
        ..Shape::default()
    });
    evidence
}

#[test]
fn a_remark_lists_the_values_of_a_field_that_is_only_seen_empty() {
    let mut shape = Shape {
        empty: true,
        remarks: vec!["postage_on can be on PARCEL or PALLET".to_owned()],
        ..Shape::default()
    };
    let listed = Kind::Values(vec!["PARCEL".to_owned(), "PALLET".to_owned()]);
    assert_eq!(
        ask("postage_on", &shape, None, &Evidence::default()),
        listed
    );
    // Shown as true or false, it is none of them.
    shape.scalars = vec![Scalar::Bool(true)];
    assert_eq!(
        ask("postage_on", &shape, None, &Evidence::default()),
        Kind::Plain("boolean")
    );
}

#[test]
fn what_is_shown_elsewhere_is_more_than_a_hint_of_the_name() {
    let empty = Shape {
        empty: true,
        ..Shape::default()
    };
    for (name, elsewhere, want) in [
        ("price_group", &["BULKY"][..], "string"),
        ("price_group", &["7"], "number"),
        ("price_group", &[], "number"),
        ("price_type", &[], "any"),
        ("discount_code", &[], "any"),
    ] {
        assert_eq!(
            ask(name, &empty, None, &shown(name, elsewhere)),
            Kind::Plain(want),
            "{name} {elsewhere:?}"
        );
    }
}

#[test]
fn samples_and_names_decide_without_a_table() {
    for (name, values, want) in [
        ("success", &["true"][..], "boolean"),
        ("user_id", &["98662653"], "integer"),
        ("mobile", &["919700000000"], "string"),
        ("target_mobile", &["919700000000"], "string"),
        ("code", &["06000041"], "string"),
        ("local_value", &["10"], "number"),
        ("value", &["10"], "string"),
        ("ratio", &["1"], "number"),
        ("bill_number", &["123"], "string"),
        ("offset", &["+170306148"], "string"),
        ("created_on", &["2016-09-11 11:11:11"], "datetime"),
        ("created_on", &["2016-09-11"], "date"),
        (
            "created_on",
            &["2016-09-11", "2016-09-11T11:11:11Z"],
            "datetime",
        ),
        ("points", &["1", "2.5"], "number"),
        ("anything", &[], "any"),
        ("totalPoints", &[], "number"),
        ("qty", &["2"], "number"),
        ("points_count", &["2"], "integer"),
        ("modified_on", &[], "datetime"),
        ("identifier", &["971564265901"], "string"),
        ("to", &["447700900000"], "string"),
        ("start_date", &["20120820"], "date"),
        ("number", &["7"], "string"),
        ("sent_on", &["the date in ISO form"], "datetime"),
        ("sent_on", &["the date in ISO form", "2016-09-11"], "date"),
        ("sent_on", &["next Monday"], "string"),
        ("note", &["the date in ISO form"], "string"),
    ] {
        assert_eq!(
            ty(name, values, None),
            Kind::Plain(want),
            "{name} {values:?}"
        );
    }
}

#[test]
fn tables_win_unless_samples_contradict() {
    for (name, values, written, want) in [
        (
            "redemption_id",
            &["r0njPT"][..],
            WrittenType::Integer,
            "string",
        ),
        // Whatever a table or a sample shows, half a point may come.
        ("points", &["100"], WrittenType::Integer, "number"),
        ("visits", &["100"], WrittenType::Integer, "integer"),
        ("mobile", &["44700900000"], WrittenType::Integer, "string"),
        ("code", &["7"], WrittenType::String, "string"),
        ("flag", &["1"], WrittenType::Boolean, "boolean"),
        ("issue_otp", &["true"], WrittenType::Boolean, "boolean"),
        ("value", &["31.27"], WrittenType::Number, "number"),
        ("flag", &["maybe"], WrittenType::Boolean, "string"),
        ("nextSerialNumber", &["2"], WrittenType::Integer, "integer"),
        ("lifetime_purchases", &["0"], WrittenType::Integer, "number"),
    ] {
        assert_eq!(ty(name, values, Some(written)), Kind::Plain(want), "{name}");
    }
}
