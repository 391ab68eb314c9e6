//! Passes over a value, and says what it was.

use jiter::{Jiter, Peek};

use super::found::{self, Found};
use super::walker::Stop;

/// Goes past a value, and says what it was.
pub(super) fn skip(json: &mut Jiter<'_>, peek: Peek) -> Result<Found, Stop> {
    Ok(match peek {
        Peek::Null => {
            json.known_null()?;
            Found::Nothing
        }
        Peek::True | Peek::False => {
            json.known_bool(peek)?;
            Found::Boolean
        }
        Peek::String => found::of_text(json.known_str()?.as_bytes()),
        Peek::Array => {
            let mut next = json.known_array()?;
            let mut any = false;
            while let Some(peek) = next {
                // A list of nothing is nothing.
                any |= match peek {
                    Peek::Array => {
                        json.known_skip(peek)?;
                        true
                    }
                    _ => skip(json, peek)? != Found::Nothing,
                };
                next = json.array_step()?;
            }
            filled(any, Found::List)
        }
        Peek::Object => {
            let mut more = json.known_object()?.is_some();
            let found = filled(more, Found::Object);
            while more {
                json.next_skip()?;
                more = json.next_key()?.is_some();
            }
            found
        }
        _ => found::of_text(json.known_number_bytes(peek)?),
    })
}

pub(super) fn filled(is_filled: bool, found: Found) -> Found {
    if is_filled { found } else { Found::Nothing }
}
