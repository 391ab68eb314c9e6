//! Words of names.

use slate_codegen::shown::words;

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
    fn a_name_has_words_in_many_ways() {
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
