//! Which address serves a family of hosts.

use std::fmt;

use reqwest::Url;

use crate::error::Error;
use crate::service::HostFamily;

/// The addresses a client was set up with. `Debug` shows the cluster and the families that were
/// given an address.
pub(crate) struct Hosts {
    pub(crate) families: &'static [HostFamily],
    pub(crate) cluster: Option<String>,
    pub(crate) base_url: Option<String>,
    pub(crate) by_family: Vec<(String, String)>,
    /// What stands for the placeholders of documented addresses.
    pub(crate) parts: Vec<(String, String)>,
    pub(crate) allow_http: bool,
}

impl Hosts {
    /// Finds out early what can never work.
    pub(crate) fn check(&self) -> Result<(), Error> {
        if let Some(cluster) = &self.cluster {
            let known = |family: &HostFamily| listed(family, cluster).is_some();
            if !self.families.iter().any(known) {
                return Err(Error::config(format!(
                    "cluster: there is no cluster {cluster:?}; base_url takes an address of your own"
                )));
            }
            if self.base_url.is_none() {
                let all = self.families.iter();
                let documented = all.filter_map(|family| listed(family, cluster));
                for address in documented {
                    self.filled(address)?;
                }
            }
        }
        if let Some(url) = &self.base_url {
            self.address("base_url", url)?;
        }
        for (family, url) in &self.by_family {
            if !self.families.iter().any(|known| known.name == family) {
                let names: Vec<&str> = self.families.iter().map(|family| family.name).collect();
                return Err(Error::config(format!(
                    "host: there is no family {family:?}; these are: {}",
                    names.join(", ")
                )));
            }
            self.address("host", url)?;
        }
        Ok(())
    }

    /// The address below which the paths of a family stand.
    pub(crate) fn base(&self, family: &str) -> Result<String, Error> {
        if let Some((_, url)) = self.by_family.iter().rev().find(|(name, _)| name == family) {
            return self.address("host", url);
        }
        if let Some(url) = &self.base_url {
            return self.address("base_url", url);
        }
        let Some(cluster) = &self.cluster else {
            return Err(Error::config(
                "no cluster is chosen: call cluster or base_url on the builder",
            ));
        };
        let known = self.families.iter().find(|known| known.name == family);
        match known.and_then(|family| listed(family, cluster)) {
            Some(address) => self.address("cluster", &self.filled(address)?),
            None => Err(Error::config(format!(
                "the address of {family} in the cluster {cluster} is not documented: call \
                 host({family:?}, …) on the builder"
            ))),
        }
    }

    /// A documented address with what was given for its placeholders: `{account}.api.example.com`.
    fn filled(&self, address: &str) -> Result<String, Error> {
        let mut out = String::new();
        let mut rest = address;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            let mut parts = self.parts.iter().rev();
            let Some((_, value)) = parts.find(|(known, _)| known == name) else {
                return Err(Error::config(format!(
                    "host_part: the address {address} has a part of your own, {name}, which is not given"
                )));
            };
            let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
            let label = !value.is_empty() && value.chars().all(plain);
            if !label || value.starts_with('.') || value.ends_with('.') || value.contains("..") {
                return Err(Error::config(format!(
                    "host_part: what is given for {name} cannot be a part of the name of a host"
                )));
            }
            out.push_str(before);
            out.push_str(value);
            rest = after;
        }
        out.push_str(rest);
        Ok(out)
    }

    /// Checks an address and completes a bare host name.
    fn address(&self, method: &str, text: &str) -> Result<String, Error> {
        let refuse = |why: &str| Err(Error::config(format!("{method}: the address {why}")));
        let whole = if text.contains("://") {
            text.to_owned()
        } else {
            format!("https://{text}")
        };
        let Ok(url) = Url::parse(&whole) else {
            return refuse("is no URL");
        };
        if !url.username().is_empty() || url.password().is_some() {
            return refuse("holds credentials: the builder has a method for them");
        }
        if url.query().is_some() || url.fragment().is_some() {
            return refuse("holds a query or a fragment");
        }
        match url.scheme() {
            "https" => Ok(whole),
            "http" if self.allow_http => Ok(whole),
            "http" => refuse("is not https; allow_http takes it nevertheless"),
            _ => refuse("is not https"),
        }
    }
}

fn listed(family: &HostFamily, cluster: &str) -> Option<&'static str> {
    let named = |name: &str| family.clusters.iter().find(|(other, _)| *other == name);
    named(cluster)
        .or_else(|| named("*"))
        .map(|(_, address)| *address)
}

impl fmt::Debug for Hosts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let families: Vec<&str> = self
            .by_family
            .iter()
            .map(|(name, _)| name.as_str())
            .collect();
        f.debug_struct("Hosts")
            .field("cluster", &self.cluster)
            .field("has_base_url", &self.base_url.is_some())
            .field("has_host_for", &families)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FAMILIES: &[HostFamily] = &[
        HostFamily {
            name: "crm",
            clusters: &[("eu", "eu.example.com"), ("us", "https://us.example.com/x")],
        },
        HostFamily {
            name: "auth",
            clusters: &[("eu", "auth.example.com")],
        },
        HostFamily {
            name: "care",
            clusters: &[("*", "care.example.com")],
        },
        HostFamily {
            name: "own",
            clusters: &[("own", "{account}.api.example.com/v1")],
        },
    ];

    fn hosts(cluster: Option<&str>) -> Hosts {
        Hosts {
            families: FAMILIES,
            cluster: cluster.map(str::to_owned),
            base_url: None,
            by_family: Vec::new(),
            parts: Vec::new(),
            allow_http: false,
        }
    }

    #[test]
    fn the_nearest_setting_counts() {
        let mut hosts = hosts(Some("us"));
        assert_eq!(hosts.base("crm").unwrap(), "https://us.example.com/x");
        assert_eq!(hosts.base("care").unwrap(), "https://care.example.com");
        hosts.base_url = Some("https://all".to_owned());
        assert_eq!(hosts.base("auth").unwrap(), "https://all");
        hosts.by_family.push(("auth".to_owned(), "one".to_owned()));
        assert_eq!(hosts.base("auth").unwrap(), "https://one");
        assert!(hosts.check().is_ok());
    }

    #[test]
    fn a_part_of_an_address_is_the_callers() {
        let mut hosts = hosts(Some("own"));
        let error = hosts.check().unwrap_err().to_string();
        assert!(error.contains("account"), "{error}");
        let address = |hosts: &Hosts| hosts.base("own").map_err(|error| error.to_string());
        hosts.parts.push(("account".to_owned(), "acme".to_owned()));
        let want = "https://acme.api.example.com/v1";
        assert_eq!(address(&hosts).as_deref(), Ok(want));
        assert!(hosts.check().is_ok());
        for evil in ["evil.test/x?", "a@b", "", ".", "a..b", "a b", "é", "x:8"] {
            hosts.parts.push(("account".to_owned(), evil.to_owned()));
            let error = address(&hosts).unwrap_err();
            assert!(error.contains("host_part"), "{evil}: {error}");
            assert!(evil.len() < 2 || !error.contains(evil), "{evil}: {error}");
        }
        // An address of one's own has no such part.
        hosts.base_url = Some("https://all".to_owned());
        assert!(hosts.check().is_ok());
    }

    #[test]
    fn what_is_not_documented_says_what_helps() {
        let error = hosts(Some("us")).base("auth").unwrap_err().to_string();
        assert!(error.contains("auth in the cluster us"), "{error}");
        assert!(error.contains("host(\"auth\", …)"), "{error}");
        let error = hosts(None).base("crm").unwrap_err().to_string();
        assert!(error.contains("call cluster or base_url"), "{error}");
        let mut odd = hosts(Some("us"));
        odd.by_family.push(("crn".to_owned(), "x".to_owned()));
        assert!(
            odd.check()
                .unwrap_err()
                .to_string()
                .contains("crm, auth, care")
        );
    }

    #[test]
    fn a_cluster_must_exist_unless_a_family_takes_any() {
        let mut hosts = hosts(Some("mars"));
        assert!(hosts.check().is_ok());
        hosts.families = &FAMILIES[..2];
        assert!(hosts.check().is_err());
    }

    #[test]
    fn addresses_are_checked_without_being_shown() {
        for url in [
            "http://canary.example.com",
            "ftp://canary.example.com",
            "https://user:canary@example.com",
            "https://example.com?key=canary",
            "https://example.com#canary",
            "https://",
            "can ary",
        ] {
            let mut hosts = hosts(None);
            hosts.base_url = Some(url.to_owned());
            let error = hosts.check().unwrap_err();
            assert!(
                !format!("{error} {error:?} {hosts:?}").contains("canary"),
                "{url}"
            );
        }
        let mut hosts = hosts(None);
        hosts.base_url = Some("http://localhost:1".to_owned());
        hosts.allow_http = true;
        assert_eq!(hosts.base("crm").unwrap(), "http://localhost:1");
    }
}
