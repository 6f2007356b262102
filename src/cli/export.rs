//! Traces sent over OTLP, where the program was built to and is told where to.

use super::logging;

/// The sending of traces, until the program ends.
pub struct Export {
    #[cfg(feature = "otlp")]
    exporter: Option<otlp::Exporter>,
}

#[cfg(feature = "otlp")]
impl Export {
    /// Begins it, where there is an endpoint.
    pub fn begin(endpoint: Option<&str>) -> anyhow::Result<(Self, Option<logging::TraceLayer>)> {
        use anyhow::Context;

        access::cryptography::install();
        let begun = endpoint.map(otlp::begin).transpose();
        let begun = begun.context("--otlp-endpoint (RAPPORTEUR_OTLP_ENDPOINT) cannot be used")?;
        let (exporter, layer) = begun.unzip();
        Ok((Self { exporter }, layer))
    }

    /// Sends what is left.
    pub fn end(self) {
        if let Some(exporter) = self.exporter {
            exporter.end();
        }
    }
}

#[cfg(not(feature = "otlp"))]
impl Export {
    /// Begins nothing, and says so where something was to begin.
    pub fn begin(endpoint: Option<&str>) -> anyhow::Result<(Self, Option<logging::TraceLayer>)> {
        anyhow::ensure!(
            endpoint.is_none(),
            "--otlp-endpoint (RAPPORTEUR_OTLP_ENDPOINT) is given, and this program was built without the feature otlp: \
             cargo build --release --features otlp"
        );
        Ok((Self {}, None))
    }

    /// There is nothing left to send.
    pub fn end(self) {}
}
