//! The log's Merkle tree, as RFC 6962 (section 2.1) has it: over the leaves in the order of positions. Pure: no I/O.
//!
//! Its root at a position stands for every event up to there. Subtrees are noted at each eighth height ([`Node`]), as tiles
//! have them (C2SP tlog-tiles): so few hashes lead to any root.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};
use sha2::{Digest, Sha256};

/// How many heights of the tree a level has: its subtrees have 256 times as many leaves as those of the level below.
pub const HEIGHTS: u32 = 8;
/// The highest level that positions reach.
pub const LEVELS: u32 = 7;

/// A hash in the tree: SHA-256. Written as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct TreeHash([u8; 32]);

impl TreeHash {
    /// The root of no event at all: the hash of nothing.
    pub fn of_nothing() -> Self {
        Self(Sha256::digest([]).into())
    }

    /// An event's leaf: SHA-256 of 0x00 and its envelope.
    pub fn of_leaf(envelope: &[u8]) -> Self {
        let hash = Sha256::new().chain_update([0]).chain_update(envelope);
        Self(hash.finalize().into())
    }

    /// Two subtrees beside each other: SHA-256 of 0x01 and both.
    fn of_both(left: Self, right: Self) -> Self {
        let hash = Sha256::new().chain_update([1]).chain_update(left.0);
        Self(hash.chain_update(right.0).finalize().into())
    }

    /// Its 32 bytes.
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// From what is stored; none where that is no hash.
    pub fn stored(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }
}

impl fmt::Display for TreeHash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for TreeHash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

impl Serialize for TreeHash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl FromStr for TreeHash {
    type Err = NoHash;

    fn from_str(text: &str) -> Result<Self, NoHash> {
        let bytes = hex::decode(text).ok();
        bytes.and_then(|bytes| Self::stored(&bytes)).ok_or(NoHash)
    }
}

/// What is no hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a hash has 64 hexadecimal digits")]
pub struct NoHash;

/// The root of a complete subtree of 256^`level` leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node {
    /// 1, 2, 3: a subtree of 256, 65,536, ... leaves.
    pub level: u32,
    /// Which of that level it is, from the left and from 0.
    pub index: u64,
    /// Its root.
    pub hash: TreeHash,
}

impl Node {
    /// How many of a level are complete in a tree of so many leaves.
    pub fn complete(level: u32, size: u64) -> u64 {
        size.checked_shr(level * HEIGHTS).unwrap_or(0)
    }
}

/// The right edge of a tree: from it the root follows, and the tree can grow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    /// The roots of the complete subtrees that the tree falls into, the largest first: one for each bit of its size.
    peaks: Vec<TreeHash>,
}

impl Frontier {
    /// How many leaves the tree has: the position of the last one.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Adds a leaf, and answers the nodes that it completes.
    pub fn push(&mut self, leaf: TreeHash) -> Vec<Node> {
        self.add(0, leaf)
    }

    /// Adds a whole subtree at once, which begins where the tree ends; false where it does not, and then nothing is added.
    pub fn extend(&mut self, node: &Node) -> bool {
        let height = node.level * HEIGHTS;
        let fits = self.size.is_multiple_of(1 << height) && self.size >> height == node.index;
        if fits {
            self.add(height, node.hash);
        }
        fits
    }

    fn add(&mut self, mut height: u32, mut hash: TreeHash) -> Vec<Node> {
        let before = self.size;
        self.size += 1 << height;
        let mut completed = Vec::new();
        while before >> height & 1 == 1
            && let Some(left) = self.peaks.pop()
        {
            hash = TreeHash::of_both(left, hash);
            height += 1;
            if height.is_multiple_of(HEIGHTS) {
                completed.push(Node {
                    level: height / HEIGHTS,
                    index: before >> height,
                    hash,
                });
            }
        }
        self.peaks.push(hash);
        completed
    }

    /// The root.
    pub fn root(&self) -> TreeHash {
        let mut peaks = self.peaks.iter().rev().copied();
        let smallest = peaks.next().unwrap_or_else(TreeHash::of_nothing);
        peaks.fold(smallest, |right, left| TreeHash::of_both(left, right))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// MTH of RFC 6962, word by word.
    fn naive(leaves: &[TreeHash]) -> TreeHash {
        match leaves {
            [] => TreeHash::of_nothing(),
            [leaf] => *leaf,
            _ => {
                let largest = leaves.len().next_power_of_two() / 2;
                let (left, right) = leaves.split_at(largest);
                TreeHash::of_both(naive(left), naive(right))
            }
        }
    }

    fn leaves(count: u64) -> Vec<TreeHash> {
        let leaf = |number: u64| TreeHash::of_leaf(&number.to_be_bytes());
        (0..count).map(leaf).collect()
    }

    fn grown(leaves: &[TreeHash]) -> (Frontier, Vec<Node>) {
        let mut frontier = Frontier::default();
        let nodes = leaves.iter().flat_map(|leaf| frontier.push(*leaf));
        let nodes = nodes.collect();
        (frontier, nodes)
    }

    /// The leaves and roots with which implementations of Certificate Transparency are tested.
    #[test]
    fn the_known_trees_of_certificate_transparency_have_their_roots() {
        let leaves = [
            "",
            "00",
            "10",
            "2021",
            "3031",
            "40414243",
            "5051525354555657",
            "606162636465666768696a6b6c6d6e6f",
        ];
        let roots = [
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ];
        let leaves = leaves.map(|leaf| TreeHash::of_leaf(&hex::decode(leaf).unwrap()));
        for (size, root) in roots.into_iter().enumerate() {
            let (frontier, _) = grown(&leaves[..size]);
            assert_eq!(frontier.root().to_string(), root, "{size} leaves");
            assert_eq!(root.parse(), Ok(frontier.root()));
        }
        for wrong in [
            "",
            "e3",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8zz",
        ] {
            assert_eq!(wrong.parse::<TreeHash>(), Err(NoHash), "{wrong}");
        }
    }

    #[test]
    fn each_level_has_the_roots_of_its_complete_subtrees() {
        let (_, nodes) = grown(&leaves(600));
        let indexes: Vec<u64> = nodes.iter().map(|node| node.index).collect();
        assert_eq!(indexes, [0, 1]);
        assert_eq!(nodes[1].hash, naive(&leaves(512)[256..]));

        // Subtrees of which nothing but the root is known; the last one completes one of the level above.
        let mut roots = leaves(256);
        let mut frontier = Frontier::default();
        for (index, hash) in roots[..255].iter().enumerate() {
            let index = index as u64;
            let hash = *hash;
            assert!(frontier.extend(&Node {
                level: 1,
                index,
                hash
            }));
        }
        let last = leaves(256);
        let nodes: Vec<Node> = last.iter().flat_map(|leaf| frontier.push(*leaf)).collect();
        roots[255] = naive(&last);
        let node = |level, index, hash| Node { level, index, hash };
        assert_eq!(nodes, [node(1, 255, roots[255]), node(2, 0, naive(&roots))]);
        assert_eq!((frontier.size(), frontier.root()), (65_536, naive(&roots)));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn a_tree_grown_leaf_by_leaf_or_by_whole_subtrees_has_the_root_of_the_definition(size in 0_u64..700) {
            let leaves = leaves(size);
            let (frontier, nodes) = grown(&leaves);
            prop_assert_eq!(frontier.size(), size);
            prop_assert_eq!(frontier.root(), naive(&leaves));

            let mut by_nodes = Frontier::default();
            for node in &nodes {
                prop_assert!(by_nodes.extend(node));
            }
            prop_assert!(nodes.is_empty() || !by_nodes.extend(&nodes[0]));
            for leaf in &leaves[nodes.len() * 256..] {
                by_nodes.push(*leaf);
            }
            prop_assert_eq!(by_nodes, frontier);
        }
    }
}
