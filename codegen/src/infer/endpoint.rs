//! Method, path and host of every operation, out of all the places that state them.

use crate::claims::Basis;
use crate::diagnostics::{Code, Diagnostics};
use crate::dialect::Dialect;
use crate::read::facts::{ApiFacts, OperationFacts, PageFacts, Role, Said};
use crate::read::url::{self, Url};
use crate::slate::source::Span;
use crate::spec::Alternative;

/// How an operation is reached.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// HTTP method.
    pub method: String,
    /// What that rests on.
    pub method_basis: Basis,
    /// Path.
    pub path: String,
    /// Suffix that is no format.
    pub suffix: Option<String>,
    /// Other paths.
    pub alternatives: Vec<Alternative>,
    /// All URLs that the section states or shows, with their places: request URLs first.
    pub urls: Vec<(Url, Span)>,
    /// The path of the first sample URL.
    pub sample: Option<Url>,
    /// True where the path comes from a statement that another operation makes too.
    pub stated: Option<Span>,
}

/// Finds the endpoints of a page's operations. `None` for an operation without method or path.
pub fn endpoints(
    page: &PageFacts,
    api: &ApiFacts,
    dialect: &Dialect,
    diagnostics: &mut Diagnostics,
) -> Vec<Option<Endpoint>> {
    let own_hosts = !page.hosts.is_empty()
        || page
            .intro
            .iter()
            .any(|said| states_url(&said.text, dialect));
    let version = if own_hosts {
        None
    } else {
        api.version.as_ref().map(|said| said.text.clone())
    };
    let mut out: Vec<Option<Endpoint>> = page
        .operations
        .iter()
        .map(|operation| {
            let endpoint = endpoint(page, operation, version.as_deref(), dialect, diagnostics);
            if endpoint.is_none() {
                diagnostics.push(
                    Code::IncompleteOperation,
                    operation.span,
                    format!("no path can be found for {:?}", operation.title),
                    "the operation was left out",
                );
            }
            endpoint
        })
        .collect();
    copied_statements(page, &mut out, diagnostics);
    shared(page, &out, diagnostics);
    out
}

/// True when the text states a URL template of its own for the module, such as `https://<cluster url>/payment/<method>`.
fn states_url(text: &str, dialect: &Dialect) -> bool {
    text.split(['`', ' ', '\n'])
        .any(|word| word.contains("://") && (word.contains('{') || word.contains('<')))
        && text.contains("://")
        && {
            let start = text.find("http").unwrap_or(0);
            url::parse(&text[start..], &dialect.wire.format_suffixes)
                .is_some_and(|url| url.host.starts_with('{') && !url.segments.is_empty())
        }
}

struct Stated {
    when: String,
    url: Url,
    span: Span,
}

fn endpoint(
    page: &PageFacts,
    operation: &OperationFacts,
    version: Option<&str>,
    dialect: &Dialect,
    diagnostics: &mut Diagnostics,
) -> Option<Endpoint> {
    let formats = &dialect.wire.format_suffixes;
    let mut read = |when: &str, said: &Said| {
        let url = url::parse(&said.text, formats);
        if url.as_ref().is_none_or(|url| url.mended) {
            let action = if url.is_some() {
                "it was mended"
            } else {
                "it was left out"
            };
            diagnostics.push(
                Code::BadUrl,
                said.span,
                format!("{:?} is not a proper URL", said.text.trim_matches('`')),
                action,
            );
        }
        url.map(|url| Stated {
            when: when.trim_end_matches([':', ' ']).to_owned(),
            url,
            span: said.span,
        })
    };
    let urls: Vec<Stated> = operation
        .urls
        .iter()
        .filter_map(|(when, said)| read(when, said))
        .collect();
    let uris: Vec<Stated> = operation
        .uris
        .iter()
        .filter_map(|(when, said)| read(when, said))
        .collect();
    let samples: Vec<Stated> = operation
        .samples
        .iter()
        .filter(|sample| sample.role == Role::Url)
        .flat_map(|sample| {
            let mut offset = sample.body_span.start as usize;
            sample.body.split('\n').map(move |line| {
                let start = offset;
                offset += line.len() + 1;
                (
                    line,
                    Span::new(sample.body_span.file, start, start + line.len()),
                )
            })
        })
        .filter(|(line, _)| line.contains("://"))
        .filter_map(|(line, span)| {
            let url = url::parse(line, formats);
            if url.as_ref().is_none_or(|url| url.mended) {
                diagnostics.push(
                    Code::BadUrl,
                    span,
                    "this sample URL is not a proper URL",
                    "it was mended",
                );
            }
            url.map(|url| Stated {
                when: String::new(),
                url,
                span,
            })
        })
        .collect();
    let own_version = operation
        .version
        .as_ref()
        .map(|said| said.text.trim().to_owned());
    let fix = |stated: &Stated, diagnostics: &mut Diagnostics| {
        with_version(
            &stated.url.segments,
            version,
            own_version.as_deref(),
            stated.span,
            diagnostics,
        )
    };
    let stated = urls.first().or(uris.first()).or(samples.first())?;
    let mut segments = if urls.is_empty() && !uris.is_empty() {
        absolute(&uris[0], page, version, samples.first())
    } else {
        stated.url.segments.clone()
    };
    segments = with_version(
        &segments,
        version,
        own_version.as_deref(),
        stated.span,
        diagnostics,
    );
    if let (Some(url), Some(uri)) = (urls.first(), uris.first()) {
        reconcile(
            &mut segments,
            &uri.url.segments,
            url.span,
            uri.span,
            diagnostics,
        );
    }
    let path = join(&segments);
    let mut alternatives: Vec<Alternative> = Vec::new();
    let stated_more = if urls.is_empty() { &uris } else { &urls };
    for (number, other) in stated_more.iter().enumerate().skip(1) {
        let mut segments = if urls.is_empty() {
            absolute(other, page, version, None)
        } else {
            fix(other, diagnostics)
        };
        if let Some(uri) = uris.get(number) {
            reconcile(
                &mut segments,
                &uri.url.segments,
                other.span,
                uri.span,
                diagnostics,
            );
        }
        let other_path = join(&segments);
        if other_path != path && !alternatives.iter().any(|known| known.path == other_path) {
            let when = uris
                .get(number)
                .map_or(other.when.as_str(), |uri| uri.when.as_str());
            alternatives.push(Alternative {
                path: other_path,
                when: when_of(when, &other.when),
            });
        }
    }
    let all = |stated: &[&Vec<Stated>]| -> Vec<(Url, Span)> {
        let each = stated.iter().flat_map(|stated| stated.iter());
        each.map(|stated| (stated.url.clone(), stated.span))
            .collect()
    };
    let (lines, shown) = (all(&[&urls, &uris]), all(&[&samples]));
    let method = super::method::decide(operation, &lines, &shown, dialect, diagnostics)?;
    Some(Endpoint {
        method: method.value,
        method_basis: method.basis,
        path,
        suffix: stated.url.suffix.clone(),
        alternatives,
        sample: samples.first().map(|sample| sample.url.clone()),
        stated: uris.first().or(urls.first()).map(|stated| stated.span),
        urls: urls
            .into_iter()
            .chain(uris)
            .chain(samples)
            .map(|stated| (stated.url, stated.span))
            .collect(),
    })
}

/// `URI for Web App` → `web`.
fn when_of(row: &str, before: &str) -> String {
    let text = if row.to_lowercase().contains("for ") {
        row
    } else {
        before
    };
    let lower = text.to_lowercase();
    let tail = lower.split("for ").last().unwrap_or_default();
    let words: Vec<&str> = tail
        .split_whitespace()
        .filter(|word| !matches!(*word, "app" | "application" | "the" | "a"))
        .collect();
    words
        .join(" ")
        .trim_matches(|c: char| !c.is_alphanumeric())
        .to_owned()
}

fn join(segments: &[String]) -> String {
    format!("/{}", segments.join("/"))
}

fn is_version(segment: &str) -> bool {
    let digits = segment.strip_prefix(['v', 'V']).unwrap_or(segment);
    !digits.is_empty()
        && digits.len() <= 5
        && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
        && digits.starts_with(|c: char| c.is_ascii_digit())
}

/// A path from a URI that is relative to the module: `/get` of customer is `/v1.1/customer/get`.
fn absolute(
    uri: &Stated,
    page: &PageFacts,
    version: Option<&str>,
    sample: Option<&Stated>,
) -> Vec<String> {
    let segments = uri.url.segments.clone();
    let Some(version) = version else {
        return segments;
    };
    if let Some(sample) = sample.filter(|sample| sample.url.segments.ends_with(&segments)) {
        return sample.url.segments.clone();
    }
    if segments.iter().any(|segment| is_version(segment)) {
        return segments;
    }
    let module = page.name.to_lowercase();
    let singular = module.trim_end_matches('s').to_owned();
    let named = segments
        .first()
        .is_some_and(|first| first.to_lowercase().trim_end_matches('s') == singular);
    let mut out = vec![version.to_owned()];
    if !named {
        out.push(page.name.clone());
    }
    out.extend(segments);
    out
}

/// Puts the API's version at the front of a path where it is missing or misspelt.
fn with_version(
    segments: &[String],
    version: Option<&str>,
    own: Option<&str>,
    span: Span,
    diagnostics: &mut Diagnostics,
) -> Vec<String> {
    let mut out = segments.to_vec();
    let Some(first) = segments.first() else {
        return out;
    };
    let Some(version) = version else { return out };
    let wanted = own.filter(|own| is_version(own)).unwrap_or(version);
    if first == wanted {
        return out;
    }
    if is_version(first) {
        wanted.clone_into(&mut out[0]);
        diagnostics.push(
            Code::PathConflict,
            span,
            format!("the path has the version {first:?}, the API has {wanted:?}"),
            format!("{wanted:?} was taken"),
        );
    } else if own.is_none_or(|own| own == version)
        && !segments
            .iter()
            .any(|segment| segment.starts_with('v') && is_version(segment))
    {
        out.insert(0, wanted.to_owned());
        diagnostics.push(
            Code::PathConflict,
            span,
            format!("the path lacks the version {wanted:?}"),
            "it was added",
        );
    }
    out
}

/// Mends the path of a request URL by the URI row: a placeholder where the row has a literal is a slip.
fn reconcile(
    segments: &mut [String],
    uri: &[String],
    span: Span,
    uri_span: Span,
    diagnostics: &mut Diagnostics,
) {
    if uri.len() > segments.len() {
        diagnostics.push(
            Code::PathConflict,
            uri_span,
            format!(
                "the URI {:?} is not the end of the request URL {:?}",
                join(uri),
                join(segments)
            ),
            "the request URL was taken",
        );
        return;
    }
    let from = segments.len() - uri.len();
    let fits = segments[from..]
        .iter()
        .zip(uri)
        .all(|(a, b)| a.eq_ignore_ascii_case(b) || a.starts_with('{') || b.starts_with('{'));
    if !fits {
        diagnostics.push(
            Code::PathConflict,
            uri_span,
            format!(
                "the URI {:?} is not the end of the request URL {:?}",
                join(uri),
                join(segments)
            ),
            "the request URL was taken",
        );
        return;
    }
    for (segment, stated) in segments[from..].iter_mut().zip(uri) {
        if segment.starts_with('{') && segment.trim_matches(['{', '}']) == stated {
            diagnostics.push(
                Code::PathConflict,
                span,
                format!("{segment} stands for {stated:?} in the URI row"),
                "the word was taken",
            );
            stated.clone_into(segment);
        }
    }
}

/// A statement that is the same as another operation's, while the sample shows a path that no other operation has, was
/// copied and not changed: the sample is right.
fn copied_statements(
    page: &PageFacts,
    endpoints: &mut [Option<Endpoint>],
    diagnostics: &mut Diagnostics,
) {
    let keys: Vec<Option<(String, String)>> = endpoints
        .iter()
        .map(|endpoint| {
            endpoint
                .as_ref()
                .map(|endpoint| (endpoint.method.clone(), endpoint.path.clone()))
        })
        .collect();
    let agrees = |at: usize| {
        endpoints[at].as_ref().is_some_and(|endpoint| {
            endpoint.sample.as_ref().is_none_or(|sample| {
                endpoint.path.ends_with(&sample.path()) || sample.path().ends_with(&endpoint.path)
            })
        })
    };
    let copied: Vec<(usize, String)> = (0..endpoints.len())
        .filter(|&at| !agrees(at))
        .filter(|&at| {
            (0..endpoints.len()).any(|other| {
                other != at && keys[other].is_some() && keys[other] == keys[at] && agrees(other)
            })
        })
        .filter_map(|at| {
            let endpoint = endpoints[at].as_ref()?;
            let path = endpoint.sample.as_ref()?.path();
            let taken = keys
                .iter()
                .flatten()
                .any(|(method, known)| *method == endpoint.method && *known == path);
            (!taken && !path.contains('{')).then_some((at, path))
        })
        .collect();
    for (at, path) in copied {
        if let Some(endpoint) = &mut endpoints[at] {
            let span = endpoint.stated.unwrap_or(page.operations[at].span);
            diagnostics.push(
                Code::PathConflict,
                span,
                format!(
                    "{} {} belongs to another operation; the sample shows {path}",
                    endpoint.method, endpoint.path
                ),
                "the path of the sample was taken",
            );
            endpoint.path = path;
        }
    }
}

fn shared(page: &PageFacts, endpoints: &[Option<Endpoint>], diagnostics: &mut Diagnostics) {
    for (at, endpoint) in endpoints.iter().enumerate() {
        let Some(endpoint) = endpoint else { continue };
        let first = endpoints[..at]
            .iter()
            .flatten()
            .any(|other| other.method == endpoint.method && other.path == endpoint.path);
        if first {
            diagnostics.push(
                Code::SharedPath,
                page.operations[at].span,
                format!(
                    "{} {} is the path of another operation as well",
                    endpoint.method, endpoint.path
                ),
                "both were kept",
            );
        }
    }
}
