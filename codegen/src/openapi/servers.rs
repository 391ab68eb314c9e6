//! Host families as servers: one server each, with the cluster as its variable.

use serde_json::{Value, json};

use super::object::{self, Object};
use crate::read::url::placeholders;
use crate::spec::{HostFamily, Spec};

/// The servers of a family; `None` where it is not known. Hosts with a part of each caller's own are servers for
/// themselves: a variable has no variables.
pub fn of(spec: &Spec, family: &str) -> Option<Vec<Value>> {
    let host = spec.api.hosts.get(family)?;
    let addresses = host.clusters.values();
    let urls: Vec<String> = if addresses.clone().any(|address| address.contains('{')) {
        addresses
            .map(|address| host.url.replace("{cluster}", address))
            .collect()
    } else {
        vec![host.url.clone()]
    };
    let servers: Option<Vec<Value>> = urls
        .iter()
        .map(|url| {
            let mut variables = Object::new();
            for name in placeholders(url) {
                variables.insert(name.to_owned(), variable(host, name)?);
            }
            let mut server = Object::new();
            server.insert("url".to_owned(), json!(url));
            server.insert(
                "description".to_owned(),
                json!(format!("Host family `{family}`")),
            );
            if !variables.is_empty() {
                server.insert("variables".to_owned(), Value::Object(variables));
            }
            server.insert("x-slate-host".to_owned(), json!(family));
            server.insert("x-slate-clusters".to_owned(), json!(host.clusters));
            if let Some(source) = &host.source {
                server.insert("x-slate-source".to_owned(), object::source(source));
            }
            Some(Value::Object(server))
        })
        .collect();
    servers
}

fn variable(host: &HostFamily, name: &str) -> Option<Value> {
    if name != "cluster" {
        return Some(json!({ "default": name, "description": "A part of the caller's own" }));
    }
    let first = host.clusters.values().next()?;
    let mut hosts: Vec<&String> = Vec::new();
    let mut names = Vec::new();
    for (cluster, host) in &host.clusters {
        if !hosts.contains(&host) {
            hosts.push(host);
        }
        names.push(format!("`{host}`: {cluster}"));
    }
    Some(json!({ "default": first, "enum": hosts, "description": names.join(", ") }))
}
