//! Words of names and descriptions.

/// How much a description speaks of the object that a place is in.
#[must_use]
pub fn affinity(doc: &str, above: &[String]) -> f64 {
    let doc = words(doc);
    let mut weight = 2.0;
    for key in above.iter().rev().take(2) {
        let name = words(key);
        let singular: Vec<String> = name.iter().map(|word| singular(word)).collect();
        let found = !singular.is_empty()
            && doc.windows(singular.len()).any(|window| {
                window
                    .iter()
                    .map(|word| self::singular(word))
                    .eq(singular.iter().cloned())
            });
        if found {
            return weight;
        }
        // `payment_details`: the first word says it.
        let head = singular
            .first()
            .filter(|word| word.len() > 4 && singular.len() > 1);
        if head.is_some_and(|head| doc.iter().any(|word| self::singular(word) == *head)) {
            return weight * 0.6;
        }
        weight *= 0.6;
    }
    0.0
}

/// Whether a text ends with the name of an object, be it with one more word: `at line-item level`.
#[must_use]
pub fn ends_with_name(text: &str, key: &str) -> bool {
    let name: Vec<String> = words(key).iter().map(|word| singular(word)).collect();
    let text: Vec<String> = words(text).iter().map(|word| singular(word)).collect();
    let shorter = text.get(..text.len().saturating_sub(1));
    !name.is_empty() && (text.ends_with(&name) || shorter.is_some_and(|text| text.ends_with(&name)))
}

/// Lower-case words of a name or a text.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut word = String::new();
    let mut lower = false;
    for c in text.chars() {
        let breaks = !c.is_alphanumeric() || (c.is_uppercase() && lower);
        if breaks && !word.is_empty() {
            out.push(std::mem::take(&mut word));
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
        lower = c.is_lowercase();
    }
    if !word.is_empty() {
        out.push(word);
    }
    out
}

/// The word without the ending of a plural.
#[must_use]
pub fn singular(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return format!("{stem}y");
    }
    for ending in ["sses", "shes", "ches", "xes"] {
        if let Some(stem) = word.strip_suffix(ending) {
            return format!("{stem}{}", &ending[..ending.len() - 2]);
        }
    }
    if word.len() > 3
        && word.ends_with('s')
        && !word.ends_with("ss")
        && !word.ends_with("us")
        && !word.ends_with("is")
    {
        return word[..word.len() - 1].to_owned();
    }
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals() {
        for (many, one) in [
            ("customers", "customer"),
            ("points_summaries", "points_summary"),
            ("addresses", "address"),
            ("status", "status"),
            ("taxes", "tax"),
            ("analysis", "analysis"),
        ] {
            assert_eq!(singular(many), one);
        }
    }
}
