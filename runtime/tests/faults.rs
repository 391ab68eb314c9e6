//! Answers that are too long, too deep or not what they say: none of them hangs, none panics, and each
//! error names what happened.

use crate::support;

use std::error::Error as _;
use std::io::Write as _;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use slate_runtime::{Error, ErrorKind};
use support::thing::{READ, Thing, WRITE};
use support::{Act, Server, answer, answer_with};

const OK: &str = r#"{"response":{"status":{"success":true},"things":{"thing":[{"count":1}]}}}"#;

async fn read(act: Act) -> Result<usize, Error> {
    let server = Server::start(act).await;
    let call = server.client().call(&READ);
    Ok(call.batch::<Thing, u32>().await?.len())
}

fn packed(body: &[u8]) -> Act {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    packer.write_all(body).unwrap();
    let body = packer.finish().unwrap();
    answer_with(200, "Content-Encoding: gzip\r\n", &body)
}

#[tokio::test]
async fn a_body_of_a_hundred_mebibytes() {
    let mut long = OK.as_bytes().to_vec();
    long.resize(100 << 20, b' ');
    // Packed it crosses the wire as a tenth of a mebibyte.
    for act in [answer_with(200, "", &long), packed(&long)] {
        let begin = Instant::now();
        let error = read(act).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        let cause = error.source().unwrap().to_string();
        assert_eq!(cause, "the body is longer than 16777216 bytes");
        assert!(begin.elapsed() < Duration::from_secs(20));
    }
    let server = Server::start(answer_with(200, "", &long)).await;
    let mut call = server.client().call(&WRITE);
    call.body(1);
    let error = call.batch::<Thing, u32>().await.unwrap_err();
    // HTTP says that it went well; what the API says was not read.
    assert!(error.maybe_executed() && !error.was_executed(), "{error}");
    // Who wants long bodies can have them.
    let client = server.builder().max_body(128 << 20).build().unwrap();
    let batch = client.call(&READ).batch::<Thing, u32>().await.unwrap();
    assert_eq!(batch.len(), 1);
}

#[tokio::test]
async fn deep_and_growing_documents() {
    let deep_json = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let deep_xml = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
    let bomb = "<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><a>&b;</a>";
    for (body, why) in [
        (deep_json.as_str(), "nested deeper than 64 levels"),
        (&deep_xml, "nested deeper than 64 levels"),
        (bomb, "a document type declaration is not accepted"),
        (
            "<a>&outside;</a>",
            "a reference to an entity that XML does not define",
        ),
        ("<a><b></a>", "not well-formed XML"),
    ] {
        let error = read(answer(200, body)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        let cause = error.source().unwrap().to_string();
        assert!(cause.starts_with(why), "{cause}");
        assert_eq!(error.body(), Some(body.as_bytes()));
    }
}

#[tokio::test]
async fn what_an_answer_says_of_itself_is_not_trusted() {
    let json = answer_with(200, "Content-Type: application/xml\r\n", OK.as_bytes());
    assert_eq!(read(json).await.unwrap(), 1);
    let none = answer_with(200, "", OK.as_bytes());
    assert_eq!(read(none).await.unwrap(), 1);
    assert_eq!(read(packed(OK.as_bytes())).await.unwrap(), 1);
    let not_packed = answer_with(200, "Content-Encoding: gzip\r\n", OK.as_bytes());
    let error = read(not_packed).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport, "{error}");
    let page = answer_with(
        200,
        "Content-Type: text/html\r\n",
        b"<!DOCTYPE html><p>login",
    );
    assert_eq!(read(page).await.unwrap_err().kind(), ErrorKind::Decode);
    assert_eq!(
        read(answer_with(200, "", &[0xff, 0xfe]))
            .await
            .unwrap_err()
            .kind(),
        ErrorKind::Decode
    );
}

#[tokio::test]
async fn answers_that_are_no_http() {
    for bytes in [
        &b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"[..],
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/9.9 200 OK\r\n\r\n",
        b"",
    ] {
        let error = read(Act::Answer(bytes.to_vec())).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Transport, "{error}");
        assert!(error.is_retryable());
    }
}
