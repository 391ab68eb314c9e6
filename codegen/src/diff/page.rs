//! A page as lines: its sections, its blocks of code, and where something is said in it.

use std::ops::RangeInclusive;

use crate::identity::heading;
use crate::slate::source::SourceFile;
use crate::slate::{Texts, words};
use crate::text::plain;

/// The lines of a page, by their numbers from 1.
pub struct Page {
    file: SourceFile,
    /// Lines with a heading, and its level.
    headings: Vec<(u32, usize)>,
    /// First and last lines of blocks of code.
    blocks: Vec<(u32, u32)>,
}

/// A line without superfluous blanks, with its number.
pub type Line = (u32, String);

impl Page {
    /// The page at a path, if there is one.
    pub fn of(texts: &Texts, path: &str) -> Option<Self> {
        let (_, bytes) = texts.0.iter().find(|(known, _)| known == path)?;
        let file = SourceFile::new(path, String::from_utf8_lossy(bytes));
        let (mut headings, mut blocks) = (Vec::new(), Vec::new());
        let mut open: Option<(u32, &str)> = None;
        let mut last = 1;
        for (number, text) in (1u32..).zip((0..file.line_count()).map(|line| file.line(line))) {
            last = number;
            let text = text.trim_start();
            match open {
                Some((first, mark)) if text.starts_with(mark) => {
                    blocks.push((first, number));
                    open = None;
                }
                Some(_) => {}
                None => {
                    let mark = ["```", "~~~"]
                        .into_iter()
                        .find(|mark| text.starts_with(mark));
                    open = mark.map(|mark| (number, mark));
                    let level = text.chars().take_while(|c| *c == '#').count();
                    if (1..=6).contains(&level) {
                        headings.push((number, level));
                    }
                }
            }
        }
        blocks.extend(open.map(|(first, _)| (first, last)));
        Some(Self {
            file,
            headings,
            blocks,
        })
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.file.text
    }

    /// The lines with words on them.
    pub fn lines(&self) -> Vec<Line> {
        let lines = (0..self.file.line_count()).map(|line| self.file.line(line));
        (1u32..)
            .zip(lines)
            .filter_map(|(number, text)| Some((number, words(text)?)))
            .collect()
    }

    /// The section that a heading begins; none where the line is no heading.
    pub fn section(&self, line: u32) -> Option<RangeInclusive<u32>> {
        let at = self.headings.binary_search_by_key(&line, |(line, _)| *line);
        let at = at.ok()?;
        let (_, level) = self.headings.get(at)?;
        let mut below = self.headings.iter().skip(at + 1);
        let next = below.find(|(_, other)| other <= level);
        Some(line..=next.map_or(u32::MAX, |(next, _)| next - 1))
    }

    /// The block of code that begins at a line, or the line.
    pub fn block(&self, line: u32) -> RangeInclusive<u32> {
        let block = self.blocks.iter().find(|(first, _)| *first == line);
        block.map_or(line..=line, |(first, last)| *first..=*last)
    }

    /// The lines of a section that say a part of a text, outside of code.
    pub fn said(&self, section: &RangeInclusive<u32>, text: &str) -> Vec<u32> {
        let text = format!(" {} ", heading(text).join(" "));
        let in_code = |line: u32| {
            let mut blocks = self.blocks.iter();
            blocks.any(|(first, last)| (*first..=*last).contains(&line))
        };
        let lines = self.lines().into_iter();
        let own = lines.filter(|(line, _)| section.contains(line) && line != section.start());
        own.filter(|(line, words)| {
            let words = heading(&plain(words)).join(" ");
            !words.is_empty() && text.contains(&format!(" {words} ")) && !in_code(*line)
        })
        .map(|(line, _)| line)
        .collect()
    }

    /// The first lines that are not the same.
    pub fn differs_from(&self, other: &Self) -> (u32, u32) {
        let same = |line: &usize| self.file.line(*line) == other.file.line(*line);
        let lines = self.file.line_count().min(other.file.line_count());
        let first = (0..lines).take_while(same).count();
        let number = |page: &Self| {
            let line = first.min(page.file.line_count().saturating_sub(1));
            u32::try_from(line + 1).unwrap_or(u32::MAX)
        };
        (number(self), number(other))
    }

    /// The first line that is one of these, without blanks around it.
    pub fn find(&self, is: impl Fn(&str) -> bool) -> Option<u32> {
        let mut lines = (1u32..).zip((0..self.file.line_count()).map(|line| self.file.line(line)));
        let found = lines.find(|(_, text)| is(text.trim()));
        found.map(|(line, _)| line)
    }
}
