//! An issuer: a server on loopback that publishes what the crate `openidconnect` makes, counts who asks, and lets people in at
//! its sign-in page.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use access::oidc;
use actix_web::dev::ServerHandle;
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use openidconnect::core::{
    CoreJsonWebKeySet, CoreJwsSigningAlgorithm, CoreProviderMetadata, CoreResponseType,
    CoreSubjectIdentifierType,
};
use openidconnect::{
    AuthUrl, EmptyAdditionalProviderMetadata, IssuerUrl, JsonWebKeySetUrl, ResponseTypes,
};
use serde_json::{Value, json};

use super::keys::Key;
use super::login::{Fields, Login};

/// For whom its tokens are.
pub const AUDIENCE: &str = "rapporteur";

struct IssuerAnswers {
    url: String,
    keys: Mutex<String>,
    /// What is answered to whoever asks for the discovery document, if not the right one.
    discovery: Mutex<Option<Value>>,
    asked: AtomicUsize,
    login: Arc<Login>,
}

/// An issuer.
pub struct Issuer {
    pub url: String,
    /// Its sign-in page.
    pub login: Arc<Login>,
    published: Arc<IssuerAnswers>,
    server: ServerHandle,
}

impl Issuer {
    /// An issuer with these keys.
    pub async fn start(keys: &[&Key]) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let login = Arc::new(Login::new(&url));
        let published = Arc::new(IssuerAnswers {
            login: Arc::clone(&login),
            url: url.clone(),
            keys: Mutex::new(key_set(keys)),
            discovery: Mutex::new(None),
            asked: AtomicUsize::new(0),
        });
        let shared = web::Data::from(Arc::clone(&published));
        let server = HttpServer::new(move || {
            App::new()
                .app_data(shared.clone())
                .route(
                    "/.well-known/openid-configuration",
                    web::get().to(discovery),
                )
                .route("/keys", web::get().to(keys_of))
                .route("/authorize", web::get().to(authorize))
                .route("/token", web::post().to(exchange))
        })
        .workers(1)
        .disable_signals()
        .listen(listener)
        .unwrap()
        .run();
        let handle = server.handle();
        tokio::spawn(server);
        Self {
            url,
            login,
            published,
            server: handle,
        }
    }

    /// From now on it has these keys.
    pub fn rotate(&self, keys: &[&Key]) {
        self.publish(key_set(keys));
    }

    /// From now on it answers this where it is asked for its keys.
    pub fn publish(&self, keys: String) {
        *self.published.keys.lock().unwrap() = keys;
    }

    /// From now on its discovery document is this.
    pub fn discover(&self, document: Value) {
        *self.published.discovery.lock().unwrap() = Some(document);
    }

    /// How often it was asked for its keys.
    pub fn asked(&self) -> usize {
        self.published.asked.load(Ordering::SeqCst)
    }

    /// It goes away.
    pub async fn stop(&self) {
        self.server.stop(false).await;
    }

    /// The settings that a server needs to take its tokens, as an operator writes them.
    pub fn settings(&self) -> oidc::Settings {
        self.settings_with(&json!({}))
    }

    /// The same with some of them otherwise.
    pub fn settings_with(&self, other: &Value) -> oidc::Settings {
        self.file(other).to_string().parse().unwrap()
    }

    /// The file of them.
    pub fn file(&self, other: &Value) -> Value {
        let mut issuer = json!({
            "issuer": self.url, "audience": [AUDIENCE, "rapporteur-api"],
            "role": {"claim": "realm_access.roles", "values": {
                "administrator": "administrator", "officer": "officer", "desk": "officer", "focal": "focal_point",
                "contributor": "contributor", "mission": "mission", "donor": "donor"}},
            "party": {"claim": "groups", "values": {
                "/states/finland": "FIN", "/states/suomi": "FIN", "/states/sweden": "SWE", "/states/atlantis": "ATLANTIS"}},
        });
        for (field, value) in other.as_object().unwrap() {
            issuer[field] = value.clone();
        }
        json!({ "issuers": [issuer] })
    }

    /// Claims of an officer's token.
    pub fn claims(&self) -> Value {
        let now = clock::now().as_second();
        json!({"iss": self.url, "aud": AUDIENCE, "sub": "4711", "iat": now, "nbf": now, "exp": now + 300,
               "realm_access": {"roles": ["officer", "offline_access"]}})
    }

    /// The same with some of them otherwise; those that are null are left out.
    pub fn claims_with(&self, other: &Value) -> Value {
        let mut claims = self.claims();
        let all = claims.as_object_mut().unwrap();
        for (name, value) in other.as_object().unwrap() {
            all.insert(name.clone(), value.clone());
        }
        all.retain(|_, value| !value.is_null());
        claims
    }
}

fn key_set(keys: &[&Key]) -> String {
    let keys = keys.iter().map(|key| key.published()).collect();
    serde_json::to_string(&CoreJsonWebKeySet::new(keys)).unwrap()
}

async fn discovery(published: web::Data<IssuerAnswers>) -> HttpResponse {
    let url = &published.url;
    if let Some(document) = &*published.discovery.lock().unwrap() {
        return match document.as_str() {
            Some(elsewhere) => HttpResponse::Found()
                .insert_header(("location", elsewhere))
                .finish(),
            None => HttpResponse::Ok().json(document),
        };
    }
    let metadata = CoreProviderMetadata::new(
        IssuerUrl::new(url.clone()).unwrap(),
        AuthUrl::new(format!("{url}/authorize")).unwrap(),
        JsonWebKeySetUrl::new(format!("{url}/keys")).unwrap(),
        vec![ResponseTypes::new(vec![CoreResponseType::Code])],
        vec![CoreSubjectIdentifierType::Public],
        vec![
            CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
            CoreJwsSigningAlgorithm::EdDsa,
        ],
        EmptyAdditionalProviderMetadata {},
    );
    let mut metadata = serde_json::to_value(metadata).unwrap();
    for (name, value) in published.login.metadata().as_object().unwrap() {
        metadata[name] = value.clone();
    }
    HttpResponse::Ok().json(metadata)
}

async fn authorize(asked: web::Query<Fields>, published: web::Data<IssuerAnswers>) -> HttpResponse {
    match published.login.authorize(&asked) {
        Ok(to) => HttpResponse::Found()
            .insert_header(("location", to))
            .finish(),
        Err(wrong) => HttpResponse::BadRequest().body(wrong),
    }
}

async fn exchange(
    request: HttpRequest,
    form: web::Form<Fields>,
    published: web::Data<IssuerAnswers>,
) -> HttpResponse {
    let shown = request.headers().get("authorization");
    let shown = shown.and_then(|shown| shown.to_str().ok());
    let (status, answer) = published.login.exchange(shown, &form);
    let status = actix_web::http::StatusCode::from_u16(status).unwrap();
    HttpResponse::build(status).json(answer)
}

async fn keys_of(published: web::Data<IssuerAnswers>) -> HttpResponse {
    published.asked.fetch_add(1, Ordering::SeqCst);
    HttpResponse::Ok()
        .content_type("application/json")
        .body(published.keys.lock().unwrap().clone())
}
