//! An SMTP server on this machine: mailin speaks the protocol, the test says what becomes of letters.

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use mail::{self, MailSettings};
use mailin::response::{AUTH_OK, INVALID_CREDENTIALS, OK};
use mailin::{Action, AuthMechanism, Handler, Response, SessionBuilder};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

/// What links in letters begin with.
pub const PUBLIC_URL: &str = "https://rapporteur.example.org";

/// What becomes of a letter.
#[derive(Clone, Copy)]
pub enum DeliveryOutcome {
    Accepted,
    /// The recipient is answered with this code and text.
    Refused(u16, &'static str),
    /// The letter is taken, and the connection ends before that is said.
    Unanswered,
    /// The letter is taken, and that is said so much later.
    Late(Duration),
}

/// A letter that was taken.
#[derive(Clone, Debug)]
pub struct ReceivedLetter {
    pub from: String,
    pub to: Vec<String>,
    pub message: String,
}

type DeliveryOutcomes = Arc<dyn Fn(&str, u32) -> DeliveryOutcome + Send + Sync>;

/// A running server; it ends when dropped, connections and all.
pub struct Smtp {
    pub address: SocketAddr,
    received: Arc<Mutex<Vec<ReceivedLetter>>>,
    _serving: JoinSet<()>,
}

impl Smtp {
    /// A server that takes everything.
    pub async fn start() -> Self {
        Self::with(|_, _| DeliveryOutcome::Accepted).await
    }

    /// A server to which `fates` says what becomes of a letter, by its recipient and how often that was named before.
    pub async fn with(
        outcomes: impl Fn(&str, u32) -> DeliveryOutcome + Send + Sync + 'static,
    ) -> Self {
        Self::on(([127, 0, 0, 1], 0).into(), outcomes).await
    }

    /// A server that takes everything from whoever shows the name `rapporteur` and this password.
    pub async fn behind(password: &'static str) -> Self {
        Self::run(([127, 0, 0, 1], 0).into(), Some(password), |_, _| {
            DeliveryOutcome::Accepted
        })
        .await
    }

    /// As [`Smtp::with`], at an address.
    pub async fn on(
        address: SocketAddr,
        outcomes: impl Fn(&str, u32) -> DeliveryOutcome + Send + Sync + 'static,
    ) -> Self {
        Self::run(address, None, outcomes).await
    }

    async fn run(
        address: SocketAddr,
        password: Option<&'static str>,
        outcomes: impl Fn(&str, u32) -> DeliveryOutcome + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind(address).await.unwrap();
        let address = listener.local_addr().unwrap();
        let received: Arc<Mutex<Vec<ReceivedLetter>>> = Arc::default();
        let session = Session {
            outcomes: Arc::new(outcomes),
            named: Arc::default(),
            received: received.clone(),
            password,
            pause: Arc::default(),
            letter: Vec::new(),
            envelope: ReceivedLetter {
                from: String::new(),
                to: Vec::new(),
                message: String::new(),
            },
        };
        let mut serving = JoinSet::new();
        serving.spawn(async move {
            let mut connections = JoinSet::new();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                connections.spawn(converse(stream, session.clone()));
            }
        });
        Self {
            address,
            received,
            _serving: serving,
        }
    }

    /// What was taken so far.
    pub fn received(&self) -> Vec<ReceivedLetter> {
        self.received.lock().unwrap().clone()
    }

    /// How a server sends letters here: soon, and with short pauses.
    pub fn settings(&self) -> MailSettings {
        settings(&format!("smtp://{}", self.address))
    }
}

/// How a server sends letters to an SMTP server: soon, and with short pauses.
pub fn settings(url: &str) -> MailSettings {
    let from = "The Secretariat <rapporteur@example.org>";
    MailSettings {
        smtp: Some(mail::Smtp::new(url, from).unwrap()),
        reply_to: None,
        public_url: Some(PUBLIC_URL.to_owned()),
        poll: Duration::from_millis(20),
        pauses: vec![Duration::from_millis(20); 3],
    }
}

#[derive(Clone)]
struct Session {
    outcomes: DeliveryOutcomes,
    named: Arc<Mutex<HashMap<String, u32>>>,
    received: Arc<Mutex<Vec<ReceivedLetter>>>,
    password: Option<&'static str>,
    /// How long the next answer of this conversation takes.
    pause: Arc<Mutex<Duration>>,
    letter: Vec<u8>,
    envelope: ReceivedLetter,
}

impl Handler for Session {
    fn mail(&mut self, _: IpAddr, _: &str, from: &str) -> Response {
        self.letter.clear();
        self.envelope.to.clear();
        from.clone_into(&mut self.envelope.from);
        OK
    }

    fn rcpt(&mut self, to: &str) -> Response {
        let mut named = self.named.lock().unwrap();
        let times = named.entry(to.to_owned()).or_default();
        let fate = (self.outcomes)(to, *times);
        *times += 1;
        self.envelope.to.push(to.to_owned());
        match fate {
            DeliveryOutcome::Accepted => OK,
            DeliveryOutcome::Refused(code, text) => Response::custom(code, text.to_owned()),
            DeliveryOutcome::Unanswered => {
                self.envelope.to.push("unanswered".to_owned());
                OK
            }
            DeliveryOutcome::Late(pause) => {
                *self.pause.lock().unwrap() = pause;
                OK
            }
        }
    }

    fn data(&mut self, line: &[u8]) -> io::Result<()> {
        self.letter.extend_from_slice(line);
        Ok(())
    }

    fn data_end(&mut self) -> Response {
        let unanswered = self.envelope.to.last().is_some_and(|to| to == "unanswered");
        if unanswered {
            self.envelope.to.pop();
        }
        let mut received = self.envelope.clone();
        received.message = String::from_utf8(self.letter.clone()).unwrap();
        self.received.lock().unwrap().push(received);
        if unanswered {
            // Told to the connection, which ends instead of answering.
            return Response::custom(599, String::new());
        }
        OK
    }

    fn auth_plain(&mut self, _: &str, user: &str, password: &str) -> Response {
        if user == "rapporteur" && Some(password) == self.password {
            AUTH_OK
        } else {
            INVALID_CREDENTIALS
        }
    }
}

async fn converse(stream: TcpStream, handler: Session) {
    let handler = Session {
        pause: Arc::default(),
        ..handler
    };
    let pause = handler.pause.clone();
    let peer = stream.peer_addr().unwrap().ip();
    let mut builder = SessionBuilder::new("mail.example.org");
    if handler.password.is_some() {
        builder
            .enable_auth(AuthMechanism::Plain)
            .insecure_enable_plaintext_auth();
    }
    let mut session = builder.build(peer, handler);
    let mut stream = BufReader::new(stream);
    let mut answer = session.greeting();
    loop {
        if answer.code == 599 {
            return;
        }
        if answer.action != Action::NoReply {
            let said = answer.buffer().unwrap();
            if stream.write_all(&said).await.is_err() || answer.action == Action::Close {
                return;
            }
        }
        let mut line = Vec::new();
        if stream.read_until(b'\n', &mut line).await.unwrap_or(0) == 0 {
            return;
        }
        answer = session.process(&line);
        let late = std::mem::take(&mut *pause.lock().unwrap());
        tokio::time::sleep(late).await;
    }
}
