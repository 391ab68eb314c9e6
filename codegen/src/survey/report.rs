//! What was counted, as text.

use std::fmt::Write as _;

use super::clue::times;
use super::{Claim, Survey, yaml};

/// So many of a kind are named.
const NAMED: usize = 6;

impl Survey {
    /// What was counted, in lines.
    pub(super) fn counted(&self) -> Vec<String> {
        let list = |all: &[(String, usize)]| {
            let named = all.iter().take(NAMED);
            let named: Vec<String> = named
                .map(|(what, count)| format!("{what} ({count})"))
                .collect();
            let more = all.len().saturating_sub(NAMED);
            let more = if more > 0 {
                format!(" and {more} more")
            } else {
                String::new()
            };
            format!("{}{more}", named.join(", "))
        };
        let levels: Vec<String> = self
            .levels
            .iter()
            .map(|(level, count)| format!("{} ({count})", "#".repeat(usize::from(*level))))
            .collect();
        let claims: Vec<String> = self.auth.iter().take(NAMED).map(claim).collect();
        let lines = [
            ("Languages of samples", self.languages.join(", ")),
            ("Operations at the level", levels.join(", ")),
            ("Requests stand in", list(&self.requests)),
            ("Hosts", list(&self.hosts)),
            ("Callers say who they are by", claims.join(", ")),
            ("As a key, if the docs say so too", self.auth_key()),
        ];
        lines
            .into_iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(what, text)| format!("{what}: {text}"))
            .collect()
    }

    /// The key of a dialect that says how callers authenticate; empty where nothing tells. It is not proposed like others:
    /// what samples show most often need not be what the API asks for.
    fn auth_key(&self) -> String {
        let signed = self.auth.iter().any(|claim| claim.signature);
        let fact = if signed {
            Some("signature".to_owned())
        } else {
            self.auth.first().and_then(Claim::fact)
        };
        fact.map_or_else(String::new, |fact| format!("client: {{auth: [{fact}]}}"))
    }

    /// What was found, what is proposed, and what stays unread.
    #[must_use]
    pub fn report(&self) -> String {
        let (before, after) = (self.before, self.after);
        let mut out = format!(
            "{}: {} and {}\n\n",
            yaml::comment(&self.title),
            self.index,
            times(self.pages, "page", "pages")
        );
        for line in self.counted() {
            let _ = writeln!(out, "{}", yaml::comment(&line));
        }
        let _ = writeln!(
            out,
            "\n{:30}{:>14}{:>14}",
            "", "common words", "this dialect"
        );
        for (what, before, after) in [
            ("operations", before.operations, after.operations),
            ("different calls", before.calls, after.calls),
            ("rows of parameters", before.rows, after.rows),
            ("facts in them", before.details, after.details),
            ("samples", before.samples, after.samples),
            ("findings", before.findings, after.findings),
        ] {
            let _ = writeln!(out, "{what:30}{before:>14}{after:>14}");
        }
        if !self.proposals.is_empty() {
            out.push_str("\nIn dialect.yaml, because more is read with it:\n");
            for clue in &self.proposals {
                let _ = writeln!(out, "  {}: {}", clue.path(), yaml::comment(&clue.what));
            }
        }
        if !self.unread.is_empty() {
            out.push_str("\nNot read yet, the largest first, with the key that would say it:\n");
            for clue in &self.unread {
                let _ = writeln!(out, "  {}: {}", clue.path(), yaml::comment(&clue.what));
            }
        }
        out
    }
}

fn claim(claim: &Claim) -> String {
    let Claim {
        way,
        count,
        of,
        signature,
    } = claim;
    let of = if *of > 0 {
        format!("{count} of {of} samples")
    } else {
        times(*count, "text", "texts")
    };
    let part = if *signature {
        ", part of a signature"
    } else {
        ""
    };
    format!("{way} ({of}{part})")
}
