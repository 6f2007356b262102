//! What is measured, and what it needs: programs that run.

use std::path::Path;

use anyhow::Context;

use crate::cluster::{Folder, Private};
use crate::cpu::Family;
use crate::http::history::{self, SavedReply};
use crate::http::odk::{self, Odk};
use crate::http::product::{self, Server};
use crate::http::rows::Row;
use crate::http::scene::Scene;

/// All programs; ODK Central where it is measured.
pub struct Stage {
    pub product: Server,
    pub bare: Server,
    pub scene: Scene,
    odk: Option<Odk>,
    /// Replies that were saved seldom and often, where they are measured.
    history: Option<[SavedReply; 2]>,
    /// Where it is measured what a stranger can do.
    limited: Option<Limited>,
    /// For what has no database of its own.
    pub private: Private,
    // Dropped last: they are removed when the products are gone.
    _folders: [Folder; 2],
}

/// A server that bounds what each address asks, and a reply of it.
pub struct Limited {
    pub server: Server,
    pub reply: SavedReply,
}

impl Stage {
    /// Starts them.
    pub async fn start(
        private: Private,
        program: &Path,
        bin: Option<&Path>,
        odk: &odk::Arguments,
        rows: &[Row],
    ) -> anyhow::Result<Self> {
        let folder = Folder::new("http-product")?;
        let data = folder.path().join("data");
        let product = Server::product(program, &data, bin, false).await?;
        let bare = Server::bare().await?;
        let scene = Scene::set(product.address, product::owner(&data)?).await?;
        let odk = match &odk.odk {
            Some(folder) => Some(Odk::start(folder, odk.odk_workers, &private).await?),
            None => None,
        };
        let history = match rows.iter().any(|row| row.is_of_history()) {
            true => Some(history::replies(&scene).await?),
            false => None,
        };
        let limited_folder = Folder::new("http-limited")?;
        let limited = match rows.iter().any(|row| row.is_limited()) {
            true => Some(Limited::start(program, limited_folder.path(), bin).await?),
            false => None,
        };
        Ok(Self {
            product,
            bare,
            scene,
            odk,
            history,
            limited,
            private,
            _folders: [folder, limited_folder],
        })
    }

    /// ODK Central.
    pub fn odk(&self) -> anyhow::Result<&Odk> {
        self.odk.as_ref().context("ODK Central does not run")
    }

    /// Replies that were saved seldom and often.
    pub fn history(&self) -> anyhow::Result<&[SavedReply; 2]> {
        self.history.as_ref().context("there is no history")
    }

    /// The server that bounds what each address asks.
    pub fn limited(&self) -> anyhow::Result<&Limited> {
        self.limited.as_ref().context("no server is limited")
    }

    /// The processor time that a row's program and its database took so far.
    pub fn spent(&self, row: Row) -> anyhow::Result<Family> {
        match row {
            row if row.is_of_odk() => self.odk()?.spent(),
            row if row.is_limited() => Ok(Family::of(self.limited()?.server.process()?)),
            Row::Bare => Ok(Family::of(self.bare.process()?)),
            _ => Ok(Family::of(self.product.process()?)),
        }
    }

    /// Has all of them end by themselves.
    pub async fn stop(self) -> anyhow::Result<()> {
        self.product.stop().await?;
        self.bare.stop().await?;
        if let Some(limited) = self.limited {
            limited.server.stop().await?;
        }
        if let Some(odk) = self.odk {
            odk.stop().await?;
        }
        self.private.stop().await
    }
}

impl Limited {
    async fn start(program: &Path, folder: &Path, bin: Option<&Path>) -> anyhow::Result<Self> {
        let data = folder.join("data");
        let server = Server::product(program, &data, bin, true).await?;
        let scene = Scene::set(server.address, product::owner(&data)?).await?;
        let collection = scene.collection().await?;
        let reply = history::saved(&scene, &collection, 0, 2_000).await?;
        // What is submitted is saved no more: another collection's reply is.
        let open = history::begun(&scene, &scene.collection().await?, 0).await?;
        let reply = SavedReply {
            open: Some(open),
            ..reply
        };
        Ok(Self { server, reply })
    }
}
