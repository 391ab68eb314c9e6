//! What a sample is once it is read, whatever it was written in.

use std::ops::Range;

/// A value with the places of its members.
#[derive(Clone, Debug, PartialEq)]
pub enum Tree {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as it is written.
    Number(String),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Tree>),
    /// An object, or an element with children.
    Object(Vec<Member>),
}

/// A member of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Its key.
    pub key: String,
    /// Its value.
    pub value: Tree,
    /// Bytes of the sample where the key stands, as it is written.
    pub at: Range<usize>,
    /// What a remark beside it says.
    pub remark: Option<String>,
}

impl Tree {
    /// The members of an object, nothing for other values.
    #[must_use]
    pub fn members(&self) -> &[Member] {
        match self {
            Self::Object(members) => members,
            _ => &[],
        }
    }

    /// The value of a member.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Tree> {
        self.members()
            .iter()
            .find(|member| member.key == key)
            .map(|member| &member.value)
    }

    /// Shows it, and all values in it.
    pub fn visit<'t>(&'t self, see: &mut impl FnMut(&'t Tree)) {
        see(self);
        match self {
            Self::List(items) => items.iter().for_each(|item| item.visit(see)),
            Self::Object(members) => members.iter().for_each(|member| member.value.visit(see)),
            _ => {}
        }
    }

    /// The keys of all members, and of the members of members.
    #[must_use]
    pub fn keys(&self) -> Vec<&str> {
        let mut out = Vec::new();
        self.visit(&mut |tree| out.extend(tree.members().iter().map(|member| member.key.as_str())));
        out
    }

    /// True when there is nothing in it: `null`, `""`, `[]`, `{}`.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Text(text) => text.is_empty(),
            Self::List(items) => items.is_empty(),
            Self::Object(members) => members.is_empty(),
            Self::Bool(_) | Self::Number(_) => false,
        }
    }
}
