//! What sending a request twice does, and how these docs let one know.

use serde::Deserialize;

/// What sending a request a second time does.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Effect {
    /// Nothing: data is only read.
    Read,
    /// Somebody gets a message once more.
    Notify,
    /// Data changes once more.
    Write,
}

/// A rule for effects; conditions that are absent fit.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EffectRule {
    /// The effect.
    pub effect: Effect,
    /// Ends of the path, one of which has to fit.
    #[serde(default)]
    pub path: Vec<String>,
    /// The method.
    #[serde(default)]
    pub method: Option<String>,
}

/// Query parameters that change the effect when they are true.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EffectWhen {
    /// Names of the parameters.
    pub query: Vec<String>,
    /// The effect then.
    pub effect: Effect,
}
