//! Documented samples read without a network: tests are made of them, in which what is read from a
//! sample must come back when it is written.

use crate::locate::{self, Found};
use crate::operation::Operation;
use crate::wire::{
    Context, Decode, DecodeError, Difference, Encode, Format, Limits, Members, Node, ParseError,
    parse, same,
};

/// Why a sample cannot be read, or does not go through its types unchanged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SampleError {
    /// The sample is not well-formed.
    #[error("the sample cannot be parsed")]
    Parse(#[from] ParseError),
    /// There is nothing at the path of the operation.
    #[error("the sample has nothing at {0}")]
    Missing(String),
    /// The sample does not fit the type.
    #[error("the sample does not fit its type")]
    Decode(#[from] DecodeError),
    /// Something was lost, added or changed on the way.
    #[error("the sample does not come back as it was")]
    Changed(#[from] Difference),
}

/// Reads the answer in a sample of a reply (JSON or XML) as a call would, and checks that nothing of
/// it is lost. For a batch `T` is the `Vec` of its items.
///
/// # Errors
/// The sample does not go through the type unchanged.
pub fn reply<T: Decode + Encode>(operation: &Operation, sample: &str) -> Result<T, SampleError> {
    let node = parse(sample.as_bytes(), &Limits::default())?;
    let found = locate::payload(operation, &node, Format::of(sample.as_bytes()));
    round_trip(found, operation.reply.payload)
}

/// Reads the body in a sample of a request (JSON or XML), without its wrappers, and checks that
/// nothing of it is lost. For a batch `T` is the `Vec` of its items.
///
/// # Errors
/// The sample does not go through the type unchanged.
pub fn request<T: Decode + Encode>(operation: &Operation, sample: &str) -> Result<T, SampleError> {
    let node = parse(sample.as_bytes(), &Limits::default())?;
    let found = match (operation.body.keys, &node) {
        ([], Node::Object(root)) if Format::of(sample.as_bytes()) == Format::Xml => root
            .only()
            .map_or(Found::Missing, |(_, content)| Found::At(content)),
        (keys, node) => locate::find(node, keys),
    };
    round_trip(found, operation.body.keys)
}

/// Reads the answer in a body (JSON or XML) as a call would: parses it, finds the answer, and decodes
/// that. Looks at no status. For a batch `T` is the `Vec` of its items.
///
/// # Errors
/// The body is not well-formed, or the answer does not fit the type.
pub fn decode<T: Decode>(operation: &Operation, body: &[u8]) -> Result<T, SampleError> {
    let node = parse(body, &Limits::default())?;
    let found = locate::payload(operation, &node, Format::of(body));
    strictly(operation.reply.payload, |context| match found {
        Found::At(node) => T::decode(node, context),
        Found::Empty => T::decode(&Node::Object(Members::default()), context),
        Found::Missing => T::missing(),
    })
    .map_err(SampleError::from)
}

/// Reads what stands below these keys; what does not fit is an error.
fn strictly<T>(
    path: &'static [&'static str],
    read: impl FnOnce(&mut Context) -> Result<T, DecodeError>,
) -> Result<T, DecodeError> {
    let mut context = Context::new();
    context.stand_below(path);
    let value = read(&mut context).map_err(|error| error.at(context.place()))?;
    match context.misfits().first() {
        Some(misfit) => Err(misfit.error().clone()),
        None => Ok(value),
    }
}

fn round_trip<T: Decode + Encode>(
    found: Found<'_, '_>,
    path: &'static [&'static str],
) -> Result<T, SampleError> {
    let node = match found {
        Found::At(node) => node,
        Found::Empty | Found::Missing => return Err(SampleError::Missing(path.join("."))),
    };
    let value = strictly(path, |context| T::decode(node, context))?;
    same(&node.to_value(), &value.encode())?;
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::{Effect, Envelope, Method, Wrap};

    static LIST: Operation = Operation {
        id: "parcel.list",
        method: Method::Get,
        path: "/parcels",
        suffix: None,
        host: "main",
        formats: &[Format::Json, Format::Xml],
        format_query: false,
        auth: true,
        effect: Effect::Read,
        effect_when: &[],
        body: Wrap::NONE,
        reply: Envelope::of(&["response", "status"], &["response", "parcels", "parcel"]),
        rules: &[],
        source: "parcel.md:1",
        docs: "",
    };

    fn weights(body: &str) -> Result<Vec<i64>, SampleError> {
        decode(&LIST, body.as_bytes())
    }

    #[test]
    fn decodes_the_answer_below_its_wrappers() {
        let json = r#"{"response":{"status":{"code":200},"parcels":{"parcel":["7",8]}}}"#;
        let xml = "<response><parcels><parcel>7</parcel><parcel>8</parcel></parcels></response>";
        assert_eq!(weights(json), Ok(vec![7, 8]));
        assert_eq!(weights(xml), Ok(vec![7, 8]));
    }

    #[test]
    fn an_answer_that_is_not_there_is_what_a_call_takes_it_for() {
        assert_eq!(weights(r#"{"response":{"parcels":""}}"#), Ok(vec![]));
        let error = decode::<i64>(&LIST, br#"{"response":{"status":{}}}"#).unwrap_err();
        assert!(matches!(error, SampleError::Decode(_)), "{error:?}");
    }

    #[test]
    fn says_where_a_body_does_not_fit() {
        let error = weights(r#"{"response":{"parcels":{"parcel":[7,"heavy"]}}}"#).unwrap_err();
        let SampleError::Decode(error) = error else {
            panic!("{error:?}")
        };
        assert_eq!(error.path(), "response.parcels.parcel[1]");
        assert!(matches!(weights("{"), Err(SampleError::Parse(_))));
    }
}
