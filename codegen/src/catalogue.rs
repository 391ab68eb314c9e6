//! Catalogues of kinds that people look up: each kind has an id, a grade, and an explanation.

/// Makes the enum of a catalogue. The doc comment of a kind is its explanation; behind its id stand its grade and, where
/// `fn title` asks for it, its title.
macro_rules! catalogue {
    (
        $(#[$about:meta])+ enum $Kind:ident;
        $(#[$graded:meta])+ fn $grade:ident -> $Grade:ident;
        $($(#[doc = $doc:literal])+ $name:ident = $id:literal $of:ident,)+
    ) => {
        $(#[$about])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $Kind { $($(#[doc = $doc])+ $name,)+ }

        impl $Kind {
            /// Every kind, in order of its id.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The id. Ids are never given to another kind.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id),+ }
            }

            $(#[$graded])+
            #[must_use]
            pub fn $grade(self) -> $Grade {
                match self { $(Self::$name => $Grade::$of),+ }
            }

            /// What it means, and what can be done about it.
            #[must_use]
            pub fn explanation(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc, "\n"),+)),+ }
            }
        }
    };
    (
        $(#[$about:meta])+ enum $Kind:ident;
        $(#[$graded:meta])+ fn $grade:ident -> $Grade:ident;
        $(#[$titled:meta])+ fn title;
        $($(#[doc = $doc:literal])+ $name:ident = $id:literal $of:ident $title:literal,)+
    ) => {
        crate::catalogue::catalogue! {
            $(#[$about])+ enum $Kind;
            $(#[$graded])+ fn $grade -> $Grade;
            $($(#[doc = $doc])+ $name = $id $of,)+
        }

        impl $Kind {
            $(#[$titled])+
            #[must_use]
            pub fn title(self) -> &'static str {
                match self { $(Self::$name => $title),+ }
            }
        }
    };
}

pub(crate) use catalogue;
