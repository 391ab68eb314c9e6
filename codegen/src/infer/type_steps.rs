//! The rules by which the type of a field is decided that are about its structure.

use crate::claims::Step;

pub const OF_OBJECT: Step = Step {
    name: "values for this place",
    text: "the row lists the values that it has in this object",
};
pub const MEMBERS: Step = Step {
    name: "object",
    text: "what has members in a sample, or by rows, is an object",
};
pub const NUMBERED: Step = Step {
    name: "numbered members",
    text: "an object whose members all have numbers for names has one for each thing, whatever its number",
};
pub const LISTS: Step = Step {
    name: "list of lists",
    text: "what is only seen as a list of lists may be anything",
};
pub const MIXED: Step = Step {
    name: "text or object",
    text: "text in one sample and an object in another: both have to fit",
};
pub const FILE: Step = Step {
    name: "file",
    text: "the row, or a command, says that it is a file, and it is sent in a form in parts",
};
pub const SEVERAL_KINDS: Step = Step {
    name: "several kinds",
    text: "the row says that it may be of one kind or another",
};
pub const MIXED_LIST: Step = Step {
    name: "list of several kinds",
    text: "a list that holds objects and values may hold anything",
};
pub const EMPTY: Step = Step {
    name: "only empty",
    text: "what is only ever seen empty may be anything",
};
pub const ITEMS: Step = Step {
    name: "list of anything",
    text: "the row says that it is a list; nobody says of what",
};
pub const NO_MEMBERS: Step = Step {
    name: "object without members",
    text: "the row, or `{}` in a sample, says that it is an object; nobody says what is in it",
};
