//! What a list of known values may not hold: one of them twice. Asked while the program is compiled.

/// Whether no text stands twice in the list.
#[doc(hidden)]
#[must_use]
pub const fn distinct_texts(texts: &[&str]) -> bool {
    let mut one = 0;
    while one < texts.len() {
        let mut other = 0;
        while other < one {
            if same_bytes(texts[one].as_bytes(), texts[other].as_bytes()) {
                return false;
            }
            other += 1;
        }
        one += 1;
    }
    true
}

const fn same_bytes(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let mut at = 0;
    while at < one.len() {
        if one[at] != other[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// Whether no code stands twice in the list.
#[doc(hidden)]
#[must_use]
pub const fn distinct_codes(codes: &[u32]) -> bool {
    let mut one = 0;
    while one < codes.len() {
        let mut other = 0;
        while other < one {
            if codes[one] == codes[other] {
                return false;
            }
            other += 1;
        }
        one += 1;
    }
    true
}
