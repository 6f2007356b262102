//! The server: what a process needs to answer requests, and how it starts and stops.

mod background;
mod counting;
mod descriptors;
mod serving;
mod start_error;
mod tls;

use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::middleware::{Compress, from_fn};
use actix_web::{App, HttpRequest, web};
use sqlx::PgPool;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::desk::Desk;
use crate::following::Follower;
use crate::following::checkpoints::CheckpointFollower;
use crate::following::digests::Digests;
use crate::following::letters::Letters;
use crate::http;
use crate::http::handling::body;
use crate::http::handling::pace::{Budget, Patience};
use crate::http::handling::shape::Shapes;
use crate::http::invitation_lists::carrying_out;
use crate::http::middleware::connections::Connections;
use crate::http::middleware::csrf;
use crate::http::middleware::edge::{self, Edge};
use crate::http::middleware::gate;
use crate::http::openapi;
use crate::http::router::Router;
use crate::http::services::Services;
use crate::http::services::kept_answers::KeptAnswers;
use crate::http::services::limits::{LimitSettings, Limits};
use crate::http::services::link_requests::LinkRequestUsage;
use crate::http::services::mandate::MandateCache;
use crate::http::services::metrics::Metrics;
use crate::http::services::submitted_answers::SubmittedAnswersCache;
use crate::installation::Installation;
use crate::reference;
use access::invitation_lists::InvitationLists;
use access::oidc::{self, Oidc};
use access::strangers;
use access::{self, Audit, Invalidation, LinkRequestTask, LinkRequests, Links, Sessions, Tokens};
use directory::Directory;
use event_log::views::{self, Definitions, ViewsStanding};
use event_log::{Log, LogSettings, LogTasks, barrier};
use mail::{MailSettings, Outbox, Seal, Sender};

use self::background::{AccessTasks, Background};
use self::counting::MetricsServer;
use self::serving::ConnectionServer;
pub use start_error::StartError;
pub use tls::{Tls, TlsError};

/// All routes, which never differ while the program runs.
static ROUTER: LazyLock<Router> = LazyLock::new(http::router);

/// How long a letter that is under way may take when the server stops.
const LAST_LETTER: Duration = Duration::from_secs(10);

/// How a server is started.
#[derive(Clone)]
pub struct Settings {
    /// Where the application connects.
    pub database: PgConnectOptions,
    /// Where migrations and rebuilds connect: the owner of the schemas.
    pub owner: PgConnectOptions,
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The address at which only whoever watches the server reads its counts; none: they are not served.
    pub metrics: Option<SocketAddr>,
    /// The views that this program has.
    pub definitions: Definitions,
    /// How many threads answer requests.
    pub workers: usize,
    /// How many appends may wait for the writer.
    pub queue: usize,
    /// The issuers of single sign-on.
    pub oidc: oidc::Settings,
    /// How letters leave.
    pub mail: MailSettings,
    /// The key that seals the links of letters that wait, where it comes from outside the database.
    pub secret: Option<[u8; 32]>,
    /// What stands between callers and this server: proxies, TLS, the pages of other origins.
    pub edge: Edge,
    /// How often each caller may send requests.
    pub limits: LimitSettings,
    /// How long requests may take to arrive.
    pub patience: Patience,
    /// The certificate of HTTPS; without one it is HTTP.
    pub tls: Option<Tls>,
}

/// Brings the schemas up to date and builds the views where that is this program's to do.
pub async fn prepare(
    owner: &PgConnectOptions,
    definitions: &Definitions,
) -> Result<ViewsStanding, StartError> {
    let pool = PgPoolOptions::new()
        .max_connections(1)
        .connect_with(owner.clone())
        .await?;
    sqlx::migrate!().run(&pool).await?;
    pool.close().await;
    let standing = views::ensure(owner, definitions).await?;
    Installation::make(owner).await?;
    Ok(standing)
}

/// A running server.
pub struct RunningServer {
    /// Where it listens.
    pub address: SocketAddr,
    /// The address at which its counts are read.
    pub metrics: Option<SocketAddr>,
    /// What it answers with.
    pub services: web::Data<Services>,
    handle: ServerHandle,
    serving: JoinHandle<std::io::Result<()>>,
    pool: PgPool,
    counting: Option<MetricsServer>,
    certificate: Option<JoinHandle<()>>,
    sending: (watch::Sender<bool>, JoinHandle<()>),
    _asking: LinkRequestTask,
    _tasks: LogTasks,
    access_tasks: AccessTasks,
    following: Background,
    _checkpoints: Background,
    _sweeping: Background,
    _digests: Background,
    _inviting: Background,
    _telling: Background,
}

impl RunningServer {
    /// Stops taking requests, lets those under way end, records what they read, and closes the connections.
    pub async fn stop(self) {
        self.handle.stop(true).await;
        let _ = self.serving.await;
        if let Some(counting) = self.counting {
            counting.stop().await;
        }
        let (stop, mut sending) = self.sending;
        stop.send_replace(true);
        if timeout(LAST_LETTER, &mut sending).await.is_err() {
            sending.abort();
        }
        drop(self.following);
        drop(self.access_tasks);
        if let Err(error) = self.services.audit.flush().await {
            tracing::error!(%error, "the last reads could not be recorded");
        }
        if let Some(certificate) = self.certificate {
            certificate.abort();
        }
        self.pool.close().await;
    }

    /// Where it answers, such as `https://127.0.0.1:8004`.
    pub fn url(&self) -> String {
        url(self.certificate.is_some(), self.address)
    }
}

/// For look-ups of tokens and of sessions, one of each at a time; nothing else that is asked keeps them waiting.
const LOOKUP_CONNECTIONS: u32 = 2;

/// Starts a server: schemas, views, reference data, then the API.
pub async fn start(settings: Settings) -> Result<RunningServer, StartError> {
    let listener = listen(settings.listen)?;
    start_on(listener, settings).await
}

/// Takes the address. To be done first of all: that it is taken already should be said before anything is begun.
///
/// # Errors
/// [`StartError::Listen`].
pub fn listen(address: SocketAddr) -> Result<TcpListener, StartError> {
    TcpListener::bind(address).map_err(|source| StartError::Listen { address, source })
}

fn url(is_https: bool, address: SocketAddr) -> String {
    let scheme = if is_https { "https" } else { "http" };
    format!("{scheme}://{address}")
}

/// As [`start`], where [`listen`] was called before.
pub async fn start_on(
    listener: TcpListener,
    settings: Settings,
) -> Result<RunningServer, StartError> {
    let address = listener.local_addr().unwrap_or(settings.listen);
    let metrics = settings.metrics.map(listen).transpose()?;
    let tls = settings.tls.as_ref().map(Tls::config).transpose()?;
    let standing = prepare(&settings.owner, &settings.definitions).await?;
    if let ViewsStanding::Foreign(generation) = standing {
        tracing::error!(
            theirs = generation,
            ours = settings.definitions.generation,
            "the database's views were made by another program; this one reads, but does not write. Run `rapporteur \
             rebuild` to replace them by this program's"
        );
    }
    let pool = PgPoolOptions::new()
        .max_connections(12)
        .acquire_timeout(Duration::from_secs(10))
        .after_connect(|connection, _| Box::pin(barrier::insist(connection)))
        .connect_with(settings.database.clone())
        .await?;
    // A look-up of several keys would be planned each time, which takes longer than to make it.
    let lookups = settings
        .database
        .clone()
        .options([("plan_cache_mode", "force_generic_plan")]);
    let lookups = PgPoolOptions::new()
        .max_connections(LOOKUP_CONNECTIONS)
        .acquire_timeout(Duration::from_secs(10))
        .connect_lazy_with(lookups);
    say_what_is_not_enforced(&pool).await?;
    postgres::warn_if_not_quiet(&pool).await?;
    let (log, tasks) = Log::open(
        pool.clone(),
        LogSettings {
            connect: settings.database.clone(),
            definitions: settings.definitions.clone(),
            queue: settings.queue,
        },
    );
    let installation = Installation::load(&pool).await?;
    let directory = Directory::new(pool.clone());
    let invalidation = Invalidation::default();
    let own = url(tls.is_some(), address);
    let public_url = settings.mail.public_url.as_deref().unwrap_or(&own);
    let oidc = Oidc::new(
        settings.oidc,
        pool.clone(),
        invalidation.clone(),
        public_url,
    )?;
    let seal = Seal::new(settings.secret.into_iter().chain([installation.letters()]));
    let outbox = Outbox::new(pool.clone(), public_url, settings.mail.smtp.is_some(), seal);
    outbox.seal_older().await?;
    let origin = csrf::origin(public_url);
    let (asking, asking_task) = LinkRequests::begin(pool.clone(), outbox.clone());
    let sender = Sender::new(outbox.clone(), directory.clone(), settings.mail)?;
    let letters = Letters {
        log: log.clone(),
        ids: installation.ids(),
        directory: directory.clone(),
        outbox: outbox.clone(),
    };
    let (follower, letters) = Follower::new(&log, &settings.definitions, letters);
    let digests = Digests {
        log: log.clone(),
        outbox: outbox.clone(),
    };
    let checkpoints = CheckpointFollower::new(&log, &settings.definitions);
    let services = web::Data::new(Services {
        desk: Desk::new(log, installation.ids()),
        tokens: Tokens::new(pool.clone(), lookups.clone(), invalidation.clone()),
        sessions: Sessions::new(pool.clone(), lookups),
        links: Links::new(pool.clone()),
        asking,
        asked: LinkRequestUsage::default(),
        origin,
        invalidation: invalidation.clone(),
        audit: Audit::new(pool.clone()),
        oidc,
        directory,
        outbox,
        lists: InvitationLists::new(pool.clone()),
        letters,
        submitted: SubmittedAnswersCache::default(),
        answers: KeptAnswers::default(),
        tracked: MandateCache::default(),
        limits: Limits::new(settings.limits),
        metrics: Metrics::default(),
        definitions: settings.definitions,
    });
    services.oidc.warm();
    // A program that may not write reads what another one has loaded.
    if !matches!(standing, ViewsStanding::Foreign(_)) {
        access::end_without_office(&pool).await?;
        let events = reference::load(&services.desk).await?;
        if events > 0 {
            tracing::info!(events, "loaded the reference data");
        }
    }
    let access_tasks = AccessTasks::start(&services, &pool, settings.database);
    let document = openapi::document();
    let router: &'static Router = &ROUTER;
    let shapes = web::Data::new(Shapes::from_document(&document));
    let patience = settings.patience;
    let mut most = settings.edge.most;
    most.connections = descriptors::connections(most.connections, descriptors::raise());
    let bodies = Budget::new(most.buffered);
    let proxies = settings.edge.proxies.clone();
    let connections = Arc::new(Connections::new(patience.quiet, most, proxies));
    let edge = web::Data::new(Edge {
        speaks_tls: tls.is_some(),
        ..settings.edge
    });
    let app_services = services.clone();
    let app = move || {
        App::new()
            .app_data(app_services.clone())
            .app_data(router)
            .app_data(shapes.clone())
            .app_data(edge.clone())
            .app_data(patience)
            .app_data(bodies.clone())
            .app_data(web::PayloadConfig::new(body::LIMIT))
            .default_service(web::to(
                move |request: HttpRequest, payload: web::Payload| router.answer(request, payload),
            ))
            .wrap(Compress::default())
            // Outside of that, so that it sees every error, those of compression too.
            .wrap(from_fn(gate::pass))
            .wrap(from_fn(edge::pass))
    };
    let serving = ConnectionServer {
        connections: connections.clone(),
        patience,
        workers: settings.workers,
    };
    let server = serving.run(listener, tls, app);
    let server = server.map_err(|source| StartError::Listen { address, source })?;
    let handle = server.handle();
    let serving = tokio::spawn(server);
    let counting = metrics.map(|listener| MetricsServer::start(listener, services.clone()));
    let counting = counting.transpose()?;
    let (stop, stops) = watch::channel(false);
    let sending = (stop, tokio::spawn(sender.run(stops)));
    Ok(RunningServer {
        address,
        metrics: counting.as_ref().map(|counting| counting.address),
        services: services.clone(),
        handle,
        serving,
        pool,
        counting,
        certificate: settings.tls.map(|tls| tokio::spawn(tls.keep_up_to_date())),
        sending,
        _asking: asking_task,
        _tasks: tasks,
        access_tasks,
        following: Background::start(follower.run()),
        _checkpoints: Background::start(checkpoints.run()),
        _sweeping: Background::start(connections.keep_sweeping()),
        _digests: Background::start(digests.run()),
        _inviting: Background::start(carrying_out::run(services.clone())),
        _telling: Background::start(strangers::keep_telling()),
    })
}

/// The log's grants bind only a role that does not own it.
async fn say_what_is_not_enforced(pool: &PgPool) -> sqlx::Result<()> {
    let owns = sqlx::query_scalar!(
        r#"select pg_has_role(current_user, relowner, 'member') as "owns!" from pg_class
            where oid = 'log.event'::regclass"#
    )
    .fetch_one(pool)
    .await?;
    if owns {
        tracing::warn!(
            "the database role of this server owns the log, so only triggers keep the log append-only, and nothing keeps \
             this role from dropping them. To have it enforced by grants, create the roles rapporteur_app and rapporteur_bi, \
             run with RAPPORTEUR_OWNER_DATABASE_URL set to the owner and RAPPORTEUR_DATABASE_URL to rapporteur_app"
        );
    }
    Ok(())
}
