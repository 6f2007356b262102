//! What every request passes: `edge` (address, sizes, pace, CORS, headers), then `gate` (credentials, limits, rights).

pub(in crate::http) mod basic;
pub mod client_address;
pub mod connections;
pub(in crate::http) mod cookies;
pub mod cors;
pub mod credentials;
pub(in crate::http) mod crowd;
pub mod csrf;
pub mod edge;
pub mod gate;
pub mod head;
pub mod limits;
pub(in crate::http) mod ration;
pub mod security;
pub(in crate::http) mod session;
pub mod sign_on;
pub mod trace;
pub mod unknown_proxies;
