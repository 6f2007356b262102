//! Commands for curl, as a shell would read them: what is printed must work as it is typed, also where there is no curl.

use reqwest::Method;
use serde_json::Value;

use crate::support::Call;

/// The request that a printed command makes.
pub fn request(client: &reqwest::Client, command: &str) -> Call {
    let mut words = words(command).into_iter();
    assert_eq!(words.next().as_deref(), Some("curl"), "{command}");
    let (mut url, mut method, mut headers, mut body) = (None, Method::GET, Vec::new(), None);
    while let Some(word) = words.next() {
        match word.as_str() {
            "-s" => {}
            "-H" => headers.push(words.next().unwrap()),
            "-X" => method = words.next().unwrap().parse().unwrap(),
            "-d" => body = words.next(),
            _ => assert_eq!(url.replace(word), None, "{command}"),
        }
    }
    let mut call = Call::new(client, method, &url.unwrap());
    for header in headers {
        let (name, value) = header.split_once(": ").unwrap();
        call = match name {
            "Content-Type" => call,
            _ => call.header(name, value),
        };
    }
    match body {
        Some(body) => call.json(&serde_json::from_str::<Value>(&body).unwrap()),
        None => call,
    }
}

/// Words, with single quotes and with lines that go on.
fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for character in command.replace("\\\n", " ").chars() {
        match character {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            _ => words.last_mut().unwrap().push(character),
        }
    }
    assert!(!quoted, "{command}");
    words.retain(|word| !word.is_empty());
    words
}
