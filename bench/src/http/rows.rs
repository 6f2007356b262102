//! What is measured over HTTP, and beside what.

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// A bare actix-web application that sends the bytes of the smallest route, 64 connections.
    Bare,
    /// The smallest route, 64 connections.
    Smallest,
    /// The log's own appends in process, views inline, 64 writers.
    Log,
    /// One answer saved, 1 connection.
    SaveAlone,
    /// One answer saved, 64 connections.
    Save,
    /// A whole reply of sixty answers (begun, saved at once, submitted), 8 connections.
    Reply8,
    /// A submission of sixty answers to ODK Central, 8 connections.
    OdkSubmission,
    /// The same as [`Row::Reply8`], 64 connections.
    Reply64,
    /// Participation read again, 64 connections.
    Participation,
    /// A tally read again, 64 connections.
    Tally,
    /// A list's page of one item, 64 connections.
    List,
    /// The API's document, 8 connections.
    Document,
    /// Submissions of sixty answers exported by ODK Central as CSV, 1 connection: so many submissions.
    OdkExport,
}

/// All of them, in the order in which they are measured.
pub const ROWS: [Row; 13] = [
    Row::Bare,
    Row::Smallest,
    Row::Log,
    Row::SaveAlone,
    Row::Save,
    Row::Reply8,
    Row::OdkSubmission,
    Row::Reply64,
    Row::Participation,
    Row::Tally,
    Row::List,
    Row::Document,
    Row::OdkExport,
];

impl Row {
    /// As the table names it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bare => "bare actix-web, 64 connections",
            Self::Smallest => "/healthz, 64 connections",
            Self::Log => "the log in process, 64 writers",
            Self::SaveAlone => "one answer saved, 1 connection",
            Self::Save => "one answer saved, 64 connections",
            Self::Reply8 => "a whole reply of 60 answers, 8 connections",
            Self::OdkSubmission => "ODK Central, a submission of 60 answers, 8 connections",
            Self::Reply64 => "a whole reply of 60 answers, 64 connections",
            Self::Participation => "participation read again, 64 connections",
            Self::Tally => "a tally read again, 64 connections",
            Self::List => "/v1/parties?limit=1, 64 connections",
            Self::Document => "/openapi.json, 8 connections",
            Self::OdkExport => {
                "ODK Central, submissions of 60 answers exported as CSV, 1 connection"
            }
        }
    }

    /// Whether ODK Central is measured.
    pub fn is_of_odk(self) -> bool {
        matches!(self, Self::OdkSubmission | Self::OdkExport)
    }
}
