//! What is measured, and what it needs: programs that run.

use std::path::Path;

use anyhow::Context;

use crate::cluster::{Folder, Private};
use crate::cpu::Family;
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
    /// For what has no database of its own.
    pub private: Private,
    // Dropped last: it is removed when the product is gone.
    _folder: Folder,
}

impl Stage {
    /// Starts them.
    pub async fn start(
        private: Private,
        program: &Path,
        bin: Option<&Path>,
        odk: Option<&odk::Arguments>,
    ) -> anyhow::Result<Self> {
        let folder = Folder::new("http-product")?;
        let data = folder.path().join("data");
        let product = Server::product(program, &data, bin).await?;
        let bare = Server::bare().await?;
        let scene = Scene::set(product.address, product::owner(&data)?).await?;
        let odk = match odk {
            Some(arguments) => Some(Odk::start(arguments, &private).await?),
            None => None,
        };
        Ok(Self {
            product,
            bare,
            scene,
            odk,
            private,
            _folder: folder,
        })
    }

    /// ODK Central.
    pub fn odk(&self) -> anyhow::Result<&Odk> {
        self.odk.as_ref().context("ODK Central does not run")
    }

    /// The processor time that a row's program and its database took so far.
    pub fn spent(&self, row: Row) -> anyhow::Result<Family> {
        match row {
            row if row.is_of_odk() => self.odk()?.spent(),
            Row::Bare => Ok(Family::of(self.bare.process()?)),
            _ => Ok(Family::of(self.product.process()?)),
        }
    }

    /// Has all of them end by themselves.
    pub async fn stop(self) -> anyhow::Result<()> {
        self.product.stop().await?;
        self.bare.stop().await?;
        if let Some(odk) = self.odk {
            odk.stop().await?;
        }
        self.private.stop().await
    }
}
