//! The wording in which docs ask for one of several parameters: what says `any one`, what asks, and of which.

use crate::text::is_name_char;

/// Words that say that any one of several things does.
const ANY: [&str; 12] = [
    "any one",
    "anyone of",
    "any of",
    "at least one",
    "atleast one",
    "at-least one",
    "either",
    "minimum one",
    "one among",
    "one of",
    "one from",
    "one or more of",
];

/// Words that ask for something wherever they stand.
const ASKS: [&str; 4] = ["mandatory", "required", "mandatorily", "compulsory"];

/// Words that ask for something where nothing but parameters is meant.
const NEEDS: [&str; 16] = [
    "must",
    "need to",
    "needs to",
    "need at least",
    "is needed",
    "are needed",
    "have to",
    "has to",
    "is necessary",
    "are necessary",
    "should be passed",
    "should be provided",
    "should be present",
    "should be specified",
    "should pass",
    "should provide",
];

/// What a sentence begins with that tells the reader to pass something.
const TELLS: [&str; 7] = [
    "pass ", "provide ", "specify ", "supply ", "include ", "send ", "enter ",
];

/// What is left to the caller, although the sentence tells him to pass it.
const FREE: [&str; 6] = ["filter", "sort", "optional", "can ", "may ", "if you want"];

/// Words for parameters of any name.
const PARAMETERS: [&str; 9] = [
    "parameter",
    "field",
    "identifier",
    "attribute",
    "argument",
    "propert",
    "param",
    "key",
    "input",
];

/// Words that say which parameters are meant: those of the table.
const WHICH: [&str; 10] = [
    "following",
    "folloing",
    "folowing",
    "preceding",
    "above",
    "below",
    "these",
    "those",
    "listed",
    "mentioned",
];

/// Whether a text says that any one of several things does.
pub fn says_any(lower: &str) -> bool {
    ANY.iter().any(|words| lower.contains(words))
}

/// Whether a sentence says that something is required.
pub fn speaks(lower: &str) -> bool {
    ASKS.iter().any(|word| lower.contains(word))
}

/// Whether a sentence asks for something in other words, or tells the reader to pass it.
pub fn tells(lower: &str) -> bool {
    let free = FREE.iter().any(|word| lower.contains(word));
    let begin = lower.trim_start_matches(|c: char| !c.is_alphabetic());
    let told = TELLS.iter().any(|word| begin.starts_with(word));
    (told && !free) || NEEDS.iter().any(|word| lower.contains(word))
}

/// Whether a sentence is about all parameters of a table: `the following parameters`, `the parameters below`, and with
/// nothing named `any one of these is`.
pub fn all_of_them(lower: &str) -> bool {
    let words: Vec<&str> = words(lower).collect();
    let which = |word: &&str| WHICH.contains(word);
    let means = |word: &&str| PARAMETERS.iter().any(|start| word.starts_with(start));
    let near = words.iter().enumerate().any(|(at, word)| {
        // `these parameters`, `the following customer identifiers`, `the parameters listed below`.
        let around = &words[at.saturating_sub(2)..words.len().min(at + 3)];
        means(word) && around.iter().any(which)
    });
    let bare = words.iter().enumerate().any(|(at, word)| {
        let next = words.get(at + 1).copied();
        let before = words[..at].iter().rev().find(|word| **word != "the");
        let of = before.is_some_and(|word| matches!(*word, "of" | "among" | "from"));
        of && which(word) && matches!(next, None | Some("is" | "are" | "must" | "has" | "should"))
    });
    let of_all = ["of the parameters is", "of the fields is"];
    near || bare || of_all.iter().any(|words| lower.contains(words))
}

/// Whether a sentence asks for one of the parameters that it does not name: `any one of the other parameters`.
pub fn of_the_others(lower: &str) -> bool {
    let words: Vec<&str> = words(lower).collect();
    words.windows(2).any(|pair| {
        let others = matches!(pair[0], "other" | "remaining" | "rest");
        others && PARAMETERS.iter().any(|start| pair[1].starts_with(start))
    })
}

/// The words of a text that can be names.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !is_name_char(c))
        .map(|word| word.trim_matches('.'))
        .filter(|word| !word.is_empty())
}

/// The words of a text that stand in one enumeration of names, the longest: `id, number`, `either id or number`.
pub fn enumeration(text: &str, is_name: impl Fn(&str) -> bool) -> Vec<&str> {
    const BETWEEN: [&str; 5] = ["or", "and", "the", "a", "an"];
    let mut best: Vec<&str> = Vec::new();
    let mut run: Vec<&str> = Vec::new();
    for word in words(text) {
        if is_name(word) {
            run.push(word);
        } else if !BETWEEN.contains(&word.to_lowercase().as_str()) {
            run.clear();
        }
        if run.len() > best.len() {
            best.clone_from(&run);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wording() {
        for all in [
            "any one of the following customer identifiers is mandatory",
            "at least one of these parameters",
            "one of the fields below has to be passed",
            "any one among the parameters listed above",
            "one of these is required",
            "any one of the following:",
        ] {
            assert!(all_of_them(all), "{all}");
        }
        for others in [
            "any one of the following values is required",
            "at least one of the orders below is required",
            "one of the parameters of the order",
        ] {
            assert!(!all_of_them(others), "{others}");
        }
        assert!(tells("provide one of the following parameters"));
        assert!(!tells("pass one of the following parameters to filter"));
        assert!(!tells("you can pass one of the following parameters"));
    }

    #[test]
    fn enumerations() {
        let named = |word: &str| ["id", "number", "kind"].contains(&word);
        let of = |text: &'static str| enumeration(text, named).join(" ");
        assert_eq!(of("must have the `id` or `number`, by kind"), "id number");
        assert_eq!(of("the id of a number"), "id");
    }
}
