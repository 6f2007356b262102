//! ODK Central's backend, the yardstick of whole replies and of exports: another server of forms on PostgreSQL, from a checkout
//! at hand, with a database of its own beside the product's.

mod form;
mod install;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::ensure;
use clap::Args;
use hyper::Method;
use serde_json::json;

use crate::cluster::Private;
use crate::cpu::Family;
use crate::http::client::{Asked, Connection};
use crate::http::load::{self, Script};
use crate::http::odk::form::Form;
use crate::http::odk::install::{Checkout, EMAIL, PASSWORD};
use crate::http::product::Server;
use crate::sample::Sample;

/// How many submissions an export has.
const EXPORTED: usize = 1000;

/// By how many connections what is exported is submitted.
const FILLING: usize = 8;

#[derive(Debug, Args)]
pub struct Arguments {
    /// A checkout of ODK Central's backend whose packages are installed, to be measured too; node is the one that PATH finds.
    #[arg(long)]
    pub odk: Option<PathBuf>,
    /// How many workers it has. Its own distribution starts four where there is memory for them, and one where not.
    #[arg(long, default_value_t = 2)]
    pub odk_workers: usize,
}

/// It runs, and has a form to be submitted and one to be exported.
pub struct Odk {
    server: Server,
    /// The process of its PostgreSQL.
    postgres: u32,
    token: String,
    submitted: Form,
    exported: Form,
}

impl Odk {
    /// Makes its database, and starts it as it is run in production.
    pub async fn start(folder: &Path, workers: usize, private: &Private) -> anyhow::Result<Self> {
        let checkout = Checkout::install(folder, private).await?;
        let server = checkout.serve(workers).await?;
        let mut connection = Connection::open(server.address).await?;
        let credentials = json!({ "email": EMAIL, "password": PASSWORD });
        let session = Asked::write(Method::POST, "/v1/sessions", &credentials, 200);
        let session = connection.json(&session).await?;
        let token = session["token"].as_str().unwrap_or_default().to_owned();
        let project = json!({ "name": "A measurement" });
        let project = Asked::write(Method::POST, "/v1/projects", &project, 200);
        let project = connection.json(&project.with(&token)).await?;
        ensure!(project["id"] == 1, "its first project is another's");
        let odk = Self {
            server,
            postgres: private.process()?,
            token,
            submitted: Form::new("submitted"),
            exported: Form::new("exported"),
        };
        for form in [odk.submitted, odk.exported] {
            let publication = form.publication().with(&odk.token);
            connection.send(&publication).await?;
        }
        odk.fill().await?;
        install::analyze(private).await?;
        Ok(odk)
    }

    /// The processor time that its processes took so far, and its PostgreSQL.
    pub fn spent(&self) -> anyhow::Result<Family> {
        let server = Family::of(self.server.process()?);
        Ok(Family {
            own: server.own + server.others,
            others: Family::of(self.postgres).others,
        })
    }

    /// Each connection submits one reply after the other, every answer in it.
    pub async fn submissions(&self, connections: usize, seconds: u64) -> anyhow::Result<Sample> {
        let (form, token) = (self.submitted, self.token.clone());
        let script: Script = Arc::new(move |_, turn| form.submission(turn).with(&token));
        load::closed(self.server.address, connections, seconds, script).await
    }

    /// One connection exports all submissions of a form again and again. The rate is that of submissions; how long it takes is
    /// said of a whole export.
    pub async fn exports(&self, seconds: u64) -> anyhow::Result<Sample> {
        let export = self.exported.export().with(&self.token);
        let script: Script = Arc::new(move |_, _| export.clone());
        let sample = load::closed(self.server.address, 1, seconds, script).await?;
        Ok(Sample {
            // By the mean: the export that is under way at the end would count as nothing.
            rate: EXPORTED as f64 * 1e3 / sample.mean,
            ..sample
        })
    }

    /// Submits what is exported; so its code has been compiled when it is measured, too.
    async fn fill(&self) -> anyhow::Result<()> {
        let (form, token) = (self.exported, self.token.clone());
        let submit = move |mut connection: Connection, number: usize| {
            let submission = form.submission(number).with(&token);
            async move {
                connection.send(&submission).await?;
                Ok(connection)
            }
        };
        load::pieces(self.server.address, FILLING, EXPORTED, submit).await?;
        let mut connection = Connection::open(self.server.address).await?;
        let export = self.exported.export().with(&self.token);
        let table = connection.send(&export).await?;
        let lines = table.iter().filter(|byte| **byte == b'\n').count();
        // The first has the names of the columns.
        ensure!(lines == EXPORTED + 1, "the export has {lines} lines");
        Ok(())
    }

    /// Has it end by itself.
    pub async fn stop(self) -> anyhow::Result<()> {
        self.server.stop().await
    }
}
