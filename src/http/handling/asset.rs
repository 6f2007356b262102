//! What never differs while the program runs: made once, compressed once, and from then on only handed over.

use std::convert::Infallible;
use std::io::Write;
use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::body::{BodySize, MessageBody};
use actix_web::http::header::{self, AcceptEncoding, ContentEncoding, Encoding, Header};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use crate::http::conditional;

/// A file as it is answered, in each of its forms.
#[derive(Debug)]
pub struct Asset {
    media_type: String,
    plain: Form,
    /// None where that would not be smaller.
    zipped: Option<Form>,
}

/// The same file in one encoding: other bytes, so another strong tag.
#[derive(Debug)]
struct Form {
    bytes: Bytes,
    tag: String,
}

impl Asset {
    /// A file of this type.
    pub fn new(media_type: impl Into<String>, bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        let hash = hex::encode(&Sha256::digest(&bytes)[..8]);
        let zipped = gzip(&bytes).filter(|zipped| zipped.len() < bytes.len());
        Self {
            media_type: media_type.into(),
            plain: Form {
                tag: format!("\"{hash}\""),
                bytes,
            },
            zipped: zipped.map(|bytes| Form {
                tag: format!("\"{hash}-gzip\""),
                bytes,
            }),
        }
    }

    /// What its bytes come to: another file has another.
    pub fn hash(&self) -> &str {
        self.plain.tag.trim_matches('"')
    }

    /// Answers 200 with the file in the form that the caller prefers, or 304 where he has it in any form.
    pub fn answer(&self, request: &HttpRequest) -> HttpResponse {
        self.answer_varying(request, "Accept-Encoding")
    }

    /// As [`Asset::answer`], where the caller's headers chose between files: `vary` names them all.
    pub fn answer_varying(&self, request: &HttpRequest, vary: &str) -> HttpResponse {
        let zipped = self.zipped.as_ref().filter(|_| takes_gzip(request));
        let form = zipped.unwrap_or(&self.plain);
        let mut forms = [Some(&self.plain), self.zipped.as_ref()].into_iter();
        let has = |form: &Form| conditional::has(request.headers(), &form.tag);
        let is_known = forms.any(|form| form.is_some_and(has));
        let mut response = if is_known {
            HttpResponse::NotModified()
        } else {
            HttpResponse::Ok()
        };
        response.insert_header((header::ETAG, form.tag.as_str()));
        // Another program may have another: a cache may keep it, and asks each time whether it still holds.
        response.insert_header((header::CACHE_CONTROL, "public, no-cache"));
        response.insert_header((header::VARY, vary));
        if is_known {
            return response.finish();
        }
        if zipped.is_some() {
            // This also tells the middleware that nothing is left to compress.
            response.insert_header(ContentEncoding::Gzip);
        }
        response
            .content_type(self.media_type.as_str())
            .body(Slices(form.bytes.clone()))
    }
}

/// Bytes that are handed over a slice at a time: of each the connection makes a copy, which whoever reads slowly would have
/// it keep.
struct Slices(Bytes);

/// The most bytes that are handed over at once.
const SLICE: usize = 16 << 10;

impl MessageBody for Slices {
    type Error = Infallible;

    fn size(&self) -> BodySize {
        BodySize::Sized(self.0.len() as u64)
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Infallible>>> {
        let next = self.0.len().min(SLICE);
        let slice = self.0.split_to(next);
        Poll::Ready((!slice.is_empty()).then_some(Ok(slice)))
    }
}

fn gzip(bytes: &[u8]) -> Option<Bytes> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok().map(Bytes::from)
}

/// Whether the caller takes gzip, and likes nothing better that there is.
fn takes_gzip(request: &HttpRequest) -> bool {
    let there = [Encoding::gzip(), Encoding::identity()];
    let said = request.headers().contains_key(header::ACCEPT_ENCODING);
    let accepted = said.then(|| AcceptEncoding::parse(request).ok()).flatten();
    accepted.is_some_and(|accepted| accepted.negotiate(there.iter()) == Some(Encoding::gzip()))
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use actix_web::test::TestRequest;
    use flate2::read::GzDecoder;
    use futures_util::FutureExt;

    use super::*;

    fn ask(asset: &Asset, headers: &[(&'static str, &str)]) -> HttpResponse {
        let request = TestRequest::default();
        let request = headers.iter().fold(request, |request, (name, value)| {
            request.insert_header((*name, *value))
        });
        asset.answer(&request.to_http_request())
    }

    /// The first slice.
    fn bytes(response: HttpResponse) -> Bytes {
        let mut body = response.into_body();
        let next = std::future::poll_fn(|context| Pin::new(&mut body).poll_next(context));
        next.now_or_never().unwrap().unwrap().unwrap()
    }

    #[test]
    fn each_answer_hands_over_the_same_bytes_and_makes_none() {
        let asset = Asset::new("text/plain", "a".repeat(1000));
        for headers in [
            [("accept-encoding", "identity")],
            [("accept-encoding", "gzip")],
        ] {
            let first = bytes(ask(&asset, &headers));
            let second = bytes(ask(&asset, &headers));
            assert_eq!(first.as_ptr(), second.as_ptr(), "{headers:?}");
        }
    }

    #[test]
    fn each_form_has_its_tag_and_either_tag_is_known() {
        let text = "a".repeat(1000);
        let asset = Asset::new("text/plain", text.clone());
        let tag = |response: &HttpResponse| {
            let tag = response.headers().get(header::ETAG).unwrap();
            tag.to_str().unwrap().to_owned()
        };
        let (plain, zipped) = (
            ask(&asset, &[]),
            ask(&asset, &[("accept-encoding", "gzip, br")]),
        );
        let tags = [tag(&plain), tag(&zipped)];
        assert_eq!(zipped.headers().get("content-encoding").unwrap(), "gzip");
        assert_eq!(zipped.headers().get("vary").unwrap(), "Accept-Encoding");
        assert!(plain.headers().get("content-encoding").is_none());
        assert_eq!(bytes(plain), text);
        let mut unzipped = String::new();
        GzDecoder::new(&*bytes(zipped))
            .read_to_string(&mut unzipped)
            .unwrap();
        assert_eq!(unzipped, text);
        assert_ne!(tags[0], tags[1]);
        for known in &tags {
            assert_eq!(ask(&asset, &[("if-none-match", known)]).status(), 304);
        }
        let other = Asset::new("text/plain", "b".repeat(1000));
        assert_eq!(ask(&other, &[("if-none-match", &tags[0])]).status(), 200);
    }

    #[test]
    fn a_large_file_is_handed_over_in_slices() {
        let large: String = (0..SLICE).map(|number| format!("{number};")).collect();
        let asset = Asset::new("text/plain", large.clone());
        let sent = ask(&asset, &[]);
        assert_eq!(sent.body().size(), BodySize::Sized(large.len() as u64));
        let slice = bytes(sent);
        assert_eq!((slice.len(), &*slice), (SLICE, &large.as_bytes()[..SLICE]));
        let whole = actix_web::body::to_bytes(ask(&asset, &[]).into_body());
        assert_eq!(whole.now_or_never().unwrap().unwrap(), large);
    }

    #[test]
    fn what_gzip_makes_larger_is_sent_as_it_is() {
        let asset = Asset::new("text/plain", "a");
        let sent = ask(&asset, &[("accept-encoding", "gzip")]);
        assert!(sent.headers().get("content-encoding").is_none());
        assert_eq!(bytes(sent), "a");
    }
}
