//! Traffic, as it is shown to an observer.

use std::borrow::Cow;

use slate_codegen::observe::Exchange;

/// A call that HTTP says went well: method, URL, body of the request, body of the answer.
pub fn call<'c>(method: &'c str, url: &'c str, request: &'c str, answer: &'c str) -> Exchange<'c> {
    Exchange {
        method: Cow::Borrowed(method),
        url: Cow::Borrowed(url),
        request_body: Cow::Borrowed(request.as_bytes()),
        status: 200,
        response_body: Cow::Borrowed(answer.as_bytes()),
        ..Exchange::default()
    }
}
