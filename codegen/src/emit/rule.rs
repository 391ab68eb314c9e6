//! One rule on requests, planned.

/// Where the parameters of a rule are sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the query.
    Query,
    /// As headers.
    Header,
    /// In an object of the body, by the keys down to it; whether the object has to be there.
    Body(Vec<String>, bool),
}

/// What a rule asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Need {
    /// One of the parameters.
    OneOf,
    /// All of them, not blank.
    All,
    /// All of them, blank or not.
    Named,
    /// Numbers from this one on.
    AtLeast(f64),
    /// Numbers up to this one.
    AtMost(f64),
    /// Blank, or whole numbers.
    Integer,
    /// Blank, or numbers.
    Number,
    /// Blank, or true or false.
    Boolean,
    /// Blank, or dates.
    Date,
}

/// A rule.
#[derive(Clone, Debug, PartialEq)]
pub struct RulePlan {
    /// Where the parameters are sent.
    pub place: Place,
    /// Their names on the wire.
    pub names: Vec<String>,
    /// What is asked of them.
    pub need: Need,
    /// The parameter and the value of it with which the rule holds.
    pub when: Option<(String, String)>,
    /// The query parameter that lifts it where it is true.
    pub unless: Option<String>,
    /// Of a choice in a body, the documented members that are none of it. What is not documented at all does as well.
    pub beside: Option<Vec<String>>,
}
