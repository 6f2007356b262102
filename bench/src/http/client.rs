//! A client of HTTP/1.1 that keeps its connection, and sends the next request when it has read the answer to the last.

use std::net::SocketAddr;

use anyhow::{Context, ensure};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{self, SendRequest};
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HOST, HeaderMap, LOCATION};
use hyper::{Method, Request};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpStream;

/// A request, and the status that it must be answered with.
#[derive(Clone, Debug)]
pub struct Asked {
    method: Method,
    path: String,
    token: Option<String>,
    /// What the body is, where there is one.
    media: &'static str,
    body: Bytes,
    status: u16,
}

impl Asked {
    /// Reads what is at a path, as anybody.
    pub fn get(path: impl Into<String>) -> Self {
        Self {
            method: Method::GET,
            path: path.into(),
            token: None,
            media: "application/json",
            body: Bytes::new(),
            status: 200,
        }
    }

    /// Another method, with a body, and the status that it must be answered with.
    pub fn write(method: Method, path: impl Into<String>, body: &Value, status: u16) -> Self {
        Self {
            method,
            path: path.into(),
            token: None,
            media: "application/json",
            body: match body {
                Value::Null => Bytes::new(),
                body => body.to_string().into(),
            },
            status,
        }
    }

    /// Posts a document of XML that is taken.
    pub fn xml(path: impl Into<String>, document: String) -> Self {
        Self {
            method: Method::POST,
            path: path.into(),
            token: None,
            media: "application/xml",
            body: document.into(),
            status: 200,
        }
    }

    /// Sends a form of a page.
    pub fn form(path: impl Into<String>, fields: impl Into<Bytes>, status: u16) -> Self {
        Self {
            method: Method::POST,
            path: path.into(),
            token: None,
            media: "application/x-www-form-urlencoded",
            body: fields.into(),
            status,
        }
    }

    /// As whoever has this token.
    pub fn with(mut self, token: &str) -> Self {
        self.token = Some(format!("Bearer {token}"));
        self
    }
}

/// A connection to a server on this machine.
pub struct Connection {
    sender: SendRequest<Full<Bytes>>,
    host: String,
}

impl Connection {
    /// Opens one.
    pub async fn open(address: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        // It ends with the sender.
        tokio::spawn(connection);
        Ok(Self {
            sender,
            host: address.to_string(),
        })
    }

    /// Sends a request, and reads the answer to its end.
    ///
    /// # Errors
    /// It is answered with another status than it must.
    pub async fn send(&mut self, asked: &Asked) -> anyhow::Result<Bytes> {
        Ok(self.answer(asked).await?.1)
    }

    /// The same, of an answer that leads to another address: answers that.
    pub async fn location(&mut self, asked: &Asked) -> anyhow::Result<String> {
        let (headers, _) = self.answer(asked).await?;
        let location = headers.get(LOCATION).context("it leads nowhere")?;
        Ok(location.to_str()?.to_owned())
    }

    async fn answer(&mut self, asked: &Asked) -> anyhow::Result<(HeaderMap, Bytes)> {
        let mut request = Request::builder()
            .method(&asked.method)
            .uri(&asked.path)
            .header(HOST, &self.host);
        if let Some(token) = &asked.token {
            request = request.header(AUTHORIZATION, token);
        }
        if !asked.body.is_empty() {
            request = request.header(CONTENT_TYPE, asked.media);
        }
        self.sender.ready().await?;
        let answer = self
            .sender
            .send_request(request.body(Full::new(asked.body.clone()))?)
            .await?;
        let status = answer.status();
        let headers = answer.headers().clone();
        let body = answer.into_body().collect().await?.to_bytes();
        ensure!(
            status == asked.status,
            "{} {} was answered {status}: {}",
            asked.method,
            asked.path,
            String::from_utf8_lossy(&body)
        );
        Ok((headers, body))
    }

    /// The same, of an answer in JSON.
    pub async fn json(&mut self, asked: &Asked) -> anyhow::Result<Value> {
        let body = self.send(asked).await?;
        serde_json::from_slice(&body).context("the answer is no JSON")
    }
}
