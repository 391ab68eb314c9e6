//! Enums of texts.

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
/// slate_runtime::open_enum!(Size { Small = "small", Large = "large" });
///
/// assert_eq!(Size::from("small"), Size::Small);
/// assert_eq!(Size::from("huge").as_str(), "huge");
/// ```
///
/// ```compile_fail
/// # #[derive(Clone, PartialEq, Eq, Hash)]
/// # pub enum Size { Small, Large, Other(String) }
/// slate_runtime::open_enum!(Size { Small = "small", Large = "small" });
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
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Other(text) => text,
                }
            }

            #[inline]
            fn known(text: &str) -> ::core::option::Option<Self> {
                match text {
                    $($text => ::core::option::Option::Some(Self::$variant),)*
                    _ => ::core::option::Option::None,
                }
            }
        }

        impl ::core::convert::From<&str> for $name {
            #[inline]
            fn from(text: &str) -> Self {
                Self::known(text).unwrap_or_else(|| Self::Other(text.into()))
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            #[inline]
            fn from(text: ::std::string::String) -> Self {
                Self::known(&text).unwrap_or(Self::Other(text))
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;

            #[inline]
            fn from_str(text: &str) -> ::core::result::Result<Self, Self::Err> {
                ::core::result::Result::Ok(text.into())
            }
        }

        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(match self {
                    $(Self::$variant => stringify!($variant),)*
                    Self::Other(_) => "Other(..)",
                })
            }
        }

        impl $crate::wire::Decode for $name {
            fn name() -> &'static str {
                stringify!($name)
            }


            #[inline]
            fn decode(
                node: &$crate::wire::Node<'_>,
                context: &mut $crate::wire::Context,
            ) -> ::core::result::Result<Self, $crate::wire::DecodeError> {
                let value = $crate::wire::decode_text(node, Self::name()).map(Self::from)?;
                if let Self::Other(_) = value {
                    context.unknown_value(Self::name());
                }
                ::core::result::Result::Ok(value)
            }
        }

        impl $crate::wire::Encode for $name {
            #[inline]
            fn encode(&self) -> $crate::wire::Value {
                $crate::wire::Value::from(self.as_str())
            }
        }

        $crate::__wire_form!($name);

        impl $crate::Parameter for $name {
            #[inline]
            fn text(&self) -> ::core::option::Option<::std::string::String> {
                ::core::option::Option::Some(self.as_str().into())
            }
        }
    };
}
