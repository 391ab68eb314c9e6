//! Dates as the API writes them.

use std::fmt;

use super::civil::Civil;
use super::context::Context;
use super::date_forms;
use super::decode::{Decode, decode_text};
use super::encode::Encode;
use super::error::DecodeError;
use super::node::Node;
use super::value::Value;

macro_rules! accessors {
    ($($(#[$doc:meta])* $part:ident: $type:ty),* $(,)?) => {
        impl Civil {$(
            $(#[$doc])*
            #[must_use]
            pub fn $part(&self) -> $type {
                self.$part
            }
        )*}
    };
}

accessors!(
    /// The year.
    year: i16,
    /// The month, 1 to 12.
    month: i8,
    /// The day of the month, 1 to 31.
    day: i8,
    /// The hour, 0 to 23. 0 where only a day was written.
    hour: i8,
    /// The minute, 0 to 59.
    minute: i8,
    /// The second, 0 to 59.
    second: i8,
    /// The part of the second behind the point.
    nanosecond: i32,
    /// How many seconds the zone is ahead of UTC, where the text says so.
    offset_seconds: Option<i32>,
);

macro_rules! written {
    ($(#[$doc:meta])* $name:ident, $wanted:literal) => {
        $(#[$doc])*
        ///
        /// It keeps the text it came as, and two are equal if their texts are. A text in a form
        /// that is not known is no error: [`civil`](Self::civil) returns `None` then.
        #[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
        pub struct $name(String);

        impl $name {
            /// The text as it stands on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The parts of it, if the text is in a form that is known and names a day that exists.
            #[must_use]
            pub fn civil(&self) -> Option<Civil> {
                date_forms::read(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl Decode for $name {
            fn name() -> &'static str {
                $wanted
            }


            fn decode(node: &Node<'_>, context: &mut Context) -> Result<Self, DecodeError> {
                let date = decode_text(node, Self::name()).map(Self::from)?;
                if context.is_watched() && date.civil().is_none() {
                    context.unknown_value(Self::name());
                }
                Ok(date)
            }
        }

        impl Encode for $name {
            fn encode(&self) -> Value {
                Value::from(self.as_str())
            }
        }
    };
}

written!(
    /// A day and a time of day.
    DateTime,
    "a date and time"
);

written!(
    /// A day.
    Date,
    "a date"
);

impl DateTime {
    /// A day and a time of day in the form that requests use: `2016-09-11 11:11:11`.
    ///
    /// `None` if there is no such day or time.
    #[must_use]
    pub fn new(year: i16, month: i8, day: i8, hour: i8, minute: i8, second: i8) -> Option<Self> {
        let time = jiff::civil::DateTime::new(year, month, day, hour, minute, second, 0).ok()?;
        Some(Self(time.strftime("%Y-%m-%d %H:%M:%S").to_string()))
    }
}

impl Date {
    /// A day in the form that requests use: `2016-09-11`. `None` if there is no such day.
    #[must_use]
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        let day = jiff::civil::Date::new(year, month, day).ok()?;
        Some(Self(day.strftime("%Y-%m-%d").to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_the_form_of_requests() {
        let time = DateTime::new(2016, 9, 1, 7, 5, 0).unwrap();
        assert_eq!(time.as_str(), "2016-09-01 07:05:00");
        assert_eq!(Date::new(2016, 2, 29).unwrap().as_str(), "2016-02-29");
        assert_eq!(Date::new(2015, 2, 29), None);
        assert_eq!(DateTime::new(2016, 9, 1, 24, 0, 0), None);
    }

    #[test]
    fn keeps_what_it_does_not_know() {
        let node = Node::String("next tuesday".into());
        let date = Date::decode(&node, &mut Context::new()).unwrap();
        assert_eq!((date.as_str(), date.civil()), ("next tuesday", None));
    }
}
