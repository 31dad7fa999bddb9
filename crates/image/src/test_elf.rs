//! A minimal ELF shared object for tests: nothing but sections.

use tintype_heap::Bitmap;
use tintype_target::{Arch, Host, Spec};

use crate::{
    CompileOptions, HEADER_SECTION, HEAP_SECTION, Header, HeapInfo, ImageKind, META_SECTION_PREFIX, ParentInfo,
    RELOC_SECTION, Relocations, SlotAddressing, preferred_base, seal, triple_of,
};

/// An ELF file with these sections: name, bytes, alignment.
pub(crate) fn elf_file(sections: &[(&str, &[u8], u64)]) -> Vec<u8> {
    let mut names = vec![0];
    let mut table = vec![0; 64];
    let mut file = vec![0; 64];
    let name_table = (".shstrtab", Vec::new(), 1);
    let owned = sections.iter().map(|(name, bytes, align)| (*name, bytes.to_vec(), *align)).chain([name_table]);
    let owned: Vec<(&str, Vec<u8>, u64)> = owned.collect();
    let name_offsets: Vec<u32> = owned
        .iter()
        .map(|(name, ..)| {
            let offset = names.len() as u32;
            names.extend(name.bytes().chain([0]));
            offset
        })
        .collect();
    for ((name, bytes, align), name_offset) in owned.iter().zip(name_offsets) {
        let bytes = if *name == ".shstrtab" { &names } else { bytes };
        file.resize(file.len().next_multiple_of(*align as usize), 0);
        table.extend(name_offset.to_le_bytes());
        table.extend(1_u32.to_le_bytes());
        for field in [0, 0, file.len() as u64, bytes.len() as u64, 0, *align, 0] {
            table.extend(field.to_le_bytes());
        }
        file.extend(bytes);
    }
    file.resize(file.len().next_multiple_of(8), 0);
    let table_offset = file.len() as u64;
    file.extend(&table);
    file[..8].copy_from_slice(b"\x7fELF\x02\x01\x01\0");
    file[16..18].copy_from_slice(&3_u16.to_le_bytes());
    file[18..20].copy_from_slice(&62_u16.to_le_bytes());
    file[40..48].copy_from_slice(&table_offset.to_le_bytes());
    file[58..60].copy_from_slice(&64_u16.to_le_bytes());
    file[60..62].copy_from_slice(&(owned.len() as u16 + 1).to_le_bytes());
    file[62..64].copy_from_slice(&(owned.len() as u16).to_le_bytes());
    file
}

pub(crate) const HEAP_BYTES: usize = 512;

pub(crate) fn sample_header() -> Header {
    let spec = "generic;sandybridge,-xsaveopt,clone_all;haswell,-rdrnd,base(1)";
    Header {
        kind: ImageKind::Program,
        name: "sample".to_owned(),
        triple: triple_of(Arch::X86_64),
        targets: Spec::parse(spec, &Host::baseline(Arch::X86_64)).unwrap(),
        spec: spec.to_owned(),
        options: CompileOptions::default(),
        slot_addressing: SlotAddressing::Single,
        shard_count: 2,
        function_count: 7,
        slot_count: 3,
        heap: Some(HeapInfo {
            preferred_base: preferred_base("sample", 1),
            length: HEAP_BYTES as u64,
            n_objects: 5,
            roots: vec![16, 64],
        }),
        parents: vec![ParentInfo {
            name: "base".to_owned(),
            build_id: 77,
            preferred_base: preferred_base("base", 0),
            length: 4096,
        }],
        abi_hash: 1,
        layout_hash: 2,
        build_id: 0,
        file_checksum: 0,
        file_length: 0,
    }
}

/// A sealed image without code.
pub(crate) fn sample_image() -> Vec<u8> {
    image_with(&sample_header())
}

pub(crate) fn image_with(header: &Header) -> Vec<u8> {
    let mut file = unsealed_image(header);
    seal(&mut file).unwrap();
    file
}

pub(crate) fn unsealed_image(header: &Header) -> Vec<u8> {
    let mut own = Bitmap::new(HEAP_BYTES / 8);
    own.set(3);
    let starts = Bitmap::new(HEAP_BYTES / 8);
    let relocations = Relocations::encode(HEAP_BYTES as u64, &own, &starts, std::slice::from_ref(&starts));
    let meta = format!("{META_SECTION_PREFIX}notes");
    elf_file(&[
        (HEADER_SECTION, &header.encode(), 8),
        (HEAP_SECTION, &[0x5a; HEAP_BYTES], 4096),
        (RELOC_SECTION, &relocations, 8),
        (&meta, b"hello", 1),
    ])
}
