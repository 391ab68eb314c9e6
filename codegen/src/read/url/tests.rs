use super::*;

fn formats() -> Vec<String> {
    vec!["json".into(), "xml".into()]
}

fn path(text: &str) -> String {
    parse(text, &formats()).map_or_else(|| "none".to_owned(), |url| url.path())
}

#[test]
fn hosts_queries_and_suffixes_go() {
    for (text, want) in [
        (
            "`https://{host}/v1.1/customer/add?format={xml/json}`",
            "/v1.1/customer/add",
        ),
        (
            "`http://<cluster url>/v1.1/task/log?task_id=<id1,id2,...>`",
            "/v1.1/task/log",
        ),
        (
            "`https://{host}/v1.1/customer/tickets",
            "/v1.1/customer/tickets",
        ),
        (
            "`http://{host}/v1.1/request/add&format={xml/json}`",
            "/v1.1/request/add",
        ),
        (
            "`http://{host}/v1.1/request/add?{params}&format={xml/json",
            "/v1.1/request/add",
        ),
        (
            "http://<cluster url>/v1.1/task/statusmapping?format=xml/json>",
            "/v1.1/task/statusmapping",
        ),
        (
            "`http://<cluster url>/v1.1/store/login.<xml/json>`",
            "/v1.1/store/login",
        ),
        (
            "`https://{host}//pages/v2/ffcGroupCount?{a}={b}&{c}={d}...`",
            "/pages/v2/ffcGroupCount",
        ),
        (
            "https:// apac.sharingan.example.com/walletApp/payment/authorize",
            "/walletApp/payment/authorize",
        ),
        (
            "https://us/api.example.com/v1.1/product/colors?format=json",
            "/v1.1/product/colors",
        ),
        (
            "`https://{host1}/core/v1/user/reward/{rewardId}/brand/{brandName}/{paramName}={paramValue}`",
            "/core/v1/user/reward/{rewardId}/brand/{brandName}",
        ),
        (
            "`https://{host1}/core/v1/user/reward/brand/{brandName}?(ParamName)=ParamValue}`",
            "/core/v1/user/reward/brand/{brandName}",
        ),
        (
            "`points/validationcode/{request_params}`",
            "/points/validationcode",
        ),
        ("`/get?{identifier_type}={value}&{query_params}`", "/get"),
        (
            "`https://{host}/v1.1/product/categories?{requestParams>&format={xml/json}`",
            "/v1.1/product/categories",
        ),
        (
            "`customer/search?q=({param}:{Query}:{value})&format={xml/json}`",
            "/customer/search",
        ),
        (
            "`GET http://example.com/api/kittens/<ID>`",
            "/api/kittens/{ID}",
        ),
        ("task/add", "/task/add"),
        (
            "PUT /parcels/:parcel_id/label",
            "/parcels/{parcel_id}/label",
        ),
        (
            "`/parcels/(parcelId)/labels/(labelId)`",
            "/parcels/{parcelId}/labels/{labelId}",
        ),
        ("/parcels?search?q={text}", "/parcels/search"),
        ("/parcels??q={text}", "/parcels"),
        ("/parcels?q={text}?page={page}", "/parcels"),
        ("(see https://{host}/parcels/7)", "none"),
        ("https://{host}/parcels/7),", "/parcels/7"),
    ] {
        assert_eq!(path(text), want, "{text}");
    }
}

#[test]
fn query_keys_are_kept() {
    let url = parse("`http://{host}/v1.1/coupon/isredeemable?{identifierName}={identifierValue}&code={coupon_code}&{details=true}&format={xml/json}`", &formats()).unwrap();
    let keys: Vec<_> = url.query.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(keys, ["code", "details", "format"]);
    let url = parse(
        "`https://{host}/v1.1/customer/search?q=({param}:{Operator}:{value})&format={xml/json}`",
        &formats(),
    )
    .unwrap();
    assert_eq!(
        url.query[0],
        ("q".to_owned(), "({param}:{Operator}:{value})".to_owned())
    );
    assert_eq!(
        parse("POST https://x.y.com/a", &formats())
            .unwrap()
            .method
            .as_deref(),
        Some("POST")
    );
}

#[test]
fn a_value_in_brackets_keeps_the_closing_one() {
    for (text, want) in [
        (
            "https://x.y.com/parcels?q=(city:IS:Delft)",
            "(city:IS:Delft)",
        ),
        // That of a sentence around the address goes.
        (
            "https://x.y.com/parcels?q=(city:IS:Delft))",
            "(city:IS:Delft)",
        ),
        ("https://x.y.com/parcels?q=Delft)", "Delft"),
    ] {
        let url = parse(text, &formats()).unwrap();
        assert_eq!(url.query, [("q".to_owned(), want.to_owned())], "{text}");
    }
}

#[test]
fn a_suffix_that_is_no_format_is_kept_apart() {
    let url = parse("http://{host}/v1.1/store/logs.file", &formats()).unwrap();
    assert_eq!(
        (url.path().as_str(), url.suffix.as_deref()),
        ("/v1.1/store/logs", Some("file"))
    );
}

#[test]
fn prose_is_no_url() {
    for text in [
        "",
        "see the table below",
        "`?`",
        "://",
        "{",
        "Yes (1000 per hour)",
    ] {
        assert!(
            parse(text, &formats()).is_none() || !path(text).contains(' '),
            "{text}: {}",
            path(text)
        );
    }
}
