//! Structs of the wire.

/// Writes [`Model`](crate::wire::Model), `Clone`, `PartialEq` and `Debug` for a struct that has
/// `Default` and a field `extra: Extra`. With `Model` come [`Decode`](crate::wire::Decode) and
/// [`Encode`](crate::wire::Encode).
///
/// One entry for each other field: its name; `= "…"` if the wire calls it otherwise; `/ "…"` for
/// each wrapper around its value; `shown` if `Debug` may show its value. Of all other fields `Debug`
/// says only that they are set. No name has control characters.
///
/// ```
/// use slate_runtime::wire::{Extra, Number};
///
/// #[derive(Default)]
/// pub struct Parcel {
///     pub phone: Option<String>,
///     pub kind: Option<String>,
///     pub weight: Option<Number>,
///     pub labels: Vec<String>,
///     pub extra: Extra,
/// }
///
/// slate_runtime::model!(Parcel { phone, kind = "type", weight shown, labels / "label" });
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
            #[inline]
            fn shape(&self) -> &'static $crate::wire::Shape {
                static SHAPE: $crate::wire::Shape = $crate::wire::Shape::new(
                    stringify!($model),
                    concat!($(
                        $crate::__key!($field $($key)?),
                        $("\u{1f}", $wrapper,)*
                        $($crate::__shown!($shown),)?
                        "\u{1d}"
                    ),*),
                );
                &SHAPE
            }

            #[inline]
            fn fields(
                &self,
                take: &mut dyn FnMut(&[&dyn $crate::wire::Field], &$crate::wire::Extra),
            ) {
                take(&[$(&self.$field),*], &self.extra);
            }

            #[inline]
            fn fields_mut(
                &mut self,
                take: &mut dyn FnMut(&mut [&mut dyn $crate::wire::Field], &mut $crate::wire::Extra),
            ) {
                take(&mut [$(&mut self.$field),*], &mut self.extra);
            }
        }

        impl ::core::fmt::Debug for $model {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::wire::model::debug(self, f)
            }
        }

        impl ::core::clone::Clone for $model {
            #[inline]
            fn clone(&self) -> Self {
                let mut copy = <Self as ::core::default::Default>::default();
                $crate::wire::model::copy(self, &mut copy);
                copy
            }
        }

        impl ::core::cmp::PartialEq for $model {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::wire::model::same(self, other)
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
        // The condition is that of the macro: rustdoc cannot see it in the crate that the type is in.
        #[cfg_attr(docsrs, doc(cfg(feature = "serde")))]
        impl $crate::wire::wire_form::Serialize for $type {
            #[inline]
            fn serialize<S: $crate::wire::wire_form::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::wire::wire_form::write(self, serializer)
            }
        }

        #[cfg_attr(docsrs, doc(cfg(feature = "serde")))]
        impl<'de> $crate::wire::wire_form::Deserialize<'de> for $type {
            #[inline]
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

/// What stands in the text of a [`Shape`](crate::wire::Shape) for a member that `Debug` may show.
#[doc(hidden)]
#[macro_export]
macro_rules! __shown {
    (shown) => {
        "\u{1e}"
    };
}
