//! What other engines of CEL are compared with (`tests/engines`): generated rules with their answers and what they come to, and
//! what given expressions come to. Everything is a JSON object a line; the same seed makes the same lines.
//!
//! `engines pairs 10000 1` makes pairs; `engines evaluate` reads `{"expression", "fields", "values"}`.

use std::error::Error;
use std::io::{self, BufRead, Write};

mod dates;
mod evaluation;
mod frames;
mod lists;
mod literals;
mod names;
mod numbers;
mod page;
mod pairs;
mod questionnaire;
mod random;
mod sheet;
mod truths;
mod writer;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut out = io::BufWriter::new(io::stdout().lock());
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["pairs", count, seed] => {
            let (count, seed) = (count.parse()?, seed.parse()?);
            for line in page::lines()?.chain(pairs::lines(count, seed)?) {
                writeln!(out, "{}", line?)?;
            }
        }
        ["evaluate"] => {
            for line in io::stdin().lock().lines() {
                let case = serde_json::from_str(&line?)?;
                writeln!(out, "{}", evaluation::evaluated(&case)?)?;
            }
        }
        _ => return Err("usage: engines pairs COUNT SEED | engines evaluate".into()),
    }
    Ok(out.flush()?)
}
