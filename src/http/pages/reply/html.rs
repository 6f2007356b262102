//! How the parts of a section are written: each has a template of its own, which may hold others.

use askama::Template;

use super::block::{Block, FrameView, GroupView, Item};
use super::control::Control;
use super::field::FieldView;
use texts::words::Words;

/// How a section is written.
#[derive(Clone, Copy, Debug)]
pub struct Way {
    /// The words of the page.
    pub w: Words,
    /// Whether it is only read.
    pub off: bool,
}

#[derive(Template)]
#[template(path = "reply/field.html")]
struct FieldTemplate<'a> {
    f: &'a FieldView,
    way: Way,
}

#[derive(Template)]
#[template(path = "reply/control.html")]
struct ControlTemplate<'a> {
    f: &'a FieldView,
    way: Way,
    is_cell: bool,
}

#[derive(Template)]
#[template(path = "reply/detail.html")]
struct DetailTemplate<'a> {
    f: &'a FieldView,
    way: Way,
}

#[derive(Template)]
#[template(path = "reply/block.html")]
struct BlockTemplate<'a> {
    block: &'a Block,
    way: Way,
}

#[derive(Template)]
#[template(path = "reply/group.html")]
struct GroupTemplate<'a> {
    group: &'a GroupView,
    way: Way,
}

#[derive(Template)]
#[template(path = "reply/head.html")]
struct HeadTemplate<'a> {
    frame: &'a FrameView,
    way: Way,
}

impl FieldView {
    /// The field with all that is said beside it.
    pub fn html(&self, way: &Way) -> impl Template {
        FieldTemplate { f: self, way: *way }
    }

    /// Its control alone.
    pub fn html_of_control(&self, way: &Way) -> impl Template {
        ControlTemplate {
            f: self,
            way: *way,
            is_cell: false,
        }
    }

    /// Its control in a cell, which says itself what it is.
    pub fn html_of_cell(&self, way: &Way) -> impl Template {
        ControlTemplate {
            f: self,
            way: *way,
            is_cell: true,
        }
    }

    /// The text of an option.
    pub fn html_of_detail(&self, way: &Way) -> impl Template {
        DetailTemplate { f: self, way: *way }
    }
}

impl Block {
    /// A part of a section.
    pub fn html(&self, way: &Way) -> impl Template {
        BlockTemplate {
            block: self,
            way: *way,
        }
    }
}

impl GroupView {
    /// Several fields in a frame.
    pub fn html(&self, way: &Way) -> impl Template {
        GroupTemplate {
            group: self,
            way: *way,
        }
    }
}

impl FrameView {
    /// What stands on top of a frame.
    pub fn html(&self, way: &Way) -> impl Template {
        HeadTemplate {
            frame: self,
            way: *way,
        }
    }
}
