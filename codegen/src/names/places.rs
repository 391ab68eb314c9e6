//! The places of types in messages. A type is published under the place where it was first met. It may be used at others
//! too, and sections move, so each place leads to the one that has the name.

use super::published::{Names, Published};
use super::section::Section;

impl Names {
    /// Where in a message the type that stands at `place` was published; `place` itself, if that was nowhere.
    pub(crate) fn published_place(&self, scope: &str, place: &str) -> String {
        let is_published = |place: &str| self.get(Section::Types, scope, place).is_some();
        if is_published(place) {
            return place.to_owned();
        }
        let ends = place.match_indices('.').map(|(at, _)| at);
        let ends = std::iter::once(place.len()).chain(ends.collect::<Vec<_>>().into_iter().rev());
        for end in ends {
            let (start, rest) = place.split_at(end);
            if let Some(other) = self.get(Section::Places, scope, start) {
                let other = format!("{}{rest}", other.name);
                if is_published(&other) {
                    return other;
                }
            }
        }
        place.to_owned()
    }

    /// Writes down that what stands at `place` is the type of another place, unless something is known of it.
    pub(crate) fn same_place(&mut self, scope: &str, place: &str, other: &str) {
        if place == other || self.get(Section::Types, scope, place).is_some() {
            return;
        }
        self.sections
            .entry(Section::Places)
            .or_default()
            .entry(scope.to_owned())
            .or_default()
            .entry(place.to_owned())
            .or_insert_with(|| Published::new(other.to_owned()));
    }

    /// Writes down that the type of a place is a shared one, unless that is known.
    pub(crate) fn share(&mut self, scope: &str, place: &str, name: &str) {
        self.sections
            .entry(Section::Shared)
            .or_default()
            .entry(scope.to_owned())
            .or_default()
            .entry(place.to_owned())
            .or_insert_with(|| Published::new(name.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_leads_to_the_one_with_the_name() {
        let mut names = Names::default();
        names.publish(Section::Types, "s", "a.b", "B", &[]);
        names.publish(Section::Types, "s", "a.b.c", "C", &[]);
        names.same_place("s", "x", "a.b");
        names.same_place("s", "a.b", "x");
        for (place, published) in [
            ("a.b", "a.b"),
            ("x", "a.b"),
            ("x.c", "a.b.c"),
            // Nothing is published below, so it is something new.
            ("x.d", "x.d"),
            ("y", "y"),
        ] {
            assert_eq!(names.published_place("s", place), published, "{place}");
        }
        let yaml = names.to_yaml().unwrap();
        assert_eq!(Names::parse("names.yaml", &yaml).unwrap(), names, "{yaml}");
    }
}
