//! The architectures that targets exist for.

use std::fmt;

/// An instruction-set architecture. The discriminant is what the target blob stores.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Arch {
    /// 64-bit x86; the baseline has SSE2.
    X86_64 = 1,
    /// 64-bit Arm; the baseline is Armv8.0-A with floating point and Advanced SIMD.
    Aarch64 = 2,
}

impl Arch {
    /// Every architecture, in the order help texts list them.
    pub const ALL: [Self; 2] = [Self::X86_64, Self::Aarch64];

    /// The architecture this program was compiled for, if it is one we generate code for.
    #[must_use]
    pub const fn current() -> Option<Self> {
        if cfg!(target_arch = "x86_64") {
            Some(Self::X86_64)
        } else if cfg!(target_arch = "aarch64") {
            Some(Self::Aarch64)
        } else {
            None
        }
    }

    /// The name as the first part of a target triple spells it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::X86_64 => "x86_64",
            Self::Aarch64 => "aarch64",
        }
    }

    /// The architecture a triple's first part names, in its usual spellings.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "x86_64" | "x86-64" | "amd64" => Some(Self::X86_64),
            "aarch64" | "arm64" => Some(Self::Aarch64),
            _ => None,
        }
    }

    /// The architecture with this number in a target blob.
    #[must_use]
    pub(crate) fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|arch| *arch as u8 == number)
    }

    /// Features every CPU of the architecture has. They are in no [`FeatureSet`](crate::FeatureSet): a spec may
    /// enable them, to no effect, and may not disable them.
    #[must_use]
    pub const fn baseline(self) -> &'static [&'static str] {
        match self {
            Self::X86_64 => &["64bit", "cmov", "cx8", "fxsr", "mmx", "nopl", "sse", "sse2", "x87"],
            Self::Aarch64 => &["fp-armv8", "neon"],
        }
    }

    /// Bytes of the widest vector register that generated code uses on any CPU of the architecture.
    ///
    /// This is a property of the code generator, which stops at 128 bits, and not of the CPU: an AVX-512 target
    /// differs from an SSE2 one in encodings and instructions, not in vector width.
    #[must_use]
    pub const fn vector_register_bytes(self) -> u32 {
        match self {
            Self::X86_64 | Self::Aarch64 => 16,
        }
    }
}

impl fmt::Display for Arch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
