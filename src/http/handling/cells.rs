//! Cells of tables that people fill in: CSV (RFC 4180) in UTF-8.
//!
//! Programs for tables take a cell that begins with `=`, `+`, `-` or `@` for a formula. An apostrophe before it makes it words
//! again; it is taken off where the table is read.

/// By which programs for tables know that a file is in UTF-8.
pub const BYTE_ORDER_MARK: &str = "\u{feff}";

fn is_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'')
        .starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
}

/// A cell that no program takes for a formula.
pub fn words_only(cell: &str) -> String {
    if is_formula(cell) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

/// What a cell says: without the apostrophe, and with the ends of lines that questionnaires have.
pub fn said(cell: &str) -> String {
    let cell = match cell.strip_prefix('\'') {
        Some(words) if is_formula(words) => words,
        _ => cell,
    };
    cell.replace("\r\n", "\n")
}

/// What parts the cells: programs for tables write semicolons or tabs in some countries.
pub fn delimiter(bytes: &[u8]) -> u8 {
    let first = bytes
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    let parts = [b',', b';', b'\t'];
    let found = first.iter().copied().find(|byte| parts.contains(byte));
    found.unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_each_reads_back() {
        for cell in [
            "=1+1", "'=1", "''=1", "-", "@a", "+4", "\tx", "'quoted'", "plain", "",
        ] {
            let written = words_only(cell);
            assert!(
                !written.starts_with(['=', '+', '-', '@', '\t']),
                "{written}"
            );
            assert_eq!(said(&written), cell);
        }
    }
}
