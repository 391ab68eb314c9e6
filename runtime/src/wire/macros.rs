//! The impls that all generated types of one kind share.

/// Writes [`Model`](crate::wire::Model), [`Decode`](crate::wire::Decode),
/// [`Encode`](crate::wire::Encode) and `Debug` for a struct that has `Default` and a field
/// `extra: Extra`.
///
/// One entry for each other field: its name; `= "…"` if the wire calls it otherwise; `/ "…"` for
/// each wrapper around its value; `shown` if `Debug` may show its value. Of all other fields `Debug`
/// says only that they are set.
///
/// ```
/// use capillary_runtime::wire::{Extra, Number};
///
/// #[derive(Clone, Default, PartialEq)]
/// pub struct Parcel {
///     pub phone: Option<String>,
///     pub kind: Option<String>,
///     pub weight: Option<Number>,
///     pub labels: Vec<String>,
///     pub extra: Extra,
/// }
///
/// capillary_runtime::model!(Parcel { phone, kind = "type", weight shown, labels / "label" });
///
/// let mut parcel = Parcel::default();
/// parcel.phone = Some("555010".to_owned());
/// parcel.weight = Some(12.into());
/// assert_eq!(format!("{parcel:?}"), "Parcel { phone: <set>, weight: Some(12), .. }");
/// ```
#[macro_export]
macro_rules! model {
    ($model:ident {
        $($field:ident $(= $key:literal)? $(/ $wrapper:literal)* $($shown:ident)?),* $(,)?
    }) => {
        impl $crate::wire::Model for $model {
            fn shape(&self) -> &'static $crate::wire::Shape {
                static SHAPE: $crate::wire::Shape = $crate::wire::Shape {
                    name: stringify!($model),
                    members: &[$($crate::wire::Member {
                        key: $crate::__key!($field $($key)?),
                        wrappers: &[$($wrapper),*],
                        shown: $crate::__shown!($($shown)?),
                    }),*],
                };
                &SHAPE
            }

            fn fields(
                &self,
                take: &mut dyn FnMut(&[&dyn $crate::wire::Field], &$crate::wire::Extra),
            ) {
                take(&[$(&self.$field),*], &self.extra);
            }

            fn fields_mut(
                &mut self,
                take: &mut dyn FnMut(&mut [&mut dyn $crate::wire::Field], &mut $crate::wire::Extra),
            ) {
                take(&mut [$(&mut self.$field),*], &mut self.extra);
            }
        }

        impl $crate::wire::Decode for $model {
            const NAME: &'static str = stringify!($model);

            fn decode(
                node: &$crate::wire::Node<'_>,
                context: &mut $crate::wire::Context,
            ) -> ::core::result::Result<Self, $crate::wire::DecodeError> {
                let mut model = <Self as ::core::default::Default>::default();
                $crate::wire::model::read(&mut model, node, context)?;
                ::core::result::Result::Ok(model)
            }

            fn blank() -> ::core::option::Option<::std::boxed::Box<dyn $crate::wire::Model>> {
                ::core::option::Option::Some(::std::boxed::Box::<Self>::default())
            }
        }

        impl $crate::wire::Encode for $model {
            fn encode(&self) -> $crate::wire::Value {
                $crate::wire::model::write(self)
            }
        }

        impl ::core::fmt::Debug for $model {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::wire::model::debug(self, f)
            }
        }

        $crate::__wire_form!($model);
    };
}

/// What of [`serde`] a type of the wire has: nothing without the feature.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! __wire_form {
    ($type:ty) => {
        impl $crate::wire::wire_form::Serialize for $type {
            fn serialize<S: $crate::wire::wire_form::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::wire::wire_form::write(self, serializer)
            }
        }

        impl<'de> $crate::wire::wire_form::Deserialize<'de> for $type {
            fn deserialize<D: $crate::wire::wire_form::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::wire::wire_form::read(deserializer)
            }
        }
    };
}

/// What of `serde` a type of the wire has: nothing without the feature.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __wire_form {
    ($type:ty) => {};
}

#[doc(hidden)]
#[macro_export]
macro_rules! __key {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $key:literal) => {
        $key
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __shown {
    () => {
        false
    };
    (shown) => {
        true
    };
}

/// Writes what an enum of texts needs whose variants are the known ones, beside `Other(String)` for
/// the rest: `as_str`, `From<&str>`, `From<String>`, `FromStr`, `Display`, `Debug`,
/// [`Decode`](crate::wire::Decode), [`Encode`](crate::wire::Encode) and
/// [`Parameter`](crate::Parameter).
///
/// A text that two variants have does not compile. `Debug` does not show a text that is not known.
///
/// ```
/// #[derive(Clone, PartialEq, Eq, Hash)]
/// #[non_exhaustive]
/// pub enum Size {
///     Small,
///     Large,
///     Other(String),
/// }
///
/// capillary_runtime::open_enum!(Size { Small = "small", Large = "large" });
///
/// assert_eq!(Size::from("small"), Size::Small);
/// assert_eq!(Size::from("huge").as_str(), "huge");
/// ```
///
/// ```compile_fail
/// # #[derive(Clone, PartialEq, Eq, Hash)]
/// # pub enum Size { Small, Large, Other(String) }
/// capillary_runtime::open_enum!(Size { Small = "small", Large = "small" });
/// ```
#[macro_export]
macro_rules! open_enum {
    ($name:ident { $($variant:ident = $text:literal),* $(,)? }) => {
        const _: () = assert!(
            $crate::wire::distinct_texts(&[$($text),*]),
            concat!("two variants of ", stringify!($name), " have the same text"),
        );

        impl $name {
            /// The text on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Other(text) => text,
                }
            }

            fn known(text: &str) -> ::core::option::Option<Self> {
                match text {
                    $($text => ::core::option::Option::Some(Self::$variant),)*
                    _ => ::core::option::Option::None,
                }
            }
        }

        impl ::core::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                Self::known(text).unwrap_or_else(|| Self::Other(text.into()))
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            fn from(text: ::std::string::String) -> Self {
                Self::known(&text).unwrap_or(Self::Other(text))
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;

            fn from_str(text: &str) -> ::core::result::Result<Self, Self::Err> {
                ::core::result::Result::Ok(text.into())
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::core::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(match self {
                    $(Self::$variant => stringify!($variant),)*
                    Self::Other(_) => "Other(..)",
                })
            }
        }

        impl $crate::wire::Decode for $name {
            const NAME: &'static str = stringify!($name);

            fn decode(
                node: &$crate::wire::Node<'_>,
                context: &mut $crate::wire::Context,
            ) -> ::core::result::Result<Self, $crate::wire::DecodeError> {
                let value = $crate::wire::decode_text(node, Self::NAME).map(Self::from)?;
                if let Self::Other(_) = value {
                    context.unknown_value(Self::NAME);
                }
                ::core::result::Result::Ok(value)
            }
        }

        impl $crate::wire::Encode for $name {
            fn encode(&self) -> $crate::wire::Value {
                $crate::wire::Value::from(self.as_str())
            }
        }

        $crate::__wire_form!($name);

        impl $crate::Parameter for $name {
            fn text(&self) -> ::core::option::Option<::std::string::String> {
                ::core::option::Option::Some(self.as_str().into())
            }
        }
    };
}

/// Writes what an enum of response codes needs whose variants are the known ones, beside
/// `Unknown(u32)` for the rest: `code`, `From<u32>`, `Display` (the number) and
/// [`ResponseCode`](crate::ResponseCode).
///
/// Behind a number stands `success` or `error` where the documentation says which of them it means.
/// A code that two variants have does not compile.
///
/// ```
/// #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
/// #[non_exhaustive]
/// pub enum Code {
///     UnknownAddress,
///     Unknown(u32),
/// }
///
/// capillary_runtime::response_codes!(Code { UnknownAddress = 1001 error });
///
/// assert_eq!(Code::from(1001), Code::UnknownAddress);
/// assert_eq!(Code::from(7).code(), 7);
/// ```
///
/// ```compile_fail
/// # #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
/// # pub enum Code { A, B, Unknown(u32) }
/// capillary_runtime::response_codes!(Code { A = 1, B = 1 });
/// ```
#[macro_export]
macro_rules! response_codes {
    ($name:ident { $($variant:ident = $code:literal $($kind:ident)?),* $(,)? }) => {
        const _: () = assert!(
            $crate::wire::distinct_codes(&[$($code),*]),
            concat!("two variants of ", stringify!($name), " have the same code"),
        );

        impl $name {
            /// The number on the wire.
            #[must_use]
            pub fn code(self) -> u32 {
                match self {
                    $(Self::$variant => $code,)*
                    Self::Unknown(code) => code,
                }
            }
        }

        impl ::core::convert::From<u32> for $name {
            fn from(code: u32) -> Self {
                match code {
                    $($code => Self::$variant,)*
                    code => Self::Unknown(code),
                }
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.code(), f)
            }
        }

        impl $crate::ResponseCode for $name {
            fn name(&self) -> ::core::option::Option<&'static str> {
                match self {
                    $(Self::$variant => ::core::option::Option::Some(stringify!($variant)),)*
                    Self::Unknown(_) => ::core::option::Option::None,
                }
            }

            fn accepted(&self) -> ::core::option::Option<bool> {
                match self {
                    $(Self::$variant => $crate::__accepted!($($kind)?),)*
                    Self::Unknown(_) => ::core::option::Option::None,
                }
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __accepted {
    () => {
        ::core::option::Option::None
    };
    (success) => {
        ::core::option::Option::Some(true)
    };
    (error) => {
        ::core::option::Option::Some(false)
    };
}

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
