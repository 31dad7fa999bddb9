//! Code of images: registered for unwinding, its entry cells filled at the first use.

use std::rc::Rc;

use tintype_jit::unwind::TableBytes;
use tintype_loader::{CELL_BYTES, LoadedImage};
use tintype_runtime::objects::*;
use tintype_runtime::publication::EntryCell;

use super::{Native, Support};

/// The code of one image.
pub(super) struct ImageCode {
    image: Rc<LoadedImage>,
}

impl Native {
    /// Makes the code of an image callable. Images are added parents first.
    pub fn add_image(&self, image: &Rc<LoadedImage>) {
        for range in image.code_ranges() {
            let registered = self.code_map.register(range.addresses, TableBytes::Mapped(range.pc_table));
            registered.unwrap_or_else(|error| panic!("an image's position table: {error}"));
        }
        if let Some(support) = image.support() {
            let table = TableBytes::Mapped(support.code.pc_table);
            let registered = self.code_map.register(support.code.addresses, table);
            registered.unwrap_or_else(|error| panic!("an image's position table: {error}"));
            self.set_support(Support { stubs: support.stubs.into(), entry_trampoline: support.entry_trampoline });
        }
        self.images.borrow_mut().push(ImageCode { image: image.clone() });
    }

    /// The filled cell of an image's code.
    pub(super) fn image_cell(&self, code: Gc<Code>) -> Option<*const EntryCell> {
        let images = self.images.borrow();
        let image = &images.get(code.image.get() as usize)?.image;
        let offset = CELL_BYTES * code.entry_cell.get() as usize;
        if offset + CELL_BYTES > image.cells_length() {
            return None;
        }
        // The image's cells lie one after the other, in zeroed memory that stays mapped.
        let cell = image.cells().wrapping_add(offset).cast::<EntryCell>().cast_const();
        // SAFETY: the offset was checked; zero is the initial state of a cell, and nothing else writes them.
        let state = unsafe { (*cell).read() };
        if state.invoke == 0 {
            let invoke = image.function_address(code.invoke_function.get())?;
            let specialized = match code.specialized_function.get() {
                u32::MAX => None,
                number => Some(image.function_address(number)?),
            };
            // SAFETY: as above.
            let cell = unsafe { &*cell };
            match specialized {
                Some(specialized) => cell.publish(invoke, specialized, true),
                None => cell.publish_unspecialized(invoke),
            };
        }
        Some(cell)
    }
}
