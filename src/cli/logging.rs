//! The program's own log: lines on standard error.

use std::fmt::{self, Debug};
use std::io::{self, IsTerminal};

use clap::ValueEnum;
use tracing::field::{Field, Visit};
use tracing::span::Record;
use tracing::{Event, Level, Metadata, Subscriber};
use tracing_subscriber::field::RecordFields;
use tracing_subscriber::filter::{FilterExt, filter_fn};
use tracing_subscriber::fmt::format::{DefaultFields, JsonFields, Writer};
use tracing_subscriber::fmt::{FormatFields, FormattedFields, MakeWriter};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Registry, registry};

use access::strangers;

/// What is let pass where nothing else is said: each of our crates has its own target.
pub const USUAL: &str = "warn,rapporteur=info,access=info,demonstration=info,directory=info,event_log=info,mail=info,\
    postgres=info";

/// How lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For programs: a JSON object a line.
    Json,
}

/// Where traces go beside the lines.
pub type TraceLayer = Box<dyn Layer<Registry> + Send + Sync>;

/// Begins to log what this filter lets pass.
pub fn begin(filter: EnvFilter, format: LogFormat, export: Option<TraceLayer>) {
    let is_terminal = io::stderr().is_terminal();
    log(filter, format, export, io::stderr, is_terminal).init();
}

fn log<W>(
    filter: EnvFilter,
    format: LogFormat,
    export: Option<TraceLayer>,
    writer: W,
    is_terminal: bool,
) -> impl Subscriber + Send + Sync
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let lines = tracing_subscriber::fmt::layer().with_writer(writer);
    let lines = match format {
        LogFormat::Text => lines
            .with_ansi(is_terminal)
            .fmt_fields(FirstFields(DefaultFields::new()))
            .boxed(),
        LogFormat::Json => lines
            .json()
            .flatten_event(true)
            .with_span_list(false)
            .fmt_fields(FirstFields(JsonFields::new()))
            .boxed(),
    };
    let lines = lines.with_filter(filter.and(filter_fn(|said| !is_a_strangers(said))));
    let counted = Strangers.with_filter(filter_fn(is_a_strangers));
    registry().with(export).with(lines).with(counted)
}

/// Of the spans that a line stands in it tells what they began with. What they are given later is for traces; to write it anew
/// into each span would cost a request as much as its line.
struct FirstFields<F>(F);

impl<'writer, F: FormatFields<'writer>> FormatFields<'writer> for FirstFields<F> {
    fn format_fields<R: RecordFields>(&self, writer: Writer<'writer>, fields: R) -> fmt::Result {
        self.0.format_fields(writer, fields)
    }

    fn add_fields(&self, _: &'writer mut FormattedFields<Self>, _: &Record<'_>) -> fmt::Result {
        Ok(())
    }
}

/// What the server below calls an error, a line each: a request that it cannot read. Anybody can send those.
fn is_a_strangers(said: &Metadata<'_>) -> bool {
    *said.level() == Level::ERROR && said.target().starts_with("actix_http")
}

/// Counts them, to be told together, as a warning.
struct Strangers;

impl<S: Subscriber> Layer<S> for Strangers {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut said = EventMessage(String::new());
        event.record(&mut said);
        strangers::MALFORMED.note(&said.0);
    }
}

/// An event's message.
struct EventMessage(String);

impl Visit for EventMessage {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() == "message" {
            self.0 = format!("{value:?}");
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct CapturedOutput(Arc<Mutex<Vec<u8>>>);

    impl Write for CapturedOutput {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn however_many_requests_cannot_be_read_one_warning_tells_of_them() {
        let written = CapturedOutput::default();
        let writer = written.clone();
        let filter = EnvFilter::new("info");
        let log = log(filter, LogFormat::Text, None, move || writer.clone(), false);
        tracing::subscriber::with_default(log, || {
            for number in 0..10_000 {
                tracing::error!(target: "actix_http::h1::dispatcher", "stream error: {number}");
            }
            strangers::MALFORMED.tell();
            strangers::MALFORMED.tell();
            tracing::error!(target: "actix_server::accept", "of its own");
        });
        let written = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
        let lines: Vec<&str> = written.lines().collect();
        assert_eq!(lines.len(), 2, "{written}");
        for part in ["WARN", "count=10000", "stream error: 9999"] {
            assert!(lines[0].contains(part), "{part}: {written}");
        }
        assert!(lines[1].contains("of its own"), "{written}");
    }
}
