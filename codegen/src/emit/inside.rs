//! Finds values in samples.

use crate::sample::Tree;

/// What stands at a path, below one wrapper more or less than there should be; of a list every item.
pub fn at<'t>(tree: &'t Tree, path: &[String], out: &mut Vec<&'t Tree>) {
    let inside = match tree.members() {
        [only] => Some(&only.value),
        _ => None,
    };
    for (tree, path) in [
        Some((tree, path)),
        inside.map(|inside| (inside, path)),
        path.get(1..).map(|rest| (tree, rest)),
    ]
    .into_iter()
    .flatten()
    {
        follow(tree, path, out);
        if !out.is_empty() {
            return;
        }
    }
}

fn follow<'t>(tree: &'t Tree, path: &[String], out: &mut Vec<&'t Tree>) {
    match (tree, path.split_first()) {
        (Tree::List(items), _) => items.iter().for_each(|item| follow(item, path, out)),
        (tree, None) => out.push(tree),
        (tree, Some((key, rest))) => {
            if let Some(inside) = tree.get(key) {
                follow(inside, rest, out);
            }
        }
    }
}
