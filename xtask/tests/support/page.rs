//! A page with one finding.

/// A type that nobody knows: a warning.
pub const PAGE: &str = "# Parcel
## Get Parcel
### Resource Information
| | |
--- | --- |
HTTP Method | GET
URI | /v1.1/parcel/get
Response Format | JSON

### Request Query Parameters
Parameter | Datatype | Description
--------- | -------- | -----------
id | itn | Number of the parcel.
";
