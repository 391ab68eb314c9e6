//! Bodies of answers.

use super::documented::Documented;
use super::misfits::{self, Above, Changes};
use super::random::Random;
use super::refusal::Refusal;
use super::way::{self, Step};
use crate::operation::Envelope;
use crate::service::{OauthScheme, Service};
use crate::wire::{Format, Limits, Map, Value, json, parse, xml};

/// How an answer differs from the documented one.
#[derive(Default)]
pub(super) struct Edits<'e> {
    /// The items that were sent: of each the members that say which one it is.
    pub(super) sent: Option<&'e [Map]>,
    /// The items that are refused, and with which code.
    pub(super) refused: Option<(&'e [usize], u32)>,
    /// A new access token, and the seconds for which it is good.
    pub(super) token: Option<(&'e OauthScheme, String, u64)>,
    /// The members that are not to fit.
    pub(super) misfits: &'e [String],
}

/// An answer, and what is known of it.
pub(super) struct Made {
    /// The HTTP status.
    pub(super) status: u16,
    pub(super) body: Vec<u8>,
    /// How many items with an outcome it has.
    pub(super) items: Option<usize>,
    /// Where it was made not to fit.
    pub(super) misfits: Changes,
}

/// The documented answer in a format.
pub(super) fn documented(
    known: &Documented,
    service: &Service,
    format: Format,
    edits: &Edits<'_>,
    random: Option<&mut Random>,
) -> Result<Made, Refusal> {
    let envelope = &known.operation.reply;
    let sample = match format {
        Format::Json => known.json.or(known.xml),
        Format::Xml => known.xml.or(known.json),
    };
    let (mut whole, source) = match sample {
        None => (undocumented(known), Format::Json),
        Some(sample) => {
            let parsed = parse(sample.as_bytes(), &Limits::default());
            let node = parsed.map_err(|error| Refusal::new(500, format!("the sample: {error}")))?;
            (node.to_value(), Format::of(sample.as_bytes()))
        }
    };
    let (status, items) = edit(known, source, &mut whole, edits);
    let misfits = misfit(
        known,
        service,
        (source, format),
        &mut whole,
        edits.misfits,
        random,
    );
    Ok(Made {
        status,
        body: written(envelope, &whole, source, format)?,
        items,
        misfits,
    })
}

/// Another body in place of the documented one, with members that do not fit. Nothing if it cannot be read.
pub(super) fn changed(
    known: &Documented,
    service: &Service,
    body: &[u8],
    names: &[String],
    random: Option<&mut Random>,
) -> Option<Made> {
    let mut whole = parse(body, &Limits::default()).ok()?.to_value();
    let format = Format::of(body);
    let misfits = misfit(known, service, (format, format), &mut whole, names, random);
    let body = if misfits.done.is_empty() {
        body.to_vec()
    } else {
        written(&known.operation.reply, &whole, format, format).ok()?
    };
    Some(Made {
        status: 200,
        body,
        items: None,
        misfits,
    })
}

/// The path of the member that says in each answer how it went.
fn code(service: &Service) -> Option<String> {
    let faults = service.faults.filter(|one| !one.accepted.is_empty())?;
    let keys: Vec<&str> = faults.at.iter().copied().chain([faults.code]).collect();
    Some(keys.join("."))
}

/// Makes members of a reply not fit that was read in one format and is to be written in another: those that are named, or
/// some.
fn misfit(
    known: &Documented,
    service: &Service,
    (source, format): (Format, Format),
    whole: &mut Value,
    names: &[String],
    random: Option<&mut Random>,
) -> Changes {
    if names.is_empty() && random.is_none() {
        return Changes::default();
    }
    let envelope = &known.operation.reply;
    let way = payload(envelope, source, whole);
    let (Some(model), Some(payload)) = ((known.answer)(), way.and_then(|way| way::at(whole, &way)))
    else {
        return Changes {
            absent: names.to_vec(),
            ..Changes::default()
        };
    };
    let above = Above {
        keys: envelope.payload,
        list: known.list,
        format,
        status: envelope.status,
        code: code(service),
    };
    let mut changes = misfits::change(payload, &*model, &above, names, random);
    for (_, value) in &mut changes.done {
        *value = misfits::as_read(std::mem::take(value), format);
    }
    changes
}

/// A reply in place of one that no sample shows: it succeeded, and so did the item.
fn undocumented(known: &Documented) -> Value {
    let envelope = &known.operation.reply;
    let mut whole = status(envelope, None, "success");
    if !known.item_status.is_empty() && !envelope.payload.is_empty() {
        let mut outcome = Map::new();
        outcome.insert("success", true);
        let item = Map::from_iter([(known.item_status, Value::Object(outcome))]);
        put(&mut whole, envelope.payload, Value::Object(item));
    }
    whole
}

/// A status object in place of an answer: that a call failed, or went well.
pub(super) fn refusal(
    envelope: &Envelope,
    code: u32,
    message: &str,
    format: Format,
) -> Result<Vec<u8>, Refusal> {
    let whole = status(envelope, Some(code), message);
    written(envelope, &whole, Format::Json, format)
}

/// A reply that has nothing but a status: of a failure with this code, or of a success.
fn status(envelope: &Envelope, failure: Option<u32>, message: &str) -> Value {
    let mut status = Map::new();
    status.insert("success", failure.is_none());
    status.insert("code", failure.unwrap_or(200));
    status.insert("message", message);
    let path = match envelope.status {
        [] => envelope.payload,
        path => path,
    };
    path.iter()
        .rev()
        .fold(Value::Object(status), |inside, key| {
            Value::Object([(*key, inside)].into_iter().collect())
        })
}

/// Makes a documented reply fit the request. Gives the HTTP status, and the number of items.
fn edit(
    known: &Documented,
    source: Format,
    whole: &mut Value,
    edits: &Edits<'_>,
) -> (u16, Option<usize>) {
    let envelope = &known.operation.reply;
    if let Some((scheme, token, ttl)) = &edits.token {
        put(whole, scheme.token, Value::from(token.as_str()));
        put(whole, scheme.ttl, Value::from(*ttl));
    }
    let mut counts = None;
    if let Some(way) = payload(envelope, source, whole)
        && let Some(payload) = way::at(whole, &way)
    {
        counts = items(known, payload, edits);
    }
    let code = match (edits.refused, counts) {
        // Without items there is nothing to refuse: `Server::unused` tells.
        (None, _) | (Some(_), None) => 200,
        (Some(_), Some((all, accepted))) if all == accepted => 200,
        (Some(_), Some((_, 1..))) => 201,
        (Some(_), Some((_, 0))) => 500,
    };
    let place = match envelope.status {
        [] => payload(envelope, source, whole),
        path => way::find(whole, path),
    };
    if let Some(place) = place
        && let Some(Value::Object(status)) = way::at(whole, &place)
    {
        // The documentation of some operations shows failures only.
        if says_no(status) {
            set(status, "success", Value::from(true));
            set(status, "code", Value::from(200));
        }
        if let Some((all, accepted)) = counts {
            for (key, count) in [("total", all), ("success_count", accepted)] {
                if status.get(key).is_some() {
                    set(
                        status,
                        key,
                        Value::from(u64::try_from(count).unwrap_or(u64::MAX)),
                    );
                }
            }
        }
        if code != 200 && status.get("success").is_some() {
            set(status, "success", Value::from(code == 201));
            set(status, "code", Value::from(u32::from(code)));
        }
    }
    (code, counts.map(|(all, _)| all))
}

/// The way to the payload.
fn payload(envelope: &Envelope, source: Format, whole: &Value) -> Option<Vec<Step>> {
    match (envelope.payload, way::only(whole)) {
        ([], Some((root, _))) if source == Format::Xml => Some(vec![Step::Key(root.to_owned())]),
        (path, _) => way::find(whole, path),
    }
}

/// Makes the items of a payload as many as were sent, and refuses some. Gives their number, and that
/// of the accepted ones; nothing if they are as documented.
fn items(known: &Documented, payload: &mut Value, edits: &Edits<'_>) -> Option<(usize, usize)> {
    let key = known.item_status;
    if key.is_empty() {
        return None;
    }
    let refused = |at: usize| {
        let (items, code) = edits.refused?;
        items.contains(&at).then_some(code)
    };
    let sent = edits.sent.filter(|_| known.batch);
    if let Value::Object(item) = payload
        && sent.is_none_or(|sent| sent.len() == 1)
    {
        name(item, sent.and_then(<[Map]>::first));
        return Some((1, usize::from(outcome(item, key, refused(0)))));
    }
    let documented = match payload {
        Value::List(items) => std::mem::take(items),
        Value::Object(_) => vec![std::mem::take(payload)],
        _ => return None,
    };
    let count = sent.map_or(documented.len(), <[Map]>::len);
    // Among the documented items there may be refused ones.
    let status = |item: &Value| {
        item.get(key)
            .and_then(Value::as_object)
            .is_some_and(says_no)
    };
    let mut models: Vec<&Value> = documented.iter().filter(|item| !status(item)).collect();
    if models.is_empty() || sent.is_none() {
        models = documented.iter().collect();
    }
    let mut items: Vec<Value> = models.into_iter().cloned().cycle().take(count).collect();
    let mut accepted = 0;
    for (at, item) in items.iter_mut().enumerate() {
        if let Value::Object(item) = item {
            name(item, sent.and_then(|sent| sent.get(at)));
            accepted += usize::from(outcome(item, key, refused(at)));
        }
    }
    let count = items.len();
    *payload = Value::List(items);
    Some((count, accepted))
}

/// The outcome of an item names it as the request did, where the documented one names an item.
fn name(item: &mut Map, sent: Option<&Map>) {
    for (key, value) in sent.into_iter().flat_map(Map::iter) {
        if let Some(Value::String(_) | Value::Number(_)) = item.get(key) {
            set(item, key, value.clone());
        }
    }
}

/// Writes the outcome of an item: refused with a code, or accepted. Says which.
fn outcome(item: &mut Map, key: &str, refused: Option<u32>) -> bool {
    if let Some(code) = refused {
        let mut status = Map::new();
        status.insert("success", "false");
        status.insert("code", code.to_string());
        status.insert("message", "refused by the test server");
        item.insert(key, status);
        return false;
    }
    if let Some(Value::Object(status)) = item.get_mut(key)
        && says_no(status)
    {
        set(status, "success", Value::from(true));
    }
    true
}

fn says_no(status: &Map) -> bool {
    match status.get("success") {
        Some(Value::Bool(success)) => !success,
        Some(Value::String(text)) => crate::wire::truth(text) == Some(false),
        _ => false,
    }
}

/// Sets a member, as a text if a text was there.
fn set(map: &mut Map, key: &str, value: Value) {
    let value = match (map.get(key), value) {
        (Some(Value::String(_)), Value::Bool(value)) => Value::from(value.to_string()),
        (Some(Value::String(_)), Value::Number(value)) => Value::from(value.as_str()),
        (_, value) => value,
    };
    map.insert(key, value);
}

/// Sets what stands at a path, which is made if it is not there.
fn put(value: &mut Value, path: &'static [&'static str], new: Value) {
    let place = path.iter().fold(value, |value, key| value.member(key));
    *place = new;
}

/// Writes a reply that was read in one format in another. In XML something stands around what has no
/// wrapper in JSON.
fn written(
    envelope: &Envelope,
    whole: &Value,
    source: Format,
    format: Format,
) -> Result<Vec<u8>, Refusal> {
    let outermost = envelope
        .payload
        .first()
        .or(envelope.status.first())
        .copied();
    let refuse = |error: xml::WriteError| Refusal::new(406, format!("in XML: {error}"));
    match (format, way::only(whole)) {
        (Format::Json, Some((root, content)))
            if source == Format::Xml && outermost != Some(root) =>
        {
            Ok(json::write(content))
        }
        (Format::Json, _) => Ok(json::write(whole)),
        (Format::Xml, Some((root, content)))
            if source == Format::Xml
                || (outermost == Some(root)
                    && !envelope.payload.is_empty()
                    && content.as_list().is_none()) =>
        {
            xml::write(root, content).map_err(refuse)
        }
        (Format::Xml, _) => xml::write("root", whole).map_err(refuse),
    }
}
