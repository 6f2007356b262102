//! A form of sixty questions as ODK Central has it, like the questionnaire that the product has.

use std::fmt::Write;

use crate::http::client::Asked;
use crate::http::scene::{QUESTIONS, code, value};

const ROSA: &str = "http://openrosa.org/xforms";

/// A form of the first project.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    name: &'static str,
}

impl Form {
    pub const fn new(name: &'static str) -> Self {
        Self { name }
    }

    /// The request that publishes it.
    pub fn publication(self) -> Asked {
        let fields = fields(|_| "");
        let mut binds = String::new();
        let mut questions = String::new();
        for number in 0..QUESTIONS {
            let code = code(number);
            let _ = write!(binds, r#"<bind nodeset="/data/{code}" type="string"/>"#);
            let _ = write!(
                questions,
                r#"<select1 ref="/data/{code}"><label>Question {number}</label>"#
            );
            for (choice, label) in [("yes", "Yes"), ("in_part", "Yes, in part"), ("no", "No")] {
                let _ = write!(
                    questions,
                    "<item><label>{label}</label><value>{choice}</value></item>"
                );
            }
            questions.push_str("</select1>");
        }
        let name = self.name;
        let document = format!(
            r#"<?xml version="1.0"?><h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:orx="{ROSA}"><h:head><h:title>{name}</h:title><model><instance><data id="{name}" version="1"><orx:meta><orx:instanceID/></orx:meta>{fields}</data></instance><bind nodeset="/data/orx:meta/orx:instanceID" type="string" readonly="true()"/>{binds}</model></h:head><h:body>{questions}</h:body></h:html>"#
        );
        Asked::xml("/v1/projects/1/forms?publish=true", document)
    }

    /// The request that submits one reply with an answer to every question.
    pub fn submission(self, turn: usize) -> Asked {
        let (name, id) = (self.name, clock::new_id());
        let fields = fields(|number| value(number + turn));
        let document = format!(
            r#"<?xml version="1.0"?><data id="{name}" version="1" xmlns:orx="{ROSA}"><orx:meta><orx:instanceID>uuid:{id}</orx:instanceID></orx:meta>{fields}</data>"#
        );
        Asked::xml(format!("/v1/projects/1/forms/{name}/submissions"), document)
    }

    /// The request that exports all its submissions as one table.
    pub fn export(self) -> Asked {
        Asked::get(format!(
            "/v1/projects/1/forms/{}/submissions.csv",
            self.name
        ))
    }
}

/// An element for every question.
fn fields(text: impl Fn(usize) -> &'static str) -> String {
    (0..QUESTIONS).fold(String::new(), |mut fields, number| {
        let (code, text) = (code(number), text(number));
        let _ = write!(fields, "<{code}>{text}</{code}>");
        fields
    })
}
