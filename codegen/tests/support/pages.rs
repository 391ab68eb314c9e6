//! Documents put together from the texts of pages.

use slate_codegen::slate::{INDEX, Texts};

/// A document of the pages with these names and contents.
pub fn document<T: AsRef<[u8]>>(pages: &[(&str, T)]) -> Texts {
    let mut index = String::from("---\ntitle: Parcel Service\nincludes:\n");
    for (name, _) in pages {
        index.push_str("  - ");
        index.push_str(name);
        index.push('\n');
    }
    index
        .push_str("---\n# Introduction\n\n## Resource Information\nAttribute | Value\n--- | ---\n");
    index.push_str(
        "Host | **EU**: eu.api.example.com <br>**US**: us.api.example.com\nAPI Version | v1.1\n",
    );
    let mut texts = vec![(INDEX.to_owned(), index.into_bytes())];
    for (name, text) in pages {
        texts.push((format!("includes/_{name}.md"), text.as_ref().to_vec()));
    }
    Texts(texts)
}
