//! Headings inside of an operation that look like operations of their own.

use super::part::{Part, extent, has_samples};
use crate::dialect::{Dialect, HeadingKind, Several};
use crate::slate::block::BlockKind;

/// First words of headings that say how something is done, and not what.
const HOW: [&str; 5] = ["by", "using", "via", "with", "without"];

/// True when a heading says how what the one above it names is done, and no other heading below that states a call.
pub fn only_says_how(parts: &[Part<'_>], above: usize, inner: usize) -> bool {
    let mut words = parts[inner].title.split_whitespace();
    let how = words.next().is_some_and(|word| {
        let word = word.to_lowercase();
        HOW.contains(&word.as_str())
    });
    let below = parts.iter().skip(above + 1);
    let below = below.take_while(|part| part.level > parts[above].level);
    let states =
        |part: &&Part<'_>| matches!(part.kind, Some(HeadingKind::Url | HeadingKind::Resource));
    how && words.next().is_some() && below.filter(states).count() == 1
}

/// Makes one section of operations that share all they show: they state nothing but their calls, the heading above them
/// shows a message, and what follows the last of them is about all of them.
pub fn join(parts: &[Part<'_>], owners: &mut Vec<usize>, dialect: &Dialect) {
    if dialect.several == Several::Alternatives {
        return;
    }
    let parents: Vec<usize> = (0..parts.len())
        .filter(|at| !owners.contains(at) && shares(parts, *at, owners))
        .collect();
    for parent in parents {
        let inside = inside(parts, parent);
        owners.retain(|owner| !inside.contains(owner));
        owners.push(parent);
    }
    owners.sort_unstable();
}

/// The parts below a heading.
fn inside(parts: &[Part<'_>], parent: usize) -> std::ops::Range<usize> {
    let below = parts.iter().skip(parent + 1);
    let below = below.take_while(|part| part.level > parts[parent].level);
    parent + 1..parent + 1 + below.count()
}

fn shares(parts: &[Part<'_>], parent: usize, owners: &[usize]) -> bool {
    let head = &parts[parent];
    if head.level < 2 || head.kind.is_some() || !has_samples(head) {
        return false;
    }
    let inside = inside(parts, parent);
    let children: Vec<usize> = owners
        .iter()
        .copied()
        .filter(|owner| inside.contains(owner))
        .collect();
    let (Some(&first), true) = (children.first(), children.len() > 1) else {
        return false;
    };
    let level = parts[first].level;
    let plain = parts[inside].iter().filter(|part| part.kind.is_none());
    if plain.count() != children.len() || children.iter().any(|&at| parts[at].level != level) {
        return false;
    }
    let mut common = false;
    for &child in &children {
        for at in extent(parts, child, owners) {
            // What stands at their level behind the last of them is about all.
            let details = at != child && parts[at].level <= level;
            common |= details;
            if !details && shows(&parts[at]) {
                return false;
            }
        }
        let last = children.last() == Some(&child);
        if common != last {
            return false;
        }
    }
    common
}

/// True for a part with a block of code or a table.
fn shows(part: &Part<'_>) -> bool {
    let shown = |kind: &BlockKind| matches!(kind, BlockKind::Fence(_) | BlockKind::Table(_));
    part.blocks.iter().any(|block| shown(&block.kind))
}
