//! Types of files: which are taken, what their names end with, and by what their bytes are known.

use std::fmt;
use std::str::FromStr;

/// By what the bytes of a type are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bytes {
    /// Begins with these.
    Begins(&'static [u8]),
    /// Begins with its mark, before which there may be white space and the mark of UTF-8.
    Pdf,
    /// A compound file of older office programs with a stream of one of these names, in UTF-16, and no macros.
    Compound(&'static [&'static str]),
    /// A ZIP archive that has an entry of which the name begins so, and no macros.
    Package(&'static str),
    /// A ZIP archive whose first entry says that it is of this type, without macros.
    OpenDocument(&'static str),
    /// What can be read as text: UTF-8, or UTF-16 with its mark, without a zero character. No program that a machine runs is
    /// that (MZ before a PE header, ELF, Mach-O), and a text may begin with MZ.
    Text,
}

struct Row {
    media_type: &'static str,
    extensions: &'static [&'static str],
    bytes: Bytes,
}

/// The types that are taken: documents, tables, pictures; nothing that a browser would run, and no macros.
const TYPES: &[Row] = &[
    row("application/pdf", &["pdf"], Bytes::Pdf),
    row("text/plain", &["txt", "text", "md"], Bytes::Text),
    row("text/csv", &["csv"], Bytes::Text),
    row("image/png", &["png"], Bytes::Begins(b"\x89PNG\r\n\x1a\n")),
    row(
        "image/jpeg",
        &["jpg", "jpeg"],
        Bytes::Begins(b"\xff\xd8\xff"),
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
            Bytes::Begins(magic) => bytes.starts_with(magic),
            Bytes::Pdf => {
                let begin = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
                begin.trim_ascii_start().starts_with(b"%PDF-")
            }
            Bytes::Compound(streams) => {
                let is_there = |name: &&str| {
                    let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
                    has(bytes, &name)
                };
                bytes.starts_with(COMPOUND)
                    && streams.iter().any(is_there)
                    && !is_there(&"_VBA_PROJECT")
            }
            Bytes::Package(entry) => {
                bytes.starts_with(ZIP)
                    && entries(bytes).any(|name| name.starts_with(entry.as_bytes()))
                    && !entries(bytes).any(|name| name.ends_with(b"vbaProject.bin"))
            }
            Bytes::OpenDocument(media_type) => {
                let first = bytes.get(30..).unwrap_or_default();
                let first = first.strip_prefix(b"mimetype").unwrap_or_default();
                let rest = first.strip_prefix(media_type.as_bytes());
                // What follows is the next entry: not the rest of the name of another type.
                let is_of =
                    bytes.starts_with(ZIP) && rest.is_some_and(|rest| rest.starts_with(b"PK"));
                let is_macro =
                    |name: &[u8]| name.starts_with(b"Basic/") || name.starts_with(b"Scripts/");
                is_of && !entries(bytes).any(is_macro)
            }
            Bytes::Text => is_text(bytes),
        }
    }

    /// The type, of those that are taken, of files with such a name.
    pub fn from_name(name: &str) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        let mut known = TYPES.iter().map(Self);
        known.find(|of| {
            let mut extensions = of.0.extensions.iter();
            extensions.any(|known| known.eq_ignore_ascii_case(extension))
        })
    }

    /// The type, of those that are taken, whose bytes these are; text is no such sign.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut known = TYPES.iter().map(Self);
        known.find(|of| of.0.bytes != Bytes::Text && of.is_of(bytes))
    }
}

const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
const ZIP: &[u8] = b"PK\x03\x04";
/// With what an entry of a ZIP archive's directory begins, and where in it the length of the name and the name are.
const ENTRY: (&[u8], usize, usize) = (b"PK\x01\x02", 28, 46);

/// The names in a ZIP archive's directory, which stands at its end.
fn entries(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let (mark, length, name) = ENTRY;
    let marks = bytes.windows(mark.len()).enumerate();
    let marks = marks.filter(move |(_, window)| *window == mark);
    marks.filter_map(move |(at, _)| {
        let entry = bytes.get(at..)?;
        let length = entry.get(length..length + 2)?.try_into().ok()?;
        entry.get(name..name + usize::from(u16::from_le_bytes(length)))
    })
}

/// Whether bytes can be read as text, and are no other type.
fn is_text(bytes: &[u8]) -> bool {
    let words = |read: fn([u8; 2]) -> u16, wide: &[u8]| {
        let (pairs, rest) = wide.as_chunks();
        let words = pairs.iter().map(|pair| read(*pair));
        rest.is_empty() && char::decode_utf16(words).all(|one| one.is_ok_and(|one| one != '\0'))
    };
    let is_read = match bytes {
        [0xff, 0xfe, wide @ ..] => words(u16::from_le_bytes, wide),
        [0xfe, 0xff, wide @ ..] => words(u16::from_be_bytes, wide),
        _ => std::str::from_utf8(bytes).is_ok_and(|text| !text.contains('\0')),
    };
    is_read && !bytes.starts_with(ZIP) && FileType::from_bytes(bytes).is_none()
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

    /// An entry of an archive's directory.
    pub fn entry(name: &str) -> Vec<u8> {
        let mut entry = [b"PK\x01\x02".as_slice(), &[0; 42]].concat();
        entry[28] = u8::try_from(name.len()).unwrap();
        [&entry, name.as_bytes()].concat()
    }

    pub fn package(name: &str) -> Vec<u8> {
        [
            super::ZIP,
            &[0; 26],
            b"[Content_Types].xml",
            &entry("[Content_Types].xml"),
            &entry(name),
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
                super::Bytes::Package(name) => all.push((row.media_type, package(name))),
                super::Bytes::OpenDocument(of) => all.push((row.media_type, open_document(of))),
                _ => {}
            }
        }
        assert!(all.iter().any(|(known, _)| known.starts_with(office)));
        all
    }
}

#[cfg(test)]
mod tests;
