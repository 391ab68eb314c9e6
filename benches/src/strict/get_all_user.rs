//! The reply of `rewards.get_all_user`.

use serde::{Deserialize, Serialize};

use super::Status;

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Body {
    status: Status,
    user_vouchers: Vec<UserVoucher>,
    paging_dto: Paging,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct UserVoucher {
    reward_details: Option<RewardDetails>,
    vouchers: Vec<Voucher>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct RewardDetails {
    reward_id: i64,
    name: String,
    description: String,
    thumbnail_id: String,
    thumbnail_url: String,
    image_id: String,
    #[serde(rename = "termNConditionsId")]
    terms_id: String,
    #[serde(rename = "termNConditionsUrl")]
    terms_url: String,
    image_url: String,
    tier: String,
    label: String,
    group: String,
    till_id: Option<String>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Voucher {
    code: Option<String>,
    expiry: Option<String>,
    vendor: Option<String>,
    reward_id: Option<i64>,
    issued: Option<String>,
    series_id: Option<String>,
    series_name: Option<String>,
    redemption_count: i64,
    redemptions: Option<Redemptions>,
}

#[derive(Deserialize, Serialize)]
struct Redemptions {
    redemption: Option<String>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Paging {
    last: bool,
    total_elements: i64,
    total_pages: i64,
    number_of_elements: i64,
    first: bool,
    size: i64,
    number: i64,
}
