//! Types as the spec writes them: `list<…>` and `map<…>` around a scalar, or around the name of an object or an enum.

/// What a wrapper, `list` or `map`, is around.
pub(crate) fn inner<'t>(ty: &'t str, wrapper: &str) -> Option<&'t str> {
    ty.strip_prefix(wrapper)?
        .strip_prefix('<')?
        .strip_suffix('>')
}

/// The type of the items of a list.
pub(crate) fn item_of(ty: &str) -> Option<&str> {
    inner(ty, "list")
}

/// The type of the values of a map.
pub(crate) fn value_of(ty: &str) -> Option<&str> {
    inner(ty, "map")
}

/// What is inside of all lists and maps.
pub(crate) fn innermost(mut ty: &str) -> &str {
    while let Some(inside) = item_of(ty).or_else(|| value_of(ty)) {
        ty = inside;
    }
    ty
}
