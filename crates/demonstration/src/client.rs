//! The demonstration's own client of the API: every request that fails says which it was, and what was answered.

use std::fmt;
use std::time::Duration;

use reqwest::header::ETAG;
use reqwest::{Method, RequestBuilder, Response, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// How often a request is sent again where the server is busy, and how long to wait before.
const AGAIN: u32 = 40;
const PAUSE: Duration = Duration::from_millis(50);

/// A request that did not do what it should.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// No answer came.
    #[error("{request} was not answered")]
    NotAnswered {
        /// Which request.
        request: String,
        /// Why not.
        source: reqwest::Error,
    },
    /// The answer is a problem.
    #[error("{request} was refused with {status}: {problem}")]
    Refused {
        /// Which request.
        request: String,
        /// The status.
        status: StatusCode,
        /// What the answer says.
        problem: Problem,
    },
    /// The answer has another shape than it should.
    #[error("{request} was answered in a way that is not understood: {why}")]
    NotUnderstood {
        /// Which request.
        request: String,
        /// What is wrong with the answer.
        why: String,
    },
}

/// What of a problem people need.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Problem {
    code: String,
    detail: String,
    faults: Vec<Fault>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Fault {
    pointer: String,
    detail: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} ({})", self.detail, self.code)?;
        for fault in &self.faults {
            write!(out, "; {}: {}", fault.pointer, fault.detail)?;
        }
        Ok(())
    }
}

/// Where the API is.
pub struct Client {
    http: reqwest::Client,
    url: String,
}

/// A caller of the API.
pub struct Caller<'a> {
    client: &'a Client,
    token: Option<String>,
    who: String,
}

/// What a write answered.
pub struct WriteResponse<T> {
    /// The body.
    pub body: T,
    /// The position of the last event that changed the resource: its ETag.
    pub position: u64,
}

impl Client {
    /// A client of the server at this URL.
    ///
    /// # Errors
    /// The client cannot be made.
    pub fn new(url: &str) -> reqwest::Result<Self> {
        access::cryptography::install();
        let http = reqwest::Client::builder()
            // The server is this very process: whatever proxy the environment names has no part in it.
            .no_proxy()
            // Nor do this machine's trusted certificates, which need not be there.
            .tls_certs_only([])
            .timeout(Duration::from_secs(60))
            .build()?;
        Ok(Self {
            http,
            url: url.to_owned(),
        })
    }

    /// Anybody.
    pub fn anybody(&self) -> Caller<'_> {
        Caller {
            client: self,
            token: None,
            who: "anybody".to_owned(),
        }
    }

    /// Whoever has this token.
    pub fn with(&self, token: &str, who: impl Into<String>) -> Caller<'_> {
        Caller {
            client: self,
            token: Some(token.to_owned()),
            who: who.into(),
        }
    }
}

impl Caller<'_> {
    /// Reads.
    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, ClientError> {
        let said = self.said(&Method::GET, path);
        let response = self
            .send(&said, || self.request(&Method::GET, path))
            .await?;
        read(said, response).await
    }

    /// Writes. The same caller and key are the same command, however often it is sent.
    pub async fn write<T: DeserializeOwned>(
        &self,
        method: &Method,
        path: &str,
        key: &str,
        body: Option<&Value>,
    ) -> Result<WriteResponse<T>, ClientError> {
        let (said, response) = self.written(method, path, key, body).await?;
        let tag = response.headers().get(ETAG);
        let position = tag.and_then(|tag| tag.to_str().ok()?.trim_matches('"').parse().ok());
        let Some(position) = position else {
            return Err(ClientError::NotUnderstood {
                request: said,
                why: "it names no position in its ETag".to_owned(),
            });
        };
        let body = read(said, response).await?;
        Ok(WriteResponse { body, position })
    }

    /// Posts; answers what came of it. The key is as in [`Caller::write`].
    pub async fn post(&self, key: &str, path: &str, body: &Value) -> Result<Value, ClientError> {
        self.told(&Method::POST, path, key, body).await
    }

    /// Puts; answers what came of it. The key is as in [`Caller::write`].
    pub async fn put(&self, key: &str, path: &str, body: &Value) -> Result<Value, ClientError> {
        self.told(&Method::PUT, path, key, body).await
    }

    /// Changes a part; answers what came of it. The key is as in [`Caller::write`].
    pub async fn patch(&self, key: &str, path: &str, body: &Value) -> Result<Value, ClientError> {
        self.told(&Method::PATCH, path, key, body).await
    }

    /// Posts; answers the id of what was made. The key is as in [`Caller::write`].
    pub async fn make(&self, key: &str, path: &str, body: &Value) -> Result<String, ClientError> {
        let made = self.post(key, path, body).await?;
        let id = made.get("id").and_then(Value::as_str);
        id.map(str::to_owned)
            .ok_or_else(|| ClientError::NotUnderstood {
                request: self.said(&Method::POST, path),
                why: "it names no id".to_owned(),
            })
    }

    async fn told(
        &self,
        method: &Method,
        path: &str,
        key: &str,
        body: &Value,
    ) -> Result<Value, ClientError> {
        let (said, response) = self.written(method, path, key, Some(body)).await?;
        read(said, response).await
    }

    async fn written(
        &self,
        method: &Method,
        path: &str,
        key: &str,
        body: Option<&Value>,
    ) -> Result<(String, Response), ClientError> {
        let said = self.said(method, path);
        let response = self
            .send(&said, || {
                let request = self.request(method, path).header("idempotency-key", key);
                match body {
                    Some(body) => request.json(body),
                    None => request,
                }
            })
            .await?;
        Ok((said, response))
    }

    fn said(&self, method: &Method, path: &str) -> String {
        format!("{method} {path} of {}", self.who)
    }

    fn request(&self, method: &Method, path: &str) -> RequestBuilder {
        let url = format!("{}{path}", self.client.url);
        let request = self.client.http.request(method.clone(), url);
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// Sends, and again while the server is too busy to take it: with its key a write cannot happen twice.
    async fn send(
        &self,
        said: &str,
        request: impl Fn() -> RequestBuilder,
    ) -> Result<Response, ClientError> {
        let mut left = AGAIN;
        loop {
            let response = request().send().await.map_err(not_answered(said))?;
            let status = response.status();
            if status.is_success() {
                return Ok(response);
            }
            if status == StatusCode::SERVICE_UNAVAILABLE && left > 0 {
                left -= 1;
                tokio::time::sleep(PAUSE).await;
                continue;
            }
            let text = response.text().await.map_err(not_answered(said))?;
            return Err(ClientError::Refused {
                request: said.to_owned(),
                status,
                // Whatever is no problem of ours is shown as it came.
                problem: serde_json::from_str(&text).unwrap_or(Problem {
                    detail: text,
                    ..Problem::default()
                }),
            });
        }
    }
}

fn not_answered(request: &str) -> impl FnOnce(reqwest::Error) -> ClientError {
    let request = request.to_owned();
    |source| ClientError::NotAnswered { request, source }
}

async fn read<T: DeserializeOwned>(request: String, response: Response) -> Result<T, ClientError> {
    let text = response.text().await.map_err(not_answered(&request))?;
    serde_json::from_str(&text).map_err(|error| ClientError::NotUnderstood {
        request,
        why: error.to_string(),
    })
}
