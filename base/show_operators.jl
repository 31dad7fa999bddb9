# The operators and how strongly each binds: what printing an expression needs to know to set parentheses.

const ASSIGNMENT_LEVEL = 1
const COMPARISON_LEVEL = 7
const TIMES_LEVEL = 12
const POWER_LEVEL = 15
const TYPE_LEVEL = 16

# The operators of each level, written apart; from the weakest binding on.
const OPERATORS_BY_LEVEL = (
    "= += -= *= /= //= \\= ^= ÷= %= <<= >>= >>>= |= &= ⊻= ≔ ⩴ ≕ := ~ \$=",
    "=>",
    "?",
    "--> <-- <-->",
    "||",
    "&&",
    "in isa > < >= <= == === != !== <: >:",
    "<|",
    "|>",
    ": ..",
    "+ - \u2212 ++ | \$ ± ∓",
    "* / \\ % & ⋆",
    "//",
    "<< >> >>>",
    "^",
    "::",
    ".",
)
# Those of one character beyond ASCII.
const WIDE_OPERATORS = (
    (4, "←→↔↚↛↞↠↢↣↦↤↮⇎⇍⇏⇐⇒⇔⇴⇶⇷⇸⇹⇺⇻⇼⇽⇾⇿⟵⟶⟷⟹⟺⟻⟼⟽⟾⟿⤀⤁⤂⤃⤄⤅⤆⤇⤌⤍⤎⤏⤐⤑⤔⤕⤖⤗⤘⤝⤞⤟⤠⥄⥅⥆⥇⥈⥊⥋⥎⥐⥒⥓⥖⥗⥚⥛⥞⥟⥢⥤⥦⥧⥨⥩⥪⥫⥬⥭⥰⧴⬱⬰⬲⬳⬴⬵⬶⬷⬸⬹⬺⬻⬼⬽⬾⬿⭀⭁⭂⭃⥷⭄⥺⭇⭈⭉⭊⭋⭌￩￫⇜⇝↜↝↩↪↫↬↼↽⇀⇁⇄⇆⇇⇉⇋⇌⇚⇛⇠⇢↷↶↺↻🢲"),
    (7, "∈≥≤≡≠≢∉∋∌⊆⊈⊂⊄⊊∝∊∍∥∦∷∺∻∽∾≁≃≂≄≅≆≇≈≉≊≋≌≍≎≐≑≒≓≖≗≘≙≚≛≜≝≞≟≣≦≧≨≩≪≫≬≭≮≯≰≱≲≳≴≵≶≷≸≹≺≻≼≽≾≿⊀⊁⊃⊅⊇⊉⊋⊏⊐⊑⊒⊜⊩⊬⊮⊰⊱⊲⊳⊴⊵⊶⊷⋍⋐⋑⋕⋖⋗⋘⋙⋚⋛⋜⋝⋞⋟⋠⋡⋢⋣⋤⋥⋦⋧⋨⋩⋪⋫⋬⋭⋲⋳⋴⋵⋶⋷⋸⋹⋺⋻⋼⋽⋾⋿⟈⟉⟒⦷⧀⧁⧡⧣⧤⧥⩦⩧⩪⩫⩬⩭⩮⩯⩰⩱⩲⩳⩵⩶⩷⩸⩹⩺⩻⩼⩽⩾⩿⪀⪁⪂⪃⪄⪅⪆⪇⪈⪉⪊⪋⪌⪍⪎⪏⪐⪑⪒⪓⪔⪕⪖⪗⪘⪙⪚⪛⪜⪝⪞⪟⪠⪡⪢⪣⪤⪥⪦⪧⪨⪩⪪⪫⪬⪭⪮⪯⪰⪱⪲⪳⪴⪵⪶⪷⪸⪹⪺⪻⪼⪽⪾⪿⫀⫁⫂⫃⫄⫅⫆⫇⫈⫉⫊⫋⫌⫍⫎⫏⫐⫑⫒⫓⫔⫕⫖⫗⫘⫙⫷⫸⫹⫺⊢⊣⟂⫪⫫"),
    (10, "…⁝⋮⋱⋰⋯"),
    (11, "⊕⊖⊞⊟∪∨⊔∔∸≏⊎⊻⊽⋎⋓⟇⧺⧻⨈⨢⨣⨤⨥⨦⨧⨨⨩⨪⨫⨬⨭⨮⨹⨺⩁⩂⩅⩊⩌⩏⩐⩒⩔⩖⩗⩛⩝⩡⩢⩣¦"),
    (12, "÷⋅∘×∩∧⊗⊘⊙⊚⊛⊠⊡⊓∗∙∤⅋≀⊼⋄⋇⋉⋊⋋⋌⋏⋒⟑⦸⦼⦾⦿⧶⧷⨇⨰⨱⨲⨳⨴⨵⨶⨷⨸⨻⨼⨽⩀⩃⩄⩋⩍⩎⩑⩓⩕⩘⩚⩜⩞⩟⩠⫛⊍▷⨝⟕⟖⟗⨟··"),
    (15, "↑↓⇵⟰⟱⤈⤉⤊⤋⤒⤓⥉⥌⥍⥏⥑⥔⥕⥘⥙⥜⥝⥠⥡⥣⥥⥮⥯￪￬"),
)

const OPERATORS_WITHOUT_DOT = ("?", "in", "isa", ":", "::", "..", ".", "\$", ":=")

function operator_levels()
    levels = Dict{Symbol,Int64}()
    for level in 1:length(OPERATORS_BY_LEVEL), name in split(OPERATORS_BY_LEVEL[level], ' ')
        add_operator!(levels, String(name), level)
    end
    for (level, characters) in WIDE_OPERATORS, c in characters
        add_operator!(levels, string(c), level)
    end
    return levels
end
function add_operator!(levels, name::String, level)
    levels[Symbol(name)] = level
    name in OPERATORS_WITHOUT_DOT || (levels[Symbol(".", name)] = level)
end
const OPERATOR_LEVELS = operator_levels()

const UNARY_OPERATORS = (
    :+, :-, :!, :~, :¬, :√, :∛, :∜, :⋆, :±, :∓, :<:, :>:,
    Symbol(".+"), Symbol(".-"), Symbol(".!"), Symbol(".~"), Symbol(".¬"), Symbol(".√"), Symbol(".∛"), Symbol(".∜"),
)
# Those that only stand before their operand or make syntax: operators without a level.
const OTHER_OPERATORS = (
    :!, :¬, :√, :∛, :∜, Symbol(".!"), Symbol(".¬"), Symbol(".√"), Symbol(".∛"), Symbol(".∜"), Symbol("->"), Symbol("..."),
    Symbol("'"),
)

# How strongly an operator binds, 0 where the symbol is none that stands between operands.
operator_precedence(s::Symbol) = get(OPERATOR_LEVELS, plain_operator(s), 0)
isoperator(s::Symbol) = haskey(OPERATOR_LEVELS, plain_operator(s)) || s in OTHER_OPERATORS
isunaryoperator(s::Symbol) = s in UNARY_OPERATORS
isbinaryoperator(s::Symbol) = operator_precedence(s) > 0 && s !== :.
function operator_associativity(s::Symbol)
    level = operator_precedence(s)
    s in (:+, :++, :*) && return :none
    level == COMPARISON_LEVEL && return :none
    return level in (1, 2, 4, 5, 6, 8, POWER_LEVEL) || s === Symbol("->") ? :right : :left
end

# `+₁` and `*′` are operators too: as the one they begin with.
function plain_operator(s::Symbol)
    haskey(OPERATOR_LEVELS, s) && return s
    text = String(s)
    is_operator_suffix(last_character(text)) || return s
    plain = String(rstrip(is_operator_suffix, text))
    return isempty(plain) || !haskey(OPERATOR_LEVELS, Symbol(plain)) ? s : Symbol(plain)
end
last_character(text::String) = isempty(text) ? ' ' : text[lastindex(text)]
const OPERATOR_SUFFIXES = "₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹′″‴ᵃᵇᶜᵈᵉₐₑᵢⱼₖₙ"
is_operator_suffix(c::Char) = '\u80' < c && (c in OPERATOR_SUFFIXES || '\u300' <= c && c <= '\u36f')

const RESERVED_WORDS = (
    :begin, :while, :if, :for, :try, :return, :break, :continue, :function, :macro, :quote, :let, :local, :global, :const,
    :do, :struct, :module, :baremodule, :using, :import, :export, :end, :else, :elseif, :catch, :finally,
)

# Whether a name can be written as it is where a variable stands.
isidentifier(s::Symbol) = !(s in (Symbol("true"), Symbol("false"))) && !isoperator(s) && Core._is_identifier(s)
isidentifier(s::AbstractString) = isidentifier(Symbol(s))
is_writable_name(s::Symbol) = isidentifier(s) && !(s in RESERVED_WORDS)
