//! A test for each kind of change: one fact of a small spec is made another, and that kind is all that is found.

use std::path::Path;

use super::{Level, Report, Rule, Step, changelog, compare, markdown, text};
use crate::InputError;
use crate::dialect::{Dialect, Effect};
use crate::names::Names;
use crate::read::facts::{CodeKind, Encoding};
use crate::sample::Format;
use crate::spec::{
    Alternative, AuthScheme, CodeEntry, Entity, Field, HostFamily, In, Operation, Param, Required,
    Role, Rule as ParamRule, Sample, Source, Spec, State, TypeDef, from_files,
};

fn fixture() -> Spec {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/diff");
    from_files(|name| {
        std::fs::read_to_string(folder.join(name))
            .map_err(|error| InputError::new(error.to_string()))
    })
    .unwrap()
}

fn dialect() -> Dialect {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/dialect.yaml");
    Dialect::parse("dialect.yaml", &std::fs::read_to_string(path).unwrap()).unwrap()
}

fn report(change: impl Fn(&mut Spec, &mut Spec)) -> Report {
    let (mut old, mut new) = (fixture(), fixture());
    change(&mut old, &mut new);
    compare(&old, &new, &dialect(), &Names::default())
}

fn get(spec: &mut Spec) -> &mut Operation {
    &mut spec.entities[0].operations[0]
}

fn add(spec: &mut Spec) -> &mut Operation {
    &mut spec.entities[0].operations[1]
}

fn param<'a>(spec: &'a mut Spec, name: &str) -> &'a mut Param {
    let mut params = get(spec).params.iter_mut();
    params.find(|param| param.name == name).unwrap()
}

fn fields<'a>(spec: &'a mut Spec, ty: &str) -> &'a mut Vec<Field> {
    let def = spec.entities[0].types.get_mut(ty).unwrap();
    def.fields.as_mut().unwrap()
}

fn field<'a>(spec: &'a mut Spec, ty: &str, name: &str) -> &'a mut Field {
    let mut fields = fields(spec, ty).iter_mut();
    fields.find(|field| field.name == name).unwrap()
}

fn new_field(name: &str, required: Required) -> Field {
    Field {
        name: name.into(),
        ty: "string".into(),
        required,
        basis: indexmap::IndexMap::new(),
        doc: "Something of its own.".into(),
        source: vec![source(99)],
    }
}

fn source(line: u32) -> Source {
    Source {
        file: "includes/_parcel.md".into(),
        line,
    }
}

fn new_param(name: &str, required: Required) -> Param {
    let mut param = fixture().entities[1].operations[0].params[0].clone();
    (param.name, param.required) = (name.into(), required);
    param.doc = "Quite another thing, of which nobody spoke.".into();
    param
}

fn sample(role: Role) -> Sample {
    Sample {
        role,
        format: Some(Format::Xml),
        source: source(98),
        state: State::Ok,
        fragment: false,
        label: None,
        urls: vec![],
    }
}

fn code(number: u32, message: &str) -> CodeEntry {
    CodeEntry {
        code: number,
        kind: CodeKind::Error,
        basis: indexmap::IndexMap::new(),
        name: format!("Code{number}"),
        messages: vec![message.into()],
        source: vec![source(97)],
    }
}

fn scheme() -> AuthScheme {
    AuthScheme {
        title: "Tokens".into(),
        kind: "oauth".into(),
        doc: String::new(),
        source: source(96),
    }
}

fn rule() -> ParamRule {
    ParamRule {
        one_of: vec!["sort".into(), "since".into()],
        all_of: vec![],
        when: None,
        unless: None,
        doc: "One of them.".into(),
        source: source(95),
    }
}

fn exception() -> ParamRule {
    ParamRule {
        one_of: vec![],
        all_of: vec!["since".into()],
        unless: Some("sort".into()),
        ..rule()
    }
}

fn depot_alone(spec: &mut Spec) -> Entity {
    spec.entities.pop().unwrap()
}

macro_rules! cases {
    ($($name:ident: $($rule:ident),+ => $change:expr;)+) => {
        $(
            #[test]
            fn $name() {
                let found = report($change);
                let rules: Vec<Rule> = found.changes.iter().map(|change| change.rule).collect();
                assert_eq!(rules, [$(Rule::$rule),+], "{:#?}", found.changes);
            }
        )+

        /// What the cases are about.
        const COVERED: &[&[Rule]] = &[$(&[$(Rule::$rule),+]),+];
    };
}

cases! {
    api_retitled: ApiRetitled => |_, new| new.api.title = "Letters".into();
    api_version_changed: ApiVersionChanged => |_, new| new.api.version = Some("v2".into());
    host_family_added: HostFamilyAdded => |_, new| {
        new.api.hosts.insert("shop".into(), HostFamily::default());
    };
    host_family_removed: HostFamilyRemoved => |old, _| {
        old.api.hosts.insert("shop".into(), HostFamily::default());
    };
    cluster_added: ClusterAdded => |_, new| {
        new.api.hosts["crm"].clusters.insert("asia".into(), "asia.example.com".into());
    };
    cluster_removed: ClusterRemoved => |_, new| {
        new.api.hosts["crm"].clusters.shift_remove("us");
    };
    host_changed: HostChanged => |_, new| new.api.hosts["crm"].clusters["us"] = "us2.example.com".into();
    base_url_changed: HostChanged => |_, new| new.api.hosts["crm"].url = "http://{cluster}".into();
    auth_scheme_added: AuthSchemeAdded => |_, new| new.api.auth.push(scheme());
    auth_scheme_removed: AuthSchemeRemoved => |old, _| old.api.auth.push(scheme());
    entity_added: EntityAdded, OperationAdded => |old, _| { depot_alone(old); };
    entity_removed: EntityRemoved, OperationRemoved => |_, new| { depot_alone(new); };
    entity_renamed: EntityRenamed => |_, new| new.entities[1].entity = "store".into();
    operation_added: OperationAdded => |old, _| { old.entities[0].operations.pop(); };
    operation_removed: OperationRemoved => |_, new| { new.entities[0].operations.pop(); };
    operation_moved: OperationMoved => |_, new| {
        let add = new.entities[0].operations.pop().unwrap();
        let types = new.entities[0].types.clone();
        new.entities[1].types.extend(types);
        new.entities[1].operations.push(add);
    };
    operation_renamed: OperationRenamed => |_, new| get(new).id = "parcel.fetch".into();
    operation_retitled: OperationRetitled => |_, new| get(new).title = "Look Up a Parcel".into();
    page_renamed: PageRenamed => |_, new| {
        let file = "includes/_new.md";
        new.entities[0].source.file = file.into();
        for operation in &mut new.entities[0].operations {
            operation.source.file = file.into();
        }
    };
    section_moved: SectionMoved => |_, new| get(new).source.file = "includes/_new.md".into();
    method_changed: MethodChanged => |_, new| get(new).method = "POST".into();
    path_changed: PathChanged => |_, new| get(new).path = "/v1.1/parcel/find".into();
    suffix_changed: PathChanged => |_, new| get(new).suffix = Some("file".into());
    operation_host_changed: OperationHostChanged => |_, new| get(new).host = "shop".into();
    alternative_added: AlternativeAdded => |_, new| {
        get(new).alternatives.push(Alternative { path: "/x".into(), when: "late".into() });
    };
    alternative_removed: AlternativeRemoved => |_, new| get(new).alternatives.clear();
    auth_changed: AuthChanged => |_, new| get(new).auth = Some(false);
    auth_stated: AuthStated => |_, new| add(new).auth = Some(true);
    batch_changed: BatchChanged => |_, new| get(new).batch = Some(true);
    batch_stated: BatchStated => |_, new| add(new).batch = Some(true);
    rate_limit_changed: RateLimitChanged => |_, new| get(new).rate_limited = Some(true);
    effect_grew: EffectGrew => |_, new| get(new).effect = Effect::Write;
    effect_grew_for_a_value: EffectGrew => |_, new| {
        get(new).effect_when.insert("since".into(), Effect::Notify);
    };
    effect_shrank: EffectShrank => |_, new| add(new).effect = Effect::Read;
    format_added: FormatAdded => |_, new| add(new).formats.push(Format::Xml);
    format_removed: FormatRemoved => |_, new| { get(new).formats.pop(); };
    format_query_changed: FormatQueryChanged => |_, new| get(new).format_query = false;
    encoding_changed: EncodingChanged => |_, new| add(new).encoding = Some(Encoding::Form);
    body_added: BodyAdded => |old, _| add(old).request = None;
    body_removed: BodyRemoved => |_, new| add(new).request = None;
    answer_added: AnswerAdded => |old, _| add(old).response = None;
    answer_removed: AnswerRemoved => |_, new| add(new).response = None;
    shape_changed: BatchChanged, ShapeChanged => |old, new| {
        // The cause is said first.
        (add(old).batch, add(new).batch) = (Some(true), Some(false));
    };
    arguments_reordered: ArgumentsReordered => |_, new| get(new).params.swap(0, 1);
    arguments_of_new_reordered: ArgumentsReordered => |_, new| fields(new, "AddRequestParcel").swap(0, 1);
    required_parameter_added: RequiredParameterAdded => |_, new| get(new).params.push(new_param("shop", Required::True));
    optional_parameter_added: OptionalParameterAdded => |_, new| get(new).params.push(new_param("shop", Required::False));
    choice_extended: ChoiceExtended => |_, new| {
        let mut card = new_param("card", Required::OneOf);
        card.place = In::Header;
        card.group = vec!["mobile".into(), "email".into(), "card".into()];
        get(new).params.push(card);
    };
    parameter_removed: ParameterRemoved => |_, new| get(new).params.retain(|param| param.name != "since");
    parameter_renamed: ParameterRenamed => |_, new| param(new, "since").name = "from_day".into();
    parameter_respelt: ParameterRenamed => |_, new| param(new, "since").name = "Since".into();
    parameter_moved: ParameterMoved => |_, new| param(new, "since").place = In::Header;
    parameter_type_changed: ParameterTypeChanged => |_, new| param(new, "since").ty = "date".into();
    became_required: BecameRequired => |_, new| param(new, "since").required = Required::True;
    field_became_required: BecameRequired => |_, new| field(new, "AddRequestParcel", "speed").required = Required::True;
    became_optional: BecameOptional => |_, new| param(new, "key").required = Required::False;
    became_choice: BecameChoice => |_, new| param(new, "key").required = Required::OneOf;
    value_added: ValueAdded => |_, new| param(new, "sort").values.push("none".into());
    value_of_a_field_added: ValueAdded => |_, new| {
        new.entities[0].types["AddRequestSpeed"].values = Some(vec!["fast".into(), "slow".into(), "calm".into()]);
    };
    value_removed: ValueRemoved => |_, new| { param(new, "sort").values.pop(); };
    values_listed: ValuesListed => |old, _| param(old, "sort").values.clear();
    values_change_type: ValuesChangeType => |_, new| field(new, "AddRequestParcel", "speed").ty = "string".into();
    value_respelt: ValueRespelt => |_, new| param(new, "sort").values = vec!["ASC".into(), "desc".into()];
    default_changed: DefaultChanged => |_, new| param(new, "sort").default = Some("desc".into());
    default_stated: DefaultStated => |_, new| param(new, "sort").default = None;
    format_of_value_changed: FormatOfValueChanged => |_, new| param(new, "since").format = Some("DD-MM-YYYY".into());
    format_of_value_stated: FormatOfValueStated => |_, new| param(new, "since").format = None;
    limit_changed: LimitChanged => |_, new| param(new, "since").limit = Some("<= 5".into());
    limit_removed: LimitRemoved => |_, new| param(new, "since").limit = None;
    condition_reworded: ConditionReworded => |_, new| param(new, "since").when = Some("if sorted".into());
    rule_reworded: ConditionReworded => |_, new| get(new).rules[0].doc = "Both have to be given.".into();
    rule_extended: ChoiceExtended => |old, new| {
        get(old).rules.push(rule());
        get(new).rules.push(rule());
        get(new).rules[1].one_of.push("format".into());
    };
    flag_lifts_what_is_required: ChoiceExtended => |_, new| get(new).rules.push(exception());
    flag_lifts_nothing_any_more: RuleChanged => |old, _| get(old).rules.push(exception());
    rule_changed: RuleChanged => |old, new| {
        get(old).rules.push(rule());
        get(old).rules[1].one_of.push("format".into());
        get(new).rules.push(rule());
    };
    rule_on_new_parameters: OptionalParameterAdded, OptionalParameterAdded, RuleOnNewAdded => |_, new| {
        for name in ["shop", "depot"] {
            let mut param = new_param(name, Required::False);
            param.doc = format!("All about each {name}.");
            get(new).params.push(param);
        }
        let mut rule = rule();
        (rule.one_of, rule.when) = (vec!["shop".into(), "depot".into()], Some("in shops".into()));
        get(new).rules.push(rule);
    };
    rule_with_a_new_condition: OptionalParameterAdded, RuleOnNewAdded => |_, new| {
        get(new).params.push(new_param("shop", Required::False));
        let mut rule = rule();
        rule.when = Some("when `shop` is `7`".into());
        get(new).rules.push(rule);
    };
    rule_on_new_parameters_of_all_calls: OptionalParameterAdded, RuleAdded => |_, new| {
        get(new).params.push(new_param("shop", Required::False));
        let mut rule = rule();
        rule.one_of = vec!["shop".into()];
        get(new).rules.push(rule);
    };
    rule_added: RuleAdded => |_, new| get(new).rules.push(rule());
    rule_removed: RuleRemoved => |old, _| get(old).rules.push(rule());
    required_field_added: RequiredFieldAdded => |_, new| {
        fields(new, "AddRequestParcel").push(new_field("insured", Required::True));
    };
    request_field_added: RequestFieldAdded => |_, new| {
        fields(new, "AddRequestParcel").push(new_field("insured", Required::False));
    };
    request_field_removed: RequestFieldRemoved => |_, new| { fields(new, "AddRequestParcel").pop(); };
    answer_field_added: AnswerFieldAdded => |_, new| {
        fields(new, "GetResponse").push(new_field("insured", Required::False));
    };
    answer_field_removed: AnswerFieldRemoved => |_, new| { fields(new, "GetResponse").remove(1); };
    field_renamed: FieldRenamed => |_, new| field(new, "GetResponse", "street").name = "Street".into();
    field_renamed_by_its_words: FieldRenamed => |_, new| field(new, "GetResponse", "weight").name = "mass".into();
    object_renamed: FieldRenamed => |_, new| field(new, "GetResponse", "size").name = "extent".into();
    field_moved: FieldMoved => |_, new| {
        let weight = fields(new, "GetResponse").remove(1);
        fields(new, "GetResponseSize").push(weight);
    };
    field_moved_into_a_new_object: FieldMoved, AnswerFieldAdded => |_, new| {
        let weight = fields(new, "GetResponse").remove(1);
        let mut parcel = new_field("parcel", Required::False);
        parcel.ty = "GetResponseParcel".into();
        fields(new, "GetResponse").push(parcel);
        let def = TypeDef { fields: Some(vec![weight]), ..TypeDef::default() };
        new.entities[0].types.insert("GetResponseParcel".into(), def);
    };
    field_type_changed: FieldTypeChanged => |_, new| field(new, "GetResponse", "weight").ty = "string".into();
    type_renamed: TypeRenamed => |old, new| {
        // Two fields of one type, which are of two types now: only one of these can keep the name.
        for spec in [&mut *old, &mut *new] {
            let mut extent = field(spec, "GetResponse", "size").clone();
            extent.name = "extent".into();
            fields(spec, "GetResponse").push(extent);
        }
        let size = new.entities[0].types["GetResponseSize"].clone();
        new.entities[0].types.insert("GetResponseExtent".into(), size);
        field(new, "GetResponse", "extent").ty = "GetResponseExtent".into();
    };
    presence_stated: PresenceStated => |_, new| field(new, "GetResponse", "street").required = Required::True;
    rust_type_changed: AnswerFieldAdded, RustTypeChanged => |_, new| {
        fields(new, "GetResponseStops").push(new_field("count", Required::False));
    };
    code_added: CodeAdded => |_, new| new.entities[0].codes.push(code(1002, "Out of reach"));
    code_removed: CodeRemoved => |_, new| { new.entities[0].codes.pop(); };
    code_of_the_api_removed: CodeRemoved => |_, new| new.api.codes.clear();
    code_renumbered: CodeRenumbered => |_, new| new.entities[0].codes[1].code = 1901;
    code_moved: CodeMoved => |_, new| {
        let gone = new.entities[0].codes.pop().unwrap();
        new.entities[1].codes.push(gone);
    };
    code_kind_changed: CodeKindChanged => |_, new| new.entities[0].codes[1].kind = CodeKind::Warning;
    code_renamed: CodeRenamed => |_, new| new.entities[0].codes[1].name = "Nowhere".into();
    message_changed: MessageChanged => |_, new| new.entities[0].codes[1].messages = vec!["No such parcel".into()];
    reworded: Reworded => |_, new| get(new).doc = "Gives one parcel.".into();
    field_reworded: Reworded => |_, new| field(new, "GetResponse", "weight").doc = "In pounds.".into();
    sample_added: SampleAdded => |_, new| get(new).samples.push(sample(Role::Response));
    sample_removed: SampleRemoved => |old, _| get(old).samples.push(sample(Role::Response));
    sample_state_changed: SampleStateChanged => |_, new| get(new).samples[1].state = State::Repaired;
    sample_urls_changed: SampleUrlsChanged => |_, new| get(new).samples[0].urls = vec!["https://us.example.com/".into()];
    entity_retitled: EntityRetitled => |_, new| new.entities[0].title = "Parcels".into();
    set_by_client_changed: SetByClientChanged => |_, new| param(new, "format").required = Required::True;
}

#[test]
fn every_rule_has_a_case_an_id_of_its_own_and_an_explanation() {
    for (number, rule) in Rule::ALL.iter().enumerate() {
        assert_eq!(rule.id(), format!("D{:03}", number + 1));
        assert_eq!(Rule::from_id(&rule.id().to_lowercase()), Some(*rule));
        // Text is in no spec; its cases are beside its code.
        assert!(
            matches!(rule, Rule::TextChanged | Rule::LayoutChanged)
                || COVERED.iter().any(|rules| rules.contains(rule)),
            "{rule:?} has no case"
        );
        assert!(rule.explanation().len() > 40 && !rule.title().is_empty());
    }
    assert_eq!(Rule::from_id("S001"), None);
}

#[test]
fn other_docs_are_never_the_same() {
    let docs = |sha256: &str| {
        let mut spec = fixture();
        spec.api.docs = Some(crate::spec::Docs {
            revision: "r".into(),
            sha256: sha256.into(),
            lines: sha256.trim_end().into(),
        });
        spec
    };
    let found = |old: &str, new: &str| {
        let mut report = Report::default();
        super::add_digest(&mut report, &docs(old), &docs(new));
        report
            .changes
            .iter()
            .map(|change| change.rule)
            .collect::<Vec<_>>()
    };
    assert_eq!(found("1", "1"), []);
    assert_eq!(found("1", "2"), [Rule::TextChanged]);
    // Other bytes, and the same lines.
    assert_eq!(found("1", "1 "), [Rule::LayoutChanged]);
}

#[test]
fn nothing_changed_is_nothing_found() {
    let report = report(|_, new| {
        // Lines move whenever something is written above.
        get(new).source.line += 7;
        get(new).doc = "Fetches  one\nparcel.".into();
        // Types of the spec have names of their own, which users do not see.
        let size = new.entities[0]
            .types
            .shift_remove("GetResponseSize")
            .unwrap();
        new.entities[0]
            .types
            .insert("GetResponseExtent".into(), size);
        field(new, "GetResponse", "size").ty = "GetResponseExtent".into();
    });
    assert_eq!(report, Report::default());
    assert_eq!(Step::of(&report, "0.1.0"), Step::None);
}

#[test]
fn several_operations_on_one_path_are_told_apart_by_what_they_take() {
    let found = report(|old, new| {
        for spec in [old, new] {
            let mut update = spec.entities[1].operations[0].clone();
            (update.id, update.title) = ("depot.change".into(), "Change a Depot".into());
            update.params[0].name = "name".into();
            spec.entities[1].operations.push(update);
        }
    });
    assert_eq!(found, Report::default());
    let swapped = report(|old, new| {
        for spec in [&mut *old, &mut *new] {
            let mut update = spec.entities[1].operations[0].clone();
            (update.id, update.title) = ("depot.change".into(), "Change a Depot".into());
            update.params[0].name = "name".into();
            spec.entities[1].operations.push(update);
        }
        new.entities[1].operations.swap(0, 1);
    });
    assert_eq!(swapped, Report::default());
}

#[test]
fn the_step_is_that_of_the_gravest_change_and_of_cargo() {
    let next = |rule: fn(&mut Spec, &mut Spec), version: &str| {
        Step::of(&report(rule), version).apply(version).unwrap()
    };
    let breaking: fn(&mut Spec, &mut Spec) = |_, new| get(new).params.clear();
    let additive: fn(&mut Spec, &mut Spec) = |_, new| new.entities[0].codes.push(code(5, "New"));
    let prose: fn(&mut Spec, &mut Spec) = |_, new| get(new).doc.clear();
    assert_eq!(next(breaking, "0.3.1"), "0.4.0");
    assert_eq!(next(additive, "0.3.1"), "0.3.2");
    assert_eq!(next(prose, "0.3.1"), "0.3.2");
    assert_eq!(next(breaking, "1.3.1"), "2.0.0");
    assert_eq!(next(additive, "1.3.1"), "1.4.0");
    assert_eq!(next(prose, "1.3.1"), "1.3.2");
    for step in [breaking, additive, prose] {
        assert_eq!(next(step, "1.0.0-rc.1"), "1.0.0-rc.2");
        assert_eq!(next(step, "0.4.0-alpha.beta.9"), "0.4.0-alpha.beta.10");
        assert_eq!(next(step, "1.0.0-3"), "1.0.0-4");
    }
    assert_eq!(Step::of(&report(breaking), "1.0.0-rc.1"), Step::Major);
}

#[test]
fn a_version_without_a_next_one_is_an_error() {
    for version in [
        "1.0.0-rc",
        "1.0.0-rc1",
        "1.0.0-rc.1+build",
        "1.0",
        "18446744073709551615.0.0",
        "1.0.0-rc.18446744073709551615",
    ] {
        let error = Step::Major.apply(version).unwrap_err();
        assert!(error.to_string().contains(version), "{error}");
        assert_eq!(Step::None.apply(version).unwrap(), version);
    }
}

#[test]
fn words_of_the_docs_are_compared_and_never_shown() {
    let found = report(|old, new| {
        get(old).doc = "SECRETOLD".into();
        get(new).doc = "SECRETNEW".into();
        param(new, "since").when = Some("SECRETWHEN".into());
        param(new, "since").doc = "SECRETDOC".into();
        get(new).rules[0].doc = "SECRETRULE".into();
        field(new, "GetResponse", "weight").doc = "SECRETFIELD".into();
        new.api.auth[0].doc = "SECRETAUTH".into();
        new.entities[0].doc = "SECRETENTITY".into();
    });
    assert_eq!(found.count(Level::Prose), found.changes.len());
    assert!(found.changes.len() >= 7);
    let json = serde_json::to_string(&found).unwrap();
    for shown in [json, text(&found, "0.1.0"), markdown(&found)] {
        assert!(!shown.contains("SECRET"), "{shown}");
    }
}

#[test]
fn hostile_names_stay_names() {
    let found = report(|_, new| {
        get(new).params.push(new_param(
            "x`\n## [9.9.9]\n<script>\u{1b}[31m",
            Required::False,
        ));
        new.entities[0].codes.push(code(7, "a`b\n# c\u{202e}"));
    });
    let markdown = changelog(&found, "0.2.0", "r");
    assert_eq!(
        markdown
            .lines()
            .filter(|line| line.starts_with('#'))
            .count(),
        2,
        "{markdown}"
    );
    for shown in [markdown, text(&found, "0.1.0")] {
        assert!(!shown.contains(['\u{1b}', '\u{202e}']), "{shown}");
        let odd = |line: &&str| line.matches('`').count() % 2 == 1;
        assert!(
            shown.starts_with("parcel") || !shown.lines().any(|line| odd(&line)),
            "{shown}"
        );
    }
}

#[test]
fn a_type_that_holds_itself_ends() {
    let own = |spec: &mut Spec| {
        let mut field = new_field("inner", Required::False);
        field.ty = "list<GetResponse>".into();
        fields(spec, "GetResponse").push(field);
    };
    let found = report(|old, new| {
        own(old);
        own(new);
        field(new, "GetResponse", "weight").ty = "integer".into();
    });
    assert_eq!(found.changes.len(), 1, "{:?}", found.changes);
}

#[test]
fn sections_of_one_title_are_paired_one_by_one() {
    let two = |spec: &mut Spec| {
        spec.api.auth = vec![scheme(), scheme()];
        spec.api.auth[1].doc = "How a token is asked for again.".into();
    };
    let same = report(|old, new| {
        two(old);
        two(new);
        new.api.auth.reverse();
    });
    assert_eq!(same.changes, []);
    let third = report(|old, new| {
        two(old);
        two(new);
        new.api.auth.insert(0, scheme());
    });
    let rules: Vec<Rule> = third.changes.iter().map(|change| change.rule).collect();
    assert_eq!(rules, [Rule::AuthSchemeAdded]);
}

#[test]
fn a_section_on_authentication_that_says_no_way_takes_none_away() {
    let other = |title: &str, doc: &str| AuthScheme {
        title: title.into(),
        kind: "other".into(),
        doc: doc.into(),
        source: source(4),
    };
    let words =
        "Send the name of the till and its password with each call, in the header for them.";
    let found = report(|old, new| {
        old.api.auth = vec![
            other("Access", words),
            other("Access", "Ask for a till first."),
        ];
        new.api.auth = vec![scheme(), other("Basic", words)];
        new.api.auth[1].kind = "basic".into();
    });
    let rules: Vec<Rule> = found.changes.iter().map(|change| change.rule).collect();
    assert_eq!(
        rules,
        [Rule::AuthSchemeAdded, Rule::Reworded, Rule::Reworded]
    );
    // The only section there was is a way, whatever it says.
    let found = report(|old, new| {
        old.api.auth = vec![other("Access", words)];
        new.api.auth.clear();
    });
    assert_eq!(found.changes[0].rule, Rule::AuthSchemeRemoved);
}

#[test]
fn headers_that_the_client_sets_are_nothing_to_pass() {
    let token = dialect().client.oauth.unwrap().header;
    let found = report(|_, new| {
        for name in [token.as_str(), "X-Crate-Depot"] {
            let mut header = new_param(name, Required::True);
            header.place = In::Header;
            new.api.headers.push(header);
        }
    });
    let rules: Vec<Rule> = found.changes.iter().map(|change| change.rule).collect();
    assert_eq!(
        rules,
        [Rule::SetByClientChanged, Rule::RequiredParameterAdded]
    );
    // They stand nowhere in the old docs, but in these.
    let place = found.changes[1].old_source.as_ref();
    assert_eq!(
        place.map(|place| (&*place.file, place.line)),
        Some(("index.html.md", 1))
    );
}

#[test]
fn a_choice_that_is_new_is_one_change() {
    let found = report(|_, new| {
        let names = ["depot", "shelf"];
        for name in names {
            let mut way = new_param(name, Required::OneOf);
            way.place = In::Query;
            way.group = names.map(str::to_owned).to_vec();
            get(new).params.push(way);
        }
    });
    let [choice] = found.changes.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!(choice.rule, Rule::RequiredParameterAdded);
    assert_eq!(choice.subject, "choice of query parameters `depot, shelf`");
    assert_eq!(choice.item.as_deref(), Some("parcel::get::Identifier"));
}

#[test]
fn what_a_change_is_about_has_its_path_in_rust() {
    let item = |change: fn(&mut Spec, &mut Spec)| report(change).changes[0].item.clone();
    let path = item(|_, new| get(new).path = "/parcel/fetch".into());
    assert_eq!(path.as_deref(), Some("parcel::get"));
    let added = item(|_, new| new.entities[0].codes.push(code(1002, "Out of reach")));
    assert_eq!(added.as_deref(), Some("parcel::Code::Code1002"));
    let gone = item(|old, _| old.api.codes.push(code(7002, "Out of order")));
    assert_eq!(gone.as_deref(), Some("ApiCode::Code7002"));
    let entity = item(|_, new| new.entities[0].title = "Parcels".into());
    assert_eq!(entity.as_deref(), Some("parcel"));
}
