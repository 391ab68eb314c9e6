//! Values that stand in a path, a query or a header.

use crate::wire::{Date, DateTime, Number};

/// A value that can be a parameter of a path, a query or a header.
pub trait Parameter {
    /// The value as text, or nothing if the parameter is to be left out.
    fn text(&self) -> Option<String>;

    /// The values that stand side by side in a query, with commas between them: of what is no list,
    /// the one value.
    fn items(&self) -> Vec<String> {
        self.text().into_iter().collect()
    }
}

macro_rules! displayed {
    ($($type:ty),* $(,)?) => {$(
        impl Parameter for $type {
            fn text(&self) -> Option<String> {
                Some(self.to_string())
            }
        }
    )*};
}

displayed!(
    str, String, bool, i32, i64, u32, u64, usize, Number, Date, DateTime
);

impl<T: Parameter + ?Sized> Parameter for &T {
    fn text(&self) -> Option<String> {
        (**self).text()
    }

    fn items(&self) -> Vec<String> {
        (**self).items()
    }
}

/// `None` leaves the parameter out.
impl<T: Parameter> Parameter for Option<T> {
    fn text(&self) -> Option<String> {
        self.as_ref().and_then(Parameter::text)
    }

    fn items(&self) -> Vec<String> {
        self.as_ref().map(Parameter::items).unwrap_or_default()
    }
}

/// Items are joined by commas; an empty list leaves the parameter out.
impl<T: Parameter> Parameter for [T] {
    fn text(&self) -> Option<String> {
        let items = self.items();
        (!items.is_empty()).then(|| items.join(","))
    }

    fn items(&self) -> Vec<String> {
        self.iter().filter_map(Parameter::text).collect()
    }
}

/// Items are joined by commas; an empty list leaves the parameter out.
impl<T: Parameter> Parameter for Vec<T> {
    fn text(&self) -> Option<String> {
        self[..].text()
    }

    fn items(&self) -> Vec<String> {
        self[..].items()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts() {
        assert_eq!("a".text().as_deref(), Some("a"));
        assert_eq!(true.text().as_deref(), Some("true"));
        assert_eq!(Some(7).text().as_deref(), Some("7"));
        assert_eq!(None::<i64>.text(), None);
        assert_eq!(vec!["a", "b"].text().as_deref(), Some("a,b"));
        assert_eq!(Vec::<i64>::new().text(), None);
    }

    #[test]
    fn what_is_no_list_is_one_item() {
        assert_eq!("a,b".items(), ["a,b"]);
        assert_eq!(Some(&"a,b").items(), ["a,b"]);
        assert_eq!(Some(vec!["a,b", "c"]).items(), ["a,b", "c"]);
        assert_eq!(None::<&str>.items(), [""; 0]);
    }
}
