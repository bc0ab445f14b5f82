//! Which variant of an experiment a company sees: the same for ever, for all its people, on every node.
//!
//! The variant is a pure function of (experiment, company, salt): SipHash-2-4 (Aumasson and Bernstein 2012) with the
//! key (salt, purpose), over the length of the experiment's id as 8 bytes little-endian, the id, and the 16 bytes of
//! the company's UUID. Changing anything here would move companies in running experiments; a table of fixed values in
//! the tests stands guard.

use kernel::CompanyId;

use crate::StatisticsError;

/// The whole, in parts per million.
const WHOLE_PPM: u32 = 1_000_000;
/// Second half of the key, so that entering and the variant are independent draws.
const PURPOSE_EXPOSURE: u64 = 1;
const PURPOSE_VARIANT: u64 = 2;

/// How an experiment splits companies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    weights_ppm: Vec<u32>,
    exposure_ppm: u32,
}

impl Split {
    /// One weight per variant, together the whole million, and the share of companies that enter at all. Raising the
    /// share later adds companies and moves none; changing the weights moves companies, so where weights change
    /// ([`crate::thompson`]), the caller stores the variant at the first exposure and asks here for new companies only.
    ///
    /// # Errors
    /// Weights that are not a million together; a share over a million.
    pub fn new(weights_ppm: &[u32], exposure_ppm: u32) -> Result<Self, StatisticsError> {
        if weights_ppm.iter().map(|weight| u64::from(*weight)).sum::<u64>() != u64::from(WHOLE_PPM) {
            return Err(StatisticsError::OutOfRange("weights_ppm"));
        }
        if exposure_ppm > WHOLE_PPM {
            return Err(StatisticsError::OutOfRange("exposure_ppm"));
        }
        Ok(Self { weights_ppm: weights_ppm.to_vec(), exposure_ppm })
    }

    /// The place of the company's variant among the weights; `None` when the company does not enter. Another `salt`
    /// draws anew; a variant of weight 0 is never given.
    pub fn variant(&self, experiment: &[u8], company: CompanyId, salt: u64) -> Option<usize> {
        if point_ppm(experiment, company, [salt, PURPOSE_EXPOSURE]) >= self.exposure_ppm {
            return None;
        }
        let point = point_ppm(experiment, company, [salt, PURPOSE_VARIANT]);
        let mut end = 0;
        self.weights_ppm.iter().position(|weight| {
            end += weight;
            point < end
        })
    }
}

/// A point in 0..1,000,000, uniform over companies.
fn point_ppm(experiment: &[u8], company: CompanyId, key: [u64; 2]) -> u32 {
    let mut message = Vec::with_capacity(24 + experiment.len());
    message.extend_from_slice(&(experiment.len() as u64).to_le_bytes());
    message.extend_from_slice(experiment);
    message.extend_from_slice(company.uuid().as_bytes());
    let hash = sip_hash(key, &message);
    ((u128::from(hash) * u128::from(WHOLE_PPM)) >> 64) as u32
}

/// SipHash-2-4 of a message: 64 bits. The standard library's hasher does not promise to stay the same.
pub fn sip_hash(key: [u64; 2], message: &[u8]) -> u64 {
    let mut state = [
        key[0] ^ 0x736f_6d65_7073_6575,
        key[1] ^ 0x646f_7261_6e64_6f6d,
        key[0] ^ 0x6c79_6765_6e65_7261,
        key[1] ^ 0x7465_6462_7974_6573,
    ];
    let chunks = message.chunks_exact(8);
    let mut last = [0; 8];
    last[..chunks.remainder().len()].copy_from_slice(chunks.remainder());
    last[7] = message.len() as u8;
    for chunk in chunks.chain([&last[..]]) {
        let word = chunk.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte));
        state[3] ^= word;
        sip_rounds(&mut state, 2);
        state[0] ^= word;
    }
    state[2] ^= 0xff;
    sip_rounds(&mut state, 4);
    state.into_iter().fold(0, |hash, word| hash ^ word)
}

fn sip_rounds(state: &mut [u64; 4], rounds: usize) {
    let [mut a, mut b, mut c, mut d] = *state;
    for _ in 0..rounds {
        a = a.wrapping_add(b);
        c = c.wrapping_add(d);
        b = b.rotate_left(13) ^ a;
        d = d.rotate_left(16) ^ c;
        a = a.rotate_left(32).wrapping_add(d);
        c = c.wrapping_add(b);
        b = b.rotate_left(17) ^ c;
        d = d.rotate_left(21) ^ a;
        c = c.rotate_left(32);
    }
    *state = [a, b, c, d];
}
