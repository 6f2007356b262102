//! What stands between the server and its callers: security headers and HTTPS.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rapporteur::server::Tls;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::client::Resumption;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use crate::support::{Database, World};

#[tokio::test]
async fn every_answer_tells_browsers_what_it_is_not_for() {
    let world = World::new().await;
    for path in [
        "/",
        "/docs/",
        "/docs/swagger-ui-bundle.js",
        "/openapi.json",
        "/healthz",
        "/v1/parties",
        "/v1/letters",
        "/v1/nowhere",
        "/nowhere",
    ] {
        let answer = world.get(path).send().await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        // The address of a page's own form is shown to this site alone.
        let told = if path == "/" {
            "strict-origin"
        } else {
            "no-referrer"
        };
        assert_eq!(answer.header("referrer-policy"), told, "{path}");
        let of_others = answer.header("cross-origin-resource-policy");
        assert_eq!(of_others, "same-origin", "{path}");
        let policy = answer.header("content-security-policy");
        for rule in ["default-src 'none'", "frame-ancestors 'none'"] {
            assert!(policy.contains(rule), "{path}: {policy}");
        }
        let runs = policy.contains("script-src 'self'");
        let is_page = path == "/" || path.starts_with("/docs/");
        assert_eq!(runs, is_page, "{path}: {policy}");
        assert!(!policy.contains("script-src 'self' 'unsafe"), "{policy}");
        assert_eq!(answer.header("strict-transport-security"), "", "{path}");
    }
    let page = world.get("/docs/").send().await;
    for script in page.text.split("<script").skip(1) {
        assert!(script.trim_start().starts_with("src="), "{script}");
    }
}

#[tokio::test]
async fn what_depends_on_who_asks_says_so_to_caches() {
    let world = World::new().await;
    let answer = world.get("/v1/parties").token(&world.officer).send().await;
    for name in ["Authorization", "Cookie", "Accept-Language"] {
        assert!(answer.header("vary").contains(name), "{answer:#?}");
    }
}

#[tokio::test]
async fn where_a_trusted_proxy_speaks_tls_browsers_are_told_to_stay_with_it() {
    let world = World::behind_a_proxy().await;
    for (said, expected) in [("https", "max-age=31536000"), ("http", "")] {
        let call = world.get("/healthz").header("x-forwarded-proto", said);
        let answer = call.send().await;
        assert_eq!(answer.header("strict-transport-security"), expected);
    }
}

/// A certificate for `localhost` and its key, in files.
struct Certificate {
    folder: PathBuf,
}

impl Certificate {
    fn new(name: &str) -> Self {
        let folder = format!("rapporteur-tls-{}-{name}", std::process::id());
        let folder = std::env::temp_dir().join(folder);
        fs::create_dir_all(&folder).unwrap();
        Self { folder }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Writes a fresh one; answers who trusts it alone.
    fn write(&self) -> TlsConnector {
        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
        fs::write(self.file("key.pem"), made.signing_key.serialize_pem()).unwrap();
        fs::write(self.file("certificate.pem"), made.cert.pem()).unwrap();
        let mut roots = RootCertStore::empty();
        roots.add(made.cert.der().clone()).unwrap();
        let mut config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        // A session that is resumed shows no certificate.
        config.resumption = Resumption::disabled();
        TlsConnector::from(Arc::new(config))
    }

    fn read(&self) -> Tls {
        Tls::read(&self.file("certificate.pem"), &self.file("key.pem")).unwrap()
    }
}

impl Drop for Certificate {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

const HEALTH: &str = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

async fn get_over_tls(world: &World, trust: &TlsConnector) -> std::io::Result<String> {
    let stream = TcpStream::connect(world.server.address).await.unwrap();
    let stream = trust.connect("localhost".try_into().unwrap(), stream);
    let mut stream = stream.await?;
    stream.write_all(HEALTH.as_bytes()).await?;
    Ok(answer_until_closed(&mut stream).await)
}

/// Whoever says nothing on a connection holds a place on it, from the moment that it is there, and only one of his own.
#[tokio::test]
async fn connections_that_never_begin_tls_are_counted_and_keep_nobody_out() {
    let certificate = Certificate::new("silent");
    let trust = certificate.write();
    let database = Database::new().await;
    let mut settings = database.settings();
    settings.tls = Some(certificate.read());
    settings.workers = 1;
    settings.patience.head = Duration::from_secs(600);
    settings.edge.most.of_an_address = 300;
    let world = World::with(database, settings).await;
    let connect = async |from: [u8; 4]| {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind((from, 0).into()).unwrap();
        socket.connect(world.server.address).await.unwrap()
    };
    // More than the server below would have at once between their first byte and the end of their handshake.
    let mut silent = Vec::new();
    for _ in 0..299 {
        silent.push(connect([127, 0, 0, 1]).await);
    }
    let soon = Duration::from_secs(30);
    let answer = timeout(soon, get_over_tls(&world, &trust)).await;
    let answer = answer.expect("it is answered").unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    // One too many of its address is cut without a word, and another address is served.
    silent.push(connect([127, 0, 0, 1]).await);
    let mut late = connect([127, 0, 0, 1]).await;
    let mut byte = [0];
    let read = timeout(soon, late.read(&mut byte)).await;
    assert!(matches!(read.expect("it is cut"), Ok(0) | Err(_)));
    let read = timeout(Duration::from_millis(200), silent[0].read(&mut byte)).await;
    assert!(read.is_err(), "the others wait as long as they may");
    let stream = connect([127, 0, 0, 2]).await;
    let stream = trust.connect("localhost".try_into().unwrap(), stream);
    let mut stream = timeout(soon, stream).await.expect("it is served").unwrap();
    stream.write_all(HEALTH.as_bytes()).await.unwrap();
    let answer = answer_until_closed(&mut stream).await;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
}

#[tokio::test]
async fn https_is_served_from_files_and_a_new_certificate_is_taken_up_while_it_runs() {
    let certificate = Certificate::new("reload");
    let trust = certificate.write();
    let database = Database::new().await;
    let mut settings = database.settings();
    let mut tls = certificate.read();
    tls.poll = Duration::from_millis(20);
    settings.tls = Some(tls);
    let world = World::with(database, settings).await;
    assert!(world.server.url().starts_with("https://127.0.0.1:"));
    let answer = get_over_tls(&world, &trust).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    let told = "strict-transport-security: max-age=31536000";
    assert!(answer.to_lowercase().contains(told), "{answer}");

    // Half written files change nothing.
    fs::write(certificate.file("certificate.pem"), "-----BEGIN CERT").unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    get_over_tls(&world, &trust).await.unwrap();

    let newer = certificate.write();
    while get_over_tls(&world, &newer).await.is_err() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(get_over_tls(&world, &trust).await.is_err(), "the old one");
    world.server.stop().await;
}

#[tokio::test]
async fn a_connection_on_which_nothing_is_answered_is_cut_under_tls_as_well() {
    let certificate = Certificate::new("quiet");
    let trust = certificate.write();
    let database = Database::new().await;
    let mut settings = database.settings();
    settings.tls = Some(certificate.read());
    settings.patience.quiet = Duration::from_secs(1);
    let world = World::with(database, settings).await;
    let stream = TcpStream::connect(world.server.address).await.unwrap();
    let stream = trust.connect("localhost".try_into().unwrap(), stream);
    let mut stream = stream.await.unwrap();
    // The head of a second request that does not end, for which the server below waits as long as some of it comes.
    let get = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n";
    let both = format!("{get}\r\n{get}x: ");
    stream.write_all(both.as_bytes()).await.unwrap();
    let writing = async {
        while stream.write_all(b"y").await.is_ok() {
            sleep(Duration::from_millis(50)).await;
        }
    };
    let writing = timeout(Duration::from_secs(60), writing).await;
    writing.expect("the connection is cut");
}

#[test]
fn files_that_cannot_be_used_are_named_with_what_was_expected() {
    let certificate = Certificate::new("faulty");
    let other = Certificate::new("other");
    certificate.write();
    other.write();
    let text = certificate.file("text.pem");
    fs::write(&text, "no PEM\n").unwrap();
    let (good, key) = (
        certificate.file("certificate.pem"),
        certificate.file("key.pem"),
    );
    let (nowhere, others) = (certificate.file("nowhere.pem"), other.file("key.pem"));
    let error = |certificate: &Path, key: &Path| {
        let error = Tls::read(certificate, key).err().unwrap().to_string();
        assert!(error.contains("expected"), "{error}");
        error
    };
    for (certificate, key, setting, file) in [
        (&nowhere, &key, "RAPPORTEUR_TLS_CERTIFICATE", "nowhere.pem"),
        (&text, &key, "RAPPORTEUR_TLS_CERTIFICATE", "text.pem"),
        (&good, &nowhere, "RAPPORTEUR_TLS_KEY", "nowhere.pem"),
        (&good, &text, "RAPPORTEUR_TLS_KEY", "text.pem"),
        (&good, &others, "RAPPORTEUR_TLS_KEY", "private key"),
    ] {
        let error = error(certificate, key);
        assert!(error.contains(setting) && error.contains(file), "{error}");
        assert!(!error.contains("BEGIN PRIVATE KEY-----\n"), "{error}");
    }
}

async fn answer_until_closed(stream: &mut (impl AsyncRead + AsyncWrite + Unpin)) -> String {
    let mut answer = Vec::new();
    // A connection that is reset or ended short has been closed too; what came before counts.
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}
