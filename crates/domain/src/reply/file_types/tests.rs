use super::*;

#[test]
fn every_type_is_known_by_its_bytes_and_by_no_others() {
    let samples = samples::all();
    assert_eq!(samples.len(), TYPES.len(), "each type has a sample");
    for row in TYPES {
        for (media_type, bytes) in &samples {
            let both_text = row.media_type.starts_with("text/") && media_type.starts_with("text/");
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

fn media_type(bytes: &[u8]) -> Option<&'static str> {
    let found = TYPES.iter().find(|row| FileType(row).is_of(bytes));
    found.map(|row| row.media_type)
}

#[test]
fn what_is_run_or_packed_is_of_no_type() {
    // A program of Windows: MZ, and at 0x3c where its PE header is.
    let mut program = b"MZ\x90\0\x03".to_vec();
    program.resize(0x3c, 0);
    program.extend(0x40_u32.to_le_bytes());
    program.extend(b"PE\0\0");
    let quoting = [&program, b"%PDF-1.7".as_slice()].concat();
    let template = samples::open_document("application/vnd.oasis.opendocument.text-template");
    for bytes in [
        &program[..],
        &quoting,
        b"\x7fELF\x02\x01\x01\0",
        b"\xcf\xfa\xed\xfe\x07\0\0\x01",
        b"\xca\xfe\xba\xbe\0\0\0\x02",
        b"PK\x03\x04anything",
        b"PK\x03\x04 with %PDF-1.7 in it",
        b"\x1f\x8b\x08",
        b"a\0b",
        // Half a character of UTF-16, and one without its other half.
        b"\xff\xfea",
        b"\xff\xfe\0\xd8a\0",
        b"N\xe9 en 1955.",
        &template,
        &samples::compound("PowerPoint Document"),
    ] {
        assert_eq!(media_type(bytes), None, "{bytes:?}");
    }
    assert!("text/html".parse::<FileType>().is_err());
    assert_eq!(
        "Image/JPEG".parse::<FileType>().unwrap().media_type(),
        "image/jpeg"
    );
}

#[test]
fn text_is_what_can_be_read_as_such() {
    let wide = |order: fn(u16) -> [u8; 2]| -> Vec<u8> {
        "\u{feff}né 😀".encode_utf16().flat_map(order).collect()
    };
    for bytes in [
        b"MZ;Mozambique;12\r\n".as_slice(),
        b"MZ",
        "Né en 1955. MZ".as_bytes(),
        "\u{feff}né".as_bytes(),
        b"A file begins with %PDF- where it is one.",
        &wide(u16::to_le_bytes),
        &wide(u16::to_be_bytes),
    ] {
        assert_eq!(media_type(bytes), Some("text/plain"), "{bytes:?}");
    }
}

#[test]
fn a_pdf_begins_as_one() {
    for bytes in [
        b"%PDF-1.7".as_slice(),
        b"\r\n %PDF-1.4",
        b"\xef\xbb\xbf\n%PDF-1.4",
    ] {
        assert_eq!(media_type(bytes), Some("application/pdf"), "{bytes:?}");
    }
    let pdf = "application/pdf".parse::<FileType>().unwrap();
    for bytes in [b"See: %PDF-1.7".as_slice(), b"%%PDF-", b"%PDF", b""] {
        assert!(!pdf.is_of(bytes), "{bytes:?}");
    }
}

#[test]
fn a_document_with_macros_is_of_no_type() {
    let stream =
        |name: &str| -> Vec<u8> { name.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let with = |document: Vec<u8>, part: Vec<u8>| [document, part].concat();
    let odt = "application/vnd.oasis.opendocument.text";
    for (bytes, expected) in [
        (
            with(
                samples::package("word/document.xml"),
                samples::entry("word/vbaProject.bin"),
            ),
            None,
        ),
        (
            with(samples::compound("WordDocument"), stream("_VBA_PROJECT")),
            None,
        ),
        (
            with(samples::compound("Workbook"), stream("_VBA_PROJECT_CUR")),
            None,
        ),
        (
            with(
                samples::open_document(odt),
                samples::entry("Basic/Standard/Module1.xml"),
            ),
            None,
        ),
        (
            with(
                samples::open_document(odt),
                samples::entry("Scripts/python/a.py"),
            ),
            None,
        ),
        // What a document says is no part of it.
        (
            with(samples::open_document(odt), b"Basic/".to_vec()),
            Some(odt),
        ),
        (
            with(
                samples::open_document(odt),
                samples::entry("Pictures/Basic/a.png"),
            ),
            Some(odt),
        ),
    ] {
        assert_eq!(media_type(&bytes), expected);
    }
}
