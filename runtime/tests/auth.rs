//! Each way to authenticate: what is sent, what is refused, and what is not shown.

use crate::support;

use slate_runtime::{
    AuthScheme, CallOptions, Client, ClientBuilder, Error, ErrorKind, OauthScheme, PreparedRequest,
    Service,
};
use support::thing::{OPEN, READ, Thing, WRITE};
use support::{Server, answer};

const fn service(auth: &'static [AuthScheme]) -> Service {
    Service {
        auth,
        ..support::SERVICE
    }
}

static NONE: Service = service(&[]);
static BASIC: Service = service(&[AuthScheme::Basic]);
static MD5: Service = service(&[AuthScheme::BasicMd5]);
static BEARER: Service = service(&[AuthScheme::Bearer]);
static HEADER: Service = service(&[AuthScheme::Header("X-Key")]);
static OWN: Service = service(&[AuthScheme::Header("authorization")]);
static QUERY: Service = service(&[AuthScheme::Query("api key")]);
static TWO_KEYS: Service = service(&[AuthScheme::Query("key"), AuthScheme::Query("secret")]);
static SIGNED: Service = service(&[AuthScheme::Signature]);
static OPTIONAL: Service = service(&[AuthScheme::Bearer, AuthScheme::Optional]);
static MANY: Service = Service {
    oauth: Some(&OauthScheme {
        operation: &OPEN,
        key: "key",
        secret: "secret",
        token: &["token"],
        ttl: &["seconds"],
        header: "X-Token",
    }),
    ..service(&[
        AuthScheme::Bearer,
        AuthScheme::Header("X-Key"),
        AuthScheme::Query("key"),
        AuthScheme::BasicMd5,
    ])
};

type Set = fn(ClientBuilder) -> ClientBuilder;

fn client(service: &'static Service, set: Set) -> Result<Client, Error> {
    set(Client::builder(service).cluster("test")).build()
}

fn sent(service: &'static Service, set: Set) -> Result<PreparedRequest, Error> {
    client(service, set)?.call(&READ).prepare()
}

#[test]
fn credentials_are_sent_as_the_api_has_them() {
    let header = |service, set: Set, name: &str| {
        let request = sent(service, set).unwrap();
        request.header(name).map(str::to_owned)
    };
    let authorization = |service, set| header(service, set, "Authorization").unwrap();
    // `user:pass` and `user:` with the MD5 of `pass`, as base64 and md5sum write them.
    let basic: Set = |b| b.basic_auth("user", "pass");
    assert_eq!(authorization(&BASIC, basic), "Basic dXNlcjpwYXNz");
    let md5 = "Basic dXNlcjoxYTFkYzkxYzkwNzMyNWM2OTI3MWRkZjBjOTQ0YmM3Mg==";
    assert_eq!(authorization(&MD5, basic), md5);
    let digits: Set = |b| b.basic_auth_md5("user", "1A1DC91C907325C69271DDF0C944BC72");
    assert_eq!(authorization(&MD5, digits), md5);
    // A key is the user of some APIs, and the password of others.
    assert_eq!(
        authorization(&BASIC, |b| b.basic_auth("", "pass")),
        "Basic OnBhc3M="
    );
    assert_eq!(
        authorization(&BASIC, |b| b.basic_auth("user", "")),
        "Basic dXNlcjo="
    );
    assert_eq!(
        authorization(&BEARER, |b| b.bearer_token("a.b")),
        "Bearer a.b"
    );
    assert_eq!(authorization(&OWN, |b| b.api_key("Token k")), "Token k");
    let key: Set = |b| b.api_key("k1");
    assert_eq!(header(&HEADER, key, "x-key").as_deref(), Some("k1"));
    assert_eq!(header(&HEADER, key, "authorization"), None);
    // Of several ways for a key the first.
    assert_eq!(header(&MANY, key, "x-key").as_deref(), Some("k1"));
    assert_eq!(authorization(&MANY, basic), md5);
}

#[tokio::test]
async fn a_key_in_the_query_is_sent_and_not_shown() {
    let server = Server::start(answer(200, "{}")).await;
    let builder = Client::builder(&QUERY).base_url(&server.url).allow_http();
    let client: Client = builder.api_key("se cret&").build().unwrap();
    let mut call = client.call(&READ);
    call.query("a", &1);
    let request = call.prepare().unwrap();
    let base = format!("{}/v1/thing", server.url);
    assert_eq!(request.url(), format!("{base}?a=1&api%20key=***"));
    assert_eq!(
        request.url_to_send(),
        format!("{base}?a=1&api%20key=se%20cret%26")
    );
    assert!(!format!("{request:?} {call:?} {client:?}").contains("cret"));
    call.reply::<Vec<Thing>>().await.ok();
    let other = client.with_api_key("k2").unwrap();
    other.call(&READ).reply::<Vec<Thing>>().await.ok();
    let seen: Vec<String> = server
        .seen()
        .iter()
        .map(|seen| seen.first_line().to_owned())
        .collect();
    assert_eq!(
        seen,
        [
            "GET /v1/thing?a=1&api%20key=se%20cret%26 HTTP/1.1",
            "GET /v1/thing?api%20key=k2 HTTP/1.1"
        ]
    );
}

#[test]
fn keys_that_are_put_there_by_hand_are_hidden_too() {
    let client = client(&TWO_KEYS, |b| b.api_key("k1")).unwrap();
    let mut call = client.call(&READ);
    call.with(CallOptions::new().query("secret", "canary").query("z", "9"));
    let request = call.prepare().unwrap();
    assert_eq!(
        request.url(),
        "https://main.example.com/v1/thing?z=9&key=***&secret=***"
    );
    assert!(request.url_to_send().ends_with("?z=9&key=k1&secret=canary"));
    // What needs no authentication is sent without.
    let request = client.call(&OPEN).prepare().unwrap();
    assert!(!request.url_to_send().contains("k1"));
}

#[test]
fn what_the_api_has_not_is_an_error_that_names_what_there_is() {
    let basic: Set = |b| b.basic_auth("user", "canary");
    for (service, set, says) in [
        (
            &BEARER,
            basic,
            "basic_auth: the API takes no such credentials; it has bearer_token",
        ),
        (
            &BASIC,
            |b| b.basic_auth_md5("user", "canary"),
            "basic_auth_md5: the API takes no such credentials; it has basic_auth",
        ),
        (
            &MD5,
            |b| b.bearer_token("canary"),
            "bearer_token: the API takes no such credentials; it has basic_auth or basic_auth_md5",
        ),
        (
            &HEADER,
            |b| b.oauth("k", "canary"),
            "oauth: the API takes no such credentials; it has api_key",
        ),
        (
            &BASIC,
            |b| b.api_key("canary"),
            "api_key: the API takes no such credentials; it has basic_auth",
        ),
        (
            &SIGNED,
            |b| b.api_key("canary"),
            "it has header, with a signature",
        ),
        (
            &NONE,
            |b| b.api_key("canary"),
            "it has header, as its documentation names no way",
        ),
    ] as [(&'static Service, Set, &str); 7]
    {
        let error = client(service, set).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        let text = error.to_string();
        assert!(text.contains(says), "{text}");
        assert!(!format!("{text} {error:?}").contains("canary"));
    }
    let bearer = client(&BEARER, |b| b.bearer_token("t")).unwrap();
    for error in [
        bearer.with_api_key("canary").unwrap_err(),
        bearer.with_basic_auth("a", "canary").unwrap_err(),
        {
            let mut call = bearer.call(&READ);
            call.with(CallOptions::new().api_key("canary"));
            call.prepare().unwrap_err()
        },
    ] {
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(error.to_string().contains("it has bearer_token"), "{error}");
    }
}

#[test]
fn what_cannot_be_right_is_refused() {
    for (service, set, says) in [
        (
            &BASIC,
            |b| b.basic_auth("", ""),
            "basic_auth: the user name and the password",
        ),
        (
            &BASIC,
            |b| b.basic_auth("a:b", "x"),
            "basic_auth: the user name holds",
        ),
        (
            &BASIC,
            |b| b.basic_auth("a", "x\n"),
            "basic_auth: the password holds",
        ),
        (
            &MD5,
            |b| b.basic_auth("", "x"),
            "basic_auth: the user name is empty",
        ),
        (
            &MD5,
            |b| b.basic_auth_md5("a", "x"),
            "basic_auth_md5: an MD5",
        ),
        (
            &BEARER,
            |b| b.bearer_token(""),
            "bearer_token: the token is empty",
        ),
        (
            &BEARER,
            |b| b.bearer_token("a b"),
            "bearer_token: the token",
        ),
        (&HEADER, |b| b.api_key(" "), "api_key: the key is empty"),
        (&HEADER, |b| b.api_key("a\r\nb"), "api_key: the key"),
        (&QUERY, |b| b.api_key(""), "api_key: the key is empty"),
    ] as [(&'static Service, Set, &str); 10]
    {
        let text = client(service, set).unwrap_err().to_string();
        assert!(text.starts_with(says), "{text}");
    }
}

#[test]
fn without_credentials_the_error_names_the_methods() {
    for (service, says) in [
        (&BASIC, "call basic_auth on"),
        (&MD5, "call basic_auth or basic_auth_md5 on"),
        (&HEADER, "call api_key on"),
        (
            &MANY,
            "call bearer_token, api_key, basic_auth, basic_auth_md5 or oauth on",
        ),
    ] {
        let text = sent(service, |b| b).map(|_| ()).unwrap_err().to_string();
        assert!(text.contains(says), "{text}");
        let open = client(service, |b| b).unwrap().call(&OPEN).prepare();
        assert!(open.is_ok());
    }
}

#[test]
fn nothing_is_asked_for_where_nothing_is_documented_or_the_caller_signs() {
    for service in [&NONE, &SIGNED, &OPTIONAL] {
        let request = sent(service, |b| b).unwrap();
        assert_eq!(request.header("authorization"), None);
    }
    for service in [&NONE, &SIGNED, &HEADER] {
        let request = sent(service, |b| b.header("Authorization", "own")).unwrap();
        assert_eq!(request.header("authorization"), Some("own"));
        let client = client(service, |b| b).unwrap();
        let mut call = client.call(&WRITE);
        call.with(CallOptions::new().header("authorization", "signed"));
        assert_eq!(
            call.prepare().unwrap().header("Authorization"),
            Some("signed")
        );
    }
    // Where the client sets it, nobody else does.
    for service in [&BASIC, &MD5, &BEARER, &OWN] {
        let error = sent(service, |b| b.header("authorization", "own")).map(|_| ());
        assert!(error.unwrap_err().to_string().contains("set by the client"));
    }
}

#[test]
fn a_key_in_a_header_may_be_set_by_hand_and_the_methods_count_more() {
    let by_hand = client(&HEADER, |b| b.header("x-key", "hand")).unwrap();
    let key = |client: &Client, options: Option<CallOptions>| {
        let mut call = client.call(&READ);
        if let Some(options) = options {
            call.with(options);
        }
        let request = call.prepare().unwrap();
        assert_eq!(
            request
                .headers()
                .filter(|(name, _)| name.eq_ignore_ascii_case("x-key"))
                .count(),
            1
        );
        request.header("X-Key").unwrap().to_owned()
    };
    assert_eq!(key(&by_hand, None), "hand");
    let other = by_hand.with_api_key("other").unwrap();
    assert_eq!(key(&other, None), "other");
    let options = CallOptions::new().header("X-Key", "of call");
    assert_eq!(key(&other, Some(options.clone())), "of call");
    assert_eq!(key(&other, Some(options.api_key("method"))), "method");
}

#[test]
fn the_service_names_the_client_and_the_header_of_the_request_id() {
    static OTHER: Service = Service {
        request_id: None,
        ..support::SERVICE
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let server = Server::start(answer(500, "")).await;
        for (service, id) in [(&support::SERVICE, Some("req-42")), (&OTHER, None)] {
            let client: Client = Client::builder(service)
                .base_url(&server.url)
                .allow_http()
                .basic_auth("u", "p")
                .build()
                .unwrap();
            let error = client.call(&WRITE).reply::<Thing>().await.unwrap_err();
            assert_eq!(error.request_id(), id);
        }
        assert_eq!(server.seen()[0].header("user-agent"), Some("test/1"));
    });
}

#[cfg(feature = "mock")]
mod mocked {
    use super::*;
    use slate_runtime::{Operation, mock};

    static KNOWN: [mock::Documented; 1] = [mock::Documented {
        operation: &FLAT,
        alternatives: &[],
        body: false,
        query: &[],
        values: &[],
        batch: false,
        item_status: "",
        json: None,
        xml: None,
        request: &[],
        answer: || None,
        list: false,
    }];

    static FLAT: Operation = Operation {
        body: slate_runtime::Wrap::NONE,
        reply: slate_runtime::Envelope::NONE,
        ..READ_FLAT
    };

    const READ_FLAT: Operation = support::thing::operation(
        "thing.read",
        slate_runtime::Method::Get,
        slate_runtime::Effect::Read,
    );

    #[tokio::test]
    async fn its_own_client_is_let_in_whatever_the_api_has() {
        let header = "curl -H 'X-Key: secret' 'http://";
        for (service, curl) in [
            (&NONE, "curl 'http://"),
            (&SIGNED, "curl 'http://"),
            (&OPTIONAL, "curl -H 'Authorization: Bearer secret' 'http://"),
            (&BASIC, "curl -H 'Authorization: Basic dXNlcjpzZWNyZXQ=' '"),
            (&MD5, "curl -H 'Authorization: Basic dXNlcjo"),
            (&BEARER, "curl -H 'Authorization: Bearer secret' 'http://"),
            (&HEADER, header),
            (&QUERY, "curl 'http://"),
            (&MANY, "curl -H 'Authorization: Bearer secret' 'http://"),
        ] {
            let server = mock::Server::start(&KNOWN, service).unwrap();
            let client: Client = server.client();
            let reply = client.call(&FLAT).reply::<slate_runtime::wire::Value>();
            let outcome = reply.await.map(|_| ());
            assert_eq!(server.refusals(), [""; 0], "{:?} {outcome:?}", service.auth);
            let line = server.curl(&FLAT).unwrap();
            assert!(line.starts_with(curl), "{line}");
            let shown = format!("{:?}", server.seen());
            let seen = server.seen().remove(0);
            let kept = format!("{:?} {:?} {shown}", seen.headers, seen.query);
            assert!(
                !kept.contains("secret") && !kept.contains("dXNlcj"),
                "{kept}"
            );
        }
        let server = mock::Server::start(&KNOWN, &QUERY).unwrap();
        assert!(
            server
                .curl(&FLAT)
                .unwrap()
                .ends_with("/v1/thing?api%20key=secret'")
        );
    }

    #[tokio::test]
    async fn who_has_no_credentials_or_others_is_refused() {
        for (service, name, value, refused) in [
            (&BASIC, "x-a", "b", "there are no credentials"),
            (
                &BASIC,
                "authorization",
                "Bearer x",
                "does not begin with Basic",
            ),
            (&BASIC, "authorization", "Basic Og==", "are empty"),
            (&MD5, "authorization", "Basic dXNlcjpzZWNyZXQ=", "no MD5"),
            (
                &BEARER,
                "authorization",
                "Basic Og==",
                "does not begin with Bearer",
            ),
            (&HEADER, "authorization", "x", "there are no credentials"),
            (&HEADER, "x-key", "", "the key is empty"),
            (&QUERY, "x-key", "k", "there are no credentials"),
            (&MANY, "x-token", "unknown", "the access token is unknown"),
        ] {
            let server = mock::Server::start(&KNOWN, service).unwrap();
            // A client of an API that takes anything: what is checked here is the server.
            let builder = Client::builder(&NONE).base_url(server.url()).allow_http();
            let client: Client = builder.header(name, value).build().unwrap();
            let reply = client.call(&FLAT).reply::<slate_runtime::wire::Value>();
            assert_eq!(reply.await.unwrap_err().http_status(), Some(401));
            assert!(
                server.refusals()[0].contains(refused),
                "{:?}",
                server.refusals()
            );
        }
    }
}
