//! The operators of Julia 1.10: their spelling, their precedence, and what is special about each.
//!
//! The lexer asks for the longest operator at a position; the parser asks an [`Op`] how it binds. Names such as
//! `in` and `where` that act as operators are here too. What tree an operator makes is the parser's business.

/// How tightly an operator binds, loosest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Prec {
    /// `=`, `+=`, `~`; right.
    Assignment,
    /// `=>`; right.
    Pair,
    /// `? :`.
    Conditional,
    /// `-->`, `→`; right.
    Arrow,
    /// `||`; right.
    LazyOr,
    /// `&&`; right.
    LazyAnd,
    /// `<`, `==`, `in`, `<:`; chains.
    Comparison,
    /// `<|`; right.
    PipeLeft,
    /// `|>`; left.
    PipeRight,
    /// `:`, `..`.
    Colon,
    /// `+`, `-`, `|`; left, `+` chains.
    Plus,
    /// `*`, `/`, `&`; left, `*` chains.
    Times,
    /// `//`; left.
    Rational,
    /// `<<`; left.
    Shift,
    /// `^`, `↑`; right.
    Power,
    /// `::` and `->`.
    Decl,
    /// `.`.
    Dot,
    /// Prefix only: `!`, `√`.
    Unary,
}

/// Operators that the grammar names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OpKind {
    /// `=`.
    Assign,
    /// `+=`, `:=` and the like: syntax, whose head is the operator.
    OpAssign,
    /// `~`.
    Tilde,
    /// `=>`.
    Pair,
    /// `?`.
    Question,
    /// `-->`.
    LongArrow,
    /// `->`.
    Lambda,
    /// `||`.
    Or,
    /// `&&`.
    And,
    /// `<:`.
    Subtype,
    /// `>:`.
    Supertype,
    /// `in`, `isa`.
    Word,
    /// `:`.
    Colon,
    /// `+`.
    Plus,
    /// `-`.
    Minus,
    /// `++`.
    PlusPlus,
    /// `*`.
    Star,
    /// `&`.
    Ampersand,
    /// `$`.
    Dollar,
    /// `::`.
    DoubleColon,
    /// `.`.
    Dot,
    /// `...`.
    Ellipsis,
    /// `∈`, which may also introduce an iteration.
    Element,
    /// Prefix only: `!`, `¬`, `√`, `∛`, `∜`.
    Not,
    /// `⋆`, `±`, `∓`: prefix or infix.
    Sign,
    /// Any other infix operator.
    Other,
}

/// One operator token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Op {
    /// Which one, as far as the grammar cares.
    pub kind: OpKind,
    /// How it binds between operands.
    pub prec: Prec,
    /// Written with a dot before it: element-wise.
    pub dotted: bool,
    /// Followed by a suffix such as `₁`.
    pub suffixed: bool,
}

impl Op {
    /// Whether the operator may stand before one operand and make a call.
    pub fn is_prefix(self) -> bool {
        use OpKind::*;
        matches!(self.kind, Plus | Minus | Tilde | Not | Sign | Subtype | Supertype)
    }

    /// Whether the operator may be prefix as well as infix, so that spaces decide in `[a -b]`.
    pub fn is_both(self) -> bool {
        use OpKind::*;
        matches!(self.kind, Plus | Minus | Tilde | Sign) || (!self.dotted && matches!(self.kind, Ampersand | Dollar))
    }

    /// Whether the operator is syntax, which makes its own head and is no name.
    pub fn is_syntactic(self) -> bool {
        use OpKind::*;
        matches!(self.kind, Assign | OpAssign | LongArrow | Lambda | Or | And | Dot | Ellipsis | Question)
    }
}

/// The operator at the start of `text`, dots apart, and its length in bytes; without suffix.
pub(crate) fn match_operator(text: &str) -> Option<(Op, usize)> {
    let first = text.chars().next()?;
    if !first.is_ascii() {
        return wide_operator(first, text);
    }
    let bytes = text.as_bytes();
    let mut best = None;
    for &(spelling, kind, prec) in ASCII {
        if spelling.as_bytes()[0] == bytes[0]
            && best.is_none_or(|(_, len)| spelling.len() > len)
            && bytes.starts_with(spelling.as_bytes())
        {
            best = Some((Op { kind, prec, dotted: false, suffixed: false }, spelling.len()));
        }
    }
    best
}

/// Whether the operator may be written with a dot before it.
pub(crate) fn may_be_dotted(op: Op, text: &str) -> bool {
    use OpKind::*;
    !matches!(op.kind, Question | Lambda | Colon | Dollar | DoubleColon | Dot | Ellipsis) && text != ":="
}

/// Whether a suffix such as `₁` may follow the operator.
pub(crate) fn takes_suffix(op: Op) -> bool {
    use OpKind::*;
    match op.kind {
        Tilde | Plus | Minus | PlusPlus | Star | Element | Sign | Ampersand => true,
        Other => op.prec > Prec::Conditional,
        _ => false,
    }
}

/// Every operator spelt in ASCII, and the unicode ones that end in `=`.
const ASCII: &[(&str, OpKind, Prec)] = &[
    ("=", OpKind::Assign, Prec::Assignment),
    (":=", OpKind::OpAssign, Prec::Assignment),
    ("+=", OpKind::OpAssign, Prec::Assignment),
    ("-=", OpKind::OpAssign, Prec::Assignment),
    ("*=", OpKind::OpAssign, Prec::Assignment),
    ("/=", OpKind::OpAssign, Prec::Assignment),
    ("//=", OpKind::OpAssign, Prec::Assignment),
    ("\\=", OpKind::OpAssign, Prec::Assignment),
    ("^=", OpKind::OpAssign, Prec::Assignment),
    ("%=", OpKind::OpAssign, Prec::Assignment),
    ("<<=", OpKind::OpAssign, Prec::Assignment),
    (">>=", OpKind::OpAssign, Prec::Assignment),
    (">>>=", OpKind::OpAssign, Prec::Assignment),
    ("|=", OpKind::OpAssign, Prec::Assignment),
    ("&=", OpKind::OpAssign, Prec::Assignment),
    ("$=", OpKind::OpAssign, Prec::Assignment),
    ("~", OpKind::Tilde, Prec::Assignment),
    ("=>", OpKind::Pair, Prec::Pair),
    ("?", OpKind::Question, Prec::Conditional),
    ("-->", OpKind::LongArrow, Prec::Arrow),
    ("<--", OpKind::Other, Prec::Arrow),
    ("<-->", OpKind::Other, Prec::Arrow),
    ("||", OpKind::Or, Prec::LazyOr),
    ("&&", OpKind::And, Prec::LazyAnd),
    ("<", OpKind::Other, Prec::Comparison),
    (">", OpKind::Other, Prec::Comparison),
    ("<=", OpKind::Other, Prec::Comparison),
    (">=", OpKind::Other, Prec::Comparison),
    ("==", OpKind::Other, Prec::Comparison),
    ("===", OpKind::Other, Prec::Comparison),
    ("!=", OpKind::Other, Prec::Comparison),
    ("!==", OpKind::Other, Prec::Comparison),
    ("<:", OpKind::Subtype, Prec::Comparison),
    (">:", OpKind::Supertype, Prec::Comparison),
    ("<|", OpKind::Other, Prec::PipeLeft),
    ("|>", OpKind::Other, Prec::PipeRight),
    (":", OpKind::Colon, Prec::Colon),
    ("..", OpKind::Other, Prec::Colon),
    ("+", OpKind::Plus, Prec::Plus),
    ("-", OpKind::Minus, Prec::Plus),
    ("++", OpKind::PlusPlus, Prec::Plus),
    ("|", OpKind::Other, Prec::Plus),
    ("$", OpKind::Dollar, Prec::Plus),
    ("*", OpKind::Star, Prec::Times),
    ("/", OpKind::Other, Prec::Times),
    ("\\", OpKind::Other, Prec::Times),
    ("%", OpKind::Other, Prec::Times),
    ("&", OpKind::Ampersand, Prec::Times),
    ("//", OpKind::Other, Prec::Rational),
    ("<<", OpKind::Other, Prec::Shift),
    (">>", OpKind::Other, Prec::Shift),
    (">>>", OpKind::Other, Prec::Shift),
    ("^", OpKind::Other, Prec::Power),
    ("::", OpKind::DoubleColon, Prec::Decl),
    ("->", OpKind::Lambda, Prec::Decl),
    (".", OpKind::Dot, Prec::Dot),
    ("...", OpKind::Ellipsis, Prec::Colon),
    ("!", OpKind::Not, Prec::Unary),
];

/// An operator whose first character is beyond ASCII.
fn wide_operator(first: char, text: &str) -> Option<(Op, usize)> {
    let len = first.len_utf8();
    if matches!(first, '÷' | '⊻' | '\u{2212}') && text[len..].starts_with('=') {
        let op = Op { kind: OpKind::OpAssign, prec: Prec::Assignment, dotted: false, suffixed: false };
        return Some((op, len + 1));
    }
    let (kind, prec) = match first {
        '⩴' | '≔' | '≕' => (OpKind::OpAssign, Prec::Assignment),
        '¬' | '√' | '∛' | '∜' => (OpKind::Not, Prec::Unary),
        '⋆' => (OpKind::Sign, Prec::Times),
        '±' | '∓' => (OpKind::Sign, Prec::Plus),
        '\u{2212}' => (OpKind::Minus, Prec::Plus),
        '∈' => (OpKind::Element, Prec::Comparison),
        _ => (OpKind::Other, wide_precedence(first)?),
    };
    Some((Op { kind, prec, dotted: false, suffixed: false }, len))
}

fn wide_precedence(c: char) -> Option<Prec> {
    WIDE.iter().find(|(_, characters)| characters.contains(c)).map(|&(prec, _)| prec)
}

/// The infix operators beyond ASCII by precedence, as the manual's table lists them.
const WIDE: &[(Prec, &str)] = &[
    (
        Prec::Arrow,
        "←→↔↚↛↞↠↢↣↦↤↮⇎⇍⇏⇐⇒⇔⇴⇶⇷⇸⇹⇺⇻⇼⇽⇾⇿⟵⟶⟷⟹⟺⟻⟼⟽⟾⟿⤀⤁⤂⤃⤄⤅⤆⤇⤌⤍⤎⤏⤐⤑⤔⤕⤖⤗⤘⤝⤞⤟⤠⥄⥅⥆⥇⥈⥊⥋⥎⥐⥒⥓⥖⥗⥚⥛⥞⥟⥢⥤⥦⥧⥨⥩⥪⥫⥬⥭⥰⧴⬱⬰⬲⬳⬴⬵⬶⬷⬸⬹⬺⬻⬼⬽⬾⬿⭀⭁⭂⭃⥷⭄⥺⭇⭈⭉⭊⭋⭌￩￫⇜⇝↜↝↩↪↫↬↼↽⇀⇁⇄⇆⇇⇉⇋⇌⇚⇛⇠⇢↷↶↺↻🢲",
    ),
    (
        Prec::Comparison,
        "≥≤≡≠≢∉∋∌⊆⊈⊂⊄⊊∝∊∍∥∦∷∺∻∽∾≁≃≂≄≅≆≇≈≉≊≋≌≍≎≐≑≒≓≖≗≘≙≚≛≜≝≞≟≣≦≧≨≩≪≫≬≭≮≯≰≱≲≳≴≵≶≷≸≹≺≻≼≽≾≿⊀⊁⊃⊅⊇⊉⊋⊏⊐⊑⊒⊜⊩⊬⊮⊰⊱⊲⊳⊴⊵⊶⊷⋍⋐⋑⋕⋖⋗⋘⋙⋚⋛⋜⋝⋞⋟⋠⋡⋢⋣⋤⋥⋦⋧⋨⋩⋪⋫⋬⋭⋲⋳⋴⋵⋶⋷⋸⋹⋺⋻⋼⋽⋾⋿⟈⟉⟒⦷⧀⧁⧡⧣⧤⧥⩦⩧⩪⩫⩬⩭⩮⩯⩰⩱⩲⩳⩵⩶⩷⩸⩹⩺⩻⩼⩽⩾⩿⪀⪁⪂⪃⪄⪅⪆⪇⪈⪉⪊⪋⪌⪍⪎⪏⪐⪑⪒⪓⪔⪕⪖⪗⪘⪙⪚⪛⪜⪝⪞⪟⪠⪡⪢⪣⪤⪥⪦⪧⪨⪩⪪⪫⪬⪭⪮⪯⪰⪱⪲⪳⪴⪵⪶⪷⪸⪹⪺⪻⪼⪽⪾⪿⫀⫁⫂⫃⫄⫅⫆⫇⫈⫉⫊⫋⫌⫍⫎⫏⫐⫑⫒⫓⫔⫕⫖⫗⫘⫙⫷⫸⫹⫺⊢⊣⟂⫪⫫",
    ),
    (Prec::Colon, "…⁝⋮⋱⋰⋯"),
    (Prec::Plus, "⊕⊖⊞⊟∪∨⊔∔∸≏⊎⊻⊽⋎⋓⟇⧺⧻⨈⨢⨣⨤⨥⨦⨧⨨⨩⨪⨫⨬⨭⨮⨹⨺⩁⩂⩅⩊⩌⩏⩐⩒⩔⩖⩗⩛⩝⩡⩢⩣¦"),
    (Prec::Times, "÷⋅∘×∩∧⊗⊘⊙⊚⊛⊠⊡⊓∗∙∤⅋≀⊼⋄⋇⋉⋊⋋⋌⋏⋒⟑⦸⦼⦾⦿⧶⧷⨇⨰⨱⨲⨳⨴⨵⨶⨷⨸⨻⨼⨽⩀⩃⩄⩋⩍⩎⩑⩓⩕⩘⩚⩜⩞⩟⩠⫛⊍▷⨝⟕⟖⟗⨟·\u{387}"),
    (Prec::Power, "↑↓⇵⟰⟱⤈⤉⤊⤋⤒⤓⥉⥌⥍⥏⥑⥔⥕⥘⥙⥜⥝⥠⥡⥣⥥⥮⥯￪￬"),
];
