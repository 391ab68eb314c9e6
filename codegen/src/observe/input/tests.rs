use std::io::Read;

use proptest::prelude::*;

use super::*;

/// Gives its bytes in pieces of these sizes, one after the other and again.
struct Pieces<'a> {
    bytes: &'a [u8],
    sizes: &'a [usize],
    at: usize,
}

impl Read for Pieces<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let size = self.sizes[self.at % self.sizes.len()];
        self.at += 1;
        let count = size.min(into.len()).min(self.bytes.len());
        let (now, rest) = self.bytes.split_at(count);
        into[..count].copy_from_slice(now);
        self.bytes = rest;
        Ok(count)
    }
}

type Cut = (Vec<(String, Place)>, Vec<Problem>);

fn cut_in(bytes: &[u8], sizes: &[usize]) -> Cut {
    let mut records = Vec::new();
    let reader = Pieces {
        bytes,
        sizes,
        at: 0,
    };
    let problems = split(reader, &mut |batch| {
        for (record, place) in batch.iter() {
            records.push((String::from_utf8_lossy(record).trim().to_owned(), place));
        }
    });
    (records, problems.unwrap())
}

fn cut(text: &str) -> Cut {
    cut_in(text.as_bytes(), &[usize::MAX])
}

fn texts(cut: &Cut) -> Vec<&str> {
    cut.0.iter().map(|(text, _)| text.as_str()).collect()
}

const LINES: &str = "\u{feff}{\"a\":1}\r\n\n  {\"b\":\"x\\n\"}  \nbroken\n{\"c\":3}";

#[test]
fn lines_are_records() {
    let cut = cut(LINES);
    assert_eq!(
        texts(&cut),
        ["{\"a\":1}", "{\"b\":\"x\\n\"}", "broken", "{\"c\":3}"]
    );
    let places: Vec<Place> = cut.0.iter().map(|(_, place)| *place).collect();
    assert_eq!(places, [1, 3, 4, 5].map(Place::Line));
    assert!(cut.1.is_empty());
    assert!(texts(&super::tests::cut("")).is_empty());
}

const ARCHIVE: &str = r#"{
  "version": {"entries": [{"no": 0}]},
  "log": {
    "creator": {"name": "a \"log\" of \\", "entries": [{"no": 1}]},
    "pages": [{"entries": [{"no": 2}]}],
    "entries": [
      {"yes": 1, "text": "}]{[ \"", "in": [{"entries": [1]}]},
      null, 7.5e3, "text", [{"no": 3}], {"yes": 2}
    ],
    "comment": {"entries": [{"no": 4}]}
  }
}"#;

#[test]
fn entries_of_an_archive_are_records() {
    let cut = cut(ARCHIVE);
    let yes = r#"{"yes": 1, "text": "}]{[ \"", "in": [{"entries": [1]}]}"#;
    assert_eq!(texts(&cut), [yes, r#"{"yes": 2}"#]);
    let at = ARCHIVE.find(yes).unwrap() as u64;
    assert_eq!(cut.0[0].1, Place::Byte(at));
    let faults: Vec<Fault> = cut.1.iter().map(|problem| problem.fault).collect();
    assert_eq!(faults, [Fault::NoObject; 4]);
    // In one line, too.
    let flat = ARCHIVE.replace('\n', "");
    assert_eq!(texts(&super::tests::cut(&flat)), texts(&cut));
}

#[test]
fn a_file_may_end_anywhere() {
    for (text, count) in [
        (r#"{"log": {"entries": [{"a": 1}, {"b": "#, 1),
        (r#"{"log": {"entries": [{"a": 1}"#, 1),
        (r#"{"log": {"creator": "x"#, 0),
    ] {
        let cut = cut(text);
        assert_eq!(cut.0.len(), count, "{text}");
        assert_eq!(cut.1.len(), 1, "{text}");
        assert_eq!(cut.1[0].fault, Fault::CutOff, "{text}");
    }
}

#[test]
fn what_is_too_long_is_left_out() {
    let long = "x".repeat(LIMIT + 10);
    let lines = format!("{{\"a\":1}}\n{{\"b\":\"{long}\"}}\n{{\"c\":3}}\n");
    let cut = cut_in(lines.as_bytes(), &[100_000]);
    assert_eq!(texts(&cut), ["{\"a\":1}", "{\"c\":3}"]);
    let problem = |place| Problem {
        place,
        fault: Fault::TooLong,
    };
    assert_eq!(cut.1, [problem(Place::Line(2))]);
    assert_eq!(cut.0[1].1, Place::Line(3));

    let archive = format!(r#"{{"log":{{"entries":[{{"a":1}},{{"b":"{long}"}},{{"c":3}}]}}}}"#);
    let cut = cut_in(archive.as_bytes(), &[100_000]);
    assert_eq!(texts(&cut), ["{\"a\":1}", "{\"c\":3}"]);
    let at = archive.find(r#"{"b""#).unwrap() as u64;
    assert_eq!(cut.1, [problem(Place::Byte(at))]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn where_a_stream_is_cut_changes_nothing(sizes in prop::collection::vec(1_usize..40, 1..12)) {
        for text in [LINES, ARCHIVE] {
            prop_assert_eq!(cut_in(text.as_bytes(), &sizes), cut(text));
        }
    }

    #[test]
    fn any_bytes_are_cut(text in "[\\[\\]{}\",:\\\\a-c0-9 \n]{0,200}", sizes in prop::collection::vec(1_usize..9, 1..5)) {
        let whole = cut(&text);
        prop_assert_eq!(cut_in(text.as_bytes(), &sizes), whole);
        let log = format!("{{\"log\":{{\"entries\":[{text}");
        prop_assert_eq!(cut_in(log.as_bytes(), &sizes), cut(&log));
    }

    #[test]
    fn any_record_is_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..100), text in "\\PC{0,80}") {
        let _ = (record(&bytes).is_ok(), record(text.as_bytes()).is_ok());
    }
}

fn exchange(text: &str) -> crate::observe::Exchange<'_> {
    match record(text.as_bytes()) {
        Ok(Record::Exchange(exchange)) => *exchange,
        Ok(Record::Event(_)) => panic!("{text} is an event"),
        Err(fault) => panic!("{text}: {fault}"),
    }
}

#[test]
fn exchanges_are_written_in_several_ways() {
    for text in [
        r#"{"method":"POST","url":"/p?x=1","request":{"headers":{"A":"b"},"body":"{\"n\":1}"},"response":{"status":200,"headers":[["C","d"]],"body":{"ok":true}}}"#,
        r#"{"status":200,"request":{"method":"POST","url":"/p?x=1","headers":[["A","b"]],"body":{"n":1}},"response":{"headers":{"C":"d"},"body":"{\"ok\":true}"}}"#,
        r#"{"startedDateTime":"2024","request":{"method":"POST","url":"/p?x=1","headers":[{"name":"A","value":"b","comment":""}],"postData":{"text":"{\"n\":1}"}},"response":{"status":200,"headers":[{"name":"C","value":"d"}],"content":{"size":1,"text":"eyJvayI6dHJ1ZX0=","encoding":"base64"}}}"#,
    ] {
        let exchange = exchange(text);
        assert_eq!(
            (&*exchange.method, &*exchange.url, exchange.status),
            ("POST", "/p?x=1", 200)
        );
        let compact = |body: &[u8]| String::from_utf8_lossy(body).replace(' ', "");
        assert_eq!(compact(&exchange.request_body), r#"{"n":1}"#, "{text}");
        assert_eq!(compact(&exchange.response_body), r#"{"ok":true}"#, "{text}");
        assert_eq!(exchange.request_headers, [("A".into(), "b".into())]);
        assert_eq!(exchange.response_headers, [("C".into(), "d".into())]);
    }
    let none = exchange(
        r#"{"method":"GET","url":"/p","request":{"body":null},"response":{"status":204}}"#,
    );
    assert!(none.request_body.is_empty() && none.response_body.is_empty());
}

#[test]
fn forms_of_archives_are_written_as_they_would_be_sent() {
    let posted = |more: &str| {
        format!(
            r#"{{"request":{{"method":"POST","url":"/p","headers":[{{"name":"A","value":"b"}}],"postData":{more}}},"response":{{"status":200}}}}"#
        )
    };
    let form = "application/x-www-form-urlencoded";
    for (more, media_type, body) in [
        (r#"{"mimeType":"text/x","text":"a=b"}"#, "text/x", "a=b"),
        (
            r#"{"mimeType":"multipart/form-data; boundary=q","params":[{"name":"a[b]","value":"1&2"},{"name":"c","fileName":"canary.png"}]}"#,
            form,
            "a%5Bb%5D=1%262&c=masked",
        ),
        (r#"{"params":[{"name":"a","value":"é"}]}"#, form, "a=%C3%A9"),
    ] {
        let text = posted(more);
        let exchange = exchange(&text);
        assert_eq!(String::from_utf8_lossy(&exchange.request_body), body);
        let headers = &exchange.request_headers;
        assert_eq!(headers.len(), 2, "{more}");
        assert_eq!(headers[1], ("content-type".into(), media_type.into()));
    }
}

#[test]
fn drift_is_an_event() {
    let line = r#"{"drift":"misfit","operation":"parcel.get","path":"a[].b","wanted":"an integer","found":"string","count":2}"#;
    let Ok(Record::Event(event)) = record(line.as_bytes()) else {
        panic!("{line} is no event")
    };
    assert_eq!(
        (&*event.drift, event.count, event.code),
        ("misfit", 2, None)
    );
}

#[test]
fn what_is_no_record_is_named_without_what_it_holds() {
    for (text, fault) in [
        ("canary", Fault::NotJson(1)),
        ("[1]", Fault::NoObject),
        (r#"{"canary":1}"#, Fault::Neither),
        (
            r#"{"method":"GET","url":"canary","response":{"status":"canary"}}"#,
            Fault::Neither,
        ),
        (
            r#"{"method":"GET","url":"canary","response":{"status":70000}}"#,
            Fault::Neither,
        ),
        (r#"{"method":"GET","url":"can"#, Fault::CutOff),
        (r#"{"method" "canary"}"#, Fault::NotJson(11)),
        (r#"{"drift":"misfit","operation":7}"#, Fault::Neither),
    ] {
        let found = record(text.as_bytes()).err();
        assert_eq!(found, Some(fault), "{text}");
        assert!(!fault.to_string().contains("canary"));
    }
    let deep = format!(r#"{{"method":{}"#, "[".repeat(100_000));
    assert!(record(deep.as_bytes()).is_err());
}
