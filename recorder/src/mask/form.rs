//! Bodies that are forms.

use slate_runtime::wire::{Limits, Map, Value, form, json, parse};

use super::{Around, Mask};

impl Mask {
    /// A form of this media type in its own form; nothing if it is none, or cannot be read.
    #[must_use]
    pub fn form(&self, body: &[u8], media_type: &str) -> Option<String> {
        let name = media_type.split(';').next().unwrap_or_default().trim();
        let is = |known: &str| name.eq_ignore_ascii_case(known);
        if is(form::MEDIA_TYPE) {
            let masked = self.fields(form::parse(body).ok()?.to_value())?;
            String::from_utf8(form::write(&form::fields(&masked)?)).ok()
        } else if is(form::MEDIA_TYPE_OF_PARTS) {
            let line = body.split(|byte| *byte == b'\r').next()?;
            let boundary = std::str::from_utf8(line).ok()?.strip_prefix("--")?;
            let masked = self.fields(form::parse_parts(body, boundary).ok()?.to_value())?;
            let (_, parts) = form::write_parts(&form::parts(&masked)?);
            String::from_utf8(parts).ok()
        } else {
            None
        }
    }

    /// The fields of a form. What looks like JSON in one is masked as that.
    fn fields(&self, fields: Value) -> Option<Value> {
        let Value::Object(fields) = fields else {
            return None;
        };
        let mut members = Map::new();
        let mut of_json = Vec::new();
        for (name, member) in fields.iter() {
            let nested = match member {
                Value::String(text) if text.trim_start().starts_with(['{', '[']) => {
                    parse(text.as_bytes(), &Limits::default()).ok()
                }
                _ => None,
            };
            of_json.push(nested.is_some());
            let member = nested.map_or_else(|| member.clone(), |node| node.to_value());
            members.insert(name, member);
        }
        let around = Around {
            name: "",
            listed: None,
            personal: false,
            outcome: false,
        };
        // Names may be masked, and stay in their order.
        let mut out = Map::new();
        for ((name, member), is_json) in self.object(&members, around).iter().zip(of_json) {
            let member = if is_json {
                Value::String(String::from_utf8(json::write(member)).ok()?)
            } else {
                member.clone()
            };
            out.insert(name, member);
        }
        Some(out.into())
    }
}
