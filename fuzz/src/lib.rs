//! What the fuzz targets have in common. Documents, mutations and what must hold are those of the tests of `codegen`.

#[path = "../../codegen/tests/support/check.rs"]
pub mod check;
#[path = "../../codegen/tests/support/mutate.rs"]
pub mod mutate;
#[path = "../../codegen/tests/support/pages.rs"]
pub mod pages;
#[path = "../../codegen/tests/support/sections.rs"]
pub mod sections;
#[path = "../../codegen/tests/support/settings.rs"]
mod settings;

use std::sync::LazyLock;

use slate_codegen::Settings;

/// The project's dialect and nothing else.
pub static SETTINGS: LazyLock<Settings> = LazyLock::new(settings::settings);

/// Pages that are mutated: between them they have every kind of table, sample and heading.
pub static PAGES: LazyLock<Vec<(&str, Vec<u8>)>> = LazyLock::new(|| {
    let names = ["authEngine", "communications", "points", "wallet"];
    names
        .into_iter()
        .map(|name| {
            let path = format!("spec/slate/includes/_{name}.md");
            (name, std::fs::read(settings::in_workspace(&path)).unwrap())
        })
        .collect()
});
