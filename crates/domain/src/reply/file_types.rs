//! Types of files: which are taken, what their names end with, and by what their bytes are known.

use std::fmt;
use std::str::FromStr;

/// How far into a file readers of PDF look for its beginning.
const PDF_BEGINS: usize = 1024;

/// By what the bytes of a type are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bytes {
    /// Begins with these, or has them near its beginning.
    Begins(&'static [u8], usize),
    /// A compound file of older office programs with a stream of one of these names, in UTF-16.
    Compound(&'static [&'static str]),
    /// A ZIP archive that has an entry of this name.
    Package(&'static str),
    /// A ZIP archive whose first entry says that it is of this type.
    OpenDocument(&'static str),
    /// Text, in whatever encoding: no other type, and no binary.
    Text,
}

struct Row {
    media_type: &'static str,
    extensions: &'static [&'static str],
    bytes: Bytes,
}

/// The types that are taken: documents, tables, pictures; nothing that a browser would run, and no macros.
const TYPES: &[Row] = &[
    row(
        "application/pdf",
        &["pdf"],
        Bytes::Begins(b"%PDF-", PDF_BEGINS),
    ),
    row("text/plain", &["txt", "text", "md"], Bytes::Text),
    row("text/csv", &["csv"], Bytes::Text),
    row(
        "image/png",
        &["png"],
        Bytes::Begins(b"\x89PNG\r\n\x1a\n", 0),
    ),
    row(
        "image/jpeg",
        &["jpg", "jpeg"],
        Bytes::Begins(b"\xff\xd8\xff", 0),
    ),
    row(
        "application/msword",
        &["doc"],
        Bytes::Compound(&["WordDocument"]),
    ),
    row(
        "application/vnd.ms-excel",
        &["xls"],
        Bytes::Compound(&["Workbook", "Book"]),
    ),
    row(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        &["docx"],
        Bytes::Package("word/document"),
    ),
    row(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        &["xlsx"],
        Bytes::Package("xl/workbook.xml"),
    ),
    row(
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        &["pptx"],
        Bytes::Package("ppt/presentation.xml"),
    ),
    row(
        "application/vnd.oasis.opendocument.text",
        &["odt"],
        Bytes::OpenDocument("application/vnd.oasis.opendocument.text"),
    ),
    row(
        "application/vnd.oasis.opendocument.spreadsheet",
        &["ods"],
        Bytes::OpenDocument("application/vnd.oasis.opendocument.spreadsheet"),
    ),
    row(
        "application/vnd.oasis.opendocument.presentation",
        &["odp"],
        Bytes::OpenDocument("application/vnd.oasis.opendocument.presentation"),
    ),
];

const fn row(media_type: &'static str, extensions: &'static [&'static str], bytes: Bytes) -> Row {
    Row {
        media_type,
        extensions,
        bytes,
    }
}

/// A type of file that is taken.
#[derive(Clone, Copy)]
pub struct FileType(&'static Row);

/// A type of file that is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotTaken;

impl FromStr for FileType {
    type Err = NotTaken;

    /// By the media type, however its letters are cased.
    fn from_str(media_type: &str) -> Result<Self, NotTaken> {
        let mut all = TYPES.iter();
        let found = all.find(|row| row.media_type.eq_ignore_ascii_case(media_type));
        found.map(Self).ok_or(NotTaken)
    }
}

impl fmt::Display for FileType {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.0.media_type)
    }
}

impl fmt::Debug for FileType {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.0.media_type)
    }
}

impl FileType {
    /// The media type, in small letters.
    pub fn media_type(self) -> &'static str {
        self.0.media_type
    }

    /// What names end with, without the point; the usual one first.
    pub fn extensions(self) -> &'static [&'static str] {
        self.0.extensions
    }

    /// Whether these are the bytes of such a file.
    pub fn is_of(self, bytes: &[u8]) -> bool {
        match self.0.bytes {
            Bytes::Begins(magic, within) => {
                let begin = bytes.get(..within + magic.len()).unwrap_or(bytes);
                has(begin, magic)
            }
            Bytes::Compound(streams) => {
                let is_there = |name: &&str| {
                    let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
                    has(bytes, &name)
                };
                bytes.starts_with(COMPOUND) && streams.iter().any(is_there)
            }
            Bytes::Package(entry) => {
                bytes.starts_with(ZIP)
                    && has(bytes, entry.as_bytes())
                    && !has(bytes, b"vbaProject.bin")
            }
            Bytes::OpenDocument(media_type) => {
                let first = bytes.get(30..).unwrap_or_default();
                let first = first.strip_prefix(b"mimetype").unwrap_or_default();
                let rest = first.strip_prefix(media_type.as_bytes());
                // What follows is the next entry: not the rest of the name of another type.
                bytes.starts_with(ZIP) && rest.is_some_and(|rest| rest.starts_with(b"PK"))
            }
            Bytes::Text => is_text(bytes),
        }
    }

    /// The type, of those that are taken, whose bytes these are; text is no such sign.
    pub fn found(bytes: &[u8]) -> Option<Self> {
        let mut known = TYPES.iter().map(Self);
        known.find(|of| of.0.bytes != Bytes::Text && of.is_of(bytes))
    }
}

const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
const ZIP: &[u8] = b"PK\x03\x04";
/// The marks with which UTF-16 begins.
const UTF_16: [&[u8]; 2] = [b"\xff\xfe", b"\xfe\xff"];

/// Text has no zero byte, unless it is UTF-16, and does not begin as what a program reads or runs.
fn is_text(bytes: &[u8]) -> bool {
    let is_wide = UTF_16.iter().any(|mark| bytes.starts_with(mark));
    let is_other = bytes.starts_with(ZIP)
        || bytes.starts_with(COMPOUND)
        || bytes.starts_with(b"MZ")
        || bytes.starts_with(b"\x7fELF")
        || bytes.starts_with(b"\x1f\x8b");
    !is_other && (is_wide || !bytes.contains(&0)) && FileType::found(bytes).is_none()
}

fn has(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
pub(super) mod samples {
    //! The least that is known as a file of each type.

    pub fn compound(stream: &str) -> Vec<u8> {
        let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [super::COMPOUND, &[0; 504], &name].concat()
    }

    pub fn package(entry: &str) -> Vec<u8> {
        [
            super::ZIP,
            &[0; 26],
            b"[Content_Types].xml",
            entry.as_bytes(),
        ]
        .concat()
    }

    pub fn open_document(media_type: &str) -> Vec<u8> {
        [
            super::ZIP,
            &[0; 26],
            b"mimetype",
            media_type.as_bytes(),
            b"PK\x03\x04",
        ]
        .concat()
    }

    pub fn all() -> Vec<(&'static str, Vec<u8>)> {
        let office = "application/vnd.openxmlformats-officedocument.";
        let mut all = vec![
            ("application/pdf", b"%PDF-1.7\n".to_vec()),
            ("text/plain", "Né en 1955.\r\n".as_bytes().to_vec()),
            ("text/csv", b"a;b\n1;2\n".to_vec()),
            ("image/png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec()),
            ("image/jpeg", b"\xff\xd8\xff\xe0\0\x10JFIF".to_vec()),
            ("application/msword", compound("WordDocument")),
            ("application/vnd.ms-excel", compound("Workbook")),
        ];
        for row in super::TYPES {
            match row.bytes {
                super::Bytes::Package(entry) => all.push((row.media_type, package(entry))),
                super::Bytes::OpenDocument(of) => all.push((row.media_type, open_document(of))),
                _ => {}
            }
        }
        assert!(all.iter().any(|(known, _)| known.starts_with(office)));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_is_known_by_its_bytes_and_by_no_others() {
        let samples = samples::all();
        assert_eq!(samples.len(), TYPES.len(), "each type has a sample");
        for row in TYPES {
            for (media_type, bytes) in &samples {
                let both_text =
                    row.media_type.starts_with("text/") && media_type.starts_with("text/");
                let expected = row.media_type == *media_type || both_text;
                assert_eq!(
                    FileType(row).is_of(bytes),
                    expected,
                    "{} {media_type}",
                    row.media_type
                );
            }
        }
    }

    #[test]
    fn what_is_run_or_packed_is_of_no_type() {
        let macros = [
            samples::package("word/document.xml"),
            b"vbaProject.bin".to_vec(),
        ]
        .concat();
        let template = samples::open_document("application/vnd.oasis.opendocument.text-template");
        for bytes in [
            &b"MZ\x90\0\x03"[..],
            b"MZ text",
            b"\x7fELF\x02",
            b"PK\x03\x04anything",
            b"\x1f\x8b\x08",
            b"a\0b",
            &macros,
            &template,
            &samples::compound("PowerPoint Document"),
        ] {
            let of = TYPES.iter().map(FileType).find(|of| of.is_of(bytes));
            assert!(of.is_none(), "{of:?}: {bytes:?}");
        }
        let wide: Vec<u8> = "\u{feff}né"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert!("text/plain".parse::<FileType>().unwrap().is_of(&wide));
        assert!("text/html".parse::<FileType>().is_err());
        assert_eq!(
            "Image/JPEG".parse::<FileType>().unwrap().media_type(),
            "image/jpeg"
        );
    }
}
