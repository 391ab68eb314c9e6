//! Words of names.

/// The words of a name in lower case: `cardExternal_id` has three.
pub(crate) fn words(name: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut word = String::new();
    let mut before = ' ';
    for c in name.chars() {
        let begins = c.is_uppercase() && !before.is_uppercase();
        if (begins || !c.is_alphanumeric()) && !word.is_empty() {
            out.push(std::mem::take(&mut word));
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    if !word.is_empty() {
        out.push(word);
    }
    out
}

/// Whether a name has one of these words in it, or one of these rows of words.
pub(crate) fn has_any(name: &str, known: &[String]) -> bool {
    let own = words(name);
    let squeezed = own.concat();
    known.iter().any(|known| {
        let known = words(known);
        !known.is_empty()
            && (own.windows(known.len()).any(|row| row == known) || squeezed == known.concat())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_split_where_people_see_words() {
        assert_eq!(words("cardExternal_id-7"), ["card", "external", "id", "7"]);
        assert_eq!(words("MOBILE"), ["mobile"]);
        let known = ["mobile", "external_id", "firstname"].map(str::to_owned);
        for name in [
            "mobile",
            "customerMobile",
            "Mobile_No",
            "card-external-id",
            "externalId",
            "first_name",
        ] {
            assert!(has_any(name, &known), "{name}");
        }
        for name in ["automobile", "external", "id", "status", ""] {
            assert!(!has_any(name, &known), "{name}");
        }
    }
}
