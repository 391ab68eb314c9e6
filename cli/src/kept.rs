//! What a run leaves for the next one in `.gen`, to save its time and nothing else: formatted Rust, see
//! [`slate_codegen::emit::Formatted`]. Whatever cannot be read there is as good as not there.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::time::UNIX_EPOCH;

use sha2::{Digest as _, Sha256};
use slate_codegen::emit::{Formatted, Key};

use crate::write::WORK;

const FILE: &str = "formatted";

/// Which program this is. Its file tells: it is far too long to be read in the time that is to be saved. `None` where the
/// system does not say; then nothing is kept.
pub fn program() -> Option<Key> {
    let path = std::env::current_exe().ok()?;
    let file = fs::metadata(&path).ok()?;
    let mut hash = Sha256::new();
    let modified = file.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    hash.update(env!("CARGO_PKG_VERSION"));
    hash.update(file.len().to_le_bytes());
    hash.update(modified.as_nanos().to_le_bytes());
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        // Whoever sets the other times cannot set this one.
        for part in [file.ctime(), file.ctime_nsec()] {
            hash.update(part.to_le_bytes());
        }
        for part in [file.dev(), file.ino()] {
            hash.update(part.to_le_bytes());
        }
    }
    hash.update(path.as_os_str().as_encoded_bytes());
    Some(hash.finalize().into())
}

/// What was formatted by this program below the first of these roots where there is anything.
pub fn formatted(program: Option<&Key>, roots: &[&Path]) -> Formatted {
    let known = program.and_then(|program| {
        roots
            .iter()
            .find_map(|root| parse(&fs::read(root.join(WORK).join(FILE)).ok()?, program))
    });
    Formatted::new(known.unwrap_or_default())
}

/// Keeps what was formatted, if it is not what is kept already.
pub fn keep(formatted: Formatted, program: Option<&Key>, root: &Path) {
    let (texts, differs) = formatted.into_used();
    let Some(program) = program.filter(|_| differs) else {
        return;
    };
    let mut bytes = Vec::new();
    for (key, text) in &texts {
        bytes.extend_from_slice(key);
        bytes.extend_from_slice(&(text.len() as u64).to_le_bytes());
        bytes.extend_from_slice(text.as_bytes());
    }
    replace(&root.join(WORK), FILE, &[&sum(program, &bytes), &bytes]);
}

/// Puts a file in its place at once: others may be reading it. Where that fails the next run takes longer.
pub fn replace(folder: &Path, name: &str, parts: &[&[u8]]) {
    let new = folder.join(format!("{name}.{}", std::process::id()));
    if fs::write(&new, parts.concat()).is_err() || fs::rename(&new, folder.join(name)).is_err() {
        let _ = fs::remove_file(&new);
    }
}

/// Tells a whole file of this program from all others.
fn sum(program: &Key, bytes: &[u8]) -> Key {
    let hash = Sha256::new().chain_update(program);
    hash.chain_update(bytes).finalize().into()
}

fn parse(bytes: &[u8], program: &Key) -> Option<HashMap<Key, String>> {
    let (head, mut rest) = bytes.split_first_chunk::<32>()?;
    if *head != sum(program, rest) {
        return None;
    }
    let mut texts = HashMap::new();
    while !rest.is_empty() {
        let (key, after) = rest.split_first_chunk::<32>()?;
        let (length, after) = after.split_first_chunk::<8>()?;
        let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
        let (text, after) = after.split_at_checked(length)?;
        texts.insert(*key, std::str::from_utf8(text).ok()?.to_owned());
        rest = after;
    }
    Some(texts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_file_of_the_same_program_is_read() {
        let root = tempfile::tempdir().unwrap();
        let work = root.path().join(WORK);
        fs::create_dir_all(&work).unwrap();
        let first = Formatted::new(HashMap::from([([7; 32], "never asked for".to_owned())]));
        keep(first, Some(&[1; 32]), root.path());
        let empty = fs::read(work.join(FILE)).unwrap();
        assert_eq!(empty.len(), 32);

        let entry = [&[7_u8; 32][..], &3_u64.to_le_bytes(), b"abc"].concat();
        let whole = [&sum(&[1; 32], &entry)[..], &entry].concat();
        let texts = parse(&whole, &[1; 32]).unwrap();
        assert_eq!(texts, HashMap::from([([7; 32], "abc".to_owned())]));
        assert!(parse(&whole, &[2; 32]).is_none());
        assert!(parse(&whole[..whole.len() - 1], &[1; 32]).is_none());
        let mut other = whole.clone();
        *other.last_mut().unwrap() ^= 1;
        assert!(parse(&other, &[1; 32]).is_none());
        assert!(parse(b"", &[1; 32]).is_none());
        let long = [&[7_u8; 32][..], &u64::MAX.to_le_bytes(), b"abc"].concat();
        let long = [&sum(&[1; 32], &long)[..], &long].concat();
        assert!(parse(&long, &[1; 32]).is_none());
    }

    #[test]
    fn the_program_is_known() {
        assert!(program().is_some());
        assert_eq!(program(), program());
    }
}
