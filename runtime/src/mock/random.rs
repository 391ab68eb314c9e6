//! Chance that is the same for the same seed.

/// `SplitMix64`.
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) fn next(&mut self) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        u32::try_from((z ^ (z >> 31)) >> 32).unwrap_or(u32::MAX)
    }

    /// A number below another; 0 below 0.
    pub(super) fn below(&mut self, most: usize) -> usize {
        let number = usize::try_from(self.next()).unwrap_or(usize::MAX);
        number.checked_rem(most).unwrap_or(0)
    }

    /// Whether it happens that happens in this share of all cases, from 0 for none to 1 for all.
    pub(super) fn happens(&mut self, share: f64) -> bool {
        // From 0 to just below 1.
        f64::from(self.next()) / (f64::from(u32::MAX) + 1.0) < share
    }
}
