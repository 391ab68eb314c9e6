//! Words of names.

/// The words of a name in lower case, without digits: `cardExternal_id2` has three.
pub(crate) fn words(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut out = Vec::new();
    let mut word = String::new();
    for (at, &c) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at));
        let after = letters.get(at + 1);
        let was_upper = before.is_some_and(|c| c.is_uppercase());
        let is_lower_next = after.is_some_and(|c| c.is_lowercase());
        // `cardNo` has a word at its `N`, `OTPCode` at its `C`.
        let begins = c.is_uppercase() && (!was_upper || is_lower_next);
        if (begins || !c.is_alphabetic()) && !word.is_empty() {
            out.push(std::mem::take(&mut word));
        }
        if c.is_alphabetic() {
            word.extend(c.to_lowercase());
        }
    }
    if !word.is_empty() {
        out.push(word);
    }
    out
}

/// Whether a name has one of these words in it, or one of these rows of words.
///
/// A word also counts where another one begins or ends with it, as in `mobileno`, `emails` and `username`: to mask too much
/// costs little. What consists of several words counts where they are written as one, too.
pub(crate) fn has_any(name: &str, known: &[String]) -> bool {
    let own = words(name);
    let squeezed = own.concat();
    known.iter().any(|known| {
        let known = words(known);
        let whole = known.concat();
        match known.as_slice() {
            [] => false,
            [only] => {
                squeezed == whole
                    || own
                        .iter()
                        .any(|word| word.starts_with(only) || word.ends_with(only))
            }
            _ => {
                squeezed.starts_with(&whole)
                    || squeezed.ends_with(&whole)
                    || own.windows(known.len()).any(|row| row == known)
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_split_where_people_see_words() {
        assert_eq!(words("cardExternal_id-7"), ["card", "external", "id"]);
        assert_eq!(words("MOBILE"), ["mobile"]);
        assert_eq!(words("OTPCode"), ["otp", "code"]);
        assert_eq!(words("theIDCard2x"), ["the", "id", "card", "x"]);
        let known = ["mobile", "external_id", "firstname", "otp"].map(str::to_owned);
        for name in [
            "mobile",
            "mobile2",
            "mobileno",
            "mobiles",
            "customerMobile",
            "Mobile_No",
            "OTPValue",
            "card-external-id",
            "externalId",
            "externalids",
            "cardexternalid",
            "first_name",
        ] {
            assert!(has_any(name, &known), "{name}");
        }
        for name in ["immobilized", "external", "id", "status", "laptops", ""] {
            assert!(!has_any(name, &known), "{name}");
        }
    }
}
