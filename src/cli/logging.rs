//! The program's own log: lines on standard error.

use std::fmt::Debug;
use std::io::{self, IsTerminal};

use tracing::field::{Field, Visit};
use tracing::{Event, Level, Metadata, Subscriber};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::{FilterExt, filter_fn};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry;
use tracing_subscriber::util::SubscriberInitExt;

use access::strangers;

/// Begins to log what this filter lets pass.
pub fn begin(filter: EnvFilter) {
    let is_terminal = io::stderr().is_terminal();
    log(filter, io::stderr, is_terminal).init();
}

fn log<W>(filter: EnvFilter, writer: W, is_terminal: bool) -> impl Subscriber + Send + Sync
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(writer)
        .with_ansi(is_terminal);
    let lines = lines.with_filter(filter.and(filter_fn(|said| !is_a_strangers(said))));
    let counted = Strangers.with_filter(filter_fn(is_a_strangers));
    registry().with(lines).with(counted)
}

/// What the server below calls an error, a line each: a request that it cannot read. Anybody can send those.
fn is_a_strangers(said: &Metadata<'_>) -> bool {
    *said.level() == Level::ERROR && said.target().starts_with("actix_http")
}

/// Counts them, to be told together, as a warning.
struct Strangers;

impl<S: Subscriber> Layer<S> for Strangers {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut said = Said(String::new());
        event.record(&mut said);
        strangers::MALFORMED.note(&said.0);
    }
}

/// An event's message.
struct Said(String);

impl Visit for Said {
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
    struct Written(Arc<Mutex<Vec<u8>>>);

    impl Write for Written {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn however_many_requests_cannot_be_read_one_warning_tells_of_them() {
        let written = Written::default();
        let writer = written.clone();
        let log = log(EnvFilter::new("info"), move || writer.clone(), false);
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
