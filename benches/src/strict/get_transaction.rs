//! The reply of `transaction.get`.

use serde::{Deserialize, Serialize};

use super::{CustomFields, TextStatus};

#[derive(Deserialize, Serialize)]
pub(crate) struct Body {
    response: Response,
}

#[derive(Deserialize, Serialize)]
struct Response {
    status: TextStatus,
    transactions: Transactions,
}

#[derive(Deserialize, Serialize)]
struct Transactions {
    count: i64,
    transaction: Vec<Transaction>,
}

#[derive(Deserialize, Serialize)]
struct Transaction {
    customer: Customer,
    billing_till: Place,
    billing_store: Place,
    id: String,
    number: String,
    #[serde(rename = "type")]
    kind: String,
    outlier_status: String,
    store: String,
    delivery_status: String,
    source: String,
    custom_fields: CustomFields,
    extended_fields: CustomFields,
    local_currency: LocalCurrency,
    amount: String,
    billing_time: String,
    auto_update_time: String,
    gross_amount: String,
    discount: String,
    notes: String,
    line_items: LineItems,
    item_status: TextStatus,
}

#[derive(Deserialize, Serialize)]
struct Customer {
    mobile: String,
    first_name: String,
    last_name: String,
    email: String,
    external_id: String,
    source: String,
}

#[derive(Deserialize, Serialize)]
struct Place {
    code: String,
    name: String,
}

#[derive(Deserialize, Serialize)]
struct LocalCurrency {
    id: String,
    ratio: String,
    base_currency: Currency,
    transaction_currency: Currency,
    amount: String,
    value: String,
    discount: String,
    gross_amount: String,
}

#[derive(Deserialize, Serialize)]
struct Currency {
    id: String,
    name: String,
    symbol: String,
}

#[derive(Deserialize, Serialize)]
struct LineItems {
    line_item: Vec<LineItem>,
}

#[derive(Deserialize, Serialize)]
struct LineItem {
    #[serde(rename = "type")]
    kind: String,
    outlier_status: String,
    serial: String,
    item_code: String,
    description: String,
    qty: String,
    rate: String,
    value: String,
    discount: String,
    img_url: String,
    amount: String,
    returnable_days: String,
    extended_fields: CustomFields,
    local_currency: LineCurrency,
    combo_items: ComboItems,
    addon_items: AddonItems,
    split_items: SplitItems,
    attributes: Attributes,
}

#[derive(Deserialize, Serialize)]
struct LineCurrency {
    id: String,
    ratio: String,
    base_currency: Currency,
    transaction_currency: Currency,
    amount: String,
    value: String,
    rate: String,
    discount: String,
}

/// Empty in the sample, as are the next two.
#[derive(Deserialize, Serialize)]
struct ComboItems {
    combo_item: Vec<LineItem>,
}

#[derive(Deserialize, Serialize)]
struct AddonItems {
    addon_item: Vec<LineItem>,
}

#[derive(Deserialize, Serialize)]
struct SplitItems {
    split_item: Vec<LineItem>,
}

#[derive(Deserialize, Serialize)]
struct Attributes {
    attribute: Vec<super::CustomField>,
}
