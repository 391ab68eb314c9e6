//! Names of codes out of their messages.

use heck::ToUpperCamelCase as _;

/// What stands before a colon or a dash: `Not Found -- There is no such parcel` names itself. A word for errors of all
/// kinds names none.
fn title(message: &str) -> Option<&str> {
    let (title, rest) = [" -- ", " – ", " — ", ": "]
        .iter()
        .filter_map(|mark| message.split_once(mark))
        .min_by_key(|(title, _)| title.len())?;
    let words: Vec<&str> = title.split_whitespace().collect();
    let general = [
        "error",
        "errors",
        "warning",
        "note",
        "failure",
        "failed",
        "exception",
    ];
    let says_nothing = words
        .iter()
        .all(|word| general.contains(&word.to_lowercase().as_str()));
    let fine = words.len() <= 4 && !says_nothing && rest.split_whitespace().count() > 1;
    let plain = |c: char| c.is_alphabetic() || c.is_whitespace() || c == '\'' || c == '-';
    (fine && title.chars().all(plain)).then_some(title)
}

/// `Unable to register. Invalid mobile number` → `InvalidMobileNumber`.
pub fn name_of(message: &str) -> Option<String> {
    let polite = [
        "please",
        "kindly",
        "make sure",
        "see ",
        "ensure",
        "check",
        "hence",
    ];
    let message = title(message).unwrap_or(message);
    let whole = message;
    let lower = message.to_lowercase();
    let cut = [", please", " due to "]
        .iter()
        .filter_map(|words| lower.find(words))
        .min()
        .filter(|at| message.is_char_boundary(*at));
    let message = cut.map_or(message, |at| &message[..at]);
    let mut sentences: Vec<&str> = message
        .split(['.', ';', '\n'])
        .map(str::trim)
        .filter(|sentence| {
            sentence.chars().any(char::is_alphabetic)
                && !polite
                    .iter()
                    .any(|word| sentence.to_lowercase().starts_with(word))
        })
        .collect();
    if sentences.is_empty() {
        // Nothing but advice: then the advice names it.
        let advice = whole
            .trim_start_matches("Please ")
            .trim_start_matches("check ")
            .trim_start_matches("your ");
        sentences.extend((advice.len() > 3).then_some(advice));
    }
    let general = |sentence: &str| {
        let lower = sentence.to_lowercase();
        let words = lower.split_whitespace().count();
        words <= 4
            && (lower.starts_with("unable to")
                || lower.ends_with(" failed")
                || lower.starts_with("failed to")
                || lower.starts_with("cannot")
                || lower.starts_with("not allowed")
                || lower.starts_with("invalid transaction"))
    };
    let sentence = match sentences.as_slice() {
        [] => return None,
        [first, second, ..] if general(first) => second,
        [first, ..] => first,
    };
    let small = [
        "the", "a", "an", "of", "to", "is", "are", "be", "for", "has", "have", "this", "that",
        "in", "on", "at", "with", "was", "been", "you", "your", "any", "it", "and", "or", "by",
        "as",
    ];
    let text = sentence.replace(['’', '\''], "");
    let words: Vec<String> = text
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| word.chars().count() > 1 && !small.contains(&word.to_lowercase().as_str()))
        .take(6)
        .map(|word| word.to_lowercase().to_upper_camel_case())
        .collect();
    let name = words.concat();
    let name = name
        .trim_start_matches(|c: char| c.is_ascii_digit())
        .to_owned();
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_what_is_wrong() {
        for (message, name) in [
            (
                "Unable to register. Invalid mobile number",
                "InvalidMobileNumber",
            ),
            (
                "Customer is registered already",
                "CustomerRegisteredAlready",
            ),
            (
                "Customer registration failed. The email id is invalid.",
                "EmailIdInvalid",
            ),
            ("Points processing failed", "PointsProcessingFailed"),
            (
                "Unable to process points. Please try again later.",
                "UnableProcessPoints",
            ),
            (
                "Not Found -- The specified parcel could not be found.",
                "NotFound",
            ),
            ("Bad request: something is missing.", "BadRequest"),
            ("Error: no such parcel", "ErrorNoSuchParcel"),
            (
                "Please check your username/password or token",
                "UsernamePasswordToken",
            ),
            (
                "Some requests have failed due to errors",
                "SomeRequestsFailed",
            ),
            (
                "Input is invalid, Please check the parameters",
                "InputInvalid",
            ),
            (
                "{x} is Primary Key, {y} cannot be updated.",
                "PrimaryKeyCannotUpdated",
            ),
        ] {
            assert_eq!(name_of(message).as_deref(), Some(name));
        }
        assert_eq!(name_of("…"), None);
    }
}
