//! Where generated code has blank lines, and the order of its imports: as in code that is written by hand.

use proc_macro2::TokenStream;
use syn::{File, ImplItem, Item, UseTree, Visibility};

/// Sorts imports, and sets items and methods apart.
pub fn lay_out(file: &mut File) {
    let items = std::mem::take(&mut file.items);
    let documented = !file.attrs.is_empty() || file.shebang.is_some();
    file.items = apart(sorted(items));
    if documented && !file.items.is_empty() {
        file.items.insert(0, Item::Verbatim(TokenStream::new()));
    }
}

/// The kind of an item that stands in a block with others of its kind.
#[derive(PartialEq, Eq)]
enum Block {
    Module,
    Use,
    PublicUse,
}

fn block(item: &Item) -> Option<Block> {
    match item {
        Item::Mod(module) if module.content.is_none() && module.attrs.is_empty() => {
            Some(Block::Module)
        }
        Item::Use(import) if matches!(import.vis, Visibility::Inherited) => Some(Block::Use),
        Item::Use(_) => Some(Block::PublicUse),
        _ => None,
    }
}

/// Imports of one block in their order; those for others behind the module's own.
fn sorted(items: Vec<Item>) -> Vec<Item> {
    let mut out: Vec<Item> = Vec::with_capacity(items.len());
    let mut imports: Vec<Item> = Vec::new();
    for item in items {
        if matches!(item, Item::Use(_)) {
            imports.push(item);
        } else {
            flush(&mut imports, &mut out);
            out.push(item);
        }
    }
    flush(&mut imports, &mut out);
    out
}

fn flush(imports: &mut Vec<Item>, out: &mut Vec<Item>) {
    imports.sort_by_cached_key(|item| match item {
        Item::Use(import) => (
            !matches!(import.vis, Visibility::Inherited),
            path(&import.tree),
        ),
        _ => (false, Vec::new()),
    });
    out.append(imports);
}

/// What imports are sorted by: the crate's own paths stand before those of others.
fn path(tree: &UseTree) -> Vec<(u8, String)> {
    let mut out = Vec::new();
    let mut tree = tree;
    loop {
        let (name, rest) = match tree {
            UseTree::Path(path) => (path.ident.to_string(), Some(&*path.tree)),
            UseTree::Name(name) => (name.ident.to_string(), None),
            UseTree::Rename(name) => (name.ident.to_string(), None),
            UseTree::Glob(_) => ("*".to_owned(), None),
            UseTree::Group(_) => ("{".to_owned(), None),
        };
        let first = match name.as_str() {
            "self" => 0,
            "super" => 1,
            "crate" => 2,
            _ => 3,
        };
        out.push((first, name));
        match rest {
            Some(rest) => tree = rest,
            None => return out,
        }
    }
}

/// Items with a blank line between any two that do not form a block. An empty item is printed as one.
fn apart(items: Vec<Item>) -> Vec<Item> {
    let mut out: Vec<Item> = Vec::with_capacity(items.len() * 2);
    for mut item in items {
        match &mut item {
            Item::Mod(module) => {
                if let Some((_, items)) = &mut module.content {
                    *items = apart(sorted(std::mem::take(items)));
                }
            }
            Item::Impl(of) => {
                let methods = std::mem::take(&mut of.items);
                for method in methods {
                    if !of.items.is_empty() {
                        of.items.push(ImplItem::Verbatim(TokenStream::new()));
                    }
                    of.items.push(method);
                }
            }
            _ => {}
        }
        let together = out.last().is_none_or(|last| {
            let last = block(last);
            last.is_some() && last == block(&item)
        });
        if !together {
            out.push(Item::Verbatim(TokenStream::new()));
        }
        out.push(item);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_reads_as_if_written_by_hand() {
        let mut file = syn::parse_file(
            "//! A module.
            mod b; pub mod c; pub use x::y; use std::z; use crate::a::{A, B};
            struct S; impl S { fn a() {} fn b() {} const C: u8 = 1; }
            #[cfg(test)] mod tests { use super::*; #[test] fn t() {} }",
        )
        .unwrap();
        lay_out(&mut file);
        let want = "\
//! A module.

mod b;
pub mod c;

use crate::a::{A, B};
use std::z;

pub use x::y;

struct S;

impl S {
    fn a() {}

    fn b() {}

    const C: u8 = 1;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t() {}
}
";
        assert_eq!(prettyplease::unparse(&file), want);
    }
}
