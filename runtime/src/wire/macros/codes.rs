//! Enums of response codes.

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
/// slate_runtime::response_codes!(Code { UnknownAddress = 1001 error });
///
/// assert_eq!(Code::from(1001), Code::UnknownAddress);
/// assert_eq!(Code::from(7).code(), 7);
/// ```
///
/// ```compile_fail
/// # #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
/// # pub enum Code { A, B, Unknown(u32) }
/// slate_runtime::response_codes!(Code { A = 1, B = 1 });
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
            #[inline]
            pub fn code(self) -> u32 {
                match self {
                    $(Self::$variant => $code,)*
                    Self::Unknown(code) => code,
                }
            }
        }

        impl ::core::convert::From<u32> for $name {
            #[inline]
            fn from(code: u32) -> Self {
                match code {
                    $($code => Self::$variant,)*
                    code => Self::Unknown(code),
                }
            }
        }

        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.code(), f)
            }
        }

        impl $crate::ResponseCode for $name {
            #[inline]
            fn name(&self) -> ::core::option::Option<&'static str> {
                match self {
                    $(Self::$variant => ::core::option::Option::Some(stringify!($variant)),)*
                    Self::Unknown(_) => ::core::option::Option::None,
                }
            }

            #[inline]
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
