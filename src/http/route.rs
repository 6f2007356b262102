//! Where a request goes, once it was found.

use actix_web::{HttpMessage, HttpRequest};

/// An endpoint of the router.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    /// The path's pattern: `/v1/needs/{need}`.
    pub pattern: &'static str,
    /// The endpoint's number in the router.
    pub(super) endpoint: usize,
    /// Whether it is a page that not everybody sees.
    pub is_page: bool,
}

impl Route {
    /// Where this request goes; none where it was not looked for, or goes nowhere.
    pub fn from_request(request: &HttpRequest) -> Option<Self> {
        request.extensions().get::<Self>().copied()
    }
}
