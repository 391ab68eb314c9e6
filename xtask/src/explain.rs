//! `cargo xtask explain ID`: what a kind of finding or change means.

use capillary_codegen::diagnostics::Code;
use capillary_codegen::diff::Rule;

/// The explanation of an id.
pub fn page(id: &str) -> anyhow::Result<String> {
    if let Some(rule) = Rule::from_id(id) {
        return Ok(rule.page());
    }
    if let Some(code) = Code::from_id(id) {
        let lines: Vec<&str> = code.explanation().lines().map(str::trim).collect();
        return Ok(format!(
            "{} ({})\n\n{}\n",
            code.id(),
            code.level(),
            lines.join("\n").trim()
        ));
    }
    anyhow::bail!(
        "{id:?} is no id: findings of `lint` have S001 and on, changes of `diff` D001 and on"
    )
}
