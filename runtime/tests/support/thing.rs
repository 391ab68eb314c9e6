//! Operations on things, which the API does not have.

use slate_runtime::wire::{Extra, ItemStatus};
use slate_runtime::{Effect, Envelope, Format, Item, Method, Operation, Wrap};

pub const fn operation(id: &'static str, method: Method, effect: Effect) -> Operation {
    Operation {
        id,
        method,
        path: "/v1/thing",
        suffix: None,
        host: "main",
        formats: &[Format::Json, Format::Xml],
        format_query: false,
        auth: true,
        effect,
        effect_when: &[("really", Effect::Write)],
        body: Wrap::list_at(&["root", "thing"]),
        reply: Envelope::of(&["response", "status"], &["response", "things", "thing"]),
        rules: &[],
        source: "thing.md:7",
        docs: "",
    }
}

pub static READ: Operation = operation("thing.read", Method::Get, Effect::Read);
pub static WRITE: Operation = operation("thing.write", Method::Post, Effect::Write);
pub static FLAT: Operation = Operation {
    reply: Envelope::NONE,
    ..operation("thing.flat", Method::Post, Effect::Write)
};
/// One that says itself how it went.
pub static SAYING: Operation = Operation {
    reply: Envelope::NONE.saying_success(),
    ..operation("thing.saying", Method::Post, Effect::Write)
};
pub static OPEN: Operation = Operation {
    auth: false,
    formats: &[Format::Xml],
    suffix: Some(".file"),
    format_query: true,
    ..operation("thing.open", Method::Post, Effect::Notify)
};

#[derive(Default)]
pub struct Thing {
    pub count: Option<i64>,
    pub name: Option<String>,
    pub item_status: Option<ItemStatus>,
    pub extra: Extra,
}

slate_runtime::model!(Thing { count shown, name, item_status shown });

impl Item for Thing {
    fn item_status(&self) -> Option<&ItemStatus> {
        self.item_status.as_ref()
    }
}
