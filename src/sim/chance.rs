//! Chance with a seed: the same seed gives the same tokens, ids and passwords in the same order.

/// A SplitMix64 sequence. Good enough for made-up names; never for secrets.
#[derive(Debug, Clone)]
pub struct Chance(u64);

const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

impl Chance {
    /// The sequence that belongs to `seed`.
    pub const fn of_seed(seed: u64) -> Self {
        Self(seed)
    }

    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `end`; 0 where `end` is 0.
    pub fn below(&mut self, end: u64) -> u64 {
        self.number().checked_rem(end).unwrap_or(0)
    }

    /// `length` letters and digits, the look of Indigo's access tokens and keys.
    pub fn letters(&mut self, length: usize) -> String {
        (0..length)
            .map(|_| {
                let at = self.below(LETTERS.len() as u64) as usize;
                char::from(LETTERS.get(at).copied().unwrap_or(b'A'))
            })
            .collect()
    }

    /// A version 4 UUID.
    pub fn uuid(&mut self) -> String {
        let (high, low) = (self.number(), self.number());
        format!(
            "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
            high >> 32,
            (high >> 16) & 0xffff,
            high & 0xfff,
            0x8000 | ((low >> 48) & 0x3fff),
            low & 0xffff_ffff_ffff
        )
    }

    /// A locally administered MAC address.
    pub fn mac(&mut self) -> String {
        let bits = self.number();
        format!("52:54:00:{:02x}:{:02x}:{:02x}", bits & 0xff, (bits >> 8) & 0xff, (bits >> 16) & 0xff)
    }
}
