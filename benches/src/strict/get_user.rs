//! The reply of `rewards.get_user`.

use serde::{Deserialize, Serialize};

use super::Status;

#[derive(Deserialize, Serialize)]
pub(crate) struct Body {
    status: Status,
    reward: Reward,
    vouchers: Vec<Voucher>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Reward {
    id: i64,
    name: String,
    description: String,
    image_id: String,
    image_url: String,
    thumbnail_id: String,
    thumbnail_url: String,
    term_and_conditions_id: String,
    term_and_conditions_url: String,
    tier: String,
    label: String,
    priority: i64,
    intouch_points: i64,
    group: String,
    start_time: String,
    end_time: String,
    expired: bool,
    started: bool,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Voucher {
    code: Option<String>,
    expiry: Option<String>,
    vendor: String,
    reward_id: i64,
    issued: Option<String>,
    series_id: Option<String>,
    series_name: Option<String>,
    redemption_count: i64,
    redemptions: Option<String>,
}
