//! What is asked at each address of a section, in the order in which it is shown.

use std::collections::BTreeMap;

use super::block::{Block, FrameView, GroupView, Item};
use super::field::FieldView;

/// Notes what is asked at each address.
pub fn collect(
    blocks: &[Block],
    explanations: &[FieldView],
    labels: &mut BTreeMap<String, String>,
) {
    walk(blocks, explanations, &mut |address, label| {
        labels.insert(address.to_owned(), label.to_owned());
    });
}

/// The place of each address.
pub fn order<'a>(blocks: &'a [Block], explanations: &'a [FieldView]) -> BTreeMap<&'a str, usize> {
    let mut order = BTreeMap::new();
    let mut place = 0;
    walk(blocks, explanations, &mut |address, _| {
        order.entry(address).or_insert(place);
        place += 1;
    });
    order
}

fn walk<'a>(
    blocks: &'a [Block],
    explanations: &'a [FieldView],
    seen: &mut impl FnMut(&'a str, &'a str),
) {
    for block in blocks {
        match block {
            Block::Heading(..) | Block::Note(_) => {}
            Block::Question(view) => field(view, seen),
            Block::Group(view) => group(view, seen),
            Block::Table(view) => {
                frame(&view.frame, seen);
                let cells = view.rows.iter().flat_map(|row| &row.cells);
                view.currency
                    .iter()
                    .chain(cells)
                    .for_each(|cell| field(cell, seen));
            }
            Block::List(view) => {
                frame(&view.frame, seen);
                view.entries.iter().for_each(|entry| group(entry, seen));
            }
        }
    }
    explanations.iter().for_each(|view| field(view, seen));
}

fn frame<'a>(view: &'a FrameView, seen: &mut impl FnMut(&'a str, &'a str)) {
    seen(&view.address, &view.label.text);
    view.explanations.iter().for_each(|view| field(view, seen));
}

fn group<'a>(view: &'a GroupView, seen: &mut impl FnMut(&'a str, &'a str)) {
    frame(&view.frame, seen);
    for part in &view.parts {
        match part {
            Item::Field(view) => field(view, seen),
            Item::Group(view) => group(view, seen),
            Item::Note(_) => {}
        }
    }
}

fn field<'a>(view: &'a FieldView, seen: &mut impl FnMut(&'a str, &'a str)) {
    seen(&view.address, &view.label.text);
    let below = view.details.iter().chain(&view.explanations);
    below.for_each(|view| field(view, seen));
}
