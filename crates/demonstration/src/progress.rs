//! What the demonstration says on standard error while it works. Standard output is for its result.

use std::cell::Cell;
use std::io::{IsTerminal, Write};

/// Without a terminal, every so many replies are a line.
const STEP: usize = 10;

/// Says how far it has come.
pub struct Progress {
    silent: bool,
    terminal: bool,
    /// Whether the terminal's last line is a counter that the next one replaces.
    counting: Cell<bool>,
}

impl Progress {
    /// On standard error.
    pub fn new() -> Self {
        Self {
            silent: false,
            terminal: std::io::stderr().is_terminal(),
            counting: Cell::new(false),
        }
    }

    /// For nobody.
    pub fn silent() -> Self {
        Self {
            silent: true,
            terminal: false,
            counting: Cell::new(false),
        }
    }

    /// Something begins.
    pub fn stage(&self, text: &str) {
        let end = if self.counting.replace(false) {
            "\n"
        } else {
            ""
        };
        self.say(&format!("{end}{text}\n"));
    }

    /// So many of so many are done.
    pub fn count(&self, what: &str, done: usize, of: usize) {
        if self.terminal {
            self.say(&format!("\r{what}: {done} of {of}"));
            self.counting.set(done < of);
            if done == of {
                self.say("\n");
            }
        } else if done == of || done.is_multiple_of(STEP) {
            self.say(&format!("{what}: {done} of {of}\n"));
        }
    }

    fn say(&self, text: &str) {
        if !self.silent {
            say(text);
        }
    }
}

impl Default for Progress {
    fn default() -> Self {
        Self::new()
    }
}

/// Nobody may be reading: that is no reason to stop.
fn say(text: &str) {
    let mut out = std::io::stderr().lock();
    let _ = out.write_all(text.as_bytes());
    let _ = out.flush();
}
