//! The kinds of changes: what each means for users of the SDK.

use serde::{Serialize, Serializer};

use crate::catalogue::catalogue;

/// What a change asks of users of the SDK.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Code that compiled may not compile any more, or a call behaves differently.
    Breaking,
    /// There is more than before; what was there stays.
    Additive,
    /// Only what the docs say in words, or show in samples, is different.
    Prose,
}

impl Level {
    /// Every level, the gravest first.
    pub const ALL: &'static [Self] = &[Self::Breaking, Self::Additive, Self::Prose];

    /// Its name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Additive => "additive",
            Self::Prose => "prose",
        }
    }
}

catalogue! {
    /// The kinds of changes.
    enum Rule;
    /// What it means for users of the SDK.
    fn level -> Level;
    /// What happened, in a few words.
    fn title;
    /// The whole API has another title. No name of the SDK comes from it. Nobody has to do anything.
    ApiRetitled = "D001" Prose "title of the API changed",
    /// The version segment of paths changed. Every call goes to another path, so behaviour may differ everywhere. Users:
    /// test against the new version before upgrading. Maintainers: look whether paths changed with it, and whether the old
    /// version is still served; then a second crate may be better than a release.
    ApiVersionChanged = "D002" Breaking "version of the API changed",
    /// A family of hosts is new. Nothing uses it until an operation does. Nobody has to do anything.
    HostFamilyAdded = "D003" Additive "host family added",
    /// A family of hosts is gone. Clients that were set up with a host of that family do not work. Users: remove the set-up.
    /// Maintainers: if the docs lost the list by mistake, mend the docs.
    HostFamilyRemoved = "D004" Breaking "host family removed",
    /// A cluster is new: a variant more of an enum that users cannot match exhaustively. Nobody has to do anything.
    ClusterAdded = "D005" Additive "cluster added",
    /// A cluster is gone: its variant, or its host in one family, does not exist any more. Users: choose another cluster,
    /// or give a base URL. Maintainers: ask the API's owner whether the cluster is really gone.
    ClusterRemoved = "D006" Breaking "cluster removed",
    /// A cluster has another host. Code compiles, but calls go elsewhere: fire walls, proxies and allow lists notice. Users:
    /// allow the new host. Maintainers: make sure that the host exists; a typing error here sends credentials elsewhere.
    HostChanged = "D007" Breaking "host changed",
    /// A way to authenticate is new. Nobody has to do anything.
    AuthSchemeAdded = "D008" Additive "way to authenticate added",
    /// A way to authenticate is gone from the docs. Users: move to another, if you use it. Maintainers: if only the heading
    /// changed so that it is not recognised, mend the dialect.
    AuthSchemeRemoved = "D009" Breaking "way to authenticate removed",
    /// An entity is new: a module, a feature and an accessor of the client. Nobody has to do anything.
    EntityAdded = "D010" Additive "entity added",
    /// An entity is gone, and with it a module, a feature, its operations and its codes. Users: stay at the old version, or
    /// call the operation through the untyped client. Maintainers: a page that is only missing in the index can be put back.
    EntityRemoved = "D011" Breaking "entity removed",
    /// An entity has another name but the same operations. Its module and its feature are renamed. Users: rename paths.
    /// Maintainers: keep the old file name of the page if you can.
    EntityRenamed = "D012" Breaking "entity renamed",
    /// An operation is new: a method more. Nobody has to do anything.
    OperationAdded = "D013" Additive "operation added",
    /// An operation is gone from the docs; its method goes too. Users: stay at the old version, or find out what replaces
    /// it. Maintainers: if it is there but cannot be read, `lint` says so: mend the docs or add an override.
    OperationRemoved = "D014" Breaking "operation removed",
    /// An operation stands in another entity now, so its method is in another module. Users: change the path.
    /// Maintainers: move the section back, if it only went astray.
    OperationMoved = "D015" Breaking "operation moved to another entity",
    /// The same operation has another Rust name. Users: rename. Maintainers: put the old name into `spec/names.yaml`.
    OperationRenamed = "D016" Breaking "operation has another name",
    /// The heading is reworded. The Rust name is kept, since it is published. Nobody has to do anything.
    OperationRetitled = "D017" Prose "title reworded",
    /// The section stands in another file of the docs. Nobody has to do anything.
    SectionMoved = "D018" Prose "section moved to another file",
    /// The HTTP method is another. Code compiles, but what is sent differs: proxies, mocks and permissions may notice.
    /// Users: test the call. Maintainers: look which of the two the API really takes.
    MethodChanged = "D019" Breaking "HTTP method changed",
    /// The path is another. Code compiles, but calls go elsewhere. Users: test the call. Maintainers: look whether the API
    /// really moved; a typing error in the docs is corrected by an override.
    PathChanged = "D020" Breaking "path changed",
    /// The call goes to another family of hosts. Users: test the call, and allow the host. Maintainers: as for a path.
    OperationHostChanged = "D021" Breaking "host family of the operation changed",
    /// Another path of the same call is new: a setter more. Nobody has to do anything.
    AlternativeAdded = "D022" Additive "alternative path added",
    /// Another path of the same call is gone, and its setter with it. Users: use the main path.
    AlternativeRemoved = "D023" Breaking "alternative path removed",
    /// Credentials are sent where they were not, or the other way round, or in another manner. Users: set up credentials
    /// that the call accepts. Maintainers: look what the API asks for.
    AuthChanged = "D024" Breaking "authentication changed",
    /// The docs now say, or no longer say, what the SDK does anyway: it authenticates. Nobody has to do anything.
    AuthStated = "D025" Prose "authentication stated differently",
    /// Whether a call takes several items is another: a method takes or gives a list where it was one item, or the other
    /// way round. Users: change the call. Maintainers: look whether the samples agree with the table.
    BatchChanged = "D026" Breaking "batch support changed",
    /// The docs now say, or no longer say, whether a call takes several items; the SDK is the same. Nobody has to do anything.
    BatchStated = "D027" Prose "batch support stated differently",
    /// What is said on limits of calls per time is other. Nothing in the SDK depends on it. Users who send much: look at
    /// the new limit.
    RateLimitChanged = "D028" Additive "rate limit changed",
    /// A second sending does more than was thought (read, notify, write). The SDK sends the call again less often, and
    /// `maybe_executed` is true more often. Users: look at how you handle errors of this call. Maintainers: make sure of it.
    EffectGrew = "D029" Breaking "a second sending does more",
    /// A second sending does less than was thought. The SDK now sends the call again when a connection breaks.
    /// Users: nothing. Maintainers: make sure of it; if it is wrong, something is done twice. Where a
    /// parameter was renamed that has an effect, `effect_when` of the dialect has to be told the new name.
    EffectShrank = "D030" Additive "a second sending does less",
    /// A format is new. Nobody has to do anything.
    FormatAdded = "D031" Additive "format added",
    /// A format is gone. Clients that are set to it have the call refused. Users: use the other format for this call.
    FormatRemoved = "D032" Breaking "format removed",
    /// The format is chosen in the query where it was not, or the other way round. The client does this. Nobody has to do
    /// anything.
    FormatQueryChanged = "D033" Prose "way to choose the format changed",
    /// The call has a body now, which its method takes as an argument. Users: pass it.
    BodyAdded = "D034" Breaking "request body added",
    /// The call has no body any more; the argument is gone. Users: remove it. Maintainers: if only the sample went missing,
    /// mend the docs.
    BodyRemoved = "D035" Breaking "request body removed",
    /// The docs describe the answer where they did not. What the call gives was untyped and is a type now. Users: take the
    /// fields from the new type.
    AnswerAdded = "D036" Breaking "answer described",
    /// The docs do not describe the answer any more. What the call gives is untyped now. Users: read the members by their
    /// names. Maintainers: if only the sample went missing or cannot be read, mend the docs.
    AnswerRemoved = "D037" Breaking "answer no longer described",
    /// The call takes or gives something else in Rust, since the message is built differently: a list where there was one
    /// item, another payload, another struct. Users: change the code around the call. Maintainers: look at the changes of
    /// fields of the same operation, which are the cause.
    ShapeChanged = "D038" Breaking "the call takes or gives another Rust type",
    /// Required parameters come in another order, and with them the arguments of a function. Where their types are equal the
    /// compiler does not notice. Users: look at each call. Maintainers: put the rows back into their old order.
    ArgumentsReordered = "D039" Breaking "arguments are in another order",
    /// A parameter that has to be given is new: an argument more. Users: pass it. Maintainers: ask whether it is really
    /// required of old callers.
    RequiredParameterAdded = "D040" Breaking "required parameter added",
    /// An optional parameter is new: a setter more. Nobody has to do anything.
    OptionalParameterAdded = "D041" Additive "optional parameter added",
    /// A choice has one more way: a variant more of an enum that users cannot match exhaustively. Nobody has to do anything.
    ChoiceExtended = "D042" Additive "one more parameter to choose from",
    /// A parameter is gone, and its argument, setter or variant with it. Users: remove it.
    ParameterRemoved = "D043" Breaking "parameter removed",
    /// A parameter has another name on the wire and in Rust. Users: rename. Maintainers: look whether the API takes both.
    ParameterRenamed = "D044" Breaking "parameter renamed",
    /// A parameter is sent somewhere else: path, query, header or body. Users: test the call; from or to the body the code
    /// changes too. Maintainers: make sure of it, since docs mix these up.
    ParameterMoved = "D045" Breaking "parameter sent in another place",
    /// A parameter has another type. Users: pass the new type. Maintainers: if the docs are wrong, add an override.
    ParameterTypeChanged = "D046" Breaking "type of a parameter changed",
    /// What was optional has to be given now: a setter becomes an argument, or an enum one. Users: pass it.
    BecameRequired = "D047" Breaking "became required",
    /// What had to be given is optional now. The API takes what it took, but the argument is gone. Users: use the setter.
    BecameOptional = "D048" Breaking "became optional",
    /// What had to be given, or could be, is one of several now. The argument or setter becomes a variant of an enum. Users:
    /// use the variant.
    BecameChoice = "D049" Breaking "became one of several",
    /// A value is new: a variant more of an open enum, which was `Other` before. Nobody has to do anything; those who match
    /// on `Other` should look.
    ValueAdded = "D050" Additive "value added",
    /// A value is gone from the docs, and its variant with it. Users: `Other` still carries any value. Maintainers: ask
    /// whether the API refuses it now.
    ValueRemoved = "D051" Breaking "value removed",
    /// Values of a text are listed where they were not. A setter takes text as before. Nobody has to do anything.
    ValuesListed = "D052" Additive "values listed",
    /// A field that was a text has listed values, or the other way round: the type of the field is an enum or a `String`.
    /// Users: use `as_str` or the variants.
    ValuesChangeType = "D053" Breaking "text became an enum, or an enum a text",
    /// What happens when the parameter is left out is other. Users: pass the value that you rely on.
    DefaultChanged = "D054" Breaking "default changed",
    /// A default is stated that was not, or no longer stated. Nothing says that the API changed. Users: pass the value that
    /// you rely on.
    DefaultStated = "D055" Prose "default stated differently",
    /// The written form of a value, such as that of a date, is another. Users: look at what you pass.
    FormatOfValueChanged = "D056" Breaking "written form changed",
    /// The written form of a value is stated that was not, or no longer stated. Nobody has to do anything.
    FormatOfValueStated = "D057" Prose "written form stated differently",
    /// A limit is new or another. Calls that went through may be refused, some of them before they are sent. Users: look at
    /// what you pass.
    LimitChanged = "D058" Breaking "limit added or changed",
    /// A limit is gone. Nobody has to do anything.
    LimitRemoved = "D059" Additive "limit removed",
    /// When a parameter has to be given is said in other words. The words are for people; a rule that the client checks is a
    /// kind of its own. Users who leave the parameter out: read them.
    ConditionReworded = "D060" Prose "condition reworded",
    /// A rule on several parameters is new. Calls that went out may be refused before they are sent. Users: look at what you
    /// pass. Maintainers: if the rule is wrong, add an override.
    RuleAdded = "D061" Breaking "rule on parameters added",
    /// A rule on several parameters is gone. Nobody has to do anything.
    RuleRemoved = "D062" Additive "rule on parameters removed",
    /// A field that has to be given is new in a body: an argument more of `new`. Users: pass it.
    RequiredFieldAdded = "D063" Breaking "required field added to a request",
    /// An optional field is new in a body: a setter more. The API takes what it took. Nobody has to do anything.
    RequestFieldAdded = "D064" Additive "optional field added to a request",
    /// A field of a body is gone. Users: remove it; `extra` still sends members that the docs do not name.
    RequestFieldRemoved = "D065" Breaking "field removed from a request",
    /// A field of an answer is new. Structs of answers are not exhaustive. Nobody has to do anything.
    AnswerFieldAdded = "D066" Additive "field added to an answer",
    /// A field of an answer is gone. Users: `extra` still has members that the docs do not name. Maintainers: if only the
    /// sample became shorter, put it back or add an override.
    AnswerFieldRemoved = "D067" Breaking "field removed from an answer",
    /// A field has another name. Users: rename. Maintainers: look whether it is the spelling of one sample.
    FieldRenamed = "D068" Breaking "field renamed",
    /// A field stands in another object of the same message. Users: take it from there.
    FieldMoved = "D069" Breaking "field moved",
    /// A field has another type. Users: change the code that sets or reads it. Maintainers: if the docs are wrong, add an
    /// override.
    FieldTypeChanged = "D070" Breaking "type of a field changed",
    /// A struct or an enum has another Rust name. Users: rename.
    TypeRenamed = "D071" Breaking "type has another name",
    /// A field of an answer is marked as always there, or no longer. Fields of answers are optional in Rust in any case.
    /// Nobody has to do anything.
    PresenceStated = "D072" Prose "presence in an answer stated differently",
    /// A code is new: a variant more of an open enum, which was `Unknown` before. Nobody has to do anything; those who match
    /// on `Unknown` should look.
    CodeAdded = "D073" Additive "code added",
    /// A code is gone from the docs, and its variant with it. Users: match on the number. Maintainers: the name stays
    /// reserved.
    CodeRemoved = "D074" Breaking "code removed",
    /// A message has another number. Users: what you compare with has another value. Maintainers: look whether it is a typing
    /// error.
    CodeRenumbered = "D075" Breaking "code has another number",
    /// A code stands in the list of another entity. Users: compare with the other enum.
    CodeMoved = "D076" Breaking "code moved to another entity",
    /// A code means success where it meant an error, or the like. Items that were `Ok` may be `Err`. Users: look at the code
    /// around the call. Maintainers: make sure of it.
    CodeKindChanged = "D077" Breaking "meaning of a code changed",
    /// The variant of a code has another name. Users: rename. Maintainers: put the old name into `spec/names.yaml`.
    CodeRenamed = "D078" Breaking "name of a code changed",
    /// The message of a code is another. The number and the Rust name are kept. Users who compare messages: compare codes.
    MessageChanged = "D079" Prose "message of a code changed",
    /// A description is reworded, new or gone. Nobody has to do anything.
    Reworded = "D080" Prose "description reworded",
    /// A sample is new. Nobody has to do anything.
    SampleAdded = "D081" Prose "sample added",
    /// A sample is gone. The test server has one answer less. Nobody has to do anything.
    SampleRemoved = "D082" Prose "sample removed",
    /// A sample is in another state: it can be read, had to be repaired, or cannot be read. Maintainers: see `lint`.
    SampleStateChanged = "D083" Prose "state of a sample changed",
    /// A sample of URLs shows other URLs. Nobody has to do anything.
    SampleUrlsChanged = "D084" Prose "sample URLs changed",
    /// The title of an entity is reworded. Its module keeps its name. Nobody has to do anything.
    EntityRetitled = "D085" Prose "title of an entity reworded",
    /// A parameter that the client sets by itself, such as the one that chooses the format, is described otherwise. It has no
    /// setter. Nobody has to do anything.
    SetByClientChanged = "D086" Prose "parameter that the client sets changed",
    /// A field has another Rust type although its own facts are the same, since the object around it became a wrapper that
    /// the SDK hides, or is none any more. Users: change the code that sets or reads it. Maintainers: the cause is a field
    /// that came to the object or went from it.
    RustTypeChanged = "D087" Breaking "Rust type of a field changed",
    /// A value is written otherwise. Its variant may keep its name, but other text is sent and recognised. Users: test the
    /// call; do not compare `as_str` with the old text. Maintainers: look whether the API takes both.
    ValueRespelt = "D088" Breaking "value written otherwise",
    /// A rule on several parameters asks for others. Calls that went out may be refused before they are sent. Users: look at
    /// what you pass.
    RuleChanged = "D089" Breaking "rule on parameters changed",
    /// A rule is new that holds under a condition, and what it asks for, or what the condition is about, is new too. No call
    /// that was possible falls under it. Nobody has to do anything.
    RuleOnNewAdded = "D090" Additive "rule on new parameters added",
    /// Text of a page changed that no other change tells of: notes, asides, the introduction, values in samples, descriptions
    /// that stand twice, another word for the same type, such as `int` and `long`. Lines are compared without regard to
    /// their order. Maintainers: look at them.
    TextChanged = "D091" Prose "other text of the page changed",
    /// The body of a request is a form where it was JSON or XML, or the other way round. The client writes it so. Maintainers:
    /// look which of both the API takes.
    EncodingChanged = "D092" Prose "way to write the body changed",
    /// A page has another file name, and the same operations. What is made of it keeps its names. Nobody has to do anything.
    PageRenamed = "D093" Prose "page has another file name",
    /// Lines of a page come in another order, or there are other blank lines, and no fact came of it. Nobody has to do anything:
    /// the version stays, and no changelog tells of it.
    LayoutChanged = "D094" Prose "order or blank lines of the page changed",
}

impl Rule {
    /// Whether users see nothing of it.
    #[must_use]
    pub fn is_unseen(self) -> bool {
        self == Self::LayoutChanged
    }

    /// What users have to do, where the change breaks their code.
    #[must_use]
    pub fn todo(self) -> Option<String> {
        let words: Vec<&str> = self.explanation().split_whitespace().collect();
        let text = words.join(" ");
        let (_, users) = text.split_once("Users: ")?;
        let users = users.split(" Maintainers: ").next()?;
        (self.level() == Level::Breaking).then(|| users.to_owned())
    }

    /// The rule with this id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|rule| rule.id().eq_ignore_ascii_case(id))
    }
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}
