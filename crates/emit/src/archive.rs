//! Archives of object files, in the format of `ar` as GNU writes it, without a symbol index.
//!
//! Every field that would differ between builds (times, owners) is zero.

use std::io::Write;

const MAGIC: &[u8; 8] = b"!<arch>\n";
/// Longest name that fits the field, with the slash that ends it.
const SHORT_NAME: usize = 15;

/// The bytes of an archive with these members: name and content.
pub(crate) fn write_archive(members: &[(&str, &[u8])]) -> Vec<u8> {
    let content: usize = members.iter().map(|(name, bytes)| name.len() + bytes.len() + 64).sum();
    let mut archive = Vec::with_capacity(content + 128);
    archive.extend_from_slice(MAGIC);
    let (long_names, fields) = name_fields(members);
    if !long_names.is_empty() {
        write_member(&mut archive, "//", &long_names);
    }
    for ((_, bytes), field) in members.iter().zip(&fields) {
        write_member(&mut archive, field, bytes);
    }
    archive
}

/// The table of names that do not fit, and each member's name field.
fn name_fields(members: &[(&str, &[u8])]) -> (Vec<u8>, Vec<String>) {
    let mut long_names = Vec::new();
    let fields = members.iter().map(|(name, _)| {
        if name.len() <= SHORT_NAME && !name.contains('/') {
            return format!("{name}/");
        }
        let at = long_names.len();
        long_names.extend_from_slice(name.as_bytes());
        long_names.extend_from_slice(b"/\n");
        format!("/{at}")
    });
    let fields = fields.collect();
    (long_names, fields)
}

fn write_member(archive: &mut Vec<u8>, name: &str, bytes: &[u8]) {
    // Name, time, owner, group, mode, size.
    let header = format!("{name:<16}{:<12}{:<6}{:<6}{:<8}{:<10}`\n", 0, 0, 0, 644, bytes.len());
    archive.write_all(header.as_bytes()).expect("a vector grows");
    archive.extend_from_slice(bytes);
    if !bytes.len().is_multiple_of(2) {
        archive.push(b'\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_laid_out_as_ar_does() {
        let members = [("data.o", &[1, 2, 3][..]), ("a module with a name#0.o", &[4])];
        let archive = write_archive(&members);
        assert!(archive.starts_with(b"!<arch>\n//              0           0     0     644     26        `\n"));
        let text = String::from_utf8_lossy(&archive);
        assert!(text.contains("a module with a name#0.o/\n"));
        assert!(text.contains("data.o/         0           0     0     644     3         `\n"));
        assert!(text.contains("/0              0           0     0     644     1         `\n"));
        assert_eq!(archive.len(), 8 + 60 + 26 + 60 + 4 + 60 + 2);
    }
}
