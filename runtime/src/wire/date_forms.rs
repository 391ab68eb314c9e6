//! The forms in which dates come, some of them only once in all of the documentation.

use super::civil::Civil;

/// Reads a date in any known form.
pub(crate) fn read(text: &str) -> Option<Civil> {
    let text = text.trim();
    if let Some(civil) = plain_digits(text) {
        return Some(civil);
    }
    let (date, time) = split(text);
    let (year, month, day) = read_date(date)?;
    let (clock, zone) = match time {
        Some(time) => read_time(time)?,
        None => (Clock::default(), ""),
    };
    let offset_seconds = read_zone(zone).ok()?;
    build(year, month, day, &clock, offset_seconds)
}

#[derive(Default)]
struct Clock {
    hour: i8,
    minute: i8,
    second: i8,
    nanosecond: i32,
}

fn build(year: i16, month: i8, day: i8, clock: &Clock, offset: Option<i32>) -> Option<Civil> {
    let Clock {
        hour,
        minute,
        second,
        nanosecond,
    } = *clock;
    jiff::civil::DateTime::new(year, month, day, hour, minute, second, nanosecond).ok()?;
    Some(Civil {
        year,
        month,
        day,
        hour,
        minute,
        second,
        nanosecond,
        offset_seconds: offset,
    })
}

/// `1549909800`, `1549909800000`, `20160911`, `20160911111111`.
fn plain_digits(text: &str) -> Option<Civil> {
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
    if !whole.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let since_1970 = match whole.len() {
        9..=11 => jiff::Timestamp::from_second(whole.parse().ok()?).ok()?,
        12..=13 => jiff::Timestamp::from_millisecond(whole.parse().ok()?).ok()?,
        8 | 14 => {
            let part = |from: usize, to: usize| whole.get(from..to).unwrap_or("0").parse().ok();
            let clock = Clock {
                hour: part(8, 10)?,
                minute: part(10, 12)?,
                second: part(12, 14)?,
                nanosecond: 0,
            };
            return build(
                whole[..4].parse().ok()?,
                part(4, 6)?,
                part(6, 8)?,
                &clock,
                None,
            );
        }
        _ => return None,
    };
    let utc = jiff::tz::Offset::UTC.to_datetime(since_1970);
    let clock = Clock {
        hour: utc.hour(),
        minute: utc.minute(),
        second: utc.second(),
        nanosecond: utc.subsec_nanosecond(),
    };
    build(utc.year(), utc.month(), utc.day(), &clock, Some(0))
}

/// Parts a text into its date and, from the digits before the first colon on, its time.
fn split(text: &str) -> (&str, Option<&str>) {
    let Some(colon) = text.find(':') else {
        return (text, None);
    };
    let digits = text[..colon]
        .bytes()
        .rev()
        .take_while(u8::is_ascii_digit)
        .count();
    let (date, time) = text.split_at(colon - digits);
    let date = date.trim_end();
    (
        date.strip_suffix('T').unwrap_or(date).trim_end(),
        Some(time),
    )
}

/// `2016-09-11`, `2016/9/11`, `11/09/2016` (the day first, unless only the other way is possible),
/// `11 Sep 2016`, `Sep 11, 2016`, each with a day of the week in front or not; and `20160911`.
fn read_date(text: &str) -> Option<(i16, i8, i8)> {
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        let (year, day) = text.split_at(4);
        let (month, day) = day.split_at(2);
        return Some((year_of(year)?, number(month)?, number(day)?));
    }
    let parts = text
        .split([' ', ',', '-', '/', '.'])
        .filter(|part| !part.is_empty());
    let parts: Vec<&str> = parts.filter(|part| !is_weekday(part)).collect();
    let [a, b, c] = parts[..] else {
        return None;
    };
    if let Some(month) = month(b) {
        let (year, day) = if a.len() == 4 { (a, c) } else { (c, a) };
        return Some((year_of(year)?, month, number(day)?));
    }
    if let Some(month) = month(a) {
        return Some((year_of(c)?, month, number(b)?));
    }
    if let Some(year) = year_of(a) {
        return Some((year, number(b)?, number(c)?));
    }
    let (year, first, second) = (year_of(c)?, number(a)?, number(b)?);
    Some(if second > 12 {
        (year, first, second)
    } else {
        (year, second, first)
    })
}

fn is_weekday(word: &str) -> bool {
    starts_with_one_of(word, &["mon", "tue", "wed", "thu", "fri", "sat", "sun"]).is_some()
}

fn month(word: &str) -> Option<i8> {
    let names = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    starts_with_one_of(word, &names).and_then(|at| i8::try_from(at + 1).ok())
}

fn starts_with_one_of(word: &str, names: &[&str]) -> Option<usize> {
    let start = word.get(..3)?;
    names
        .iter()
        .position(|name| start.eq_ignore_ascii_case(name))
}

fn year_of(text: &str) -> Option<i16> {
    let digits = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// One or two digits.
fn number(text: &str) -> Option<i8> {
    let digits = text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// `22:00`, `22:00:00`, `22:00:00.123`, `22:00:00.x`, `22:00::`, `10:00 PM`; and what stands behind it.
fn read_time(text: &str) -> Option<(Clock, &str)> {
    let (hour, rest) = take_digits(text);
    let (minute, rest) = take_digits(rest.strip_prefix(':')?);
    let (second, rest) = rest.strip_prefix(':').map_or(("", rest), take_digits);
    let (fraction, rest) = rest.strip_prefix('.').map_or(("", rest), take_fraction);
    let mut clock = Clock {
        hour: number(hour)?,
        minute: number(minute)?,
        second: if second.is_empty() {
            0
        } else {
            number(second)?
        },
        nanosecond: nanoseconds(fraction)?,
    };
    let rest = rest.trim_start_matches(':').trim();
    let rest = match rest.get(..2) {
        Some(half) if half.eq_ignore_ascii_case("am") || half.eq_ignore_ascii_case("pm") => {
            let noon = if half.eq_ignore_ascii_case("pm") {
                12
            } else {
                0
            };
            clock.hour = clock.hour % 12 + noon;
            rest[2..].trim()
        }
        _ => rest,
    };
    Some((clock, rest))
}

/// The digits behind the point of seconds. This API also prints an `x` where they ought to be: then there is no fraction.
fn take_fraction(text: &str) -> (&str, &str) {
    match text.strip_prefix(['x', 'X']) {
        Some(rest) if !rest.starts_with(|c: char| c.is_ascii_digit()) => ("", rest),
        _ => take_digits(text),
    }
}

fn take_digits(text: &str) -> (&str, &str) {
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    text.split_at(end)
}

fn nanoseconds(fraction: &str) -> Option<i32> {
    let nine: String = fraction
        .chars()
        .chain("000000000".chars())
        .take(9)
        .collect();
    nine.parse().ok()
}

/// What stands behind a time is no zone.
struct NoZone;

/// `Z`, `+05:30`, `+0530`, `GMT`, or a short name, which does not say how far from UTC it is.
fn read_zone(zone: &str) -> Result<Option<i32>, NoZone> {
    let is = |name: &&str| zone.eq_ignore_ascii_case(name);
    let sign = match zone.as_bytes().first() {
        None => return Ok(None),
        Some(b'+') => 1,
        Some(b'-') => -1,
        Some(_) if ["z", "utc", "gmt"].iter().any(is) => return Ok(Some(0)),
        Some(_) if zone.len() <= 5 && zone.bytes().all(|b| b.is_ascii_alphabetic()) => {
            return Ok(None);
        }
        Some(_) => return Err(NoZone),
    };
    let seconds = distance(&zone[1..]).ok_or(NoZone)?;
    Ok(Some(sign * seconds))
}

/// `05:30`, `0530` or `05` in seconds.
fn distance(text: &str) -> Option<i32> {
    let (digits, rest) = take_digits(text);
    let (hours, minutes) = match rest.strip_prefix(':') {
        Some(minutes) => (digits, minutes),
        None if digits.len() == 4 => digits.split_at(2),
        None => (digits, "0"),
    };
    if !rest.is_empty() && !rest.starts_with(':') {
        return None;
    }
    let (hours, minutes) = (i32::from(number(hours)?), i32::from(number(minutes)?));
    (hours < 24 && minutes < 60).then_some(hours * 3600 + minutes * 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Option<String> {
        let c = read(text)?;
        let zone = c
            .offset_seconds
            .map_or(String::new(), |offset| format!(" {offset:+}"));
        Some(format!(
            "{:04}-{:02}-{:02} {:02}:{:02}:{:02}.{:09}{zone}",
            c.year, c.month, c.day, c.hour, c.minute, c.second, c.nanosecond
        ))
    }

    #[test]
    fn reads_all_forms() {
        let cases = [
            ("2016-09-11 11:11:11", "2016-09-11 11:11:11.000000000"),
            ("2016-9-11 11:11:11", "2016-09-11 11:11:11.000000000"),
            ("2016-09-11 11:11:11.0", "2016-09-11 11:11:11.000000000"),
            ("2016-09-11", "2016-09-11 00:00:00.000000000"),
            ("2016/09/11", "2016-09-11 00:00:00.000000000"),
            ("11-09-2016", "2016-09-11 00:00:00.000000000"),
            ("11/09/2016", "2016-09-11 00:00:00.000000000"),
            ("09/25/2016", "2016-09-25 00:00:00.000000000"),
            ("2016-09-11T11:11:11", "2016-09-11 11:11:11.000000000"),
            ("2016-09-11T11:11:11Z", "2016-09-11 11:11:11.000000000 +0"),
            (
                "2016-09-11T11:11:11.123Z",
                "2016-09-11 11:11:11.123000000 +0",
            ),
            (
                "2016-09-11T11:11:11+05:30",
                "2016-09-11 11:11:11.000000000 +19800",
            ),
            (
                "2016-09-11T11:11:11.5-0800",
                "2016-09-11 11:11:11.500000000 -28800",
            ),
            (
                " 2016-09-11T11:11:11+05:30",
                "2016-09-11 11:11:11.000000000 +19800",
            ),
            (
                "2016-09-11 T11:11:11+05:30",
                "2016-09-11 11:11:11.000000000 +19800",
            ),
            ("2012-08-05 22:00:00IST", "2012-08-05 22:00:00.000000000"),
            ("2016-08-05 22:00::IST", "2016-08-05 22:00:00.000000000"),
            ("2016-08-05 22:00", "2016-08-05 22:00:00.000000000"),
            ("2016-08-05 10:00 PM", "2016-08-05 22:00:00.000000000"),
            (
                "Wed, 16 Dec 2015 06:05:13 GMT",
                "2015-12-16 06:05:13.000000000 +0",
            ),
            ("16 December 2015", "2015-12-16 00:00:00.000000000"),
            ("Dec 16, 2015", "2015-12-16 00:00:00.000000000"),
            ("16-Dec-2015", "2015-12-16 00:00:00.000000000"),
            ("1549909800", "2019-02-11 18:30:00.000000000 +0"),
            ("1549909800123", "2019-02-11 18:30:00.123000000 +0"),
            ("20160911", "2016-09-11 00:00:00.000000000"),
            (
                "20160912T15:19:21+05:30",
                "2016-09-12 15:19:21.000000000 +19800",
            ),
            ("20160911111213", "2016-09-11 11:12:13.000000000"),
            ("20240910T16:35:52", "2024-09-10 16:35:52.000000000"),
            ("20240910T16:35:52.x", "2024-09-10 16:35:52.000000000"),
            ("20240910T16:35:52.X", "2024-09-10 16:35:52.000000000"),
            ("20240910T16:35:52.5", "2024-09-10 16:35:52.500000000"),
            ("20240910T16:35:52.123", "2024-09-10 16:35:52.123000000"),
            ("20240910T16:35:52.xZ", "2024-09-10 16:35:52.000000000 +0"),
            (
                "2024-09-10 16:35:52.x+05:30",
                "2024-09-10 16:35:52.000000000 +19800",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(parts(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn returns_none_for_the_rest() {
        for text in [
            "",
            "0000-00-00 00:00:00",
            "0000-00-00",
            "20212-09-11 23:59:59",
            "2016-13-11",
            "2015-02-29",
            "2016-09-11 25:00:00",
            "2016-09-11 x",
            "tomorrow",
            "1",
            "12:30",
            "2016-09-11 11:11:11 and more",
            "2016-09-11T11:11:11+99:00",
            "é",
            "2016-09-é1",
            ":",
            "::",
            "999999999999999999",
            "1e9",
            "-1",
            "2016-09-11 11:11:é",
            "20240910T16:35:52.x5",
            "20240910T16:35:52.x and more",
            "20241310T16:35:52.x",
        ] {
            assert_eq!(parts(text), None, "{text}");
        }
    }
}
