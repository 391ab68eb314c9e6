//! The program as it is started: what it refuses, what it says, and that nothing that must not come out does.

#![cfg(unix)]

use std::fmt::Write as _;
use std::fs;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::thread;

use slate_codegen::observe::input::{Record, record};

const SETTINGS: &str = r#"{
    "personal": ["mobile", "name", "otp", "code"],
    "query": {"size": ["LARGE"]},
    "members": {"size": ["LARGE"]},
    "outcomes": ["status"],
    "outcome_fields": ["success", "code"],
    "headers": ["content-type", "content-length", "accept"],
    "paths": ["/v1/parcel/{id}", "/v1/parcel/add"],
    "formats": ["json", "xml"],
    "names": ["mobile", "size", "note", "status", "code", "otp", "name"]
}"#;

/// A program that is ended with the test.
struct Program {
    child: Child,
    address: String,
    said: BufReader<std::process::ChildStderr>,
    text: String,
}

impl Drop for Program {
    fn drop(&mut self) {
        // It is gone already, where all went well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn command(to: &str, out: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_slate-recorder"));
    command
        .args(["--to", to, "--port", "0", "--out"])
        .arg(out)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn spawn(command: &mut Command) -> Child {
    let mut child = command.spawn().unwrap();
    // One that refuses its arguments reads nothing.
    let _ = child.stdin.take().unwrap().write_all(SETTINGS.as_bytes());
    child
}

fn start(command: &mut Command) -> Program {
    let mut child = spawn(command);
    let mut said = BufReader::new(child.stderr.take().unwrap());
    let mut text = String::new();
    while !text.contains("allow_http()") {
        assert_ne!(said.read_line(&mut text).unwrap(), 0, "{text}");
    }
    let rest = text.split("http://").nth(1).unwrap();
    let address = rest.split('"').next().unwrap().to_owned();
    Program {
        child,
        address,
        said,
        text,
    }
}

impl Program {
    /// Ends it as Ctrl-C does. Gives all that it said.
    fn end(mut self) -> String {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-INT", &id]).status().unwrap();
        assert!(sent.success());
        self.said.read_to_string(&mut self.text).unwrap();
        let mut out = String::new();
        let mut stdout = self.child.stdout.take().unwrap();
        stdout.read_to_string(&mut out).unwrap();
        assert!(self.child.wait().unwrap().success(), "{}", self.text);
        assert_eq!(out, "");
        std::mem::take(&mut self.text)
    }
}

fn refused(command: &mut Command) -> Output {
    let output = spawn(command).wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    output
}

/// Reads one message: its head, and as many bytes as that says.
fn message(stream: &mut TcpStream) -> Vec<u8> {
    let mut out = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&out).to_lowercase();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
            if body.len() >= length.unwrap_or(0) {
                return out;
            }
        }
        let read = stream.read(&mut piece).unwrap();
        assert_ne!(read, 0, "it broke off");
        out.extend_from_slice(&piece[..read]);
    }
}

/// An API that gives back the body that it got, with what stands in `X-Answer` as a header.
fn echo() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let asked = String::from_utf8(message(&mut stream)).unwrap();
            let (head, body) = asked.split_once("\r\n\r\n").unwrap();
            let named = |name: &str| head.lines().find_map(|line| line.strip_prefix(name));
            let header = named("x-answer: ").unwrap_or_default();
            let mut answer = format!("HTTP/1.1 200 Fine\r\nContent-Length: {}\r\n", body.len());
            if !header.is_empty() {
                write!(answer, "Set-Cookie: {header}\r\nX-More: {header}\r\n").unwrap();
            }
            write!(answer, "Connection: close\r\n\r\n{body}").unwrap();
            stream.write_all(answer.as_bytes()).unwrap();
        }
    });
    address
}

fn call(address: &str, head: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    let length = body.len();
    let request = format!(
        "{head}\r\nHost: {address}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut out = String::new();
    stream.read_to_string(&mut out).unwrap();
    out
}

fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}

/// Something that must not come out, in the forms that such things have. None of them is in another one.
fn canaries() -> [String; 4] {
    let letters: String = random()
        .to_le_bytes()
        .iter()
        .map(|byte| char::from(b'a' + byte % 26))
        .collect();
    let number = 40_000_000_000 + random() % 10_000_000_000;
    [
        letters.clone(),
        format!("{}{letters}", letters.to_uppercase()),
        number.to_string(),
        format!("{letters}@example.com"),
    ]
}

/// Bodies with `@@` where the canary goes: as a text, and as a key where it does not look like a name.
const BODIES: [&str; 15] = [
    r#"{"note":"@@","list":["@@",["@@"]],"o":{"o":{"note":" @@ "}}}"#,
    r#"{"mobile":"@@","customer_name":{"size":"@@","list":["@@"]}}"#,
    r#"{"status":{"success":"@@","code":"@@","message":"@@"}}"#,
    r#"{"a@@@":1,"@@ @@":{"b":2}}"#,
    r#"{"note":"{\"note\":\"@@\"}","date":"2024-01-31 @@"}"#,
    r#"{"note":"@@""#,
    r#"{"note":"@@","note":"@@"} "@@""#,
    r"<r><note>@@</note><n><![CDATA[@@]]></n><m>a<b/>@@</m></r>",
    r#"<r note="@@"><n mobile='@@'>@@</n></r>"#,
    r"<r><!-- @@ --><?php @@ ?><n>1</n></r>",
    r"<!DOCTYPE r [<!ENTITY a '@@'>]><r>&a;</r>",
    r"<r><n>@@</r>",
    r"<html><body>@@<br></body></html>",
    "note=@@&mobile=@@",
    "@@",
];

#[test]
fn what_must_not_come_out_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.ndjson");
    let program = start(&mut command(&echo(), &path));
    let mut all = Vec::new();
    let mut calls = 0;
    let mut go = |head: &str, body: &str, canary: &str| {
        let answer = call(&program.address, head, body);
        assert!(answer.starts_with("HTTP/1.1 200"), "{head}: {answer}");
        assert!(answer.ends_with(&format!("\r\n\r\n{body}")), "{answer}");
        all.push((canary.to_lowercase(), format!("{head} {body}")));
        calls += 1;
    };
    for body in BODIES {
        for canary in canaries() {
            go(
                "POST /v1/parcel/add HTTP/1.1\r\nContent-Type: application/json",
                &body.replace("@@", &canary),
                &canary,
            );
        }
    }
    for head in [
        "GET /v1/parcel/@@ HTTP/1.1",
        "GET /v1/parcel/@@.json HTTP/1.1",
        "GET /v1/parcel/add?id=@@&mobile=@@&status=@@ HTTP/1.1",
        "GET /v1/parcel/add?@@ HTTP/1.1",
        "GET /v1/parcel/add?id=1&a=b=@@ HTTP/1.1",
        "GET /v1/parcel/add?&&x[@@]=1 HTTP/1.1",
        "POST /v1/parcel/add HTTP/1.1\r\nAuthorization: Basic @@\r\nCookie: a=@@",
        "POST /v1/parcel/add HTTP/1.1\r\nX-Own: @@\r\nReferer: http://a/@@\r\nX-Answer: @@",
        "POST /v1/parcel/add HTTP/1.1\r\nContent-Type: text/xml; boundary=@@",
    ] {
        for canary in canaries() {
            go(&head.replace("@@", &canary), "", &canary);
        }
    }
    // Numbers as codes have them, at places that say nothing of an outcome.
    for body in [
        r#"{"mobile":@@,"code":"@@","otp1":@@,"smsOtp":[@@],"name":{"a":{"b":@@}}}"#,
        "<r code='@@'><otp>@@</otp><name><a>@@</a></name></r>",
    ] {
        let canary = (700_000 + random() % 90_000).to_string();
        go(
            "POST /v1/parcel/add HTTP/1.1",
            &body.replace("@@", &canary),
            &canary,
        );
    }

    let said = program.end();
    assert!(
        said.contains(&format!("{calls} exchanges written")),
        "{said}"
    );
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(text.lines().count(), calls);
    for line in text.lines() {
        assert!(
            matches!(record(line.as_bytes()), Ok(Record::Exchange(_))),
            "{line}"
        );
    }
    let (text, said) = (text.to_lowercase(), said.to_lowercase());
    for (canary, place) in &all {
        assert!(!text.contains(canary.as_str()), "{canary} of {place}");
        assert!(!said.contains(canary.as_str()), "{canary} of {place}");
    }
}

#[test]
fn a_file_is_the_owners_and_is_not_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.ndjson");
    let to = echo();
    let head = "GET /v1/parcel/add HTTP/1.1";

    let program = start(&mut command(&to, &path));
    call(&program.address, head, "");
    assert!(program.end().contains("1 exchanges written"));
    let mode = fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let before = fs::read_to_string(&path).unwrap();

    let output = refused(&mut command(&to, &path));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("--append"), "{said}");
    assert_eq!(fs::read_to_string(&path).unwrap(), before);

    let program = start(command(&to, &path).arg("--append"));
    call(&program.address, head, "");
    program.end();
    assert_eq!(fs::read_to_string(&path).unwrap(), before.repeat(2));

    // A line that was cut off does not take the next one with it.
    fs::write(&path, "{\"method\"").unwrap();
    let program = start(command(&to, &path).arg("--append"));
    call(&program.address, head, "");
    program.end();
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(text, format!("{{\"method\"\n{before}"));
}

#[test]
fn an_address_that_is_none_is_not_shown_and_leaves_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.ndjson");
    for to in [
        "https://rita:canary@eu.example.com",
        "eu.example.com/canary",
        "ftp://canary",
    ] {
        let output = refused(&mut command(to, &path));
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!said.contains("canary"), "{said}");
        assert!(!path.exists(), "{to}");
    }
}

#[test]
fn what_is_meant_for_another_server_goes_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.ndjson");
    let program = start(&mut command(&echo(), &path));
    for head in [
        "GET http://eu.example.com/canary HTTP/1.1",
        "CONNECT eu.example.com:443 HTTP/1.1",
        "OPTIONS * HTTP/1.1",
    ] {
        let answer = call(&program.address, head, "");
        assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
    }
    program.end();
    assert_eq!(fs::read_to_string(&path).unwrap(), "");
}

#[test]
fn without_the_api_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.ndjson");
    let gone = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let program = start(&mut command(&format!("http://{gone}"), &path));
    let answer = call(&program.address, "GET /v1/parcel/canary HTTP/1.1", "canary");
    assert!(answer.starts_with("HTTP/1.1 502"), "{answer}");
    let said = program.end();
    assert!(said.contains("1 without an answer"), "{said}");
    assert!(!said.contains("canary"), "{said}");
    assert_eq!(fs::read_to_string(&path).unwrap(), "");
}
