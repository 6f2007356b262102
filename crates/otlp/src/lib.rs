//! Traces sent to a collector over OTLP (HTTP, protobuf). What is sent are the spans that the program makes; lines of its log are
//! not. Which requests are traced follows OpenTelemetry: `OTEL_TRACES_SAMPLER`, and what `traceparent` says.

use std::collections::HashMap;
use std::time::Duration;

use opentelemetry::propagation::TextMapPropagator;
use opentelemetry::trace::TracerProvider;
use opentelemetry_otlp::{ExporterBuildError, SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::SdkTracerProvider;
use tracing::level_filters::LevelFilter;
use tracing::{Metadata, Span, Subscriber};
use tracing_opentelemetry::OpenTelemetrySpanExt;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::registry::LookupSpan;
use url::Url;

/// What the program calls itself.
const SERVICE: &str = "rapporteur";
/// Where a collector takes traces, below its address.
const PATH: &str = "/v1/traces";
/// How long a collector may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// The targets of our own crates begin with these.
const OURS: [&str; 4] = ["rapporteur", "event_log", "mail", "access"];

/// Why no traces can be sent.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// No address.
    #[error("{0:?} is no address; expected for example http://127.0.0.1:4318")]
    Address(String),
    /// The client of HTTP cannot be made.
    #[error("the client cannot be made: {0}")]
    Client(String),
    /// The exporter cannot be made.
    #[error(transparent)]
    Exporter(#[from] ExporterBuildError),
}

/// Sends traces from a thread of its own, until it ends.
pub struct Exporter(SdkTracerProvider);

impl Exporter {
    /// Sends what is left, and ends.
    pub fn end(self) {
        if let Err(error) = self.0.shutdown() {
            tracing::warn!(%error, "the last traces could not be sent");
        }
    }
}

/// A layer that hears of spans.
pub type TraceLayer<S> = Box<dyn Layer<S> + Send + Sync>;

/// Begins to send to the collector at an address: its own, to which `/v1/traces` is added, or that of its traces.
pub fn begin<S>(endpoint: &str) -> Result<(Exporter, TraceLayer<S>), ExportError>
where
    S: Subscriber + for<'span> LookupSpan<'span> + Send + Sync,
{
    let exporter = SpanExporter::builder()
        .with_http()
        .with_http_client(client()?)
        .with_endpoint(traces(endpoint)?)
        .with_timeout(PATIENCE)
        .build()?;
    let provider = SdkTracerProvider::builder()
        .with_batch_exporter(exporter)
        .with_resource(Resource::builder().with_service_name(SERVICE).build())
        .build();
    let layer = tracing_opentelemetry::layer()
        .with_tracer(provider.tracer(SERVICE))
        // Where in the source a span was made says nothing that its name does not.
        .with_location(false)
        .with_threads(false)
        .with_filter(filter_fn(is_ours).with_max_level_hint(LevelFilter::DEBUG));
    Ok((Exporter(provider), Box::new(layer)))
}

/// Has a span be a part of the trace that `traceparent` names.
pub fn continue_trace(span: &Span, traceparent: &str) {
    let carrier = HashMap::from([("traceparent".to_owned(), traceparent.to_owned())]);
    // It fails where nothing is sent, and then there is nothing to be a part of.
    let _ = span.set_parent(TraceContextPropagator::new().extract(&carrier));
}

/// Our own spans; those of others are theirs, and there are many.
fn is_ours(said: &Metadata<'_>) -> bool {
    said.is_span() && OURS.iter().any(|target| said.target().starts_with(target))
}

fn traces(endpoint: &str) -> Result<String, ExportError> {
    let wrong = || ExportError::Address(endpoint.to_owned());
    let url: Url = endpoint.trim().parse().map_err(|_| wrong())?;
    if !["http", "https"].contains(&url.scheme()) || url.query().is_some() {
        return Err(wrong());
    }
    let base = url.as_str().trim_end_matches('/');
    let base = base.strip_suffix(PATH).unwrap_or(base);
    Ok(format!("{base}{PATH}"))
}

/// The client has a runtime of its own, which must not be made where another one runs.
fn client() -> Result<reqwest::blocking::Client, ExportError> {
    let made = std::thread::spawn(|| {
        let builder = reqwest::blocking::Client::builder().timeout(PATIENCE);
        builder.build().map_err(|error| error.to_string())
    });
    let made = made
        .join()
        .unwrap_or_else(|_| Err("it panicked".to_owned()));
    made.map_err(ExportError::Client)
}

#[cfg(test)]
mod tests;
