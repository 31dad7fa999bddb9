//! What can be wrong with a command line; the status is then 2.

use std::fmt;

/// Why a command line was refused.
#[derive(Debug, PartialEq, Eq)]
pub enum Usage {
    /// It makes no sense: the user's mistake.
    Mistake(String),
    /// It asks for something that is planned and not there yet.
    Unsupported(String),
}

impl Usage {
    /// A mistake.
    pub fn mistake(problem: impl fmt::Display) -> Self {
        Self::Mistake(problem.to_string())
    }

    /// Something that is not supported yet, as in "`--project`".
    pub fn unsupported(what: impl fmt::Display) -> Self {
        Self::Unsupported(what.to_string())
    }

    /// Whether the help text would help.
    pub fn is_mistake(&self) -> bool {
        matches!(self, Self::Mistake(_))
    }
}

impl From<lexopt::Error> for Usage {
    fn from(error: lexopt::Error) -> Self {
        Self::Mistake(error.to_string())
    }
}

impl fmt::Display for Usage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mistake(problem) => f.write_str(problem),
            Self::Unsupported(what) => write!(f, "{what}: not supported yet"),
        }
    }
}
