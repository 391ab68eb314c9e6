//! The reply of `organization.get_org_entities`.

use serde::{Deserialize, Serialize};

use super::{CustomFields, Status, TextStatus};

#[derive(Deserialize, Serialize)]
pub(crate) struct Body {
    response: Response,
}

#[derive(Deserialize, Serialize)]
struct Response {
    pagination: Pagination,
    status: Status,
    organization: Organization,
}

#[derive(Deserialize, Serialize)]
struct Pagination {
    limit: String,
    offset: String,
    total: i64,
}

#[derive(Deserialize, Serialize)]
struct Organization {
    entities: Entities,
}

#[derive(Deserialize, Serialize)]
struct Entities {
    entity: Vec<Entity>,
}

#[derive(Deserialize, Serialize)]
struct Entity {
    item_status: TextStatus,
    id: String,
    is_active: String,
    code: String,
    name: String,
    description: String,
    last_updated_by: String,
    last_updated_on: String,
    custom_fields: CustomFields,
    language_translations: CustomFields,
    time_zone_id: String,
    currency_id: String,
    language_id: String,
    timezones: TimeZones,
    currencies: Currencies,
    language_code: String,
    language_locale: String,
    languages: Languages,
    parent: Parent,
    external_id: String,
    external_id_1: String,
    external_id_2: String,
    mobile: String,
    channel: String,
    land_line: String,
    email: String,
    address: String,
    location: Location,
    #[serde(rename = "type")]
    kind: String,
}

#[derive(Deserialize, Serialize)]
struct TimeZones {
    base_timezone: TimeZone,
}

#[derive(Deserialize, Serialize)]
struct TimeZone {
    label: String,
    offset: String,
}

#[derive(Deserialize, Serialize)]
struct Currencies {
    base_currency: Currency,
}

#[derive(Deserialize, Serialize)]
struct Currency {
    symbol: String,
    label: String,
}

#[derive(Deserialize, Serialize)]
struct Languages {
    base_language: Language,
}

#[derive(Deserialize, Serialize)]
struct Language {
    lang: String,
    locale: String,
}

/// Empty in the sample.
#[derive(Deserialize, Serialize)]
struct Parent {}

#[derive(Deserialize, Serialize)]
struct Location {
    latitude: String,
    longitude: String,
}
