//! Two operations written by hand in the way in which generated code writes them, and used in the
//! way in which users do.

use crate::support;

/// What generated code looks like.
mod parcel {
    use std::future::IntoFuture;

    use slate_runtime::wire::{DateTime, Encode, Extra, ItemStatus, Number};
    use slate_runtime::{
        Batch, Call, Client, Effect, Envelope, Error, Format, Item, Method, Operation, Pending,
        PreparedRequest, Reply, Wrap,
    };

    // ---- models ----------------------------------------------------------------------------

    /// A parcel as it comes back.
    #[derive(Default)]
    #[non_exhaustive]
    pub struct Parcel {
        /// Its number.
        pub id: Option<i64>,
        /// Telephone number of the receiver.
        pub phone: Option<String>,
        /// In kilograms.
        pub weight: Option<Number>,
        /// How large it is. Wire name: `type`.
        pub size: Option<Size>,
        /// When it was sent.
        pub sent_on: Option<DateTime>,
        /// What is written on it. Wire name: `labels.label`.
        pub labels: Vec<Label>,
        /// What the API says about this item.
        pub item_status: Option<ItemStatus>,
        /// Members that are not documented.
        pub extra: Extra,
    }

    slate_runtime::model!(Parcel {
        id shown,
        phone,
        weight shown,
        size = "type" shown,
        sent_on,
        labels / "label" shown,
        item_status shown,
    });

    impl Item for Parcel {
        fn item_status(&self) -> Option<&ItemStatus> {
            self.item_status.as_ref()
        }
    }

    /// A label.
    #[derive(Default)]
    pub struct Label {
        /// The text on it.
        pub text: Option<String>,
        /// Members that are not documented.
        pub extra: Extra,
    }

    slate_runtime::model!(Label { text });

    /// A parcel to be sent. Not `non_exhaustive`: users build it.
    #[derive(Default)]
    pub struct NewParcel {
        /// Telephone number of the receiver. Required.
        pub phone: String,
        /// In kilograms.
        pub weight: Option<Number>,
        /// What is written on it.
        pub labels: Vec<Label>,
        /// Members that are not documented.
        pub extra: Extra,
    }

    slate_runtime::model!(NewParcel { phone, weight shown, labels / "label" shown });

    // ---- open enum -------------------------------------------------------------------------

    /// How large a parcel is.
    #[derive(Clone, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum Size {
        /// Fits a letter box.
        Small,
        /// Does not.
        Large,
        /// A value that was not documented.
        Other(String),
    }

    slate_runtime::open_enum!(Size { Small = "SMALL", Large = "LARGE" });

    // ---- response codes --------------------------------------------------------------------

    /// Response codes.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum Code {
        /// Parcel accepted.
        Accepted,
        /// No such address.
        UnknownAddress,
        /// A code that was not documented.
        Unknown(u32),
    }

    slate_runtime::response_codes!(Code { Accepted = 1000 success, UnknownAddress = 1001 error });

    // ---- a batch ---------------------------------------------------------------------------

    /// The operation `parcel.send`.
    pub static SEND: Operation = Operation {
        id: "parcel.send",
        method: Method::Post,
        path: "/v1.1/parcel/send",
        suffix: None,
        host: "main",
        formats: &[Format::Json, Format::Xml],
        format_query: true,
        auth: true,
        effect: Effect::Write,
        effect_when: &[],
        body: Wrap::list_at(&["root", "parcel"]),
        reply: Envelope::of(&["response", "status"], &["response", "parcels", "parcel"]),
        rules: &[],
        source: "includes/_parcel.md:24",
        docs: "",
    };

    /// Sends parcels. Made by [`Parcels::send`].
    #[derive(Clone, Debug)]
    #[must_use = "nothing is sent before the call is awaited"]
    pub struct Send {
        call: Call,
    }

    impl Send {
        /// The language of messages.
        pub fn language(mut self, language: &str) -> Self {
            self.call.header("X-Language", &language);
            self
        }

        /// The request as it would be sent. Sends nothing.
        ///
        /// # Errors
        /// The client is not set up for this call, or the call breaks a rule that can be checked.
        pub fn prepare(&self) -> Result<PreparedRequest, Error> {
            self.call.prepare()
        }
    }

    impl IntoFuture for Send {
        type Output = Result<Batch<Parcel, Code>, Error>;
        type IntoFuture = Pending<Batch<Parcel, Code>>;

        fn into_future(self) -> Self::IntoFuture {
            self.call.batch()
        }
    }

    // ---- one thing -------------------------------------------------------------------------

    /// The operation `parcel.get`.
    pub static GET: Operation = Operation {
        id: "parcel.get",
        method: Method::Get,
        path: "/v1.1/parcel/{id}",
        suffix: None,
        host: "main",
        formats: &[Format::Json, Format::Xml],
        format_query: true,
        auth: true,
        effect: Effect::Read,
        effect_when: &[("notify_owner", Effect::Notify)],
        body: Wrap::NONE,
        reply: Envelope::of(&["response", "status"], &["response", "parcels", "parcel"]),
        rules: &[],
        source: "includes/_parcel.md:142",
        docs: "",
    };

    /// Looks up a parcel. Made by [`Parcels::get`].
    #[derive(Clone, Debug)]
    #[must_use = "nothing is sent before the call is awaited"]
    pub struct Get {
        call: Call,
    }

    impl Get {
        /// Sends a message to the owner.
        pub fn notify_owner(mut self, notify_owner: bool) -> Self {
            self.call.query("notify_owner", &notify_owner);
            self
        }

        /// Only these sizes.
        pub fn sizes(mut self, sizes: impl IntoIterator<Item = Size>) -> Self {
            self.call
                .query("sizes", &sizes.into_iter().collect::<Vec<_>>());
            self
        }
    }

    impl IntoFuture for Get {
        type Output = Result<Reply<Parcel>, Error>;
        type IntoFuture = Pending<Reply<Parcel>>;

        fn into_future(self) -> Self::IntoFuture {
            self.call.reply_item::<Parcel, Code>()
        }
    }

    // ---- the resource ----------------------------------------------------------------------

    /// The operations on parcels.
    #[derive(Clone, Debug)]
    pub struct Parcels {
        client: Client,
    }

    impl Parcels {
        pub fn new(client: &Client) -> Self {
            Self {
                client: client.clone(),
            }
        }

        /// Sends parcels.
        pub fn send(&self, parcels: impl IntoIterator<Item = NewParcel>) -> Send {
            let mut call = self.client.call(&SEND);
            call.body(parcels.into_iter().collect::<Vec<_>>().encode());
            Send { call }
        }

        /// Looks up a parcel.
        pub fn get(&self, id: i64) -> Get {
            let mut call = self.client.call(&GET);
            call.path("id", &id);
            Get { call }
        }
    }
}

use parcel::{Code, Label, NewParcel, Parcel, Parcels, Size};
use slate_runtime::{Client, ErrorKind, Format, sample};
use support::{Server, answer};

const BATCH: &str = r#"{"response":{"status":{"success":"true","code":"201","message":"partly"},
    "parcels":{"parcel":[
        {"id":"7","phone":"555","weight":"1.50","type":"SMALL","labels":{"label":{"text":"a"}},
         "item_status":{"success":"true","code":"1000"},"color":"red"},
        {"phone":"556","item_status":{"success":"false","code":"1001","message":"no 556"}}
    ]}}}"#;

fn parcels() -> [NewParcel; 2] {
    let labels = vec![Label {
        text: Some("a".to_owned()),
        ..Label::default()
    }];
    [
        NewParcel {
            phone: "555".to_owned(),
            weight: Some(2.into()),
            labels,
            ..NewParcel::default()
        },
        NewParcel {
            phone: "556".to_owned(),
            ..NewParcel::default()
        },
    ]
}

#[tokio::test]
async fn a_batch_answers_for_each_item() {
    let server = Server::start(answer(201, BATCH)).await;
    let outcome = Parcels::new(&server.client())
        .send(parcels())
        .language("en")
        .await
        .unwrap();

    assert_eq!(outcome.request_id(), Some("req-42"));
    assert!(outcome.is_complete());
    let sent = outcome.items()[0].result().unwrap();
    assert_eq!((sent.id, sent.size.clone()), (Some(7), Some(Size::Small)));
    assert_eq!(sent.weight.as_ref().unwrap().as_str(), "1.50");
    assert_eq!(
        sent.extra.get("color").and_then(|v| v.as_str()),
        Some("red")
    );
    let refused = outcome.items()[1].result().unwrap_err();
    assert_eq!((refused.code(), refused.index()), (Code::UnknownAddress, 1));
    assert_eq!(refused.message(), Some("no 556"));
    assert_eq!(
        refused.to_string(),
        "parcel.send: item 1 was refused with code 1001 (UnknownAddress), request req-42"
    );

    let seen = &server.seen()[0];
    assert_eq!(
        seen.first_line(),
        "POST /v1.1/parcel/send?format=json HTTP/1.1"
    );
    assert_eq!(seen.header("x-language"), Some("en"));
    assert_eq!(
        seen.body,
        r#"{"root":{"parcel":[{"phone":"555","weight":2,"labels":{"label":[{"text":"a"}]}},{"phone":"556"}]}}"#
    );
}

#[tokio::test]
async fn xml_is_one_builder_call_away() {
    let body = "<response><status><success>true</success><code>200</code></status><parcels><parcel>\
                <id>7</id><type>XL</type><labels/><item_status><success>true</success></item_status>\
                </parcel></parcels></response>";
    let server = Server::start(answer(200, body)).await;
    let client = server.builder().format(Format::Xml).build().unwrap();
    let reply = Parcels::new(&client)
        .get(7)
        .sizes([Size::Small, Size::Large])
        .await
        .unwrap();

    assert_eq!(reply.id, Some(7));
    assert_eq!(reply.size, Some(Size::Other("XL".to_owned())));
    assert_eq!(reply.status().and_then(|status| status.code), Some(200));
    let line = "GET /v1.1/parcel/7?sizes=SMALL,LARGE&format=xml HTTP/1.1";
    assert_eq!(server.seen()[0].first_line(), line);
}

#[test]
fn a_request_can_be_looked_at() {
    let client = Client::builder(&support::SERVICE)
        .cluster("test")
        .basic_auth("till1", "123")
        .build();
    let call = Parcels::new(&client.unwrap()).send(parcels());
    let request = call.prepare().unwrap();
    assert_eq!(
        request.url(),
        "https://main.example.com/v1.1/parcel/send?format=json"
    );
    assert!(
        request
            .body()
            .starts_with(br#"{"root":{"parcel":[{"phone":"555""#)
    );
}

#[tokio::test]
async fn a_refused_item_is_an_error_of_its_call() {
    let body = r#"{"response":{"status":{"success":"false","code":500,"message":"all failed"},
        "parcels":{"parcel":{"item_status":{"success":"false","code":"1001"}}}}}"#;
    let server = Server::start(answer(500, body)).await;
    let error = Parcels::new(&server.client())
        .get(7)
        .notify_owner(false)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Item);
    assert_eq!(error.code_as(), Some(Code::UnknownAddress));
}

#[test]
fn samples_go_through_their_types_unchanged() {
    let items: Vec<Parcel> = sample::reply(&parcel::SEND, BATCH).unwrap();
    assert_eq!(items.len(), 2);

    let request =
        r#"{"root":{"parcel":{"phone":"555","labels":{"label":[{"text":"a"}]},"new":1}}}"#;
    let items: Vec<NewParcel> = sample::request(&parcel::SEND, request).unwrap();
    assert_eq!(items[0].phone, "555");

    let xml = "<root><parcel><phone>555</phone><labels><label><text>a</text></label></labels>\
               <new>1</new></parcel></root>";
    assert_eq!(
        sample::request::<Vec<NewParcel>>(&parcel::SEND, xml).map(|v| v.len()),
        Ok(1)
    );
}
