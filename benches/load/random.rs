//! Random numbers that are the same on every machine and in every run.

/// A generator of random numbers: xorshift64*, good enough for made-up facts.
pub struct Random(u64);

impl Random {
    /// The sequence of this seed.
    pub fn new(seed: u64) -> Self {
        // Seeds that lie close together must not give sequences that do; zero gives none at all.
        let mixed = seed.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        Self((mixed ^ (mixed >> 31)) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11
    }

    /// A number from 0 up to `limit`, which is not reached itself.
    pub fn below(&mut self, limit: u32) -> u32 {
        let number = self.next() % u64::from(limit.max(1));
        u32::try_from(number).unwrap_or_default()
    }

    /// A place in a list of this length.
    pub fn index(&mut self, length: usize) -> usize {
        let limit = u32::try_from(length).unwrap_or(u32::MAX);
        usize::try_from(self.below(limit)).unwrap_or_default()
    }

    /// A number from 0 up to 1.
    fn share(&mut self) -> f64 {
        f64::from(self.below(1 << 30)) / f64::from(1 << 30)
    }

    /// One of these.
    pub fn one_of<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.index(items.len())]
    }

    /// Puts them into any order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for end in (1..items.len()).rev() {
            let other = self.index(end + 1);
            items.swap(end, other);
        }
    }
}

/// Numbers from 0, small ones far more often than large ones, as popularity is distributed.
pub struct Zipf {
    /// How often a number up to this one comes, by number.
    cumulative: Vec<f64>,
}

impl Zipf {
    /// Numbers below `count`; number n is as frequent as 1 / (n + 1) to the power of `exponent`.
    pub fn new(count: u32, exponent: f64) -> Self {
        let mut sum = 0.0;
        let weights = (1..=count).map(|rank| {
            sum += f64::from(rank).powf(-exponent);
            sum
        });
        Self {
            cumulative: weights.collect(),
        }
    }

    /// One of the numbers.
    pub fn draw(&self, random: &mut Random) -> u32 {
        let total = self.cumulative.last().copied().unwrap_or_default();
        let wanted = random.share() * total;
        let number = self.cumulative.partition_point(|&sum| sum <= wanted);
        u32::try_from(number.min(self.cumulative.len() - 1)).unwrap_or_default()
    }
}
