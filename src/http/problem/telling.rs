//! How a problem is told: its body, in the reader's language.

use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::request_id::RequestId;

use super::{MOST_FAULTS, Problem, REFUSED, WATCH};
use domain::phrase::{Phrase, PlaceholderValue, brief};
use domain::{Fault, Lang};

/// A problem as it is answered, `application/problem+json`.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemBody {
    /// `urn:rapporteur:problem:` and the code.
    #[serde(rename = "type")]
    kind: String,
    /// The status in words, in the reader's language.
    title: String,
    /// The HTTP status.
    status: u16,
    /// Stable: what programs branch on.
    code: &'static str,
    /// What was wrong and what would be right, in the reader's language.
    detail: String,
    /// JSON pointer (RFC 6901) into the request's body, where one place is at fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    pointer: Option<String>,
    /// Every fault, where there can be many; the first 100, where there are more.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    faults: Vec<FaultBody>,
    /// How many faults there are, where they are not all listed: no more than 1,000 of a body that is of another shape, which is
    /// not looked through for more.
    #[serde(skip_serializing_if = "Option::is_none")]
    faults_total: Option<usize>,
    /// What the request is called by, as in the answer's `X-Request-Id`: by it those who run the server find it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required, value_type = String)]
    request_id: Option<String>,
}

/// One thing that is wrong with a request.
#[derive(Debug, Serialize, ToSchema)]
pub struct FaultBody {
    /// Stable.
    code: &'static str,
    /// JSON pointer (RFC 6901) into the request's body; empty for the whole body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pointer: Option<String>,
    /// The name of the query parameter concerned, in place of a pointer.
    #[serde(skip_serializing_if = "Option::is_none")]
    parameter: Option<String>,
    /// The code of the question concerned.
    #[serde(skip_serializing_if = "Option::is_none")]
    question: Option<String>,
    /// What was wrong and what would be right.
    detail: String,
}

impl FaultBody {
    /// A fault in the reader's language.
    pub fn from_fault(fault: &Fault, languages: &[Lang]) -> Self {
        Self {
            code: fault.code,
            pointer: Some(brief(&fault.pointer).to_owned()),
            parameter: None,
            question: fault.question.as_deref().map(brief).map(str::to_owned),
            detail: texts::filled_text(&format!("problem.{}", fault.code), languages, &fault.args),
        }
    }

    /// What was wrong and what would be right.
    pub fn into_detail(self) -> String {
        self.detail
    }

    /// The first of these faults in the reader's language, and how many there are, where that is more.
    pub fn first_of(faults: &[Fault], languages: &[Lang]) -> (Vec<Self>, Option<usize>) {
        let first = faults.iter().take(MOST_FAULTS);
        let first = first.map(|fault| Self::from_fault(fault, languages));
        (first.collect(), total(faults.len()))
    }

    /// What is wrong with a parameter.
    fn of_parameter(name: &str, problem: &Problem, languages: &[Lang]) -> Self {
        Self {
            code: problem.code,
            pointer: None,
            parameter: Some(name.to_owned()),
            question: None,
            detail: problem.detail(languages),
        }
    }
}

/// How many faults there are, where they are not all listed.
fn total(faults: usize) -> Option<usize> {
    (faults > MOST_FAULTS).then_some(faults)
}

impl Problem {
    fn detail(&self, languages: &[Lang]) -> String {
        // The first of a name is taken: this is for what no operation refused.
        let nothing_done = (
            REFUSED,
            PlaceholderValue::Words(Phrase::new("refused", "request")),
        );
        let mut args = self.args.clone();
        args.push(nothing_done);
        texts::filled_text(&format!("problem.{}", self.code), languages, &args)
    }

    /// What is answered to a request, in the reader's language.
    pub fn body(&self, languages: &[Lang], request: Option<&RequestId>) -> ProblemBody {
        let status = self.status_code();
        let faults = self.faults.iter();
        let faults = faults.map(|fault| FaultBody::from_fault(fault, languages));
        let parameters = self.parameters.iter();
        let parameters =
            parameters.map(|(name, problem)| FaultBody::of_parameter(name, problem, languages));
        ProblemBody {
            kind: format!("urn:rapporteur:problem:{}", self.code),
            title: texts::text::<&str>(&format!("status.{}", status.as_u16()), languages, &[]),
            status: status.as_u16(),
            code: self.code,
            detail: self.detail(languages),
            pointer: self.pointer.as_deref().map(brief).map(str::to_owned),
            faults: faults.chain(parameters).collect(),
            faults_total: total(self.faults_total),
            request_id: request.map(|id| id.as_str().to_owned()),
        }
    }

    /// What was wrong and what would be right, and each fault, in the reader's language: for people.
    pub fn words_for(&self, languages: &[Lang]) -> (String, Vec<String>) {
        if let Some(watch) = WATCH.get() {
            watch(self);
        }
        let faults = self.faults.iter();
        let faults = faults.map(|fault| FaultBody::from_fault(fault, languages).detail);
        (self.detail(languages), faults.collect())
    }

    /// The answer, in the reader's language.
    pub fn response(&self, languages: &[Lang], request: Option<&RequestId>) -> HttpResponse {
        if let Some(watch) = WATCH.get() {
            watch(self);
        }
        let body = self.body(languages, request);
        let mut response = HttpResponse::build(self.status_code());
        response.insert_header((header::CONTENT_TYPE, "application/problem+json"));
        response.insert_header((header::CACHE_CONTROL, "no-store"));
        for (name, value) in &self.headers {
            if let Ok(value) = HeaderValue::from_str(value) {
                // A name may be there twice, as with two challenges.
                response.append_header((name.clone(), value));
            }
        }
        response.body(serde_json::to_string(&body).unwrap_or_default())
    }
}
