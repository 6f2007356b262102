//! How many are there, from each address and in all.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use crate::http::services::limits::block;

/// Those who are there.
#[derive(Debug, Default)]
pub struct Crowd(Mutex<Counts>);

#[derive(Debug, Default)]
struct Counts {
    all: usize,
    /// By address; the addresses of one customer of a network are one. Who has left is forgotten.
    by_address: HashMap<IpAddr, usize>,
}

/// One who is there, until dropped.
#[derive(Debug)]
pub struct CrowdPlace {
    crowd: Arc<Crowd>,
    address: Option<IpAddr>,
    of_all: usize,
    of_the_address: usize,
}

impl Crowd {
    /// One more; without an address, of none.
    pub fn enter(self: &Arc<Self>, address: Option<IpAddr>) -> CrowdPlace {
        let address = address.map(block);
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counts.all += 1;
        let of_the_address = address.map_or(0, |address| {
            let count = counts.by_address.entry(address).or_default();
            *count += 1;
            *count
        });
        CrowdPlace {
            crowd: self.clone(),
            address,
            of_all: counts.all,
            of_the_address,
        }
    }
}

impl CrowdPlace {
    /// How many there were with this one.
    pub fn of_all(&self) -> usize {
        self.of_all
    }

    /// How many there were of its address with this one; 0 where it is of none.
    pub fn of_the_address(&self) -> usize {
        self.of_the_address
    }
}

impl Drop for CrowdPlace {
    fn drop(&mut self) {
        let mut counts = self.crowd.0.lock().unwrap_or_else(PoisonError::into_inner);
        counts.all -= 1;
        let Some(address) = self.address else {
            return;
        };
        if let Some(count) = counts.by_address.get_mut(&address) {
            *count -= 1;
            if *count == 0 {
                counts.by_address.remove(&address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_leaves_makes_room_and_is_forgotten() {
        let crowd = Arc::<Crowd>::default();
        let enter = |address: &str| crowd.enter(Some(address.parse().unwrap()));
        let one = enter("2001:db8:1:2::1");
        let neighbour = enter("2001:db8:1:2::2");
        assert_eq!((neighbour.of_all(), neighbour.of_the_address()), (2, 2));
        let other = enter("192.0.2.1");
        assert_eq!((other.of_all(), other.of_the_address()), (3, 1));
        let proxy = crowd.enter(None);
        assert_eq!((proxy.of_all(), proxy.of_the_address()), (4, 0));
        drop((one, neighbour, other));
        assert!(crowd.0.lock().unwrap().by_address.is_empty());
        assert_eq!(enter("2001:db8:1:2::3").of_all(), 2);
    }
}
