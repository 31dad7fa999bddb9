//! Character classes of Julia source: what may start or continue a name, follow an operator, or separate tokens.
//!
//! ASCII is answered without tables. Beyond it, Unicode's general category decides, with the exceptions that
//! Julia's manual lists. Normalisation of names is here too; the operators themselves are in `operators`.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory as Category, UnicodeGeneralCategory};

/// Mathematical symbols (category Sm) that are names, not operators: ∂, ∇, ∞, ∑, ∫ and their kin.
const NAME_SYMBOLS: &str =
    "∂∅∆∇∎∏∐∑∿℘⅁⅂⅃⅄◻◼◽◾⁺⁻⁼₊₋₌∞∟∠∡∢∫∬∭∮∯∰∱∲∳⊤⊥⊾⊿⋀⋁⋂⋃⟘⟙⟀⟁⦛⦜⦝⦞⦟⦠⦡⦢⦣⦤⦥⦦⦧⦨⦩⦪⦫⦬⦭⦮⦯⦰⦱⦲⦳⦴⨀⨁⨂⨃⨄⨅⨆⨉⨊⨋⨌⨍⨎⨏⨐⨑⨒⨓⨔⨕⨖⨛⨜◸◹◺◿♯¬⅀";

/// Characters, besides combining marks, that may follow an operator and make it another one: `+₁`, `*′`.
const SUFFIXES: &str = "²³¹ʰʲʳʷʸˡˢˣᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁᵂᵃᵇᵈᵉᵍᵏᵐᵒᵖᵗᵘᵛᵝᵞᵟᵠᵡᵢᵣᵤᵥᵦᵧᵨᵩᵪᶜᶠᶥᶦᶫᶰᶸᶻᶿ′″‴‵‶‷⁗⁰ⁱ⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜⱼⱽ";

/// Whether a name may start with `c`.
pub(crate) fn starts_name(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic() || c == '_';
    }
    if (c as u32) < 0xA1 {
        return false;
    }
    if c.is_alphabetic() {
        return !matches!(
            c.general_category(),
            Category::NonspacingMark | Category::SpacingMark | Category::EnclosingMark
        );
    }
    match c.general_category() {
        Category::LetterNumber | Category::CurrencySymbol => true,
        Category::OtherSymbol => {
            !matches!(c, '\u{2190}'..='\u{21FF}' | '\u{FFFC}' | '\u{FFFD}' | '\u{233F}' | '\u{A6}')
        }
        Category::MathSymbol => (c != '¬' && NAME_SYMBOLS.contains(c)) || matches!(c, '\u{1D6C1}'..='\u{1D7C3}'),
        Category::DecimalNumber => matches!(c, '\u{1D7CE}'..='\u{1D7E1}'),
        Category::OpenPunctuation | Category::ClosePunctuation => {
            matches!(c, '\u{207D}' | '\u{207E}' | '\u{208D}' | '\u{208E}')
        }
        _ => matches!(c, '\u{2118}' | '\u{212E}' | '\u{309B}' | '\u{309C}'),
    }
}

/// Whether a name may go on with `c`. The caller treats `!` before `=` apart.
pub(crate) fn continues_name(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_' || c == '!';
    }
    if (c as u32) < 0xA1 {
        return false;
    }
    if starts_name(c) || matches!(c, '\u{2032}'..='\u{2037}' | '\u{2057}') {
        return true;
    }
    match c.general_category() {
        Category::NonspacingMark
        | Category::SpacingMark
        | Category::EnclosingMark
        | Category::DecimalNumber
        | Category::OtherNumber
        | Category::ConnectorPunctuation
        | Category::ModifierSymbol => true,
        Category::OtherPunctuation => matches!(c, '\u{387}' | '\u{1369}'..='\u{1371}'),
        _ => false,
    }
}

/// Whether `c` directly after an operator makes another operator of the same precedence.
pub(crate) fn is_operator_suffix(c: char) -> bool {
    if (c as u32) < 0xA1 {
        return false;
    }
    SUFFIXES.contains(c)
        || matches!(c.general_category(), Category::NonspacingMark | Category::SpacingMark | Category::EnclosingMark)
}

/// Whether `c`, which is not ASCII, separates tokens.
pub(crate) fn is_wide_space(c: char) -> bool {
    c == '\u{FEFF}' || c.is_whitespace() || c.general_category() == Category::SpaceSeparator
}

/// Whether `c` can be shown as it is in a printed string or character.
pub(crate) fn is_printable(c: char) -> bool {
    if c.is_ascii() {
        return (' '..='~').contains(&c);
    }
    !matches!(
        c.general_category(),
        Category::Control
            | Category::Format
            | Category::Surrogate
            | Category::PrivateUse
            | Category::Unassigned
            | Category::LineSeparator
            | Category::ParagraphSeparator
    )
}

/// A name as Julia stores it: NFC, with three lookalikes folded (`ɛ` to `ε`, `µ` to `μ`, middle dots to `⋅`).
pub(crate) fn normalized(name: &str) -> Cow<'_, str> {
    if name.is_ascii() {
        return Cow::Borrowed(name);
    }
    let fold = |c| match c {
        '\u{25B}' => '\u{3B5}',
        '\u{B5}' => '\u{3BC}',
        '\u{B7}' | '\u{387}' => '\u{22C5}',
        '\u{2212}' => '-',
        _ => c,
    };
    let out: String = name.nfc().map(fold).collect();
    if out == name { Cow::Borrowed(name) } else { Cow::Owned(out) }
}
