//! Values that are harmless by their form.

/// A word that docs could list: in capitals, or without any, and without blanks and digits. Names of people are seldom such.
pub(crate) fn is_word(text: &str) -> bool {
    let all = |plain: fn(&u8) -> bool| text.bytes().all(|b| plain(&b) || b"_-".contains(&b));
    text.len() <= 40 && (all(u8::is_ascii_uppercase) || all(u8::is_ascii_lowercase))
}

/// A version, such as `v2` or `1.1`.
pub(crate) fn is_version(text: &str) -> bool {
    let version = text
        .strip_prefix('v')
        .or(text.contains('.').then_some(text));
    version.is_some_and(|version| {
        version.len() <= 4
            && version.bytes().any(|b| b.is_ascii_digit())
            && version.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    })
}

/// A number that is written without an exponent.
pub(crate) fn is_number(text: &str) -> bool {
    let (whole, fraction) = parts(text);
    is_digits(whole) && fraction.is_none_or(is_digits)
}

/// A number that is too small to be one of a telephone or a card, and too coarse to be a place on earth.
pub(crate) fn is_small(text: &str) -> bool {
    let (whole, fraction) = parts(text);
    is_number(text) && whole.len() <= 6 && fraction.is_none_or(|digits| digits.len() <= 4)
}

fn parts(number: &str) -> (&str, Option<&str>) {
    let unsigned = number.strip_prefix(['-', '+']).unwrap_or(number);
    match unsigned.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (unsigned, None),
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// A truth value as text.
pub(crate) fn is_truth(text: &str) -> bool {
    ["true", "false", "yes", "no", "y", "n"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word))
}

/// A day, and a time of day behind it.
pub(crate) fn is_date(text: &str) -> bool {
    let (day, time) = match text.split_once(['T', ' ']) {
        Some((day, time)) => (day, Some(time)),
        None => (text, None),
    };
    let parts: Vec<&str> = day.split(['-', '/']).collect();
    let year = |part: &str| part.len() == 4 && is_digits(part) && ("1900".."2200").contains(&part);
    let part = |part: &str| up_to(part, 31);
    let is_day = match parts.as_slice() {
        [a, b, c] => (year(a) && part(b) && part(c)) || (part(a) && part(b) && year(c)),
        _ => false,
    };
    is_day && time.is_none_or(is_time)
}

/// What is left of a date: some day in the same form.
pub(crate) fn some_day(date: &str) -> String {
    let day = date.find(['T', ' ']).unwrap_or(date.len());
    let (day, time) = date.split_at(day);
    let pieces = day.split_inclusive(['-', '/']).map(|piece| {
        let bare = piece.trim_end_matches(['-', '/']);
        let digits = ["1", "01", "2001"]
            .into_iter()
            .find(|it| it.len() == bare.len());
        format!("{}{}", digits.unwrap_or("01"), &piece[bare.len()..])
    });
    let zero = |c: char| if c.is_ascii_digit() { '0' } else { c };
    pieces.chain([time.chars().map(zero).collect()]).collect()
}

/// `10:00`, `10:00:00.123`, with a `Z` or a distance behind it.
fn is_time(text: &str) -> bool {
    let text = text.trim_start();
    let (clock, zone) = text.split_at(text.find(['Z', '+', '-']).unwrap_or(text.len()));
    let clock = clock.trim_end();
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let parts: Vec<&str> = clock.split(':').collect();
    let is_clock = (2..=3).contains(&parts.len()) && parts.iter().all(|part| up_to(part, 60));
    let distance = zone
        .strip_prefix(['+', '-'])
        .map(|zone| zone.replacen(':', "", 1));
    let is_zone = match &distance {
        Some(distance) => (distance.len() == 2 || distance.len() == 4) && is_digits(distance),
        None => zone.is_empty() || zone == "Z",
    };
    is_clock && is_zone && is_digits(fraction) && fraction.len() <= 9
}

/// A number of one or two digits up to this one.
fn up_to(text: &str, most: u8) -> bool {
    text.len() <= 2 && is_digits(text) && text.parse::<u8>().is_ok_and(|number| number <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_have_the_forms_of_dates() {
        for date in [
            "2024-01-31",
            "31/1/2024",
            "2024-01-31 10:00",
            "2024-01-31 10:00:00",
            "2024-01-31T10:00:00.123456Z",
            "2024-01-31T10:00:00.5+05:30",
            "2024-01-31 10:00:00 -0530",
        ] {
            assert!(is_date(date), "{date}");
        }
        for other in [
            "",
            "2024",
            "44-70-1990",
            "2024-01-447009",
            "1234-01-01",
            "2024-01-31 :44700900000",
            "2024-01-31 44700900000",
            "2024-01-31T10:00:00+4470090",
            "2024-01-31 10:00 Rita",
            "2024-01-31 ",
            "2024-1-1-1",
        ] {
            assert!(!is_date(other), "{other}");
        }
    }

    #[test]
    fn a_date_leaves_its_form() {
        for (date, left) in [
            ("1990-12-31", "2001-01-01"),
            ("31/1/1990", "01/1/2001"),
            ("1990-12-31T10:11:12.5+05:30", "2001-01-01T00:00:00.0+00:00"),
            ("1990-12-31 10:11 Z", "2001-01-01 00:00 Z"),
        ] {
            assert_eq!(some_day(date), left);
            assert!(is_date(left));
        }
    }

    #[test]
    fn numbers_are_small_or_not() {
        for number in ["0", "-7", "+123456", "123456.7890"] {
            assert!(is_small(number), "{number}");
        }
        for number in [
            "1234567",
            "1.23456",
            "4.47009E11",
            "1e3",
            "",
            "-",
            ".",
            "1.",
            ".5",
        ] {
            assert!(!is_small(number), "{number}");
        }
    }

    #[test]
    fn words_have_no_blanks_and_no_digits() {
        for word in ["LARGE_BOX", "a-b"] {
            assert!(is_word(word), "{word}");
        }
        for other in ["Rita Meyer", "Rita", "B7", "rita@x", "é"] {
            assert!(!is_word(other), "{other}");
        }
        for version in ["v1.1", "1.2", "v2"] {
            assert!(is_version(version), "{version}");
        }
        for other in ["v12345", "12345.6", "v", ".", "2"] {
            assert!(!is_version(other), "{other}");
        }
    }
}
