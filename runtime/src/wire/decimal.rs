//! Amounts as [`rust_decimal::Decimal`].

use rust_decimal::Decimal;

use super::number::{InvalidNumber, Number, Parts, length};

impl Number {
    /// The number as a decimal: the same value exactly, never a rounded one. Zeros at the end are
    /// kept where a decimal has room for them.
    ///
    /// # Errors
    /// It has more digits than a decimal holds: 28 or 29, and no more than 28 of them behind the
    /// point.
    pub fn to_decimal(&self) -> Result<Decimal, InvalidNumber> {
        let parts = Parts::split(self.as_str()).ok_or(InvalidNumber)?;
        let digits = format!("{}{}", parts.whole, parts.fraction);
        let as_written = digits.trim_start_matches('0');
        let exponent = parts.exponent - length(parts.fraction);
        if let Some(decimal) = exact(parts.negative, as_written, exponent) {
            return Ok(decimal);
        }
        // Zeros that say nothing of the value may be what does not fit.
        let (negative, digits, exponent) = parts.canonical();
        exact(negative, &digits, exponent).ok_or(InvalidNumber)
    }
}

/// Digits times a power of ten, if a decimal can be exactly that. The parsers of `rust_decimal` round
/// some texts with an exponent, so its parts are given to it as integers.
fn exact(negative: bool, digits: &str, exponent: i64) -> Option<Decimal> {
    let scale = u32::try_from(exponent.min(0).unsigned_abs()).ok()?;
    // An exponent may be of any size: a text of a billion zeros is not made.
    let zeros = usize::try_from(exponent.max(0)).ok();
    let zeros = zeros.filter(|zeros| digits.len() + zeros <= MOST_DIGITS)?;
    let digits = if digits.is_empty() { "0" } else { digits };
    let whole: i128 = format!("{digits}{}", "0".repeat(zeros)).parse().ok()?;
    let signed = if negative { -whole } else { whole };
    Decimal::try_from_i128_with_scale(signed, scale).ok()
}

/// No decimal has more digits.
const MOST_DIGITS: usize = 29;

impl From<Decimal> for Number {
    fn from(decimal: Decimal) -> Self {
        Self::trusted(&decimal.to_string())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decimal(text: &str) -> Result<String, InvalidNumber> {
        let decimal = Number::trusted(text).to_decimal();
        decimal.map(|decimal| decimal.to_string())
    }

    #[test]
    fn no_digit_is_lost() {
        for text in [
            "0",
            "0.00",
            "-12.50",
            "1200.5000",
            "79228162514264337593543950335",
            "-7.9228162514264337593543950335",
            "0.0000000000000000000000000001",
        ] {
            let decimal = Number::trusted(text).to_decimal().unwrap();
            assert_eq!(decimal.to_string(), text);
            assert_eq!(Number::from(decimal).as_str(), text);
        }
    }

    #[test]
    fn a_power_of_ten_is_exact() {
        for (text, same) in [
            ("1.5e2", "150"),
            ("1.50E1", "15.0"),
            ("-1.5e-3", "-0.0015"),
            ("1e28", "10000000000000000000000000000"),
            ("1e-28", "0.0000000000000000000000000001"),
            (
                "1.2345678901234567890123456e2",
                "123.45678901234567890123456",
            ),
            ("0.00000000000000000000000000000000000001e30", "0.00000001"),
        ] {
            assert_eq!(decimal(text).as_deref(), Ok(same), "{text}");
        }
    }

    #[test]
    fn zeros_that_do_not_fit_are_no_digits_that_are_lost() {
        for (text, same) in [
            ("0e999999999", "0"),
            ("0e-999999999", "0"),
            ("10e-29", "0.0000000000000000000000000001"),
            ("100000000000000000000000000000000000e-35", "1"),
            ("1.00000000000000000000000000000000000000", "1"),
            (
                "79228162514264337593543950335.0",
                "79228162514264337593543950335",
            ),
        ] {
            assert_eq!(decimal(text).as_deref(), Ok(same), "{text}");
        }
    }

    #[test]
    fn what_does_not_fit_is_an_error() {
        for text in [
            "1234567890.123456789012345678901234567890",
            "1.2345678901234567890123456789012345e2",
            "12345678901234567890123456789012345e-32",
            "79228162514264337593543950336",
            "1e29",
            "1e-29",
            "1e999999999",
            "1e-999999999",
            "1e99999999999999999999",
            "1e-99999999999999999999",
        ] {
            assert_eq!(decimal(text), Err(InvalidNumber), "{text}");
        }
    }

    proptest! {
        /// The value is that of the text, or there is none.
        #[test]
        fn a_decimal_is_what_was_written(text in "-?(0|[1-9][0-9]{0,32})(\\.[0-9]{1,32})?(e-?[0-9]{1,2})?") {
            let number = Number::trusted(&text);
            if let Ok(decimal) = number.to_decimal() {
                prop_assert_eq!(Number::from(decimal), number);
            }
        }
    }
}
