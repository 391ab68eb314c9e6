//! Forms.

use super::mask;

pub(super) const FORM: &str = "application/x-www-form-urlencoded; charset=UTF-8";

#[test]
fn forms_are_masked_as_what_they_hold() {
    for (form, masked) in [
        ("weight=1&on=true&note=", "weight=1&on=true&note="),
        (
            "mobile=44700900000&Rita+Meyer=1",
            "mobile=5000000000&masked=1",
        ),
        (
            "to[name]=Rita&to[size]=LARGE_BOX&tags[]=Rita&tags[]=7",
            "to%5Bname%5D=masked&to%5Bsize%5D=LARGE_BOX&tags%5B%5D=masked&tags%5B%5D=5",
        ),
        // What is told by the field beside it goes, too.
        (
            "field=born&value=1990-01-31&on=true",
            "field=masked&value=2001-01-01&on=true",
        ),
        (
            "n=1&box={\"name\":\"Rita\",\"weight\":2}&odd={Rita",
            "n=1&box=%7B%22name%22%3A%22masked%22%2C%22weight%22%3A5%7D&odd=masked",
        ),
        (
            "mobile={\"at\":\"1990-01-31\"}",
            "mobile=%7B%22at%22%3A%222001-01-01%22%7D",
        ),
    ] {
        let found = mask().form(form.as_bytes(), FORM);
        assert_eq!(found.as_deref(), Some(masked), "{form}");
    }
    for (body, media_type) in [("a=1&a=2", FORM), ("a=1", "text/plain"), ("a=1", "")] {
        assert_eq!(mask().form(body.as_bytes(), media_type), None, "{body}");
    }
}

#[test]
fn forms_in_parts_are_masked_without_their_boundary() {
    let part = |name: &str, value: &str| {
        format!("Content-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let body = format!(
        "--Rita\r\n{}--Rita\r\n{}--Rita--\r\n",
        part("mobile", "44700"),
        part("weight", "2")
    );
    let parts = "multipart/form-data; boundary=Rita";
    let masked = mask().form(body.as_bytes(), parts).unwrap();
    let line = masked.lines().next().unwrap().to_owned();
    let expected = format!(
        "{line}\r\n{}{line}\r\n{}{line}--\r\n",
        part("mobile", "5"),
        part("weight", "5")
    );
    assert_eq!(masked, expected);
    assert!(!masked.contains("Rita"));
    for body in ["", "--", "mobile=1", "--Rita\r\n", &body.replace('\r', "")] {
        assert_eq!(mask().form(body.as_bytes(), parts), None, "{body:?}");
    }
}
