//! Amounts as [`rust_decimal::Decimal`].

use rust_decimal::Decimal;

use super::number::{InvalidNumber, Number};

impl Number {
    /// The number as a decimal, digit for digit.
    ///
    /// # Errors
    /// It has more digits than a decimal holds (28 or 29).
    pub fn to_decimal(&self) -> Result<Decimal, InvalidNumber> {
        let text = self.as_str();
        if text.contains(['e', 'E']) {
            Decimal::from_scientific(text)
        } else {
            Decimal::from_str_exact(text)
        }
        .map_err(|_| InvalidNumber)
    }
}

impl From<Decimal> for Number {
    fn from(decimal: Decimal) -> Self {
        Self::trusted(&decimal.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_digit_is_lost() {
        for text in ["0", "-12.50", "1200.5000", "79228162514264337593543950335"] {
            let decimal = Number::trusted(text).to_decimal().unwrap();
            assert_eq!(decimal.to_string(), text);
            assert_eq!(Number::from(decimal).as_str(), text);
        }
        let scientific = Number::trusted("1.5e2").to_decimal().unwrap();
        assert_eq!(scientific, Decimal::from(150));
        let long = "1234567890.123456789012345678901234567890";
        assert!(Number::trusted(long).to_decimal().is_err());
    }
}
