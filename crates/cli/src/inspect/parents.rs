//! Finding the files of the images that an image builds on. They are known by build id, not by path.

use std::path::{Path, PathBuf};

use tintype_image::{Header, ParentInfo, Reader};

use crate::failure::Failure;

/// Opens the parents of an image, in the order its header names them: among `given`, then the file `TINTYPE_SYSIMAGE`
/// names, then the images that lie beside it.
pub fn find(image: &Path, given: &[PathBuf], header: &Header) -> Result<Vec<(PathBuf, Reader)>, Failure> {
    if header.parents.is_empty() {
        return Ok(Vec::new());
    }
    let mut candidates = given.to_vec();
    candidates.extend(std::env::var_os("TINTYPE_SYSIMAGE").map(PathBuf::from));
    candidates.extend(images_beside(image));
    let find_one = |parent| find_one(image, &candidates, parent);
    header.parents.iter().map(find_one).collect()
}

fn find_one(image: &Path, candidates: &[PathBuf], parent: &ParentInfo) -> Result<(PathBuf, Reader), Failure> {
    let open = |path: &PathBuf| Some((path.clone(), Reader::open(path).ok()?));
    let is_wanted = |(_, reader): &(PathBuf, Reader)| reader.header().build_id == parent.build_id;
    candidates.iter().filter_map(open).find(is_wanted).ok_or_else(|| {
        let problem = format_args!(
            "its parent `{}` with build id {:032x} was not found; name its file with --parent",
            parent.name, parent.build_id
        );
        Failure::at(image, problem)
    })
}

/// The shared objects in an image's folder, by name.
fn images_beside(image: &Path) -> Vec<PathBuf> {
    let folder = image.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> =
        entries.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|so| so == "so")).collect();
    found.sort();
    found
}
