//! Values that are harmless by their form.

/// A word that docs could list: in capitals, or without any, and without blanks and digits. Names of people are seldom such.
pub(crate) fn is_word(text: &str) -> bool {
    let all = |plain: fn(&u8) -> bool| text.bytes().all(|b| plain(&b) || b"_-".contains(&b));
    text.len() <= 40 && (all(u8::is_ascii_uppercase) || all(u8::is_ascii_lowercase))
}

/// A number as people write it; `+5`, `.5` and `1e3` are some, too.
pub(crate) fn is_number(text: &str) -> bool {
    let (whole, fraction, power) = parts(text);
    let is_digits = |digits: &str| digits.bytes().all(|b| b.is_ascii_digit());
    let power = power.map(|power| power.strip_prefix(['-', '+']).unwrap_or(power));
    let fraction = fraction.unwrap_or_default();
    is_digits(whole)
        && is_digits(fraction)
        && !(whole.is_empty() && fraction.is_empty())
        && power.is_none_or(|power| !power.is_empty() && is_digits(power))
}

/// A number that stands for a truth value, too.
pub(crate) fn is_bit(text: &str) -> bool {
    matches!(text, "0" | "1")
}

/// A number that codes have: a longer one may be that of a telephone or a card.
pub(crate) fn is_code(text: &str) -> bool {
    (1..=6).contains(&text.len()) && is_digits(text)
}

/// What is left of a number: its sign, whether it is whole, and how long it is, as far as that decides what can hold it.
pub(crate) fn some_number(text: &str) -> String {
    if is_bit(text) {
        return "0".to_owned();
    }
    let (whole, fraction, power) = parts(text);
    let sign = if text.starts_with('-') { "-" } else { "" };
    let fraction = match fraction {
        _ if power.is_some() => ".5",
        Some(digits) if digits.bytes().all(|digit| digit == b'0') => ".0",
        Some(_) => ".5",
        None => "",
    };
    let whole = match whole.len() {
        ..=9 => "5",
        10..=18 => "5000000000",
        // That fits nowhere.
        _ => "99999999999999999999",
    };
    format!("{sign}{whole}{fraction}")
}

/// What stands before the point, behind it, and as the power of ten.
fn parts(number: &str) -> (&str, Option<&str>, Option<&str>) {
    let unsigned = number.strip_prefix(['-', '+']).unwrap_or(number);
    let (digits, power) = match unsigned.split_once(['e', 'E']) {
        Some((digits, power)) => (digits, Some(power)),
        None => (unsigned, None),
    };
    match digits.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction), power),
        None => (digits, None, power),
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
    fn a_number_leaves_its_form() {
        for (number, left) in [
            ("0", "0"),
            ("1", "0"),
            ("4711", "5"),
            ("-7", "-5"),
            ("+123456", "5"),
            ("007", "5"),
            ("44700900999", "5000000000"),
            ("1234567890123456789", "99999999999999999999"),
            ("70.5", "5.5"),
            ("100.00", "5.0"),
            ("-12.9716", "-5.5"),
            (".5", "5.5"),
            ("1.", "5.0"),
            ("4.47009E11", "5.5"),
            ("1e3", "5.5"),
        ] {
            assert!(is_number(number), "{number}");
            assert_eq!(some_number(number), left, "{number}");
        }
        for other in [
            "",
            "-",
            ".",
            "1-2",
            "1e",
            "e3",
            "12 Oak Street",
            "1.2.3",
            "--1",
        ] {
            assert!(!is_number(other), "{other}");
        }
        for (text, code) in [
            ("700", true),
            ("123456", true),
            ("1234567", false),
            ("-7", false),
            ("7.5", false),
        ] {
            assert_eq!(is_code(text), code);
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
    }
}
