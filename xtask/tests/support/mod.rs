//! What several tests of the command line read.

pub mod page;
pub mod published;

/// The index of a documentation about parcels, with one page.
pub const INDEX: &str = "---
title: Parcel Service
includes:
  - parcel
---
# Introduction
Parcels.

## Resource Information
Attribute | Value
--------- | -----
Host | The server.<br>**EU**: eu.api.example.com<br>**US**: us.api.example.com
API Version | v1.1
";
