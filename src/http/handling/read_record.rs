//! What a handler says of its answer to whatever records reads of what is restricted.

use actix_web::{HttpMessage, HttpRequest};

use domain::ReplyId;

/// That a request whose reads are recorded was answered with what anybody may read.
pub struct PublicAnswer;

impl PublicAnswer {
    /// Notes that this request's answer is public, and so no read to be recorded. What is not noted so is recorded.
    pub fn note(request: &HttpRequest) {
        request.extensions_mut().insert(Self);
    }
}

/// That a request whose reads are recorded was answered with what its party only drafts: as a read of what it is recorded, so
/// that whoever reads the audit does not learn from it what there is in a draft.
#[derive(Clone, Copy)]
pub struct DraftRead {
    /// An operation that anybody of the party may use, be there something drafted or not.
    pub operation: &'static str,
    /// The reply.
    pub reply: ReplyId,
}

impl DraftRead {
    /// Notes that this request's answer is of a draft.
    pub fn note(self, request: &HttpRequest) {
        request.extensions_mut().insert(self);
    }
}
