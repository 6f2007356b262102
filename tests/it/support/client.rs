//! A client that fails a test with the whole answer in its message.

use reqwest::header::HeaderMap;
use reqwest::{Method, RequestBuilder};
use serde_json::Value;

use super::telling::nothing_is_amiss;
use super::validity::Exchange;

/// A request to send.
pub struct Call {
    request: RequestBuilder,
    method: Method,
    url: String,
    body: Option<Value>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
    /// Method and address, for the message of a test that fails.
    #[expect(dead_code, reason = "read by Debug")]
    said: String,
}

/// A client without https: no test spends its time on reading this machine's trusted certificates, or needs them.
pub fn http() -> reqwest::Client {
    access::cryptography::install();
    let client = reqwest::Client::builder()
        .tls_certs_only([])
        .redirect(reqwest::redirect::Policy::none())
        .build();
    client.unwrap()
}

impl Call {
    pub fn new(client: &reqwest::Client, method: Method, url: &str) -> Self {
        Self {
            request: client.request(method.clone(), url),
            method,
            url: url.to_owned(),
            body: None,
        }
    }

    /// With a bearer token.
    pub fn token(mut self, token: &str) -> Self {
        self.request = self.request.bearer_auth(token);
        self
    }

    /// With HTTP Basic.
    pub fn basic(mut self, user: &str, password: &str) -> Self {
        self.request = self.request.basic_auth(user, Some(password));
        self
    }

    /// From a page of the site, with a session's cookie.
    pub fn cookie(self, cookie: &str) -> Self {
        self.header("cookie", cookie)
            .header("sec-fetch-site", "same-origin")
            .header("x-requested-with", "rapporteur")
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.request = self.request.header(name, value);
        self
    }

    /// With a JSON body.
    pub fn json(mut self, body: &Value) -> Self {
        self.request = self.request.json(body);
        self.body = Some(body.clone());
        self
    }

    /// With a body as it is.
    pub fn body(mut self, media_type: &str, body: impl Into<reqwest::Body>) -> Self {
        self.request = self.request.header("content-type", media_type).body(body);
        self
    }

    /// With a file as the body.
    pub fn file(self, media_type: &str, name: &str, bytes: impl Into<reqwest::Body>) -> Self {
        let encoded: String = name.bytes().map(|byte| format!("%{byte:02x}")).collect();
        let disposition = format!("attachment; filename*=UTF-8''{encoded}");
        self.header("content-disposition", &disposition)
            .body(media_type, bytes)
    }

    /// Sends it; what is answered, and what is taken of what is sent, must be what the API's document says.
    pub async fn send(self) -> Answer {
        let response = self.request.send().await.unwrap();
        nothing_is_amiss();
        let answer = Answer {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            said: format!("{} {}", self.method, self.url),
            text: response.text().await.unwrap(),
        };
        answer.is_named_alike();
        let exchange = Exchange {
            method: &self.method,
            path: self.url.parse::<reqwest::Url>().unwrap().path().to_owned(),
            status: answer.status,
        };
        // What was packed for a client that asked for it is looked at where it is unpacked.
        let is_packed = !answer.header("content-encoding").is_empty();
        let media_type = answer.header("content-type");
        let answered = exchange.answer_fault(media_type, if is_packed { "" } else { &answer.text });
        let is_taken = answer.status < 300;
        let sent = self.body.filter(|_| is_taken);
        let sent = sent.and_then(|body| exchange.request_fault(&body));
        for (how, fault) in [("answered", answered), ("sent", sent)] {
            assert!(
                fault.is_none(),
                "{exchange}: what was {how} is not as the API's document says: {}\n{answer:#?}",
                fault.unwrap_or_default(),
            );
        }
        answer
    }

    /// Sends, and answers the body of the expected status.
    pub async fn expect(self, status: u16) -> Value {
        self.send().await.expect(status)
    }

    /// Sends, and answers the problem, whose status and code must be these.
    pub async fn problem(self, status: u16, code: &str) -> Value {
        self.send().await.problem(status, code)
    }
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {self:#?}"))
    }

    /// A problem calls its request what the header does.
    fn is_named_alike(&self) {
        if self.header("content-type") == "application/problem+json" && !self.text.is_empty() {
            let id = self.header("x-request-id");
            assert!(!id.is_empty(), "{self:#?}");
            assert_eq!(self.json()["request_id"], id, "{self:#?}");
        }
    }

    /// The body without what its request is called by, which is another one each time.
    pub fn nameless(&self) -> String {
        self.text.replace(self.header("x-request-id"), "")
    }

    pub fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{self:#?}");
        if self.text.is_empty() {
            Value::Null
        } else {
            self.json()
        }
    }

    pub fn problem(&self, status: u16, code: &str) -> Value {
        assert_eq!(self.status, status, "{self:#?}");
        assert_eq!(
            self.header("content-type"),
            "application/problem+json",
            "{self:#?}"
        );
        let problem = self.json();
        assert_eq!(problem["code"], code, "{self:#?}");
        assert_eq!(problem["status"], status, "{self:#?}");
        let faults = problem["faults"].as_array().into_iter().flatten();
        for told in faults.chain([&problem]) {
            assert!(is_sentence(told), "{told} in {self:#?}");
        }
        problem
    }

    /// The problem without the request's own id: what two that are told alike have in common.
    pub fn anonymous_problem(&self, status: u16, code: &str) -> Value {
        let mut problem = self.problem(status, code);
        problem["request_id"].take();
        problem
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map(|value| value.to_str().unwrap())
            .unwrap_or_default()
    }
}

/// Whether it is told in words: a text that is missing shows its key, and a placeholder that nobody filled shows `…`.
fn is_sentence(told: &Value) -> bool {
    let detail = told["detail"].as_str().unwrap();
    let has_dots = ["missing_token", "out_of_range"].contains(&told["code"].as_str().unwrap());
    detail.contains(' ') && (has_dots || !detail.contains('…'))
}
