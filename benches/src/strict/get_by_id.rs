//! The reply of `rewards.get_by_id`: its sample has the members of `rewards.get_user`.

pub(crate) type Body = super::get_user::Body;
